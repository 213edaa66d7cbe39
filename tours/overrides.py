"""The verbs of a warning: override it with a reason, withdraw that. The law is not overridden."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tours.errors import NotNow, Refused
from tours.models import Tour, WarningOverride
from tours.planner import CAUTIONS
from venues.models import User, WorkRuleProfile


@transaction.atomic
def override(
    tour: Tour, profile: WorkRuleProfile, rule: str, on: date, reason: str, *, by: User, now: datetime
) -> WarningOverride:
    """From now on this warning is shown as decided, with its reason.

    Args:
        rule: one of planner.CAUTIONS.
        on: the day it stands under on the board.

    Raises:
        Refused: it is the law, or no warning of this tour's, or no reason is given.
        NotNow: it has been overridden already.
    """
    Tour.objects.select_for_update(no_key=True).get(pk=tour.pk)
    _check(tour, profile, rule, on)
    reason = reason.strip()
    if not reason:
        raise Refused(_("Write why you play all the same. The reason is kept."), field="reason")
    same = WarningOverride.objects.filter(tour=tour, profile=profile, rule=rule, on_date=on)
    if same.filter(withdrawn_at=None).exists():
        raise NotNow(_("This warning has been overridden already."), tour=tour.pk)
    return WarningOverride.objects.create(
        tour=tour, profile=profile, rule=rule, on_date=on, reason=reason, by=by, at=now
    )


@transaction.atomic
def withdraw(decided: WarningOverride, *, by: User, now: datetime) -> WarningOverride:
    """Let it warn again; what was decided, and why, stays to be read.

    Raises:
        NotNow: it has been withdrawn already.
    """
    locked = WarningOverride.objects.select_for_update(no_key=True).get(pk=decided.pk)
    if locked.withdrawn_at:
        raise NotNow(_("This decision has been withdrawn already."), override=locked.pk)
    locked.withdrawn_at, locked.withdrawn_by = now, by
    locked.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return locked


def _check(tour: Tour, profile: WorkRuleProfile, rule: str, on: date) -> None:
    if profile.severity == WorkRuleProfile.Severity.BLOCK:
        raise Refused(
            _("%(law)s is the law and cannot be overridden. Change the plan instead.") % {"law": profile},
            tour=tour.pk,
        )
    chosen = tour.work_rules.filter(pk=profile.pk).exists()
    if rule not in CAUTIONS or not chosen or not tour.has_day(on):
        raise Refused(_("This is no warning of the tour's. Open the board again."), tour=tour.pk)
