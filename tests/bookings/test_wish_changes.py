"""A wish changed or withdrawn, and the questions about it once its season has closed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bookings import wish_changes
from bookings.models import Booking
from tests.tours.wishing import CLOSED, LATER, NOW, SPAN, data, ranks, submit
from tests.world import World
from tours import wishes
from tours.errors import NotNow, Refused, SeasonClosed
from tours.models import Wish, WishChangeRequest

pytestmark = pytest.mark.usefixtures("without_wishes")


# -- edit and withdraw ---------------------------------------


def test_edit_replaces_everything(world: World) -> None:
    wish = submit(world)
    later = replace(SPAN, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
    wish_changes.edit(wish, data(world, shows_count=2, spans=(later,)), world.presenter, LATER)
    wish.refresh_from_db()
    assert (wish.shows_count, wish.changed_at, wish.created_by) == (2, LATER, world.presenter)
    assert list(wish.spans.values_list("starts_on", flat=True)) == [date(2027, 3, 1)]


def test_a_refused_edit_changes_nothing(world: World) -> None:
    wish = submit(world)
    with pytest.raises(Refused):
        wish_changes.edit(wish, data(world, shows_count=2, audience_expected=500), world.presenter, LATER)
    wish.refresh_from_db()
    assert (wish.shows_count, wish.spans.count()) == (1, 1)


def test_a_wish_keeps_its_own_rank_and_production_when_edited(world: World) -> None:
    world.season.wishes_max = 1
    world.season.save()
    wish = submit(world)
    assert (
        wish_changes.edit(wish, data(world, audience_expected=80), world.presenter, LATER).audience_expected
        == 80
    )


def test_edit_after_closing(world: World) -> None:
    wish = submit(world)
    with pytest.raises(SeasonClosed):
        wish_changes.edit(wish, data(world), world.presenter, CLOSED)


def test_edit_of_a_withdrawn_wish(world: World) -> None:
    wish = submit(world)
    wish_changes.withdraw_wish(wish, world.presenter, LATER)
    with pytest.raises(NotNow, match="has been withdrawn"):
        wish_changes.edit(wish, data(world), world.presenter, LATER)


def test_edit_of_a_wish_that_is_being_booked(world: World) -> None:
    wish = submit(world)
    book(world, wish)
    with pytest.raises(NotNow, match="has begun to book"):
        wish_changes.edit(wish, data(world), world.presenter, LATER)


def test_withdrawing_closes_the_ranks(world: World, three: list[Wish]) -> None:
    wish_changes.withdraw_wish(three[0], world.presenter, LATER)
    assert ranks(world) == [("B", 1, False), ("C", 2, False)]


def test_a_withdrawn_production_can_be_wished_for_again(world: World) -> None:
    wish_changes.withdraw_wish(submit(world), world.presenter, LATER)
    assert submit(world).rank == 1


def test_withdrawing_after_closing(world: World) -> None:
    wish = submit(world)
    with pytest.raises(SeasonClosed):
        wish_changes.withdraw_wish(wish, world.presenter, CLOSED)


# -- after closing ---------------------------------------


def book(world: World, wish: Wish) -> Booking:
    return Booking.objects.create(
        tour=world.tour,
        wish=wish,
        presenter=wish.organisation,
        venue=wish.venue,
        occupied_from=datetime(2027, 2, 2, 8, tzinfo=UTC),
        occupied_to=datetime(2027, 2, 2, 12, tzinfo=UTC),
        hold_expires_at=datetime(2027, 2, 1, tzinfo=UTC),
        price=9800,
        currency="SEK",
        changed_at=NOW,
    )


def ask(world: World, wish: Wish) -> WishChangeRequest:
    return wish_changes.ask_change(wish, "Vecka 7 i stället", world.presenter, CLOSED)


def answer(world: World, request: WishChangeRequest, granted: bool, text: str = "Det går inte.") -> None:
    wishes.answer_change(request, granted, text, world.producer, CLOSED)


def test_asking_for_a_change(world: World) -> None:
    request = ask(world, submit(world))
    request.refresh_from_db()
    assert (request.status, request.message, request.asked_at) == ("asked", "Vecka 7 i stället", CLOSED)


def test_asking_while_one_can_change_it_oneself(world: World) -> None:
    with pytest.raises(NotNow, match="You can still change this wish yourself"):
        wish_changes.ask_change(submit(world), "Vecka 7", world.presenter, LATER)


def test_asking_in_the_open_season_when_it_is_being_booked(world: World) -> None:
    wish = submit(world)
    book(world, wish)
    assert wish_changes.ask_change(wish, "Vecka 7", world.presenter, LATER).status == "asked"


def test_asking_twice(world: World) -> None:
    wish = submit(world)
    ask(world, wish)
    with pytest.raises(NotNow, match="You have asked already"):
        ask(world, wish)


def test_asking_for_nothing(world: World) -> None:
    with pytest.raises(Refused) as caught:
        wish_changes.ask_change(submit(world), "  ", world.presenter, CLOSED)
    assert caught.value.field == "message"


def test_asking_about_a_withdrawn_wish(world: World) -> None:
    wish = submit(world)
    wish_changes.withdraw_wish(wish, world.presenter, LATER)
    with pytest.raises(NotNow):
        ask(world, wish)


def test_a_granted_change_can_be_made_once(world: World) -> None:
    wish = submit(world)
    answer(world, ask(world, wish), granted=True)
    assert wish_changes.can_change(wish, CLOSED)
    after = datetime(2027, 1, 8, tzinfo=UTC)
    wish = wish_changes.edit(wish, data(world, shows_count=2), world.presenter, after)
    assert (wish.shows_count, wish_changes.can_change(wish, after)) == (2, False)


def test_a_granted_change_may_be_a_withdrawal(world: World) -> None:
    wish = submit(world)
    answer(world, ask(world, wish), granted=True)
    assert wish_changes.withdraw_wish(wish, world.presenter, CLOSED).withdrawn_at == CLOSED


def test_a_refused_change_leaves_the_wish_closed(world: World) -> None:
    wish = submit(world)
    request = ask(world, wish)
    answer(world, request, granted=False)
    request.refresh_from_db()
    assert (request.status, request.answer, request.answered_by) == (
        "refused",
        "Det går inte.",
        world.producer,
    )
    assert not wish_changes.can_change(wish, CLOSED)


def test_a_refusal_needs_a_reason(world: World) -> None:
    request = ask(world, submit(world))
    with pytest.raises(Refused) as caught:
        answer(world, request, granted=False, text=" ")
    assert caught.value.field == "answer"


def test_answering_twice(world: World) -> None:
    request = ask(world, submit(world))
    answer(world, request, granted=True)
    with pytest.raises(NotNow, match="has been answered already"):
        answer(world, request, granted=False)
