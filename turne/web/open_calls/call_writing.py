"""Calls written by those who publish them: a draft, published, changed, withdrawn."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from programmes import calls, permissions
from programmes.call_kinds import Kind, kinds
from programmes.calls import CallInput, Weighed, standing
from programmes.models import Call
from turne.web import errors
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.once import click, once
from turne.web.open_calls.call_forms import FIELDS_OF_ROWS, CallForm
from turne.web.refusals import DONE, REFUSALS, done, led

#: So long a new call is open unless told otherwise, and so long after it the answer comes. Source: the house's
#: choice; Kulturstöd takes applications for four weeks.
OPEN_DAYS, ANSWER_DAYS = 28, 42


class WithdrawForm(forms.Form):
    """Why a call is withdrawn, for whoever was about to apply."""

    why = forms.CharField(label=gettext_lazy("Why it is withdrawn"), max_length=500)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def call_new(request: HttpRequest) -> HttpResponse:
    """Write a draft of a kind (?slag=)."""
    owners = permissions.publishers_of(request.user).select_related("region")
    owner = owners.first()
    if owner is None:
        raise Http404
    kind = kinds().get(request.GET.get("slag", ""), next(iter(kinds().values())))
    sent = request.POST if request.method == "POST" else None
    form = CallForm(kind, owner.region, owners, sent, call=None, initial=_begin(kind) | {"owner": owner.pk})

    def act() -> Call:
        publisher, data = form.cleaned_data["owner"], form.data_read()
        return calls.make(
            publisher.region, publisher, kind.key, data, by=user_of(request), now=timezone.now()
        )

    status, made = led(form, act, FIELDS_OF_ROWS)
    if status == DONE:
        messages.success(request, _("The draft is saved. Read it as others will, then publish it."))
        return redirect("open-call", made.slug)
    return _page(request, form, kind, None, status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def call_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Say it anew; of a public call what stands is only shown."""
    call = _find(request, slug)
    kind, sent = kinds()[call.kind], request.POST if request.method == "POST" else None
    form = CallForm(kind, call.region, None, sent, call=call, initial=_initial(standing(call)))  # type: ignore[arg-type]

    def act() -> None:
        version = number_in(request.POST.get("version"))
        calls.change(call, form.data_read(), version=version, by=user_of(request), now=timezone.now())

    status, _made = led(form, act, FIELDS_OF_ROWS)
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("open-call", call.slug)
    return _page(request, form, kind, call, status)


@login_required
@require_POST
@once
def call_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody read it."""
    call = _find(request, slug)

    def act() -> None:
        version = number_in(request.POST.get("version"))
        calls.publish(call, version=version, by=user_of(request), now=timezone.now())

    return done(request, act, _("Published. Everybody can read it now."), "open-call", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def call_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a public call back, with a reason that its page says."""
    call = _find(request, slug)
    sent = request.POST if request.method == "POST" else None
    form = WithdrawForm(sent)

    def act() -> None:
        why, version = form.cleaned_data["why"], number_in(request.POST.get("version"))
        calls.withdraw(call, why=why, version=version, by=user_of(request), now=timezone.now())

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Withdrawn. Its page says so, and why."))
        return redirect("open-call", slug)
    context = {"form": form, "call": call, "version": call.version}
    return render(request, "open_calls/withdraw.html", context, status=status)


@login_required
@require_POST
@once
def call_delete(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a draft away."""
    call = _find(request, slug)
    try:
        calls.delete(call, version=number_in(request.POST.get("version")))
    except REFUSALS as error:
        errors.say(request, error)
        return redirect("open-call", slug)
    messages.success(request, _("The draft is deleted."))
    return redirect("open-calls")


def _find(request: HttpRequest, slug: str) -> Call:
    return get_object_or_404(permissions.calls_run_by(request.user).with_ground(), slug=slug)


def _page(request: HttpRequest, form: CallForm, kind: Kind, call: Call | None, status: int) -> HttpResponse:
    chips = [
        {"label": one.label, "url": f"?slag={one.key}", "current": one == kind, "count": None}
        for one in kinds().values()
    ]
    context = {
        "form": form,
        "kind": kind,
        "call": call,
        "chips": [] if call else chips,
        "version": number_in(request.POST.get("version")) or (call.version if call else 0),
        "click": click(request),
    }
    return render(request, "open_calls/form.html", context, status=status)


def _begin(kind: Kind) -> dict[str, Any]:
    """What a new call of the kind begins with: four weeks from tomorrow at noon, and the kind's criteria."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    opens = noon + timedelta(days=1)
    closes = opens + timedelta(days=OPEN_DAYS)
    return {
        "opens_at": opens,
        "closes_at": closes,
        "answers_on": (closes + timedelta(days=ANSWER_DAYS)).date(),
        "criteria": [Weighed(one.sv, one.weight, one.en) for one in kind.criteria],
    }


def _initial(data: CallInput) -> dict[str, Any]:
    """The form's values of what stands."""
    plain = {field.name: getattr(data, field.name) for field in fields(data)}
    whole = [place.municipality.pk for place in data.places if place.host is None]
    return plain | {"municipalities": whole, "hosts": [place.host.pk for place in data.places if place.host]}
