"""Where a school's hours, days and confirmation stand beside its own pages: my week, the wish form, a visit's page."""

import pytest

from tests.bookings.visits import visit
from tests.turne.pages import address_of, get, text_of
from tests.world import World
from venues.models import School, SchoolHours


@pytest.mark.usefixtures("in_january")
def test_officers_see_who_has_not_confirmed(world: World, as_user) -> None:
    title = "Schools that have not confirmed 2026/27"
    before = text_of(get(as_user(world.officer), "/min-vecka/"))
    School.objects.update(confirmed_for=2026)
    after = text_of(get(as_user(world.officer), "/min-vecka/"))
    assert (title in before, title in after) == (True, False)


@pytest.mark.usefixtures("in_january")
def test_a_visits_page_leads_to_the_schools_days(world: World, as_user) -> None:
    booked = visit(world, presenter=world.school, venue=world.school_venue, audience="school").booking
    page = get(as_user(world.producer), f"/bokning/{booked.pk}/")
    assert "/skola/krokoms-skola/dagar/?manad=2027-02&amp;sal=" in page.content.decode()


@pytest.mark.usefixtures("in_the_open_season")
def test_the_wish_form_says_when_the_school_receives(world: World, as_user) -> None:
    client = as_user(world.school_contact)
    before = text_of(get(client, address_of(world.school_wish)))
    SchoolHours.objects.create(school=world.school.school, weekday=0, starts="08:00", ends="14:00")
    after = text_of(get(client, address_of(world.school_wish)))
    assert ("Your hours and lunch are not known" in before, "You receive Monday 08:00–14:00." in after) == (
        True,
        True,
    )
