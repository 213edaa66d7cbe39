"""A visit's price, line by line: from the price list, agreed while it is held, frozen once it is offered."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bookings import lifecycle, price_words, pricing
from bookings.models import Booking, PriceLine
from bookings.pricing import Line
from tests.agreements import NOW, confirmed, held, offered
from tests.world import World
from tours.errors import NotNow, Refused

FEE = Line("fee", Decimal(7000))
TRAVEL = Line("travel", Decimal(1500), vat_percent=Decimal(25))
LODGING = Line("lodging", None)


def agree(booking: Booking, world: World, *lines: Line) -> Booking:
    return pricing.set_price(booking, by=world.producer, now=NOW, lines=lines)


def kinds(booking: Booking) -> list[tuple[str, Decimal | None]]:
    return list(booking.price_lines.order_by("id").values_list("kind", "amount"))


def two_shows(world: World) -> Booking:
    world.wish.shows_count = 2
    world.wish.save()
    return held(world)


def test_the_price_list_gives_the_first_lines(world: World) -> None:
    assert kinds(held(world)) == [("fee", Decimal(9800))]


def test_a_second_show_the_same_day_and_room_has_its_own_price(world: World) -> None:
    booking = two_shows(world)
    assert kinds(booking) == [("fee", Decimal(9800)), ("next_shows", Decimal(4900))]
    assert booking.price == Decimal(14700)


def test_a_price_without_the_road_leaves_it_to_what_it_turns_out(world: World) -> None:
    world.production.is_all_in = False
    world.production.save()
    world.tour.refresh_from_db()
    assert kinds(held(world))[1:] == [("travel", None), ("lodging", None), ("per_diem", None)]


def test_the_lines_do_not_follow_the_price_list_later(world: World) -> None:
    booking = held(world)
    world.production.fee = Decimal(1)
    world.production.save()
    assert kinds(booking) == [("fee", Decimal(9800))]


def test_a_visit_without_lines_has_its_price_in_one(world: World) -> None:
    booking = held(world)
    booking.price_lines.all().delete()
    assert pricing.lines_of(booking) == [Line("fee", Decimal(9800))]


def test_other_lines_are_agreed_while_it_is_held(world: World) -> None:
    booking = agree(held(world), world, FEE, TRAVEL)
    assert (booking.price, booking.is_all_in, kinds(booking)) == (
        Decimal(8500),
        True,
        [("fee", Decimal(7000)), ("travel", Decimal(1500))],
    )


def test_what_turns_out_later_is_not_all_in(world: World) -> None:
    booking = agree(held(world), world, FEE, LODGING)
    assert (booking.price, booking.is_all_in) == (Decimal(7000), False)


def test_what_the_producer_pays_is_not_the_presenters_price(world: World) -> None:
    booking = agree(held(world), world, FEE, Line("lodging", Decimal(900), payer="producer"))
    assert (booking.price, booking.is_all_in) == (Decimal(7000), True)


def test_the_history_keeps_both_prices(world: World) -> None:
    booking = agree(held(world), world, FEE)
    line = booking.changes.last()
    told = {name: line.details[name] for name in ("from", "to")}
    assert (line.action, line.by, told) == ("price", world.producer, {"from": "9800.00", "to": "7000"})


@pytest.mark.parametrize("made", [offered, confirmed])
def test_it_is_frozen_once_it_is_offered(world: World, made: Any) -> None:
    booking = made(world)
    with pytest.raises(NotNow):
        agree(booking, world, FEE)
    assert kinds(booking) == [("fee", Decimal(9800))]


def test_a_visit_that_is_held_again_keeps_what_was_agreed(world: World) -> None:
    booking = agree(held(world), world, FEE, TRAVEL)
    lifecycle.release(booking, by=world.producer, now=NOW)
    assert kinds(held(world, like=booking)) == [("fee", Decimal(7000)), ("travel", Decimal(1500))]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([], "fee"),
        ([TRAVEL], "fee"),
        ([FEE, TRAVEL, TRAVEL], "travel"),
        ([Line("fee", Decimal(-1))], "fee"),
        ([Line("fee", None)], "fee"),
        ([Line("fee", Decimal("0.001"))], "fee"),
        ([Line("fee", Decimal("1e9"))], "fee"),
        ([Line("fee", Decimal("NaN"))], "fee"),
        ([FEE, Line("travel", Decimal(1), vat_percent=Decimal(101))], "travel"),
    ],
)
def test_lines_that_cannot_be(world: World, lines: list[Line], kind: str) -> None:
    booking = held(world)
    with pytest.raises(Refused) as refusal:
        agree(booking, world, *lines)
    assert (refusal.value.field, refusal.value.ids["kind"], kinds(booking)) == (
        "lines",
        kind,
        [("fee", Decimal(9800))],
    )


@pytest.mark.parametrize(
    "row",
    [
        {"kind": "travel", "amount": Decimal(-1)},
        {"kind": "next_shows", "amount": None},
        {"kind": "fee", "amount": Decimal(1)},
        {"kind": "travel", "amount": Decimal(1), "vat_percent": Decimal(101)},
    ],
)
def test_the_database_refuses_them_too(world: World, row: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PriceLine.objects.create(booking=held(world), **row)


def test_the_words_name_what_is_fixed_and_what_is_not(world: World) -> None:
    booking = agree(held(world), world, FEE, TRAVEL, LODGING, Line("rights", None, payer="producer"))
    assert price_words.lines_text(booking).replace("\u00a0", " ") == (
        "Fee 7,000 kr, travel 1,500 kr. Paid as it turns out: lodging. The producer pays: rights."
    )


def test_one_fee_needs_no_more_words(world: World) -> None:
    assert price_words.lines_text(held(world)) == ""
