"""Skapande skola: the grants of owners of schools by year, what each has led to, and the visits that it pays."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import grants, visible
from bookings.creative_school import report_of
from bookings.models import Booking, SchoolGrant
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.refusals import DONE, done, led
from turne.web.schools import creative_rows
from turne.web.schools.creative_forms import DecisionForm, initial_of
from turne.web.tables import csv_response
from venues.models import GrantScheme
from venues.models.school_years import school_year_of, year_label

#: School years for which a grant can be noted, beside this one. Source: the house's choice; a grant is applied for in
#: January for the next, and reported after the year before.
YEARS_BACK, YEARS_AHEAD = 2, 1


@login_required
@require_safe
def creative_school(request: HttpRequest) -> HttpResponse:
    """The grants of a school year: promised against reached."""
    year, years = _year(request)
    reports = [report_of(grant, timezone.now()) for grant in _grants(request).filter(year=year)]
    context = {
        "year": year_label(year),
        "chips": [
            {"label": year_label(one), "url": f"?lasar={one}", "current": one == year} for one in years
        ],
        "rows": [creative_rows.row(report) for report in reports],
        "csv_url": f"{reverse('creative-school-csv')}?lasar={year}",
        "new_url": f"{reverse('creative-grant-new')}?lasar={year}",
        "has_owners": visible.school_owners(request.user).exists(),
    }
    return render(request, "schools/creative_list.html", context)


@login_required
@require_safe
def creative_school_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table."""
    year, _years = _year(request)
    reports = [report_of(grant, timezone.now()) for grant in _grants(request).filter(year=year)]
    return csv_response(f"skapande-skola-{year}.csv", creative_rows.list_table(reports))


@login_required
@require_safe
def creative_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """One grant: pupils, visits with their evidence, and what endangers it; to read and to print."""
    grant = get_object_or_404(_grants(request), pk=pk)
    report = report_of(grant, timezone.now())
    context = {
        "grant": grant,
        "figures": creative_rows.figures(report),
        "promised": creative_rows.promised(grant),
        "warnings": report.warnings,
        "lines": creative_rows.lines(report, user_of(request)),
        "could_be": creative_rows.open_ones(report, user_of(request)),
        "conditions": creative_rows.conditions(grant),
        "list_url": f"{reverse('creative-school')}?lasar={grant.year}",
    }
    return render(request, "schools/creative.html", context)


@login_required
@require_safe
def creative_grant_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The list for the report, a row for each visit."""
    grant = get_object_or_404(_grants(request), pk=pk)
    name = f"skapande-skola-{grant.owner.organisation.slug}-{grant.year}.csv"
    return csv_response(name, creative_rows.table(report_of(grant, timezone.now())))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def creative_grant_new(request: HttpRequest) -> HttpResponse:
    """Note what an owner was granted."""
    owners = visible.school_owners(request.user)
    if not owners.exists():
        raise Http404
    year, years = _year(request)
    schemes = GrantScheme.objects.filter(region__organisations__school_owner__in=owners).distinct()
    sent = request.POST if request.method == "POST" else None
    form = DecisionForm(owners, schemes, years, sent, initial={"year": year})

    def act() -> SchoolGrant:
        read, now = form.cleaned_data, timezone.now()
        return grants.grant(
            read["owner"], read["scheme"], read["year"], form.decision(), by=user_of(request), now=now
        )

    status, made = led(form, act)
    if status == DONE:
        messages.success(request, _("Noted. Tag now the visits that it pays."))
        return redirect("creative-grant", made.pk)
    context = {"form": form, "title": _("Note a grant"), "back": reverse("creative-school"), "version": None}
    return render(request, "schools/creative_form.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def creative_grant_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was noted; its history keeps what it was."""
    grant = get_object_or_404(_grants(request), pk=pk)
    sent = request.POST if request.method == "POST" else None
    form = DecisionForm(None, None, [], sent, standing=grant, initial=initial_of(grant))

    def act() -> SchoolGrant:
        version = number_in(request.POST.get("version"))
        return grants.change(grant, form.decision(), version=version, by=user_of(request), now=timezone.now())

    status, _made = led(form, act)
    if status == DONE:
        messages.success(request, _("Saved."))
        return redirect("creative-grant", pk)
    context = {
        "form": form,
        "title": str(grant),
        "back": reverse("creative-grant", args=[pk]),
        "version": request.POST.get("version") or grant.version,
    }
    return render(request, "schools/creative_form.html", context, status=status)


@login_required
@require_POST
def creative_tag(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a visit is paid by the grant."""
    grant, booking = _both(request, pk)

    def act() -> None:
        grants.tag(booking, grant, by=user_of(request), now=timezone.now())

    return done(request, act, _("Tagged: %(visit)s.") % {"visit": booking}, _back(request, grant, booking))


@login_required
@require_POST
def creative_untag(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a visit is not paid by the grant after all."""
    grant, booking = _both(request, pk)
    grants.untag(booking, grant, by=user_of(request), now=timezone.now())
    messages.success(request, _("Not tagged any more: %(visit)s.") % {"visit": booking})
    return redirect(_back(request, grant, booking))


def _both(request: HttpRequest, pk: int) -> tuple[SchoolGrant, Booking]:
    """The grant, if the user keeps it, and the visit that is named."""
    grant = get_object_or_404(_grants(request), pk=pk)
    concerned = Q(groups__group__school__owner=grant.owner) | Q(funded_by__grant=grant)
    visits = Booking.objects.filter(concerned).distinct()
    booking = get_object_or_404(visits, pk=number_in(request.POST.get("booking")))
    return grant, booking


def _back(request: HttpRequest, grant: SchoolGrant, booking: Booking) -> str:
    """Where one came from: the visit or the grant."""
    if request.POST.get("from") == "besoket":
        return reverse("booking", args=[booking.pk])
    return reverse("creative-grant", args=[grant.pk])


def _grants(request: HttpRequest) -> Any:
    """Those that the reader keeps; for whoever can keep none the page does not exist."""
    found = visible.grants(request.user)
    if not visible.may_keep_grants(request.user):
        raise Http404
    return found


def _year(request: HttpRequest) -> tuple[int, list[int]]:
    """The school year that is asked for, else this one; and those beside it."""
    today = school_year_of(timezone.localdate())
    years = list(range(today - YEARS_BACK, today + YEARS_AHEAD + 1))
    asked = number_in(request.GET.get("lasar"))
    return (asked if asked in years else today), years
