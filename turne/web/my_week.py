"""Everybody's home: what do I have to do now?"""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bookings import coverage
from bookings.models import Booking, BookingChange, Notice
from bookings.models.booking import AGREED, LIVE, Status
from bookings.permissions import organisations_of, regions_overseen_by
from tours import ways
from tours.models import Season, Tour, Wish, WishChangeRequest
from turne.web import decisions, line, visits
from turne.web.assessing.my_week_assessing import assessor_sections
from turne.web.calendars import calendars_of
from turne.web.logged_in import user_of
from turne.web.my_week_administrators import administrator_sections
from turne.web.my_week_claims import claims_to_handle, to_claim
from turne.web.my_week_schools import pedagogue_sections, school_sections
from turne.web.my_week_sections import SHOWN, Row, Section, crews_asked, to_prepare, to_tell
from turne.web.open_calls.my_week_calls import applicant_sections, running_sections
from turne.web.residencies.coming_stays import coming_stays
from turne.web.residencies.my_stays import stay_sections
from venues.dates import clock, moment_text, short_day_text, span_text, week_text
from venues.models import HOSTS, Membership, User

Role = Membership.Role
#: An offer that runs out within these days is worth a call (the house's choice).
SOON = timedelta(days=3)
#: How long an answer counts as new (the house's choice: a week, as the page's name says).
NEW = timedelta(days=7)


@login_required
@require_safe
def my_week(request: HttpRequest) -> HttpResponse:
    """What waits for the user, by role; who has several roles sees all of it."""
    user, now = user_of(request), timezone.now()
    roles = set(user.memberships.values_list("role", flat=True))
    sections = [
        *(host_sections(user, now) if roles & set(HOSTS) else []),
        *(producer_sections(user, now) if Role.PRODUCER in roles else []),
        *(to_prepare(user, now) if roles & {*HOSTS, Role.PRODUCER} else []),
        *(to_tell(user, now) if roles & set(HOSTS) else []),
        *(crews_asked(user, now) if roles & set(HOSTS) else []),
        *(to_claim(user, now) if roles & {*HOSTS, Role.PRODUCER} else []),
        *(claims_to_handle(user, now) if roles & {Role.OFFICER, Role.ADMINISTRATOR} else []),
        *(officer_sections(user, now) if roles & {Role.OFFICER, Role.ADMINISTRATOR} else []),
        *(school_sections(user, now) if roles & {Role.COORDINATOR, Role.OFFICER} else []),
        *(pedagogue_sections(user, now) if Role.PEDAGOGUE in roles else []),
        *(administrator_sections(user) if Role.ADMINISTRATOR in roles else []),
        *stay_sections(user, now),
        *coming_stays(user, now),
        *assessor_sections(user, now),
        *running_sections(user, now),
        *applicant_sections(user, now),
    ]
    sections.sort(key=lambda section: section.tasks == 0)  # what the heading counts comes first
    tasks = sum(section.tasks for section in sections)
    context = {
        "tasks": tasks,
        "title": _title(tasks, bool(sections)),
        "week": f"{week_text(now)}, {short_day_text(now)}",
        "sections": sections,
        "calendars": calendars_of(organisations_of(user, *HOSTS)) if roles & set(HOSTS) else [],
    }
    return render(request, "my_week/my_week.html", context)


def host_sections(user: User, now: datetime) -> list[Section]:
    """Presenters and schools: offers, the visits of the next seven days, seasons that take wishes, reports."""
    mine = Booking.objects.hosted_by(user).with_ground().select_related("counter_offer")
    to_answer = mine.waiting_for_presenter()
    soon = mine.filter(status__in=AGREED, occupied_to__gte=now, occupied_from__lt=now + NEW)
    return [
        Section(
            _("To answer"),
            [_visit(b, now) for b in to_answer[:SHOWN]],
            _("Nothing waits for your answer."),
            (reverse("inbox"), _("Inbox")),
        ),
        Section(
            _("Comes within seven days"),
            [_visit(b, now) for b in soon.order_by("occupied_from")[:SHOWN]],
            _("No visit in the next seven days."),
            (reverse("inbox") + "?visa=kommer", _("All visits ahead")),
            is_task=False,
        ),
        Section(
            _("Wishes"),
            _open_seasons(user, now),
            _("No season takes wishes now."),
            (reverse("wishes"), _("Your wishes")),
        ),
        Section(
            _("To report"),
            [_visit(b, now) for b in mine.to_report(now).order_by("occupied_from")[:SHOWN]],
            _("Every visit that is over has its report."),
            (reverse("inbox") + "?visa=rapportera", _("All to report")),
        ),
    ]


def producer_sections(user: User, now: datetime) -> list[Section]:
    """Producers: replies, offers that run out or wait to be sent, tours without a plan, requests, mail not sent."""
    return [
        Section(
            _("Answers of the last seven days"), _answers(user, now), _("No new answers."), is_task=False
        ),
        Section(
            _("Offers and holds that run out soon"),
            (_holds(user, now) + _running_out(user, now))[:SHOWN],
            _("No offer or hold runs out in three days."),
        ),
        *decisions.changes(user),
        Section(
            _("Tours to plan"),
            _tours_to_plan(user, now),
            _("Every tour has a plan."),
            (reverse("tours"), _("All tours")),
        ),
        Section(_("Offers to send"), _to_offer(user, now), _("Nobody waits for an offer.")),
        Section(
            _("Wishes that presenters ask to change"),
            _change_requests(user),
            _("Nobody asks for a change."),
            (reverse("change-requests"), _("Change requests")),
        ),
        Section(
            _("Mail that was not sent"),
            _not_sent(user),
            _("All mail has gone out."),
            (reverse("outbox"), _("Mail")),
        ),
        Section(_("To decide"), decisions.to_decide(user, now), _("Nothing waits for your decision.")),
        *decisions.to_settle(user),
    ]


def officer_sections(user: User, now: datetime) -> list[Section]:
    """Officers: how far the season reaches, municipality by municipality, and which seasons are open."""
    season = _season_to_follow(user, now)
    title = _("Performances by municipality, %(season)s") % {"season": season} if season else _("Follow-up")
    lines = coverage.report(season, now).lines if season else []
    counted = sorted((line.performances, line.ground.name) for line in lines)
    return [
        Section(
            title,
            [],
            "" if counted else _("There is no season to follow yet."),
            (reverse("coverage"), _("Follow-up")),
            is_task=False,
            extra={"coverage": counted, "most": max((count for count, _name in counted), default=0)},
        ),
        Section(
            _("Open seasons"),
            _seasons(Season.objects.open_at(now).filter(region__in=regions_overseen_by(user))),
            _("No season takes wishes now."),
            (reverse("repertoire"), _("Repertoire")),
            is_task=False,
        ),
    ]


def _title(tasks: int, has_role: bool) -> str:
    if not has_role:
        return _("Welcome")
    if not tasks:
        return _("Nothing waits for you")
    return ngettext("%(count)d thing waits for you", "%(count)d things wait for you", tasks) % {
        "count": tasks
    }


def _visit(booking: Booking, now: datetime) -> Row:
    row = visits.row(booking, now)
    return {
        **row,
        "when": short_day_text(row["starts_at"]),
        "clock": clock(row["starts_at"]),
        "end": row["left"],
    }


def _open_seasons(user: User, now: datetime) -> list[Row]:
    """Those from whose menu one of the user's houses may wish."""
    houses = organisations_of(user, *HOSTS)
    running = Season.objects.open_at(now).filter(region__in=houses.values("region"))
    return _seasons(ways.with_menu_for(running, houses), user)


def _seasons(seasons: QuerySet[Season], of: User | None = None) -> list[Row]:
    wishes = Wish.objects.standing().filter(season=OuterRef("pk"))
    mine = wishes.of(of).ranked() if of else wishes
    counted = seasons.annotate(wishes_count=_count(mine)).order_by("closes_at")
    return [
        {
            "title": season.name,
            "url": reverse("wishes") if of else reverse("season-menu"),
            "text": _wishes_text(season.wishes_count, own=of is not None),
            "end": _("Closes %(moment)s") % {"moment": moment_text(season.closes_at)},
            "is_task": season.wishes_count == 0,
        }
        for season in counted
    ]


def _wishes_text(count: int, *, own: bool) -> str:
    if own and not count:
        return _("You have not wished for anything yet.")
    words = (
        ngettext(
            "You have %(count)d wish. You can change it until the season closes.",
            "You have %(count)d wishes. You can change them until the season closes.",
            count,
        )
        if own
        else ngettext("%(count)d wish so far.", "%(count)d wishes so far.", count)
    )
    return words % {"count": count}


def _answers(user: User, now: datetime) -> list[Row]:
    changes = (
        BookingChange.objects.filter(
            booking__in=Booking.objects.plannable_by(user),
            action__in=["confirm", "decline", "counter"],
            at__gt=now - NEW,
        )
        .exclude(by=user)
        .select_related("booking__presenter", "booking__tour__production")
        .prefetch_related("booking__performances")
        .order_by("-at")[:SHOWN]
    )
    return [
        {
            "title": change.booking.presenter.name,
            "url": reverse("booking", args=[change.booking_id]),
            "when": short_day_text(change.at),
            "clock": clock(change.at),
            "text": _about(change.booking, change.reason),
            "state": "proposed" if change.action == "counter" else change.to_status,
            "end": _since(change),
        }
        for change in changes
    ]


def _since(answer: BookingChange) -> str:
    """What has become of a visit since it was answered; empty where the answer stands."""
    booking = answer.booking
    if booking.status == answer.to_status:
        return ""
    return _("Since then: %(state)s") % {"state": booking.get_status_display()}


def _about(booking: Booking, words: str) -> str:
    day = short_day_text(booking.starts_at)
    return f"{booking.tour.production}, {day}." + (f" ”{words}”" if words else "")


def _running_out(user: User, now: datetime) -> list[Row]:
    offers = (
        Booking.objects.plannable_by(user).to_answer().filter(answer_by__gt=now, answer_by__lt=now + SOON)
    )
    rows = []
    for booking in offers.with_ground().order_by("answer_by")[:SHOWN]:
        phone = booking.presenter.phone
        rows.append(
            {
                "title": booking.presenter.name,
                "url": reverse("booking", args=[booking.pk]),
                "text": _about(booking, "")
                + (" " + _("Telephone %(phone)s.") % {"phone": phone} if phone else ""),
                "state": booking.status,
                "end": visits.days_left(booking, now),
            }
        )
    return rows


def _holds(user: User, now: datetime) -> list[Row]:
    """Challenges to answer, and first options that end soon."""
    soon = Q(challenge_answer_by__gt=now) | Q(hold_expires_at__gt=now, hold_expires_at__lt=now + SOON)
    held = Booking.objects.plannable_by(user).reserving().filter(soon, status=Status.HELD)
    ends = Coalesce("challenge_answer_by", "hold_expires_at")
    return [
        {
            "title": booking.presenter.name,
            "url": reverse("booking", args=[booking.pk]),
            "text": _about(booking, ""),
            "state": booking.status,
            "end": line.held_until(booking),
        }
        for booking in held.with_ground().order_by(ends)[:SHOWN]
    ]


def _tours_to_plan(user: User, now: datetime) -> list[Row]:
    wishes = Wish.objects.standing().filter(production=OuterRef("production"), season=OuterRef("season"))
    planned = Booking.objects.filter(tour=OuterRef("pk"), status__in=LIVE)
    tours: QuerySet[Any] = (
        Tour.objects.plannable_by(user)
        .filter(~Exists(planned), ends_on__gte=timezone.localdate(now))
        .exclude(stage__in=[Tour.Stage.CLOSED, Tour.Stage.CANCELLED])
        .annotate(wishes_count=_count(wishes))
        .order_by("starts_on")
    )
    return [
        {
            "title": tour.name,
            "url": reverse("board", args=[tour.slug]),
            "text": _wishes_text(tour.wishes_count, own=False),
            "end": span_text(tour.starts_on, tour.ends_on),
        }
        for tour in tours[:SHOWN]
    ]


def _to_offer(user: User, now: datetime) -> list[Row]:
    """Tours with options that nobody has been told of: an adopted plan, or a visit that was moved."""
    held = Booking.objects.filter(tour=OuterRef("pk"), status=Status.HELD, hold_rank=1, occupied_from__gt=now)
    tours: QuerySet[Any] = Tour.objects.plannable_by(user).annotate(held_count=_count(held))
    return [
        {
            "title": tour.name,
            "url": reverse("tour-offer", args=[tour.slug]),
            "text": ngettext(
                "%(count)d visit is held. The presenter has not been told yet.",
                "%(count)d visits are held. The presenters have not been told yet.",
                tour.held_count,
            )
            % {"count": tour.held_count},
            "end": span_text(tour.starts_on, tour.ends_on),
        }
        for tour in tours.filter(held_count__gt=0).order_by("starts_on")[:SHOWN]
    ]


def _change_requests(user: User) -> list[Row]:
    asked = WishChangeRequest.objects.to(user).waiting()
    return [
        {
            "title": request.wish.organisation.name,
            "url": reverse("change-requests"),
            "text": f"{request.wish.production}. ”{request.message}”",
            "end": short_day_text(request.asked_at),
        }
        for request in asked.select_related("wish__organisation", "wish__production")[:SHOWN]
    ]


def _not_sent(user: User) -> list[Row]:
    failed = Notice.objects.filter(booking__in=Booking.objects.plannable_by(user)).failed()
    return [
        {
            "title": notice.subject,
            "url": reverse("outbox-notice", args=[notice.pk]),
            "text": _("To %(address)s. %(reason)s")
            % {"address": notice.to_email, "reason": notice.last_error},
        }
        for notice in failed.order_by("-created_at")[:SHOWN]
    ]


def _season_to_follow(user: User, now: datetime) -> Season | None:
    """The season that the follow-up opens with."""
    seasons = Season.objects.filter(region__in=regions_overseen_by(user))
    return coverage.season_to_follow(seasons, timezone.localdate(now))


def _count(rows: QuerySet[Any]) -> Any:
    """How many rows, as a subquery."""
    return Coalesce(
        Subquery(rows.order_by().values(one=Value(1)).annotate(n=Count("pk", distinct=True)).values("n")), 0
    )
