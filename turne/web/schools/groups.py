"""A school's classes and groups: the table of a school year, all of it at once, and the next year from the last."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from turne.web.logged_in import user_of
from turne.web.refusals import DONE, led
from turne.web.schools.group_forms import (
    EMPTY_ROWS,
    GroupForm,
    PasteForm,
    Rows,
    blame_rows,
    initial_of,
    rows_of,
    with_lines,
)
from turne.web.schools.group_languages import names_of
from turne.web.schools.keeping import head, school_or_404, year_asked, year_chips
from venues import group_history
from venues import groups as verbs
from venues.errors import NotPossible
from venues.grades import rank
from venues.group_sheets import Line, read_groups
from venues.models import Group, School
from venues.models.school_years import year_label


@require_safe
@login_required
def groups(request: HttpRequest, slug: str) -> HttpResponse:
    """The groups of a school year by grade, with sums."""
    school = school_or_404(request, slug)
    return _page(request, school, year_asked(request))


@require_POST
@login_required
def group_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new group in the school year of the address."""
    school, year = school_or_404(request, slug), year_asked(request)
    form = GroupForm(request.POST, school=school)
    status, group = led(form, lambda: verbs.add(school, year, form.told(), user_of(request)))
    if status != DONE:
        return _page(request, school, year, new=form)
    messages.success(request, _("%(group)s is added.") % {"group": group.name})
    return redirect(_url(school, year))


@require_POST
@login_required
def group_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Tell something else of a group."""
    school = school_or_404(request, slug)
    group = get_object_or_404(Group, school=school, pk=pk)
    year = verbs.year_of(group.school_year)
    form = GroupForm(request.POST, school=school, prefix=f"g{pk}")
    status, _made = led(form, lambda: verbs.change(group, form.told(), user_of(request)))
    if status != DONE:
        return _page(request, school, year, changed={pk: form})
    messages.success(request, _("%(group)s is saved.") % {"group": form.cleaned_data["name"]})
    return redirect(_url(school, year))


@require_POST
@login_required
def group_remove(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a group away that nothing is planned for."""
    school = school_or_404(request, slug)
    group = get_object_or_404(Group, school=school, pk=pk)
    try:
        verbs.remove(group, user_of(request))
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(group)s is taken away.") % {"group": group.name})
    return redirect(_url(school, verbs.year_of(group.school_year)))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def groups_write(request: HttpRequest, slug: str) -> HttpResponse:
    """All groups of a school year in one form; a table that is pasted is shown in it before anything is saved."""
    school, year = school_or_404(request, slug), year_asked(request)
    standing = _of_year(school, year)
    paste = PasteForm()
    if request.method != "POST":
        return _grid(request, school, year, _rows(school, [initial_of(group) for group in standing]), paste)
    if "table" in request.POST:
        paste = PasteForm(request.POST)
        lines = read_groups(paste.cleaned_data["table"]) if paste.is_valid() else []
        rows = _rows(school, with_lines(standing, lines))
        return _grid(request, school, year, rows, paste, lines)
    formset = Rows(request.POST, prefix="rad", form_kwargs={"school": school})
    if not formset.is_valid():
        return _grid(request, school, year, formset, paste)
    numbered = rows_of(formset)
    try:
        done = verbs.write_year(school, year, [row for _number, row in numbered], user_of(request))
    except verbs.GroupsWrong as error:
        blame_rows(formset, {line: number for line, (number, _row) in enumerate(numbered)}, error)
        return _grid(request, school, year, formset, paste)
    except NotPossible as error:
        messages.error(request, str(error))
        return _grid(request, school, year, formset, paste)
    _say(request, done)
    return redirect(_url(school, year))


@require_POST
@login_required
def groups_copy(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the groups of the address's school year from the year before."""
    school, year = school_or_404(request, slug), year_asked(request)
    try:
        copied = verbs.copy_last_year(school, year, user_of(request))
    except NotPossible as error:
        messages.error(request, str(error))
        return redirect(_url(school, year))
    made = ngettext("%(count)d group is made.", "%(count)d groups are made.", len(copied.made))
    told = [made % {"count": len(copied.made)}]
    if copied.left:
        told.append(_("Left the school: %(names)s.") % {"names": ", ".join(copied.left)})
    if copied.anew:
        told.append(_("To enter anew: grade %(grades)s.") % {"grades": ", ".join(copied.anew)})
    messages.success(request, " ".join(told))
    return redirect(_url(school, year))


@require_POST
@login_required
def groups_undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the proposals of the address's school year away again."""
    school, year = school_or_404(request, slug), year_asked(request)
    count = verbs.undo_copy(school, year, user_of(request))
    words = ngettext("%(count)d proposal is taken away.", "%(count)d proposals are taken away.", count)
    messages.success(request, words % {"count": count})
    return redirect(_url(school, year))


def _page(
    request: HttpRequest,
    school: School,
    year: int,
    *,
    new: GroupForm | None = None,
    changed: dict[int, GroupForm] | None = None,
) -> HttpResponse:
    standing = _of_year(school, year)
    context = {
        **head(school, "school-groups"),
        "year": year_label(year),
        "year_before": year_label(year - 1),
        "query": f"?ar={year}",
        "chips": year_chips(year, reverse("school-groups", args=[school.organisation.slug]), _pupils(school)),
        "grades": _by_grade(school, standing, changed or {}),
        "groups": standing,
        "pupils": sum(group.pupils_count for group in standing),
        "adults": sum(group.adults_count for group in standing),
        "proposals": sum(group.is_proposal for group in standing),
        "can_copy": Group.objects.filter(school=school, school_year=year_label(year - 1)).exists(),
        "missing": [grade for grade in school.grades if grade not in {group.grade for group in standing}],
        "new": new or GroupForm(school=school),
        "is_new_open": new is not None or not standing,
        "history": [
            {"change": one, "text": group_history.words(one)}
            for one in group_history.of_year(school, year_label(year))
        ],
    }
    wrong = (new and new.errors) or any(form.errors for form in (changed or {}).values())
    return render(request, "schools/groups.html", context, status=422 if wrong else 200)


def _by_grade(school: School, standing: list[Group], changed: dict[int, GroupForm]) -> list[dict[str, Any]]:
    """The groups grade by grade, each with the form that changes it."""
    found: dict[str, list[Group]] = {}
    for group in standing:
        found.setdefault(group.grade, []).append(group)
    return [
        {
            "grade": grade,
            "rows": [
                {
                    "group": group,
                    "languages": names_of(group.languages),
                    "form": changed.get(group.pk) or _form_of(school, group),
                    "is_open": group.pk in changed,
                }
                for group in of_grade
            ],
            "pupils": sum(group.pupils_count for group in of_grade),
            "adults": sum(group.adults_count for group in of_grade),
        }
        for grade, of_grade in found.items()
    ]


def _form_of(school: School, group: Group) -> GroupForm:
    return GroupForm(initial=initial_of(group), school=school, prefix=f"g{group.pk}")


def _of_year(school: School, year: int) -> list[Group]:
    rows = list(Group.objects.filter(school=school, school_year=year_label(year)))
    return sorted(rows, key=lambda group: (rank(group.grade), group.name))


def _pupils(school: School) -> dict[str, int]:
    rows = Group.objects.filter(school=school).order_by().values_list("school_year")
    return dict(rows.annotate(pupils=Sum("pupils_count")))


def _rows(school: School, initial: list[dict[str, Any]]) -> Any:
    return Rows(initial=initial, prefix="rad", form_kwargs={"school": school})


def _grid(
    request: HttpRequest,
    school: School,
    year: int,
    formset: Any,
    paste: PasteForm,
    lines: list[Line] | None = None,
) -> HttpResponse:
    context = {
        **head(school, "school-groups"),
        "year": year_label(year),
        "query": f"?ar={year}",
        "formset": formset,
        "paste": paste,
        "pasted": len(lines or ()),
        "faults": [fault for line in lines or () if (fault := line.fault or _fault_of(school, line))],
        "empty_rows": EMPTY_ROWS,
        "has_forms": "form" in formset.empty_form.fields,
        "back_url": _url(school, year),
    }
    wrong = formset.is_bound and (formset.total_error_count() or any(form.errors for form in formset.forms))
    return render(request, "schools/groups_write.html", context, status=422 if wrong or paste.errors else 200)


def _fault_of(school: School, line: Line) -> str:
    """What would be refused of a line that can be read; empty where nothing is."""
    try:
        verbs.check(school, verbs.plain(line.told))
    except NotPossible as error:
        return _("Line %(line)d: %(fault)s") % {"line": line.number, "fault": error}
    return ""


def _say(request: HttpRequest, done: dict[str, int]) -> None:
    told = {
        "new": ngettext("%(count)d is new", "%(count)d are new", done["new"]),
        "changed": ngettext("%(count)d is changed", "%(count)d are changed", done["changed"]),
        "gone": ngettext("%(count)d is taken away", "%(count)d are taken away", done["gone"]),
    }
    parts = [text % {"count": done[what]} for what, text in told.items() if done[what]]
    messages.success(
        request, f"{_('Saved.')} {', '.join(parts)}." if parts else _("Everything stood there already.")
    )


def _url(school: School, year: int) -> str:
    return f"{reverse('school-groups', args=[school.organisation.slug])}?ar={year}"
