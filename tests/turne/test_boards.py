"""The board's context: what a plan and its bookings look like as bars, words, numbers and next steps."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from bookings import lifecycle, orders, planner, planning, reasons, running
from bookings.models import Booking, EnsembleDayOff, Proposal, Tour, Wish
from bookings.standing import Course, as_agreed, course_of
from tests import factories as make
from tests.world import World
from turne.web import boards
from turne.web.board_days import Frame, Notes, Rows, week_to_read
from turne.web.desk import AGREED, Desk, read_desk
from turne.web.route_lines import RoadLines
from turne.web.tables import csv_response
from venues.models import Road, SchoolBreak, WorkRuleProfile

NOW = datetime(2026, 12, 18, 9, tzinfo=UTC)
NB = "\u00a0"
#: Never reached, however busy the machine: with every stop locked the planner ends as soon as it has its proof.
PROOF_SECONDS = 60
FEBRUARY = date(2027, 2, 1)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def tour_of(world: World) -> Tour:
    return Tour.objects.with_ground().select_related("production__rider").get(pk=world.tour.pk)


def planned(world: World, seconds: int = 1) -> Proposal:
    return running.run(planning.propose(tour_of(world), by=world.producer, seconds=seconds))


def adopted(world: World) -> list[Booking]:
    planning.adopt(planned(world), by=world.producer, now=NOW)
    return list(world.tour.bookings.with_ground().order_by("pk"))


def desk(world: World, asked: str = "", now: datetime = NOW) -> Desk:
    return read_desk(tour_of(world), now, asked=asked)


def board(world: World, asked: str = "") -> dict[str, Any]:
    return boards.board(desk(world, asked))


def rows(context: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for week in context["weeks"] for row in week["rows"]]


def of_wish(world: World, wish: Wish) -> Booking:
    return next(b for b in world.tour.bookings.live() if b.wish_id == wish.pk)


def lock(world: World, wish: Wish, day: int, hour: int = 13) -> datetime:
    at = timezone.make_aware(datetime(2027, 2, day, hour))
    planning.lock_stop(world.tour, wish, at, by=world.producer)
    return at


def lock_all(world: World) -> None:
    """Days apart, so that every drive is from home and back: only one plan is possible."""
    for wish, day in ((world.wish, 3), (world.neighbour_wish, 5), (world.school_wish, 9)):
        lock(world, wish, day)


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
    Wish.objects.exclude(pk=world.wish.pk).update(withdrawn_at=NOW)
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
    Wish.objects.exclude(pk=world.wish.pk).update(withdrawn_at=NOW)
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


# -- What is agreed beside a plan ---------------------------------------


def test_before_anything_is_agreed_nothing_is_marked(world: World) -> None:
    planned(world)
    visits = [visit for row in rows(board(world)) for visit in row["visits"]]
    assert {visit["mark"] for visit in visits} == {""}


def test_held_offered_and_confirmed_show_as_such(world: World) -> None:
    bookings = adopted(world)
    for booking in bookings[1:]:
        lifecycle.offer(booking, by=world.producer, now=NOW)
    lifecycle.confirm(bookings[2], by=None, now=NOW)
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
    lifecycle.offer(of_wish(world, world.wish), by=world.producer, now=NOW)
    looked_at = desk(world)
    assert (looked_at.shown, looked_at.outdated) == (None, False)


def test_a_cancelled_visit_is_struck_out_on_its_day(world: World) -> None:
    adopted(world)
    booking = of_wish(world, world.wish)
    lifecycle.offer(booking, by=world.producer, now=NOW)
    lifecycle.confirm(booking, by=None, now=NOW)
    lifecycle.cancel(booking, by=world.producer, now=NOW, reason="Sjukdom")
    shows = [show for row in rows(board(world)) for v in row["visits"] for show in v["performances"]]
    assert sorted(show["state"] for show in shows) == ["cancelled", "held", "held"]


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
    lifecycle.release(of_wish(world, world.wish), by=world.producer, now=NOW)
    left = list(world.tour.bookings.live().with_ground())
    course = as_agreed(tour_of(world), left, Proposal.objects.get())
    assert course is not None
    del before[world.wish.pk]
    assert course.starts() == {f"w{wish}": at for wish, at in before.items()}
    assert course.breaches == []


def test_bookings_without_a_plan_have_a_course_too(world: World) -> None:
    at = timezone.make_aware(datetime(2027, 2, 3, 13))
    held = lifecycle.hold(tour=world.tour, wish=world.wish, starts_at=at, by=world.producer, now=NOW)
    course = as_agreed(tour_of(world), [held], None)
    assert course is not None
    assert [stop.candidate for stop in course.plan.stops] == [f"w{world.wish.pk}"]


def test_without_bookings_nothing_is_agreed(world: World) -> None:
    assert as_agreed(tour_of(world), [], None) is None


def test_a_visit_off_every_road_is_told_instead_of_drawn(world: World) -> None:
    at = timezone.make_aware(datetime(2027, 2, 3, 13))
    lifecycle.hold(tour=world.tour, wish=world.wish, starts_at=at, by=world.producer, now=NOW)
    Road.objects.filter(end=world.places["Backe"]).delete()
    notice = board(world)["notices"][0]
    assert notice["tone"] == "error"
    assert "No road reaches Backe" in notice["title"]


# -- Wishes that are not played ---------------------------------------


def left_out(world: World, kind: str) -> list[tuple[str, str]]:
    return [(row["name"], row["text"]) for row in board(world)["left_out"][kind]]


def test_what_does_not_pay_says_what_is_missing(world: World) -> None:
    Tour.objects.filter(pk=world.tour.pk).update(cost_per_km=900)
    planned(world)
    found = dict(left_out(world, "unplaced"))
    assert found["Backe bygdegård"].startswith("Costs ")


def test_a_dropped_wish_can_be_freed(world: World) -> None:
    planning.drop_stop(world.tour, world.wish, by=world.producer)
    planned(world)
    row = board(world)["left_out"]["excluded"][0]
    assert (row["text"], row["tools"]["order"]) == ("You have left it out.", "Left out by you")
    assert "free_url" in row["tools"]
    assert "drop_url" not in row["tools"]


def test_a_no_and_another_day_are_told_apart(world: World) -> None:
    adopted(world)
    declined, countered = of_wish(world, world.wish), of_wish(world, world.neighbour_wish)
    for booking in (declined, countered):
        lifecycle.offer(booking, by=world.producer, now=NOW)
    lifecycle.decline(declined, by=None, now=NOW, reason="Upptaget")
    day, nine = date(2027, 2, 11), datetime(2027, 1, 1, 9).time()
    lifecycle.counter(countered, by=None, now=NOW, starts_on=day, ends_on=day, earliest=nine, latest=nine)
    assert left_out(world, "excluded") == [
        ("Backe bygdegård", "The presenter has declined."),
        ("Folkets hus Strömsund", "The presenter has proposed other days: Thu 11 Feb 2027."),
    ]


def test_after_a_no_the_next_step_is_to_plan_again(world: World) -> None:
    for booking in adopted(world):
        lifecycle.offer(booking, by=world.producer, now=NOW)
    declined = of_wish(world, world.wish)
    lifecycle.decline(declined, by=None, now=NOW + timedelta(hours=1), reason="Upptaget")
    steps = board(world)["steps"]
    assert [(step["name"], step["primary"]) for step in steps] == [("plan", True)]


def test_with_everything_offered_there_is_nothing_to_press_first(world: World) -> None:
    for booking in adopted(world):
        lifecycle.offer(booking, by=world.producer, now=NOW)
    assert [step["primary"] for step in board(world)["steps"]] == [False]


def test_a_wish_that_came_later_says_so(world: World) -> None:
    Wish.objects.filter(pk=world.wish.pk).update(withdrawn_at=NOW)
    planned(world)
    Wish.objects.filter(pk=world.wish.pk).update(withdrawn_at=None)
    assert left_out(world, "excluded") == [("Backe bygdegård", "It is new since this plan was made.")]


def test_an_offered_stop_has_no_lock(world: World) -> None:
    adopted(world)
    lifecycle.offer(of_wish(world, world.wish), by=world.producer, now=NOW)
    tools = {stop.name: stop.tools for row in rows(board(world)) for stop in row["stops"]}
    assert "lock_url" not in tools["Backe bygdegård"]
    assert {"lock_url", "drop_url"} <= set(tools["Krokoms skola"])
    assert tools["Krokoms skola"]["offer_url"].endswith(f"?besok={of_wish(world, world.school_wish).pk}")


def test_the_lock_is_prefilled_with_the_plans_time(world: World) -> None:
    lock(world, world.wish, 3)
    planned(world)
    tools = {stop.name: stop.tools for row in rows(board(world)) for stop in row["stops"]}
    found = tools["Backe bygdegård"]
    assert (found["date"], found["time"], found["order"]) == (
        "2027-02-03",
        "13:00",
        "Locked to Wed 3 Feb 13:00",
    )


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
    lifecycle.confirm(bookings[0], by=world.producer, now=NOW)
    assert board(world)["totals"][5] == {"value": "1 of 3", "label": "confirmed"}


def test_fees_less_the_road_is_what_is_left(world: World) -> None:
    lock_all(world)
    proposal = planned(world)
    account = course_of(proposal).account
    found = board(world)["money"]
    lodging = account.nights_away * world.ensemble.people_count * 1100
    assert found["lines"][0] == {"label": "Prices, 3 visits", "value": f"29{NB}400{NB}kr"}
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
        claimed_until=NOW + timedelta(seconds=10 + running.LEASE_MARGIN),
        plan={**made.plan, "objective": 40_000, "bound": 50_000, "gap": 0.25},
    )
    progress = boards.board(desk(world, now=NOW + timedelta(seconds=4)))["progress"]
    assert (progress["value"], progress["max"]) == (4, 10)
    assert progress["text"] == (
        f"Looking for a better plan: 40 %, 4 of 10 s. The best so far is worth 40{NB}000{NB}kr, "
        f"none can be worth more than 50{NB}000{NB}kr (25.0 % more)."
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
