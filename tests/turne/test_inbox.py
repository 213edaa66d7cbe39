"""The presenter's inbox: folders by what is due, houses, words, and what an empty one says."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings import changing, lifecycle, reporting
from bookings.models import Booking
from bookings.models.booking import Status
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, offered
from tests.checklists import prepared
from tests.turne.pages import NOW as OPEN
from tests.world import World
from tours.models import Wish

pytestmark = pytest.mark.usefixtures("before_the_tour")
#: Session, user; houses, the counts, offers, how many, visits, their performances; the bar.
COUNT_INBOX = 9


class TestInbox:
    def rows(self, response: Any) -> list[int]:
        return [row["booking"].pk for row in response.context["rows"]]

    def test_each_visit_stands_in_one_folder(self, world: World, as_user: Any) -> None:
        client = as_user(world.presenter)
        booking = held(world)
        where = {}
        for status in Status.values:
            Booking.objects.update(status=status, answer_by=NOW + DAY if status == "offered" else None)
            found = [
                name
                for name in ("svara", "kommer", "rapportera", "tidigare")
                if self.rows(client.get("/inkorg/", {"visa": name})) == [booking.pk]
            ]
            where[status] = found
        assert where == {
            "held": ["kommer"],
            "offered": ["svara"],
            "confirmed": ["kommer"],
            "declined": ["tidigare"],
            "withdrawn": ["tidigare"],
            "released": [],
            "expired": ["tidigare"],
            "cancelled": ["kommer"],
            "postponed": ["kommer"],
        }

    def test_what_is_over_is_to_be_reported(self, world: World, as_user: Any, later: Any) -> None:
        booking = confirmed(world)
        later(SHOW_AT + DAY)
        client = as_user(world.presenter)
        found = [
            self.rows(client.get(f"/inkorg/?visa={name}")) for name in ("kommer", "rapportera", "tidigare")
        ]
        assert found == [[], [booking.pk], []]

    def test_opens_at_what_waits(self, world: World, as_user: Any) -> None:
        client = as_user(world.presenter)
        assert client.get("/inkorg/").context["folder"] == "kommer"
        offered(world)
        response = client.get("/inkorg/")
        assert (response.context["folder"], response.context["counts"]["svara"]) == ("svara", 1)

    def test_the_soonest_deadline_first(self, world: World, as_user: Any) -> None:
        make.MembershipFactory(user=world.presenter, organisation=world.neighbouring, role="presenter")
        late = offered(world)
        early = held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        lifecycle.offer(early, by=world.producer, now=NOW, answer_by=NOW + DAY)
        response = as_user(world.presenter).get("/inkorg/")
        assert self.rows(response) == [early.pk, late.pk]
        assert response.context["rows"][0]["text"].startswith("Folkets hus Strömsund:")

    def test_a_change_to_answer_stands_by_its_own_deadline(self, world: World, as_user: Any) -> None:
        make.MembershipFactory(user=world.presenter, organisation=world.neighbouring, role="presenter")
        changed = confirmed(world)
        soon = held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        lifecycle.offer(soon, by=world.producer, now=NOW, answer_by=NOW + 3 * DAY)
        changing.propose_change(
            changed, by=world.producer, now=NOW, reason="Bussen.", starts_at=SHOW_AT + timedelta(minutes=15)
        )
        response = as_user(world.presenter).get("/inkorg/")
        assert self.rows(response) == [soon.pk, changed.pk]
        assert (response.context["counts"]["svara"], response.context["offers"]) == (2, 1)

    def test_only_ones_own(self, world: World, as_user: Any) -> None:
        offered(world)
        assert self.rows(as_user(world.neighbour).get("/inkorg/?visa=svara")) == []

    def test_asks_to_log_in(self, db: None, client: Client) -> None:
        assert client.get("/inkorg/")["Location"] == reverse("account_login") + "?next=/inkorg/"

    @pytest.mark.parametrize("query", ["?visa=x", "?page=99", "?page=x"])
    def test_odd_addresses_are_forgiven(self, world: World, as_user: Any, query: str) -> None:
        assert as_user(world.presenter).get(f"/inkorg/{query}").status_code == 200

    def test_as_many_queries_for_three_as_for_one(
        self, world: World, as_user: Any, django_assert_num_queries: Any
    ) -> None:
        client = as_user(world.presenter)
        offered(world)
        with django_assert_num_queries(COUNT_INBOX):
            client.get("/inkorg/")
        for number in (1, 2):
            production = make.RiderFactory().production
            tour = make.TourFactory(production=production, season=world.season)
            wish = make.WishFactory(
                production=production, season=world.season, organisation=world.presenting, rank=1 + number
            )
            offered(world, tour=tour, wish=wish)
        with django_assert_num_queries(COUNT_INBOX):
            assert len(client.get("/inkorg/").context["rows"]) == 3

    def test_what_is_reported_is_earlier(self, world: World, as_user: Any, later: Any) -> None:
        booking = confirmed(world)
        reporting.report_played(booking, by=world.presenter, now=SHOW_AT + DAY, figures=[(80, 70)])
        later(SHOW_AT + DAY)
        assert self.rows(as_user(world.presenter).get("/inkorg/?visa=tidigare")) == [booking.pk]


class TestAct:
    def act(self, client: Client, folder: str) -> dict[str, str]:
        [row] = client.get("/inkorg/", {"visa": folder}).context["rows"]
        return row["act"]

    def test_an_offer_is_answered(self, world: World, en: Any) -> None:
        booking = offered(world)
        wanted = {"label": "Answer", "url": f"/bokning/{booking.pk}/#do"}
        assert self.act(en(world.presenter), "svara") == wanted

    def test_what_is_over_is_reported(self, world: World, en: Any, later: Any) -> None:
        booking = confirmed(world)
        later(SHOW_AT + DAY)
        wanted = {"label": "Report", "url": f"/bokning/{booking.pk}/rapport/"}
        assert self.act(en(world.presenter), "rapportera") == wanted

    def test_what_comes_is_prepared_when_something_is_due(self, world: World, en: Any, later: Any) -> None:
        booking = prepared(world)
        assert self.act(en(world.presenter), "kommer") == {}
        later(booking.occupied_from - DAY)
        wanted = {"label": "Prepare", "url": f"/bokning/{booking.pk}/forberedelser/"}
        assert self.act(en(world.presenter), "kommer") == wanted


class TestSeveralHouses:
    @pytest.fixture(autouse=True)
    def two(self, world: World) -> list[Booking]:
        make.MembershipFactory(user=world.presenter, organisation=world.neighbouring, role="presenter")
        one, other = offered(world), held(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        return [one, lifecycle.offer(other, by=world.producer, now=NOW)]

    def shown(self, client: Client, **query: str) -> list[str]:
        answer = client.get("/inkorg/", {"visa": "svara", **query})
        return [row["booking"].presenter.name for row in answer.context["rows"]]

    def test_one_is_chosen(self, world: World, as_user: Any) -> None:
        client = as_user(world.presenter)
        assert self.shown(client, hus="backe-bygdegard") == ["Backe bygdegård"]
        assert len(self.shown(client, hus="krokoms-skola")) == 2  # not one's own

    def test_the_choices_count_the_folder(self, world: World, as_user: Any) -> None:
        answer = as_user(world.presenter).get("/inkorg/?visa=svara")
        assert answer.context["house_choices"] == [
            ("backe-bygdegard", "Backe bygdegård (1)"),
            ("folkets-hus-stromsund", "Folkets hus Strömsund (1)"),
        ]

    def test_the_folders_keep_what_is_chosen(self, world: World, as_user: Any) -> None:
        answer = as_user(world.presenter).get("/inkorg/?hus=backe-bygdegard&sok=trumman")
        assert answer.context["chips"][1]["url"] == "?visa=kommer&hus=backe-bygdegard&sok=trumman"

    def test_the_folders_count_the_chosen_house(self, world: World, as_user: Any) -> None:
        answer = as_user(world.presenter).get("/inkorg/?hus=backe-bygdegard")
        assert answer.context["counts"]["svara"] == 1

    @pytest.mark.parametrize(
        ("order", "first"),
        [("hus", "Backe bygdegård"), ("-dag", "Folkets hus Strömsund"), ("x", "Backe bygdegård")],
    )
    def test_in_another_order(self, world: World, as_user: Any, order: str, first: str) -> None:
        assert self.shown(as_user(world.presenter), ordning=order)[0] == first

    @pytest.mark.parametrize(
        ("words", "count"),
        [("TRUMMAN", 2), ("stromsund", 1), ("salen backe", 1), ("trio norr", 2), ("scenlaget", 2), ("zz", 0)],
    )
    def test_by_words_whatever_the_letters(self, world: World, as_user: Any, words: str, count: int) -> None:
        assert len(self.shown(as_user(world.presenter), sok=words)) == count


class TestNothing:
    def said(self, client: Client) -> dict[str, str]:
        return client.get("/inkorg/?visa=svara").context["next"]

    def test_what_is_kept_is_offered_next(self, world: World, en: Any) -> None:
        held(world)
        said = self.said(en(world.presenter))
        assert (said["text"], said["url"]) == (
            "1 visit is kept for you until its offer comes.",
            "?visa=kommer",
        )

    def test_wishes_are_planned_when_they_close(self, world: World, en: Any, later: Any) -> None:
        assert self.said(en(world.presenter))["text"] == (
            "You have 1 wish for Våren 2027. The season is closed for wishes: the producers plan, and send offers."
        )
        later(OPEN)
        assert self.said(en(world.presenter))["text"] == (
            "You have 1 wish for Våren 2027. Wishes close Tue 15 Dec 2026; then the producers plan and send offers."
        )

    def test_an_open_season_takes_wishes(self, world: World, en: Any, later: Any) -> None:
        Wish.objects.all().delete()
        later(OPEN)
        said = self.said(en(world.presenter))
        assert said["text"].startswith("Våren 2027 takes wishes until Tue 15 Dec 2026")
        assert said["url"] == reverse("season-menu")

    def test_a_season_that_opens_later_says_when(self, world: World, en: Any, later: Any) -> None:
        Wish.objects.all().delete()
        later(world.season.opens_at - timedelta(days=2))
        assert self.said(en(world.presenter))["text"].startswith("Våren 2027 takes wishes from")

    def test_nothing_ahead_leads_to_the_menu(self, world: World, en: Any) -> None:
        Wish.objects.all().delete()
        assert self.said(en(world.presenter))["label"] == "Look at the menu"

    def test_what_is_searched_and_not_found_can_be_left(self, world: World, en: Any) -> None:
        page = en(world.presenter).get("/inkorg/?visa=svara&sok=zz").content.decode()
        assert "No visit answers that" in page
        assert 'href="?visa=svara"' in page
