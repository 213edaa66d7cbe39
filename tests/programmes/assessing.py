"""Calls of the small world with applications and a panel, made by the verbs. Panels read on the day after."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from programmes import assignments, conflicts, panels, reviews
from programmes.models import Application, Assessment, Assessor, Call, Review
from programmes.panels import PanelInput
from programmes.reviews import Given, ReviewInput
from tests.programmes.applying import artist, sent
from tests.programmes.open_calls import CLOSES, OPEN, published
from tests.world import World
from venues.models import User

#: The day after the call has closed, when panels read; scores are due a week later.
READING = CLOSES + timedelta(days=1)
DUE = date(2027, 2, 12)
TERMS = PanelInput(scale_most=5, readers_count=2, due_on=DUE)
#: Who applies, each with an ensemble and somebody to play with; the names are made up and stand nowhere else.
NAMES = ("Fiktiva Frost", "Fiktiva Gran", "Fiktiva Hed", "Fiktiva Is")


@dataclass
class Panel:
    """A call that has closed, with what was sent in and who assesses it."""

    world: World
    call: Call
    applications: list[Application]
    seats: list[Assessor]

    @property
    def assessment(self) -> Assessment:
        return Assessment.objects.select_related("call__owner", "call__region").get(call=self.call)


def who(name: str) -> dict[str, Any]:
    """What an application says of who applies."""
    last = name.split()[1]
    return {"applicant_name": name, "group_name": f"{last}trion", "phone": f"070-{last}"}


def apply(call: Call, name: str, **changes: Any) -> Application:
    return sent(call, artist(name), **{**who(name), "title": f"Verk av {name[8]}", **changes})


def public_call(world: World, **changes: Any) -> Call:
    return Call.objects.with_ground().get(pk=published(world, **changes).pk)


def set_up(call: Call, by: User, **changes: Any) -> Assessment:
    terms = PanelInput(**{**TERMS.__dict__, **changes})
    return panels.set_up(call, terms, version=0, by=by, now=OPEN)


def seat(call: Call, email: str, by: User, kind: str = "member", name: str = "") -> Assessor:
    version = Assessment.objects.get(call=call).version
    return panels.seat(call, email, kind, name=name, version=version, by=by, now=OPEN)


def make_panel(
    world: World,
    applicants: int = 3,
    members: int = 3,
    externals: int = 0,
    *,
    is_blind: bool = False,
    **terms: Any,
) -> Panel:
    """Nobody has declared yet."""
    call = public_call(world, is_blind=is_blind)
    sent_in = [apply(call, name) for name in NAMES[:applicants]]
    set_up(call, world.officer, **terms)
    kinds = ["member"] * members + ["external"] * externals
    seats = [
        seat(call, f"{kind}{number}@jury.example", world.officer, kind, f"{kind.capitalize()} {number}")
        for number, kind in enumerate(kinds)
    ]
    return Panel(world, call, sent_in, seats)


def declare(seat: Assessor, *names: str) -> tuple[int, int]:
    """A conflict with those, none with the others."""
    seen = [one.name for one in conflicts.names(seat)]
    return conflicts.declare(
        seat, seen=seen, conflicts=dict.fromkeys(names, "Vän"), by=seat.user, now=READING
    )


def deal(panel: Panel, anew: bool = False) -> int:
    assessment = panel.assessment
    return assignments.deal(
        assessment, anew=anew, version=assessment.version, by=panel.world.officer, now=READING
    )


def dealt_panel(world: World, **more: Any) -> Panel:
    """All have declared that they have no conflict, and all is dealt."""
    panel = make_panel(world, **more)
    for one in panel.seats:
        declare(one)
    deal(panel)
    return panel


def readers(application: Application) -> list[str]:
    """Who is to score it, by name."""
    found = application.assignments.standing().order_by("assessor")
    return [str(one.assessor.user) for one in found.select_related("assessor__user")]


def scores(call: Call, points: int | None = 3) -> ReviewInput:
    """The same points by all criteria."""
    return ReviewInput({one.pk: Given(points, "Så där.") for one in call.criteria.all()}, "Ett bra verk.")


def score(seat: Assessor, application: Application, points: int = 3, *, finish: bool = True) -> Review:
    found = reviews.standing(seat, application)
    return reviews.save(
        seat, application, scores(seat.call, points), finish=finish, version=found.version if found else 0,
        by=seat.user, now=READING,
    )  # fmt: skip
