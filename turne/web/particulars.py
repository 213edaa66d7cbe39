"""What a visitor wants to know of a production and a venue, in words."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Booking, Performance
from tours.models import AccessService, Production
from tours.models.production import services_of
from tours.rooms import Verdict
from venues.dates import duration_text
from venues.models import Venue

LANGUAGES = {
    "sv": gettext_lazy("Swedish"),
    "en": gettext_lazy("English"),
    "sma": gettext_lazy("South Sami"),
    "se": gettext_lazy("North Sami"),
    "smj": gettext_lazy("Lule Sami"),
    "nb": gettext_lazy("Norwegian"),
    "none": gettext_lazy("without words"),
}
#: What a visitor asks first about a room, in this order.
ACCESS = (
    "step_free_entrance",
    "accessible_toilet",
    "wheelchair_places",
    "companion_places",
    "hearing_loop",
    "lift",
    "quiet_room",
    "contrast_marking",
    "assistance_dog",
    "fragrance_free",
    "parking_m_to_entrance",
)


def ages_text(production: Production) -> str:
    """ "from age 6", "age 6–9", "all ages"."""
    if production.age_max is not None:
        return _("age %(from)d–%(to)d") % {"from": production.age_min, "to": production.age_max}
    return _("from age %(from)d") % {"from": production.age_min} if production.age_min else _("all ages")


def where_text(venue: Venue) -> str:
    """ "Folkets hus, Strömsund"; the place is not said twice when the venue is called after it."""
    return venue.name if venue.place.name in venue.name else f"{venue.name}, {venue.place}"


def languages_text(production: Production) -> str:
    """The languages by name; a tag without a name as it stands; empty when nobody has said."""
    return ", ".join(str(LANGUAGES.get(tag, tag)) for tag in production.languages)


def services_text(services: Iterable[str]) -> str:
    """The access services by name, each once."""
    return ", ".join(str(AccessService(name).label) for name in services_of(list(services)))


def showing_of(booking: Booking) -> dict[str, str]:
    """What calendars say of a visit beside its time, for `advancing/showing.html`."""
    return {
        "services": services_text(booking.services),
        "host": urlsplit(booking.stream_url).netloc.removeprefix("www."),
    }


def tags(performance: Performance) -> list[str]:
    """A performance in a line: ages, length, and what is known to be good about the way in."""
    production, venue = performance.booking.tour.production, performance.booking.venue
    told = [ages_text(production), duration_text(production.duration_min)]
    if venue.wheelchair_places:
        told.append(_("wheelchair places"))
    if venue.hearing_loop:
        told.append(_("hearing loop"))
    return [*told, *(str(AccessService(name).label) for name in performance.booking.services)]


def access_facts(venue: Venue) -> list[dict[str, Any]]:
    """The way in, sight and hearing, each with `fit`, `text` and `word`, for `public/_access.html`.

    What nobody has told is unknown, which is said, and never taken for a no.
    """
    return [_fact(venue, name) for name in ACCESS]


def fact_word(venue: Venue, name: str) -> str:
    """A fact of a venue in a word: its value, yes, no or not known."""
    value = getattr(venue, name)
    if value is None or value == "":
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name.endswith(("_m", "_m_to_entrance")):
        return _("%(metres)s m") % {"metres": number_format(value)}
    display = getattr(venue, f"get_{name}_display", None)
    return str(display()) if display else str(value)


def _fact(venue: Venue, name: str) -> dict[str, Any]:
    value = getattr(venue, name)
    label = str(venue._meta.get_field(name).verbose_name).split(", ")[0]  # type: ignore[union-attr]
    fit = Verdict.UNKNOWN if value is None else Verdict.FITS if value else Verdict.DOES_NOT_FIT
    is_none = value == 0 and not isinstance(value, bool)
    return {"fit": fit, "text": label, "word": _("none") if is_none else fact_word(venue, name)}
