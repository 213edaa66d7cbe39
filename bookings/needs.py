"""What some in a group need: how many, never who; forgotten soon after the visit.

Access needs are sensitive even as counts where a group is small. Source: the field's rule: kept as a requirement of the
visit, counts only, and purged after it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from bookings.models import VisitGroup
from tours.models import Allotment, AllotmentOrder, GradeAnswer, WishGroup
from tours.models.school_wishes import Need

#: So long after the visit needs are kept. Source: the house's choice: a week to talk over what was missing.
NEEDS_KEPT = timedelta(days=7)
_TOLD = ~Q(needs={})


def to_forget(now: datetime) -> "list[QuerySet[Any]]":
    """The rows whose needs have served: the visit is over, the wish taken back, or the season's last day past."""
    return [*_counted(now), _allotments(now)]


def forget_due(now: datetime) -> int:
    """Forget them; of how many rows. The rows stay: how many came is counted on."""
    counted = sum(rows.update(needs={}) for rows in _counted(now))
    return counted + sum(_forget_in(pk) for pk in _allotments(now).values_list("pk", flat=True))


def _counted(now: datetime) -> "list[QuerySet[Any]]":
    before, day = now - NEEDS_KEPT, _last_day(now)
    return [
        VisitGroup.objects.filter(_TOLD, booking__occupied_to__lt=before),
        WishGroup.objects.filter(_TOLD).filter(
            Q(wish__season__ends_on__lt=day) | Q(wish__withdrawn_at__lt=before)
        ),
        GradeAnswer.objects.filter(_TOLD, season__ends_on__lt=day),
    ]


def _allotments(now: datetime) -> "QuerySet[Allotment]":
    """Those whose problem may name needs still: it has its fingerprint as long as it stands as it was written."""
    ended = Allotment.objects.filter(season__ends_on__lt=_last_day(now)).exclude(fingerprint="")
    return ended.exclude(state__in=[Allotment.State.QUEUED, Allotment.State.RUNNING])


def _last_day(now: datetime) -> date:
    return timezone.localdate(now - NEEDS_KEPT)


@transaction.atomic
def _forget_in(pk: int) -> int:
    """Forget what the problem and the plan of an allotment say of needs, by school and grade; 1 where it was done.

    Nothing can be published over a problem without its fingerprint; that season is past.
    """
    found = Allotment.objects.select_for_update(no_key=True).exclude(fingerprint="").filter(pk=pk).first()
    if found is None:
        return 0
    found.problem, found.plan, found.fingerprint = _without(found.problem), _without(found.plan), ""
    found.save(update_fields=["problem", "plan", "fingerprint"])
    AllotmentOrder.objects.filter(allotment=found).update(before=None)
    return 1


def _without(told: Any) -> Any:
    """A document of an allotment with empty lists where needs were."""
    if isinstance(told, dict):
        return {name: [] if name == "needs" else _without(value) for name, value in told.items()}
    return [_without(value) for value in told] if isinstance(told, list) else told


def sums(groups: Iterable[Any]) -> list[tuple[Need, int]]:
    """How many in all of the groups have each need, in fixed order; those that nobody has are left out."""
    totals: dict[str, int] = {}
    for row in groups:
        for need, count in row.needs.items():
            totals[need] = totals.get(need, 0) + count
    return [(need, totals[need]) for need in Need if totals.get(need)]
