"""Runs in a queue: who claims which, how long it is theirs, and when a stop is heard."""

from datetime import UTC, datetime, timedelta

import pytest

from bookings import planning
from bookings.leases import Asked, claim, claimed
from tests.world import World
from tours.models import Proposal

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
MARGIN = 60


@pytest.fixture
def proposal(world: World) -> Proposal:
    return planning.propose(world.tour, by=world.producer, seconds=10)


def taken(now: datetime) -> Proposal | None:
    return claim(Proposal.objects.order_by("requested_at", "pk"), MARGIN, now)


def test_one_that_waits_is_claimed_for_its_budget_and_the_margin(proposal: Proposal) -> None:
    found = taken(NOW)
    assert found == proposal
    assert (found.state, found.claimed_until) == ("running", NOW + timedelta(seconds=70))


def test_nobody_claims_what_another_has(proposal: Proposal) -> None:
    taken(NOW)
    assert taken(NOW + timedelta(seconds=69)) is None


def test_what_a_dead_worker_had_is_claimed_again_and_is_its_no_more(proposal: Proposal) -> None:
    first = taken(NOW)
    second = taken(NOW + timedelta(seconds=70))
    assert first
    assert second
    assert (claimed(first).exists(), claimed(second).exists()) == (False, True)


def test_a_stop_is_heard_when_it_is_time_to_look(proposal: Proposal) -> None:
    seen: list[str] = []
    asked = Asked(proposal, every=3600, before=lambda: seen.append("stored"))
    Proposal.objects.update(stop_asked_at=NOW)
    assert (asked(), seen) == (False, [])
    asked.every = 0
    assert (asked(), seen) == (True, ["stored"])
