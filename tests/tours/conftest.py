"""What the tests of wishes may use besides."""

import pytest

from tests.tours.wishing import another, submit
from tests.world import World
from tours.models import Wish


@pytest.fixture
def without_wishes(world: World) -> None:
    """Nobody in the world has wished yet."""
    Wish.objects.all().delete()


@pytest.fixture
def three(without_wishes: None, world: World) -> list[Wish]:
    """Three ranked wishes, A to C."""
    return [
        submit(world, production=another(world, title), rank=rank)
        for rank, title in enumerate("ABC", start=1)
    ]
