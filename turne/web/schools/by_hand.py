"""What one grade of a school gets, decided by hand: tried with the coverage it gives, set, barred, undone, freed."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from bookings import allotting
from bookings.allotment_names import pk_of, unit_key
from bookings.allotment_permissions import can_order_in
from bookings.allotting import Choice
from tours import allotment as solver
from tours.errors import TurneError
from tours.models import Allotment
from turne.templatetags.region import grouped
from turne.web import errors
from turne.web.changed import version_in
from turne.web.form_fields import number_in
from turne.web.logged_in import user_of
from turne.web.refusals import done
from turne.web.schools import allotment_rows, allotment_words
from turne.web.schools.allotment_forms import ChoiceForm
from turne.web.schools.allotment_words import Names
from turne.web.schools.workbench import see_or_404
from venues.dates import signed_text
from venues.models import School

Row = dict[str, Any]
#: So many rooms are to choose from, the nearest. Source: the house's choice.
ROOMS = 40


@login_required
@require_safe
def allotment_grade(request: HttpRequest, pk: int, school: int, grade: str) -> HttpResponse:
    """What the grade gets, and the form to try something else."""
    found, body = _of(request, pk, school)
    names = allotment_words.names_of(found)
    unit = _unit_or_404(found, body, grade)
    form = ChoiceForm(None, *_choices(found, unit, names), initial=_initial(found, unit))
    return render(request, "schools/allotment_grade.html", _context(request, found, body, unit, names, form))


@login_required
@require_safe
def allotment_try(request: HttpRequest, pk: int, school: int, grade: str) -> HttpResponse:
    """What the plan would be; nothing is changed. htmx gets that part alone."""
    found, body = _of(request, pk, school)
    names = allotment_words.names_of(found)
    unit = _unit_or_404(found, body, grade)
    form = ChoiceForm(request.GET, *_choices(found, unit, names))
    context, status = _context(request, found, body, unit, names, form), 200
    if not form.is_valid():
        context["refusal"], status = _("Choose one of the productions and rooms."), 422
    else:
        try:
            tried = allotting.try_choice(found, _choice(form, body, grade))
        except TurneError as error:
            context["refusal"], status = str(error), errors.status_of(error)
        else:
            context["trial"] = _told(found, tried, names, unit)
    part = "schools/allotment_trial.html" if request.htmx else "schools/allotment_grade.html"  # type: ignore[attr-defined]
    return render(request, part, context, status=status)


@login_required
@require_POST
def allotment_set(request: HttpRequest, pk: int, school: int, grade: str) -> HttpResponse:
    """Give the grade that, or bar it from that, as the button says."""
    found, body = _of(request, pk, school)
    names = allotment_words.names_of(found)
    unit = _unit_or_404(found, body, grade)
    form = ChoiceForm(request.POST, *_choices(found, unit, names))
    if not form.is_valid():
        messages.error(request, _("Choose one of the productions and rooms."))
        return redirect("allotment-grade", pk, school, grade)
    bars = request.POST.get("step") == "forbid"
    verb = allotting.forbid if bars else allotting.choose
    said = _("The next plan keeps to that. Compute again.") if bars else _("It is changed by hand.")
    return done(
        request,
        lambda: verb(
            found,
            _choice(form, body, grade),
            by=user_of(request),
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
            version=version_in(request),
        ),
        said,
        "allotment-grade",
        pk,
        school,
        grade,
    )


@login_required
@require_POST
def allotment_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the last change by hand back."""
    found = see_or_404(request, pk)
    last = found.orders.filter(withdrawn_at=None, before__isnull=False).order_by("-at", "-pk").first()
    if last and not can_order_in(request.user, found, last.school):
        raise Http404
    return done(
        request,
        lambda: allotting.undo(found, by=user_of(request), now=timezone.now(), version=version_in(request)),
        _("The last change by hand is undone."),
        f"{reverse('allotment', args=[pk])}?vy=hand",
    )


@login_required
@require_POST
def allotment_free(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Let the next plan decide again."""
    found = see_or_404(request, pk)
    given = get_object_or_404(found.orders.select_related("school__organisation"), pk=order)
    if not can_order_in(request.user, found, given.school):
        raise Http404
    return done(
        request,
        lambda: allotting.free(
            found, given, by=user_of(request), now=timezone.now(), version=version_in(request)
        ),
        _("The next plan decides about it."),
        f"{reverse('allotment', args=[pk])}?vy=hand",
    )


def _of(request: HttpRequest, pk: int, school: int) -> tuple[Allotment, School]:
    """The allotment and the school, for who may decide by hand there."""
    found = see_or_404(request, pk)
    schools = School.objects.select_related("organisation__municipality")
    body = get_object_or_404(schools, pk=school, organisation__municipality__allotments=found)
    if not can_order_in(request.user, found, body):
        raise Http404
    return found, body


def _unit_or_404(found: Allotment, school: School, grade: str) -> Row:
    key = unit_key(school.pk, grade)
    unit = next((one for one in found.problem.get("units", ()) if one["id"] == key), None)
    if unit is None:
        raise Http404
    return cast(Row, unit)


def _choices(found: Allotment, unit: Row, names: Names) -> tuple[list[int], list[tuple[int, str]]]:
    """The productions for the grade, and the nearest rooms that take one of them or may."""
    problem = found.problem
    plays = [one["id"] for one in problem["productions"] if unit["grade"] in one["grades"]]
    place = {name: number for number, name in enumerate(problem["places"])}
    row = problem["km"][place[unit["home"]]]
    rooms = [
        (km, site["id"])
        for site in problem["sites"]
        if set(plays) & {*site["fits"], *site["unknown"]} and (km := row[place[site["place"]]]) is not None
    ]
    nearest = sorted(rooms)[:ROOMS]
    return [pk_of(key) for key in plays], [
        (pk_of(key), f"{names.site(key)} ({number_format(km)} km)") for km, key in nearest
    ]


def _initial(found: Allotment, unit: Row) -> Row:
    given = _given(found, unit)
    return {"production": pk_of(given["production"]), "venue": pk_of(given["site"])} if given else {}


def _given(found: Allotment, unit: Row) -> Row | None:
    assignments = (found.plan or {}).get("assignments", ())
    return next((one for one in assignments if one["unit"] == unit["id"]), None)


def _choice(form: ChoiceForm, school: School, grade: str) -> Choice:
    return Choice(school, grade, form.cleaned_data["production"], form.cleaned_data["venue"])


def _context(
    request: HttpRequest, found: Allotment, school: School, unit: Row, names: Names, form: ChoiceForm
) -> Row:
    grade = unit["grade"]
    given = _given(found, unit)
    orders = found.orders.filter(school=school, grade=grade, withdrawn_at=None).defer("before")
    return {
        "allotment": found,
        "school": school,
        "grade": grade,
        "form": form,
        "facts": _facts(unit, given, names),
        "orders": [
            {"order": order, "text": allotment_words.order_text(order)}
            for order in orders.select_related("production", "venue", "by")
        ],
        "is_open": found.is_finished,
        "shown_by": number_in(request.GET.get("production")),
    }


def _facts(unit: Row, given: Row | None, names: Names) -> list[Row]:
    gets = _("nothing")
    if given:
        gets = _("%(production)s in %(room)s, %(how)s") % {
            "production": names.production(given["production"]),
            "room": names.site(given["site"]),
            "how": allotment_rows.HOWS[given["how"]],
        }
    needs = ", ".join(str(allotment_words.NEEDS.get(need, need)) for need in unit["needs"])
    return [
        {"term": _("Gets"), "value": gets, "strong": True},
        {"term": _("Pupils"), "value": str(sum(unit["classes"])), "sub": _classes_text(unit)},
        {"term": _("Visits booked this school year"), "value": str(unit["encounters"])},
        {"term": _("Needs"), "value": needs},
        {"term": _("Has had"), "value": ", ".join(names.production(one) for one in unit["had"])},
    ]


def _classes_text(unit: Row) -> str:
    groups: str = ngettext(
        "%(count)d group, %(adults)d adults", "%(count)d groups, %(adults)d adults", len(unit["classes"])
    )
    return groups % {"count": len(unit["classes"]), "adults": unit["adults"]}


def _told(found: Allotment, tried: solver.Tried, names: Names, unit: Row) -> Row:
    """Everything that the trial shows: whether it is legal, coverage before and after, cost, what breaks."""
    given = next((one for one in tried.plan.to_json()["assignments"] if one["unit"] == unit["id"]), None)
    return {
        "title": _facts(unit, given, names)[0]["value"],
        "is_legal": not tried.new_breaches,
        "appeared": [allotment_words.breach_text(vars(one), names) for one in tried.new_breaches],
        "figures": [*_reached(found, tried, names, unit), _cost(found, tried)],
    }


def _reached(found: Allotment, tried: solver.Tried, names: Names, unit: Row) -> list[Row]:
    """Pupils reached with the choice, and how many more or fewer: of all, in the municipality, in the grade."""
    was = solver.cover(solver.Problem.from_json(found.problem), allotting.plan_of(found))
    pairs = [
        (_("Pupils reached"), was.total, tried.coverage.total),
        (
            _("In %(municipality)s") % {"municipality": _municipality(unit, names)},
            was.by_municipality[unit["municipality"]],
            tried.coverage.by_municipality[unit["municipality"]],
        ),
        (
            _("In grade %(grade)s") % {"grade": unit["grade"]},
            was.by_grade[unit["grade"]],
            tried.coverage.by_grade[unit["grade"]],
        ),
    ]
    return [
        {
            "label": label,
            "value": _("%(reached)s of %(pupils)s")
            % {"reached": grouped(after.reached), "pupils": grouped(after.pupils)},
            "change": signed_text(after.reached - before.reached, grouped)
            if after.reached != before.reached
            else "",
        }
        for label, before, after in pairs
    ]


def _cost(found: Allotment, tried: solver.Tried) -> Row:
    return {
        "label": _("Cost"),
        "value": allotment_words.money(tried.cost, found),
        "change": signed_text(tried.more, lambda more: allotment_words.money(more, found))
        if round(tried.more)
        else "",
    }


def _municipality(unit: Row, names: Names) -> str:
    body = names.schools[int(unit["school"])]
    return body.municipality.name if body.municipality else ""
