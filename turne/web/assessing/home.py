"""An assessor's own pages: the calls that one assesses, and one's applications of one of them."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.languages import in_language
from programmes import conflicts, permissions, reviews
from programmes.models import Application, Assessment, Assessor, Review
from tours.models import Production
from turne.web.assessing.seats import facts_shown, seat_or_404, seats_of
from turne.web.logged_in import user_of
from venues.models import User

Row = dict[str, Any]
#: What the list may be narrowed to, by the address.
TO_SCORE, FINISHED = "kvar", "klara"


@login_required
@never_cache
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """The calls on whose panels one sits, with what is left and until when."""
    now, user = timezone.now(), user_of(request)
    seats = seats_of(user)
    rows = [card(found, seats[found.call_id], now) for found in permissions.assessments_of(user)]
    rows.sort(key=lambda row: (row["is_over"], not row["is_task"]))
    return render(request, "assessing/home.html", {"rows": rows})


@login_required
@never_cache
@require_safe
def assessment(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own applications of a call, with how far one has come; ?visa= narrows to what is left."""
    found, seat = seat_or_404(request, slug)
    now, user = timezone.now(), user_of(request)
    hide = permissions.names_are_hidden(user, found.call)
    told = card(found, seat, now)
    mine = [one.application for one in reviews.mine(seat).prefetch_related("application__submissions")]
    rows = _rows(seat, mine, hide=hide) if told["has_begun"] and not told["is_ended"] else []
    counts = {"": len(rows), TO_SCORE: 0, FINISHED: 0}
    for row in rows:
        counts[FINISHED if row["state"] == "finished" else TO_SCORE] += 1
    asked = request.GET.get("visa", "")
    asked = asked if asked in counts else ""
    context = {
        **told,
        "rows": [row for row in rows if not asked or (row["state"] == "finished") == (asked == FINISHED)],
        "has_rows": bool(rows),
        "others": [] if told["is_ended"] else _others(found, seat, mine, now, hide=hide),
        "chips": _chips(asked, counts),
        "hide_names": hide,
    }
    return render(request, "assessing/assessment.html", context)


def card(found: Assessment, seat: Assessor, now: datetime) -> Row:
    """A call as its assessor sees it: what is left, until when; nothing once it has ended."""
    call = found.call
    has_begun, is_ended = now >= call.closes_at, permissions.is_ended(call, now)
    lasts = has_begun and not is_ended
    finished, dealt = reviews.progress(seat) if lasts else (0, 0)
    undeclared = conflicts.to_declare(seat).count() if lasts else 0
    is_over = found.closed_at is not None or is_ended
    return {
        "assessment": found,
        "call": call,
        "seat": seat,
        "title": in_language(call, "title"),
        "has_begun": has_begun,
        "undeclared": undeclared,
        "finished": finished,
        "dealt": dealt,
        "left": dealt - finished,
        "is_over": is_over,
        "is_ended": is_ended,
        "is_task": bool(undeclared or dealt > finished) and not is_over,
        "is_late": timezone.localdate(now) > found.due_on and dealt > finished and not is_over,
    }


def _rows(seat: Assessor, applications: list[Application], *, hide: bool) -> list[Row]:
    found = {one.application_id: one for one in Review.objects.filter(assessor=seat)}
    rows = []
    for application in applications:
        review = found.get(application.pk)
        facts = facts_shown(application, hide_names=hide)
        state = "finished" if review and review.finished_at else "begun" if review else "new"
        rows.append(
            {
                "application": application,
                "title": facts["title"],
                "summary": facts["summary"],
                "art_form": Production.ArtForm(facts["art_form"]).label,
                "state": state,
            }
        )
    return rows


def _others(
    found: Assessment, seat: Assessor, mine: list[Application], now: datetime, *, hide: bool
) -> list[Row]:
    """Once it is closed: what others have scored, to be read for the meeting."""
    if found.closed_at is None:
        return []
    own = [one.pk for one in mine]
    rest = permissions.readable(seat.user, found.call, now).exclude(pk__in=own).order_by("number")
    return _rows(seat, list(rest.prefetch_related("submissions")), hide=hide)


def _chips(asked: str, counts: dict[str, int]) -> list[Row]:
    labels = {"": _("All"), TO_SCORE: _("To score"), FINISHED: _("Finished")}
    return [
        {
            "label": label,
            "url": f"?visa={key}" if key else "?",
            "current": key == asked,
            "count": counts[key],
        }
        for key, label in labels.items()
    ]


def tasks(user: User, found: list[Assessment], now: datetime) -> list[Row]:
    """What waits for an assessor, as rows of "My week"; nothing does where it is closed or has ended."""
    rows, seats = [], seats_of(user)
    for one in found:
        if one.closed_at is not None:
            continue
        told = card(one, seats[one.call_id], now)
        if told["is_task"]:
            address = reverse("assessment", args=[told["call"].slug])
            rows.append({**told, "url": address})
    return rows
