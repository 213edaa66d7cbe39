"""What waits for those who work with schools: a municipality's coordinator, an officer, a pedagogue."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import permissions, visible
from bookings.models import Booking, Workshop
from bookings.permissions import Person
from tours import grade_answers, ways
from tours.models import Season, SeasonWay
from turne.web.my_week_sections import SHOWN, Row, Section, schools_to_confirm
from venues.dates import clock, moment_text, short_day_text
from venues.models import Organisation, School, User


def school_sections(user: User, now: datetime) -> list[Section]:
    """Coordinators and officers: schools that have not answered for their grades, and those that have not confirmed."""
    schools = list(visible.schools(user).select_related("organisation"))
    if not schools:
        return [_no_school(user)]
    return [*_grades(user, schools, now), *schools_to_confirm(user, now)] or [_all_told()]


def pedagogue_sections(user: User, now: datetime) -> list[Section]:
    """Pedagogues: workshops ahead, those of which nobody has told how many came, and visits that have none."""
    own = Workshop.objects.standing().held_by(user).with_ground()
    ahead = list(own.filter(ends_at__gt=now))
    over = list(own.filter(ends_at__lte=now, took_part=None))
    return [
        Section(
            _("Workshops"),
            [_workshop(one) for one in ahead[:SHOWN]],
            _("No workshop is ahead."),
            (reverse("workshops"), _("All workshops")),
            is_task=False,
            total=len(ahead),
        ),
        Section(
            _("How many took part?"),
            [_workshop(one) for one in over[:SHOWN]],
            _("It is told of every workshop that is over."),
            total=len(over),
        ),
        Section(
            _("School visits without a workshop"),
            _without_workshop(user, now),
            _("All confirmed visits with groups have one, or there are none to come."),
            is_task=False,
        ),
    ]


def _no_school(user: Person) -> Section:
    """A coordinator of whose owner no school is known, with where the municipality's schools stand all the same."""
    rows: list[Row] = [
        {
            "title": _("The schools of %(municipality)s") % {"municipality": municipality},
            "url": reverse("school-overview", args=[municipality.slug]),
            "text": _("What each has told, and which of its pupils are reached."),
        }
        for municipality in permissions.municipalities_coordinated_by(user).order_by("name")
    ]
    nothing = _(
        "No school has your organisation as its owner. The region's register of schools says who owns which."
    )
    return Section(_("Schools"), rows, nothing, is_task=False)


def _all_told() -> Section:
    more = (reverse("school-choose"), _("All schools"))
    return Section(_("Schools"), [], _("All schools have confirmed and answered."), more, is_task=False)


def _grades(user: User, schools: list[School], now: datetime) -> list[Section]:
    """Seasons in which schools are asked about their grades and have not all answered; no section without."""
    regions = Organisation.objects.of_user(user).values("region")
    played = Season.objects.filter(region__in=regions, ends_on__gte=timezone.localdate(now))
    rows = [row for season in played.order_by("closes_at") if (row := _missing(season, schools, now))]
    more = (reverse("allotments"), _("Allotments"))
    return [Section(_("Answers for grades"), rows, "", more, is_task=False)] if rows else []


def _missing(season: Season, schools: list[School], now: datetime) -> Row | None:
    """How many of the schools have something left to answer in the season; None where none has."""
    by = ways.ways_of(season)
    asked = [
        school
        for school in schools
        if by.get(school.organisation.municipality_id or 0, SeasonWay.Way.MENU) != SeasonWay.Way.MENU
    ]
    until = grade_answers.wanted(season, asked, now)
    grades = grade_answers.asked_grades(season, [school for school in asked if school.pk in until])
    missing = {grade.school.pk for grade in grades if grade.answer is None}
    if not missing:
        return None
    words = ngettext(
        "%(count)d school has not answered what its grades can.",
        "%(count)d schools have not answered what their grades can.",
        len(missing),
    )
    return {
        "title": season.name,
        "url": f"{reverse('season-answers', args=[season.slug])}?visa=saknas",
        "text": words % {"count": len(missing)},
        "end": _("Closes %(moment)s") % {"moment": moment_text(min(until[pk] for pk in missing))},
    }


def _workshop(workshop: Workshop) -> Row:
    words = f"{workshop.booking.tour.production}, {workshop.get_kind_display()}. {workshop.place}."
    return {
        "title": str(workshop.booking.presenter),
        "url": reverse("workshop", args=[workshop.pk]),
        "when": short_day_text(workshop.starts_at),
        "clock": clock(workshop.starts_at),
        "text": words,
        "end": workshop.get_status_display(),
    }


def _without_workshop(user: User, now: datetime) -> list[Row]:
    """The nearest visits to come to which a workshop could be proposed."""
    taken = Workshop.objects.standing().values("booking")
    keys = visible.visits_for_workshops(user, now).exclude(pk__in=taken).values("pk")
    ahead = Booking.objects.filter(pk__in=keys, occupied_from__gt=now).with_ground()
    return [
        {
            "title": f"{booking.tour.production}, {booking.presenter}",
            "url": reverse("workshop-new", args=[booking.pk]),
            "when": short_day_text(booking.starts_at),
            "clock": clock(booking.starts_at),
            "text": _("Propose a workshop"),
        }
        for booking in ahead.order_by("occupied_from")[:SHOWN]
    ]
