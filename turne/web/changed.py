"""Two people on one tour: what the second one is told, whose board no longer is the tour's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bookings import history
from bookings.models.booking import Status
from tours.errors import BoardChanged
from tours.models import Instruction, Proposal, Tour
from turne.web.board_days import moment_short
from turne.web.form_fields import number_in
from venues.dates import short_day_text

Row = dict[str, Any]
#: The newest lines are the ones that were missed.
LINES_TOLD = 8


def version_in(request: HttpRequest) -> int | None:
    """The tour's version that the board was drawn from; None for a form that was on no board."""
    sent = request.POST.get("version")
    return None if sent is None else number_in(sent)


def board_changed(request: HttpRequest, tour: Tour, error: BoardChanged) -> HttpResponse:
    """That nothing was done, what others have done, and the way to the board as it is now."""
    context = {"tour": tour, "error": error, "lines": lately(tour)}
    return render(request, "planning/changed.html", context, status=409)


def lately(tour: Tour) -> list[Row]:
    """What was last done on the tour's board, newest first."""
    told = [*_plans(tour), *_orders(tour), *_days(tour), *_visits(tour)]
    newest = sorted(told, key=lambda line: line["at"], reverse=True)[:LINES_TOLD]
    return [{**line, "when": moment_short(line["at"])} for line in newest]


def _plans(tour: Tour) -> list[Row]:
    plans = tour.proposals.select_related("requested_by", "adopted_by").defer("problem", "plan", "excluded")
    made = [
        {"at": p.requested_at, "by": str(p.requested_by), "text": _made_text(p)} for p in plans[:LINES_TOLD]
    ]
    adopted = [
        {"at": p.adopted_at, "by": str(p.adopted_by), "text": _("A plan was adopted.")}
        for p in plans.exclude(adopted_at=None).order_by("-adopted_at")[:LINES_TOLD]
    ]
    return [*made, *adopted]


def _made_text(proposal: Proposal) -> str:
    if proposal.kind == Proposal.Kind.BY_HAND:
        return _("A stop was moved by hand.")
    return _("A new plan was asked for.")


def _orders(tour: Tour) -> list[Row]:
    orders = tour.instructions.select_related("by", "wish__organisation").order_by("-at")[:LINES_TOLD]
    words = {
        Instruction.Kind.LOCKED: _("%(presenter)s was locked to a time."),
        Instruction.Kind.DROPPED: _("%(presenter)s was left out."),
    }
    return [
        {
            "at": order.at,
            "by": str(order.by),
            "text": words[Instruction.Kind(order.kind)] % {"presenter": order.wish.organisation},
        }
        for order in orders
    ]


def _days(tour: Tour) -> list[Row]:
    days = tour.forbidden_days.select_related("by").order_by("-at")[:LINES_TOLD]
    return [
        {
            "at": row.at,
            "by": str(row.by),
            "text": (_("%(day)s was cancelled.") if row.reason else _("%(day)s was kept free."))
            % {"day": capfirst(short_day_text(row.day))},
        }
        for row in days
    ]


def _visits(tour: Tour) -> list[Row]:
    changes = history.of_tour(tour)
    return [
        {
            "at": change.at,
            "by": str(change.by or ""),
            "text": _("%(presenter)s: %(state)s")
            % {"presenter": change.booking.presenter, "state": Status(change.to_status).label},
        }
        for change in changes.order_by("-at", "-id")[:LINES_TOLD]
    ]
