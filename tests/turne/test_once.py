"""A button that is pressed twice: done once, and whoever presses is told the same both times.

The two are sent at the same moment, by real threads, as a double click sends them.
"""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from bookings import report_links
from bookings.models import Booking, BookingChange, KeptAnswer, Notice
from tests.agreements import DAY, NOW, confirmed, held, mailed_token, offered
from tests.races import at_once
from tests.turne.plans import adopted, planned, url
from tests.world import World
from tours.models import Proposal
from venues.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("before_the_tour")]


def browser(user: User | None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user:
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def twice(user: User | None, address: str, sent: dict[str, Any]) -> list[Any]:
    """The same form by two requests of one browser at once: where each is led and what each is told there."""
    cookies = browser(user).cookies

    def click(_number: int) -> Any:
        client = Client(headers={"accept-language": "en"})
        client.cookies.load({name: cookie.value for name, cookie in cookies.items()})
        response = client.post(address, sent)
        assert response.status_code == 302, response.content
        page = client.get(response["Location"])
        assert page.status_code == 200
        return response["Location"], tuple(str(m) for m in page.context["messages"])

    outcome = at_once(click, [1, 2])
    assert list(outcome.values()) == [2], outcome
    return list(outcome)


def step(world: World, user: User, booking: Booking, name: str, **sent: Any) -> list[Any]:
    address = reverse("booking-act", args=[booking.pk, name])
    return twice(user, address, {"version": booking.version, **sent})


def done(booking: Booking, name: str) -> tuple[int, int]:
    """How often the step stands in the history, and how often at the most one mail went to one address."""
    to = [notice.to_email + notice.subject for notice in Notice.objects.filter(booking=booking)]
    return booking.changes.filter(action=name).count(), max((to.count(one) for one in to), default=0)


STEPS: list[tuple[str, Callable[[World], Booking], str, dict[str, Any], int]] = [
    ("offer", held, "producer", {}, 1),
    ("confirm", offered, "presenter", {}, 1),
    ("decline", offered, "presenter", {"reason": "Closed"}, 1),
    ("withdraw", offered, "producer", {}, 1),
    ("release", held, "producer", {}, 0),
    ("cancel", confirmed, "producer", {"reason": "Illness", "cause": "producer"}, 1),
]


@pytest.mark.parametrize(("name", "made", "side", "sent", "mails"), STEPS, ids=[row[0] for row in STEPS])
def test_a_step_of_a_visit(
    world: World, name: str, made: Callable[[World], Booking], side: str, sent: dict[str, Any], mails: int
) -> None:
    booking = made(world)
    ((location, told),) = step(world, getattr(world, side), booking, name, **sent)
    assert (location, len(told)) == (reverse("booking", args=[booking.pk]), 1)
    assert done(booking, name) == (1, mails)


@pytest.mark.parametrize(
    ("answer", "more"),
    [("confirm", {}), ("decline", {"reason": "Closed"})],
)
def test_an_answer_by_the_mailed_link(world: World, answer: str, more: dict[str, str]) -> None:
    booking = offered(world)
    address = reverse("answer", args=[mailed_token(booking)])

    def click(_number: int) -> Any:
        response = browser(None).post(address, {"answer": answer, **more})
        return response.status_code, response.get("Location")

    assert at_once(click, [1, 2]) == {(302, f"{address}klart/"): 2}
    assert done(booking, answer) == (1, 1)


@pytest.mark.parametrize("who", ["presenter", None])
def test_a_report(world: World, who: str | None) -> None:
    booking = confirmed(world)
    Booking.objects.filter(pk=booking.pk).update(occupied_from=NOW - 2 * DAY, occupied_to=NOW - DAY)
    token = report_links.make_link(booking, now=NOW)
    address = reverse("booking-report", args=[booking.pk]) if who else reverse("report-link", args=[token])
    sent = {"version": booking.version, "audience_1": "80", "young_1": "70"}
    client = browser(getattr(world, who) if who else None)

    def click(_number: int) -> Any:
        again = Client(headers={"accept-language": "en"})
        again.cookies.load({name: cookie.value for name, cookie in client.cookies.items()})
        response = again.post(address, sent)
        return response.status_code

    assert set(at_once(click, [1, 2])) <= {302, 200}
    assert booking.changes.filter(action="report").count() == 1


def test_another_answer_than_was_given_is_still_refused(world: World) -> None:
    booking = offered(world)
    address = reverse("answer", args=[mailed_token(booking)])
    found = [
        browser(None).post(address, sent).status_code
        for sent in ({"answer": "confirm"}, {"answer": "decline", "reason": "No"}, {"answer": "confirm"})
    ]
    assert found == [302, 410, 302]


def test_a_plan_is_adopted(world: World) -> None:
    proposal = planned(world)
    world.tour.refresh_from_db()
    sent = {"proposal": proposal.pk, "version": world.tour.version}
    ((_location, told),) = twice(world.producer, url("tour-adopt", world), sent)
    stops = len(Proposal.objects.get().plan["stops"])
    assert (Booking.objects.count(), BookingChange.objects.count(), len(told)) == (stops, stops, 1)


def test_a_tours_offers_are_sent(world: World) -> None:
    bookings = adopted(world)
    sent = {"besok": [f"{b.pk}:{b.version}" for b in bookings], "answer_on": "2027-01-08"}
    ((_location, told),) = twice(world.producer, url("tour-offer", world), sent)
    assert told == ("3 offers are on their way. Answers are due by Fri 8 Jan 2027.",)
    assert [done(booking, "offer") for booking in bookings] == [(1, 1)] * 3


def test_a_day_is_cancelled(world: World) -> None:
    booking = confirmed(world)
    address = url("day-cancel", world, "2027-02-03")
    page = html.unescape(browser(world.producer).get(address).content.decode())
    fields = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([\w-]+)"[^>]*value="([^"]*)"', page))
    sent = {**fields, "reason": "Illness"}
    ((_location, told),) = twice(world.producer, address, sent)
    assert (booking.changes.filter(action="cancel").count(), len(told)) == (1, 1)


def test_a_time_is_held(world: World) -> None:
    address = url("stop-hold", world, world.wish.pk)
    click = browser(world.producer).get(address).context["click"]
    sent = {"starts_at": "2027-02-03T11:15", "click": str(click)}
    ((location, _told),) = twice(world.producer, address, sent)
    assert location == reverse("booking", args=[Booking.objects.get().pk])


def test_a_form_with_faults_is_not_kept(world: World) -> None:
    booking = held(world)
    address = reverse("booking-act", args=[booking.pk, "move"])
    response = browser(world.producer).post(address, {"version": 1, "starts_at": "never"})
    assert (response.status_code, KeptAnswer.objects.count()) == (422, 0)


def test_the_same_click_of_another_person_is_their_own(world: World) -> None:
    booking = offered(world)
    address, sent = reverse("booking-act", args=[booking.pk, "confirm"]), {"version": booking.version}
    for user in (world.presenter, world.producer):
        browser(user).post(address, sent)
    page = browser(world.producer)
    page.post(address, sent)
    assert booking.changes.filter(action="confirm").count() == 1
    assert "This cannot be done now" in page.get(reverse("booking", args=[booking.pk])).content.decode()


def test_the_same_form_of_another_page_is_another_click(world: World) -> None:
    """Held, released and held again at the same time: the second page's form is not taken for the first's."""
    producer, address = browser(world.producer), url("stop-hold", world, world.wish.pk)
    for _time in range(2):
        click = producer.get(address).context["click"]
        producer.post(address, {"starts_at": "2027-02-03T11:15", "click": str(click)})
        step(world, world.producer, Booking.objects.latest("pk"), "release")
    assert Booking.objects.filter(status="released").count() == 2
