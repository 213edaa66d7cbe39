"""The end of reminders by a mailed link: looking changes nothing, POST acts, without cookies and redirects."""

import pytest
from django.test import Client

from bookings import reach
from tests.agreements import NOW

EMAIL = "turne@example.org"


@pytest.fixture
def address(db: None) -> str:
    return "/mejl/avsluta/" + reach.unsubscribe_url(EMAIL, NOW).rstrip("/").rpartition("/")[2] + "/"


def test_looking_changes_nothing(client: Client, address: str) -> None:
    page = client.get(address, headers={"accept-language": "en"})
    assert (page.status_code, reach.wants_reminders(EMAIL)) == (200, True)
    assert "cancellations come all the same" in page.content.decode()


def test_one_click_of_a_mail_program(address: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, reach.wants_reminders(EMAIL)) == (200, False)


def test_once_more_changes_nothing(client: Client, address: str) -> None:
    for _time in range(2):
        client.post(address)
    assert not reach.wants_reminders(EMAIL)


def test_it_can_be_undone_on_the_same_page(client: Client, address: str) -> None:
    client.post(address)
    page = client.post(address, {"again": "1"})
    assert (page.status_code, reach.wants_reminders(EMAIL)) == (200, True)


def test_an_unknown_link_says_so(client: Client, db: None) -> None:
    page = client.get("/mejl/avsluta/nonsense/", headers={"accept-language": "en"})
    assert (page.status_code, "does not work" in page.content.decode()) == (404, True)


def test_its_address_is_kept_secret(client: Client, address: str) -> None:
    page = client.get(address)
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
