"""Residencies by the API: what everybody may know, and what only those know who are in them."""

from typing import Any

import pytest

from bookings.residencies import ending, publishing
from tests.api.callers import caller
from tests.api.matrix_of_residencies import BODY
from tests.bookings.residencies.moments import added, confirmed, workshop
from tests.bookings.residencies.stays_made import NOW, Stay
from tests.factories import VenueFactory
from tests.world import World

API = "/api/v1/residencies"


@pytest.fixture
def stay(world: World) -> Stay:
    """Public, with an open rehearsal for everybody and a workshop for a class."""
    found = confirmed(world)
    added(found, is_public=True)
    workshop(found)
    publishing.publish(found.residency, version=1, by=world.presenter, now=NOW)
    return found


def events(client: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"{API}/vindens-vag/sub-events").json()["results"]
    return found


def test_everybody_reads_what_is_public_and_nothing_private(stay: Stay) -> None:
    [told] = caller().get(API).json()["results"]
    assert (told["slug"], told["host"]["name"], told["periods"][0]["starts_on"]) == (
        "vindens-vag",
        str(stay.world.presenting),
        "2027-05-03",
    )
    text = caller().get(f"{API}/vindens-vag").content.decode()
    for private in ("Hiss", "access_needs", "contacts", "costs", stay.artist.email):
        assert private not in text


def test_everybody_reads_open_sub_events_alone_and_no_classes(stay: Stay) -> None:
    [told] = events(caller())
    assert (told["title"], told["groups"], told["attendance"]) == ("Öppen repetition", None, None)


def test_who_is_in_it_reads_all_of_them(stay: Stay) -> None:
    found = {one["kind"]: len(one["groups"]) for one in events(caller(stay.artist))}
    assert found == {"workshop": 1, "open_rehearsal": 0}


def test_why_the_whole_stay_is_cancelled_is_told_to_those_alone_who_are_in_it(stay: Stay) -> None:
    ending.cancel(stay.residency, "host", why="Konstnären är sjuk.", **stay.act())
    [outside] = events(caller())
    inside = {one["cancelled_why"] for one in events(caller(stay.artist))}
    assert (outside["is_cancelled"], outside["cancelled_why"], inside) == (True, "", {"Konstnären är sjuk."})


def test_a_change_needs_the_version_that_was_seen(stay: Stay) -> None:
    client = caller(stay.world.presenter)
    [mine] = [one for one in events(client) if one["kind"] == "open_rehearsal"]
    address = f"{API}/vindens-vag/sub-events/{mine['id']}"
    answers = [client.put(address, BODY, headers={"If-Match": '"1"'}).status_code for _turn in range(2)]
    assert answers == [200, 412]
    assert client.get(address).json()["title"] == "Samtal"


def test_why_a_sub_event_is_cancelled_is_told_to_those_who_are_in_it(stay: Stay) -> None:
    client = caller(stay.world.presenter)
    [mine] = [one for one in events(client) if one["kind"] == "open_rehearsal"]
    address = f"{API}/vindens-vag/sub-events/{mine['id']}"
    client.post(f"{address}/cancel", {"why": "Sjuk."}, headers={"If-Match": "*"})
    told = [caller(who).get(address).json() for who in (None, stay.artist)]
    assert [(one["is_cancelled"], one["cancelled_why"]) for one in told] == [(True, ""), (True, "Sjuk.")]


def test_a_stranger_may_not_change_what_is_public(stay: Stay) -> None:
    client = caller(stay.world.stranger)
    [open_one] = events(client)
    address = f"{API}/vindens-vag/sub-events/{open_one['id']}/cancel"
    assert client.post(address, {"why": "x"}, headers={"If-Match": "*"}).status_code == 403


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "concert"}, "kind"),
        ({"ends_at": BODY["starts_at"]}, "ends_at"),
        ({"starts_at": "2027-06-05T18:00:00+02:00", "ends_at": "2027-06-05T19:00:00+02:00"}, "starts_at"),
        ({"groups": [999_999]}, "groups"),
        ({"venue": "ingenstans"}, "venue"),
        ({"venue": "grannens"}, "venue"),
        ({"venue": "krokoms-skola-salen"}, "venue"),
    ],
)
def test_what_can_not_be_is_refused_with_its_field(stay: Stay, changes: dict[str, Any], field: str) -> None:
    """Another house's venue is reserved by that house, or by an officer."""
    VenueFactory(slug="grannens", place=stay.world.places["Backe"], organisation=stay.world.neighbouring)
    answer = caller(stay.world.presenter).post(f"{API}/vindens-vag/sub-events", {**BODY, **changes})
    assert (answer.status_code, field in answer.content.decode()) == (422, True)
