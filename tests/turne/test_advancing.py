"""The pages of preparing a visit: ticking, notes, practical facts, contacts, and the page of the day."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from bookings import advancing, lifecycle
from bookings.models import Booking, BookingChange, VisitContact
from tests.agreements import NOW, confirmed, offered
from tests.checklists import fresh, item, prepared, settle, template
from tests.world import World
from venues.models import Venue

pytestmark = pytest.mark.usefixtures("before_the_tour")
WIDE = {"stage_w_m": Decimal(6)}


def page(booking: Booking, name: str = "booking-prepare", *more: str) -> str:
    return reverse(name, args=[booking.pk, *more])


def tap(client: Any, booking: Booking, key: str, state: str = "done", version: int = 1, **more: str) -> Any:
    sent = {"version": version, "state": state, **more}
    return client.post(page(booking, "checklist-item", key), sent, follow=True)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def rows(response: Any) -> dict[str, dict[str, Any]]:
    return {row["item"].key: row for phase in response.context["phases"] for row in phase["rows"]}


class TestTheList:
    def test_both_sides_see_the_same(self, world: World, en: Any) -> None:
        booking = prepared(world)
        for person in (world.presenter, world.producer):
            shown = en(person).get(page(booking))
            assert [(phase["label"], phase["count"]) for phase in shown.context["phases"]] == [
                ("Before", "0 of 2"), ("On the day", "0 of 1"), ("After", "0 of 1")
            ]  # fmt: skip

    def test_an_officer_reads_it_without_buttons(self, world: World, en: Any) -> None:
        shown = en(world.officer).get(page(prepared(world)))
        assert (shown.status_code, b'class="tick"' in shown.content) == (200, False)

    def test_what_is_unknown_leads_its_owner_to_the_fact(self, world: World, en: Any) -> None:
        booking = prepared(world, needs=WIDE)
        row = rows(en(world.presenter).get(page(booking)))["room-stage_width"]
        assert row["fact_url"] == f"/lokaler/{world.venue.slug}/#id_stage_width_m"

    def test_the_producer_reads_that_the_presenter_is_asked(self, world: World, en: Any) -> None:
        shown = en(world.producer).get(page(prepared(world, needs=WIDE)))
        assert "The presenter is asked to tell what the room has." in shown.content.decode()

    def test_a_fact_that_is_filled_in_shows_as_settled(self, world: World, en: Any) -> None:
        booking = prepared(world, needs=WIDE)
        Venue.objects.update(stage_width_m=7)
        row = rows(en(world.presenter).get(page(booking)))["room-stage_width"]
        assert (row["is_settled"], row["settled"]) == (
            True, "Settled by what is known of the room and of the needs."
        )  # fmt: skip

    def test_a_visit_that_was_agreed_before_gets_its_list_by_a_button(self, world: World, en: Any) -> None:
        booking, client = confirmed(world), en(world.producer)
        template(world)
        assert b"Make the list" in client.get(page(booking)).content
        assert said(client.post(page(booking), follow=True)) == ["The list is made."]

    def test_or_hears_why_not(self, world: World, en: Any) -> None:
        booking = confirmed(world)
        (words,) = said(en(world.producer).post(page(booking), follow=True))
        assert words.startswith("Jämtland Härjedalen has no checklist yet.")

    def test_what_is_only_offered_has_none_yet(self, world: World, en: Any) -> None:
        shown = en(world.presenter).get(page(offered(world)))
        assert "The list comes when the visit is confirmed." in shown.content.decode()


class TestOneTap:
    def test_done_and_open_again(self, world: World, en: Any) -> None:
        booking, client = prepared(world), en(world.presenter)
        assert said(tap(client, booking, "times")) == ["Done: Times."]
        assert said(tap(client, booking, "times", "open", 2)) == ["Opened again: Times."]

    def test_comes_back_to_where_it_was(self, world: World, en: Any) -> None:
        booking, client = prepared(world), en(world.presenter)
        assert tap(client, booking, "times").redirect_chain == [(f"{page(booking)}#times", 302)]
        from_day = tap(client, booking, "met", **{"from": "dagen"})
        assert from_day.redirect_chain == [(f"{page(booking, 'booking-day')}#met", 302)]

    def test_twice_is_no_fault(self, world: World, en: Any) -> None:
        booking, client = prepared(world), en(world.presenter)
        tap(client, booking, "times")
        assert said(tap(client, booking, "times")) == ["Done: Times."]
        assert BookingChange.objects.filter(action="tick").count() == 1

    def test_on_what_another_has_changed(self, world: World, en: Any) -> None:
        booking = prepared(world)
        settle(booking, "times", "not_applicable", note="No", by=world.producer)
        assert said(tap(en(world.presenter), booking, "times")) == [
            "Producer has set “Times” to not applicable since you loaded the page. Look again; nothing was changed."
        ]

    @pytest.mark.parametrize("state", ["", "eaten"])
    def test_what_is_no_state(self, world: World, en: Any, state: str) -> None:
        response = tap(en(world.presenter), prepared(world), "times", state)
        assert (response.status_code, said(response)) == (
            200, ["Say whether it is done, open or does not apply."]
        )  # fmt: skip

    def test_a_need_of_the_room_asks_for_words(self, world: World, en: Any) -> None:
        booking = prepared(world, needs=WIDE)
        response = tap(en(world.presenter), booking, "room-stage_width")
        assert response.redirect_chain == [(page(booking, "checklist-item", "room-stage_width"), 302)]

    def test_an_item_of_another_visit(self, world: World, as_user: Any) -> None:
        response = tap(as_user(world.presenter), prepared(world), "guide")
        assert response.status_code == 404

    def test_of_a_cancelled_visit(self, world: World, en: Any) -> None:
        booking = lifecycle.cancel(prepared(world), by=world.producer, now=NOW, reason="Ill")
        assert said(tap(en(world.presenter), booking, "times")) == [
            "Nothing is prepared now: the visit is cancelled. What was settled before is kept."
        ]
        assert item(booking, "times").state == "open"


class TestTheItem:
    def test_settled_with_a_note(self, world: World, en: Any) -> None:
        booking = prepared(world, needs=WIDE)
        response = tap(en(world.producer), booking, "room-stage_width", note="We bring a platform")
        assert said(response) == ["Noted: Stage width: needs 6\u00a0m, nobody has said what the room has."]
        assert rows(response)["room-stage_width"]["item"].note == "We bring a platform"

    def test_does_not_apply_asks_why(self, world: World, en: Any) -> None:
        response = tap(en(world.producer), prepared(world), "times", "not_applicable", note="")
        assert (response.status_code, response.context["form"].errors["note"]) == (
            422, ["Say in a few words why it does not apply."]
        )  # fmt: skip

    def test_what_was_written_is_kept_when_another_was_first(self, world: World, en: Any) -> None:
        booking = prepared(world)
        settle(booking, "times", by=world.presenter)
        response = tap(en(world.producer), booking, "times", note="At ten, by the back door")
        assert (response.status_code, response.context["version"]) == (422, 2)
        assert "At ten, by the back door" in response.content.decode()
        assert tap(en(world.producer), booking, "times", version=2, note="At ten").status_code == 200

    @pytest.mark.parametrize("state", ["open", "done"])
    def test_open_again_is_offered_only_for_what_is_settled(self, world: World, en: Any, state: str) -> None:
        booking = prepared(world)
        settle(booking, "times", state, by=world.producer)
        form = en(world.producer).get(page(booking, "checklist-item", "times")).context["form"]
        assert ("open" in dict(form.fields["state"].choices)) is (state == "done")


class TestPracticalFacts:
    def test_each_side_tells_its_own(self, world: World, as_user: Any) -> None:
        booking = prepared(world)
        fields = {
            person.name: list(as_user(person).get(page(booking, "booking-practical")).context["form"].fields)
            for person in (world.presenter, world.producer)
        }
        assert fields == {
            "Presenter": ["parking", "load_in", "helpers", "meals", "lodging"],
            "Producer": ["helpers", "meals", "lodging"],
        }

    def test_saved(self, world: World, en: Any) -> None:
        booking = prepared(world)
        sent = {"version": "0", "parking": "Behind the house"}
        response = en(world.presenter).post(page(booking, "booking-practical"), sent, follow=True)
        assert said(response) == ["Saved. The other side sees it at once."]
        assert response.context["practical"][0].text == "Behind the house"

    def test_a_producer_cannot_tell_of_the_house(self, world: World, as_user: Any) -> None:
        booking = prepared(world)
        sent = {"version": "0", "parking": "Nowhere", "meals": "Soup"}
        as_user(world.producer).post(page(booking, "booking-practical"), sent)
        assert (fresh(booking).practical.parking, fresh(booking).practical.meals) == ("", "Soup")

    def test_an_old_version_keeps_what_was_written(self, world: World, en: Any) -> None:
        booking = prepared(world)
        advancing.tell(booking, {"meals": "Soup"}, version=0, by=world.producer, now=NOW)
        sent = {"version": "0", "meals": "Fish"}
        response = en(world.presenter).post(page(booking, "booking-practical"), sent)
        assert (response.status_code, response.context["version"]) == (422, 1)
        assert b'value="Fish"' in response.content


class TestContacts:
    def test_named_and_called(self, world: World, en: Any) -> None:
        booking, client = prepared(world), en(world.presenter)
        sent = {"name": "Maj", "phone": "070-174 06 05"}
        client.post(page(booking, "booking-contact", "artist_host"), sent)
        day = client.get(page(booking, "booking-day")).content.decode()
        assert 'href="tel:070-1740605"' in day

    def test_taken_away(self, world: World, en: Any) -> None:
        booking, client = prepared(world), en(world.producer)
        address = page(booking, "booking-contact", "company")
        client.post(address, {"name": "Maj"})
        client.post(address, {"name": ""})
        assert not VisitContact.objects.exists()

    def test_a_role_that_is_not_there(self, world: World, as_user: Any) -> None:
        address = page(prepared(world), "booking-contact", "juggler")
        assert as_user(world.presenter).get(address).status_code == 404

    def test_no_address_is_told(self, world: World, as_user: Any) -> None:
        address = page(prepared(world), "booking-contact", "artist_host")
        response = as_user(world.presenter).post(address, {"email": "maj"})
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["email"])


class TestTheDay:
    def test_times_way_and_list(self, world: World, en: Any) -> None:
        response = en(world.presenter).get(page(prepared(world), "booking-day"))
        assert [phase["name"] for phase in response.context["phases"]] == ["day", "after"]
        assert response.context["map_url"] == f"/karta/?plats={world.venue.place.slug}"
        assert "11:15–12:00" in response.content.decode()

    def test_the_map_marks_the_place(self, world: World, en: Any) -> None:
        shown = en(world.presenter).get(f"/karta/?plats={world.venue.place.slug}")
        assert "The dot is Backe." in shown.content.decode()

    def test_none_of_what_is_only_offered(self, world: World, as_user: Any) -> None:
        assert as_user(world.presenter).get(page(offered(world), "booking-day")).status_code == 404

    def test_of_a_cancelled_visit_it_says_so(self, world: World, en: Any) -> None:
        booking = lifecycle.cancel(prepared(world), by=world.producer, now=NOW, reason="Ill")
        assert (
            "The visit is cancelled."
            in en(world.presenter).get(page(booking, "booking-day")).content.decode()
        )


class TestElsewhere:
    def test_the_visits_page_tells_how_far_and_what_happened(self, world: World, en: Any) -> None:
        booking = prepared(world, needs=WIDE)
        settle(booking, "times", by=world.presenter)
        settle(booking, "room-stage_width", note="A platform", by=world.producer)
        advancing.tell(
            booking, {"parking": "Here"}, version=0, by=world.presenter, now=NOW + timedelta(hours=1)
        )
        shown = en(world.presenter).get(page(booking, "booking"))
        assert shown.context["preparing"] == {"progress": "2 of 3 before", "left": "next by Wed 27 Jan"}
        assert [line["text"] for day in shown.context["timeline"] for line in day["lines"]][:3] == [
            "Practical facts told: parking",
            "Solved: Stage width: needs 6\u00a0m, nobody has said what the room has",
            "Done: Times",
        ]

    def test_the_inbox_tells_how_far(self, world: World, en: Any) -> None:
        prepared(world)
        (row,) = en(world.presenter).get("/inkorg/?visa=kommer").context["rows"]
        assert row["left"] == "0 of 2 before"

    def test_the_board_does_not_call_a_tick_a_change_of_the_agreement(self, world: World, en: Any) -> None:
        booking = prepared(world)
        settle(booking, "times", by=world.presenter)
        board = en(world.producer).get(reverse("board", args=[world.tour.slug]))
        assert [line["text"] for line in board.context["history"]] == [
            "Backe bygdegård: confirmed", "Backe bygdegård: offered", "Backe bygdegård: held"
        ]  # fmt: skip


def test_no_form_is_given_that_cannot_be_sent(world: World, as_user: Any) -> None:
    booking = prepared(world)
    Booking.objects.update(status="cancelled")
    client = as_user(world.presenter)
    for address in (page(booking, "booking-practical"), page(booking, "booking-contact", "artist_host")):
        assert client.get(address)["Location"] == page(booking)
