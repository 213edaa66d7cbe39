"""What the mails about sub-events and about what comes after a stay say, in the active language.

They are forwarded in a school: nobody's name stands in them, and nobody's needs.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Residency, SubEvent
from venues.dates import clock, day_text, moment_text

#: Kind of the notice -> title and lead. `%(kind)s`, `%(title)s`, `%(when)s`, `%(host)s`, `%(school)s`, `%(residency)s`.
EVENT_WORDS: dict[str, tuple[Promise, Promise]] = {
    "sub_event_set": (
        gettext_lazy("%(kind)s for your classes: %(title)s, %(when)s"),
        gettext_lazy(
            "%(host)s has artists in residence, and invites classes of yours. Look at it, tell the teachers, or say "
            "that it does not suit."
        ),
    ),
    "sub_event_changed": (
        gettext_lazy("Changed: %(title)s, now %(when)s"),
        gettext_lazy(
            "What classes of yours go to has another time, another room or other groups. It is now so:"
        ),
    ),
    "sub_event_cancelled": (
        gettext_lazy("Not held for your classes: %(title)s, %(when)s"),
        gettext_lazy("Your classes need not come. Tell the teachers."),
    ),
    "sub_event_declined": (
        gettext_lazy("%(school)s does not come: %(title)s, %(when)s"),
        gettext_lazy(
            "The school has taken its groups out. You may ask other groups, or find another time together."
        ),
    ),
}
#: The same about what is asked after a stay.
STAY_WORDS: dict[str, tuple[Promise, Promise]] = {
    "residency_report_asked": (
        gettext_lazy("How did the residency go? %(residency)s"),
        gettext_lazy(
            "The stay is over. Tell what was done and what came of it: some figures and some words are enough, and "
            "both sides may write."
        ),
    ),
    "residency_follow_up": (
        gettext_lazy("A year later: what became of %(residency)s?"),
        gettext_lazy(
            "A year has passed since the residency. Say whether the work has been shown, and what came of it. It takes "
            "two minutes, and shows what time to work leads to."
        ),
    ),
}


def where(event: SubEvent) -> str:
    """Its venue with the place, its room in words, or where the residency is."""
    if event.venue:
        return f"{event.venue}, {event.venue.place}"
    return f"{event.room}, {event.residency.place}" if event.room else event.residency.at


def when(event: SubEvent) -> str:
    """ "tors 4 feb 2027 kl. 10.00–11.30"."""
    return f"{moment_text(event.starts_at)}–{clock(event.ends_at)}"


def event_title(kind: str, event: SubEvent, school: str) -> str:
    """The title of a mail about a sub-event, which is its subject too."""
    return str(EVENT_WORDS[kind][0]) % {**_facts(event), "school": school}


def event_lead(kind: str, event: SubEvent, school: str) -> str:
    """The sentence below it."""
    return str(EVENT_WORDS[kind][1]) % {**_facts(event), "school": school}


def event_lines(kind: str, event: SubEvent, names: Sequence[str], message: str) -> list[dict[str, Any]]:
    """When, where, which groups, and why."""
    told = [f"{_('When')}: {when(event)}", f"{_('Where')}: {where(event)}"]
    if names:
        told.append(f"{_('Groups')}: {', '.join(names)}")
    if why := message or (event.cancelled_why if kind == "sub_event_cancelled" else ""):
        told.append(f"{_('Why')}: {why}")
    return [{"text": text} for text in told]


def stay_title(kind: str, residency: Residency) -> str:
    """The title of a mail about what comes after the stay."""
    return str(STAY_WORDS[kind][0]) % {"residency": residency}


def stay_lead(kind: str) -> str:
    """The sentence below it."""
    return str(STAY_WORDS[kind][1])


def stay_lines(residency: Residency, last_on: date | None) -> list[dict[str, Any]]:
    """Who was where, and until when."""
    told = [f"{_('Artist or ensemble')}: {residency.artist_name}", f"{_('Host')}: {residency.host}"]
    if last_on:
        told.append(f"{_('Last day')}: {day_text(last_on)}")
    return [{"text": text} for text in told]


def _facts(event: SubEvent) -> dict[str, str]:
    return {
        "kind": capfirst(str(event.get_kind_display())),
        "title": event.title,
        "when": moment_text(event.starts_at),
        "host": str(event.residency.host),
        "residency": str(event.residency),
    }
