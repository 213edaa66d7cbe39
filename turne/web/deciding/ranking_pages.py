"""The ranking of a call's applications by their scores, with what was said, and how far the assessors lie apart."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.languages import in_language
from programmes import received, scored
from programmes.models import Assessor, Call, Sighting
from programmes.rankings import Ranked
from programmes.received import Received
from programmes.scored import Said, rounded
from turne.web.deciding.finding import Row, assessment_of, find_read, frame, see
from turne.web.logged_in import user_of
from turne.web.sorted_tables import headings, sorting

COLUMNS = [
    ("plats", gettext_lazy("Place in the ranking"), False),
    ("nummer", gettext_lazy("Application"), False),
    ("medel", gettext_lazy("Mean"), True),
    ("spridning", gettext_lazy("Spread"), True),
    ("jamnad", gettext_lazy("Evened out"), True),
    ("lasare", gettext_lazy("Readers"), False),
]
#: Column -> what it is sorted by.
KEYS: dict[str, Callable[[Ranked], Any]] = {
    "plats": lambda row: row.place,
    "medel": lambda row: row.mean,
    "spridning": lambda row: row.spread,
    "jamnad": lambda row: row.corrected,
    "lasare": lambda row: row.readers,
}


@login_required
@never_cache
@require_safe
def call_ranking(request: HttpRequest, slug: str) -> HttpResponse:
    """All that count, the best first unless the address says otherwise; nothing for one who is still to score."""
    call, user = find_read(request, slug), user_of(request)
    assessment = assessment_of(call)
    context = frame(call, "call-ranking") | {"assessment": assessment}
    if assessment is None or not received.shows_scores(call, user):
        return render(request, "deciding/no_ranking.html", context)
    see(request, call, Sighting.What.RANKING)
    rows = {one.application.pk: one for one in received.of_call(call, user, timezone.now())}
    hidden = [pk for pk, one in rows.items() if one.is_masked]
    sorted_by = sorting(request.GET, [key for key, _label, _first in COLUMNS], "plats")
    said, seats, most = scored.said_of(call), seats_of(call), assessment.scale_most
    ordered = _sorted(scored.ranked(call, hidden), rows, sorted_by)
    found = [score_of(row, said.get(row.key), seats, most) | {"one": rows[row.key]} for row in ordered]
    context |= {
        "rows": found,
        "columns": headings(COLUMNS, sorted_by, lambda order: f"?{urlencode({'ordning': order})}"),
        "strictness": [
            {"assessor": seat, "read": one.read, "mean": rounded(one.mean), "milder": rounded(one.milder)}
            for seat, one in scored.strictness_of(call, hidden)
        ],
        "masked": [rows[pk] for pk in hidden],
        "disputed": sum(one["is_disputed"] for one in found),
        "missing": sum(one["missing"] for one in found),
        "most": most,
    }
    return render(request, "deciding/ranking.html", context)


def score_of(row: Ranked, said: Said | None, seats: dict[int, Assessor], most: int) -> Row:
    """An application's scores as pages show them."""
    return {
        "place": row.place,
        "mean": rounded(row.mean),
        "share": _share(row.mean, most),
        "lowest": rounded(row.lowest),
        "highest": rounded(row.highest),
        "from_share": _share(row.lowest, most),
        "width_share": _share(row.highest, most) - _share(row.lowest, most),
        "spread": rounded(row.spread),
        "deviation": rounded(row.deviation),
        "corrected": rounded(row.corrected),
        "readers": row.readers,
        "wanted": row.readers + row.missing,
        "missing": row.missing,
        "is_disputed": row.is_disputed,
        "by_assessor": [(seats[key], rounded(value)) for key, value in row.by_assessor.items()],
        "criteria": [
            {
                "title": in_language(criterion, "title"),
                "weight": criterion.weight,
                "points": points,
            }
            for criterion, points in (said.criteria if said else [])
        ],
        "comments": said.comments if said else [],
    }


def seats_of(call: Call) -> dict[int, Assessor]:
    """Everybody who sits or sat on the call's panel."""
    return {one.pk: one for one in call.assessors.select_related("user")}


def _share(value: Fraction | None, most: int) -> int:
    """How long a bar is, per cent of the scale from 1 to the highest."""
    return 0 if value is None else round((value - 1) / (most - 1) * 100)


def _sorted(found: list[Ranked], rows: dict[int, Received], sorted_by: tuple[str, bool]) -> list[Ranked]:
    """In the asked order; what has no value stands last in either direction."""
    by, descending = sorted_by

    def key(row: Ranked) -> Any:
        return KEYS[by](row) if by in KEYS else rows[row.key].number

    valued = sorted((row for row in found if key(row) is not None), key=key, reverse=descending)
    return [*valued, *(row for row in found if key(row) is None)]
