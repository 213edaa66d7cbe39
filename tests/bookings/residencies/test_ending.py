"""A residency that is cancelled, and one that gets another host."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bookings.models import Allocation, Notice, Residency, SubEvent
from bookings.residencies import contract_words, contracts, ending, money
from bookings.residencies.money import Cost
from tests.bookings.residencies import moments
from tests.bookings.residencies.stays_made import ANSWER_BY, NOW, Stay, confirmed, planned
from tests.world import World
from tours.errors import NotNow, Refused


@pytest.fixture
def stay(world: World) -> Stay:
    return confirmed(world)


def cancel(stay: Stay, side: str = "host", **more: object) -> None:
    ending.cancel(stay.residency, side, why="Taket läcker.", **stay.act(**more))


def move(stay: Stay) -> None:
    world = stay.world
    ending.move(stay.residency, world.neighbouring, world.places["Strömsund"], **stay.act())


def test_all_that_it_had_is_free_and_nothing_is_deleted(stay: Stay) -> None:
    cancel(stay)
    seen = stay.fresh()
    assert (seen.status, seen.cancelled_by_side, seen.cancelled_why) == ("cancelled", "host", "Taket läcker.")
    assert (Allocation.objects.count(), seen.periods.count(), seen.contracts.count()) == (0, 2, 1)
    assert [row.sequence for row in seen.periods.all()] == [1, 1]


@pytest.mark.parametrize("side", ["host", "artist", "region"])
def test_everybody_hears_at_once_by_whom_and_why(stay: Stay, side: str) -> None:
    cancel(stay, side)
    told = Notice.objects.filter(kind="residency_cancelled")
    assert sorted(told.values_list("to_email", flat=True)) == sorted(
        ["backe-bygdegard@example.org", "kulturkontoret@example.org", stay.artist.email]
    )
    assert {notice.send_after for notice in told} == {NOW}
    assert all("Taket läcker." in notice.body_text for notice in told)


def test_the_history_has_the_reason(stay: Stay) -> None:
    cancel(stay)
    line = stay.residency.changes.last()
    assert line is not None
    assert (line.action, line.from_status, line.to_status, line.reason) == (
        "cancel",
        "confirmed",
        "cancelled",
        "Taket läcker.",
    )


@pytest.mark.parametrize(("side", "why", "field"), [("somebody", "x", "side"), ("host", " ", "why")])
def test_who_and_why_are_told(stay: Stay, side: str, why: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        ending.cancel(stay.residency, side, why=why, **stay.act())
    assert (refused.value.field, stay.fresh().status) == (field, "confirmed")


def test_it_is_cancelled_once(stay: Stay) -> None:
    cancel(stay)
    with pytest.raises(NotNow, match="is cancelled"):
        cancel(stay)


def test_what_has_begun_ends_earlier_instead(stay: Stay) -> None:
    with pytest.raises(NotNow, match="has begun"):
        cancel(stay, now=datetime(2027, 5, 3, 9, tzinfo=UTC))


class TestAnotherHost:
    def test_artist_work_days_and_money_of_others_are_kept(self, stay: Stay) -> None:
        lines = [Cost("stipend", "region", Decimal(30_000)), Cost("room", "host", Decimal(4_000))]
        money.set_costs(stay.residency, lines, **stay.act())
        cancel(stay)
        move(stay)
        seen = stay.fresh()
        assert (seen.host, seen.place.name, seen.status) == (stay.world.neighbouring, "Strömsund", "planned")
        assert (seen.artist, seen.title, seen.periods.count()) == (stay.artist, "Vindens väg", 2)
        assert money.standing(seen) == lines[:1]

    def test_the_new_host_agrees_to_a_contract_of_its_own(self, stay: Stay) -> None:
        cancel(stay)
        move(stay)
        answer_by = datetime(2027, 2, 1, 9, tzinfo=UTC)
        contract = contracts.send(stay.residency, answer_by=answer_by, **stay.act())
        assert (contract.number, contract.facts["host"]["name"]) == (2, "Folkets hus Strömsund")
        for side, by in (("host", stay.world.neighbour), ("artist", stay.artist)):
            contracts.agree(stay.residency, side, number=2, by=by, now=NOW)
        assert stay.fresh().status == "confirmed"

    def test_what_the_new_host_gets_is_no_change_of_what_the_former_one_had(self, stay: Stay) -> None:
        cancel(stay)
        move(stay)
        contract = contracts.send(stay.residency, answer_by=ANSWER_BY, **stay.act())
        told = Notice.objects.filter(kind="residency_offered", body_text__contains="Folkets hus Strömsund")
        assert sorted(told.values_list("to_email", flat=True)) == sorted(
            [stay.world.neighbouring.email, stay.artist.email]
        )
        former = stay.residency.contracts.get(number=1)
        assert contract_words.differences(former.facts, contract.facts) == []

    def test_nobody_says_yes_to_what_was_sent_before_it_had_another_host(self, world: World) -> None:
        stay = planned(world)
        contracts.send(stay.residency, answer_by=ANSWER_BY, **stay.act())
        move(stay)
        ending.move(stay.residency, world.presenting, world.places["Backe"], **stay.act())
        with pytest.raises(NotNow, match="was changed after"):
            contracts.agree(stay.residency, "host", number=1, by=world.presenter, now=NOW)

    @pytest.mark.parametrize("side", ["artist", "region"])
    def test_only_where_it_is_the_host_that_withdrew(self, stay: Stay, side: str) -> None:
        cancel(stay, side)
        with pytest.raises(NotNow, match="Another host"):
            move(stay)

    def test_not_behind_the_back_of_a_host_that_has_agreed(self, stay: Stay) -> None:
        with pytest.raises(NotNow, match="Another host"):
            move(stay)
        assert stay.fresh().host == stay.world.presenting

    def test_one_that_is_only_planned_may_have_another(self, world: World) -> None:
        stay = planned(world)
        move(stay)
        assert stay.fresh().host == world.neighbouring

    def test_schools_hear_that_what_was_to_come_is_off_and_what_was_held_stays(self, world: World) -> None:
        stay = moments.confirmed(world)
        past, coming = moments.added(stay), moments.workshop(stay, **moments.later())
        over = moments.OVER
        Residency.objects.filter(pk=stay.residency.pk).update(status="offered", host_agreed_at=None)
        ending.move(stay.residency, world.neighbouring, world.places["Strömsund"], **stay.act(now=over))
        rows = SubEvent.objects.order_by("starts_at").values_list("pk", "cancelled_at")
        assert list(rows) == [(past.pk, None), (coming.pk, over)]
        assert moments.kinds_mailed() == ["sub_event_set", "sub_event_cancelled"]
        assert Notice.objects.get(kind="sub_event_cancelled").producer == world.presenting

    def test_why_the_former_host_withdrew_does_not_stay_with_its_sub_events(self, world: World) -> None:
        stay = moments.confirmed(world)
        event = moments.added(stay, is_public=True)
        cancel(stay)
        move(stay)
        event.refresh_from_db()
        assert event.cancelled_why == "The residency has another host."

    def test_the_same_host_is_none_other(self, world: World) -> None:
        stay = planned(world)
        with pytest.raises(Refused) as refused:
            ending.move(stay.residency, world.presenting, world.places["Backe"], **stay.act())
        assert refused.value.field == "host"

    def test_the_history_says_from_whom_to_whom(self, world: World) -> None:
        stay = planned(world)
        move(stay)
        line = Residency.objects.get(pk=stay.residency.pk).changes.last()
        assert line is not None
        assert line.details == {"from": "Backe bygdegård", "to": "Folkets hus Strömsund"}
