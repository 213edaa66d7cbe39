"""The agreement of a visit on paper, as it was confirmed: a page to print and a PDF, every version of it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bookings import agreement_words, agreements, kept_facts
from bookings.models import Agreement, Booking
from bookings.models.booking import Status
from bookings.permissions import can_advance
from tours.errors import TurneError
from turne.web import errors, paper
from turne.web.hosting import find_visible
from turne.web.logged_in import user_of

Row = dict[str, Any]
TEMPLATE = "papers/agreement.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def booking_agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement that holds now; POST keeps the one of a visit that was confirmed before they were kept."""
    found = find_visible(request, pk)
    if request.method == "POST":
        return _start(request, found)
    kept = agreements.versions(found)
    if kept:
        return paper.answer(request, _name(kept[0]), TEMPLATE, document(found, kept, kept[0]), as_pdf=False)
    if found.status != Status.CONFIRMED:
        raise Http404
    context = {"booking": found, "acts": can_advance(request.user, found)}
    return render(request, "papers/no_agreement.html", context)


@login_required
@require_safe
def booking_agreement_version(
    request: HttpRequest, pk: int, number: int, *, as_pdf: bool = False
) -> HttpResponse:
    """One version of the agreement, whatever holds now."""
    found = find_visible(request, pk)
    kept = agreements.versions(found)
    asked = next((one for one in kept if one.number == number), None)
    if asked is None:
        raise Http404
    return paper.answer(request, _name(asked), TEMPLATE, document(found, kept, asked), as_pdf=as_pdf)


def document(booking: Booking, kept: list[Agreement], asked: Agreement) -> Row:
    """What `papers/agreement.html` shows: all of it but the two warnings on the screen is from the kept facts."""
    facts = asked.facts
    before = next((one for one in kept if one.number == asked.number - 1), None)
    return {
        "language": get_language(),
        "title": agreement_words.title(facts),
        "author": facts["production"]["ensemble"],
        "body_class": "agreement",
        "agreement": asked,
        "versions": kept,
        "is_old": asked.number != kept[0].number,
        "is_whole": kept_facts.is_whole(asked),
        "standing": _standing(booking),
        "sections": agreement_words.sections(facts),
        "appendices": agreement_words.appendices(facts),
        "before": before,
        "differences": agreement_words.differences(before.facts, facts) if before else [],
        "back_url": reverse("booking", args=[booking.pk]),
        "back_label": _("To the visit"),
        "pdf_url": reverse("booking-agreement-pdf", args=[booking.pk, asked.number]),
    }


def _standing(booking: Booking) -> str:
    """What has become of the visit since, where it does not stand as it was confirmed."""
    if booking.status == Status.CONFIRMED:
        return ""
    return _("The visit is %(state)s now.") % {"state": booking.get_status_display()}


def _start(request: HttpRequest, found: Booking) -> HttpResponse:
    if not can_advance(request.user, found):
        raise PermissionDenied(_("Only the two sides of the visit keep its agreement."))
    try:
        agreements.start(found, by=user_of(request), now=timezone.now())
    except TurneError as error:
        errors.say(request, error)
        return redirect("booking", pk=found.pk)
    messages.success(request, _("The agreement is kept as it stands."))
    return redirect("booking-agreement", pk=found.pk)


def _name(agreement: Agreement) -> str:
    return f"avtal-{agreement.booking_id}-{agreement.number}"
