"""The register of schools: the list, and one school with what it is, whose it is and what it goes on as."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from bookings import permissions, school_permissions, visible
from turne.web.logged_in import user_of
from turne.web.refusals import DONE, led
from turne.web.school_register_forms import ALL, STANDING, RegisterFilter, StatusForm, SuccessorForm
from venues import schools as verbs
from venues import successions
from venues.geocoding import folded
from venues.models import Municipality, School
from venues.models.school_years import school_year_of, year_label
from venues.models.schools import Schools
from venues.school_confirming import is_confirmed, year_to_confirm

#: Schools on a page of the list.
PER_PAGE = 50


@require_safe
@login_required
def school_register(request: HttpRequest) -> HttpResponse:
    """The schools of the region, narrowed by what the address asks for."""
    regions = permissions.regions_overseen_by(request.user)
    if not regions.exists():
        raise Http404
    municipalities = list(Municipality.objects.filter(region__in=regions).order_by("name"))
    asked, today = RegisterFilter(request.GET, municipalities), timezone.localdate()
    known = visible.schools_of_register(request.user)
    found = _found(known, asked, today)
    context = {
        "form": asked,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "count": len(found),
        "is_narrowed": any(asked.asked(name) for name in asked.fields),
        "known_count": known.count(),
        "latest": visible.register_imports(request.user).first(),
    }
    return render(request, "schools/register.html", context)


@require_safe
@login_required
def school_unit(request: HttpRequest, slug: str) -> HttpResponse:
    """One school of the register."""
    school = _school(request, slug)
    told = {"successor": request.GET.get("efter", ""), "on": request.GET.get("dag", "")}
    return _unit_page(request, school, StatusForm.of(school), _successor_form(request, school, initial=told))


@require_POST
@login_required
def school_unit_status(request: HttpRequest, slug: str) -> HttpResponse:
    """Note whether the school is still there."""
    school, form = _school(request, slug), StatusForm(request.POST)

    def act() -> bool:
        return verbs.set_status(school, **form.cleaned_data, by=user_of(request), today=timezone.localdate())

    status, changed = led(form, act)
    if status == DONE:
        messages.success(request, _("Saved.") if changed else _("It stood so already; nothing is changed."))
        return redirect("school-unit", slug)
    return _unit_page(request, school, form, _successor_form(request, school))


@require_POST
@login_required
def school_unit_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Note as which school it goes on."""
    school = _school(request, slug)
    form = _successor_form(request, school, request.POST)
    status, _made = led(form, lambda: successions.link(school, **form.cleaned_data, by=user_of(request)))
    if status == DONE:
        told = {"school": school, "successor": form.cleaned_data["successor"]}
        messages.success(request, _("%(school)s goes on as %(successor)s.") % told)
        return redirect("school-unit", slug)
    return _unit_page(request, school, StatusForm.of(school), form)


@require_POST
@login_required
def school_unit_unlink(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Take that back; the next page has the form filled in, so that this can be taken back too."""
    school, successor = _school(request, slug), _school(request, other)
    link = school.successions.filter(successor=successor).first()
    successions.unlink(school, successor, by=user_of(request))
    text = _("%(successor)s is taken away. To undo it, press “Note it”: the form below is filled in.")
    messages.success(request, text % {"successor": successor})
    query = {"efter": other, "dag": link.on.isoformat() if link and link.on else ""}
    return redirect(f"{reverse('school-unit', args=[slug])}?{urlencode(query)}#goes-on")


def _found(known: Schools, asked: RegisterFilter, today: date) -> list[School]:
    """The schools that the list is asked for, by municipality and name."""
    found = known.with_forms()
    if asked.asked("kommun"):
        found = found.filter(organisation__municipality__slug=asked.asked("kommun"))
    if asked.asked("form"):
        found = found.filter(forms__form=asked.asked("form"))
    if asked.asked("huvudman"):
        found = found.filter(owner__kind=asked.asked("huvudman"))
    if asked.asked("obekraftad"):
        found = found.unconfirmed_for(year_to_confirm(today))
    status = asked.asked("status")
    if status == STANDING:
        found = found.standing(today)
    elif status == School.Status.CEASED:
        found = found.ceased(today)
    elif status != ALL:
        found = found.standing(today).filter(status=status)
    words = folded(asked.asked("namn"))
    rows = found.order_by("organisation__municipality__name", "organisation__name", "pk")
    return [one for one in rows if words in folded(f"{one} {one.place} {one.unit_code or one.own_id or ''}")]


def _school(request: HttpRequest, slug: str) -> School:
    """The school, if the user keeps its register; otherwise it does not exist."""
    school = get_object_or_404(School.objects.with_forms(), organisation__slug=slug)
    if not school_permissions.can_keep_register(request.user, school):
        raise Http404
    return school


def _successor_form(request: HttpRequest, school: School, *args: Any, **options: Any) -> SuccessorForm:
    return SuccessorForm(school, visible.schools_of_register(request.user), *args, **options)


def _unit_page(
    request: HttpRequest, school: School, status: StatusForm, successor: SuccessorForm
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "school": school,
        "has_ceased": school.has_ceased(today),
        "status_form": status,
        "successor_form": successor,
        "successors": school.successions.select_related("successor__organisation__municipality"),
        "origins": school.origins.select_related("predecessor__organisation__municipality"),
        "is_confirmed": is_confirmed(school, year_to_confirm(today)),
        "year_to_confirm": year_label(year_to_confirm(today)),
        "year": school_year_of(today),
    }
    is_wrong = status.is_bound or successor.is_bound
    return render(request, "schools/unit.html", context, status=422 if is_wrong else 200)
