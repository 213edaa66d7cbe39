"""Claims for whoever receives them: the list with sums and pots, decisions, what is returned, paid and let in late."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, Count, Q, Sum, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import claim_facts, claim_handling, claiming
from bookings.claim_permissions import can_handle, handles_claims, late_claims, received_claims
from bookings.claim_pots import pot_of, pot_state
from bookings.models import SubsidyClaim
from bookings.models.subsidy_claims import ASKED, GIVEN, ClaimState, SubsidyClaims
from tours.models import Season
from turne.web import claim_rows
from turne.web.claim_filters import Asked, asked, chips
from turne.web.claim_forms import DecisionForm, PaidForm, ReturnForm, UntilForm, first_error
from turne.web.logged_in import acting
from turne.web.once import once
from turne.web.refusals import DONE, done, led
from turne.web.tables import csv_response
from venues.dates import money_text, span_text
from venues.models import SubsidyScheme

Row = dict[str, Any]
#: Rows of a page. Source: the house's choice.
PAGE = 50
#: Two forms stand on the page of a decision, each with fields of its own.
RETURN_ID = "return_%s"


@login_required
@never_cache
@require_safe
def claims_received(request: HttpRequest) -> HttpResponse:
    """All that were sent in to one's schemes, the oldest that waits first; narrowed by the address."""
    everything, now = _received(request), timezone.now()
    found, narrowed = _narrowed(request, everything)
    page = Paginator(_in_order(found), PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [claim_rows.row(claim, now) for claim in page.object_list],
        "page": page,
        "late": [claim_rows.row(claim, now) for claim in late_claims(request.user).with_ground()],
        "sums": _sums(found, now),
        "groups": chips(everything, narrowed, reverse("claims-received")),
        "is_narrowed": narrowed.is_narrowed,
        "csv_url": f"{reverse('claims-received-csv')}?{urlencode(narrowed.query())}",
    }
    return render(request, "claims/received.html", context)


@login_required
@require_safe
def claims_received_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table, a row for each claim."""
    found, _narrowed_by = _narrowed(request, _received(request))
    heading = [
        _("Scheme"), _("Claimant"), _("Municipality"), _("Production"), _("Day"), _("State"), _("Claimed"),
        _("Granted"), _("Currency"), _("Sent in on"), _("Decided on"), _("Paid out on"), _("Reference"),
        _("Fingerprint (SHA-256)"),
    ]  # fmt: skip
    return csv_response(_("received claims") + ".csv", [heading, *map(_cells, _in_order(found))])


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def claim_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on one; until it is paid another decision may take its place."""
    found = _handled(request, pk)
    sent = request.POST if request.method == "POST" else None
    if sent is None and not claim_handling.is_decidable(found, timezone.now()):
        messages.error(request, claiming.state_text(found))
        return redirect("claim", pk)
    start = {
        "granted": found.amount if found.granted_amount is None else found.granted_amount,
        "why": found.decided_why,
        "reference": found.reference,
    }
    form = DecisionForm(sent, initial=start)
    status, _made = led(form, lambda: claim_handling.decide(found, form.decision(), **acting(request)))
    if status == DONE:
        messages.success(request, _("Decided. The claimant gets a mail."))
        return redirect("claim", pk)
    return _decide_page(request, found, form, ReturnForm(auto_id=RETURN_ID), status)


@login_required
@require_POST
@once
def claim_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back to be completed."""
    found, form = _handled(request, pk), ReturnForm(request.POST, auto_id=RETURN_ID)

    def act() -> None:
        claim_handling.return_for_completing(found, **form.cleaned_data, **acting(request))

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Returned. The claimant gets a mail."))
        return redirect("claim", pk)
    return _decide_page(request, found, DecisionForm(initial={"granted": found.amount}), form, status)


@login_required
@require_POST
@once
def claim_paid(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it is paid out."""
    said = _("Noted. The claimant gets a mail.")
    return _done(request, _handled(request, pk), PaidForm, claim_handling.note_paid, said, "claim", pk)


@login_required
@require_POST
@once
def claim_open_late(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a late one be sent in; it is found in the list alone, since a draft is nobody else's to read."""
    found = get_object_or_404(late_claims(request.user).with_ground(), pk=pk)
    said = _("Open. The claimant gets a mail.")
    return _done(request, found, UntilForm, claim_handling.open_late, said, "claims-received")


def _done(
    request: HttpRequest,
    found: SubsidyClaim,
    shape: type[forms.Form],
    verb: Callable[..., Any],
    said: str,
    *to: Any,
) -> HttpResponse:
    """What a short form asks for, done; its fault is told on the page that comes next."""
    form = shape(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(*to)
    return done(request, lambda: verb(found, **form.cleaned_data, **acting(request)), said, *to)


def _decide_page(
    request: HttpRequest, found: SubsidyClaim, form: forms.Form, return_form: forms.Form, status: int
) -> HttpResponse:
    last, pot = claim_facts.counts(found), pot_of(found, timezone.now())
    assert last is not None  # it was sent in
    context = {
        "claim": found,
        "booking": found.booking,
        "scheme": found.scheme,
        "pill": claim_rows.pill(found),
        **claim_rows.sent(last.facts),
        "pot": money_text(pot.left, pot.currency) if pot else "",
        "form": form,
        "return_form": return_form if found.state == ClaimState.SENT else None,
        "version": request.POST.get("version") or found.version,
    }
    return render(request, "claims/decide.html", context, status=status)


def _received(request: HttpRequest) -> SubsidyClaims:
    if not handles_claims(request.user):
        raise Http404
    return received_claims(request.user)


def _narrowed(request: HttpRequest, everything: SubsidyClaims) -> tuple[SubsidyClaims, Asked]:
    narrowed = asked(request.GET)
    seasons = Season.objects.filter(tours__bookings__subsidy_claims__in=everything)
    if narrowed.season and not seasons.filter(slug=narrowed.season).exists():
        raise Http404
    return narrowed.of(everything), narrowed


def _in_order(found: SubsidyClaims) -> SubsidyClaims:
    """What waits for a decision first, then the rest; each by when it was first sent in."""
    waits_first = Case(When(state=ClaimState.SENT, then=0), default=1)
    return found.with_ground().order_by(waits_first, "sent_at", "pk")


def _sums(found: SubsidyClaims, now: datetime) -> list[Row]:
    """By scheme how many and how much, and what is left of its pot."""
    schemes = SubsidyScheme.objects.filter(pk__in=found.values("scheme")).order_by("label", "valid_from")
    rows = []
    for scheme in schemes:
        mine, pot = found.filter(scheme=scheme), pot_state(scheme, timezone.localdate(now))
        sums = mine.aggregate(
            count=Count("pk"),
            asked=Sum("amount", filter=Q(state__in=ASKED)),
            granted=Sum("granted_amount", filter=Q(state__in=GIVEN)),
            paid=Sum("granted_amount", filter=Q(state=ClaimState.PAID)),
        )
        currency = scheme.rules["currency"]
        rows.append(
            {
                "label": scheme.label,
                "count": sums["count"],
                **{name: money_text(sums[name] or 0, currency) for name in ("asked", "granted", "paid")},
                "pot": money_text(pot.pot.amount, currency) if pot else "",
                "left": money_text(pot.left, currency) if pot else "",
                "span": span_text(pot.pot.first, pot.pot.last) if pot else "",
            }
        )
    return rows


def _cells(claim: SubsidyClaim) -> list[str]:
    last = claim_facts.counts(claim)
    return [
        claim.scheme.label,
        str(claim.claimant),
        str(claim.booking.venue.place.municipality),
        claim.booking.tour.production.title,
        claim_rows.day_of(claim.booking.occupied_from),
        claim.get_state_display(),
        str(claim.amount),
        "" if claim.granted_amount is None else str(claim.granted_amount),
        claim.currency,
        claim_rows.day_of(claim.sent_at),
        claim_rows.day_of(claim.decided_at),
        claim.paid_on.isoformat() if claim.paid_on else "",
        claim.reference,
        last.digest if last else "",
    ]


def _handled(request: HttpRequest, pk: int) -> SubsidyClaim:
    """One that the reader receives; one's own house's is not found, nor what nobody has sent in."""
    found = get_object_or_404(received_claims(request.user).with_ground(), pk=pk)
    if not can_handle(request.user, found):
        raise Http404
    return found
