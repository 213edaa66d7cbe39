"""A school with groups, and visits to it, made by the verbs themselves. The school is the small world's, in Krokom."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from bookings import workshops
from bookings.models import Booking, Workshop
from tests import factories as make
from tests.agreements import NOW, SHOW_AT, confirmed, held
from tests.world import World
from tours import group_rules
from tours.models import Tour, WishGroup
from tours.wishes import GroupChoice
from venues.models import Group, Organisation, User

#: After the visit of `SHOW_AT` is over.
OVER = SHOW_AT + timedelta(days=1)


def group(world: World, name: str = "4A", **fields: Any) -> Group:
    """A group of the world's school: 24 pupils and two adults unless told otherwise."""
    return make.GroupFactory(school=world.school.school, name=name, **fields)


def choice(of: Group, show: int | None = None, **more: Any) -> GroupChoice:
    return GroupChoice(of, show, **more)


def wish_with(world: World, groups: Iterable[Group], shows_count: int = 1, **needs: int) -> None:
    """The school's wish names the groups, dealt over its shows; all have the same needs."""
    wish = world.school_wish
    wish.shows_count = shows_count
    wish.save()
    choices = group_rules.dealt([choice(g) for g in groups], shows_count, wish.production, wish.venue)
    WishGroup.objects.bulk_create(
        WishGroup(
            wish=wish,
            group=chosen.group,
            show_number=chosen.show,
            pupils_count=chosen.pupils_count,
            adults_count=chosen.adults_count,
            needs=needs,
        )
        for chosen in choices
    )


def held_visit(world: World, groups: Iterable[Group] = (), shows_count: int = 1, **needs: int) -> Booking:
    """The school's wish with these groups, held."""
    wish_with(world, groups, shows_count, **needs)
    return _read(held(world, wish=world.school_wish))


def confirmed_visit(
    world: World, groups: Iterable[Group] = (), shows_count: int = 1, **needs: int
) -> Booking:
    """The same, confirmed."""
    wish_with(world, groups, shows_count, **needs)
    return _read(confirmed(world, wish=world.school_wish))


def other_tour(world: World, title: str = "Fjällfolk") -> Tour:
    """Another ensemble's tour in the same days, with a wish of the school."""
    production = make.ProductionFactory(title=title, ensemble__home=world.places["Östersund"])
    make.RiderFactory(production=production)
    world.season.productions.add(production)
    tour = make.TourFactory(
        production=production, season=world.season, starts_on=world.tour.starts_on, ends_on=world.tour.ends_on
    )
    make.WishFactory(
        season=world.season,
        production=production,
        organisation=world.school,
        venue=world.school_venue,
        rank=1 + world.school.wishes.count(),
        audience="school",
        created_by=world.school_contact,
    )
    return tour


def pedagogue(world: World, name: str = "Pedagog") -> User:
    """A performing-arts pedagogue at the region's office."""
    user = make.UserFactory(name=name)
    house = Organisation.objects.get(slug="kulturkontoret")
    make.MembershipFactory(user=user, organisation=house, role="pedagogue")
    return user


def workshop(visit: Booking, who: User, starts_at: datetime, minutes: int = 60, **more: Any) -> Workshop:
    """A workshop for all groups of the visit, before it unless told otherwise."""
    values: dict[str, Any] = {"kind": "before", "place": "Klassrum 4B", "by": who, "now": NOW}
    values["groups"] = [row.group for row in visit.groups.select_related("group")]
    ends_at = starts_at + timedelta(minutes=minutes)
    return workshops.propose(visit, pedagogue=who, starts_at=starts_at, ends_at=ends_at, **(values | more))


def later(hours: float) -> datetime:
    """So many hours after `SHOW_AT`."""
    return SHOW_AT + timedelta(hours=hours)


def _read(booking: Booking) -> Booking:
    return Booking.objects.with_ground().get(pk=booking.pk)
