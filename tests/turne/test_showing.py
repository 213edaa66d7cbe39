"""The page on which either side tells access services and a stream, and where they are seen then."""

from typing import Any

import pytest
from django.urls import reverse

from bookings import showing
from bookings.models import Booking
from tests.agreements import NOW, offered
from tests.checklists import fresh, prepared
from tests.world import World

pytestmark = pytest.mark.usefixtures("before_the_tour")
STREAM = "https://play.example.org/trumman"


def page(booking: Booking, name: str = "booking-showing") -> str:
    return reverse(name, args=[booking.pk])


@pytest.mark.parametrize("who", ["presenter", "producer"])
def test_either_side_tells_it(world: World, en: Any, who: str) -> None:
    booking = prepared(world)
    sent = {"version": booking.version, "services": ["captions"], "stream_url": STREAM}
    response = en(getattr(world, who)).post(page(booking), sent, follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Saved. Calendars say it from now on."
    ]
    assert (response.context["showing"]["services"], response.context["showing"]["host"]) == (
        "captions",
        "play.example.org",
    )


def test_the_form_begins_with_what_stands(world: World, en: Any) -> None:
    booking = prepared(world)
    given = {"services": ["relaxed"], "stream_url": STREAM, "version": booking.version}
    showing.tell(booking, **given, by=world.presenter, now=NOW)
    form = en(world.producer).get(page(booking)).context["form"]
    assert (form["services"].value(), form["stream_url"].value()) == (["relaxed"], STREAM)


def test_what_the_production_always_has_is_told_beside_it(world: World, en: Any) -> None:
    world.production.access_services = ["sign_language"]
    world.production.save()
    response = en(world.presenter).get(page(prepared(world)))
    assert "The production always has: sign language interpreting." in response.content.decode()


def test_a_refusal_stands_at_its_field(world: World, en: Any) -> None:
    booking = prepared(world)
    sent = {"version": booking.version, "stream_url": "http://play.example.org/"}
    response = en(world.presenter).post(page(booking), sent)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["stream_url"])
    assert fresh(booking).stream_url == ""


def test_an_old_version_keeps_what_was_written(world: World, en: Any) -> None:
    booking = prepared(world)
    response = en(world.presenter).post(page(booking), {"version": 0, "stream_url": STREAM})
    assert (response.status_code, response.context["version"]) == (422, booking.version)
    assert f'value="{STREAM}"' in response.content.decode()


def test_what_is_not_confirmed_leads_back(world: World, en: Any) -> None:
    booking = offered(world)
    response = en(world.presenter).get(page(booking))
    assert response["Location"] == page(booking, "booking-prepare")


@pytest.mark.parametrize(("audience", "shown"), [("public", True), ("school", False)])
def test_the_public_page_links_to_the_stream(world: World, client: Any, audience: str, shown: bool) -> None:
    booking = prepared(world)
    given = {"services": ["captions"], "stream_url": STREAM, "version": booking.version}
    showing.tell(booking, **given, by=world.presenter, now=NOW)
    Booking.objects.filter(pk=booking.pk).update(audience=audience)
    response = client.get(reverse("performance", args=[booking.performances.get().uid]))
    assert (STREAM in response.content.decode()) is shown
