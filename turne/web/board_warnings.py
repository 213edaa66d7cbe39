"""What agreements warn of on a board's days, and what was decided about it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.standing import Course
from tours import reasons
from tours.models import WarningOverride
from tours.planner import Caution
from tours.work_rules import profile_of
from turne.web.board_days import moment_short
from turne.web.desk import Desk
from venues.models import WorkRuleProfile

Row = dict[str, Any]


def warnings(desk: Desk, course: Course) -> dict[int, list[Row]]:
    """By day number what `components/board_warning.html` shows; nothing is asked of the database without a warning."""
    if not course.warnings:
        return {}
    profiles = WorkRuleProfile.objects.in_bulk({profile_of(one.agreement) for one in course.warnings})
    decided: dict[tuple[Any, ...], list[WarningOverride]] = {}
    for one in desk.tour.overrides.select_related("by", "withdrawn_by"):
        decided.setdefault((one.profile_id, one.rule, one.on_date), []).append(one)
    found: dict[int, list[Row]] = {}
    for caution in course.warnings:
        if profile := profiles.get(profile_of(caution.agreement)):
            on = course.problem.days[caution.day].date
            row = _row(desk, caution, profile) | {"date": on.isoformat()}
            row |= _decisions(desk, decided.get((profile.pk, caution.rule, on), []))
            found.setdefault(caution.day, []).append(row)
    return found


def _row(desk: Desk, caution: Caution, profile: WorkRuleProfile) -> Row:
    return {
        "text": reasons.caution_title(caution.rule),
        "detail": reasons.caution_text(caution),
        "source": f"{profile.label} ({profile.source})",
        "profile": profile.pk,
        "rule": caution.rule,
        "id": f"varning-{caution.day}-{caution.rule}-{profile.pk}",
        "override_url": reverse("warning-override", args=[desk.tour.slug]),
    }


def _decisions(desk: Desk, decided: list[WarningOverride]) -> Row:
    """The decision that stands, with the way to withdraw it, and those that were withdrawn."""
    standing = next((one for one in decided if one.withdrawn_at is None), None)
    gone = [_gone(one) for one in decided if one.withdrawn_at]
    if standing is None:
        return {"earlier": gone}
    return {
        "decided": _told(standing),
        "reason": standing.reason,
        "withdraw_url": reverse("warning-withdraw", args=[desk.tour.slug, standing.pk]),
        "earlier": gone,
    }


def _told(one: WarningOverride) -> str:
    return _("Overridden by %(who)s, %(when)s:") % {"who": one.by, "when": moment_short(one.at)}


def _gone(one: WarningOverride) -> str:
    assert one.withdrawn_at is not None
    return _("%(told)s %(reason)s Withdrawn by %(who)s, %(when)s.") % {
        "told": _told(one),
        "reason": one.reason if one.reason.endswith(".") else f"{one.reason}.",
        "who": one.withdrawn_by,
        "when": moment_short(one.withdrawn_at),
    }
