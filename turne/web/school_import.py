"""A register of schools out of a file: looked at first, then written as it was looked at."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from bookings import permissions
from turne.web.logged_in import user_of
from turne.web.school_register_forms import RegisterFileForm
from venues.errors import BadRegister, StaleRegister
from venues.school_register import Comparison, compare, compare_file, import_sheet
from venues.sheets import Cell, Sheet

#: So long what was looked at may be written. Source: the house's choice: one day.
KEPT_S = 24 * 3600
#: So many faults are shown; the others are counted.
MOST_FAULTS = 100
SALT = "school-register"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def school_register_import(request: HttpRequest) -> HttpResponse:
    """A file is read and compared with what stands; sent again from that page, it is written."""
    regions = list(permissions.regions_overseen_by(request.user).values_list("pk", flat=True))
    if not regions:
        raise Http404
    if request.method == "POST" and "held" in request.POST:
        return _written(request, regions)
    form = RegisterFileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _upload_page(request, form, status=422 if request.method == "POST" else 200)
    file = form.cleaned_data["file"]
    comparison, sheet = compare_file(file, regions, timezone.now())
    if sheet is None or not comparison.report.is_clean:
        return _upload_page(request, RegisterFileForm(), comparison, status=422)
    return _comparison_page(request, comparison, sheet, str(file.name))


def _written(request: HttpRequest, regions: list[int]) -> HttpResponse:
    """Write what was looked at, or show anew what the file changes now."""
    held = _held(request)
    if held is None:
        messages.error(request, _("What you looked at is no longer kept. Choose the file once more."))
        return redirect("school-register-import")
    sheet, source, seen = held
    try:
        done = import_sheet(sheet, user_of(request), timezone.now(), regions, source=source, seen=seen)
    except BadRegister as error:
        return _upload_page(request, RegisterFileForm(), Comparison(error.report), status=422)
    except StaleRegister as error:
        comparison = compare(sheet, regions, timezone.now())
        if not comparison.report.is_clean:
            return _upload_page(request, RegisterFileForm(), comparison, status=422)
        return _comparison_page(request, comparison, sheet, source, notice=str(error), status=409)
    messages.success(request, _said(done))
    return redirect("school-register")


def _upload_page(
    request: HttpRequest, form: RegisterFileForm, found: Comparison | None = None, *, status: int = 200
) -> HttpResponse:
    faults = found.report.errors if found else []
    context = {
        "form": form,
        "notes": found.report.notes if found else [],
        "faults": faults[:MOST_FAULTS],
        "faults_count": len(faults),
        "more_count": max(0, len(faults) - MOST_FAULTS),
    }
    return render(request, "schools/import.html", context, status=status)


def _comparison_page(
    request: HttpRequest,
    comparison: Comparison,
    sheet: Sheet,
    source: str,
    *,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    report = comparison.report
    context = {
        "comparison": comparison,
        "report": report,
        "groups": {what: comparison.of(what) for what in ("created", "updated", "ceased")},
        "changes_count": report.created + report.updated + report.ceased,
        "source": source,
        "notice": notice,
        "held": _signed(request, comparison, sheet, source),
    }
    return render(request, "schools/comparison.html", context, status=status)


# -- What is held between looking and writing ---------------------------------------


def _signed(request: HttpRequest, comparison: Comparison, sheet: Sheet, source: str) -> str:
    """The rows that were looked at, for the form of the page: signed, for this user, for a day.

    Only the texts that were read are in it, so no name of a person from the file, and nothing is stored here.
    """
    numbers = {change.unit.number for change in comparison.changes}
    rows = [[number, [cell.text for cell in cells]] for number, cells in sheet.rows if number in numbers]
    kept = {"headings": sheet.headings, "rows": rows, "source": source, "seen": comparison.fingerprint}
    return signing.dumps(kept, salt=_salt(request), compress=True)


def _held(request: HttpRequest) -> tuple[Sheet, str, str] | None:
    """The rows, their file's name and what was seen of them; None where that is not signed here, or too long ago."""
    try:
        kept: Any = signing.loads(request.POST["held"], salt=_salt(request), max_age=KEPT_S)
    except signing.BadSignature:
        return None
    rows = [(number, [Cell(text) for text in texts]) for number, texts in kept["rows"]]
    return Sheet(kept["headings"], rows), kept["source"], kept["seen"]


def _salt(request: HttpRequest) -> str:
    return f"{SALT}:{request.user.pk}"


def _said(done: Comparison) -> str:
    """What was written, in a sentence."""
    report = done.report
    told = [
        ngettext("%(count)d school is new", "%(count)d schools are new", report.created)
        % {"count": report.created},
        ngettext("%(count)d is changed", "%(count)d are changed", report.updated) % {"count": report.updated},
        ngettext("%(count)d has ceased", "%(count)d have ceased", report.ceased) % {"count": report.ceased},
    ]
    counts = (report.created, report.updated, report.ceased)
    said = [text for text, count in zip(told, counts, strict=True) if count]
    return _("Imported: %(told)s.") % {"told": ", ".join(said)} if said else _("Everything stood so already.")
