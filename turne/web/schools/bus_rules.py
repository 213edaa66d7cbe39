"""Which rule about buses holds where: officers read, administrators choose and write."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings.bus_words import terms_texts
from bookings.permissions import administers
from turne.web.logged_in import user_of
from turne.web.refusals import blame, done
from turne.web.region import region_of
from turne.web.schools.bus_forms import ChoiceForm, RuleForm
from venues import bus_rules as verbs
from venues.errors import VenuesError
from venues.models import BusRule, BusRuleChoice, Region


@login_required
@require_safe
def rules_of_buses(request: HttpRequest) -> HttpResponse:
    """The rules that there are, and which of them holds where."""
    return _page(request, region_of(request))


@login_required
@require_POST
def bus_rule_choose(request: HttpRequest) -> HttpResponse:
    """Let a rule hold for a municipality or the whole region from a day on."""
    region = _to_change(request)
    form = ChoiceForm(region, request.POST)

    def save(values: dict[str, Any]) -> str:
        chosen, where = values.pop("rule"), values.pop("municipality")
        verbs.choose(chosen, where, **values, by=user_of(request), now=timezone.now())
        return _("Chosen: %(rule)s for %(where)s.") % {"rule": chosen, "where": where or region}

    return _save(request, region, form, save, chosen=form)


@login_required
@require_POST
def bus_rule_new(request: HttpRequest) -> HttpResponse:
    """Write a rule of the region's own, to be chosen then."""
    region = _to_change(request)
    form = RuleForm(request.POST)

    def save(values: dict[str, Any]) -> str:
        made = verbs.write_rule(
            region, values["label"], form.parameters(), on=timezone.localdate(), by=user_of(request)
        )
        return _("The rule is there. Choose now where it holds: %(rule)s.") % {"rule": made}

    return _save(request, region, form, save, written=form)


@login_required
@require_POST
def bus_rule_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a choice hold no longer than today."""
    region = _to_change(request)
    choice = get_object_or_404(BusRuleChoice, pk=pk, rule__region=region)
    told = _("The choice ends. What holds then stands below.")
    back = f"{reverse('bus-rules')}?{urlencode({'region': region.slug})}"
    return done(request, lambda: verbs.end_choice(choice, on=timezone.localdate()), told, back)


def _save(
    request: HttpRequest,
    region: Region,
    form: forms.Form,
    save: Callable[[dict[str, Any]], str],
    **shown: forms.Form,
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, region, status=422, **shown)
    try:
        messages.success(request, save(dict(form.cleaned_data)))
    except VenuesError as error:
        return _page(request, region, status=blame(form, error), **shown)
    return redirect(f"{reverse('bus-rules')}?{urlencode({'region': region.slug})}")


def _page(
    request: HttpRequest,
    region: Region,
    chosen: forms.Form | None = None,
    written: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    standing = verbs.Rules(region)
    context = {
        "region": region,
        "can_change": administers(request.user, region),
        "rules": [
            {"rule": rule, "texts": terms_texts(rule.terms, region.currency)}
            for rule in BusRule.objects.filter(region=region).select_related("by")
        ],
        "holding": [
            {"where": where, "rule": standing.of(where.pk, today)} for where in region.municipalities.all()
        ],
        "choices": BusRuleChoice.objects.filter(rule__region=region).select_related(
            "rule__region", "municipality", "by"
        ),
        "today": today,
        "form": chosen or ChoiceForm(region, initial={"valid_from": today}),
        "rule_form": written or RuleForm(),
    }
    return render(request, "schools/bus_rules.html", context, status=status)


def _to_change(request: HttpRequest) -> Region:
    region = region_of(request)
    if not administers(request.user, region):
        raise Http404
    return region
