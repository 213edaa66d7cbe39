"""The lines of a stay's day plan in the calendar of whoever stays, and in nobody else's."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.conf import settings

from bookings import checking_feeds
from bookings.feeds import Address, private_address
from bookings.models import DayLine, Residency
from bookings.residencies import day_plans
from tests.bookings.ical_reader import Block, vevents
from tests.bookings.stays import FIRST, cancelled, day_line, period, stay
from tests.bookings.stored import address, body_at
from tests.bookings.visits import NOW
from tests.world import World

LATER = NOW.replace(hour=23)


@pytest.fixture
def made(world: World) -> Residency:
    found = stay(world, artist=world.stranger, ensemble=world.ensemble, production=world.production)
    period(found)
    return found


def read(world: World, query: str = "", at: datetime = NOW) -> list[Block]:
    """The lines in the artist's own calendar; what is stored is what it would be if it were made now."""
    found = vevents(body_at(private_address("artist", world.stranger.pk, query), at))
    assert list(checking_feeds.differences(at)) == []
    return [event for event in found if "Ur dagsplanen" in event.text("DESCRIPTION")]


def one(world: World, at: datetime = NOW) -> Block:
    (found,) = read(world, at=at)
    return found


def span(event: Block) -> tuple[str, str]:
    return event.text("DTSTART"), event.text("DTEND")


def test_a_line_stands_at_its_hours(world: World, made: Residency) -> None:
    day_line(made)
    found = one(world)
    assert (found.text("SUMMARY"), found.text("STATUS"), found.text("TRANSP")) == (
        "Repetition", "CONFIRMED", "OPAQUE",
    )  # fmt: skip
    assert (span(found), found.one("DTSTART").params) == (
        ("20270201T090000", "20270201T120000"),
        {"TZID": "Europe/Stockholm"},
    )
    assert (found.text("LOCATION"), found.text("URL")) == (
        "Backe, Strömsund",
        f"{settings.BASE_URL}/residenser/{made.pk}/dagar/",
    )


def test_one_without_hours_is_of_the_whole_day_and_takes_no_time(world: World, made: Residency) -> None:
    day_line(made, starts=None, ends=None, words="Ledigt")
    found = one(world)
    assert (span(found), found.one("DTSTART").params, found.text("TRANSP")) == (
        ("20270201", "20270202"),
        {"VALUE": "DATE"},
        "TRANSPARENT",
    )


def test_one_without_an_end_is_half_an_hour_and_says_that_none_is_told(world: World, made: Residency) -> None:
    day_line(made, ends=None, words="Ankomst")
    found = one(world)
    assert span(found) == ("20270201T090000", "20270201T093000")
    assert "När det slutar är inte sagt." in found.text("DESCRIPTION")


def test_it_ends_after_it_starts_on_the_night_when_clocks_are_turned(world: World, made: Residency) -> None:
    """Half past two is no time on that night: it is taken for half past three."""
    day_line(made, on=date(2027, 3, 28), starts=time(2, 30), ends=time(3, 15))
    assert span(one(world)) == ("20270328T033000", "20270328T040000")


def test_it_is_the_same_one_with_a_higher_sequence_when_it_is_said_anew(
    world: World, made: Residency
) -> None:
    line = day_plans.add(made, on=FIRST, starts=time(9), ends=None, words="Samling", now=NOW)
    before = one(world)
    new: dict[str, Any] = {"on": date(2027, 2, 2), "starts": time(10), "ends": time(11), "words": "Möte"}
    day_plans.change(line, **new, version=1, now=LATER)
    after = one(world, LATER)
    assert (after.text("UID"), after.text("SUMMARY")) == (before.text("UID"), "Möte")
    assert [int(event.text("SEQUENCE")) for event in (before, after)] == [0, 1]
    assert [event.text("LAST-MODIFIED") for event in (before, after)] == [
        f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}" for at in (NOW, LATER)
    ]


def test_one_that_is_copied_is_another(world: World, made: Residency) -> None:
    day_line(made)
    day_plans.copy_day(made, source=FIRST, target=date(2027, 2, 2), now=NOW)
    assert len({event.text("UID") for event in read(world)}) == 2


def test_one_that_is_taken_away_is_gone(world: World, made: Residency) -> None:
    line = day_line(made)
    read(world)
    day_plans.remove(line, version=1)
    assert read(world) == []


def test_when_the_stay_is_cancelled_its_lines_say_so(world: World, made: Residency) -> None:
    day_line(made)
    before = one(world)
    cancelled(made)
    after = one(world)
    assert (after.text("STATUS"), after.text("SUMMARY"), after.text("UID")) == (
        "CANCELLED", "INSTÄLLT: Repetition", before.text("UID"),
    )  # fmt: skip
    assert int(after.text("SEQUENCE")) == int(before.text("SEQUENCE")) + 1


def test_what_is_not_agreed_is_tentative_and_left_out_of_a_link_to_what_is(
    world: World, made: Residency
) -> None:
    day_line(made)
    Residency.objects.update(status="offered", artist_agreed_at=None)
    assert (one(world).text("STATUS"), read(world, "held=0")) == ("TENTATIVE", [])


def test_what_is_for_an_audience_has_no_lines(world: World, made: Residency) -> None:
    day_line(made)
    assert (len(read(world, "art_form=music")), read(world, "audience=public")) == (1, [])


def test_the_lines_of_a_day_stand_in_the_order_of_their_times(world: World, made: Residency) -> None:
    for words, starts in (("Lunch", time(12)), ("Ledigt", None), ("Repetition", time(9))):
        day_line(made, words=words, starts=starts, ends=None)
    assert [event.text("SUMMARY") for event in read(world)] == ["Ledigt", "Repetition", "Lunch"]


@pytest.mark.parametrize(
    "where",
    [
        *(
            lambda world, kind=kind: address(world, kind)
            for kind in ("municipality", "place", "presenter", "venue", "production", "ensemble", "region")
        ),
        lambda world: Address("residency", Residency.objects.get().slug),
        lambda world: Address("residencies", world.season.region.slug),
        lambda world: private_address("presenter", world.presenting.pk),
        lambda world: private_address("producer", world.producing.pk),
        lambda world: private_address("ensemble", world.ensemble.pk),
        lambda world: private_address("crew", world.ensemble.pk),
        lambda world: private_address("artist", world.neighbour.pk),
    ],
)
def test_they_are_in_nobody_else_s_calendar(world: World, made: Residency, where: Any) -> None:
    day_line(made, words="Nyckeln ligger i lådan")
    assert "Nyckeln" not in body_at(where(world), NOW).decode().replace("\r\n ", "")


def test_every_line_has_an_identity_of_its_own(made: Residency) -> None:
    assert day_line(made).uid != day_line(made).uid
    assert DayLine.objects.count() == 2
