"""What the mails about a school's visit say, in the active language: a title, which is also the subject, a lead, lines.

They are forwarded in a school: nobody's name, nobody's needs, and no price stands in them.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Booking, VisitGroup, Workshop, WorkshopRequest
from venues.dates import clock, moment_text, short_day_text
from venues.models import Organisation

#: Kind of the notice -> title and lead. `%(visit)s` is the visit, `%(when)s` a workshop's time, `%(school)s` who asks,
#: `%(host)s` who receives.
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
    "guest_off": (
        gettext_lazy("Not played: %(visit)s"),
        gettext_lazy(
            "Your groups were to come to %(host)s. The visit is called off, and its bus is not needed."
        ),
    ),
    "guest_moved": (
        gettext_lazy("Another time or room: %(visit)s"),
        gettext_lazy("Your groups come to %(host)s. This is how it is now; look at the bus too."),
    ),
    "workshop_wanted": (
        gettext_lazy("A workshop is asked for: %(visit)s"),
        gettext_lazy("%(school)s asks for one. Propose a time, or say why it cannot be."),
    ),
    "workshop_declined": (
        gettext_lazy("No workshop this time: %(visit)s"),
        gettext_lazy("The workshop that you asked for cannot be held. This is why:"),
    ),
}
Lines = Callable[[], Sequence[dict[str, str]]]


def facts(
    kind: str,
    booking: Booking,
    lines: Lines,
    workshop: Workshop | None = None,
    school: Organisation | None = None,
) -> dict[str, Any]:
    """Title, lead and lines as the templates call them; a line has a `text` and may have a `url`."""
    told = partial(_told, booking, workshop, school)
    return {
        "title": lambda: str(WORDS[kind][0]) % told(),
        "lead": lambda: str(WORDS[kind][1]) % told(),
        "lines": lines,
    }


def group_lines(rows: Sequence[VisitGroup]) -> list[dict[str, str]]:
    """By group its show and its numbers; of a school of which none comes that it is so."""
    if not rows:
        return [{"text": _("None of your groups comes to it any more.")}]
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


def guest_lines(booking: Booking, rows: Sequence[VisitGroup], message: str = "") -> list[dict[str, str]]:
    """What was written about it, and when each of the guest's groups is to come."""
    starts = {show.number: moment_text(show.starts_at) for show in booking.performances.all()}
    return [
        *([{"text": message}] if message else []),
        *({"text": f"{row.group.name}: {starts.get(row.show_number, '')}"} for row in rows),
    ]


def workshop_lines(workshop: Workshop, message: str = "") -> list[dict[str, str]]:
    """Where it is held, for which groups, and what was written about it."""
    groups = ", ".join(group.name for group in workshop.groups.all())
    return [
        *([{"text": message}] if message else []),
        {"text": _("Where: %(place)s") % {"place": workshop.place}},
        {"text": _("Groups: %(groups)s") % {"groups": groups}},
    ]


def request_lines(request: WorkshopRequest) -> list[dict[str, str]]:
    """Why not, where that was said; on which side of the visit it was asked for, for which groups, and when best."""
    groups = ", ".join(group.name for group in request.groups.all())
    return [
        *([{"text": request.answer}] if request.answer else []),
        {"text": _("When: %(kind)s") % {"kind": request.get_kind_display()}},
        {"text": _("Groups: %(groups)s") % {"groups": groups}},
        *([{"text": _("Wishes of time: %(wish)s") % {"wish": request.wish}}] if request.wish else []),
    ]


def when_text(workshop: Workshop) -> str:
    """ "tis 2 feb 2027 kl. 9.00–10.00"."""
    return f"{moment_text(workshop.starts_at)}–{clock(workshop.ends_at)}"


def _told(booking: Booking, workshop: Workshop | None, school: Organisation | None) -> dict[str, str]:
    title = booking.tour.production.title
    return {
        "visit": _("%(production)s on %(day)s")
        % {"production": title, "day": short_day_text(booking.occupied_from)},
        "kind": workshop.get_kind_display() if workshop else "",
        "when": when_text(workshop) if workshop else "",
        "host": str(booking.presenter),
        "school": str(school or booking.presenter),
    }
