"""How far a run of the planner has come: the share of its time, its best plan so far, the bound, and what found it."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import running
from tours.models import Proposal
from turne.web.desk import Desk
from venues.dates import money_text

Row = dict[str, Any]
#: A plan that waits longer than this (seconds) has no worker.
LONG_WAIT = 20
#: What found a plan, by the planner's name for it (docs/planner.md).
METHODS = {
    "greedy": gettext_lazy("filling day by day"),
    "search": gettext_lazy("planning some days anew"),
    "sweep": gettext_lazy("weighing whole tours"),
    "dive": gettext_lazy("fixing the surest days first"),
    "exact": gettext_lazy("calculating exactly"),
}


def share_text(proposal: Proposal, now: datetime) -> str:
    """ "40 %" of its time, while a run is at work; else nothing."""
    if proposal.state != Proposal.State.RUNNING:
        return ""
    return _("%(percent)d %%") % {"percent": _percent(proposal, _seconds(proposal, now))}


def progress(desk: Desk) -> Row | None:
    """How far the planner has come, for `planning/progress.html`; None when it is done."""
    shown = desk.shown
    if shown is None or not desk.is_working:
        return None
    poll = reverse("proposal", args=[desk.tour.slug, shown.pk])
    seconds = _seconds(shown, desk.now)
    return {
        "text": _progress_text(desk, shown, seconds),
        "more": _found_text(shown),
        "poll_url": poll,
        "stop_url": "" if shown.stop_asked_at else reverse("run-stop", args=[desk.tour.slug, shown.pk]),
        "reload_url": f"{reverse('board', args=[desk.tour.slug])}?forslag={shown.pk}",
        "value": seconds,
        "max": shown.seconds if shown.state == Proposal.State.RUNNING else None,
    }


def _seconds(proposal: Proposal, now: datetime) -> int:
    """How long the planner has been at it; how long the plan has waited before that."""
    if proposal.state == Proposal.State.QUEUED or proposal.claimed_until is None:
        return max(0, round((now - proposal.requested_at).total_seconds()))
    lasting = timedelta(seconds=proposal.seconds + running.LEASE_MARGIN)
    spent = (now - (proposal.claimed_until - lasting)).total_seconds()
    return min(proposal.seconds, max(0, round(spent)))


def _progress_text(desk: Desk, proposal: Proposal, seconds: int) -> str:
    plan = proposal.plan or {}
    worth = money_text(round(plan.get("objective") or 0), desk.tour.production.currency)
    if proposal.state == Proposal.State.QUEUED:
        if seconds > LONG_WAIT:
            return _("The plan has waited for %(seconds)d s. Is the background worker running?") % {
                "seconds": seconds
            }
        return _("This is a first plan, worth %(worth)s. A better one is about to be looked for.") % {
            "worth": worth
        }
    percent = _percent(proposal, seconds)
    told = {"seconds": seconds, "all": proposal.seconds, "worth": worth, "percent": percent}
    if proposal.stop_asked_at:
        return _("Stopping. The best so far is worth %(worth)s and is kept.") % told
    text = (
        _(
            "Looking for a better plan: %(percent)d %%, %(seconds)d of %(all)d s. The best so far is worth %(worth)s"
        )
        % told
    )
    bound, gap = plan.get("bound"), plan.get("gap")
    if bound is None or gap is None:
        return text + "."
    limit = {
        "bound": money_text(round(bound), desk.tour.production.currency),
        "gap": number_format(gap * 100, 1),
    }
    return text + _(", none can be worth more than %(bound)s (%(gap)s %% more).") % limit


def _percent(proposal: Proposal, seconds: int) -> int:
    return round(100 * seconds / proposal.seconds) if proposal.seconds else 100


def _found_text(proposal: Proposal) -> str:
    """What found the best plan so far, and when; nothing before the run has begun."""
    trace = (proposal.plan or {}).get("trace")
    if proposal.state != Proposal.State.RUNNING or not trace:
        return ""
    best = trace[-1]
    told = {
        "method": METHODS.get(best["by"], best["by"]),
        "seconds": number_format(best["seconds"], 1),
    }
    found = _("Found after %(seconds)s s by: %(method)s.") % told
    return f"{found} {_('The figures follow the best plan; the days change when it is done.')}"
