"""The practical facts of a visit: what was told of it, and else what follows from the room's facts and the rider."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.models import Booking, VisitFacts
from bookings.states import PRESENTER, PRODUCER
from tours.models import Rider
from tours.rooms import metres_text
from venues.dates import NO_BREAK


@dataclass(frozen=True)
class Practical:
    """One fact; `told` says whether somebody has told it of this visit, or it follows from other facts."""

    name: str
    label: str
    text: str
    told: bool


def facts(booking: Booking) -> list[Practical]:
    """Parking, loading in, helpers, meals and lodging, in that order; the text is empty where nobody knows."""
    told = told_of(booking)
    found = []
    for name, (label, _sides, default) in FIELDS.items():
        own = getattr(told, name) if told else ""
        found.append(Practical(name, str(label), own or default(booking), bool(own)))
    return found


def told_of(booking: Booking) -> VisitFacts | None:
    """What was told of the visit, if anything."""
    return getattr(booking, "practical", None)


def written_for(booking: Booking) -> str:
    """The room for which parking or loading in was told before the visit changed rooms; empty where it is right."""
    told = told_of(booking)
    if told is None or not (told.parking or told.load_in):
        return ""
    later = booking.changes.filter(action="accept_change", at__gt=told.changed_at).order_by("at", "id")
    rooms = [change.details["venue"] for change in later if change.details]
    return rooms[0][0] if rooms and rooms[0][0] != rooms[-1][1] else ""


def fields_for(sides: list[str]) -> list[str]:
    """The facts that those sides may tell: the house's own are the presenter's, the rest is agreed by both."""
    return [name for name, (_label, whose, _default) in FIELDS.items() if set(whose) & set(sides)]


def helpers_texts(rider: Rider) -> list[str]:
    """The helpers that a production asks for at get-in and at get-out; nothing where it asks for none."""
    coming, leaving = rider.helpers_in, rider.helpers_out
    told = [
        (coming, ngettext("%(count)d helper at get-in", "%(count)d helpers at get-in", coming)),
        (leaving, ngettext("%(count)d helper at get-out", "%(count)d helpers at get-out", leaving)),
    ]
    return [text % {"count": count} for count, text in told if count]


def _parking(booking: Booking) -> str:
    far = booking.venue.parking_m_to_entrance
    parts = [_("%(far)s from the entrance") % {"far": f"{far}{NO_BREAK}m"} if far is not None else ""]
    return _joined([*parts, _to_the_door(booking)])


def _load_in(booking: Booking) -> str:
    venue = booking.venue
    steps = venue.loading_steps
    return _joined(
        [
            _to_the_door(booking),
            _("loading door %(width)s wide") % {"width": metres_text(venue.loading_door_w_m)}
            if venue.loading_door_w_m
            else "",
            ngettext("%(count)d step", "%(count)d steps", steps) % {"count": steps}
            if steps is not None
            else "",
            _("power: %(place)s") % {"place": venue.power_position} if venue.power_position else "",
        ]
    )


def _to_the_door(booking: Booking) -> str:
    reaches = booking.venue.vehicle_access
    if reaches is None:
        return ""
    return _("a vehicle reaches the door") if reaches else _("no vehicle reaches the door")


def _helpers(booking: Booking) -> str:
    return _joined(helpers_texts(booking.tour.production.rider))


def _meals(booking: Booking) -> str:
    if not booking.tour.production.rider.needs_lunch:
        return ""
    people = booking.tour.production.ensemble.people_count
    return ngettext("lunch for %(count)d person", "lunch for %(count)d persons", people) % {"count": people}


def _lodging(booking: Booking) -> str:
    rooms = booking.tour.production.rider.accommodation_rooms
    return (
        ngettext("%(count)d hotel room", "%(count)d hotel rooms", rooms) % {"count": rooms} if rooms else ""
    )


def _joined(parts: list[str]) -> str:
    text = ", ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


#: Name -> label, the sides that may tell it, and what it follows from while nobody has.
FIELDS: dict[str, tuple[Promise, tuple[str, ...], Callable[[Booking], str]]] = {
    "parking": (gettext_lazy("Parking"), (PRESENTER,), _parking),
    "load_in": (gettext_lazy("Loading in"), (PRESENTER,), _load_in),
    "helpers": (gettext_lazy("Helpers"), (PRODUCER, PRESENTER), _helpers),
    "meals": (gettext_lazy("Meals"), (PRODUCER, PRESENTER), lambda booking: _joined([_meals(booking)])),
    "lodging": (gettext_lazy("Lodging"), (PRODUCER, PRESENTER), lambda booking: _joined([_lodging(booking)])),
}
