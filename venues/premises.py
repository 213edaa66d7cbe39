"""The verbs of a venue: what its owner tells of it, and where it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from venues.errors import NotPossible
from venues.models import Organisation, Place, School, Venue
from venues.models.rooms import AccessFacts, RoomFacts
from venues.slugs import slug_of, taken_slugs

#: When the facts were last vouched for: set by the verb, never typed.
CHECKED = {"checked_on", "access_checked_on"}
ROOM = [field.name for field in RoomFacts._meta.get_fields() if field.name not in CHECKED]
ACCESS = [field.name for field in AccessFacts._meta.get_fields() if field.name not in CHECKED]

NAME_MAX: int = Venue._meta.get_field("name").max_length or 160


def known_count(venue: Venue) -> int:
    """How many of the facts of a room and its access somebody has told."""
    return sum(getattr(venue, name) not in (None, "") for name in [*ROOM, *ACCESS])


@transaction.atomic
def tell(venue: Venue, facts: Mapping[str, Any], *, on: date | None) -> Venue:
    """Write what the owner tells of the room and the way in; both then count as checked on that day.

    Args:
        on: None where only some facts are told: nobody has looked at the others.
        facts: values of `ROOM`, `ACCESS`, `name` and `kind`, already clean; None or empty text is unknown.

    Raises:
        NotPossible: another venue of the owner has the name.
    """
    for name, value in facts.items():
        setattr(venue, name, value)
    others = Venue.objects.filter(organisation=venue.organisation_id).exclude(pk=venue.pk)
    # Compared here, because SQLite knows no large and small å.
    if venue.name.casefold() in (known.casefold() for known in others.values_list("name", flat=True)):
        raise NotPossible(
            _("You have another venue called %(name)s. Give this one a name of its own.")
            % {"name": venue.name},
            field="name",
        )
    if on:
        venue.checked_on = venue.access_checked_on = on
    venue.save()
    return venue


@transaction.atomic
def add_room(school: School, name: str) -> Venue:
    """A new room of a school, in its place and at its address; nothing else is known of it yet.

    Raises:
        NotPossible: it has no name, or the school has a room of that name.
    """
    name = " ".join(name.split())
    if not name:
        raise NotPossible(_("Give the room a name."), field="name")
    host = school.organisation
    Organisation.objects.select_for_update(no_key=True).get(pk=host.pk)
    full = f"{host.name}, {name}"[:NAME_MAX]
    known = Venue.objects.filter(organisation=host).values_list("name", flat=True)
    if {name.casefold(), full.casefold()} & {one.casefold() for one in known}:
        text = _("The school has a room called %(name)s already.")
        raise NotPossible(text % {"name": name}, field="name")
    slug = slug_of(full, taken=taken_slugs(Venue), beside=school.place.name, longest=160)
    return Venue.objects.create(
        organisation=host,
        place=school.place,
        name=full,
        slug=slug,
        kind=Venue.Kind.SCHOOL,
        address=school.address,
        lat=school.lat,
        lon=school.lon,
    )


def set_place(venue: Venue, place: Place, address: str) -> Venue:
    """Say in which place a venue is, and its address there. A position that belonged elsewhere is forgotten."""
    if place.pk != venue.place_id:
        venue.lat = venue.lon = None
    venue.place, venue.address = place, " ".join(address.split())
    venue.save(update_fields=["place", "address", "lat", "lon"])
    return venue


def set_position(venue: Venue, lat: float, lon: float) -> Venue:
    """Say exactly where a venue is."""
    venue.lat, venue.lon = lat, lon
    venue.save(update_fields=["lat", "lon"])
    return venue
