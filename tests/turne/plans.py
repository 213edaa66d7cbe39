"""Plans of the small world, adopted or not, and the board that shows them."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from bookings import planning, running
from bookings.models import Booking
from tests.turne.pages import BEFORE_THE_TOUR
from tests.world import World
from tours.models import Proposal, Tour, Wish
from turne.web import boards
from turne.web.desk import Desk, read_desk

#: Never reached, however busy the machine: with every stop locked the planner ends as soon as it has its proof.
PROOF_SECONDS = 60


def tour_of(world: World) -> Tour:
    return Tour.objects.with_ground().select_related("production__rider").get(pk=world.tour.pk)


def planned(world: World, seconds: int = 1) -> Proposal:
    return running.run(planning.propose(tour_of(world), by=world.producer, seconds=seconds))


def adopted(world: World) -> list[Booking]:
    planning.adopt(planned(world), by=world.producer, now=BEFORE_THE_TOUR)
    return list(world.tour.bookings.with_ground().order_by("pk"))


def desk(world: World, asked: str = "", now: datetime = BEFORE_THE_TOUR) -> Desk:
    return read_desk(tour_of(world), now, asked=asked)


def board(world: World, asked: str = "") -> dict[str, Any]:
    return boards.board(desk(world, asked))


def rows(context: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for week in context["weeks"] for row in week["rows"]]


def of_wish(world: World, wish: Wish) -> Booking:
    return next(b for b in world.tour.bookings.live() if b.wish_id == wish.pk)


def lock(world: World, wish: Wish, day: int, hour: int = 13) -> datetime:
    at = timezone.make_aware(datetime(2027, 2, day, hour))
    planning.lock_stop(world.tour, wish, at, by=world.producer)
    return at


def lock_all(world: World) -> None:
    """Days apart, so that every drive is from home and back: only one plan is possible."""
    for wish, day in ((world.wish, 3), (world.neighbour_wish, 5), (world.school_wish, 9)):
        lock(world, wish, day)


def url(name: str, world: World, *args: object) -> str:
    """A page of the world's tour."""
    return reverse(name, args=[world.tour.slug, *args])
