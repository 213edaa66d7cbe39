"""From when one may come to a dwelling and until when one leaves: told by its house, reserved, and in the contract."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from bookings.kept_facts import digest_of
from bookings.models import Allocation, ResidencyContract
from bookings.residencies import contract_words, contracts, reserving
from bookings.residencies.days import Days, set_days
from tests.bookings.residencies.stays_made import ANSWER_BY, MAY, NOW, Stay, dwelling, planned
from tests.world import World
from venues.models import Dwelling

LATE, EARLY = time(17), time(9, 30)


@pytest.fixture
def stay(world: World) -> Stay:
    return planned(world, [MAY])


def tell(home: Dwelling, comes_at: time | None, leaves_at: time | None) -> None:
    Dwelling.objects.filter(pk=home.pk).update(comes_at=comes_at, leaves_at=leaves_at)


def take(stay: Stay, home: Dwelling | None = None) -> None:
    reserving.reserve_dwelling(stay.residency, home or stay.dwelling, **stay.act())


def taken(stay: Stay) -> list[tuple[str, str]]:
    rows = Allocation.objects.filter(residency=stay.residency, dwelling__isnull=False).order_by("pk")
    return [
        tuple(f"{timezone.localtime(at):%d %H:%M}" for at in (row.occupied_from, row.occupied_to))
        for row in rows
    ]


def words(stay: Stay) -> list[str]:
    """What the contract says of dwellings."""
    return words_of(contracts.facts_of(stay.fresh()))


def words_of(facts: dict) -> list[str]:
    rows = [row for part in contract_words.sections(facts) for row in part.rows]
    return [line for row in rows if row.term.startswith("Dwelling") for line in row.text.splitlines()]


def test_they_are_reserved_as_told(stay: Stay) -> None:
    tell(stay.dwelling, LATE, EARLY)
    take(stay)
    assert taken(stay) == [("03 17:00", "16 09:30")]


@pytest.mark.parametrize(
    ("told", "usual"), [((None, EARLY), ("15:00", "09:30")), ((LATE, None), ("17:00", "11:00"))]
)
def test_what_is_not_told_is_as_usual(
    stay: Stay, told: tuple[time | None, time | None], usual: tuple[str, str]
) -> None:
    tell(stay.dwelling, *told)
    take(stay)
    assert taken(stay) == [(f"03 {usual[0]}", f"16 {usual[1]}")]


def test_what_is_told_later_moves_nothing_that_is_reserved(world: World, stay: Stay) -> None:
    take(stay)
    tell(stay.dwelling, LATE, EARLY)
    reserving.reserve_room(stay.residency, world.venue, **stay.act())
    (period,) = stay.residency.periods.all()
    longer = Days(period.starts_on, period.ends_on + timedelta(days=1), period.pk)
    set_days(stay.residency, [longer], **stay.act())
    assert taken(stay) == [("03 15:00", "17 11:00")]


def test_reserved_anew_it_has_what_is_told_now(stay: Stay) -> None:
    take(stay)
    tell(stay.dwelling, LATE, EARLY)
    take(stay)
    assert taken(stay) == [("03 17:00", "16 09:30")]


def test_the_contract_has_them_as_they_are_reserved(stay: Stay) -> None:
    tell(stay.dwelling, LATE, EARLY)
    take(stay)
    tell(stay.dwelling, None, None)
    assert words(stay) == [
        "Lägenheten i Backe, Backe (3 beds)",
        "from 17:00 on the first day to 09:30 on the last",
    ]


def test_of_several_dwellings_each_has_its_own(world: World, stay: Stay) -> None:
    other = dwelling(world, "Prästgården", beds=1)
    tell(other, LATE, None)
    take(stay)
    take(stay, other)
    assert words(stay) == [
        "Lägenheten i Backe, Backe (3 beds), from 15:00 on the first day to 11:00 on the last",
        "Prästgården, Backe (1 bed), from 17:00 on the first day to 11:00 on the last",
    ]


class TestContractsFromBefore:
    """Of a contract that was sent when all dwellings had the same hours, which it does not name."""

    @pytest.fixture
    def kept(self, stay: Stay) -> ResidencyContract:
        take(stay)
        contracts.send(stay.fresh(), answer_by=ANSWER_BY, **stay.act())
        facts = contracts.facts_of(stay.fresh(), schema=1)
        ResidencyContract.objects.all().delete()
        made: ResidencyContract = ResidencyContract.objects.create(
            residency=stay.residency,
            number=1,
            host=stay.residency.host,
            made_at=NOW,
            facts=facts,
            digest=digest_of(facts),
        )
        return made

    def test_it_names_none(self, kept: ResidencyContract) -> None:
        assert [list(home) for home in kept.facts["periods"][0]["dwellings"]] == [["name", "beds"]]

    def test_it_reads_as_it_did(self, kept: ResidencyContract) -> None:
        assert words_of(kept.facts)[1:] == ["from 15:00 on the first day to 11:00 on the last"]

    def test_nothing_has_changed_since(self, stay: Stay, kept: ResidencyContract) -> None:
        assert not contracts.is_changed_since(stay.fresh())

    def test_it_is_answered_still(self, stay: Stay, kept: ResidencyContract) -> None:
        contracts.agree(stay.fresh(), "artist", number=1, by=stay.artist, now=NOW)
        assert stay.fresh().artist_agreed_at == NOW

    def test_other_hours_are_a_change(self, stay: Stay, kept: ResidencyContract) -> None:
        tell(stay.dwelling, LATE, None)
        take(stay)
        assert contracts.is_changed_since(stay.fresh())
        found = contract_words.differences(kept.facts, contracts.facts_of(stay.fresh()))
        assert [one.term for one in found] == ["Dwelling, period 1"]
