"""Wishes handed in, and refused, in the small world."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from tests import factories as make
from tests.world import World
from tours import wishes
from tours.errors import TurneError
from tours.models import Wish
from tours.wishes import Span, WishInput

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
LATER = datetime(2026, 10, 2, 12, tzinfo=UTC)
CLOSED = datetime(2027, 1, 7, 12, tzinfo=UTC)
SPAN = Span(date(2027, 2, 1), date(2027, 2, 12), time(9), time(19))


def data(world: World, **other: object) -> WishInput:
    usual = WishInput(
        production=world.production,
        venue=world.venue,
        rank=1,
        is_reserve=False,
        shows_count=1,
        audience="public",
        audience_expected=60,
        spans=(SPAN,),
    )
    return replace(usual, **other)


def submit(world: World, now: datetime = NOW, **other: object) -> Wish:
    return wishes.submit(world.season, world.presenting, data(world, **other), world.presenter, now)


def refusal(world: World, **other: object) -> tuple[str, str]:
    """Field and sentence of the refusal, with nothing written."""
    with pytest.raises(TurneError) as caught:
        submit(world, **other)
    assert Wish.objects.count() == 0
    return caught.value.field, str(caught.value)


def another(world: World, title: str = "Fjällfolk", **fields: object):
    """One more production on the menu."""
    production = make.ProductionFactory(ensemble=world.ensemble, title=title, **fields)
    make.RiderFactory(production=production)
    world.season.productions.add(production)
    return production


def ranks(world: World) -> list[tuple[str, int, bool]]:
    standing = Wish.objects.standing().filter(organisation=world.presenting)
    return list(
        standing.order_by("is_reserve", "rank").values_list("production__title", "rank", "is_reserve")
    )
