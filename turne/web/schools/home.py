"""A school's own page: what comes and what is to be done; the yearly confirmation; and the way to one's schools."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bookings import guests, permissions, school_permissions, visible
from bookings.models import Booking, SubEvent
from bookings.models.booking import LIVE
from bookings.permissions import Person
from bookings.residencies import news_words, publishing
from tours.models import Allotment, AllottedGroup, Production, Season
from turne.web.calendars import calendars_of
from turne.web.logged_in import user_of
from turne.web.schools.keeping import head, school_or_404
from turne.web.schools.tasks import tasks_of, to_look_at
from venues import school_confirming
from venues.dates import clock, short_day_text
from venues.errors import NotPossible
from venues.models import Membership, Organisation, School, User
from venues.models.school_years import year_label

#: The nearest visits; the rest is in the inbox. Source: the house's choice.
SHOWN = 8


@require_safe
@login_required
def school_choose(request: HttpRequest) -> HttpResponse:
    """One's schools and municipalities; whoever has one school and nothing else reads its page."""
    user = request.user
    schools = list(
        visible.schools(user).select_related("organisation__municipality").order_by("organisation__name")
    )
    municipalities = list(permissions.municipalities_coordinated_by(user).order_by("name"))
    if not schools and not municipalities:
        raise Http404
    if len(schools) == 1 and not municipalities:
        return _home(request, schools[0].organisation.slug)
    asked = school_confirming.year_to_confirm(timezone.localdate())
    context = {
        "municipalities": municipalities,
        "rows": [
            {"school": school, "is_confirmed": school_confirming.is_confirmed(school, asked)}
            for school in schools
        ],
        "year": year_label(asked),
    }
    return render(request, "schools/choose.html", context)


@require_safe
@login_required
def school_home(request: HttpRequest, slug: str) -> HttpResponse:
    """What comes, and what is to be done."""
    return _home(request, slug)


def _home(request: HttpRequest, slug: str) -> HttpResponse:
    school, now = school_or_404(request, slug), timezone.now()
    acts = permissions.can_wish_for(request.user, school.organisation)
    tasks = tasks_of(school, now, acts=acts)
    coming = _coming(school, now)
    context = {
        **head(school, "school-home"),
        "title": _title(len(tasks)),
        "tasks": tasks,
        "coming": [_visit(request.user, school, booking) for booking in coming[:SHOWN]],
        "more": max(0, len(coming) - SHOWN),
        "invited": _invited(school, now),
        "calendars": calendars_of(Organisation.objects.filter(pk=school.organisation_id)),
        "people": _people(school),
        "given": _given(school, now),
        "acts": acts,
    }
    return render(request, "schools/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def school_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """What is told of the school, to look through; one button says that all of it is right."""
    school, now = school_or_404(request, slug), timezone.now()
    year = school_confirming.year_to_confirm(timezone.localdate(now))
    if request.method == "POST":
        try:
            school_confirming.confirm(school, by=user_of(request), now=now)
        except NotPossible as error:
            messages.error(request, str(error))
        else:
            told = _("Thank you. What is told of the school is confirmed for %(year)s.")
            messages.success(request, told % {"year": year_label(year)})
            return redirect("school-home", slug)
    context = {
        **head(school, "school-confirm"),
        "year": year_label(year),
        "things": to_look_at(school, year, acts=permissions.can_wish_for(request.user, school.organisation)),
        "is_confirmed": school_confirming.is_confirmed(school, year),
    }
    return render(request, "schools/confirm.html", context, status=422 if request.method == "POST" else 200)


def _title(count: int) -> str:
    if not count:
        return _("Nothing waits for the school")
    words = ngettext("%(count)d thing waits for the school", "%(count)d things wait for the school", count)
    return words % {"count": count}


def _coming(school: School, now: datetime) -> list[Booking]:
    """Visits that are held, agreed or offered and not over, those at other houses to which its groups go included."""
    own = Booking.objects.live().filter(occupied_to__gt=now, presenter=school.organisation_id)
    there = guests.visits_ahead([school.organisation], now)
    found = Booking.objects.filter(Q(pk__in=own.values("pk")) | Q(pk__in=there.values("pk"))).with_ground()
    return list(found.prefetch_related("groups__group").order_by("occupied_from", "pk"))


def _visit(user: Person, school: School, booking: Booking) -> dict[str, Any]:
    """A visit with the school's groups; a guest is led to the page of its groups, whoever may open none to nothing."""
    is_guest = booking.presenter_id != school.organisation_id
    groups = [one for one in booking.groups.all() if not is_guest or one.group.school_id == school.pk]
    numbers = {one.show_number for one in groups}
    shows = [show for show in booking.performances.all() if not is_guest or show.number in numbers]
    return {
        "booking": booking,
        "host": str(booking.presenter) if is_guest else "",
        "when": short_day_text(booking.starts_at),
        "times": ", ".join(f"{clock(show.starts_at)}–{clock(show.ends_at)}" for show in shows),
        "url": _url(user, booking),
        "groups": ", ".join(f"{one.group.name} ({one.pupils_count})" for one in groups),
        "guide": booking.tour.production.teacher_guide_url,
        "state": booking.status,
    }


def _invited(school: School, now: datetime) -> list[dict[str, Any]]:
    """Sub-events of residencies to which classes of the school are invited, cancelled ones among them."""
    events = SubEvent.objects.filter(groups__school=school, ends_at__gt=now).distinct()
    ground = events.select_related("residency__host", "residency__place", "venue__place")
    return [
        {
            "title": event.title,
            "url": reverse("sub-event", args=[event.pk]),
            "text": f"{news_words.when(event)}. {news_words.where(event)}. "
            + ", ".join(str(group.name) for group in event.groups.all() if group.school_id == school.pk),
            "end": _("cancelled") if publishing.is_off(event) else str(event.get_kind_display()),
        }
        for event in ground.prefetch_related("groups").order_by("starts_at", "pk")
    ]


def _given(school: School, now: datetime) -> list[dict[str, Any]]:
    """What an allotment has given to the school's groups and that has no day yet, by season and production."""
    rows = (
        AllottedGroup.objects.filter(
            group__school=school,
            visit__wish__withdrawn_at=None,
            visit__allotment__state=Allotment.State.PUBLISHED,
            visit__allotment__season__ends_on__gte=timezone.localdate(now),
        )
        .exclude(visit__wish__bookings__status__in=LIVE)
        .select_related("group", "visit__wish__season", "visit__wish__production")
        .order_by("visit__wish__season__starts_on", "visit__wish__production__title", "group__name")
    )
    found: dict[tuple[Season, Production], list[str]] = {}
    for row in rows:
        wish = row.visit.wish
        found.setdefault((wish.season, wish.production), []).append(row.group.name)
    return [
        {
            "title": str(production),
            "url": reverse("grade-answers", args=[school.organisation.slug, season.slug]),
            "text": _("For %(groups)s. The day comes as an offer when the tour is planned.")
            % {"groups": ", ".join(groups)},
            "end": str(season),
        }
        for (season, production), groups in found.items()
    ]


def _url(user: Person, booking: Booking) -> str:
    if school_permissions.can_read_visit(user, booking):
        return reverse("booking", args=[booking.pk])
    return (
        reverse("visit-groups", args=[booking.pk]) if school_permissions.can_see_groups(user, booking) else ""
    )


def _people(school: School) -> list[User]:
    contacts = Membership.objects.filter(
        organisation=school.organisation_id, role=Membership.Role.SCHOOL_CONTACT, user__is_active=True
    )
    return [one.user for one in contacts.select_related("user").order_by("user__name", "user__email")]
