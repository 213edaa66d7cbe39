"""A school may not cancel by itself: it asks, and the producer decides."""

import pytest

from bookings import changing
from bookings.models import Booking, BookingChange, Notice
from bookings.permissions import steps_for
from tests.agreements import DAY, NOW, confirmed
from tests.world import World
from tours.errors import NotNow, Refused


@pytest.fixture
def visit(world: World) -> Booking:
    """A confirmed visit to the school."""
    return Booking.objects.with_ground().get(pk=confirmed(world, wish=world.school_wish).pk)


def asked(world: World, visit: Booking) -> Booking:
    return changing.ask_to_cancel(visit, by=world.school_contact, now=NOW, reason="Eleverna är på prao.")


def stands(visit: Booking) -> str:
    return Booking.objects.get(pk=visit.pk).status


def test_a_school_may_ask_and_neither_cancel_nor_postpone(world: World, visit: Booking) -> None:
    assert [step.name for step in steps_for(world.school_contact, visit, NOW)] == [
        "propose_change",
        "ask_to_cancel",
    ]


def test_another_presenter_cancels_itself(world: World) -> None:
    own = Booking.objects.with_ground().get(pk=confirmed(world).pk)
    names = [step.name for step in steps_for(world.presenter, own, NOW)]
    assert names == ["propose_change", "postpone", "cancel"]
    with pytest.raises(NotNow, match="yourself"):
        changing.ask_to_cancel(own, by=world.presenter, now=NOW, reason="Nej.")


def test_it_stands_until_the_producer_answers_who_gets_a_mail(world: World, visit: Booking) -> None:
    booking = asked(world, visit)
    mail = Notice.objects.get(kind="change_proposed")
    assert (booking.status, booking.open_change.cancels) == ("confirmed", True)
    assert (mail.to_email, "Eleverna är på prao." in mail.body_text) == (world.producing.email, True)


def test_a_yes_cancels_it_as_the_presenters_doing(world: World, visit: Booking) -> None:
    changing.accept_change(asked(world, visit), by=world.producer, now=NOW + DAY, message="Tråkigt.")
    done = Booking.objects.with_ground().get(pk=visit.pk)
    assert (done.status, done.cancellation.cause, done.open_change) == ("cancelled", "presenter", None)
    assert BookingChange.objects.filter(action="cancel").get().reason == "Eleverna är på prao.\n\nTråkigt."


def test_a_no_leaves_it(world: World, visit: Booking) -> None:
    changing.refuse_change(asked(world, visit), by=world.producer, now=NOW, reason="Bussen är bokad.")
    assert (stands(visit), Booking.objects.with_ground().get(pk=visit.pk).open_change) == ("confirmed", None)


def test_without_an_answer_it_stands(world: World, visit: Booking) -> None:
    change = asked(world, visit).open_change
    assert changing.lapse_due(change.answer_by) == 1
    assert stands(visit) == "confirmed"


def test_it_may_be_taken_back(world: World, visit: Booking) -> None:
    changing.take_back_change(asked(world, visit), by=world.school_contact, now=NOW)
    assert stands(visit) == "confirmed"


def test_a_reason_is_asked_for(world: World, visit: Booking) -> None:
    with pytest.raises(Refused):
        changing.ask_to_cancel(visit, by=world.school_contact, now=NOW, reason=" ")
