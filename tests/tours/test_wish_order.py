"""The order of wishes: ranks without gaps, reserves for themselves."""

import pytest

from bookings import wish_changes
from tests.tours.wishing import CLOSED, LATER, another, ranks, submit
from tests.world import World
from tours import wishes
from tours.errors import NotNow, Refused, SeasonClosed
from tours.models import Wish

pytestmark = pytest.mark.usefixtures("without_wishes")


def test_reorder(world: World, three: list[Wish]) -> None:
    a, b, c = three
    wishes.reorder(world.presenting, world.season, [c.pk, a.pk, b.pk], world.presenter, LATER)
    assert ranks(world) == [("C", 1, False), ("A", 2, False), ("B", 3, False)]


def test_reorder_counts_reserves_for_themselves(world: World, three: list[Wish]) -> None:
    reserve = submit(world, is_reserve=True)
    a, b, c = three
    wishes.reorder(world.presenting, world.season, [b.pk, reserve.pk, a.pk, c.pk], world.presenter, LATER)
    assert ranks(world) == [
        ("B", 1, False),
        ("A", 2, False),
        ("C", 3, False),
        (world.production.title, 1, True),
    ]


@pytest.mark.parametrize("change", [lambda pks: pks[:-1], lambda pks: [*pks, pks[0]], lambda pks: [*pks, 0]])
def test_reorder_of_another_list(world: World, three: list[Wish], change) -> None:
    before = ranks(world)
    with pytest.raises(Refused, match="Your list has changed"):
        wishes.reorder(world.presenting, world.season, change([w.pk for w in three]), world.presenter, LATER)
    assert ranks(world) == before


def test_reorder_after_closing(world: World, three: list[Wish]) -> None:
    with pytest.raises(SeasonClosed):
        wishes.reorder(world.presenting, world.season, [w.pk for w in three], world.presenter, CLOSED)


@pytest.mark.parametrize(
    ("which", "step", "order"), [(1, -1, "BAC"), (1, 1, "ACB"), (0, -1, "ABC"), (2, 1, "ABC")]
)
def test_move(world: World, three: list[Wish], which: int, step: int, order: str) -> None:
    wishes.move(three[which], step, world.presenter, LATER)
    assert [title for title, _rank, _reserve in ranks(world)] == list(order)


def test_a_reserve_moves_among_reserves(world: World, three: list[Wish]) -> None:
    submit(world, is_reserve=True)
    second = submit(world, production=another(world, "D"), is_reserve=True, rank=2)
    wishes.move(second, -1, world.presenter, LATER)
    assert [title for title, _rank, reserve in ranks(world) if reserve] == ["D", world.production.title]


def test_moving_a_withdrawn_wish(world: World, three: list[Wish]) -> None:
    wish_changes.withdraw_wish(three[0], world.presenter, LATER)
    with pytest.raises(NotNow):
        wishes.move(three[0], 1, world.presenter, LATER)
