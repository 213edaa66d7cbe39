"""Residencies as they are read by whoever is in them: the list, and one with all that is agreed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from bookings.residencies import permissions
from turne.web.residencies.tabs import tabs_of


@login_required
@require_safe
def residencies(request: HttpRequest) -> HttpResponse:
    """One's own: as host, as artist, or those of the region."""
    found = permissions.visible_residencies(request.user).with_ground()
    return render(request, "residencies/list.html", {"rows": found})


@login_required
@require_safe
def residency(request: HttpRequest, pk: int) -> HttpResponse:
    """One residency, for those who are in it."""
    found = get_object_or_404(permissions.visible_residencies(request.user).with_ground(), pk=pk)
    context = {"residency": found, "tabs": tabs_of(found, "residency")}
    return render(request, "residencies/residency.html", context)
