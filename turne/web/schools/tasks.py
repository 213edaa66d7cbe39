"""What a school has to do, as rows; and what it looks through when it confirms."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import checklists, transport
from bookings.models import Booking, VisitGroup
from bookings.models.booking import Status
from bookings.states import PRESENTER
from tours import grade_answers
from tours.models import Season, SeasonWay, Wish
from turne.web import visits
from turne.web.my_week_sections import AHEAD, SOON
from turne.web.schools.bus_rows import url_of
from venues import school_confirming, school_hours
from venues.bus_terms import Party
from venues.dates import clock, moment_text, short_day_text
from venues.models import Group, School, SchoolYear, Venue
from venues.models.school_years import year_label
from venues.premises import known_count

Row = dict[str, Any]
Way = SeasonWay.Way


def tasks_of(school: School, now: datetime, *, acts: bool) -> list[Row]:
    """What waits for the school, what is due first first, for `my_week/row.html`.

    Args:
        acts: whether the reader wishes and answers for the school; others see the same without those links.
    """
    mine = Booking.objects.filter(presenter=school.organisation_id)
    ground = mine.with_ground().select_related("counter_offer")
    rows = [
        _visit(booking, now) for booking in ground.filter(pk__in=mine.waiting_for_presenter().values("pk"))
    ]
    rows += _seasons(school, now)
    rows += _confirm(school, now)
    rows += _prepare(mine, now)
    rows += _buses(school, now)
    rows += [_report(booking, now) for booking in ground.filter(pk__in=mine.to_report(now).values("pk"))]
    return rows if acts else [_without_link(row) for row in rows]


def _without_link(row: Row) -> Row:
    """For who reads along: only what they may do themselves keeps its link."""
    return row if row.get("is_for_keepers") else row | {"url": ""}


def to_look_at(school: School, year: int, *, acts: bool) -> list[dict[str, str]]:
    """What is told of the school, thing by thing: what it is, how it stands, and where it is changed."""
    slug = school.organisation.slug
    groups = list(Group.objects.filter(school=school, school_year=year_label(year)))
    rooms = list(Venue.objects.open().filter(organisation=school.organisation_id))
    known = SchoolYear.objects.filter(school=school, year=year).exists()
    return [
        {
            "what": _("Address for mail"),
            "how": school.organisation.email or _("none: the contacts get it"),
            "url": reverse("contact", args=[slug]) if acts else "",
        },
        {
            "what": _("Classes and groups %(year)s") % {"year": year_label(year)},
            "how": _groups_text(groups),
            "url": f"{reverse('school-groups', args=[slug])}?ar={year}",
        },
        {
            "what": _("When we receive"),
            "how": "; ".join(school_hours.lines(school_hours.standing(school))) or _("not known"),
            "url": reverse("school-hours", args=[slug]),
        },
        {
            "what": _("Rooms"),
            "how": ", ".join(_room_text(room) for room in rooms) or _("none is noted"),
            "url": reverse("school-rooms", args=[slug]),
        },
        {
            "what": _("Own days off %(year)s") % {"year": year_label(year)},
            "how": _("noted") if known else _("not noted: only the municipality's days count"),
            "url": reverse("school-year", args=["skola", slug, year]),
        },
    ]


def _groups_text(groups: list[Group]) -> str:
    if not groups:
        return _("none is noted")
    words = ngettext("%(count)d group, %(pupils)d pupils", "%(count)d groups, %(pupils)d pupils", len(groups))
    told = words % {"count": len(groups), "pupils": sum(group.pupils_count for group in groups)}
    proposals = sum(group.is_proposal for group in groups)
    if not proposals:
        return told
    more = ngettext(
        "%(count)d of them with last year's numbers", "%(count)d of them with last year's numbers", proposals
    )
    return f"{told}, {more % {'count': proposals}}"


def _room_text(room: Venue) -> str:
    known = known_count(room)
    return f"{room} ({ngettext('%(count)d fact known', '%(count)d facts known', known) % {'count': known}})"


def _visit(booking: Booking, now: datetime) -> Row:
    row = visits.row(booking, now)
    return {
        **row,
        "title": _("Answer: %(production)s") % {"production": booking.tour.production},
        "when": short_day_text(row["starts_at"]),
        "clock": clock(row["starts_at"]),
        "end": row["left"],
    }


def _report(booking: Booking, now: datetime) -> Row:
    return {
        "title": _("Tell how it went: %(production)s") % {"production": booking.tour.production},
        "url": reverse("booking-report", args=[booking.pk]),
        "when": short_day_text(booking.starts_at),
        "text": str(booking.venue),
        "state": visits.row(booking, now)["state"],
    }


def _prepare(mine: Any, now: datetime) -> list[Row]:
    """Visits with something on their list that is due within a week."""
    soon = mine.filter(
        status=Status.CONFIRMED, occupied_from__gt=now, occupied_from__lt=now + AHEAD, checklist__isnull=False
    )
    rows = []
    for booking in soon.with_ground().order_by("occupied_from", "pk"):
        due = checklists.due_for(booking, PRESENTER, now, ahead=SOON)
        if due:
            words = ngettext("%(count)d item to settle", "%(count)d items to settle", len(due))
            rows.append(
                {
                    "title": _("Prepare: %(production)s") % {"production": booking.tour.production},
                    "url": reverse("booking-prepare", args=[booking.pk]),
                    "when": short_day_text(booking.starts_at),
                    "text": words % {"count": len(due)},
                    "end": _("by %(day)s") % {"day": short_day_text(min(entry.due_on for entry in due))},
                }
            )
    return rows


def _seasons(school: School, now: datetime) -> list[Row]:
    """Open seasons with a wish to make, and grades to answer for where performances are allotted."""
    host, rows = school.organisation, []
    ways = dict(
        SeasonWay.objects.filter(municipality=host.municipality_id).values_list("season", "way")
        if host.municipality_id
        else ()
    )
    played = Season.objects.filter(region=host.region_id, ends_on__gte=timezone.localdate(now))
    for season in played.order_by("closes_at"):
        way = ways.get(season.pk, Way.MENU)
        wished = Wish.objects.standing().ranked().filter(season=season, organisation=host)
        if way != Way.ALLOTMENT and season.opens_at <= now < season.closes_at and not wished.exists():
            rows.append(_wish(season, host.slug))
        until = grade_answers.wanted(season, [school], now).get(school.pk) if way != Way.MENU else None
        if until and (left := _grades_left(school, season)):
            words = _("Performances are allotted. Not answered for: %(grades)s.")
            rows.append(
                {
                    "title": _("Answer for your grades: %(season)s") % {"season": season},
                    "url": reverse("grade-answers", args=[host.slug, season.slug]),
                    "text": words % {"grades": ", ".join(left)},
                    "end": _("Closes %(moment)s") % {"moment": moment_text(until)},
                }
            )
    return rows


def _wish(season: Season, slug: str) -> Row:
    return {
        "title": _("Wish from the menu: %(season)s") % {"season": season},
        "url": f"{reverse('wishes')}?{urlencode({'arrangor': slug})}",
        "text": _("The school has not wished for anything yet."),
        "end": _("Closes %(moment)s") % {"moment": moment_text(season.closes_at)},
    }


def _grades_left(school: School, season: Season) -> list[str]:
    """The grades that are asked about and not answered for; all of the school's where it has written no groups yet."""
    year = grade_answers.school_year_in(season)
    if not Group.objects.filter(school=school, school_year=year).exists():
        return list(school.grades)
    asked = grade_answers.asked_grades(season, [school])
    return [one.grade for one in asked if one.answer is None and not one.is_decided]


def _confirm(school: School, now: datetime) -> list[Row]:
    year = school_confirming.year_to_confirm(timezone.localdate(now))
    if school_confirming.is_confirmed(school, year):
        return []
    return [
        {
            "title": _("Confirm the school for %(year)s") % {"year": year_label(year)},
            "is_for_keepers": True,
            "url": reverse("school-confirm", args=[school.organisation.slug]),
            "text": _("See that address, groups, hours, rooms and days are right; one button says so."),
        }
    ]


def _buses(school: School, now: datetime) -> list[Row]:
    """Buses that the school is to order, and those that are not as they were ordered, the first one first."""
    going = VisitGroup.objects.filter(group__school=school).values("booking")
    ahead = Booking.objects.filter(pk__in=going, status=Status.CONFIRMED, occupied_from__gt=now)
    found = transport.rows(ahead.with_ground(), now)
    mine = [row for row in found if row.school.pk == school.pk and row.orders == Party.SCHOOL]
    return [_bus(row) for row in mine if row.is_changed or row.state == transport.State.NEEDED]


def _bus(row: transport.Row) -> Row:
    title = (
        _("The bus is not as it was ordered: %(production)s")
        if row.is_changed
        else _("Order the bus: %(production)s")
    )
    return {
        "title": title % {"production": row.booking.tour.production},
        "url": url_of(row),
        "when": short_day_text(row.starts_at),
        "clock": clock(row.starts_at),
        "text": f"{row.booking.venue}, {row.booking.venue.place}",
        "is_for_keepers": True,
    }
