"""The days of the board: bars by the hour, the same in words, and what a day or a week says."""

from datetime import date

import pytest

from bookings import orders
from bookings.models import Booking
from tests.factories import TourFactory
from tests.turne.pages import BEFORE_THE_TOUR
from tests.turne.plans import adopted, board, lock, lock_all, planned, rows
from tests.world import World
from tours.models import EnsembleDayOff, Instruction, Tour, Wish
from turne.web.board_days import Frame, week_to_read
from venues.models import SchoolBreak, WorkRuleProfile

# -- Bars ---------------------------------------


def test_breaks_are_drawn_and_told(world: World) -> None:
    """An hour and a quarter of get-in holds the half hour that the law asks for after five hours."""
    WorkRuleProfile.objects.create(
        region=world.season.region,
        key="law",
        label="Law",
        severity="block",
        parameters={"max_work_without_break_h": 5, "min_break_min": 30},
    )
    lock_all(world)
    planned(world)
    row = next(row for row in rows(board(world)) if row["date"] == "2027-02-03")
    assert [pause["label"] for pause in row["pauses"]] == ["12:30–13:00 break"]
    assert "12:30–13:00 break" in [line["text"] for line in row["lines"]]


def test_minutes_become_per_cent_of_the_days_hours() -> None:
    frame = Frame(6 * 60, 22 * 60)
    assert (frame.x(10 * 60), frame.width(10 * 60, 14 * 60)) == ("25.00%", "25.00%")


def test_what_lies_outside_the_hours_ends_at_the_edge() -> None:
    frame = Frame(6 * 60, 22 * 60)
    assert (frame.x(0), frame.width(21 * 60, 30 * 60)) == ("0.00%", "6.25%")


def test_every_second_hour_is_named_and_midnight_is_no_hour_24() -> None:
    labels = [hour["label"] for hour in Frame(18 * 60, 27 * 60).hours()]
    assert labels == ["20", "22", "00", "02"]


def test_a_visit_is_a_bar_with_its_shows_in_it(world: World) -> None:
    at = lock(world, world.wish, 3)
    planned(world)
    row = next(row for row in rows(board(world)) if row["name"] == "Wed 3 Feb")
    visit = next(visit for visit in row["visits"] if visit["name"] == "Backe bygdegård")
    show = visit["performances"][0]
    assert (show["state"], show["label"]) == ("planned", "Backe bygdegård 13:00–13:45, planned")
    assert (visit["locked"], at.hour) == (True, 13)
    assert float(visit["x"][:-1]) < float(show["x"][:-1])


def test_two_shows_are_two_blocks(world: World) -> None:
    Wish.objects.filter(pk=world.wish.pk).update(shows_count=2)
    Wish.objects.exclude(pk=world.wish.pk).update(withdrawn_at=BEFORE_THE_TOUR)
    planned(world)
    visits = [visit for row in rows(board(world)) for visit in row["visits"]]
    assert [len(visit["performances"]) for visit in visits] == [2]


def test_the_day_stands_in_words_too(world: World) -> None:
    lock(world, world.wish, 3)
    planned(world)
    row = next(row for row in rows(board(world)) if row["name"] == "Wed 3 Feb")
    line = next(line for line in row["lines"] if line["text"].endswith("Backe bygdegård"))
    assert (line["text"], line["label"]) == ("13:00 Backe bygdegård", "Planned")
    assert line["more"] == "Backe bygdegård, salen, Backe. Get-in 11:45, gone by 14:30"
    assert any(line.get("drive") and "drive to" in line["text"] for line in row["lines"])


def test_the_words_are_in_order_of_time(world: World) -> None:
    planned(world)
    for row in rows(board(world)):
        assert [line["text"][:5] for line in row["lines"] if line.get("drive")] == sorted(
            line["text"][:5] for line in row["lines"] if line.get("drive")
        )


# -- Days ---------------------------------------


def test_a_sunday_is_closed_and_says_why(world: World) -> None:
    lock(world, world.wish, 3)
    planned(world)
    row = next(row for row in rows(board(world)) if row["name"] == "Sun 7 Feb")
    assert (row["closed"], row["visits"]) == ("No work", [])


def test_a_day_off_says_its_reason(world: World) -> None:
    EnsembleDayOff.objects.create(
        ensemble=world.ensemble, starts_on=date(2027, 2, 2), ends_on=date(2027, 2, 2), reason="Repetition"
    )
    lock(world, world.wish, 3)
    planned(world)
    row = next(row for row in rows(board(world)) if row["name"] == "Tue 2 Feb")
    assert row["closed"] == "Repetition"


def test_a_day_of_another_tour_says_which(world: World) -> None:
    lock_all(world)
    adopted(world)
    other = TourFactory(production=world.production, season=world.season, name="Vinterns låtar", slug="latar")
    Booking.objects.filter(wish=world.wish).update(tour=other)
    Instruction.objects.filter(wish=world.wish).delete()
    planned(world)
    closed = {row["date"]: row["closed"] for row in rows(board(world))}
    assert closed["2027-02-03"] == "Plays another tour: Vinterns låtar"


@pytest.mark.parametrize(
    ("reason", "told"), [("", "Kept free by you"), ("An actor is ill.", "Cancelled: An actor is ill.")]
)
def test_a_day_without_work_says_whether_it_was_cancelled(world: World, reason: str, told: str) -> None:
    orders.forbid_day(world.tour, date(2027, 2, 2), by=world.producer, reason=reason)
    planned(world)
    row = next(row for row in rows(board(world)) if row["name"] == "Tue 2 Feb")
    assert row["closed"] == told


def test_a_school_break_is_named_at_its_week(world: World) -> None:
    for place in ("Backe", "Krokom"):
        SchoolBreak.objects.create(
            municipality=world.places[place].municipality,
            name="Sportlov",
            starts_on=date(2027, 2, 8),
            ends_on=date(2027, 2, 12),
        )
    lock(world, world.wish, 9)
    planned(world)
    notes = [week["note"] for week in board(world)["weeks"]]
    assert [note.endswith("Sportlov: everywhere") for note in notes] == [False, True]


def test_a_schools_own_day_off_is_named_at_its_week(world: World) -> None:
    SchoolBreak.objects.create(
        school=world.school.school, name="Studiedag", starts_on=date(2027, 2, 8), ends_on=date(2027, 2, 8)
    )
    lock(world, world.wish, 9)
    planned(world)
    assert board(world)["weeks"][1]["note"].endswith("Studiedag: Krokoms skola")


def test_a_week_says_what_it_adds_up_to(world: World) -> None:
    planned(world)
    weeks = board(world)["weeks"]
    assert [week["week"] for week in weeks] == [5, 6]
    assert "show" in weeks[0]["note"] or "show" in weeks[1]["note"]


@pytest.mark.parametrize(
    ("today", "week"),
    [(date(2026, 12, 1), 5), (date(2027, 2, 4), 5), (date(2027, 2, 8), 7), (date(2027, 3, 1), 5)],
)
def test_the_week_to_read_is_todays_or_the_next_with_visits(today: date, week: int) -> None:
    weeks = [
        {"week": number, "rows": [{"date": last, "visits": visits}] if visits else []}
        for number, last, visits in ((5, "2027-02-07", "a"), (6, "2027-02-14", ""), (7, "2027-02-21", "b"))
    ]
    assert week_to_read(weeks, today) == week


def test_a_week_in_which_nothing_happens_is_its_heading_alone(world: World) -> None:
    lock(world, world.wish, 2)
    Wish.objects.exclude(pk=world.wish.pk).update(withdrawn_at=BEFORE_THE_TOUR)
    planned(world)
    weeks = board(world)["weeks"]
    assert (weeks[1]["rows"], weeks[1]["note"]) == ([], "nothing planned")


def test_a_broken_rule_is_a_strip_under_its_day(world: World) -> None:
    Tour.objects.filter(pk=world.tour.pk).update(drive_max_min=60)
    lock(world, world.wish, 3)
    planned(world)
    context = board(world)
    row = next(row for row in rows(context) if row["name"] == "Wed 3 Feb")
    assert "Too much driving." in [breach["text"] for breach in row["breaches"]]
    assert context["totals"][-1]["tone"] == "breach"
    assert context["weeks"][0]["note"].endswith("1 breach")
