"""Whom to reach at a visit: each side names its own, and what is kept of a person has an end."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from bookings import contacts, lifecycle
from bookings.models import Booking, BookingChange, VisitContact
from tests.agreements import NOW, confirmed
from tests.checklists import fresh, prepared
from tests.world import World
from tours.errors import NotNow, Refused

MAJ = {"name": "Maj", "phone": "070-174 06 05", "email": "vard@example.org"}


def named(booking: Booking, role: str = "artist_host", **changes: Any) -> VisitContact | None:
    return contacts.name(booking, role, **{**MAJ, "by": booking.wish.created_by, "now": NOW, **changes})


class TestName:
    def test_the_roles_are_the_lists(self, world: World) -> None:
        booking = prepared(world)
        named(booking)
        found = contacts.roles(fresh(booking))
        assert [(role.key, role.side, role.label) for role in found] == [
            ("artist_host", "presenter", "Artist host"),
            ("company", "producer", "The company"),
        ]
        assert [str(role.contact and role.contact.name) for role in found] == ["Maj", "None"]

    def test_none_without_a_list(self, world: World) -> None:
        assert contacts.roles(confirmed(world)) == []

    def test_history_says_the_role_and_nobodys_name(self, world: World) -> None:
        named(prepared(world))
        line = BookingChange.objects.latest("id")
        assert (line.action, line.reason, line.details) == (
            "contact", "", {"words": {"sv": "Artistvärd", "en": "Artist host"}}
        )  # fmt: skip

    def test_said_again_changes_nothing(self, world: World) -> None:
        booking = prepared(world)
        named(booking)
        named(booking)
        assert BookingChange.objects.filter(action="contact").count() == 1

    def test_nothing_takes_it_away(self, world: World) -> None:
        booking = prepared(world)
        named(booking)
        assert named(booking, name="", phone=" ", email="") is None
        assert (VisitContact.objects.count(), BookingChange.objects.latest("id").action) == (0, "no_contact")

    def test_a_role_that_the_list_has_not(self, world: World) -> None:
        with pytest.raises(Refused, match="no such role"):
            named(prepared(world), "juggler")

    def test_not_of_a_cancelled_visit(self, world: World) -> None:
        booking = lifecycle.cancel(prepared(world), by=world.producer, now=NOW, reason="Ill")
        with pytest.raises(NotNow):
            named(booking)

    def test_an_empty_contact_is_none(self, world: World) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            VisitContact.objects.create(booking=prepared(world), role="artist_host", changed_at=NOW)


class TestTheEnd:
    def test_forgotten_some_time_after_the_visit(self, world: World, settings: Any) -> None:
        settings.CONTACTS_KEPT_DAYS = 30
        booking = prepared(world)
        named(booking)
        end = booking.occupied_to + timedelta(days=30)
        assert (contacts.forget_due(end), contacts.forget_due(end + timedelta(seconds=1))) == (0, 1)

    @pytest.mark.parametrize("known", ["VARD@example.org", "070-174 06 05 ", "maj"])
    def test_erased_by_what_was_given(self, world: World, known: str) -> None:
        named(prepared(world))
        assert (contacts.erase("somebody else"), contacts.erase(known)) == (0, 1)

    def test_exported_with_the_visit(self, world: World) -> None:
        named(prepared(world))
        assert contacts.exported("vard@example.org") == [
            {
                "visit": "Trumman och tystnaden – Backe bygdegård",
                "on": "2027-02-03T09:00:00+00:00",
                "role": "artist_host",
                **MAJ,
                "told_at": NOW.isoformat(),
            }
        ]

    def test_the_command(self, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        named(prepared(world))
        VisitContact.objects.filter().update(booking=_long_ago(world))
        for words in (["export", "maj"], ["forget", "--dry-run"], ["forget"], ["erase", "maj"]):
            call_command("contacts", *words)
        exported, *said = capsys.readouterr().out.rsplit("\n", 4)[:4]
        assert json.loads(exported)[0]["name"] == "Maj"
        assert said == ["1 contacts would be forgotten.", "1 contacts forgotten.", "0 contacts erased."]


def _long_ago(world: World) -> Booking:
    booking = Booking.objects.get()
    Booking.objects.update(occupied_from=NOW - timedelta(days=400), occupied_to=NOW - timedelta(days=399))
    return booking
