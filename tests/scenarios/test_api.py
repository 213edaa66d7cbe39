"""The main job by programs alone: from a wish to a performance in the calendar that people subscribe to."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from api import tokens
from bookings import running
from tests.world import World
from tours.models import Wish
from venues.models import User

API = "/api/v1"
#: While the season takes wishes, and good two months before the tour.
TODAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is that day."""
    monkeypatch.setattr(timezone, "now", lambda: TODAY)


class Program:
    """Speaks to the API with its person's token; an answer that it did not expect ends the story."""

    def __init__(self, user: User) -> None:
        _row, token = tokens.issue(user, 1, timezone.now())
        self.client = Client(headers={"Authorization": f"Token {token}", "Accept-Language": "en"})

    def get(self, address: str) -> Any:
        answer = self.client.get(_address(address))
        assert answer.status_code == 200, answer.content
        return answer.json()

    def headers(self, address: str) -> dict[str, str]:
        """A key, and the version of what is changed as it was read; the program's own part of both promises."""
        thing = re.match(r"(proposals|bookings)/\d+(?=/)", address)
        seen = {"If-Match": self.client.get(_address(thing[0]))["ETag"]} if thing else {}
        return {"Idempotency-Key": str(uuid4()), **seen}

    def post(self, address: str, body: Any = None, status: int = 200) -> Any:
        answer = self.client.post(
            _address(address), body or {}, content_type="application/json", headers=self.headers(address)
        )
        assert answer.status_code == status, answer.content
        return answer


def _address(address: str) -> str:
    return address if address.startswith("http") else f"{API}/{address}"


def wish(host: Program, production: str) -> None:
    """The presenter finds out who it is and what there is, and wishes for it."""
    organisation = host.get("me")["memberships"][0]["organisation"]["slug"]
    (season,) = host.get("seasons")["results"]
    (venue,) = host.get(f"venues?organisation={organisation}")["results"]
    assert season["is_open"]
    assert production in season["productions"]
    days = {"starts_on": season["starts_on"], "ends_on": season["ends_on"]}
    document = {
        "season": season["slug"],
        "organisation": organisation,
        "production": production,
        "venue": venue["slug"],
        "rank": 1,
        "audience_expected": 80,
        "spans": [{**days, "earliest": "09:00", "latest": "19:00"}],
    }
    host.post("wishes", document, status=201)


def plan(producer: Program) -> Any:
    """The producer asks for a plan, the worker makes it, the producer adopts it; the visits that are held."""
    (tour,) = producer.get("tours")["results"]
    asked = producer.post(f"tours/{tour['slug']}/propose", {"seconds": 2}, status=202)
    assert running.run_queued(TODAY) == 1
    proposal = producer.get(asked["Location"])
    assert (proposal["state"], proposal["plan"]["breaches"]) == ("done", [])
    adopted = producer.post(f"proposals/{proposal['id']}/adopt").json()
    assert adopted["held"] == len(proposal["plan"]["stops"])
    return producer.get(f"bookings?tour={tour['slug']}&status=held")["results"]


def test_from_a_wish_to_the_calendar(world: World) -> None:
    Wish.objects.filter(pk=world.wish.pk).delete()
    host, producer = Program(world.presenter), Program(world.producer)
    wish(host, world.production.slug)

    visits = plan(producer)
    (visit,) = [visit for visit in visits if visit["presenter"]["slug"] == world.presenting.slug]
    answer_by = (TODAY + timedelta(days=14)).isoformat()
    producer.post(f"bookings/{visit['id']}/offer", {"answer_by": answer_by})

    (offer,) = host.get("bookings?status=offered")["results"]
    assert "confirm" in host.get(f"bookings/{offer['id']}")["actions"]
    confirmed = host.post(f"bookings/{offer['id']}/confirm", {"message": "Välkomna!"}).json()
    assert confirmed["status"] == "confirmed"

    (performance,) = host.get(f"performances?presenter={world.presenting.slug}")["results"]
    feed = Client().get(f"/ical/arrangor/{world.presenting.slug}.ics")
    (event,) = Calendar.from_ical(feed.content).walk("VEVENT")
    assert event["DTSTART"].dt == datetime.fromisoformat(performance["starts_at"])
    assert str(event["STATUS"]) == "CONFIRMED"
    assert performance["uid"] in str(event["UID"])
    assert world.production.title in str(event["SUMMARY"])
