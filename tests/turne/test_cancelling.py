"""The page on which a day of a tour is cancelled: what it leads to, first; then doing it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import lifecycle
from bookings.models import Booking
from bookings.models.booking import Status
from tests.agreements import DAY, SHOW_AT, agreement, confirmed, held
from tests.turne.pages import text_of
from tests.world import World
from tours.models import ForbiddenDay, Tour, Wish
from venues.models import Road

pytestmark = pytest.mark.usefixtures("before_the_tour")

THURSDAY = "2027-02-04T11:15"


@pytest.fixture
def visit(world: World) -> Booking:
    return confirmed(world)


@pytest.fixture
def at_school(world: World) -> Booking:
    return held(world, wish=world.school_wish, starts_at=SHOW_AT.replace(hour=16, minute=0))


def address(world: World, day: str = "2027-02-03", whose: str | int = "") -> str:
    query = f"?vem={whose}" if whose else ""
    return reverse("day-cancel", args=[world.tour.slug, day]) + query


def sent(*hits: Booking, **more: Any) -> dict[str, Any]:
    """What the form sends when nothing in it is changed but what is named."""
    keys = [f"{booking.pk}:{booking.version}" for booking in hits]
    return {
        "reason": "An actor is ill.",
        "vem": "vi",
        "version": Tour.objects.get().version,
        "sett": keys,
        **more,
    }


def test_looking_changes_nothing_and_proposes_the_best_day(
    visit: Booking, world: World, producer: Client
) -> None:
    page = producer.get(address(world))
    (hit,) = page.context["hits"]
    assert [day["value"] for day in hit["days"] if day["is_chosen"]] == [hit["days"][0]["value"]]
    assert (len(hit["days"]), hit["more"], len(hit["dearer"])) == (5, "5 more days would be legal", 5)
    assert Booking.objects.get().status == Status.CONFIRMED


def test_a_dearer_day_that_is_chosen_stands_among_the_first(
    visit: Booking, at_school: Booking, world: World, producer: Client
) -> None:
    dearest = producer.get(address(world)).context["hits"][0]["dearer"][-1]["value"]
    form = sent(visit, at_school, **{f"datum-{visit.pk}": dearest, f"datum-{at_school.pk}": "", "rakna": "1"})
    hit = producer.post(address(world), form).context["hits"][0]
    assert [day["value"] for day in hit["days"] if day["is_chosen"]] == [dearest]
    assert dearest not in [day["value"] for day in hit["dearer"]]


def test_each_day_says_what_it_costs_and_how_it_would_lie(
    visit: Booking, world: World, producer: Client
) -> None:
    shown = text_of(producer.get(address(world)))
    assert "Thu 4 Feb 2027" in shown
    assert "costs as much as the agreed day · alone that day · the night at home · no more road" in shown
    assert "no other visit is moved" in shown


@pytest.mark.parametrize(
    ("made", "told"), [(confirmed, "The mails go out at once"), (held, "No mail goes out")]
)
def test_it_says_whether_anybody_is_told(world: World, producer: Client, made: Any, told: str) -> None:
    made(world)
    assert told in text_of(producer.get(address(world)))


def test_a_day_beyond_an_agreement_warns(visit: Booking, world: World, producer: Client) -> None:
    agreement(world, work_plus_travel_day_h=7)
    shown = text_of(producer.get(address(world)))
    assert "A long day. Thu 4 Feb: Work and travel take 7 h 15 min, 7 h at the most." in shown


def test_the_chosen_day_is_offered_and_the_lost_one_kept_free(
    visit: Booking, world: World, producer: Client
) -> None:
    done = producer.post(address(world), sent(visit, **{f"datum-{visit.pk}": THURSDAY}), follow=True)
    old, new = Booking.objects.order_by("pk")
    assert (old.status, new.status, new.starts_at) == (Status.CANCELLED, Status.OFFERED, SHOW_AT + DAY)
    assert ForbiddenDay.objects.count() == 1
    assert "1 visit is ended, 1 is offered another day" in text_of(done)


def test_several_days_are_told_as_several(visit: Booking, world: World, producer: Client) -> None:
    data = sent(visit, till="2027-02-04", **{f"datum-{visit.pk}": ""})
    done = producer.post(address(world), data, follow=True)
    assert "3–4 Feb 2027 are cancelled: 1 visit is ended." in text_of(done)


def test_without_a_reason_the_form_comes_back_as_it_was(
    visit: Booking, world: World, producer: Client
) -> None:
    page = producer.post(address(world), sent(visit, reason="", **{f"datum-{visit.pk}": THURSDAY}))
    (hit,) = page.context["hits"]
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["reason"])
    assert [day["value"] for day in hit["days"] if day["is_chosen"]] == [THURSDAY]


def test_days_that_clash_are_told_beside_the_visit(
    visit: Booking, at_school: Booking, world: World, producer: Client
) -> None:
    days = {f"datum-{visit.pk}": THURSDAY, f"datum-{at_school.pk}": THURSDAY}
    page = producer.post(address(world), sent(visit, at_school, **days))
    assert (page.status_code, list(page.context["form"].errors)) == (422, [f"datum-{at_school.pk}"])
    assert "Krokoms skola cannot be played Thu 4 Feb 2027" in text_of(page)


def test_reckoning_again_takes_the_others_days_into_account(
    visit: Booking, at_school: Booking, world: World, producer: Client
) -> None:
    days = {f"datum-{visit.pk}": THURSDAY, f"datum-{at_school.pk}": "", "rakna": "1", "reason": ""}
    page = producer.post(address(world), sent(visit, at_school, **days))
    first, second = page.context["hits"]
    assert (page.status_code, dict(page.context["form"].errors)) == (200, {})
    assert (first["is_chosen"], second["is_chosen"]) == (True, False)
    assert all(b.status in (Status.CONFIRMED, Status.HELD) for b in Booking.objects.all())


def test_a_presenter_who_cannot_frees_the_day_for_others(
    visit: Booking, at_school: Booking, world: World, producer: Client
) -> None:
    page = producer.get(address(world, whose=visit.pk))
    assert [hit["booking"] for hit in page.context["hits"]] == [visit]
    assert [row["name"] for row in page.context["instead"]] == [str(world.neighbouring)]


def test_asking_about_somebody_else_keeps_the_reason(
    visit: Booking, at_school: Booking, world: World, producer: Client
) -> None:
    page = producer.post(address(world), sent(visit, at_school, byt=str(visit.pk)))
    assert [hit["booking"] for hit in page.context["hits"]] == [visit]
    assert (page.status_code, page.context["form"].initial["reason"]) == (200, "An actor is ill.")
    assert page.context["form"].errors == {}


def test_where_we_cannot_play_nobody_else_is_suggested(
    visit: Booking, world: World, producer: Client
) -> None:
    assert "instead" not in producer.get(address(world)).context


def test_after_a_presenter_cannot_the_day_asks_for_another(
    visit: Booking, at_school: Booking, world: World, producer: Client
) -> None:
    done = producer.post(address(world), sent(visit, vem=str(visit.pk)))
    assert done["Location"].endswith("/pa-vagen/?visa=avtal&dag=2027-02-03")
    assert ForbiddenDay.objects.count() == 0


def test_without_a_legal_day_the_rule_that_bars_the_nearest_is_told(
    visit: Booking, world: World, producer: Client
) -> None:
    Tour.objects.update(performances_per_day=1)
    held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
    world.wish.spans.update(starts_on="2027-02-03", ends_on="2027-02-04")
    (hit,) = producer.get(address(world)).context["hits"]
    assert hit["nothing"] == (
        "No legal day is left in the tour, 1–12 Feb 2027. What stops the nearest one, Thu 4 Feb: "
        "Too many shows. 2 shows on one day, at most 1 are allowed."
    )


def test_without_any_wished_day_left_that_is_told(visit: Booking, world: World, producer: Client) -> None:
    world.wish.spans.update(starts_on="2027-02-03", ends_on="2027-02-03")
    assert "none of the days that were wished for is free" in text_of(producer.get(address(world)))


def test_a_day_can_be_cancelled_where_no_road_is_known(
    visit: Booking, world: World, producer: Client
) -> None:
    Road.objects.all().delete()
    shown = producer.get(address(world))
    assert "No other days can be reckoned" in text_of(shown)
    producer.post(address(world), sent(visit))
    assert Booking.objects.get().status == Status.CANCELLED


def test_a_visit_whose_wish_was_taken_back_can_be_cancelled(
    visit: Booking, world: World, producer: Client
) -> None:
    Wish.objects.filter(pk=world.wish.pk).update(withdrawn_at=timezone.now())
    assert "Nobody has wished for this visit" in text_of(producer.get(address(world)))
    producer.post(address(world), sent(visit))
    assert Booking.objects.get().status == Status.CANCELLED


def test_a_board_that_has_changed_is_looked_at_again(visit: Booking, world: World, producer: Client) -> None:
    page = producer.post(address(world), sent(visit, version=0))
    assert (page.status_code, Booking.objects.get().status) == (409, Status.CONFIRMED)


def test_a_visit_that_has_changed_is_looked_at_again(visit: Booking, world: World, producer: Client) -> None:
    page = producer.post(address(world), sent(visit, sett=[f"{visit.pk}:1"]))
    assert (page.status_code, "Somebody has changed this visit" in text_of(page)) == (409, True)


def test_a_presenter_who_has_left_by_now_does_not_cancel_the_others(
    visit: Booking, at_school: Booking, world: World, producer: Client
) -> None:
    """The page asked about one presenter, who declined meanwhile: pressing again must not end the other visit."""
    order = sent(visit, vem=str(visit.pk))
    lifecycle.cancel(visit, by=world.producer, now=timezone.now(), reason="Full hall")
    refused = producer.post(address(world), order)
    again = producer.post(address(world), {"vem": str(visit.pk), "reason": "Full hall"})
    at_school.refresh_from_db()
    assert (refused.status_code, again.status_code, at_school.status) == (409, 422, Status.HELD)
    assert "Nothing to cancel" in text_of(refused)


def test_a_day_without_visits_says_so(world: World, producer: Client) -> None:
    assert "Nothing to cancel" in text_of(producer.get(address(world)))


@pytest.mark.parametrize("day", ["2027-01-31", "2027-02-13", "2027-02-30"])
def test_a_day_that_is_none_of_the_tours_is_not_found(world: World, producer: Client, day: str) -> None:
    assert producer.get(address(world, day)).status_code == 404


def test_the_board_leads_to_it_from_days_with_visits(visit: Booking, world: World, producer: Client) -> None:
    board = producer.get(f"{reverse('board', args=[world.tour.slug])}?visa=avtal")
    days = [row for week in board.context["weeks"] for row in week["rows"]]
    assert [row["cancel_url"] for row in days if "cancel_url" in row] == [address(world)]
