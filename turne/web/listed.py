"""One public performance as other sites and readers are told of it, in the active language."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from bookings.models import Performance
from turne.web.particulars import ages_text, where_text
from turne.web.production_facts import sentence_case
from venues.dates import clock, day_text, short_day_text, week_text

#: What XML 1.0 (section 2.2) has no room for, and line breaks.
_NOT_PLAIN = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")

_TOLD = (
    *("id", "title", "url", "status", "starts_at", "ends_at", "venue", "place", "municipality", "presenter"),
    *("art_form", "audience", "updated"),
)


@dataclass(frozen=True)
class Item:
    """One performance; moments are aware and in the region's time."""

    id: str
    url: str
    title: str
    headline: str
    state: str
    status: str
    day: str
    week: str
    time: str
    where: str
    facts: str
    starts_at: datetime
    ends_at: datetime
    venue: str
    place: str
    municipality: str
    presenter: str
    art_form: str
    audience: str
    published: datetime
    updated: datetime

    @property
    def text(self) -> str:
        """What there is to know, in a few lines."""
        return "\n".join(
            line
            for line in (self.state, f"{self.day} {self.time}, {self.week}", self.where, self.facts)
            if line
        )

    def values(self) -> dict[str, Any]:
        """As the JSON list has it; its names are those of the API."""
        return {name: getattr(self, name) for name in _TOLD}


def item_of(performance: Performance) -> Item:
    """The performance, read with `Performances.listed()`."""
    booking = performance.booking
    production, venue = booking.tour.production, booking.venue
    state, title = _state(booking.status), plain(production.title)
    day = short_day_text(performance.starts_at)
    return Item(
        id=f"urn:uuid:{performance.uid}",
        url=settings.BASE_URL + reverse("performance", args=[performance.uid]),
        title=title,
        headline=f"{f'{state}: ' if state else ''}{title}, {plain(venue.place.name)} {day}",
        state=state,
        status=booking.status,
        day=day_text(performance.starts_at),
        week=week_text(performance.starts_at),
        time=_("at %(start)s–%(end)s")
        % {"start": clock(performance.starts_at), "end": clock(performance.ends_at)},
        where=plain(where_text(venue)),
        facts=" · ".join(_facts(performance)),
        starts_at=timezone.localtime(performance.starts_at),
        ends_at=timezone.localtime(performance.ends_at),
        venue=plain(venue.name),
        place=plain(venue.place.name),
        municipality=plain(venue.place.municipality.name),
        presenter=plain(booking.presenter.name),
        art_form=production.art_form,
        audience=booking.audience,
        published=booking.published_at or booking.created_at,
        updated=max(performance.changed_at, booking.changed_at),
    )


def plain(text: str) -> str:
    """The text on one line, without characters that no feed can hold."""
    return " ".join(_NOT_PLAIN.sub(" ", text).split())


def _state(status: str) -> str:
    return {
        "cancelled": pgettext("before a title", "Cancelled"),
        "postponed": pgettext("before a title", "Postponed"),
    }.get(status, "")


def _facts(performance: Performance) -> list[str]:
    production = performance.booking.tour.production
    facts = [sentence_case(production.get_art_form_display()), ages_text(production)]
    if performance.booking.audience == "school":
        facts.append(_("school performance"))
    return [*facts, plain(performance.booking.presenter.name)]
