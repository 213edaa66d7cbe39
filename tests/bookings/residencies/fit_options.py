"""Options of a residency for tests: one that fits in everything, and any that hypothesis draws."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bookings.residencies.fit_values import (
    Event,
    Had,
    Home,
    Lacking,
    Option,
    Period,
    Room,
    SchoolDays,
    Wished,
)
from tours.rooms import RiderLine, Verdict

#: Whoever draws much waits on a machine that does other things too.
LOADED = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
#: Monday to Sunday in May.
WEEK = Period(date(2027, 5, 3), date(2027, 5, 9))
ROOM = Room(1, "Salen", 1, "Backe bygdegård", 1, "Backe", 1, "Strömsund")
FLAT = Home(dwelling=1, name="Lägenheten", place_name="Backe", beds=3, is_own=True)


def day(number: int) -> date:
    """Of the week; 1 is its Monday."""
    return WEEK.starts_on + timedelta(days=number - 1)


def line(verdict: Verdict = Verdict.FITS, label: str = "Stage width") -> RiderLine:
    return RiderLine("stage_width", label, "6 m", "" if verdict == Verdict.UNKNOWN else "7 m", verdict)


def good(**changes: Any) -> Option:
    """Everything is known, and everything fits."""
    values: dict[str, Any] = {
        "period": WEEK,
        "room": ROOM,
        "people": 2,
        "lines": (line(),),
        "needs_step_free": True,
        "step_free": True,
        "homes": (FLAT,),
        "town_beds": True,
        "school_days": SchoolDays(True, 5, 5),
        "lacking": Lacking(True, (120, 0, 40), 3, 133.4),
        "had": Had(0, 0.2, 0.4),
        "home": "Östersund",
        "drive_min": 60,
    }
    return Option(**{**values, **changes})


_days = st.frozensets(st.integers(1, 9).map(day), max_size=4)
_known = st.sampled_from([True, False, None])
_homes = st.builds(
    Home,
    dwelling=st.integers(1, 9),
    name=st.just("Lägenheten"),
    place_name=st.just("Backe"),
    beds=st.integers(1, 4),
    drive_min=st.integers(0, 30),
    is_own=st.booleans(),
    facts=st.lists(_known.map(lambda known: ("Kitchen", known)), max_size=2).map(tuple),
    taken=_days,
)
#: Any room in the week, with anything known of it or not.
OPTIONS = st.builds(
    Option,
    period=st.just(WEEK),
    room=st.integers(1, 5).map(lambda n: Room(n, f"Sal {n}", n, f"Värd {n}", n, "Backe", n, "Strömsund")),
    people=st.integers(1, 4),
    lines=st.lists(st.sampled_from(list(Verdict)).map(line), max_size=3).map(tuple),
    needs_step_free=st.booleans(),
    step_free=_known,
    taken=_days,
    closed=_days,
    busy=_days,
    homes=st.lists(_homes, max_size=3).map(tuple),
    town_beds=_known,
    full=_days,
    school_days=st.one_of(
        st.just(SchoolDays(False)), st.integers(0, 5).map(lambda n: SchoolDays(True, n, 5, ("Lov",)))
    ),
    events=st.lists(st.builds(Event, st.just("Konsert"), st.just(day(2)), st.booleans()), max_size=2).map(tuple),
    lacking=st.builds(
        Lacking,
        is_known=st.booleans(),
        rings=st.tuples(*[st.integers(0, 200)] * 3),
        schools=st.integers(1, 4),
        most=st.just(400.0),
    ),
    had=st.builds(Had, st.integers(0, 2), st.one_of(st.none(), st.floats(0, 3)), st.floats(0, 3)),
    home=st.sampled_from(["", "Östersund"]),
    drive_min=st.one_of(st.none(), st.integers(0, 400)),
    wished=st.builds(
        Wished,
        places=st.integers(0, 3),
        place_rank=st.one_of(st.none(), st.integers(1, 3)),
        periods=st.integers(0, 3),
        period_rank=st.one_of(st.none(), st.integers(1, 3)),
    ),
)  # fmt: skip
