"""Reminding whoever may claim of a deadline that comes: once, in time, and only where something may be claimed."""

from dataclasses import replace
from datetime import datetime

import pytest

from bookings import claim_reminders, claiming, claims
from bookings.models import Booking, Notice
from tests.agreements import DAY, confirmed
from tests.bookings import claimed
from tests.bookings.claimed import AFTER, of_an_older_version, rules, sent, settled
from tests.world import World
from venues.models import SubsidyScheme

#: The scheme's deadline is 12 June.
SOON = datetime(2027, 6, 1, 9, tzinfo=AFTER.tzinfo)


@pytest.fixture(autouse=True)
def scheme(world: World) -> SubsidyScheme:
    return claimed.scheme(world)


def reminded() -> list[tuple[str, str]]:
    found = Notice.objects.filter(kind="claim_due_soon")
    return [(mail.to_email, mail.subject) for mail in found]


def test_two_weeks_before(world: World) -> None:
    settled(world)
    assert claim_reminders.remind_due(SOON) == 1
    assert reminded() == [("backe-bygdegard@example.org", "Sök senast lör 12 jun 2027: Bidraget")]


def test_not_earlier(world: World) -> None:
    settled(world)
    assert claim_reminders.remind_due(SOON - 10 * DAY) == 0


def test_as_early_as_the_data_say(world: World, scheme: SubsidyScheme) -> None:
    scheme.rules = rules(remind_days=30)
    scheme.save()
    settled(world)
    assert claim_reminders.remind_due(SOON - 10 * DAY) == 1


def test_once(world: World) -> None:
    settled(world)
    claim_reminders.remind_due(SOON)
    assert claim_reminders.remind_due(SOON + DAY) == 0
    assert len(reminded()) == 1


def test_of_a_draft_too(world: World) -> None:
    claiming.begin(settled(world), by=world.presenter, now=AFTER)
    assert claim_reminders.remind_due(SOON) == 1


def test_of_each_claim_by_its_own_version_of_the_rules(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(world)
    found = claims.gather(Booking.objects.all(), SOON)
    mixed = replace(found, packs=of_an_older_version(found.packs))
    monkeypatch.setattr(claims, "gather", lambda bookings, now: mixed)
    assert claim_reminders.remind_due(SOON) == 1


def test_not_of_what_is_sent_in(world: World) -> None:
    sent(world)
    assert claim_reminders.remind_due(SOON) == 0


def test_of_what_is_not_reported_yet(world: World) -> None:
    confirmed(world)
    assert claim_reminders.remind_due(SOON) == 1


def test_nobody_where_the_data_name_no_deadline(world: World, scheme: SubsidyScheme) -> None:
    scheme.rules = {name: value for name, value in rules().items() if name != "deadlines"}
    scheme.save()
    settled(world)
    assert claim_reminders.remind_due(SOON) == 0
