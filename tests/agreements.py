"""Bookings in each state, made by the verbs themselves."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bookings import lifecycle, planning, relay, running
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from tests.world import World
from venues.models import WorkRuleProfile

#: A week after the season has closed, and a good month before the tour.
NOW = datetime(2026, 12, 18, 9, 0, tzinfo=UTC)
STOCKHOLM = ZoneInfo("Europe/Stockholm")
#: Wednesday 3 February 2027, 11.15: the first show of the visit to the presenter.
SHOW_AT = datetime(2027, 2, 3, 11, 15, tzinfo=STOCKHOLM)
DAY = timedelta(days=1)


def agreement(world: World, **parameters: Any) -> WorkRuleProfile:
    """What the world's tour has agreed on beside the law: at most nine hours a day, unless told otherwise."""
    profile = WorkRuleProfile.objects.create(
        region=world.season.region, key="avtal", label="Turnéavtalet", severity="warn", source="avtalet 5.2",
        parameters=parameters or {"work_plus_travel_day_h": 9},
    )  # fmt: skip
    world.tour.work_rules.add(profile)
    return profile


def held(world: World, **changes: Any) -> Booking:
    """The presenter's wish, held."""
    values: dict[str, Any] = {
        "tour": world.tour,
        "wish": world.wish,
        "starts_at": SHOW_AT,
        "by": world.producer,
        "now": NOW,
    }
    return lifecycle.hold(**{**values, **changes})


def offered(world: World, **changes: Any) -> Booking:
    """The presenter's wish, offered."""
    return lifecycle.offer(held(world, **changes), by=world.producer, now=NOW)


def told(world: World, **changes: Any) -> Booking:
    """The presenter's wish, offered by a mail that has left."""
    booking = offered(world, **changes)
    relay.send_pending(booking.notices.get().send_after)
    return booking


def confirmed(world: World, **changes: Any) -> Booking:
    """The presenter's wish, confirmed by the presenter."""
    return lifecycle.confirm(offered(world, **changes), by=world.presenter, now=NOW)


def countered(world: World, *times: datetime, **changes: Any) -> Booking:
    """The presenter's wish, offered, and other times asked for: unless told otherwise the day after."""
    booking = offered(world, **changes)
    return lifecycle.counter(booking, by=world.presenter, now=NOW, times=times or [SHOW_AT + DAY])


def night_in_backe(world: World, now: datetime = NOW) -> date:
    """Adopt a plan for the world's tour whose one night away is in Backe; the day before that night.

    The visits are the planner's, the nights are not: what is asked about them must not hang on which plan it finds.
    """
    proposal = running.run(planning.propose(world.tour, by=world.producer, seconds=0))
    planning.adopt(proposal, by=world.producer, now=now)
    proposal.refresh_from_db()
    home, days = proposal.problem["home"], len(proposal.plan["nights"])
    proposal.plan["nights"] = [home, f"p{world.places['Backe'].pk}", *[home] * (days - 2)]
    proposal.save()
    return world.tour.starts_on + DAY


def in_state(world: World, status: str) -> Booking:
    """A booking that stands in that state, however it got there."""
    return put_in_state(held(world), status)


def put_in_state(booking: Booking, status: str) -> Booking:
    """Let the booking stand in that state."""
    Booking.objects.filter(pk=booking.pk).update(
        status=status, answer_by=None if status == Status.HELD else NOW + 14 * DAY
    )
    booking.refresh_from_db()
    return booking


def mailed_token(booking: Booking) -> str:
    """The token of the answer link, as the presenter finds it in the newest offer."""
    body = Notice.objects.filter(booking=booking, kind="offered").latest("created_at").body_text
    found = re.search(r"/svar/([\w-]+)/", body)
    assert found, body
    return found[1]
