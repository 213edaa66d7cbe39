"""A change on the pages of both sides: asked for, shown in both versions, and answered, also without an account."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import changing
from bookings.models import Booking, ChangeProposal, Notice
from bookings.models.booking import Status
from tests.agreements import DAY, NOW, SHOW_AT, confirmed
from tests.turne.pages import get, post, text_of
from tests.turne.plans import board, rows
from tests.world import World

pytestmark = pytest.mark.usefixtures("before_the_tour")
THURSDAY = SHOW_AT + DAY


@pytest.fixture
def visit(world: World) -> Booking:
    return confirmed(world)


@pytest.fixture
def waiting(world: World, visit: Booking) -> Booking:
    return changing.propose_change(visit, by=world.producer, now=NOW, reason="Sjukdom.", starts_at=THURSDAY)


@pytest.fixture
def link(waiting: Booking) -> str:
    """The address in the presenter's mail."""
    mail = Notice.objects.get(kind="change_proposed")
    found = re.search(r"/svar/andring/[\w-]+/", mail.body_text)
    assert found, mail.body_text
    return found[0]


def act(booking: Booking, action: str) -> str:
    return reverse("booking-act", args=[booking.pk, action])


def asked(booking: Booking, **changes: Any) -> dict[str, Any]:
    given = {
        "starts_at": "2027-02-04T11:15",
        "venue": booking.venue_id,
        "shows_count": "1",
        "reason": "Sjukdom.",
    }
    return {"version": booking.version, **given, **changes}


class TestAsking:
    def test_the_form_begins_with_what_is_agreed(self, visit: Booking, producer: Client) -> None:
        form = producer.get(act(visit, "propose_change")).context["form"]
        found = [form[name].value() for name in ("starts_at", "venue", "shows_count")]
        assert found == [SHOW_AT, visit.venue_id, 1]

    def test_it_is_sent_and_waits(self, visit: Booking, producer: Client) -> None:
        answer = producer.post(act(visit, "propose_change"), asked(visit))
        assert (answer.status_code, answer.url) == (302, reverse("booking", args=[visit.pk]))
        assert ChangeProposal.objects.get().starts_at == THURSDAY

    def test_another_presenters_room_is_no_choice(
        self, visit: Booking, producer: Client, world: World
    ) -> None:
        answer = producer.post(act(visit, "propose_change"), asked(visit, venue=world.neighbour_venue.pk))
        assert (answer.status_code, "venue" in answer.context["form"].errors) == (422, True)

    @pytest.mark.parametrize("venue", ["x", "9" * 30, ""])
    def test_no_room_at_all_is_told(self, visit: Booking, producer: Client, venue: str) -> None:
        answer = producer.post(act(visit, "propose_change"), asked(visit, venue=venue))
        assert (answer.status_code, ChangeProposal.objects.count()) == (422, 0)

    def test_an_old_page_is_told(self, visit: Booking, producer: Client) -> None:
        answer = producer.post(act(visit, "propose_change"), asked(visit, version=visit.version - 1))
        assert (answer.status_code, ChangeProposal.objects.count()) == (302, 0)


class TestShown:
    def test_both_versions_stand_beside_each_other(
        self, waiting: Booking, as_user: Any, world: World
    ) -> None:
        shown = text_of(get(as_user(world.presenter), reverse("booking", args=[waiting.pk])))
        assert "Wed 3 Feb 2027 at 11:15" in shown or "Wed 3 Feb 2027" in shown
        assert "Thu 4 Feb 2027" in shown
        assert "Scenlaget asks for a change" in shown

    def test_it_waits_in_the_presenters_inbox(self, waiting: Booking, as_user: Any, world: World) -> None:
        page = get(as_user(world.presenter), reverse("inbox"))
        assert [row["booking"] for row in page.context["rows"] if row["waits"]] == [waiting]

    def test_what_the_presenter_asks_waits_on_the_producers_week(
        self, visit: Booking, producer: Client, world: World
    ) -> None:
        changing.propose_change(visit, by=world.presenter, now=NOW, reason="Hyrt.", starts_at=THURSDAY)
        assert "Thu 4 Feb 2027" in text_of(get(producer, reverse("my-week")))

    def test_the_board_says_what_the_new_day_is_kept_for(self, waiting: Booking, world: World) -> None:
        closed = {row["date"]: row["closed"] for row in rows(board(world))}
        assert closed["2027-02-04"] == "Kept for a change: Backe bygdegård"

    def test_the_history_says_what_was_asked_for(self, waiting: Booking, producer: Client) -> None:
        shown = text_of(get(producer, reverse("booking", args=[waiting.pk])))
        assert "A change asked for by the producer" in shown


class TestAnswering:
    def test_yes_by_one_click_on_the_page(self, waiting: Booking, as_user: Any, world: World) -> None:
        client = as_user(world.presenter)
        client.post(act(waiting, "accept_change"), {"version": waiting.version})
        assert Booking.objects.get().starts_at == THURSDAY

    def test_the_proposer_cannot_answer(self, waiting: Booking, producer: Client) -> None:
        producer.post(act(waiting, "accept_change"), {"version": waiting.version})
        assert Booking.objects.get().starts_at == SHOW_AT

    def test_no_with_a_reason(self, waiting: Booking, as_user: Any, world: World) -> None:
        sent = {"version": waiting.version, "reason": "Salen är uthyrd."}
        as_user(world.presenter).post(act(waiting, "refuse_change"), sent)
        assert ChangeProposal.objects.get().outcome == "refused"


class TestLink:
    def test_looking_changes_nothing(self, link: str, client: Client) -> None:
        page = get(client, link)
        assert (page.status_code, ChangeProposal.objects.get().outcome) == (200, "")
        assert "Thu 4 Feb 2027" in text_of(page)

    def test_yes_without_an_account(self, link: str, client: Client, waiting: Booking) -> None:
        answer = post(client, link, {"answer": "accept", "version": waiting.version})
        assert (answer.status_code, Booking.objects.get().starts_at) == (302, THURSDAY)
        assert "The change is agreed" in text_of(get(client, link))

    def test_twice_is_led_to_the_same(self, link: str, client: Client, waiting: Booking) -> None:
        sent = {"answer": "accept", "version": waiting.version}
        post(client, link, sent)
        again = post(client, link, sent)
        assert (again.status_code, Booking.objects.get().changes.filter(action="accept_change").count()) == (
            200,
            1,
        )

    def test_no_asks_for_the_reason(self, link: str, client: Client, waiting: Booking) -> None:
        answer = post(client, link, {"answer": "refuse", "version": waiting.version, "reason": ""})
        assert (answer.status_code, ChangeProposal.objects.get().outcome) == (422, "")

    def test_no_by_the_link(self, link: str, client: Client, waiting: Booking) -> None:
        post(client, link, {"answer": "refuse", "version": waiting.version, "reason": "Uthyrt."})
        change = Booking.objects.get().changes.last()
        assert change is not None
        assert (change.action, change.by, change.reason) == ("refuse_change", None, "Uthyrt.")

    def test_an_old_version_is_told(self, link: str, client: Client, waiting: Booking) -> None:
        answer = post(client, link, {"answer": "accept", "version": waiting.version - 1})
        assert (answer.status_code, Booking.objects.get().starts_at) == (409, SHOW_AT)

    def test_once_its_time_is_up_it_says_so(
        self, link: str, client: Client, waiting: Booking, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        late = waiting.change_answer_by
        monkeypatch.setattr(timezone, "now", lambda: late)
        assert post(client, link, {"answer": "accept", "version": waiting.version}).status_code == 410
        assert "not answered in time" in text_of(get(client, link))

    def test_taken_back_it_says_so(self, link: str, client: Client, waiting: Booking, world: World) -> None:
        changing.take_back_change(waiting, by=world.producer, now=NOW)
        page = get(client, link)
        assert (page.status_code, "taken back" in text_of(page)) == (410, True)

    def test_a_link_that_is_none(self, client: Client, db: None) -> None:
        assert get(client, reverse("change-answer-link", args=["x" * 40])).status_code == 404


class TestCancelling:
    def test_the_presenter_speaks_for_themselves(self, visit: Booking, as_user: Any, world: World) -> None:
        form = as_user(world.presenter).get(act(visit, "cancel")).context["form"]
        assert [value for value, _label in form.fields["cause"].choices] == ["presenter", "force_majeure"]

    def test_whose_doing_it_is_is_shown(self, visit: Booking, producer: Client) -> None:
        sent = {"version": visit.version, "reason": "De ringde.", "cause": "presenter"}
        producer.post(act(visit, "cancel"), sent)
        shown = text_of(get(producer, reverse("booking", args=[visit.pk])))
        assert "Cancelled by the presenter, 47 days before the visit: in time" in shown
        assert Booking.objects.get().status == Status.CANCELLED


class TestMovingDays:
    def address(self, world: World, till: str = "2027-02-04") -> str:
        return reverse("days-move", args=[world.tour.slug, "2027-02-02"]) + f"?till={till}"

    def test_it_shows_first_what_becomes_of_each(
        self, visit: Booking, producer: Client, world: World
    ) -> None:
        page = get(producer, self.address(world))
        assert [(row["booking"], row["refusal"]) for row in page.context["rows"]] == [(visit, "")]
        assert not ChangeProposal.objects.exists()

    def test_then_asks(self, visit: Booking, producer: Client, world: World) -> None:
        sent = {
            "version": world.tour.version, "till": "2027-02-04", "by_days": "5", "reason": "Sjukdom.",
            "sett": [f"{visit.pk}:{visit.version}"], "flytta": [visit.pk],
        }  # fmt: skip
        world.tour.refresh_from_db()
        answer = producer.post(self.address(world), {**sent, "version": world.tour.version})
        assert (answer.status_code, ChangeProposal.objects.get().starts_at) == (302, SHOW_AT + 5 * DAY)

    @pytest.mark.parametrize("by_days", ["", "x", "9" * 40, "-500"])
    def test_bad_days_are_told(self, visit: Booking, producer: Client, world: World, by_days: str) -> None:
        sent = {
            "till": "2027-02-04",
            "by_days": by_days,
            "reason": "X",
            "sett": [f"{visit.pk}:{visit.version}"],
        }
        assert producer.post(self.address(world), sent).status_code == 422

    @pytest.mark.parametrize("till", ["x", "2020-01-01", "2099-01-01"])
    def test_a_last_day_that_is_none_is_the_first(self, producer: Client, world: World, till: str) -> None:
        assert get(producer, self.address(world, till)).context["until"].isoformat() == "2027-02-02"


class TestASchoolAsks:
    def test_by_its_button_and_the_producer_answers_there(self, world: World, as_user: Any) -> None:
        booking = confirmed(world, wish=world.school_wish)
        page = f"/bokning/{booking.pk}/"
        sent = {"version": booking.version, "reason": "Prao."}
        as_user(world.school_contact).post(f"{page}ask_to_cancel/", sent)
        booking.refresh_from_db()
        shown = as_user(world.producer).get(page, headers={"accept-language": "en"}).content.decode()
        assert "asks to cancel the visit" in shown
        as_user(world.producer).post(f"{page}accept_change/", {"version": booking.version})
        booking.refresh_from_db()
        assert booking.status == "cancelled"

    def test_its_way_to_cancel_leads_to_asking(self, world: World, as_user: Any) -> None:
        booking = confirmed(world, wish=world.school_wish)
        answer = as_user(world.school_contact).get(
            f"/bokning/{booking.pk}/cancel/", follow=True, headers={"accept-language": "en"}
        )
        assert [str(message) for message in answer.context["messages"]] == [
            "A school may not do this by itself: ask to cancel, and the producer decides."
        ]
