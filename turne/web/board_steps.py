"""What a producer can do next on a board: its buttons (one of them first) and its plans."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.answered import answered_no
from tours.models import Proposal
from tours.models.tour import FINISHED
from turne.web.board_days import moment_short
from turne.web.board_progress import share_text
from turne.web.desk import AGREED, Desk
from turne.web.planning_forms import SECONDS
from venues.dates import clock, day_text, moment_text, span_text

Row = dict[str, Any]
#: So many plans are named above the board; the older ones stay behind their own link.
PLANS_NAMED = 6


def eyebrow(desk: Desk) -> str:
    """ "Våren 2027 · 1–12 feb 2027 · plan 3, saved 14.02"."""
    tour = desk.tour
    parts = [str(tour.season), span_text(tour.starts_on, tour.ends_on)]
    if desk.shown:
        saved = {
            "number": desk.number_of(desk.shown),
            "time": _short(desk.shown.finished_at or desk.shown.requested_at, desk.now),
        }
        parts.append(_("plan %(number)d, saved %(time)s") % saved)
    elif desk.live:
        changed = max(booking.changed_at for booking in desk.live.values())
        parts.append(_("as agreed, changed %(time)s") % {"time": _short(changed, desk.now)})
    else:
        parts.append(_("no plan yet"))
    return " · ".join(parts)


def _short(at: datetime, now: datetime) -> str:
    """The time alone today, else with its day."""
    return clock(at) if timezone.localdate(at) == timezone.localdate(now) else moment_short(at)


def steps(desk: Desk) -> list[Row]:
    """The buttons of the head; at most one is primary: the next sensible step."""
    if desk.is_working:
        return []
    found = [step for step in (*_back_and_forth(desk), _plan(desk), _adopt(desk), _offer(desk)) if step]
    first = _next(desk)
    for step in found:
        step["primary"] = step["name"] == first
    return sorted(found, key=lambda step: bool(step["primary"]))


def _next(desk: Desk) -> str:
    shown = desk.shown
    if shown and _can_adopt(desk):
        return "adopt"
    if not desk.live or desk.outdated or (desk.is_draft and shown and shown.state == Proposal.State.FAILED):
        return "plan"
    if desk.held():
        return "offer"
    return "plan" if _has_gaps(desk) else ""


def _has_gaps(desk: Desk) -> bool:
    """Whether somebody has said no since the plan that is in force was adopted."""
    since = desk.adopted.adopted_at if desk.adopted else None
    return any(
        answered_no(booking) and (since is None or booking.changed_at > since)
        for booking in desk.ended.values()
    )


def _back_and_forth(desk: Desk) -> list[Row | None]:
    """Undo and redo of what was moved by hand."""
    return [
        _to_plan(desk, desk.undo, "undo", _("Undo the move")),
        _to_plan(desk, desk.redo, "redo", _("Redo the move")),
    ]


def _to_plan(desk: Desk, proposal: Proposal | None, name: str, label: str) -> Row | None:
    if proposal is None:
        return None
    return {"name": name, "label": label, "url": address(desk, forslag=proposal.pk), "post": False}


def _plan(desk: Desk) -> Row | None:
    if not desk.standing and not desk.live:
        return None
    label = _("Plan again") if desk.proposals else _("Plan the tour")
    return {
        "name": "plan",
        "label": label,
        "url": reverse("tour-propose", args=[desk.tour.slug]),
        "post": True,
        "fields": [],
        "seconds": [(n, _("%(seconds)d s") % {"seconds": n}) for n in SECONDS],
        "several": True,
        "near": desk.shown.pk if desk.is_draft and desk.shown and desk.course else None,
    }


def _can_adopt(desk: Desk) -> bool:
    shown = desk.shown
    return bool(
        shown
        and shown.adopted_at is None
        and shown.state in FINISHED
        and not desk.outdated
        and not desk.barring
        and desk.course
        and desk.course.plan.stops
    )


def _adopt(desk: Desk) -> Row | None:
    if not desk.shown or not _can_adopt(desk):
        return None
    return {
        "name": "adopt",
        "label": _("Adopt the plan"),
        "url": reverse("tour-adopt", args=[desk.tour.slug]),
        "post": True,
        "fields": [("proposal", desk.shown.pk), ("version", desk.tour.version)],
    }


def _offer(desk: Desk) -> Row | None:
    count = len(desk.held())
    if not count or desk.is_draft:
        return None
    label = ngettext("Send %(count)d offer", "Send %(count)d offers", count) % {"count": count}
    return {
        "name": "offer",
        "label": label,
        "url": reverse("tour-offer", args=[desk.tour.slug]),
        "post": False,
    }


# -- Plans ---------------------------------------


def plans(desk: Desk) -> list[Row]:
    """What is agreed, and the plans, newest first, as links."""
    chips: list[Row] = []
    if desk.live:
        chips.append(
            {
                "label": _("As agreed"),
                "url": address(desk, visa=AGREED),
                "current": desk.shown is None,
                "count": len(desk.live),
            }
        )
    asked = {Proposal.Kind.RUN, Proposal.Kind.SEVERAL}
    runs = [p for p in desk.proposals if p.kind in asked or p.adopted_at or p is desk.newest]
    named = runs[:PLANS_NAMED]
    if desk.shown and desk.shown.pk not in {proposal.pk for proposal in named}:
        named = [*named, desk.shown]
    for proposal in named:
        chips.append(
            {
                "label": _("Plan %(number)d") % {"number": desk.number_of(proposal)},
                "url": address(desk, forslag=proposal.pk),
                "current": desk.shown is not None and desk.shown.pk == proposal.pk,
                "count": share_text(proposal, desk.now) or _plan_word(proposal),
            }
        )
    return chips if len(chips) > 1 else []


def _plan_word(proposal: Proposal) -> str:
    if proposal.adopted_at:
        return _("adopted %(when)s") % {"when": moment_short(proposal.adopted_at)}
    if proposal.kind == Proposal.Kind.BY_HAND:
        return _("by hand")
    return (proposal.state in FINISHED and asked_text(proposal)) or str(proposal.get_state_display())


#: What a plan of several is best for.
FAVOURS = {
    "value": gettext_lazy("most value"),
    "nights": gettext_lazy("few nights away"),
    "road": gettext_lazy("little road"),
    "spread": gettext_lazy("many municipalities"),
    "unchanged": gettext_lazy("few changes"),
}


def asked_text(proposal: Proposal) -> str:
    """ "few nights away, little road": what it is the best of several plans for, or that it stays near another plan."""
    if is_near(proposal):
        return str(FAVOURS["unchanged"])
    return ", ".join(str(FAVOURS[favour]) for favour in proposal.favours)


def is_near(proposal: Proposal) -> bool:
    """Whether the planner was asked to change little in another plan."""
    return proposal.kind == Proposal.Kind.RUN and proposal.parent_id is not None


def address(desk: Desk, **query: Any) -> str:
    """The tour's board, opened at a plan or at what is agreed."""
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"{reverse('board', args=[desk.tour.slug])}?{asked}"


# -- Nothing to show ---------------------------------------


def empty(desk: Desk) -> Row | None:
    """Why there is no board yet, and what to do; None when there is one."""
    if desk.course or desk.fault:
        return None
    season = desk.tour.season
    if desk.standing:
        count = len(desk.standing)
        return {
            "title": _("No plan yet"),
            "text": ngettext(
                "There is %(count)d wish to plan. The first plan is there at once.",
                "There are %(count)d wishes to plan. The first plan is there at once.",
                count,
            )
            % {"count": count},
        }
    if season.is_open(desk.now):
        text = _("Nobody has wished for %(production)s yet. %(season)s takes wishes until %(when)s.")
    elif season.opens_at > desk.now:
        text = _("%(season)s opens for wishes %(opens)s. Then they are gathered here.")
    else:
        text = _("%(season)s is closed, and nobody wished for %(production)s.")
    words = {
        "production": desk.tour.production,
        "season": season,
        "when": moment_text(season.closes_at),
        "opens": day_text(season.opens_at),
    }
    return {"title": _("No wishes yet"), "text": text % words}
