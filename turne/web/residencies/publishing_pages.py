"""A residency made public, and taken off again."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bookings.residencies import publishing
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import done
from turne.web.residencies.form_pages import version_sent
from turne.web.residencies.found import planned_by


@login_required
@require_POST
@once
def residency_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Let everybody read of it."""
    residency = planned_by(request, pk)

    def act() -> None:
        version = version_sent(request)
        publishing.publish(residency, version=version, by=user_of(request), now=timezone.now())

    return done(request, act, _("Public: everybody can read of it now."), "residency-results", pk)


@login_required
@require_POST
@once
def residency_unpublish(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off."""
    residency = planned_by(request, pk)

    def act() -> None:
        version = version_sent(request)
        publishing.unpublish(residency, version=version, by=user_of(request), now=timezone.now())

    return done(request, act, _("It is not public any more."), "residency-results", pk)
