"""A residency that got another host: the contract with the former one is for its parties, on page, paper and by API."""

from typing import Any

import pytest

from bookings.residencies import contracts, ending, money
from bookings.residencies.money import Cost
from tests.api.callers import caller
from tests.bookings.residencies.stays_made import ANSWER_BY, NOW, Stay, offered
from tests.turne.pages import get, text_of
from tests.world import World

#: What the former host alone was asked for.
AMOUNT = "7,300"
WHY = "Taket är trasigt."


@pytest.fixture(autouse=True)
def on_monday(later: Any) -> None:
    later(NOW)


@pytest.fixture
def stay(world: World) -> Stay:
    """Two contracts with the presenter, who said no; then the neighbour is its host, and has none yet."""
    found = offered(world)
    money.set_costs(found.residency, [Cost("room", "host", 7_300)], **found.act())
    contracts.send(found.fresh(), answer_by=ANSWER_BY, **found.act())
    contracts.decline(found.fresh(), "host", why=WHY, number=2, by=world.presenter, now=NOW)
    ending.move(found.residency, world.neighbouring, world.places["Strömsund"], **found.act())
    found.fresh()
    return found


def url(stay: Stay, page: str = "") -> str:
    return f"/residenser/{stay.residency.pk}/{page}"


def readers(stay: Stay) -> dict[str, Any]:
    world = stay.world
    return {
        "new host": world.neighbour,
        "former host": world.presenter,
        "artist": stay.artist,
        "officer": world.officer,
        "administrator": world.administrator,
        "producer": world.producer,
        "school": world.school_contact,
        "stranger": world.stranger,
    }


PARTIES = {"former host": 200, "artist": 200, "officer": 200, "administrator": 200}
OTHERS = {"new host": 404, "producer": 404, "school": 404, "stranger": 404}


@pytest.mark.parametrize("page", ["avtal/1/", "avtal/2/", "avtal/1.pdf", "avtal/2.pdf"])
def test_the_former_contract_is_opened_by_its_parties_alone(stay: Stay, as_user: Any, page: str) -> None:
    told = {name: as_user(user).get(url(stay, page)).status_code for name, user in readers(stay).items()}
    assert told == {**PARTIES, **OTHERS}


def test_the_new_contract_is_not_the_former_hosts(stay: Stay, as_user: Any) -> None:
    contracts.send(stay.fresh(), answer_by=ANSWER_BY, **stay.act())
    told = {
        name: as_user(user).get(url(stay, "avtal/3/")).status_code for name, user in readers(stay).items()
    }
    assert told == {**PARTIES, **OTHERS, "former host": 404, "new host": 200}


@pytest.mark.parametrize("page", ["", "avtal/", "avtal/skicka/", "andra/", "pengar/"])
def test_the_new_host_reads_of_it_on_no_page(stay: Stay, en: Any, page: str) -> None:
    told = text_of(get(en(stay.world.neighbour), url(stay, page)))
    assert [words in told for words in (AMOUNT, WHY, "What differs")] == [False] * 3


def test_the_new_host_has_no_contract_until_it_is_sent_one(stay: Stay, en: Any) -> None:
    assert "No contract is sent yet" in text_of(get(en(stay.world.neighbour), url(stay, "avtal/")))


def test_it_reads_no_list_of_earlier_ones_beside_its_own(stay: Stay, en: Any) -> None:
    contracts.send(stay.fresh(), answer_by=ANSWER_BY, **stay.act())
    pages = [text_of(get(en(stay.world.neighbour), url(stay, page))) for page in ("avtal/", "avtal/3/")]
    assert ["All contracts" in pages[0], "Version 2" in pages[1]] == [False, False]


def test_the_artist_reads_both_in_the_list(stay: Stay, en: Any) -> None:
    contracts.send(stay.fresh(), answer_by=ANSWER_BY, **stay.act())
    told = text_of(get(en(stay.artist), url(stay, "avtal/")))
    assert [f"Number {number}, sent" in told for number in (1, 2, 3)] == [True, True, True]


def test_the_former_hosts_mail_leads_to_what_was_made_with_it(stay: Stay, en: Any) -> None:
    answer = get(en(stay.world.presenter), url(stay, "avtal/"))
    assert (answer.status_code, answer.headers["Location"]) == (302, url(stay, "avtal/2/"))


def test_on_the_former_hosts_paper_nobody_else_is_said_to_have_agreed(stay: Stay, en: Any) -> None:
    told = text_of(get(en(stay.world.presenter), url(stay, "avtal/2/")))
    assert (AMOUNT in told, "Folkets hus Strömsund" in told, "To the residency" in told) == (
        True,
        False,
        False,
    )


def test_the_former_host_sees_nothing_else_of_it(stay: Stay, as_user: Any) -> None:
    pages = ["", "pengar/", "behov/", "avtal/skicka/"]
    assert [as_user(stay.world.presenter).get(url(stay, page)).status_code for page in pages] == [404] * 4


def test_the_page_of_the_contract_says_with_whom_it_was_made(stay: Stay, en: Any) -> None:
    told = text_of(get(en(stay.artist), url(stay, "avtal/")))
    assert "This contract was made with Backe bygdegård" in told
    assert "Folkets hus Strömsund has not answered" not in told


@pytest.mark.parametrize("address", ["", "/vindens-vag", "/vindens-vag/sub-events"])
def test_no_contract_is_in_the_api(stay: Stay, address: str) -> None:
    told = [
        caller(user).get(f"/api/v1/residencies{address}").content.decode()
        for user in (stay.world.neighbour, stay.artist, stay.world.officer)
    ]
    private = ("7300", WHY, "contract", stay.residency.contracts.get(number=1).digest)
    assert [[words in text for words in private] for text in told] == [[False] * 4] * 3
