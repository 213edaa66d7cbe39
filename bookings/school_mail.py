"""What the mails about a school's visit say, in the active language: a title, which is also the subject, a lead, lines.

They are forwarded in a school: nobody's name, nobody's needs, and no price stands in them.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Booking, VisitGroup, Workshop
from venues.dates import clock, moment_text, short_day_text

#: Kind of the notice -> title and lead. `%(visit)s` is the visit, `%(when)s` a workshop's time.
WORDS: dict[str, tuple[Promise, Promise]] = {
    "groups_changed": (
        gettext_lazy("Other numbers for %(visit)s"),
        gettext_lazy("The groups that come, or how many they are, have changed. They are now:"),
    ),
    "class_feedback": (
        gettext_lazy("What did the classes think of %(visit)s?"),
        gettext_lazy(
            "Each class has a link: pass it on to its teacher. It takes a minute with the class, by hands raised and "
            "without names or an account, and can be changed for some days."
        ),
    ),
    "workshop_asked": (
        gettext_lazy("A workshop %(kind)s: %(visit)s"),
        gettext_lazy("It is proposed for %(when)s. Say yes, or say that it does not suit."),
    ),
    "workshop_agreed": (
        gettext_lazy("The workshop is agreed: %(visit)s"),
        gettext_lazy("It is held %(when)s."),
    ),
    "workshop_off": (
        gettext_lazy("The workshop is cancelled: %(visit)s"),
        gettext_lazy("It was to be held %(when)s."),
    ),
    "workshop_moved": (
        gettext_lazy("The visit has changed: is the workshop right still? %(visit)s"),
        gettext_lazy("The workshop stays proposed for %(when)s. Move it, or agree on it anew."),
    ),
    "crew_changed": (
        gettext_lazy("Other times for the crew: %(visit)s"),
        gettext_lazy(
            "The visit that the crew hosts is moved or changed. Tell its mentors and pupils; these are its tasks now:"
        ),
    ),
    "crew_off": (
        gettext_lazy("The crew hosts nothing then: %(visit)s"),
        gettext_lazy(
            "The visit that the crew was to host is called off. Tell its mentors and pupils. What was ticked is kept."
        ),
    ),
    "crew_asked": (
        gettext_lazy("Can your crew host %(visit)s?"),
        gettext_lazy(
            "Another house asks the crew to host a visit there. Ask its mentors, and say yes or no."
        ),
    ),
    "crew_comes": (
        gettext_lazy("The crew comes: %(visit)s"),
        gettext_lazy("The crew that you asked hosts the visit. It has its tasks and their times."),
    ),
    "crew_does_not_come": (
        gettext_lazy("The crew does not come: %(visit)s"),
        gettext_lazy("No crew hosts the visit now. You may ask another."),
    ),
    "crew_not_wanted": (
        gettext_lazy("The crew need not come: %(visit)s"),
        gettext_lazy("The house does without the crew at this visit. Tell its mentors and pupils."),
    ),
}
Lines = Callable[[], Sequence[dict[str, str]]]


def facts(kind: str, booking: Booking, lines: Lines, workshop: Workshop | None = None) -> dict[str, Any]:
    """Title, lead and lines as the templates call them; a line has a `text` and may have a `url`."""
    told = partial(_told, booking, workshop)
    return {
        "title": lambda: str(WORDS[kind][0]) % told(),
        "lead": lambda: str(WORDS[kind][1]) % told(),
        "lines": lines,
    }


def group_lines(rows: Sequence[VisitGroup]) -> list[dict[str, str]]:
    """By group its show and its numbers."""
    return [
        {
            "text": _("%(school)s, %(group)s: show %(show)d, %(pupils)d pupils and %(adults)d adults")
            % {
                "school": row.group.school,
                "group": row.group.name,
                "show": row.show_number,
                "pupils": row.pupils_count,
                "adults": row.adults_count,
            }
        }
        for row in rows
    ]


def workshop_lines(workshop: Workshop, message: str = "") -> list[dict[str, str]]:
    """Where it is held, for which groups, and what was written about it."""
    groups = ", ".join(group.name for group in workshop.groups.all())
    return [
        *([{"text": message}] if message else []),
        {"text": _("Where: %(place)s") % {"place": workshop.place}},
        {"text": _("Groups: %(groups)s") % {"groups": groups}},
    ]


def when_text(workshop: Workshop) -> str:
    """ "tis 2 feb 2027 kl. 9.00–10.00"."""
    return f"{moment_text(workshop.starts_at)}–{clock(workshop.ends_at)}"


def _told(booking: Booking, workshop: Workshop | None) -> dict[str, str]:
    title = booking.tour.production.title
    return {
        "visit": _("%(production)s on %(day)s")
        % {"production": title, "day": short_day_text(booking.occupied_from)},
        "kind": workshop.get_kind_display() if workshop else "",
        "when": when_text(workshop) if workshop else "",
    }
