"""Settling a visit: what is invoiced, what is missing before, and what stands after."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bookings import lifecycle, pricing, reporting, settling
from bookings.models import Booking, Notice, SettledLine
from bookings.pricing import Line
from bookings.settlement import sheet_of, sums
from bookings.settling import Invoiced
from bookings.states import shown_state
from tests.agreements import DAY, NOW, confirmed, held
from tests.world import World
from tours.errors import NotNow, Refused
from tours.money import Money


def kr(amount: Any) -> Money:
    return Money(Decimal(amount), "SEK")


def agreed(world: World, *lines: Line) -> Booking:
    """A confirmed visit with those lines."""
    booking = pricing.set_price(held(world), by=world.producer, now=NOW, lines=lines)
    lifecycle.offer(booking, by=world.producer, now=NOW)
    return lifecycle.confirm(booking, by=world.presenter, now=NOW)


def with_open_lodging(world: World) -> Booking:
    fee = Line("fee", Decimal(7000), vat_percent=Decimal(0))
    return reported(agreed(world, fee, Line("lodging", None, vat_percent=Decimal(12))), world)


def reported(booking: Booking, world: World) -> Booking:
    return reporting.report_played(booking, by=world.presenter, now=booking.occupied_to, figures=[(80, 70)])


def not_played(booking: Booking, world: World) -> Booking:
    return reporting.report_not_played(
        booking, by=world.presenter, now=booking.occupied_to, reason="Snö", cause="weather"
    )


def invoice(booking: Booking, world: World, *lines: Invoiced) -> Booking:
    return settling.set_invoice(booking, by=world.producer, now=booking.occupied_to, lines=lines)


def settle(booking: Booking, world: World) -> Booking:
    return settling.settle(booking, by=world.producer, now=booking.occupied_to + DAY)


def sheet(booking: Booking) -> Any:
    return sheet_of(Booking.objects.with_ground().get(pk=booking.pk), booking.occupied_to)


class TestTheSheet:
    def test_invoices_what_was_agreed(self, world: World) -> None:
        found = sheet(reported(confirmed(world), world))
        assert (found.standing, found.invoice, found.missing) == ("ready", kr(9800), [])

    def test_waits_for_the_visit(self, world: World) -> None:
        booking = confirmed(world)
        found = sheet_of(booking, booking.occupied_to - DAY)
        assert (found.standing, len(found.missing)) == ("not_yet", 1)

    def test_waits_for_the_report(self, world: World) -> None:
        assert sheet(confirmed(world)).missing == ["The visit has not been reported."]

    def test_waits_for_what_turns_out(self, world: World) -> None:
        booking = with_open_lodging(world)
        assert sheet(booking).missing == ["Say what was paid as it turned out: lodging."]
        assert sheet(invoice(booking, world, Invoiced("lodging", Decimal(1200)))).invoice == kr(8200)

    def test_what_was_not_played_is_invoiced_as_is_said(self, world: World) -> None:
        booking = not_played(confirmed(world), world)
        assert sheet(booking).standing == "not_yet"
        found = sheet(invoice(booking, world, Invoiced("fee", Decimal(0), why="Ställdes in av snö.")))
        assert (found.standing, found.invoice) == ("ready", kr(0))

    def test_says_the_difference_and_why(self, world: World) -> None:
        booking = reported(confirmed(world), world)
        lines = Invoiced("fee", Decimal(9000), why="En mindre."), Invoiced("other", Decimal(100), why="Kaffe")
        found = sheet(invoice(booking, world, *lines))
        assert [(row.kind, row.difference, row.why) for row in found.rows] == [
            ("fee", kr(-800), "En mindre."),
            ("other", kr(100), "Kaffe"),
        ]

    def test_reckons_vat_by_its_rate(self, world: World) -> None:
        found = sheet(invoice(with_open_lodging(world), world, Invoiced("lodging", Decimal(1000))))
        assert found.vat == {Decimal(0): kr(0), Decimal(12): kr(120)}
        assert found.with_vat == kr(8120)

    def test_says_no_sum_as_long_as_a_rate_is_not_said(self, world: World) -> None:
        found = sheet(reported(confirmed(world), world))
        assert ([row.kind for row in found.without_rate], found.with_vat) == (["fee"], None)

    def test_adds_up_a_tour(self, world: World) -> None:
        booking = reported(confirmed(world), world)
        reporting.tell_costs(
            booking, by=world.presenter, now=booking.occupied_to, costs={"room": Decimal(300)}
        )
        found = sheet(booking)
        assert sums([found, found], "SEK") == {
            "agreed": kr(19600),
            "invoice": kr(19600),
            "presenter": kr(600),
            "producer": kr(0),
        }


class TestWhatIsInvoiced:
    @pytest.mark.parametrize(
        "line",
        [
            Invoiced("fee", Decimal(9000)),
            Invoiced("other", Decimal(100)),
            Invoiced("fee", Decimal(-1), why="Nej"),
            Invoiced("fee", Decimal(9800), Decimal(101)),
            Invoiced("nothing", Decimal(1), why="Nej"),
        ],
    )
    def test_that_cannot_be(self, world: World, line: Invoiced) -> None:
        booking = reported(confirmed(world), world)
        with pytest.raises(Refused) as refusal:
            invoice(booking, world, line)
        assert (refusal.value.ids["kind"], SettledLine.objects.count()) == (line.kind, 0)

    def test_a_rate_alone_needs_no_why(self, world: World) -> None:
        booking = reported(confirmed(world), world)
        assert sheet(invoice(booking, world, Invoiced("fee", Decimal(9800), Decimal(6)))).with_vat == kr(
            10388
        )

    def test_the_database_refuses_what_is_negative(self, world: World) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            SettledLine.objects.create(booking=confirmed(world), kind="fee", amount=Decimal(-1))


class TestSettling:
    def test_it_is_shown_as_settled(self, world: World) -> None:
        booking = settle(reported(confirmed(world), world), world)
        assert shown_state(booking, booking.occupied_to) == "settled"

    def test_what_was_not_played_is_settled_too(self, world: World) -> None:
        booking = invoice(not_played(confirmed(world), world), world, Invoiced("fee", Decimal(0), why="Snö"))
        assert settle(booking, world).settled_at is not None

    def test_the_history_keeps_the_figures(self, world: World) -> None:
        line = settle(reported(confirmed(world), world), world).changes.last()
        assert (line.action, line.by, line.details) == (
            "settle",
            world.producer,
            {"invoice": "9800.00", "currency": "SEK", "lines": {"fee": "9800.00"}},
        )

    def test_the_presenter_hears_what_it_comes_to(self, world: World) -> None:
        settle(reported(confirmed(world), world), world)
        mail = Notice.objects.get(kind="settled")
        assert (mail.to_email, "9 800" in mail.body_text.replace("\u00a0", " ")) == (
            world.presenting.email,
            True,
        )

    def test_not_before_it_is_reported(self, world: World) -> None:
        with pytest.raises(NotNow):
            settle(confirmed(world), world)

    def test_not_before_every_line_is_known(self, world: World) -> None:
        with pytest.raises(Refused):
            settle(with_open_lodging(world), world)

    def test_not_twice(self, world: World) -> None:
        booking = settle(reported(confirmed(world), world), world)
        with pytest.raises(NotNow):
            settle(booking, world)

    def test_then_nothing_of_it_changes(self, world: World) -> None:
        booking = settle(reported(confirmed(world), world), world)
        with pytest.raises(NotNow):
            invoice(booking, world, Invoiced("fee", Decimal(1), why="Nej"))

    def test_the_database_settles_only_what_was_reported(self, world: World) -> None:
        booking = confirmed(world)
        with pytest.raises(IntegrityError), transaction.atomic():
            Booking.objects.filter(pk=booking.pk).update(settled_at=NOW)


class TestOpeningAgain:
    def test_with_a_reason(self, world: World) -> None:
        booking = settle(reported(confirmed(world), world), world)
        later = booking.occupied_to + 2 * DAY
        booking = settling.reopen(booking, by=world.producer, now=later, reason="Fel belopp")
        assert (booking.settled_at, booking.changes.last().reason) == (None, "Fel belopp")

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_not_without(self, world: World, reason: str) -> None:
        booking = settle(reported(confirmed(world), world), world)
        with pytest.raises(Refused):
            settling.reopen(booking, by=world.producer, now=booking.occupied_to, reason=reason)

    def test_only_what_is_settled(self, world: World) -> None:
        booking = reported(confirmed(world), world)
        with pytest.raises(NotNow):
            settling.reopen(booking, by=world.producer, now=booking.occupied_to, reason="Fel belopp")
