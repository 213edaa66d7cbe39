"""Young reference groups: they see a menu before it opens, rank it, and comment without names or addresses."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.crews import menu_of, panel_of
from tests.factories import RegionFactory
from tests.world import World
from tours import panels
from tours.errors import NotNow, Refused, TurneError
from tours.models import PanelOpinion, Production
from tours.models.votes import COMMENT_MAX

BEFORE = datetime(2026, 8, 1, tzinfo=UTC)


def refused(kind: type[TurneError], call: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(kind) as refusal:
        call(*args, **more)
    return refusal.value.field


class TestAPanel:
    def test_is_made_and_changed(self, world: World) -> None:
        panel = panels.save_panel(world.season.region, name=" Ung  grupp ", members_count=8)
        panel = panels.save_panel(
            world.season.region, name="Unga", members_count=9, panel=panel, version=1, is_active=False
        )
        assert (panel.name, panel.members_count, panel.is_active, panel.version) == ("Unga", 9, False, 2)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": "UNG REFERENSGRUPP"}, "name"),
            ({"members_count": 2}, "members_count"),
        ],
    )
    def test_what_can_not_be_is_refused(self, world: World, changes: dict[str, Any], field: str) -> None:
        panel_of(world)
        told = {"name": "Unga", "members_count": 8, **changes}
        assert refused(Refused, panels.save_panel, world.season.region, **told) == field

    def test_who_comes_second_is_told(self, world: World) -> None:
        panel = panel_of(world)
        told = {"name": "Unga", "members_count": 9, "panel": panel}
        assert refused(NotNow, panels.save_panel, world.season.region, **told) == ""


class TestTheDraft:
    def test_is_seen_until_it_opens(self, world: World) -> None:
        panel = panel_of(world)
        found = [list(panels.drafts(panel, at)) for at in (BEFORE, world.season.opens_at)]
        assert found == [[world.season], []]

    def test_is_not_another_regions(self, world: World) -> None:
        other = RegionFactory(slug="vn", name="Västernorrland", code="22")
        assert list(panels.drafts(panel_of(world, region=other), BEFORE)) == []

    def test_an_empty_menu_is_none(self, world: World) -> None:
        world.season.productions.clear()
        assert list(panels.drafts(panel_of(world), BEFORE)) == []


class TestTelling:
    def test_the_last_word_stands(self, world: World) -> None:
        panel, (a, b) = panel_of(world), menu_of(world, 2)
        panels.tell(panel, world.season, [a], {b: "Svår."}, now=BEFORE)
        panels.tell(panel, world.season, [b, a], {a: " Bra\n musik. "}, now=BEFORE)
        assert [(row.production, row.place, row.comment) for row in PanelOpinion.objects.all()] == [
            (b, 1, ""),
            (a, 2, "Bra musik."),
        ]

    def test_a_comment_alone_is_enough(self, world: World) -> None:
        panel, (a,) = panel_of(world), menu_of(world, 1)
        panels.tell(panel, world.season, [], {a: "För kort."}, now=BEFORE)
        assert PanelOpinion.objects.get().place is None

    def test_nothing_is_no_opinion(self, world: World) -> None:
        panel, (a,) = panel_of(world), menu_of(world, 1)
        assert refused(Refused, panels.tell, panel, world.season, [], {a: "  "}, now=BEFORE) == "place_1"

    def test_once_it_has_opened_nothing_is_said(self, world: World) -> None:
        panel, (a,) = panel_of(world), menu_of(world, 1)
        refused(NotNow, panels.tell, panel, world.season, [a], {}, now=world.season.opens_at)
        assert not PanelOpinion.objects.exists()

    @pytest.mark.parametrize(
        "text",
        ["se https://x.example/a", "www.x.example", "kolla sida.se nu", "kim@x.example", "ring 070-174 06 05",
         "x" * (COMMENT_MAX + 1)],
    )  # fmt: skip
    def test_addresses_and_numbers_are_refused(self, world: World, text: str) -> None:
        panel, (a,) = panel_of(world), menu_of(world, 1)
        assert (
            refused(Refused, panels.tell, panel, world.season, [a], {a: text}, now=BEFORE)
            == f"comment_{a.pk}"
        )

    @pytest.mark.parametrize("text", ["Bra för åk 4-6.", "5 av 5!", "Musiken var bäst 2026.", "Bra.Men kort"])
    def test_ordinary_words_are_kept(self, text: str) -> None:
        assert panels.comment_of(text, Production(pk=1)) == text


def test_results_have_most_points_first_and_may_be_a_producers_own(world: World) -> None:
    a, b, c = menu_of(world, 3)
    one, two = panel_of(world), panel_of(world, name="Andra")
    panels.tell(one, world.season, [b, a], {c: "Svår."}, now=BEFORE)
    panels.tell(two, world.season, [b], {}, now=BEFORE)
    found = panels.results(world.season)
    assert [(row.production, row.points, len(row.said)) for row in found] == [
        (b, 10, 2),
        (a, 4, 1),
        (c, 0, 1),
    ]
    own = panels.results(world.season, Production.objects.filter(pk=c.pk))
    assert [row.said[0].comment for row in own] == ["Svår."]
