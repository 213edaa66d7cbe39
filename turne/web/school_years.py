"""School years: the list by year, and one municipality's or school's days with what lies on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bookings import permissions, school_clashes, school_permissions, visible
from bookings.permissions import Person
from turne.web.sorted_tables import headings, order_of, sorting
from turne.web.tables import csv_response
from venues import school_years as verbs
from venues.models import Municipality, School, SchoolBreak, SchoolYear, SchoolYearChange
from venues.models.school_years import school_year_of, year_label
from venues.school_files import table_of
from venues.school_warnings import said_above, warnings_of
from venues.school_years import Draft, Entry, Owner, Terms

#: School years that have a page: so many before and after the one of today. Source: the house's choice.
YEARS_BACK, YEARS_AHEAD = 5, 3
#: Columns of the list: key in the address, heading, whether the highest comes first.
COLUMNS = (
    ("namn", gettext_lazy("Whose"), False),
    ("termin", gettext_lazy("Terms"), False),
    ("lov", gettext_lazy("Days off"), True),
    ("studiedagar", gettext_lazy("Teachers' days"), True),
    ("andrad", gettext_lazy("Noted"), True),
)
OF_KIND = {"kommun": Municipality, "skola": School}
Kind = SchoolBreak.Kind


@dataclass
class Line:
    """A municipality or a school in the list of a year."""

    owner: Owner
    terms: Terms
    entries: list[Entry]
    change: SchoolYearChange | None
    url: str
    edit_url: str

    @property
    def is_school(self) -> bool:
        """Whether it is a school."""
        return isinstance(self.owner, School)

    @property
    def off_count(self) -> int:
        """Weekdays off, teachers' days apart."""
        return sum(e.school_days_count for e in self.entries if e.kind in (Kind.BREAK, Kind.OTHER))

    @property
    def staff_count(self) -> int:
        """Teachers' days."""
        return sum(e.school_days_count for e in self.entries if e.kind == Kind.STAFF)

    @property
    def is_noted(self) -> bool:
        """Whether anybody has said anything of the year."""
        return _is_noted(self)


SORTS: dict[str, Any] = {
    "namn": lambda line: str(line.owner).casefold(),
    "termin": lambda line: line.terms.autumn_starts_on or date.max,
    "lov": lambda line: line.off_count,
    "studiedagar": lambda line: line.staff_count,
    "andrad": lambda line: line.change.at.timestamp() if line.change else 0,
}


@require_safe
@login_required
def school_years(request: HttpRequest) -> HttpResponse:
    """Whose school days are known for a year, and how many there are."""
    municipalities = list(visible.municipalities_of_years(request.user))
    schools = list(visible.schools(request.user).select_related("organisation__municipality"))
    if not municipalities and not schools:
        raise Http404
    year = _year_asked(request)
    key, descending = sorting(request.GET, SORTS, "namn")
    lines = _lines([*municipalities, *schools], year)
    lines.sort(key=SORTS["namn"])
    lines.sort(key=SORTS[key], reverse=descending)
    context = {
        "year": year_label(year),
        "chips": year_chips(year, lambda one: _list_query(one, order_of(key, descending))),
        "columns": headings(
            COLUMNS,
            (key, descending),
            lambda order: _list_query(year, order),
            texts=["namn", "termin", "andrad"],
        ),
        "groups": [
            (_("Municipalities"), [line for line in lines if not line.is_school]),
            (
                _("Schools with days of their own"),
                [line for line in lines if line.is_school and line.is_noted],
            ),
        ],
        "others": [line for line in lines if line.is_school and not line.is_noted],
        "oversees": permissions.regions_overseen_by(request.user).exists(),
    }
    return render(request, "school_years/list.html", context)


@require_safe
@login_required
def school_year(request: HttpRequest, kind: str, slug: str, year: int) -> HttpResponse:
    """The days of one school year, whose they are, and what lies on them."""
    owner = owner_or_404(request, kind, slug, year)
    own = verbs.standing(owner, year)
    above = municipality_above(owner)
    theirs = verbs.standing(above, year) if above else Draft()
    rows: list[dict[str, Any]] = [{"entry": entry, "whose": owner, "is_own": True} for entry in own.entries]
    rows += [{"entry": entry, "whose": above, "is_own": False} for entry in theirs.entries]
    context = {
        **head(owner, kind, year),
        "terms": _terms(own.terms.over(theirs.terms)),
        "is_of_municipality": bool(theirs.terms.known()) and not own.terms.known(),
        "above": above,
        "above_url": reverse("school-year", args=["kommun", above.slug, year]) if above else "",
        "rows": sorted(rows, key=lambda row: (row["entry"].starts_on, not row["is_own"])),
        "kinds": dict(Kind.choices),
        "sources": _sources(owner, year),
        "has_own": _is_noted(own),
        "can_copy": _is_noted(verbs.standing(owner, year - 1)),
        "warnings": [*warnings_of(own), *said_above(own, theirs, above)],
        "clashes": clash_rows(school_clashes.clashes_now(owner, year, timezone.localdate()), request.user),
        "changes": SchoolYearChange.objects.filter(
            **{f"school_year__{name}": value for name, value in verbs.owned_by(owner).items()},
            school_year__year=year,
        ).select_related("by"),
        "can_edit": school_permissions.can_edit_school_days(request.user, owner),
        "chips": year_chips(year, lambda one: reverse("school-year", args=[kind, slug, one])),
    }
    return render(request, "school_years/year.html", context)


@require_safe
@login_required
def school_year_csv(request: HttpRequest, kind: str, slug: str, year: int) -> HttpResponse:
    """The days as a table that can be imported again."""
    owner = owner_or_404(request, kind, slug, year)
    return csv_response(f"lasar-{slug}-{year}.csv", table_of(verbs.standing(owner, year)))


def owner_or_404(request: HttpRequest, kind: str, slug: str, year: int, *, to_edit: bool = False) -> Owner:
    """The municipality or school of an address, if the user may read it, or write it; otherwise it does not exist."""
    if kind not in OF_KIND or not _is_near(year):
        raise Http404
    owner: Owner
    if kind == "kommun":
        owner = get_object_or_404(Municipality.objects.select_related("region"), slug=slug)
    else:
        schools = School.objects.select_related("organisation__municipality", "organisation__region")
        owner = get_object_or_404(schools, organisation__slug=slug)
    allowed = school_permissions.can_edit_school_days if to_edit else school_permissions.can_see_school_days
    if not allowed(request.user, owner):
        raise Http404
    return owner


def municipality_above(owner: Owner) -> Municipality | None:
    """The municipality whose days bind a school; there is none above a municipality."""
    return owner.organisation.municipality if isinstance(owner, School) else None


def head(owner: Owner, kind: str, year: int) -> dict[str, Any]:
    """What every page of a school year shows at its head."""
    slug = owner.slug if isinstance(owner, Municipality) else owner.organisation.slug
    args = [kind, slug, year]
    return {
        "owner": owner,
        "year": year_label(year),
        "is_school": isinstance(owner, School),
        "list_url": f"{reverse('school-years')}?{urlencode({'ar': year})}",
        "urls": {
            name: reverse(f"school-year-{name}" if name else "school-year", args=args)
            for name in ("edit", "copy", "import", "csv")
        }
        | {"show": reverse("school-year", args=args)},
        "year_before": year_label(year - 1),
        "year_number": year,
    }


def year_chips(year: int, url: Any) -> list[dict[str, Any]]:
    """The school years beside this one, as links."""
    today = school_year_of(timezone.localdate())
    years = sorted({*range(today - 1, today + YEARS_AHEAD), year})
    return [{"label": year_label(one), "url": url(one), "current": one == year} for one in years]


def clash_rows(clashes: school_clashes.Clashes, user: Person) -> dict[str, Any]:
    """What lies on days off, for `school_years/clashes.html`, with a link where the reader may open it."""
    return {
        "visits": [
            {
                "booking": clash.booking,
                "why": clash.off.text,
                "url": reverse("booking", args=[clash.booking.pk])
                if permissions.can_see_booking(user, clash.booking)
                else "",
            }
            for clash in clashes.visits
        ],
        "wishes": [
            {"wish": clash.wish, "why": ", ".join(off.text for off in clash.offs), "clash": clash}
            for clash in clashes.wishes
        ],
    }


def _lines(owners: Sequence[Owner], year: int) -> list[Line]:
    """A line for each, from three queries."""
    municipalities = [one.pk for one in owners if isinstance(one, Municipality)]
    schools = [one.pk for one in owners if isinstance(one, School)]
    whose = Q(municipality__in=municipalities) | Q(school__in=schools)
    entries: dict[tuple[int | None, int | None], list[Entry]] = {}
    for row in SchoolBreak.objects.filter(whose).of_year(year):
        entries.setdefault((row.municipality_id, row.school_id), []).append(Entry.of(row))
    noted = SchoolYear.objects.filter(whose, year=year).prefetch_related("changes__by")
    years = {(one.municipality_id, one.school_id): one for one in noted}
    return [_line(owner, year, years.get(_key(owner)), entries.get(_key(owner), [])) for owner in owners]


def _key(owner: Owner) -> tuple[int | None, int | None]:
    return (owner.pk, None) if isinstance(owner, Municipality) else (None, owner.pk)


def _line(owner: Owner, year: int, noted: SchoolYear | None, entries: list[Entry]) -> Line:
    change = next(iter(noted.changes.all()), None) if noted else None
    kind, slug = (
        ("kommun", owner.slug) if isinstance(owner, Municipality) else ("skola", owner.organisation.slug)
    )
    args = [kind, slug, year]
    urls = reverse("school-year", args=args), reverse("school-year-edit", args=args)
    return Line(owner, Terms.of(noted), entries, change, *urls)


def _is_noted(said: Draft | Line) -> bool:
    return bool(said.entries or said.terms.known())


def _sources(owner: Owner, year: int) -> list[str]:
    """Where the days come from, each source once."""
    rows = SchoolBreak.objects.filter(**verbs.owned_by(owner)).of_year(year).exclude(source="")
    return sorted(set(rows.values_list("source", flat=True)))


def _terms(terms: Terms) -> list[dict[str, Any]]:
    return [
        {"name": _("Autumn term"), "first": terms.autumn_starts_on, "last": terms.autumn_ends_on},
        {"name": _("Spring term"), "first": terms.spring_starts_on, "last": terms.spring_ends_on},
    ]


def _is_near(year: int) -> bool:
    today = school_year_of(timezone.localdate())
    return today - YEARS_BACK <= year <= today + YEARS_AHEAD


def _list_query(year: int, order: str) -> str:
    return f"?{urlencode({'ar': str(year), 'ordning': order})}"


def _year_asked(request: HttpRequest) -> int:
    """The year in the address, or the one of today."""
    asked = request.GET.get("ar", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else 0
    return year if _is_near(year) else school_year_of(timezone.localdate())
