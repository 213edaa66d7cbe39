"""The applications to a call, for those who run it: the list, as a table too, and one as it was sent in."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programmes import call_kinds, decision_words, permissions, received
from programmes.models import Call, Decision, Sighting
from programmes.received import Received
from tours.models import Production
from turne.web.deciding.finding import Row, find, find_read, frame, see
from turne.web.logged_in import user_of
from turne.web.open_calls.sent_files import sent_files
from turne.web.sorted_tables import headings, sorting
from turne.web.tables import csv_response
from venues.dates import span_text
from venues.models import Municipality, User

COLUMNS = [
    ("nummer", gettext_lazy("Application no."), False),
    ("titel", gettext_lazy("Work"), False),
    ("sokande", gettext_lazy("Applicant"), False),
    ("konst", gettext_lazy("Art form"), False),
    ("hem", gettext_lazy("Lives in"), False),
    ("period", gettext_lazy("When"), False),
    ("plats", gettext_lazy("Where"), False),
    ("lage", gettext_lazy("Decision"), False),
]
#: What an application without a stay says instead of when and where.
ASKED = ("sokt", gettext_lazy("Sum asked for"), True)
#: Column -> what it is sorted by.
KEYS: dict[str, Callable[[Received], Any]] = {
    "nummer": lambda one: one.number,
    "titel": lambda one: one.title.casefold(),
    "sokande": lambda one: one.who.casefold(),
    "konst": lambda one: one.art_form_text,
    "hem": lambda one: one.home.name if one.home else "",
    "period": lambda one: one.periods[:1],
    "plats": lambda one: one.places[:1],
    "sokt": lambda one: one.asked,
    "lage": lambda one: one.decision.outcome if one.decision else "",
}
UNDECIDED = "inget"


@login_required
@never_cache
@require_safe
def call_applications(request: HttpRequest, slug: str) -> HttpResponse:
    """What has been sent in once the call has closed, sorted and narrowed by the address; before, only how many."""
    call, now = find(request, slug), timezone.now()
    context = frame(call, "call-applications")
    if not permissions.is_readable(call, now):
        count = call.applications.sent_in().count()
        return render(request, "deciding/waiting.html", context | {"count": count})
    rows = received.of_call(call, user_of(request), now)
    _see_all(request, call)
    asked, sorted_by = _asked(request), sorting(request.GET, KEYS, "nummer")
    kept = {name: value for name, value in asked.items() if value}
    context |= {
        "rows": [_row(one) for one in _shown(rows, asked, sorted_by)],
        "total": len(rows),
        "withdrawn": received.withdrawn_from(call, now),
        "columns": headings(
            _columns(call), sorted_by, lambda order: f"?{urlencode({**kept, 'ordning': order})}"
        ),
        "selects": _selects(call, rows, asked),
        "is_narrowed": bool(kept),
        "query": request.GET.urlencode(),
        "has_stay": call_kinds.kinds()[call.kind].has_stay,
    }
    return render(request, "deciding/applications.html", context)


def _columns(call: Call) -> list[tuple[str, Any, bool]]:
    if call_kinds.kinds()[call.kind].has_stay:
        return list(COLUMNS)
    return [*(one for one in COLUMNS[:-1] if one[0] not in ("period", "plats")), ASKED, COLUMNS[-1]]


@login_required
@never_cache
@require_safe
def call_applications_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same list as a table."""
    call = find_read(request, slug)
    rows = received.of_call(call, user_of(request), timezone.now())
    _see_all(request, call)
    shown = _shown(rows, _asked(request), sorting(request.GET, KEYS, "nummer"))
    heading = [*(str(label) for _key, label, _first in COLUMNS[:5]), _("First time"), _("When"), _("Where"),
               _("Sum asked for"), _("Decision")]  # fmt: skip
    return csv_response(f"{call.slug}.csv", [heading, *(_cells(one) for one in shown)])


@login_required
@never_cache
@require_safe
def call_application(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One application as it was last sent in, with its digest and when it was sent in before."""
    call, now = find_read(request, slug), timezone.now()
    found = received.one(call, number, user_of(request), now)
    gone = next((one for one in received.withdrawn_from(call, now) if one.number == number), None)
    if found is None and gone is None:
        raise Http404
    context = frame(call, "call-applications") | {"withdrawn": gone, "number": number}
    if found:
        if not found.is_masked:
            see(request, call, Sighting.What.APPLICATION, found.application)
        context |= told_of(found, user_of(request), now) | {
            "submissions": [] if found.is_masked else found.application.submissions.all()
        }
    return render(request, "deciding/application.html", context)


def told_of(one: Received, reader: User, now: datetime) -> Row:
    """An application's facts as pages show them; nothing of one that is masked but its number."""
    facts = one.facts
    budget = [
        {"words": line["words"], "amount": Decimal(line["amount"]), "is_income": line["is_income"]}
        for line in facts.get("budget", [])
    ]
    return {
        "one": one,
        "facts": facts,
        "who": facts.get("who", {}),
        "files": sent_files(facts, one.application, reader, now),
        "budget": budget,
        "periods": [span_text(first, last) for first, last in one.periods],
        "state_text": _state_text(one),
    }


def _see_all(request: HttpRequest, call: Call) -> None:
    hidden = permissions.names_are_hidden(user_of(request), call)
    see(request, call, Sighting.What.APPLICATION if hidden else Sighting.What.NAMES)


def _row(one: Received) -> Row:
    periods = [span_text(first, last) for first, last in one.periods]
    return {"one": one, "periods": periods, "state_text": _state_text(one)}


def _state_text(one: Received) -> str:
    return (
        decision_words.decision_text(one.decision) if one.decision else decision_words.outcome_text("", None)
    )


def _cells(one: Received) -> list[str]:
    if one.is_masked:
        return [str(one.number), _("Conflict of interest"), *[""] * 8]
    first = {True: _("Yes"), False: _("No"), None: ""}[one.is_first_time]
    when = ", ".join(span_text(start, end) for start, end in one.periods)
    home = one.home.name if one.home else _("Outside the region")
    return [
        str(one.number), one.title, one.who, one.art_form_text, home, first, when, ", ".join(one.places),
        str(one.asked), _state_text(one),
    ]  # fmt: skip


def _fits(one: Received, asked: dict[str, str]) -> bool:
    """Whether it is among those that the address asks for; one that is masked is in the whole list alone."""
    if one.is_masked:
        return not any(asked.values())
    told = {
        "konst": one.art_form,
        "hem": one.home.code if one.home else "utanfor",
        "forsta": {True: "ja", False: "nej", None: "okant"}[one.is_first_time],
        "beslut": one.decision.outcome if one.decision else UNDECIDED,
    }
    return all(not value or told[name] == value for name, value in asked.items())


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address narrows the list to."""
    return {name: request.GET.get(name, "") for name in ("konst", "hem", "forsta", "beslut")}


def _shown(rows: list[Received], asked: dict[str, str], sorted_by: tuple[str, bool]) -> list[Received]:
    by, descending = sorted_by
    return sorted((one for one in rows if _fits(one, asked)), key=KEYS[by], reverse=descending)


def _selects(call: Call, rows: list[Received], asked: dict[str, str]) -> list[Row]:
    """What narrows the list, with what there is of it."""
    forms = {one.art_form for one in rows if not one.is_masked}
    homes = Municipality.objects.filter(region=call.region_id)
    choices = {
        "konst": (
            _("Art form"),
            [(name, label) for name, label in Production.ArtForm.choices if name in forms],
        ),
        "hem": (
            _("Lives in"),
            [*((one.code, one.name) for one in homes), ("utanfor", _("Outside the region"))],
        ),
        "forsta": (_("First time"), [("ja", _("Yes")), ("nej", _("No")), ("okant", _("Not said"))]),
        "beslut": (_("Decision"), [*Decision.Outcome.choices, (UNDECIDED, _("not decided"))]),
    }
    return [
        {"name": name, "label": label, "choices": values, "value": asked[name]}
        for name, (label, values) in choices.items()
    ]
