"""Several offers answered on one page: by a mailed link, and in the inbox."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings import answering
from bookings.models import Booking
from bookings.models.booking import Status
from tests.agreements import DAY, NOW
from tests.bookings.test_offers import both_offered
from tests.turne.pages import queries_of, text_of
from tests.world import World

pytestmark = pytest.mark.usefixtures("before_the_tour")


@pytest.fixture
def both(world: World) -> list[Booking]:
    return both_offered(world)


@pytest.fixture
def link(both: list[Booking]) -> str:
    return reverse("answer-batch", args=[answering.make_batch(both)])


def sent(bookings: list[Booking], *answers: str, **words: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for booking, answer in zip(bookings, answers, strict=True):
        found |= {f"svar-{booking.pk}": answer, f"version-{booking.pk}": booking.version}
        found[f"ord-{booking.pk}"] = words.get(answer, "")
    return found


def states() -> list[str]:
    return list(Booking.objects.order_by("occupied_from").values_list("status", flat=True))


class TestMailedLink:
    def test_lists_every_offer(self, link: str, both: list[Booking], client: Client) -> None:
        rows = client.get(link).context["rows"]
        assert [row["booking"].pk for row in rows] == [booking.pk for booking in both]

    def test_asks_the_database_no_more_for_more_offers(self, both: list[Booking], client: Client) -> None:
        Booking.objects.filter(pk=both[1].pk).update(presenter=both[0].presenter)
        of_one, of_both = (
            reverse("answer-batch", args=[answering.make_batch(some)]) for some in (both[:1], both)
        )
        assert queries_of(client, of_one) == queries_of(client, of_both)

    def test_looking_changes_nothing(self, link: str, client: Client) -> None:
        before = list(Booking.objects.values())
        client.get(link)
        client.head(link)
        assert list(Booking.objects.values()) == before

    def test_one_post_answers_them_all(self, link: str, both: list[Booking], client: Client) -> None:
        response = client.post(link, sent(both, "confirm", "decline", decline="Fel vecka."))
        assert (response.status_code, response["Location"]) == (302, f"{link}?klart=2")
        assert states() == [Status.CONFIRMED, Status.DECLINED]
        page = text_of(client.get(f"{link}?klart=2", headers={"accept-language": "en"}))
        assert "2 offers are answered." in page
        assert "Subscribe to the calendar of" in page

    def test_what_is_left_open_stays_open(self, link: str, both: list[Booking], client: Client) -> None:
        client.post(link, sent(both, "confirm", ""))
        assert states() == [Status.CONFIRMED, Status.OFFERED]
        assert client.get(link).status_code == 200

    def test_another_date_in_words(self, link: str, both: list[Booking], client: Client) -> None:
        client.post(link, sent(both, "", "counter", counter="Hellre en fredag."))
        assert Booking.objects.get(pk=both[1].pk).open_counter.message == "Hellre en fredag."

    @pytest.mark.parametrize("answer", ["decline", "counter"])
    def test_words_that_are_missing_are_asked_for_and_nothing_is_sent(
        self, link: str, both: list[Booking], client: Client, answer: str
    ) -> None:
        response = client.post(link, sent(both, "confirm", answer))
        assert (response.status_code, list(response.context["form"].errors)) == (422, [f"ord-{both[1].pk}"])
        assert states() == [Status.OFFERED] * 2

    def test_nothing_chosen_says_so(self, link: str, both: list[Booking], client: Client) -> None:
        assert client.post(link, sent(both, "", "")).status_code == 422

    def test_what_cannot_be_done_is_said_and_the_rest_is(
        self, link: str, both: list[Booking], client: Client
    ) -> None:
        values = sent(both, "confirm", "confirm")
        values[f"version-{both[0].pk}"] = 99
        response = client.post(link, values)
        assert (response.status_code, states()) == (409, [Status.OFFERED, Status.CONFIRMED])
        assert [one.booking.pk for one in response.context["refused"]] == [both[0].pk]

    def test_sent_twice_nothing_is_doubled(self, link: str, both: list[Booking], client: Client) -> None:
        values = sent(both, "confirm", "")
        client.post(link, values)
        assert client.post(link, values).status_code == 422  # the answered one is no choice any more
        assert both[0].changes.filter(action="confirm").count() == 1

    def test_works_without_cookies_and_across_sites(self, link: str, both: list[Booking]) -> None:
        client = Client(enforce_csrf_checks=True, headers={"origin": "null"})
        assert client.post(link, sent(both, "confirm", "")).status_code == 302
        assert not client.cookies

    def test_too_late_it_says_so_and_whom_to_call(self, link: str, client: Client, later: Any) -> None:
        later(NOW + 11 * DAY)
        response = client.get(link, headers={"accept-language": "en"})
        assert response.status_code == 410
        assert "answer date has passed" in text_of(response)

    def test_an_unknown_link_is_not_found(self, db: None, client: Client) -> None:
        assert client.get("/svar/flera/okand/").status_code == 404


class TestInbox:
    def test_all_offers_of_ones_houses(self, world: World, both: list[Booking], as_user: Any) -> None:
        rows = as_user(world.presenter).get("/inkorg/svara/").context["rows"]
        assert [row["booking"].pk for row in rows] == [both[0].pk]

    def test_another_houses_offer_is_no_choice(self, world: World, both: list[Booking], as_user: Any) -> None:
        response = as_user(world.presenter).post("/inkorg/svara/", sent([both[1]], "confirm"))
        assert (response.status_code, states()) == (422, [Status.OFFERED] * 2)

    def test_the_answer_is_ones_own(self, world: World, both: list[Booking], as_user: Any) -> None:
        as_user(world.presenter).post("/inkorg/svara/", sent([both[0]], "confirm"))
        assert both[0].changes.last().by == world.presenter

    def test_nothing_to_answer_helps(self, world: World, as_user: Any) -> None:
        assert as_user(world.presenter).get("/inkorg/svara/").context["rows"] == []
