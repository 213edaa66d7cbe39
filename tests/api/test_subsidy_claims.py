"""Claims of subsidies through the API: begun, written, sent in with their facts; drafts are nobody else's."""

from typing import Any

import pytest
from django.utils import timezone

from tests.api.callers import API, caller
from tests.bookings import claimed
from tests.bookings.claimed import AFTER, ANSWERS, draft, returned, sent, settled
from tests.world import World

CLAIMS = f"{API}/subsidy-claims"


@pytest.fixture(autouse=True)
def now(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AFTER)
    claimed.scheme(world)


def test_from_the_beginning_to_the_decision(world: World) -> None:
    mine, office = caller(world.presenter), caller(world.officer)
    made = mine.post(CLAIMS, {"booking": settled(world).pk})
    path = f"{CLAIMS}/{made.json()['id']}"
    assert made["Location"].endswith(path)
    body = {"answers": ANSWERS, "corrections": {"lodging": {"value": "800", "why": "Hotell."}}}
    assert mine.put(path, body).json()["corrections"] == body["corrections"] | {
        "lodging": {"value": "800.00", "why": "Hotell."}
    }
    told = mine.post(f"{path}/send").json()
    assert (told["state"], told["amount"], len(told["submissions"][0]["digest"])) == ("sent", "1000.00", 64)
    decided = office.post(f"{path}/decide", {"granted": "900", "why": "Delat."}).json()
    assert (decided["state"], decided["granted_amount"]) == ("partly", "900.00")


def test_whoever_receives_it_sees_nothing_of_what_is_being_written(world: World) -> None:
    claim = returned(world)
    told = caller(world.officer).get(f"{CLAIMS}/{claim.pk}").json()
    assert (told["corrections"], told["answers"], told["state"]) == (None, None, "returned")


@pytest.mark.parametrize(
    ("who", "count"), [("presenter", 1), ("officer", 0), ("producer", 0), ("neighbour", 0)]
)
def test_a_draft_is_nobody_elses(world: World, who: str, count: int) -> None:
    draft(world)
    assert caller(getattr(world, who)).get(CLAIMS).json()["count"] == count


def test_whether_the_other_side_has_begun_one_is_not_told(world: World) -> None:
    booking, other = settled(world), caller(world.producer)
    answers = [other.post(CLAIMS, {"booking": booking.pk})]
    draft(world, booking)
    answers.append(other.post(CLAIMS, {"booking": booking.pk}))
    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].json() == answers[1].json()


@pytest.mark.parametrize(
    ("query", "count"), [("?state=sent", 1), ("?state=draft", 0), ("?scheme=s", 1), ("?season=varen-2027", 1)]
)
def test_a_list_is_narrowed(world: World, query: str, count: int) -> None:
    sent(world)
    assert caller(world.presenter).get(CLAIMS + query).json()["count"] == count


@pytest.mark.parametrize(
    "body",
    [
        {"answers": {"audience": 1}},
        {"answers": {"audience": "x" * 41}},
        {"answers": {"luck": "Ja"}},
        {"corrections": {"audience": {"value": "90"}}},
        {"corrections": {"km": {"value": "90", "why": "x"}}},
        {"corrections": {"fee": {"value": "NaN", "why": "x"}}},
        {"partner": "backe-bygdegard"},
        {"partner": "nobody"},
    ],
)
def test_what_cannot_be(world: World, body: Any) -> None:
    claim = draft(world)
    assert caller(world.presenter).put(f"{CLAIMS}/{claim.pk}", body).status_code == 422


def test_a_draft_that_is_withdrawn_is_gone(world: World) -> None:
    claim = draft(world)
    mine = caller(world.presenter)
    assert mine.post(f"{CLAIMS}/{claim.pk}/withdraw").json()["state"] == "withdrawn"
    assert mine.get(f"{CLAIMS}/{claim.pk}").status_code == 404
