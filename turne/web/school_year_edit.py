"""A school year written: by hand, from a file, or out of last year's; always seen before it is saved."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from bookings import school_clashes
from bookings.errors import SchoolOffOverVisits
from tours.errors import Refused
from turne.web.logged_in import user_of
from turne.web.refusals import blame
from turne.web.school_year_forms import FileForm, Told, YearForm, marks_of, with_gone, with_more_rows
from turne.web.school_years import clash_rows, head, municipality_above, owner_or_404
from venues import school_years
from venues.errors import NotPossible
from venues.models import SchoolYearChange
from venues.models.school_years import year_label
from venues.school_copies import proposal
from venues.school_files import SchoolFile, read_school_file
from venues.school_warnings import said_above, warnings_of
from venues.school_years import Draft, Owner

How = SchoolYearChange.How


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def school_year_edit(request: HttpRequest, kind: str, slug: str, year: int) -> HttpResponse:
    """The days of a school year; sent, they are shown beside what stands, or saved."""
    owner = owner_or_404(request, kind, slug, year, to_edit=True)
    if request.method != "POST":
        before = school_years.standing(owner, year)
        rows = [Told(entry) for entry in before.entries]
        return _page(request, kind, _form(owner, year, How.HAND, "", rows, before))
    is_looking = bool(request.POST.get("look"))
    form = YearForm(owner, year, with_more_rows(request.POST) if is_looking else request.POST)
    if not form.is_valid():
        return _page(request, kind, form, 422)
    if is_looking:
        return _page(request, kind, form)
    try:
        change = _keep(request, form)
    except SchoolOffOverVisits as error:
        return _page(request, kind, form, 422, in_the_way=error)
    except (NotPossible, Refused) as error:
        return _page(request, kind, form, blame(form, error))
    _say(request, change)
    return redirect("school-year", kind, slug, year)


@require_safe
@login_required
def school_year_copy(request: HttpRequest, kind: str, slug: str, year: int) -> HttpResponse:
    """Last year's days set into this year, as a form to look at; nothing is saved."""
    owner = owner_or_404(request, kind, slug, year, to_edit=True)
    made = proposal(school_years.standing(owner, year - 1), year - 1, year)
    before, label = school_years.standing(owner, year), year_label(year - 1)
    if not made.rows and not made.terms.known():
        messages.info(
            request, _("Nothing is noted for %(year)s, so there is nothing to copy.") % {"year": label}
        )
        return redirect("school-year", kind, slug, year)
    rows = [Told(row.entry, row.why) for row in made.rows]
    rows = with_gone(rows, before, is_whole=False, why=_("Noted already"))
    notes = [_("%(days)s has no place in this school year.") % {"days": days} for days in made.lost]
    form = _form(owner, year, How.COPY, label, rows, before, terms=made.terms)
    return _page(request, kind, form, notes=notes)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def school_year_import(request: HttpRequest, kind: str, slug: str, year: int) -> HttpResponse:
    """A file is read and its days are shown as a form: what is new, changed and gone; nothing is saved."""
    owner = owner_or_404(request, kind, slug, year, to_edit=True)
    upload = FileForm(request.POST or None, request.FILES or None)
    context = {**head(owner, kind, year), "form": upload}
    if request.method != "POST":
        return render(request, "school_years/import.html", context)
    if not upload.is_valid():
        return render(request, "school_years/import.html", context, status=422)
    file = upload.cleaned_data["file"]
    found = read_school_file(file, year)
    if not found.entries and not found.terms:
        if not found.errors:
            found.errors.append(
                _("There is nothing about %(year)s in the file.") % {"year": year_label(year)}
            )
        return render(request, "school_years/import.html", context | {"found": found}, status=422)
    return _page(request, kind, _imported(owner, year, found, file.name), found=found, notes=found.notes)


def _imported(owner: Owner, year: int, found: SchoolFile, name: str) -> YearForm:
    """The file's days as a form. Where a row could not be read, nothing that stands is taken away for it."""
    before = school_years.standing(owner, year)
    unclear = _("Its words say no kind of day: choose one, or leave it out.")
    rows = [Told(entry, "" if entry.kind else unclear) for entry in found.entries]
    rows = with_gone(rows, before, is_whole=not found.errors, why=_("Is not in the file"))
    terms = school_years.Terms(**found.terms).over(before.terms)
    return _form(owner, year, How.FILE, name[: school_years.LONGEST_SOURCE], rows, before, terms=terms)


def _form(
    owner: Owner,
    year: int,
    how: str,
    source: str,
    rows: list[Told],
    before: school_years.Draft,
    *,
    terms: school_years.Terms | None = None,
) -> YearForm:
    return YearForm(
        owner,
        year,
        terms=terms or before.terms,
        rows=rows,
        how=how,
        source=source,
        expected=before.fingerprint,
    )


def _keep(request: HttpRequest, form: YearForm) -> SchoolYearChange | None:
    read = form.cleaned_data
    return school_clashes.keep(
        form.owner,
        form.year,
        form.draft(),
        by=user_of(request),
        now=timezone.now(),
        how=read["how"] or How.HAND,
        source=read["source"],
        expected=read["expected"],
        despite=read["despite"],
    )


def _say(request: HttpRequest, change: SchoolYearChange | None) -> None:
    if change is None:
        messages.info(request, _("Everything stood there already; nothing is changed."))
        return
    counts = (
        ngettext("%(count)d row is new", "%(count)d rows are new", change.added_count),
        ngettext("%(count)d is changed", "%(count)d are changed", change.changed_count),
        ngettext("%(count)d is taken away", "%(count)d are taken away", change.gone_count),
    )
    numbers = (change.added_count, change.changed_count, change.gone_count)
    told = [text % {"count": count} for text, count in zip(counts, numbers, strict=True) if count]
    saved = _("Saved. Plans that are made from now on keep to these days.")
    messages.success(request, f"{saved} {', '.join(told)}." if told else saved)


def _page(
    request: HttpRequest,
    kind: str,
    form: YearForm,
    status: int = 200,
    *,
    in_the_way: SchoolOffOverVisits | None = None,
    found: SchoolFile | None = None,
    notes: list[str] | None = None,
) -> HttpResponse:
    """The form with what becomes of each row, what is odd, and what lies on the new days off."""
    before = school_years.standing(form.owner, form.year)
    can_tell = not form.is_bound or form.is_valid()
    draft = (form.draft() if form.is_bound else form.proposed()) if can_tell else None
    marked = marks_of(form, before)
    context: dict[str, Any] = {
        **head(form.owner, kind, form.year),
        "form": form,
        "terms": [form[name] for name in school_years.TERM_FIELDS],
        "marked": marked,
        "counts": {what: sum(row["what"] == what for row in marked) for what in ("new", "changed", "gone")},
        "how": (form.data.get("how") if form.is_bound else form.initial.get("how")) or How.HAND,
        "source": form.data.get("source") if form.is_bound else form.initial.get("source"),
        "found": found,
        "notes": notes or [],
        "in_the_way": in_the_way,
    }
    if draft is not None:
        clashes = school_clashes.clashes_of(form.owner, form.year, draft, timezone.localdate())
        context |= {"warnings": _odd(form, draft), "clashes": clash_rows(clashes, request.user)}
    return render(request, "school_years/edit.html", context, status=status)


def _odd(form: YearForm, draft: Draft) -> list[str]:
    """What to look at again, for a school beside what its municipality says."""
    above = municipality_above(form.owner)
    theirs = school_years.standing(above, form.year) if above else Draft()
    return [*warnings_of(draft), *said_above(draft, theirs, above)]
