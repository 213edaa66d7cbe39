"""What the lists of everybody's home are made of; what both sides of a visit prepare, and what a room has not told."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import checklists, visible
from bookings.models import Booking, CrewInvitation
from bookings.models.booking import Status
from bookings.permissions import organisations_of
from bookings.states import PRESENTER, PRODUCER, shown_state
from tours import questions
from turne.web.advancing_words import progress_text
from venues import school_confirming
from venues.dates import clock, moment_text, short_day_text
from venues.models import HOSTS, Membership, User, Venue
from venues.models.school_years import year_label

Row = dict[str, Any]
#: Longest list on this page; the rest is behind the link beside the heading.
SHOWN = 5
#: So far ahead visits are looked at. Source: the trade advances three to four weeks out
#: (callboard.fm/templates/show-advance-checklist).
AHEAD = timedelta(days=28)
#: What is to be settled within this time stands on the page. Source: the house's choice; the page is about a week.
SOON = timedelta(days=7)


@dataclass
class Section:
    """One list of the page: rows for `my_week/row.html`, or what it means that there are none.

    Attributes:
        total: how many there are where only the first are shown; 0: the rows are all.
    """

    title: str
    rows: list[Row]
    nothing: str
    more: tuple[str, str] | None = None
    is_task: bool = True
    extra: dict[str, Any] = field(default_factory=dict)
    total: int = 0

    @property
    def count(self) -> int:
        """How many there are, shown or not."""
        return max(self.total, len(self.rows))

    @property
    def tasks(self) -> int:
        """How many of the rows wait for the user."""
        unseen = self.count - len(self.rows)
        return sum(row.get("is_task", True) for row in self.rows) + unseen if self.is_task else 0


def to_prepare(user: User, now: datetime) -> list[Section]:
    """The visits for which the user's side has something due, the nearest first."""
    houses = set(organisations_of(user, *HOSTS).values_list("pk", flat=True))
    producers = set(organisations_of(user, Membership.Role.PRODUCER).values_list("pk", flat=True))
    mine = Q(presenter__in=houses) | Q(tour__production__ensemble__producer__in=producers)
    soon = Q(status=Status.CONFIRMED, occupied_from__gt=now, occupied_from__lt=now + AHEAD)
    found = Booking.objects.filter(mine, soon, checklist__isnull=False).with_ground()
    rows = []
    for booking in found.order_by("occupied_from", "pk"):
        whose = {PRESENTER: booking.presenter_id in houses}
        whose[PRODUCER] = booking.tour.production.ensemble.producer_id in producers
        if row := _row(booking, [side for side, is_theirs in whose.items() if is_theirs], now):
            rows.append(row)
    return [Section(_("To prepare"), rows[:SHOWN], _("Nothing is to be settled within a week."))]


def _row(booking: Booking, sides: list[str], now: datetime) -> Row | None:
    due = {
        entry.item.key: entry.due_on
        for side in sides
        for entry in checklists.due_for(booking, side, now, ahead=SOON)
    }
    if not due:
        return None
    words = ngettext(
        "%(count)d item is to be settled by %(day)s.",
        "%(count)d items are to be settled, the first by %(day)s.",
        len(due),
    ) % {"count": len(due), "day": short_day_text(min(due.values()))}
    return {
        "title": f"{booking.tour.production}, {booking.presenter}",
        "url": reverse("booking-prepare", args=[booking.pk]),
        "when": short_day_text(booking.starts_at),
        "clock": clock(booking.starts_at),
        "text": words,
        "state": shown_state(booking, now),
        "end": progress_text(booking, now),
    }


def to_tell(user: User, now: datetime) -> list[Section]:
    """A presenter's rooms of which producers ask what nobody has told; no section where everything is told."""
    rooms = list(
        Venue.objects.open().filter(organisation__in=organisations_of(user, *HOSTS)).order_by("name")
    )
    today = timezone.localdate(now)
    productions = questions.asking(today) if rooms else []
    wished = questions.wished([room.pk for room in rooms], today)
    rows = [
        _untold(room, asked)
        for room in rooms
        if (asked := questions.open_questions(room, productions, wished.get(room.pk, ())))
    ]
    more = (reverse("venues"), _("Your venues"))
    return [Section(_("Asked about your rooms"), rows[:SHOWN], "", more, is_task=False)] if rows else []


def crews_asked(user: User, now: datetime) -> list[Section]:
    """Visits to other houses that the user's crews are asked to host; no section where there is none."""
    asked = CrewInvitation.objects.waiting(now).filter(crew__organisation__in=organisations_of(user, *HOSTS))
    rows = [
        {
            "title": _("%(crew)s: %(production)s")
            % {"crew": invitation.crew, "production": invitation.booking.tour.production},
            "url": reverse("crew", args=[invitation.crew_id]) + "#asked",
            "text": f"{moment_text(invitation.booking.starts_at)}, {invitation.booking.presenter}",
        }
        for invitation in asked.with_ground()
    ]
    more = (reverse("crews"), _("KulturCrew"))
    return [Section(_("Your crew is asked to host"), rows[:SHOWN], "", more, total=len(rows))] if rows else []


def schools_to_confirm(user: User, now: datetime) -> list[Section]:
    """The schools of a coordinator or an officer that have not confirmed what is told of them; no section without."""
    today = timezone.localdate(now)
    year = school_confirming.year_to_confirm(today)
    found = visible.schools(user).select_related("organisation__municipality")
    schools = list(school_confirming.unconfirmed(found, year, today).order_by("organisation__name"))
    rows = [
        {
            "title": str(school),
            "url": reverse("school-home", args=[school.organisation.slug]),
            "text": str(school.organisation.municipality or ""),
        }
        for school in schools[:SHOWN]
    ]
    title = _("Schools that have not confirmed %(year)s") % {"year": year_label(year)}
    more = (reverse("school-choose"), _("All schools"))
    return [Section(title, rows, "", more, is_task=False, total=len(schools))] if rows else []


def _untold(room: Venue, asked: list[questions.Question]) -> Row:
    words = ngettext(
        "Producers ask for %(count)d thing that is not told: %(facts)s.",
        "Producers ask for %(count)d things that are not told: %(facts)s.",
        len(asked),
    )
    first = ", ".join(question.label.lower() for question in asked[:3])
    facts = _("%(facts)s and more") % {"facts": first} if len(asked) > 3 else first
    return {
        "title": str(room),
        "url": reverse("venue-edit", args=[room.slug]) + "#asked",
        "text": words % {"count": len(asked), "facts": facts},
    }
