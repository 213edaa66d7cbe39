"""Young reference groups: their list and links, the draft that only they see, and what producers read of it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import class_links
from tests.agreements import NOW
from tests.crews import crew_of, menu_of, panel_of
from tests.factories import EnsembleFactory
from tests.turne.pages import errors_of, get, post, said, text_of
from tests.world import World
from tours import panels, votes
from tours.models import Panel, PanelOpinion, Season

Login = Callable[..., Client]
#: A month before the world's season opens.
BEFORE = NOW - timedelta(days=140)


@pytest.fixture
def draft(world: World, monkeypatch: pytest.MonkeyPatch) -> Season:
    """The world's season, which has not opened yet."""
    monkeypatch.setattr(timezone, "now", lambda: BEFORE)
    return world.season


def link(world: World, panel: Panel | None = None) -> str:
    token = class_links.make_panel_link(panel or panel_of(world), by=world.officer, now=BEFORE)
    return f"/referensgrupp/{token}/"


class TestTheOfficersList:
    def test_a_group_is_made(self, world: World, en: Login) -> None:
        sent = {"name": "Unga", "members_count": "8", "is_active": "on"}
        post(en(world.officer), "/crewer/referensgrupper/", sent)
        assert Panel.objects.get().members_count == 8

    def test_so_few_that_an_opinion_is_somebodys_are_refused(self, world: World, en: Login) -> None:
        response = post(en(world.officer), "/crewer/referensgrupper/", {"name": "Unga", "members_count": "2"})
        assert list(errors_of(response)) == ["members_count"]

    def test_its_link_is_shown_once_and_taken_back(self, world: World, en: Login) -> None:
        panel, client = panel_of(world), en(world.officer)
        shown = post(client, f"/crewer/referensgrupper/{panel.pk}/lank/").content.decode()
        (address,) = set(re.findall(r"/referensgrupp/[\w-]+/", shown))
        assert client.get(address).status_code == 200
        post(client, f"/crewer/referensgrupper/{panel.pk}/lank/aterkalla/")
        assert client.get(address).status_code == 410

    def test_changed_by_two_the_second_is_told(self, world: World, en: Login) -> None:
        panel, client = panel_of(world), en(world.officer)
        for name in ("Ett", "Två"):
            sent = {"name": name, "members_count": "8", "version": "1", "is_active": "on"}
            response = post(client, f"/crewer/referensgrupper/{panel.pk}/", sent)
        assert (response.status_code, Panel.objects.get().name) == (409, "Ett")


class TestTheDraft:
    def test_only_the_link_shows_it(self, client: Client, world: World, draft: Season, en: Login) -> None:
        (a,) = menu_of(world, 1)
        assert "What do you think of A?" in text_of(get(client, link(world)))
        page = reverse("production", args=[draft.slug, a.slug])
        assert (client.get(page).status_code, en(world.presenter).get(page).status_code) == (404, 404)

    def test_it_has_no_price(self, client: Client, world: World, draft: Season) -> None:
        shown = text_of(client.get(link(world)))
        assert [word for word in ("9 800", "9800", "SEK", " kr") if word in shown] == []

    def test_what_is_thought_is_kept_and_shown_again(
        self, client: Client, world: World, draft: Season
    ) -> None:
        a, b = menu_of(world, 2)
        address = link(world)
        response = post(client, address, {"place_1": b.pk, f"comment_{a.pk}": "För kort."}, follow=True)
        assert said(response) == ["Thank you. You may change it until the menu opens."]
        form = response.context["form"]
        assert (form["place_1"].value(), form[f"comment_{a.pk}"].value()) == (str(b.pk), "För kort.")

    def test_an_address_stands_beside_its_field(self, client: Client, world: World, draft: Season) -> None:
        (a,) = menu_of(world, 1)
        response = post(client, link(world), {"place_1": a.pk, f"comment_{a.pk}": "www.x.example"})
        assert list(errors_of(response)) == [f"comment_{a.pk}"]
        assert not PanelOpinion.objects.exists()

    def test_once_it_has_opened_the_page_says_to_wait(self, client: Client, world: World) -> None:
        assert "No draft to look at now" in text_of(get(client, link(world)))

    def test_is_not_kept_found_or_passed_on(self, client: Client, world: World, draft: Season) -> None:
        answer = client.get(link(world))
        assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")


class TestWhatProducersRead:
    def told(self, world: World) -> None:
        own, other = menu_of(world, 2)
        other.ensemble = EnsembleFactory()
        other.save()
        panels.tell(panel_of(world), world.season, [other, own], {own: "Rolig.", other: "Bäst."}, now=BEFORE)
        votes.vote(
            crew_of(world.school),
            world.season,
            [other, own],
            hands_count=5,
            version=0,
            now=world.season.opens_at,
        )

    def test_a_producer_reads_what_is_said_of_its_own(self, world: World, en: Login) -> None:
        self.told(world)
        shown = text_of(get(en(world.producer), "/unga-om-utbudet/?sasong=varen-2027"))
        assert ("Rolig." in shown, "Bäst." in shown, "Lyktan: place 2" in shown, "place 1" in shown) == (
            True, False, True, False,
        )  # fmt: skip

    def test_an_officer_reads_all_of_it(self, world: World, en: Login) -> None:
        self.told(world)
        shown = text_of(get(en(world.officer), "/unga-om-utbudet/?sasong=varen-2027"))
        assert ("Rolig." in shown, "Bäst." in shown) == (True, True)

    def test_on_the_page_of_the_production(self, world: World, en: Login) -> None:
        self.told(world)
        shown = text_of(get(en(world.producer), "/repertoar/stycke-a/"))
        assert (
            "What young people think Våren 2027 Ung referensgrupp: place 2 – Rolig. Lyktan: place 2" in shown
        )
