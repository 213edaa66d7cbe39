"""An application as its assessor reads it, with the form to score it by beside it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings.languages import in_language
from programmes import permissions, reviews, sightings
from programmes.models import Application, Assessment, Assessor, Review, Sighting
from tours.models import Production
from turne.web.assessing.assessing_forms import ScoreForm
from turne.web.assessing.seats import facts_shown, seat_or_404
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import click, once
from turne.web.open_calls.sent_files import sent_files
from turne.web.refusals import DONE, led
from venues.dates import span_text
from venues.models import Municipality

Row = dict[str, Any]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once
def assessment_read(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One application; POST keeps the scores as a draft, or finishes them (`gor`) and leads on to the next.

    Once the assessment has ended, its page says so instead.
    """
    found, seat = seat_or_404(request, slug)
    now, user = timezone.now(), user_of(request)
    if permissions.is_ended(found.call, now):
        return redirect("assessment", slug)
    readable = permissions.readable(user, found.call, now).prefetch_related("submissions")
    application = get_object_or_404(readable, number=number)
    mine = reviews.numbers(seat)
    if number not in mine and (found.closed_at is None or request.method == "POST"):
        raise Http404  # whoever runs the call reads it elsewhere
    review = reviews.standing(seat, application)
    sent = request.POST if request.method == "POST" else None
    form = ScoreForm(found, sent, review=review)
    finish = request.POST.get("gor") == "klar"

    def act() -> None:
        data, version = form.data_read(), number_in(request.POST.get("version"))
        reviews.save(seat, application, data, finish=finish, version=version, by=user, now=now)

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Finished.") if finish else _("Saved as a draft."))
        return _onward(seat, slug, number, finish=finish)
    return _page(request, found, seat, application, form, review, mine, status)


def _onward(seat: Assessor, slug: str, number: int, *, finish: bool) -> HttpResponse:
    """After a draft the same page; after a finished one the next that is not, or the list."""
    if not finish:
        return redirect("assessment-read", slug, number)
    left = reviews.numbers(seat, unfinished=True)
    onward = next((one for one in left if one > number), left[0] if left else None)
    return redirect("assessment-read", slug, onward) if onward else redirect("assessment", slug)


def _page(
    request: HttpRequest,
    found: Assessment,
    seat: Assessor,
    application: Application,
    form: ScoreForm,
    review: Review | None,
    mine: list[int],
    status: int,
) -> HttpResponse:
    user, now = user_of(request), timezone.now()
    hide = permissions.names_are_hidden(user, found.call)
    sightings.note(found.call, application, user, Sighting.What.APPLICATION, now)
    if not hide:
        sightings.note(found.call, application, user, Sighting.What.NAMES, now)
    number = application.number
    at = mine.index(number) if number in mine else None
    facts = facts_shown(application, hide_names=hide)
    context = {
        **read_of(application, facts),
        "files": sent_files(facts, application, user, now),
        "call": found.call,
        "call_title": in_language(found.call, "title"),
        "assessment": found,
        "form": form,
        "review": review,
        "version": number_in(request.POST.get("version")) if request.method == "POST" else form.version,
        "click": click(request),
        "is_open": at is not None and found.closed_at is None,
        "hide_names": hide,
        "place": at + 1 if at is not None else None,
        "total": len(mine),
        "before": mine[at - 1] if at else None,
        "after": mine[at + 1] if at is not None and at + 1 < len(mine) else None,
    }
    return render(request, "assessing/read.html", context, status=status)


def read_of(application: Application, facts: Row) -> Row:
    """An application's facts as a page shows them."""
    home = Municipality.objects.filter(region=application.call.region_id, code=facts["home"]).first()
    budget = [
        {"words": one["words"], "amount": Decimal(one["amount"]), "is_income": one["is_income"]}
        for one in facts["budget"]
    ]
    return {
        "application": application,
        "facts": facts,
        "who": facts.get("who"),
        "home": home,
        "art_form": Production.ArtForm(facts["art_form"]).label,
        "periods": [span_text(*map(date.fromisoformat, span)) for span in facts["periods"]],
        "budget": budget,
        "costs": sum(one["amount"] for one in budget if not one["is_income"]),
        "incomes": sum(one["amount"] for one in budget if one["is_income"]),
    }
