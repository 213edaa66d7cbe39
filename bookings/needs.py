"""What some in a group need: how many, never who; forgotten soon after the visit.

Access needs are sensitive even as counts where a group is small. Source: the field's rule: kept as a requirement of the
visit, counts only, and purged after it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bookings.models import VisitGroup
from tours.models import GradeAnswer, WishGroup
from tours.models.school_wishes import Need

#: So long after the visit needs are kept. Source: the house's choice: a week to talk over what was missing.
NEEDS_KEPT = timedelta(days=7)
_TOLD = ~Q(needs={})


def to_forget(now: datetime) -> "list[QuerySet[Any]]":
    """The rows whose needs have served: the visit is over, the wish taken back, or the season's last day past."""
    before = now - NEEDS_KEPT
    day = timezone.localdate(before)
    return [
        VisitGroup.objects.filter(_TOLD, booking__occupied_to__lt=before),
        WishGroup.objects.filter(_TOLD).filter(
            Q(wish__season__ends_on__lt=day) | Q(wish__withdrawn_at__lt=before)
        ),
        GradeAnswer.objects.filter(_TOLD, season__ends_on__lt=day),
    ]


def forget_due(now: datetime) -> int:
    """Forget them; of how many rows. The rows stay: how many came is counted on."""
    return sum(rows.update(needs={}) for rows in to_forget(now))


def sums(groups: Iterable[Any]) -> list[tuple[Need, int]]:
    """How many in all of the groups have each need, in fixed order; those that nobody has are left out."""
    totals: dict[str, int] = {}
    for row in groups:
        for need, count in row.needs.items():
            totals[need] = totals.get(need, 0) + count
    return [(need, totals[need]) for need in Need if totals.get(need)]
