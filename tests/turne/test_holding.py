"""The pages of holds: take a place in the line, see who wants a time, and the steps of a further option."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from bookings import holds, planning
from bookings.models import Booking
from bookings.models.booking import Status
from tests.agreements import NOW, held
from tests.bookings.rivals import Rival, make_rival
from tests.world import World
from venues.models import SchoolBreak

pytestmark = pytest.mark.usefixtures("before_the_tour")


@pytest.fixture
def second(world: World) -> Rival:
    return make_rival(world, "Lyran")


def hold_page(rival: Rival) -> str:
    return reverse("stop-hold", args=[rival.tour.slug, rival.wish.pk])


def act(client: Any, booking: Booking, action: str, **values: Any) -> Any:
    address = reverse("booking-act", args=[booking.pk, action])
    return client.post(address, {"version": booking.version, **values}, follow=True)


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


class TestTakingAPlace:
    def test_the_page_shows_who_has_the_venue(self, world: World, second: Rival, en: Any) -> None:
        held(world)
        page = en(second.producer).get(hold_page(second))
        (row,) = page.context["line"]
        assert (row["rank"], row["who"], row["url"]) == (1, "Trumman våren 2027", "")

    def test_it_takes_no_plan(self, world: World, second: Rival, en: Any) -> None:
        board = reverse("board", args=[second.tour.slug])
        page = en(second.producer).get(board)
        assert hold_page(second) in page.content.decode()
        en(second.producer).post(hold_page(second), {"starts_at": "2027-02-03T11:15"})
        assert Booking.objects.get(tour=second.tour).hold_rank == 1
        assert hold_page(second) not in en(second.producer).get(board).content.decode()

    def test_without_a_plan_a_closed_school_is_not_held_either(self, world: World, en: Any) -> None:
        SchoolBreak.objects.create(
            municipality=world.school.municipality,
            name="Lov",
            starts_on=date(2027, 2, 1),
            ends_on=date(2027, 2, 5),
        )
        address = reverse("stop-hold", args=[world.tour.slug, world.school_wish.pk])
        page = en(world.producer).post(address, {"starts_at": "2027-02-03T09:15"})
        assert (page.status_code, Booking.objects.count()) == (422, 0)

    def test_the_next_place_where_it_is_taken(self, world: World, second: Rival, en: Any) -> None:
        held(world)
        page = en(second.producer).post(hold_page(second), {"starts_at": "2027-02-03T11:15"}, follow=True)
        assert said(page) == [
            "You are in the line as option 2, held until Sun 17 Jan 2027 at 23:59. You hear of it when you move up."
        ]
        assert Booking.objects.get(tour=second.tour).hold_rank == 2

    def test_the_first_where_it_is_free(self, second: Rival, en: Any) -> None:
        sent = {"starts_at": "2027-02-03T11:15", "expires_at": "2027-01-08T12:00"}
        page = en(second.producer).post(hold_page(second), sent, follow=True)
        assert said(page) == ["You have the first option, held until Fri 8 Jan 2027 at 12:00."]

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"starts_at": ""}, "starts_at"),
            ({"starts_at": "2027-03-03T11:15"}, "starts_at"),
            ({"starts_at": "2027-02-03T11:15", "expires_at": "2026-01-01T12:00"}, "expires_at"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field(
        self, second: Rival, as_user: Any, sent: dict[str, str], field: str
    ) -> None:
        response = as_user(second.producer).post(hold_page(second), sent)
        assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
        assert not Booking.objects.exists()

    def test_only_for_the_tours_own_wishes(self, world: World, second: Rival, as_user: Any) -> None:
        address = reverse("stop-hold", args=[second.tour.slug, world.wish.pk])
        assert as_user(second.producer).get(address).status_code == 404

    def test_the_board_leads_there_and_says_who_waits(self, world: World, second: Rival, en: Any) -> None:
        client = en(world.producer)
        second.held()
        board = reverse("board", args=[world.tour.slug])
        for wish in (world.wish, world.neighbour_wish):
            planning.drop_stop(world.tour, wish, by=world.producer)
        client.post(reverse("tour-propose", args=[world.tour.slug]))
        address = reverse("stop-hold", args=[world.tour.slug, world.wish.pk])
        client.post(address, {"starts_at": "2027-02-03T11:15"})
        rows = client.get(board, {"visa": "avtal"}).context["left_out"]
        found = {row["name"]: row for listed in (rows["unplaced"], rows["excluded"]) for row in listed}
        mine = found["Backe bygdegård"]
        assert mine["text"] == "Option 2 on Wed 3 Feb 11:15, held until Sun 17 Jan 2027 at 23:59."
        assert mine["booking_url"] == reverse("booking", args=[world.tour.bookings.get().pk])
        assert found["Folkets hus Strömsund"]["tools"]["hold_url"]


class TestTheLine:
    def test_both_sides_see_rank_and_deadline(self, world: World, second: Rival, en: Any) -> None:
        first = held(world)
        second.held()
        page = en(world.presenter).get(reverse("booking", args=[first.pk]))
        assert [(row["rank"], row["who"], row["until"]) for row in page.context["line"]] == [
            (1, "Trumman våren 2027, Backe bygdegård", "held until Sun 17 Jan 2027 at 23:59"),
            (2, "Lyran på turné, Backe bygdegård", "held until Sun 17 Jan 2027 at 23:59"),
        ]
        assert "Held until Sun 17 Jan 2027 at 23:59" in page.content.decode()

    def test_a_producer_is_led_to_their_own_visits_only(
        self, world: World, second: Rival, as_user: Any
    ) -> None:
        held(world)
        waiting = second.held()
        page = as_user(second.producer).get(reverse("booking", args=[waiting.pk]))
        assert [row["url"] for row in page.context["line"]] == ["", ""]
        assert page.context["line"][0]["who"] == "Trumman våren 2027"

    def test_a_visit_alone_shows_none(self, world: World, as_user: Any) -> None:
        page = as_user(world.producer).get(reverse("booking", args=[held(world).pk]))
        assert page.context["line"] == []

    def test_the_inbox_tells_options_apart(self, world: World, second: Rival, en: Any) -> None:
        held(world)
        second.held()
        rows = en(world.presenter).get("/inkorg/?visa=kommer").context["rows"]
        texts = [row["text"] for row in rows]
        assert [text.partition(". ")[2].partition(":")[0] for text in sorted(texts)] == [
            "Option 2",
            "The time is kept for you until the offer comes, until Sun 17 Jan 2027 at 23",
        ]


class TestSteps:
    def test_challenge_and_answer(self, world: World, second: Rival, en: Any) -> None:
        first, waiting = held(world), second.held()
        page = act(en(second.producer), waiting, "challenge")
        assert page.context["challenge"]["text"].startswith(
            "Trumman våren 2027 has been asked for this time."
        )
        page = en(world.producer).get(reverse("booking", args=[first.pk]))
        assert page.context["challenge"]["text"].startswith("Lyran på turné asks for this time.")
        assert page.context["until"].startswith("challenged until")
        assert page.context["timeline"][0]["lines"][0]["text"].startswith("Challenged by Lyran på turné")
        first.refresh_from_db()
        act(en(world.producer), first, "release")
        waiting.refresh_from_db()
        assert waiting.hold_rank == 1
        page = en(second.producer).get(reverse("booking", args=[waiting.pk]))
        assert page.context["timeline"][0]["lines"][0]["text"] == "Moved up from option 2 to the first"

    def test_hold_it_longer(self, world: World, en: Any) -> None:
        first = held(world)
        page = act(en(world.producer), first, "extend", expires_at="2027-01-25T12:00")
        assert page.context["timeline"][0]["lines"][0]["text"] == "Held until Mon 25 Jan 2027 at 12:00"

    def test_take_the_first_option(self, world: World, second: Rival, as_user: Any) -> None:
        waiting = second.held(rank=2)
        act(as_user(second.producer), waiting, "promote")
        waiting.refresh_from_db()
        assert (waiting.hold_rank, waiting.status) == (1, Status.HELD)

    def test_not_for_the_presenter(self, world: World, second: Rival, as_user: Any) -> None:
        held(world)
        waiting = second.held()
        for action in ("challenge", "promote", "extend"):
            assert act(as_user(world.presenter), waiting, action).status_code == 403

    def test_my_week_tells_of_a_challenge(self, world: World, second: Rival, en: Any) -> None:
        held(world)
        holds.challenge(second.held(), by=second.producer, now=NOW)
        sections = en(world.producer).get("/min-vecka/").context["sections"]
        soon = next(section for section in sections if section.title == "Offers and holds that run out soon")
        assert [row["end"].partition(" until")[0] for row in soon.rows] == ["challenged"]

    def test_an_answer_too_late_is_told(self, world: World, second: Rival, en: Any, later: Any) -> None:
        first, waiting = held(world), second.held()
        holds.challenge(waiting, by=second.producer, now=NOW)
        first.refresh_from_db()
        client = en(world.producer)
        later(NOW + timedelta(hours=49))
        assert said(act(client, first, "offer")) == [
            "The time to answer the challenge has passed: the next in line gets the date."
        ]
