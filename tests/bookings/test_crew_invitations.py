"""A crew hosts at another house of its municipality: asked, answered, taken back; both houses hear of it."""

import pytest
from django.db import IntegrityError, transaction

from bookings import crew_invitations, crews, lifecycle, stored_feeds
from bookings.feeds import KULTURCREW, private_address
from bookings.models import Booking, CrewInvitation, Notice
from tests.agreements import NOW, confirmed, held
from tests.bookings.ical_reader import vevents
from tests.crews import crew_of, template
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import Crew


@pytest.fixture
def booking(world: World) -> Booking:
    template(world)
    return confirmed(world)


@pytest.fixture
def crew(world: World) -> Crew:
    """Of the neighbouring house, which lies in the municipality of the presenter's."""
    return crew_of(world.neighbouring, name="Ridån")


@pytest.fixture
def asked(world: World, booking: Booking, crew: Crew) -> CrewInvitation:
    return crew_invitations.invite(booking, crew, by=world.presenter, now=NOW)


def mailed(kind: str) -> list[str]:
    return list(Notice.objects.filter(kind=kind).values_list("to_email", flat=True))


class TestAsking:
    def test_the_crews_house_is_told(self, world: World, asked: CrewInvitation) -> None:
        assert mailed("crew_asked") == [world.neighbouring.email]
        mail = Notice.objects.get(kind="crew_asked")
        assert (mail.reply_to, f"/crew/{asked.crew_id}/" in mail.body_text) == (world.presenting.email, True)

    def test_it_stands_in_the_history_of_the_visit(self, asked: CrewInvitation) -> None:
        line = asked.booking.changes.last()
        assert (line.action, line.details) == ("crew_asked", {"crew": "Ridån"})

    def test_one_at_a_time(self, world: World, asked: CrewInvitation) -> None:
        other = crew_of(world.neighbouring, name="Andra")
        with pytest.raises(NotNow):
            crew_invitations.invite(asked.booking, other, by=world.presenter, now=NOW)

    def test_the_database_refuses_a_second_one(self, asked: CrewInvitation) -> None:
        asked.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            asked.save()

    def test_not_where_a_crew_hosts(self, world: World, booking: Booking, crew: Crew) -> None:
        crews.take(booking, crew_of(world.presenting), by=world.presenter, now=NOW)
        with pytest.raises(NotNow):
            crew_invitations.invite(booking, crew, by=world.presenter, now=NOW)

    def test_not_for_what_is_not_agreed(self, world: World, crew: Crew) -> None:
        with pytest.raises(NotNow):
            crew_invitations.invite(held(world), crew, by=world.presenter, now=NOW)

    def test_not_ones_own_nor_another_municipalitys(self, world: World, booking: Booking) -> None:
        for house in (world.presenting, world.school):
            with pytest.raises(Refused):
                crew_invitations.invite(booking, crew_of(house), by=world.presenter, now=NOW)

    def test_those_that_may_be_asked(self, world: World, booking: Booking, crew: Crew) -> None:
        crew_of(world.presenting)
        crew_of(world.school, name="Långt bort")
        crew_of(world.neighbouring, name="Vilar", is_active=False)
        assert list(crew_invitations.nearby(booking)) == [crew]


class TestAnswering:
    def test_a_yes_and_the_crew_hosts(self, world: World, asked: CrewInvitation) -> None:
        visit = crew_invitations.accept(asked, by=world.neighbour, now=NOW)
        assert crews.visit_of(asked.booking) == visit
        assert mailed("crew_comes") == [world.presenting.email]
        assert crew_invitations.open_for(asked.booking, NOW) is None

    def test_a_no_and_another_may_be_asked(self, world: World, asked: CrewInvitation) -> None:
        crew_invitations.decline(asked, by=world.neighbour, now=NOW)
        assert mailed("crew_does_not_come") == [world.presenting.email]
        crew_invitations.invite(asked.booking, asked.crew, by=world.presenter, now=NOW)

    def test_only_once(self, world: World, asked: CrewInvitation) -> None:
        crew_invitations.decline(asked, by=world.neighbour, now=NOW)
        for answer in (crew_invitations.accept, crew_invitations.decline, crew_invitations.take_back):
            with pytest.raises(NotNow):
                answer(asked, by=world.neighbour, now=NOW)

    def test_taken_back_the_crew_need_not_come(self, world: World, asked: CrewInvitation) -> None:
        crew_invitations.take_back(asked, by=world.presenter, now=NOW)
        assert mailed("crew_not_wanted") == [world.neighbouring.email]

    def test_not_for_a_visit_that_is_called_off(self, world: World, asked: CrewInvitation) -> None:
        lifecycle.cancel(asked.booking, by=world.producer, now=NOW, reason="Sjukdom.")
        with pytest.raises(NotNow):
            crew_invitations.accept(asked, by=world.neighbour, now=NOW)
        assert not CrewInvitation.objects.waiting(NOW).exists()

    def test_not_by_a_crew_that_does_not_host_now(self, world: World, asked: CrewInvitation) -> None:
        Crew.objects.filter(pk=asked.crew_id).update(is_active=False)
        with pytest.raises(Refused):
            crew_invitations.accept(asked, by=world.neighbour, now=NOW)

    def test_a_crew_of_the_house_that_takes_it_ends_the_asking(
        self, world: World, asked: CrewInvitation
    ) -> None:
        crews.take(asked.booking, crew_of(world.presenting), by=world.presenter, now=NOW)
        asked.refresh_from_db()
        assert asked.outcome == CrewInvitation.Outcome.TAKEN_BACK


class TestHosting:
    def test_who_leaves_tells_the_other_house(self, world: World, asked: CrewInvitation) -> None:
        visit = crew_invitations.accept(asked, by=world.neighbour, now=NOW)
        crews.leave(visit, by=world.neighbour, now=NOW)
        assert mailed("crew_does_not_come") == [world.presenting.email]

    def test_who_is_let_go_is_told(self, world: World, asked: CrewInvitation) -> None:
        visit = crew_invitations.accept(asked, by=world.neighbour, now=NOW)
        crews.leave(visit, by=world.presenter, now=NOW)
        assert mailed("crew_not_wanted") == [world.neighbouring.email]

    def test_it_is_told_of_a_cancellation_and_answers_the_house(
        self, world: World, asked: CrewInvitation
    ) -> None:
        crew_invitations.accept(asked, by=world.neighbour, now=NOW)
        lifecycle.cancel(asked.booking, by=world.producer, now=NOW, reason="Sjukdom.")
        mail = Notice.objects.get(kind="crew_off")
        assert (mail.to_email, mail.reply_to) == (world.neighbouring.email, world.presenting.email)

    def test_its_calendar_follows_the_other_houses_visit(self, world: World, asked: CrewInvitation) -> None:
        crew_invitations.accept(asked, by=world.neighbour, now=NOW)
        address = private_address(KULTURCREW, asked.crew_id)
        before = stored_feeds.make(address, NOW)
        lifecycle.cancel(asked.booking, by=world.producer, now=NOW, reason="Sjukdom.")
        assert before
        assert {event.text("STATUS") for event in vevents(before.body)} == {"CONFIRMED"}
        assert stored_feeds.look(address, NOW.date()) is None
        after = stored_feeds.current(address, NOW)
        assert after
        body = stored_feeds.bytes_of(after, packed=False)
        assert body
        assert {event.text("STATUS") for event in vevents(body)} == {"CANCELLED"}
