"""The money of a residency: its lines, and what each side pays together."""

from decimal import Decimal

import pytest

from bookings.residencies import money
from bookings.residencies.money import Cost, Sum
from tests.bookings.residencies.stays_made import Stay, planned
from tests.world import World
from tours.errors import Refused

LINES = [
    Cost("stipend", "region", Decimal(30_000), actual=Decimal(30_000)),
    Cost("housing", "host", Decimal("4000.50"), words="fyra nätter"),
    Cost("travel", "region", Decimal(2_000)),
]


@pytest.fixture
def stay(world: World) -> Stay:
    return planned(world)


def test_lines_are_kept_in_their_order(stay: Stay) -> None:
    money.set_costs(stay.residency, LINES, **stay.act())
    money.set_costs(stay.residency, LINES[1:], **stay.act())
    assert money.standing(stay.fresh()) == LINES[1:]


def test_the_same_lines_are_no_change(stay: Stay) -> None:
    money.set_costs(stay.residency, LINES, **stay.act())
    version = stay.fresh().version
    money.set_costs(stay.residency, LINES, **stay.act())
    assert stay.fresh().version == version


def test_each_sides_sum_says_whether_all_of_it_is_told() -> None:
    assert money.sums(LINES) == [
        Sum("host", Decimal("4000.50"), Decimal(0), False),
        Sum("region", Decimal(32_000), Decimal(30_000), False),
    ]


@pytest.mark.parametrize(
    "line",
    [
        Cost("stipend", "region", Decimal(-1)),
        Cost("stipend", "somebody", Decimal(1)),
        Cost("gift", "region", Decimal(1)),
        Cost("stipend", "region", Decimal(1), actual=Decimal(100_000_000)),
        Cost("other", "region", Decimal(1), words="x" * 161),
    ],
)
def test_a_line_that_cannot_be_is_refused(stay: Stay, line: Cost) -> None:
    with pytest.raises(Refused) as refused:
        money.set_costs(stay.residency, [*LINES, line], **stay.act())
    assert (refused.value.field, money.standing(stay.fresh())) == ("costs", [])
