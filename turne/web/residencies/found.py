"""A residency, or a part of it, as an address names it, for whoever may do something about it."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from bookings.models import DayLine, Residency, ResidencyContract, ResidencyTravel
from bookings.residencies import permissions
from bookings.residencies.event_permissions import can_plan_days


def residency_of(request: HttpRequest, pk: int) -> Residency:
    """One that the reader sees; others are not there."""
    found = permissions.visible_residencies(request.user).with_ground()
    return get_object_or_404(found, pk=pk)


def agreed_by(request: HttpRequest, pk: int) -> tuple[Residency, list[ResidencyContract]]:
    """One that the reader sees, or with which they had a contract as its host, and the contracts that they may read.

    The newest contract stands first. Others are not there.
    """
    found = get_object_or_404(Residency.objects.with_ground(), pk=pk)
    kept = list(permissions.contracts_read_by(request.user, found))
    if not kept and not permissions.visible_residencies(request.user).filter(pk=pk).exists():
        raise Http404
    return found, kept


def run_by(request: HttpRequest, pk: int, *ground: str) -> Residency:
    """One that the reader runs; others are not there.

    Args:
        ground: what of it the page reads further.
    """
    found = permissions.run_residencies(request.user).with_ground()
    return get_object_or_404(found.select_related(*ground) if ground else found, pk=pk)


def planned_by(request: HttpRequest, pk: int) -> Residency:
    """One whose days the reader plans; others are not there."""
    found = residency_of(request, pk)
    if not can_plan_days(request.user, found):
        raise Http404
    return found


def line_of(request: HttpRequest, pk: int) -> DayLine:
    """A line of a day of one that the reader plans."""
    line = get_object_or_404(DayLine, pk=pk)
    line.residency = planned_by(request, line.residency_id)
    return line


def journey_of(request: HttpRequest, pk: int) -> ResidencyTravel:
    """A journey of one that the reader plans."""
    journey = get_object_or_404(ResidencyTravel, pk=pk)
    journey.residency = planned_by(request, journey.residency_id)
    return journey
