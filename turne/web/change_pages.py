"""A change of a confirmed visit as pages show it: both versions side by side, and its answer by the mailed link."""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bookings import change_words, changes, changing, lifecycle
from bookings.errors import LinkProblem
from bookings.models import Booking, ChangeProposal
from turne.web import visits
from turne.web.action_forms import ActionForm
from turne.web.answers import by_mailed_link, dead_link
from turne.web.change_forms import FORMS
from turne.web.form_fields import number_in
from turne.web.refusals import REFUSALS, blame

Row = dict[str, Any]
#: Steps whose page shows both versions.
STEPS = ("accept_change", "refuse_change", "take_back_change")
#: Outcomes that an answer has had: its link goes on telling them.
_ANSWERED = (ChangeProposal.Outcome.ACCEPTED, ChangeProposal.Outcome.REFUSED)
#: Answer of the bearer of a link -> its step and verb.
ANSWERS: dict[str, tuple[str, Callable[..., Booking]]] = {
    "accept": ("accept_change", changing.accept_change),
    "refuse": ("refuse_change", changing.refuse_change),
}


def waiting(booking: Booking, steps: Collection[str]) -> Row | None:
    """The change that waits, for `hosting/change.html`; None where none does.

    Args:
        steps: what the reader may do.
    """
    change = booking.open_change
    if change is None:
        return None
    return {
        "who": change_words.who(booking, change),
        "rows": change_words.differences(booking, change),
        "reason": change.reason,
        "cancels": change.cancels,
        "answer_by": change.answer_by,
        "can_answer": "accept_change" in steps,
        "can_take_back": "take_back_change" in steps,
    }


def cancelled(booking: Booking) -> Row | None:
    """Whose doing the cancellation is, and what that means; None where there is none."""
    row = getattr(booking, "cancellation", None)
    return {"text": change_words.cancelled(row), "is_late": row.is_late} if row else None


# No CSRF token: the secret in the address is the whole authority; see `answers.answer`.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_mailed_link
def change_answer_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows both versions and changes nothing, because mail scanners open links; POST answers."""
    try:
        proposal = changes.find_change(token)
    except LinkProblem as problem:
        return dead_link(request, problem, token)
    booking = Booking.objects.with_ground().get(pk=proposal.booking_id)
    asked = (request.POST if request.method == "POST" else request.GET).get("answer", "")
    step, verb = ANSWERS.get(asked, ANSWERS["accept"])
    is_sent = request.method == "POST" and asked in ANSWERS
    form = FORMS[step](booking, request.POST if is_sent else None)
    status = 422 if request.method == "POST" else 200
    is_open = changes.waits_for_presenter(proposal, timezone.now())
    if is_open and is_sent and form.is_valid():
        status = _answer(request, booking, verb, form)
        is_open = changes.waits_for_presenter(changes.find_change(token), timezone.now())
        if status == 302 or not is_open:  # answered by the first of two clicks, or by somebody else
            return redirect("change-answer-link", token=token)
    elif not is_open:
        status = 200 if proposal.outcome in _ANSWERED else 410
    context = {
        "booking": booking,
        "proposal": proposal,
        "change": waiting(booking, STEPS) if is_open else None,
        "became": change_words.new_version(booking, proposal),
        "facts": visits.facts(booking),
        "producer": booking.tour.production.ensemble.producer,
        "form": form,
        "asked": asked,
        "version": request.POST.get("version") or booking.version,
        "plain_bar": True,
    }
    return render(request, "hosting/change_link.html", context, status=status)


def _answer(request: HttpRequest, booking: Booking, verb: Callable[..., Booking], form: ActionForm) -> int:
    try:
        with transaction.atomic():
            lifecycle.unchanged(booking, number_in(request.POST.get("version")))
            verb(booking, by=None, now=timezone.now(), **form.cleaned_data)
    except REFUSALS as error:
        return blame(form, error)
    return 302
