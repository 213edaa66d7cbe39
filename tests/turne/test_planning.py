"""The producer's pages: tours, their frame, the board and every button on it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from bookings import lifecycle, planning, running
from bookings.models import Booking, Instruction, Notice, Proposal, Tour
from bookings.models.booking import Status
from tests import factories as make
from tests.world import World
from venues.models import Venue, WorkRuleProfile

AJAX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def before_the_tour(monkeypatch):
    """The world's tour lies ahead, and its season is closed for wishes."""
    now = datetime(2026, 12, 18, 9, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def producer(world: World, as_user) -> Client:
    client = as_user(world.producer)
    client.cookies["django_language"] = "en"
    return client


def url(name: str, world: World, *args: object) -> str:
    return reverse(name, args=[world.tour.slug, *args])


def planned(world: World) -> Proposal:
    return running.run(planning.propose(world.tour, by=world.producer, seconds=1))


def adopted(world: World) -> list[Booking]:
    planning.adopt(planned(world), by=world.producer, now=timezone.now())
    return list(world.tour.bookings.order_by("pk"))


def text(response) -> str:
    return " ".join(response.content.decode().split())


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# -- Who may see it ---------------------------------------


GETS = ["tours", "tour-new", "board", "tour-edit", "tour-offer", "tour-csv"]
POSTS = ["tour-propose", "tour-adopt", "stop-lock", "stop-drop", "stop-free", "warning-override"]


def address(name: str, world: World) -> str:
    if name in ("tours", "tour-new"):
        return reverse(name)
    return url(name, world, world.wish.pk) if name.startswith("stop-") else url(name, world)


@pytest.mark.parametrize("name", GETS)
@pytest.mark.parametrize("who", ["presenter", "school_contact", "officer", "administrator", "stranger"])
def test_pages_are_not_there_for_others(world: World, as_user, name: str, who: str) -> None:
    assert as_user(getattr(world, who)).get(address(name, world)).status_code == 404


@pytest.mark.parametrize("name", POSTS)
def test_actions_are_not_there_for_others(world: World, as_user, name: str) -> None:
    assert as_user(world.presenter).post(address(name, world)).status_code == 404


@pytest.mark.parametrize("name", ["board", "tour-edit", "tour-offer", "tour-csv"])
def test_another_producer_does_not_see_the_tour(world: World, as_user, name: str) -> None:
    rival = make.MembershipFactory(role="producer").user
    assert as_user(rival).get(address(name, world)).status_code == 404


@pytest.mark.parametrize("name", GETS)
def test_without_login_one_is_asked_to_log_in(world: World, client: Client, name: str) -> None:
    assert client.get(address(name, world)).status_code == 302


@pytest.mark.parametrize("name", POSTS)
def test_actions_are_not_taken_by_opening_an_address(world: World, producer: Client, name: str) -> None:
    assert producer.get(address(name, world)).status_code == 405


# -- The list of tours ---------------------------------------


def test_a_tour_stands_in_the_list_with_its_answers(world: World, producer: Client) -> None:
    bookings = adopted(world)
    lifecycle.offer(bookings[0], by=world.producer, now=timezone.now())
    rows = producer.get(reverse("tours")).context["groups"][0]["rows"]
    labels = [answer["label"] for answer in rows[0]["answers"]]
    assert (rows[0]["stops"], labels) == ("3 stops", ["1 offered", "2 held"])
    assert rows[0]["deadline"] == "Next answer by Fri 1 Jan"


def test_the_cut_off_is_the_deadline_before_anything_is_offered(world: World, producer: Client) -> None:
    Tour.objects.update(cut_off_on=date(2027, 1, 10))
    rows = producer.get(reverse("tours")).context["groups"][0]["rows"]
    assert (rows[0]["stops"], rows[0]["deadline"]) == ("not planned yet", "Cut-off Sun 10 Jan 2027")


def test_other_organisations_tours_are_not_listed(world: World, producer: Client) -> None:
    make.TourFactory()
    shown = producer.get(reverse("tours")).context["groups"]
    assert [row["tour"] for group in shown for row in group["rows"]] == [world.tour]


def test_tours_are_filtered_by_the_address(world: World, producer: Client) -> None:
    later = make.TourFactory(production=world.production, season=world.season, stage="closed")
    shown = producer.get(reverse("tours") + "?skede=closed&sasong=varen-2027").context["groups"]
    assert [row["tour"] for group in shown for row in group["rows"]] == [later]


def test_a_filter_without_tours_says_so(world: World, producer: Client) -> None:
    assert "No tour here" in text(producer.get(reverse("tours") + "?skede=running"))


def test_a_producer_without_tours_is_told_what_to_do(world: World, producer: Client) -> None:
    Tour.objects.all().delete()
    assert "No tours yet" in text(producer.get(reverse("tours")))


def test_the_list_takes_the_same_queries_for_one_tour_and_for_three(world: World, producer: Client) -> None:
    producer.get(reverse("tours"))
    one = counted(producer, reverse("tours"))
    for _ in range(2):
        make.TourFactory(production=world.production, season=world.season)
    assert counted(producer, reverse("tours")) == one


# -- The frame of a tour ---------------------------------------


def frame(**changes: object) -> dict[str, object]:
    return {
        "name": "Trumman i norr",
        "starts_on": "2027-02-01",
        "ends_on": "2027-02-12",
        "presenters_min": 3,
        "performances_per_day": 2,
        "day_open_min": "06:00",
        "day_close_min": "00:00",
        "drive_max_min": 360,
        "works_saturdays": "on",
        "winter_factor": "1.10",
        "trailer_factor": "1.00",
        "wish_worth": 10000,
        "municipality_bonus": 6000,
        "cost_per_km": 35,
        "cost_per_night": 5500,
        "cost_per_change": 4000,
        "cost_per_offered_change": 12000,
        "mileage": "own_cost",
        "room_cost": 1100,
        "sharing": "equal",
        **changes,
    }


def new(world: World, **changes: object) -> dict[str, object]:
    return frame(production=world.production.pk, season=world.season.pk, **changes)


def test_a_tour_is_made(world: World, producer: Client) -> None:
    response = producer.post(reverse("tour-new"), new(world))
    made = Tour.objects.get(slug="trumman-i-norr")
    assert response.url == reverse("board", args=["trumman-i-norr"])
    assert (made.day_open_min, made.day_close_min, made.works_sundays) == (360, 1440, False)


def test_what_is_wrong_stands_beside_its_field(world: World, producer: Client) -> None:
    response = producer.post(reverse("tour-new"), new(world, ends_on="2027-01-31"))
    assert response.status_code == 422
    assert response.context["form"].errors["ends_on"] == ["The last day is before the first."]
    assert Tour.objects.count() == 1


def test_an_impossible_day_is_told_as_such(world: World, producer: Client) -> None:
    response = producer.post(reverse("tour-new"), new(world, ends_on="2027-02-31"))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["ends_on"])


def test_another_organisations_production_cannot_be_chosen(world: World, producer: Client) -> None:
    other = make.ProductionFactory()
    world.season.productions.add(other)
    response = producer.post(reverse("tour-new"), {**new(world), "production": other.pk})
    assert list(response.context["form"].errors) == ["production"]


def test_without_a_season_menu_there_is_nothing_to_choose(world: World, producer: Client) -> None:
    world.season.productions.clear()
    assert "Nothing to tour with yet" in text(producer.get(reverse("tour-new")))


def test_the_frame_is_changed(world: World, producer: Client) -> None:
    response = producer.post(url("tour-edit", world), frame(version=1, cost_per_km=40))
    world.tour.refresh_from_db()
    assert (response.url, world.tour.cost_per_km, world.tour.version) == (url("board", world), 40, 2)


def test_the_form_shows_what_the_tour_says(world: World, producer: Client) -> None:
    page = text(producer.get(url("tour-edit", world)))
    assert 'name="day_open_min" value="06:00"' in page
    assert 'name="day_close_min" value="00:00"' in page


def test_the_law_is_no_choice_and_an_agreement_is(world: World, producer: Client) -> None:
    for key, severity in (("law", "block"), ("agreement", "warn")):
        WorkRuleProfile.objects.create(
            region=world.season.region, key=key, label=key, severity=severity, parameters={}
        )
    form = producer.get(url("tour-edit", world)).context["form"]
    assert [rule.key for rule in form.fields["work_rules"].queryset] == ["agreement"]


def test_a_change_by_somebody_else_is_not_overwritten(world: World, producer: Client) -> None:
    Tour.objects.update(version=2, cost_per_km=99)
    response = producer.post(url("tour-edit", world), frame(version=1))
    world.tour.refresh_from_db()
    assert (response.status_code, world.tour.cost_per_km) == (409, 99)
    assert "Somebody has changed the tour" in text(response)
    assert (response.context["version"], response.context["name"]) == (2, "Trumman våren 2027")


# -- The board ---------------------------------------


def test_without_wishes_the_board_says_so(world: World, producer: Client) -> None:
    world.season.wishes.all().delete()
    response = producer.get(url("board", world))
    assert (response.context["empty"]["title"], response.context["steps"]) == ("No wishes yet", [])


def test_without_a_plan_the_next_step_is_to_plan(world: World, producer: Client) -> None:
    response = producer.get(url("board", world))
    assert [(step["name"], step["primary"]) for step in response.context["steps"]] == [("plan", True)]
    assert "No plan yet" in text(response)


def test_the_way_to_wishes_and_frame_is_there(world: World, producer: Client) -> None:
    page = text(producer.get(url("board", world)))
    assert reverse("matching", args=["varen-2027", "trumman-och-tystnaden"]) in page
    assert url("tour-edit", world) in page


def test_planning_shows_the_first_plan_at_once(world: World, producer: Client) -> None:
    response = producer.post(url("tour-propose", world), follow=True)
    made = world.tour.proposals.get()
    assert response.redirect_chain == [(f"{url('board', world)}?forslag={made.pk}", 302)]
    assert len(response.context["weeks"][0]["rows"]) == 7
    assert response.context["progress"]["poll_url"] == url("proposal", world, made.pk)
    assert response.context["steps"] == []


def test_with_nothing_to_plan_the_reason_is_told(world: World, producer: Client) -> None:
    world.season.wishes.update(withdrawn_at=timezone.now())
    response = producer.post(url("tour-propose", world), follow=True)
    assert told(response) == [
        "There is no wish to plan for this tour. Open the season for wishes, or widen the tour's days."
    ]


def test_each_visit_is_named_in_full_with_its_times(world: World, producer: Client) -> None:
    planned(world)
    page = producer.get(url("board", world)).content.decode()
    spoken = re.findall(r'aria-describedby="hand-help" aria-label="([^"]+)"', page)
    assert re.findall(r"<title>(\d\d:\d\d [^<]+)</title>\s*<foreignObject", page) == spoken
    assert any(name.endswith(" Backe bygdegård") for name in spoken)


def test_a_wish_that_is_left_out_is_set_in_a_day_not_moved(world: World, producer: Client) -> None:
    made = planned(world)
    made.plan["stops"] = [stop for stop in made.plan["stops"] if stop["candidate"] != f"w{world.wish.pk}"]
    made.save()
    page = producer.get(url("board", world)).content.decode()
    assert page.count("Set here<") == 1
    assert page.count("Move here<") == len(made.plan["stops"])


def test_while_it_is_planned_the_answer_is_the_progress(world: World, producer: Client) -> None:
    made = planning.propose(world.tour, by=world.producer)
    response = producer.get(url("proposal", world, made.pk), **AJAX)
    assert 'hx-trigger="every 1s"' in text(response)
    assert "HX-Retarget" not in response


def test_when_it_is_done_the_board_takes_its_place(world: World, producer: Client) -> None:
    response = producer.get(url("proposal", world, planned(world).pk), **AJAX)
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#board", "outerHTML")
    assert response.content.decode().lstrip().startswith('<div id="board"')


def test_without_script_the_address_of_the_progress_leads_to_the_board(
    world: World, producer: Client
) -> None:
    made = planned(world)
    response = producer.get(url("proposal", world, made.pk))
    assert response.url == f"{url('board', world)}?forslag={made.pk}"


def test_another_tours_proposal_is_not_there(world: World, producer: Client) -> None:
    other = make.TourFactory(production=world.production, season=world.season)
    made = planned(world)
    assert producer.get(reverse("proposal", args=[other.slug, made.pk])).status_code == 404


def test_a_finished_plan_is_to_be_adopted(world: World, producer: Client) -> None:
    planned(world)
    steps = producer.get(url("board", world)).context["steps"]
    assert [(step["name"], step["primary"]) for step in steps] == [("plan", False), ("adopt", True)]


def test_adopting_holds_the_stops_and_offers_are_next(world: World, producer: Client) -> None:
    made = planned(world)
    response = producer.post(url("tour-adopt", world), {"proposal": made.pk}, follow=True)
    steps = [(step["label"], step["primary"]) for step in response.context["steps"]]
    assert world.tour.bookings.filter(status=Status.HELD).count() == 3
    assert steps == [("Plan again", False), ("Send 3 offers", True)]
    assert told(response)[0].startswith("The plan is adopted: 3 visits are held.")


def test_adopting_twice_is_refused_in_words(world: World, producer: Client) -> None:
    made = planned(world)
    producer.post(url("tour-adopt", world), {"proposal": made.pk})
    response = producer.post(url("tour-adopt", world), {"proposal": made.pk}, follow=True)
    assert "This plan has been adopted already." in told(response)


def test_a_plan_whose_ground_has_changed_is_to_be_made_again(world: World, producer: Client) -> None:
    planned(world)
    world.wish.spans.update(starts_on="2027-02-09")
    response = producer.get(url("board", world))
    assert [step["name"] for step in response.context["steps"] if step["primary"]] == ["plan"]
    assert "have changed since this plan was made" in text(response)


def test_an_older_plan_is_reached_by_its_address(world: World, producer: Client) -> None:
    first, second = planned(world), planned(world)
    response = producer.get(url("board", world), {"forslag": first.pk})
    assert [chip["label"] for chip in response.context["plans"]] == ["Plan 2", "Plan 1"]
    assert [chip["current"] for chip in response.context["plans"]] == [False, True]
    assert second.pk != first.pk


@pytest.mark.parametrize("asked", ["x", "999999", "-1", "9" * 30])
def test_an_unknown_plan_shows_what_there_is(world: World, producer: Client, asked: str) -> None:
    planned(world)
    assert producer.get(url("board", world), {"forslag": asked}).status_code == 200


def test_a_newer_plan_is_shown_over_what_is_agreed(world: World, producer: Client) -> None:
    adopted(world)
    planning.lock_stop(
        world.tour, world.wish, timezone.make_aware(datetime(2027, 2, 10, 18)), by=world.producer
    )
    planned(world)
    response = producer.get(url("board", world))
    assert "A new plan beside what is agreed:" in text(response)
    assert "Backe bygdegård moves here from" in text(response)
    agreed = producer.get(url("board", world), {"visa": "avtal"})
    assert "There is a newer plan that has not been adopted: plan 2." in text(agreed)


def test_a_failed_plan_says_so_and_is_made_again(world: World, producer: Client) -> None:
    made = planned(world)
    Proposal.objects.filter(pk=made.pk).update(state=Proposal.State.FAILED, error="ValueError: x")
    response = producer.get(url("board", world))
    assert "The planner stopped." in text(response)
    assert [step["name"] for step in response.context["steps"]] == ["plan"]


# -- Orders about a stop ---------------------------------------


def test_a_stop_is_locked_to_a_time(world: World, producer: Client) -> None:
    when = {"date": "2027-02-10", "time": "18:00"}
    response = producer.post(url("stop-lock", world, world.wish.pk), when, follow=True)
    order = Instruction.objects.get()
    assert order.starts_at == timezone.make_aware(datetime(2027, 2, 10, 18))
    assert told(response) == ["Backe bygdegård is locked. Plan again, and the others follow."]


@pytest.mark.parametrize("when", [{}, {"date": "2027-02-31", "time": "10:00"}, {"date": "2027-02-10"}])
def test_a_lock_needs_a_day_and_a_time(world: World, producer: Client, when: dict[str, str]) -> None:
    response = producer.post(url("stop-lock", world, world.wish.pk), when, follow=True)
    assert told(response) == ["Give a day and a time to lock the stop to."]
    assert not Instruction.objects.exists()


def test_a_lock_outside_the_tour_is_refused(world: World, producer: Client) -> None:
    when = {"date": "2027-03-10", "time": "18:00"}
    response = producer.post(url("stop-lock", world, world.wish.pk), when, follow=True)
    assert told(response) == ["The tour is on the road 1–12 Feb 2027. Choose a day within that."]


def test_a_stop_is_left_out(world: World, producer: Client) -> None:
    producer.post(url("stop-drop", world, world.wish.pk))
    assert Instruction.objects.get().kind == Instruction.Kind.DROPPED


def test_an_offered_stop_cannot_be_left_out(world: World, producer: Client) -> None:
    booking = next(b for b in adopted(world) if b.wish_id == world.wish.pk)
    lifecycle.offer(booking, by=world.producer, now=timezone.now())
    response = producer.post(url("stop-drop", world, world.wish.pk), follow=True)
    assert told(response) == ["The visit is offered. Withdraw or cancel it first, then leave it out."]


def test_a_stop_is_given_back_to_the_planner(world: World, producer: Client) -> None:
    planning.drop_stop(world.tour, world.wish, by=world.producer)
    producer.post(url("stop-free", world, world.wish.pk))
    assert not Instruction.objects.exists()


def test_an_order_comes_back_to_the_plan_it_was_given_on(world: World, producer: Client) -> None:
    made = planned(world)
    response = producer.post(url("stop-drop", world, world.wish.pk), {"forslag": made.pk})
    assert response.url == f"{url('board', world)}?forslag={made.pk}"


def test_another_productions_wish_is_not_there(world: World, producer: Client) -> None:
    other = make.WishFactory()
    assert producer.post(url("stop-drop", world, other.pk)).status_code == 404


# -- Offers ---------------------------------------


def keys(bookings: list[Booking]) -> list[str]:
    return [f"{booking.pk}:{booking.version}" for booking in bookings]


def test_before_sending_one_sees_who_gets_what(world: World, producer: Client) -> None:
    bookings = adopted(world)
    response = producer.get(url("tour-offer", world))
    letters = response.context["letters"]
    assert [letter["to"] for letter in letters if letter["booking"].wish_id == world.wish.pk] == [
        ["backe-bygdegard@example.org"]
    ]
    assert [letter["is_chosen"] for letter in letters] == [True] * len(bookings)
    assert response.context["form"].initial["answer_on"] == date(2027, 1, 1)
    assert not Notice.objects.exists()


def test_one_visit_can_be_offered_alone(world: World, producer: Client) -> None:
    bookings = adopted(world)
    response = producer.get(url("tour-offer", world), {"besok": bookings[1].pk})
    chosen = [letter["booking"] for letter in response.context["letters"] if letter["is_chosen"]]
    assert chosen == [bookings[1]]


def test_the_mail_to_read_is_text_and_nothing_else(world: World, producer: Client) -> None:
    Venue.objects.filter(pk=world.venue.pk).update(name="<form action=/>Salen")
    adopted(world)
    page = producer.get(url("tour-offer", world)).content.decode()
    assert ("<form action=/>" in page, "&lt;form action=/&gt;Salen" in page) == (False, True)


def test_the_chosen_offers_are_sent(world: World, producer: Client) -> None:
    bookings = adopted(world)
    sent = {"besok": keys(bookings[:2]), "answer_on": "2027-01-08"}
    response = producer.post(url("tour-offer", world), sent, follow=True)
    states = sorted(world.tour.bookings.values_list("status", flat=True))
    assert states == ["held", "offered", "offered"]
    assert told(response) == ["2 offers are on their way. Answers are due by Fri 8 Jan 2027."]


def test_an_answer_date_that_has_passed_is_refused(world: World, producer: Client) -> None:
    sent = {"besok": keys(adopted(world)), "answer_on": "2026-12-01"}
    response = producer.post(url("tour-offer", world), sent)
    assert response.status_code == 422
    assert not world.tour.bookings.filter(status=Status.OFFERED).exists()


def test_without_a_choice_nothing_is_sent(world: World, producer: Client) -> None:
    adopted(world)
    response = producer.post(url("tour-offer", world), {"answer_on": "2027-01-08"})
    assert "Choose at least one visit to offer." in text(response)


def test_a_visit_that_has_changed_is_not_offered_unseen(world: World, producer: Client) -> None:
    last_evening = timezone.make_aware(datetime(2027, 2, 12, 19))
    planning.lock_stop(world.tour, world.wish, last_evening, by=world.producer)
    bookings = adopted(world)
    old = keys(bookings)
    last = next(booking for booking in bookings if booking.wish_id == world.wish.pk)
    later = last_evening + timedelta(hours=1)
    lifecycle.move(last, by=world.producer, now=timezone.now(), starts_at=later)
    response = producer.post(url("tour-offer", world), {"besok": old, "answer_on": "2027-01-08"})
    assert (response.status_code, Notice.objects.count()) == (422, 0)


def test_a_presenter_without_an_address_cannot_be_chosen(world: World, producer: Client) -> None:
    bookings = adopted(world)
    world.presenting.memberships.all().delete()
    type(world.presenting).objects.filter(pk=world.presenting.pk).update(email="")
    letters = producer.get(url("tour-offer", world)).context["letters"]
    assert {letter["booking"].presenter_id: letter["is_chosen"] for letter in letters}[
        world.presenting.pk
    ] is False
    response = producer.post(url("tour-offer", world), {"besok": keys(bookings), "answer_on": "2027-01-08"})
    assert "No mail reaches Backe bygdegård" in text(response)
    assert Notice.objects.count() == 0


def test_with_nothing_held_the_page_says_what_comes_first(world: World, producer: Client) -> None:
    assert "Nothing is held" in text(producer.get(url("tour-offer", world)))


# -- The day list ---------------------------------------


def test_the_day_list_is_a_table_for_a_spreadsheet(world: World, producer: Client) -> None:
    planned(world)
    response = producer.get(url("tour-csv", world))
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Day;Week;From;To;What;Who;Where;State;Km;Night"
    assert sum(";Show;" in line for line in lines) == 3
    assert response["Content-Disposition"] == 'attachment; filename="trumman-varen-2027.csv"'


def test_without_a_plan_there_is_no_day_list(world: World, producer: Client) -> None:
    assert producer.get(url("tour-csv", world)).status_code == 404


def test_a_name_is_never_a_formula_in_the_spreadsheet(world: World, producer: Client) -> None:
    type(world.presenting).objects.filter(pk=world.presenting.pk).update(name="=1+1")
    planned(world)
    assert ";'=1+1;" in producer.get(url("tour-csv", world)).content.decode()


# -- How much it costs ---------------------------------------


def counted(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_board_takes_the_same_queries_for_one_stop_and_for_three(world: World, producer: Client) -> None:
    others = [world.neighbour_wish, world.school_wish]
    for wish in others:
        planning.drop_stop(world.tour, wish, by=world.producer)
    planned(world)
    producer.get(url("board", world))
    one = counted(producer, url("board", world))
    for wish in others:
        planning.free_stop(world.tour, wish)
    planned(world)
    assert counted(producer, url("board", world)) == one


def test_what_is_agreed_takes_the_same_queries_for_two_visits_as_for_one(
    world: World, producer: Client
) -> None:
    """Neither is the adopted plan any more: the course is worked out anew, from the brief."""
    bookings = adopted(world)
    lifecycle.release(bookings[0], by=world.producer, now=timezone.now())
    producer.get(url("board", world))
    two = counted(producer, url("board", world))
    lifecycle.release(bookings[1], by=world.producer, now=timezone.now())
    assert counted(producer, url("board", world)) == two


def test_swedish_pages_stand_too(world: World, producer: Client) -> None:
    at = timezone.make_aware(datetime(2027, 2, 3, 13))
    planning.lock_stop(world.tour, world.wish, at, by=world.producer)
    planned(world)
    producer.cookies["django_language"] = "sv"
    with translation.override("sv"):
        page = text(producer.get(url("board", world)))
    assert "mån 1 feb" in page
