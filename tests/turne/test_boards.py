"""The board's context: what a plan and its bookings look like as bars, words, numbers and next steps."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from bookings import lifecycle, planning, running
from bookings.models import Booking
from bookings.standing import Course, as_agreed, course_of
from tests import factories as make
from tests.turne.pages import BEFORE_THE_TOUR
from tests.turne.plans import (
    PROOF_SECONDS,
    adopted,
    board,
    desk,
    lock,
    lock_all,
    of_wish,
    planned,
    rows,
    tour_of,
)
from tests.world import World
from tours import planner, reasons
from tours.models import Proposal
from turne.web import boards
from turne.web.board_days import Notes, Rows
from turne.web.desk import AGREED
from turne.web.route_lines import RoadLines
from turne.web.tables import csv_response
from venues.models import Road

NB = "\u00a0"
FEBRUARY = date(2027, 2, 1)


# -- What is agreed beside a plan ---------------------------------------


def test_before_anything_is_agreed_nothing_is_marked(world: World) -> None:
    planned(world)
    visits = [visit for row in rows(board(world)) for visit in row["visits"]]
    assert {visit["mark"] for visit in visits} == {""}


def test_held_offered_and_confirmed_show_as_such(world: World) -> None:
    bookings = adopted(world)
    for booking in bookings[1:]:
        lifecycle.offer(booking, by=world.producer, now=BEFORE_THE_TOUR)
    lifecycle.confirm(bookings[2], by=None, now=BEFORE_THE_TOUR)
    shows = [show for row in rows(board(world)) for v in row["visits"] for show in v["performances"]]
    assert sorted(show["state"] for show in shows) == ["confirmed", "held", "offered"]


def test_a_moved_stop_says_from_where(world: World) -> None:
    adopted(world)
    was = timezone.localtime(of_wish(world, world.wish).performances.get().starts_at)
    lock(world, world.wish, 11 if was.day != 11 else 10, 18)
    planned(world)
    stops = {stop.name: stop for row in rows(board(world)) for stop in row["stops"]}
    assert (stops["Backe bygdegård"].change, stops["Backe bygdegård"].state) == ("moved", "planned")
    changes = [change for row in rows(board(world)) for change in row["changes"]]
    assert f"Backe bygdegård moves here from {boards.moment_short(was)}." in changes


def test_a_stop_that_goes_away_says_so_on_its_day(world: World) -> None:
    adopted(world)
    planning.drop_stop(world.tour, world.wish, by=world.producer)
    planned(world)
    context = board(world)
    assert any("Backe bygdegård, held for this day" in c for row in rows(context) for c in row["changes"])
    assert "1 goes away" in context["notices"][0]["title"]


def test_a_new_stop_is_marked_new(world: World) -> None:
    planning.drop_stop(world.tour, world.wish, by=world.producer)
    adopted(world)
    planning.free_stop(world.tour, world.wish)
    planned(world)
    stops = {stop.name: stop.change for row in rows(board(world)) for stop in row["stops"]}
    assert stops["Backe bygdegård"] == "new"


def test_both_the_plan_and_what_is_agreed_are_reached(world: World) -> None:
    adopted(world)
    lock(world, world.wish, 10, 18)
    newest = planned(world)
    urls = [chip["url"].partition("?")[2] for chip in board(world)["plans"]]
    assert urls[:2] == [f"visa={AGREED}", f"forslag={newest.pk}"]


def test_an_outdated_plan_steps_back_behind_what_is_agreed(world: World) -> None:
    adopted(world)
    planned(world)
    lifecycle.offer(of_wish(world, world.wish), by=world.producer, now=BEFORE_THE_TOUR)
    looked_at = desk(world)
    assert (looked_at.shown, looked_at.outdated) == (None, False)


def test_a_cancelled_visit_is_struck_out_on_its_day(world: World) -> None:
    adopted(world)
    booking = of_wish(world, world.wish)
    lifecycle.offer(booking, by=world.producer, now=BEFORE_THE_TOUR)
    lifecycle.confirm(booking, by=None, now=BEFORE_THE_TOUR)
    lifecycle.cancel(booking, by=world.producer, now=BEFORE_THE_TOUR, reason="Sjukdom")
    shows = [show for row in rows(board(world)) for v in row["visits"] for show in v["performances"]]
    assert sorted(show["state"] for show in shows) == ["cancelled", "held", "held"]


def test_a_cancelled_visit_leaves_its_hours_to_the_one_that_plays_then(world: World) -> None:
    adopted(world)
    booking, other = of_wish(world, world.wish), Booking.objects.exclude(wish=world.wish).first()
    assert other is not None
    lifecycle.offer(booking, by=world.producer, now=BEFORE_THE_TOUR)
    lifecycle.confirm(booking, by=None, now=BEFORE_THE_TOUR)
    lifecycle.cancel(booking, by=world.producer, now=BEFORE_THE_TOUR, reason="Sjukdom")
    lifecycle.move(other, by=world.producer, now=BEFORE_THE_TOUR, starts_at=booking.starts_at)
    row = next(row for row in rows(board(world)) if row["date"] == f"{booking.starts_at:%Y-%m-%d}")
    at = timezone.localtime(booking.starts_at)
    assert [visit["name"] for visit in row["visits"]] == [other.wish.venue.organisation.name]
    assert row["changes"] == [f"{at:%H:%M} Backe bygdegård: cancelled"]


# -- The course of what is agreed ---------------------------------------


def test_as_long_as_all_stand_the_adopted_plan_is_the_course(world: World) -> None:
    bookings = adopted(world)
    proposal = Proposal.objects.get()
    course = as_agreed(tour_of(world), bookings, proposal)
    assert course is not None
    assert course.plan == course_of(proposal).plan


def test_when_one_has_gone_the_others_stay_where_they_are(world: World) -> None:
    bookings = adopted(world)
    before = {b.wish_id: b.performances.get().starts_at for b in bookings}
    lifecycle.release(of_wish(world, world.wish), by=world.producer, now=BEFORE_THE_TOUR)
    left = list(world.tour.bookings.live().with_ground())
    course = as_agreed(tour_of(world), left, Proposal.objects.get())
    assert course is not None
    del before[world.wish.pk]
    assert course.starts() == {f"w{wish}": at for wish, at in before.items()}
    assert course.breaches == []


def test_bookings_without_a_plan_have_a_course_too(world: World) -> None:
    at = timezone.make_aware(datetime(2027, 2, 3, 13))
    held = lifecycle.hold(
        tour=world.tour, wish=world.wish, starts_at=at, by=world.producer, now=BEFORE_THE_TOUR
    )
    course = as_agreed(tour_of(world), [held], None)
    assert course is not None
    assert [stop.candidate for stop in course.plan.stops] == [f"w{world.wish.pk}"]


def test_without_bookings_nothing_is_agreed(world: World) -> None:
    assert as_agreed(tour_of(world), [], None) is None


def test_a_visit_off_every_road_is_told_instead_of_drawn(world: World) -> None:
    at = timezone.make_aware(datetime(2027, 2, 3, 13))
    lifecycle.hold(tour=world.tour, wish=world.wish, starts_at=at, by=world.producer, now=BEFORE_THE_TOUR)
    Road.objects.filter(end=world.places["Backe"]).delete()
    notice = board(world)["notices"][0]
    assert notice["tone"] == "error"
    assert "No road reaches Backe" in notice["title"]


# -- Numbers ---------------------------------------


def test_the_totals_are_the_planners_own(world: World) -> None:
    lock_all(world)
    proposal = planned(world, seconds=PROOF_SECONDS)
    account = course_of(proposal).account
    totals = board(world)["totals"]
    assert totals[0] == {"value": "3 of 3", "label": "wishes played"}
    assert totals[2]["value"] == f"{round(account.km)}{NB}km"
    assert totals[5] == {"value": "Best", "label": "possible, and that is proven"}


def test_what_is_agreed_counts_answers_instead_of_the_bound(world: World) -> None:
    bookings = adopted(world)
    lifecycle.confirm(bookings[0], by=world.producer, now=BEFORE_THE_TOUR)
    assert board(world)["totals"][5] == {"value": "1 of 3", "label": "confirmed"}


def test_fees_less_the_road_is_what_is_left(world: World) -> None:
    lock_all(world)
    proposal = planned(world)
    account = course_of(proposal).account
    found = board(world)["money"]
    lodging = account.nights_away * world.ensemble.people_count * 1100
    assert found["lines"][0] == {"label": "Prices, 3 visits", "value": f"29,400{NB}kr"}
    assert found["left"] == reasons.Glossary(date(2027, 2, 1)).money(3 * 9800 - account.km_cost - lodging)
    assert found["left_label"] == "Left for wages and the rest"


def test_the_planners_sum_ends_with_what_it_is_worth(world: World) -> None:
    proposal = planned(world)
    rows_ = board(world)["weighing"]
    worth = reasons.Glossary(date(2027, 2, 1)).money(proposal.plan["objective"])
    assert {"label": "What the plan is worth", "value": worth} in rows_


def test_the_gap_is_said_as_long_as_it_is_open(world: World) -> None:
    proposal = planned(world)
    proposal.plan |= {"proven": False, "gap": 0.004}
    proposal.save()
    assert board(world)["totals"][5] == {"value": "0.4 %", "label": "from the best possible, at most"}


# -- Progress ---------------------------------------


def test_a_waiting_plan_says_what_it_is_worth(world: World) -> None:
    made = planning.propose(world.tour, by=world.producer)
    progress = boards.board(desk(world, now=made.requested_at))["progress"]
    assert progress["text"].startswith("This is a first plan, worth ")
    assert progress["max"] is None


def test_a_plan_that_waits_too_long_asks_for_its_worker(world: World) -> None:
    made = planning.propose(world.tour, by=world.producer)
    late = desk(world, now=made.requested_at + timedelta(seconds=60))
    assert boards.board(late)["progress"]["text"] == (
        "The plan has waited for 60 s. Is the background worker running?"
    )


def test_a_running_plan_says_how_far_it_has_come(world: World) -> None:
    made = planning.propose(world.tour, by=world.producer, seconds=10)
    Proposal.objects.filter(pk=made.pk).update(
        state=Proposal.State.RUNNING,
        claimed_until=BEFORE_THE_TOUR + timedelta(seconds=10 + running.LEASE_MARGIN),
        plan={**made.plan, "objective": 40_000, "bound": 50_000, "gap": 0.25},
    )
    progress = boards.board(desk(world, now=BEFORE_THE_TOUR + timedelta(seconds=4)))["progress"]
    assert (progress["value"], progress["max"]) == (4, 10)
    assert progress["text"] == (
        f"Looking for a better plan: 40 %, 4 of 10 s. The best so far is worth 40,000{NB}kr, "
        f"none can be worth more than 50,000{NB}kr (25.0 % more)."
    )


# -- Map, table ---------------------------------------


def test_the_map_has_a_dot_for_each_place_and_the_home(world: World) -> None:
    planned(world)
    drawn = board(world)["map"]
    assert {stop["name"] for stop in drawn["stops"]} == {"Backe", "Strömsund", "Krokom", "Östersund"}
    assert {stop["state"] for stop in drawn["stops"]} == {"planned", "home"}
    assert all(stop["url"].startswith("#stopp-w") for stop in drawn["stops"] if not stop["home"])


def test_many_stops_are_dots_without_numbers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    planned(world)
    monkeypatch.setattr(boards, "NUMBERED_MAX", 2)
    assert {stop["number"] for stop in board(world)["map"]["stops"]} == {None}


def test_a_drive_follows_the_roads(world: World) -> None:
    lines = RoadLines()
    home, backe, stromsund = (world.places[name] for name in ("Östersund", "Backe", "Strömsund"))
    drawn = lines.lines([(home.pk, backe.pk, FEBRUARY)], {})
    assert drawn == [[(place.lat, place.lon) for place in (home, stromsund, backe)]]


def test_a_closed_road_is_not_followed(world: World) -> None:
    Road.objects.filter(end=world.places["Backe"]).update(closed_from="10-15", closed_to="06-06")
    lines = RoadLines()
    home, backe = world.places["Östersund"], world.places["Backe"]
    straight = [(home.lat, home.lon), (backe.lat, backe.lon)]
    assert lines.lines([(home.pk, backe.pk, FEBRUARY)], {}) == [straight]


def test_each_drive_follows_the_roads_of_its_day(world: World) -> None:
    """The way round is driven while the short one is closed; a way that is driven on two days is one line."""
    home, backe, stromsund = (world.places[name] for name in ("Östersund", "Backe", "Strömsund"))
    make.RoadFactory(start=home, end=backe, km=90, kmh=90, closed_from="02-04", closed_to="03-01")
    days = [FEBRUARY, date(2027, 2, 3), date(2027, 2, 4)]
    spots = [[(place.lat, place.lon) for place in way] for way in ((home, backe), (home, stromsund, backe))]
    lines = RoadLines()
    assert lines.lines([(home.pk, backe.pk, day) for day in days], {}) == spots
    assert len(lines.drawn(days[:2])) - len(lines.drawn(days[2:])) == 1


def test_a_course_without_stops_is_written(world: World) -> None:
    problem = planner.instance(1, 1)
    course = Course(problem, planner.Plan((), (problem.home,)))
    weeks = Rows(course, {}, reasons.Glossary(problem.days[0].date), Notes()).weeks()
    assert [(week["rows"], week["note"]) for week in weeks] == [([], "nothing planned")]


def test_formulas_are_text_in_a_table() -> None:
    content = csv_response("a.csv", [["=1+1", "ordinary", "@x"]]).content.decode("utf-8-sig")
    assert content == "'=1+1;ordinary;'@x\r\n"
