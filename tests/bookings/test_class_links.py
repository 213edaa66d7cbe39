"""Class links: only a digest is stored, one works at a time, and the school year ends it."""

from datetime import UTC, datetime

import pytest

from bookings import class_links, spent
from bookings.errors import LinkProblem
from tests.agreements import DAY, NOW, STOCKHOLM
from tests.crews import crew_of, panel_of
from tests.world import World
from tours.models import Panel, PanelLink
from turne.logs import without_secrets
from venues.models import CrewLink

#: 1 July 2027, when the school year of NOW is over.
SUMMER = datetime(2027, 7, 1, tzinfo=STOCKHOLM)


def problem(find: object, token: str, now: datetime) -> str:
    with pytest.raises(LinkProblem) as refusal:
        find(token, now)  # type: ignore[operator]
    return refusal.value.code


def test_the_bearer_has_the_crew(world: World) -> None:
    crew = crew_of(world.school)
    token = class_links.make_crew_link(crew, by=world.school_contact, now=NOW)
    assert class_links.find_crew(token, NOW) == crew


def test_only_the_digest_is_stored(world: World) -> None:
    token = class_links.make_crew_link(crew_of(world.school), by=world.school_contact, now=NOW)
    assert (len(token) >= 43, token in str(CrewLink.objects.values())) == (True, False)


def test_it_is_good_until_the_school_year_ends(world: World) -> None:
    token = class_links.make_crew_link(crew_of(world.school), by=world.school_contact, now=NOW)
    assert class_links.year_ends(NOW) == SUMMER
    assert class_links.find_crew(token, SUMMER - DAY)
    assert problem(class_links.find_crew, token, SUMMER) == "expired"


def test_one_made_in_the_autumn_belongs_to_the_new_year() -> None:
    assert class_links.year_ends(datetime(2026, 8, 20, tzinfo=UTC)) == SUMMER


def test_a_new_one_takes_its_place(world: World) -> None:
    crew = crew_of(world.school)
    old = class_links.make_crew_link(crew, by=world.school_contact, now=NOW)
    class_links.make_crew_link(crew, by=world.school_contact, now=NOW)
    assert problem(class_links.find_crew, old, NOW) == "revoked"


def test_taken_back_it_works_no_more(world: World) -> None:
    crew = crew_of(world.school)
    token = class_links.make_crew_link(crew, by=world.school_contact, now=NOW)
    class_links.revoke_crew_link(crew, now=NOW)
    assert problem(class_links.find_crew, token, NOW) == "revoked"


def test_a_crews_link_is_no_panels(world: World) -> None:
    token = class_links.make_crew_link(crew_of(world.school), by=world.school_contact, now=NOW)
    assert problem(class_links.find_panel, token, NOW) == "unknown"


def test_that_it_was_used_is_noted_once_an_hour(world: World) -> None:
    token = class_links.make_crew_link(crew_of(world.school), by=world.school_contact, now=NOW)
    class_links.find_crew(token, NOW)
    class_links.find_crew(token, NOW + class_links.USE_NOTED_EVERY / 2)
    assert CrewLink.objects.get().last_used_at == NOW


class TestPanels:
    def test_the_bearer_has_the_panel(self, world: World) -> None:
        panel = panel_of(world)
        token = class_links.make_panel_link(panel, by=world.officer, now=NOW)
        assert class_links.find_panel(token, NOW) == panel

    def test_one_that_is_not_in_use_has_none(self, world: World) -> None:
        panel = panel_of(world)
        token = class_links.make_panel_link(panel, by=world.officer, now=NOW)
        Panel.objects.update(is_active=False)
        assert problem(class_links.find_panel, token, NOW) == "revoked"

    def test_taken_back_it_works_no_more(self, world: World) -> None:
        panel = panel_of(world)
        token = class_links.make_panel_link(panel, by=world.officer, now=NOW)
        class_links.revoke_panel_link(panel, now=NOW)
        assert problem(class_links.find_panel, token, NOW) == "revoked"


def test_they_are_deleted_a_while_after_they_ended(world: World) -> None:
    class_links.make_crew_link(crew_of(world.school), by=world.school_contact, now=NOW)
    class_links.make_panel_link(panel_of(world), by=world.officer, now=NOW)
    spent.forget_due(SUMMER + spent.LINKS_KEPT)
    kept = (CrewLink.objects.count(), PanelLink.objects.count())
    spent.forget_due(SUMMER + spent.LINKS_KEPT + DAY)
    assert (kept, CrewLink.objects.count(), PanelLink.objects.count()) == ((1, 1), 0, 0)


@pytest.mark.parametrize("where", ["crewet", "referensgrupp"])
def test_their_secrets_are_cut_out_of_logs(where: str) -> None:
    for end in ("", "rosta/", "besok/3/"):
        assert without_secrets(f"/{where}/abc_-9/{end}") == f"/{where}/[secret]/{end}"
