"""What calendars say of residencies, for whoever reads them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from bookings import ical, residency_entries
from bookings.models import Residency, ResidencyChange, ResidencyPeriod, SubEvent
from bookings.residency_entries import Reader
from tests.bookings.stays import CHANGED_AT, STARTS_AT, cancelled, period, room, stay, sub_event
from tests.bookings.visits import NOW
from tests.school import group
from tests.world import World

EVERYBODY, WORKING = Reader(), Reader("working")


def span(of: ResidencyPeriod, reader: Reader = EVERYBODY) -> ical.Span:
    return residency_entries.span_of(ResidencyPeriod.objects.with_ground().get(pk=of.pk), reader)


def timed(of: SubEvent, reader: Reader = EVERYBODY) -> ical.SubEvent:
    return residency_entries.sub_event_of(SubEvent.objects.with_ground().get(pk=of.pk), reader)


def test_days_of_a_stay_are_told_whole(world: World) -> None:
    found = span(period(stay(world)))
    assert (found.kind, found.title, found.where, found.status) == (
        "Residens",
        "Ljud av is",
        "Backe, Strömsund",
        "confirmed",
    )
    assert found.lines == ("Duo Fjällvind är i residens hos Backe bygdegård.",)
    assert (found.categories, found.page) == (("Residens", "Musik"), "/residens/fjallvind-1/")


def test_the_rooms_of_a_period_stand_first_where_it_is(world: World) -> None:
    made = period(stay(world))
    room(made, world.venue)
    assert span(made).where == "Backe bygdegård, salen, Backe, Strömsund"


def test_a_split_stay_says_which_part(world: World) -> None:
    made = stay(world)
    later = period(made, date(2027, 3, 1), date(2027, 3, 5))
    period(made)
    assert span(later).lines[-1] == "Vistelsen är delad: del 2 av 2."


@pytest.mark.parametrize(
    ("status", "told"), [("planned", "tentative"), ("offered", "tentative"), ("confirmed", "confirmed")]
)
def test_what_is_not_agreed_is_tentative(world: World, status: str, told: str) -> None:
    made = stay(world, status=status)
    assert (span(period(made)).status, timed(sub_event(made)).status) == (told, told)


def test_who_takes_part_reads_how_many_come_and_the_own_page(world: World) -> None:
    made = stay(world, published_at=None)
    found = span(period(made), WORKING)
    assert found.lines[-1] == "Kommer: 2 personer."
    assert found.page == f"/residenser/{made.pk}/"


def test_what_has_no_public_page_has_no_link_for_everybody(world: World) -> None:
    assert span(period(stay(world, published_at=None))).page == ""


def test_why_it_is_cancelled_is_for_those_who_take_part(world: World) -> None:
    made = stay(world)
    days, showing = period(made), sub_event(made)
    cancelled(made)
    for read in (span(days, WORKING), timed(showing, WORKING)):
        assert (read.status, read.lines[0]) == ("cancelled", "Skäl: Huset är sålt.")
    assert "Huset" not in " ".join((*span(days).lines, *timed(showing).lines))


def test_sequence_counts_the_steps_of_the_stay(world: World) -> None:
    made = stay(world)
    days, showing = period(made, sequence=2), sub_event(made, sequence=4)
    cancelled(made)
    assert (span(days).sequence, timed(showing).sequence) == (3, 5)


def test_a_line_of_its_history_that_changes_no_state_raises_no_sequence(world: World) -> None:
    made = stay(world)
    days = period(made)
    ResidencyChange.objects.create(
        residency=made, at=NOW, action="cost", from_status="confirmed", to_status="confirmed"
    )
    assert span(days).sequence == 0


def test_a_sub_event_is_told_with_its_stay(world: World) -> None:
    found = timed(sub_event(stay(world), venue=world.venue, about="Med fika."))
    assert (found.kind, found.title) == ("Visning", "Första lyssningen")
    assert found.lines == (
        "Del av residenset Ljud av is: Duo Fjällvind hos Backe bygdegård.",
        "Öppet för alla.",
        "",
        "Med fika.",
    )
    assert found.where == "Backe bygdegård, salen, Backe, Strömsund"
    assert found.starts_at == STARTS_AT


def test_a_room_that_is_no_venue_is_told_in_words(world: World) -> None:
    assert timed(sub_event(stay(world), room="Slöjdsalen")).where == "Slöjdsalen, Backe, Strömsund"


def test_what_is_about_a_closed_one_is_told_to_nobody(world: World) -> None:
    found = timed(sub_event(stay(world), is_public=False, about="Ring Maj."), WORKING)
    assert "Ring Maj." not in found.lines
    assert "Inte öppet för allmänheten." in found.lines


def test_a_cancelled_sub_event_of_a_stay_that_goes_on(world: World) -> None:
    made = stay(world)
    row = sub_event(made, cancelled_at=NOW, cancelled_why="Röken", about="Med fika.")
    found = timed(row, Reader("presenter", world.presenting.pk))
    assert (found.status, found.lines[0]) == ("cancelled", "Skäl: Röken")
    assert "Med fika." not in found.lines
    assert span(period(made)).status == "confirmed"


class TestGroups:
    @pytest.fixture
    def workshop(self, world: World) -> SubEvent:
        made = sub_event(stay(world, published_at=None), kind="workshop", is_public=False)
        made.groups.add(group(world, "4A"))
        return made

    def test_the_school_reads_of_its_own(self, world: World, workshop: SubEvent) -> None:
        found = timed(workshop, Reader("presenter", world.school.pk))
        assert "Grupper, med vuxna: 4A (26)." in found.lines
        assert found.page == ""

    def test_and_of_no_other_s(self, world: World, workshop: SubEvent) -> None:
        found = timed(workshop, Reader("presenter", world.neighbouring.pk))
        assert "4A" not in " ".join(found.lines)

    @pytest.mark.parametrize("reader", ["host", "working"])
    def test_host_and_artist_read_of_all_with_their_school(
        self, world: World, workshop: SubEvent, reader: str
    ) -> None:
        of = Reader("presenter", world.presenting.pk) if reader == "host" else WORKING
        assert "Grupper, med vuxna: Krokoms skola 4A (26)." in timed(workshop, of).lines

    def test_everybody_else_of_none(self, workshop: SubEvent) -> None:
        assert "4A" not in " ".join(timed(workshop).lines)


def test_nobody_s_needs_numbers_or_costs_are_told(world: World) -> None:
    made = stay(world, access_needs="Rullstol", about="Hemligt arbetsnamn")
    made.contacts.create(
        number=1, role="Nycklar", name="Maj Ek", phone="070-1234567", email="maj@example.org"
    )
    made.costs.create(number=1, kind="stipend", paid_by="region", planned=20000)
    row, days = sub_event(made), period(made)
    readers = (EVERYBODY, WORKING, Reader("presenter", world.presenting.pk))
    told = " ".join(f"{span(days, reader)} {timed(row, reader)}" for reader in readers)
    for word in ("Rullstol", "Maj", "070", "20000", "arbetsnamn", "maj@"):
        assert word not in told


def test_moments_of_change_are_the_later_of_the_two(world: World) -> None:
    made = stay(world)
    days = period(made, changed_at=CHANGED_AT + timedelta(days=1))
    assert span(days).changed_at == CHANGED_AT + timedelta(days=1)


def test_its_pages_are_where_calendars_say(world: World) -> None:
    made = stay(world)
    told = reverse("public-residency", args=[made.slug]), reverse("residency", args=[made.pk])
    assert told == (
        residency_entries.PAGE.format(slug=made.slug),
        residency_entries.WORK_PAGE.format(pk=made.pk),
    )


def test_all_kinds_and_states_have_words() -> None:
    assert set(residency_entries.KINDS) == set(SubEvent.Kind)
    assert set(residency_entries._STATUS) == set(Residency.Status)
