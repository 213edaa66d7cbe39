"""Questions about a wish after its season has closed, and their answers."""

import pytest

from bookings import wish_changes
from tests import factories as make
from tests.turne.pages import CLOSED, address_of, errors_of, get, post, text_of
from tests.world import World
from tours.models import WishChangeRequest

pytestmark = pytest.mark.usefixtures("in_the_open_season")


@pytest.fixture
def closed(world: World, as_user, later) -> World:
    later(CLOSED)
    return world


def ask(world: World) -> WishChangeRequest:
    return wish_changes.ask_change(world.wish, "Vecka 7 i stället", world.presenter, CLOSED)


def test_asking_for_a_change(closed: World, as_user) -> None:
    url = address_of(closed.wish, "andring/")
    response = post(as_user(closed.presenter), url, {"message": "Vecka 7 i stället"}, follow=True)
    assert closed.wish.change_requests.get().message == "Vecka 7 i stället"
    assert "Your question is with the producer" in text_of(response)


def test_asking_for_nothing(closed: World, as_user) -> None:
    assert list(errors_of(post(as_user(closed.presenter), address_of(closed.wish, "andring/")))) == [
        "message"
    ]


def test_the_producer_sees_the_question_and_says_yes(closed: World, as_user) -> None:
    request = ask(closed)
    client = as_user(closed.producer)
    told = text_of(get(client, "/andringar/"))
    assert "Backe bygdegård · Trumman och tystnaden Vecka 7 i stället" in told
    response = post(client, f"/andringar/{request.pk}/", {"decision": "yes"}, follow=True)
    assert "Backe bygdegård has your answer." in text_of(response)
    (found,) = get(as_user(closed.presenter), "/onskemal/").context["lists"]
    assert found["ranked"][0]["can_change"] is True


def test_a_no_needs_a_reason(closed: World, as_user) -> None:
    request = ask(closed)
    client = as_user(closed.producer)
    response = post(client, f"/andringar/{request.pk}/", {"decision": "no"})
    assert (response.status_code, "Say why not" in text_of(response)) == (422, True)
    post(client, f"/andringar/{request.pk}/", {"decision": "no", f"{request.pk}-answer": "Fullt."})
    told = text_of(get(as_user(closed.presenter), "/onskemal/"))
    assert "Change refused: Fullt." in told


def test_answering_twice(closed: World, as_user) -> None:
    request = ask(closed)
    client = as_user(closed.producer)
    for _time in range(2):
        response = post(client, f"/andringar/{request.pk}/", {"decision": "yes"})
    assert response.status_code == 422
    request.refresh_from_db()
    assert request.status == "granted"


def test_somebody_elses_questions_are_not_there(closed: World, as_user) -> None:
    request = ask(closed)
    other = make.MembershipFactory(organisation=make.OrganisationFactory(roles=["producer"]), role="producer")
    client = as_user(other.user)
    assert "Nothing to answer" in text_of(get(client, "/andringar/"))
    assert post(client, f"/andringar/{request.pk}/", {"decision": "yes"}).status_code == 404


@pytest.mark.parametrize("who", ["producer", "officer", "stranger"])
def test_only_hosts_have_wishes(world: World, as_user, who: str) -> None:
    assert get(as_user(getattr(world, who)), "/onskemal/").status_code == 404
