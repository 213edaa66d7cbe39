"""A plan as rows: each grade of a school with what it gets, narrowed and sorted by the address; and sums of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.allotment_names import unit_of
from bookings.pupil_coverage import Coverage
from bookings.pupil_coverage import Line as Sum
from tours.models import Allotment, AllottedGroup
from turne.web.schools.allotment_words import Names
from turne.web.sorted_tables import headings, sorting
from venues.grades import rank
from venues.models import Municipality

Row = dict[str, Any]
HOWS = dict(AllottedGroup.How.choices)


@dataclass(frozen=True)
class Line:
    """What a grade of a school gets; `production` is empty where it gets nothing."""

    unit: str
    school_pk: int
    school: str
    municipality: str
    municipality_name: str
    municipality_slug: str
    grade: str
    pupils: int
    before: int
    production: str = ""
    production_key: str = ""
    room: str = ""
    how: str = ""
    shows: str = ""
    unknown: tuple[str, ...] = ()
    is_ordered: bool = False
    url: str = ""

    @property
    def after(self) -> int:
        """Encounters of each pupil with the plan."""
        return self.before + bool(self.production)

    def cells(self) -> list[str]:
        """The row for a spreadsheet."""
        return [
            self.municipality_name,
            self.school,
            self.grade,
            str(self.pupils),
            str(self.before),
            str(self.after),
            self.production,
            self.room,
            self.how,
            self.shows,
            "; ".join(self.unknown),
        ]


def heads() -> list[str]:
    """The headings of `Line.cells`."""
    return [
        _("Municipality"),
        _("School"),
        _("Grade"),
        _("Pupils"),
        _("Encounters before"),
        _("Encounters with the plan"),
        _("Production"),
        _("Room"),
        _("How they get there"),
        _("Shows"),
        _("Not known of the room"),
    ]


def lines_of(allotment: Allotment, names: Names) -> list[Line]:
    """A line for each grade of a school, by municipality, school and grade."""
    given = {one["unit"]: one for one in (allotment.plan or {}).get("assignments", ())}
    ordered = set(allotment.orders.filter(withdrawn_at=None, kind="locked").values_list("school", "grade"))
    found = [
        _line(allotment, unit, given.get(unit["id"]), names, ordered) for unit in allotment.problem["units"]
    ]
    return sorted(found, key=lambda line: (line.municipality_name, line.school, rank(line.grade)))


def _line(
    allotment: Allotment,
    unit: Mapping[str, Any],
    given: Mapping[str, Any] | None,
    names: Names,
    ordered: set[tuple[int, str]],
) -> Line:
    school, grade = unit_of(unit["id"])
    body = names.schools[school]
    gets: Row = {}
    if given:
        gets = {
            "production": names.production(given["production"]),
            "production_key": given["production"],
            "room": names.site(given["site"]),
            "how": str(HOWS[given["how"]]),
            "shows": ", ".join(map(str, sorted(set(given["shows"])))),
            "unknown": tuple(names.fact(fact) for fact in given.get("unknown", ())),
        }
    return Line(
        unit=unit["id"],
        school_pk=school,
        school=body.name,
        municipality=unit["municipality"],
        municipality_name=body.municipality.name if body.municipality else "",
        municipality_slug=body.municipality.slug if body.municipality else "",
        grade=grade,
        pupils=sum(unit["classes"]),
        before=unit["encounters"],
        is_ordered=(school, grade) in ordered,
        url=reverse("allotment-grade", args=[allotment.pk, school, grade]),
        **gets,
    )


#: Columns of the list: key in the address, heading, whether the highest comes first.
COLUMNS = (
    ("skola", gettext_lazy("School"), False),
    ("kommun", gettext_lazy("Municipality"), False),
    ("arskurs", gettext_lazy("Grade"), False),
    ("elever", gettext_lazy("Pupils"), True),
    ("efter", gettext_lazy("Encounters"), True),
    ("produktion", gettext_lazy("Gets"), False),
    ("lokal", gettext_lazy("Where"), False),
)
SORTS: dict[str, Any] = {
    "skola": lambda line: line.school.casefold(),
    "kommun": lambda line: line.municipality_name,
    "arskurs": lambda line: rank(line.grade),
    "elever": lambda line: line.pupils,
    "efter": lambda line: line.after,
    "produktion": lambda line: line.production or "\uffff",
    "lokal": lambda line: line.room or "\uffff",
}
NUMBERS = {"elever", "efter"}
#: What both tables are sorted by where nothing is asked.
BY_DEFAULT = "kommun"


@dataclass(frozen=True)
class Asked:
    """What a reader narrows the list to; what is empty is not asked."""

    municipality: str = ""
    grade: str = ""
    production: str = ""
    gets: str = ""
    text: str = ""
    sort: str = "kommun"
    descending: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """As the address says."""
        key, descending = sorting(query, SORTS, BY_DEFAULT)
        return cls(
            municipality=query.get("kommun", ""),
            grade=query.get("arskurs", ""),
            production=query.get("produktion", ""),
            gets=query.get("visa", ""),
            text=query.get("q", "").strip(),
            sort=key,
            descending=descending,
        )

    def chosen(self, lines: Iterable[Line]) -> list[Line]:
        """The lines that are asked for, in the order that is asked for."""
        found = [line for line in lines if self._is_asked(line)]
        return sorted(found, key=SORTS[self.sort], reverse=self.descending)

    def _is_asked(self, line: Line) -> bool:
        kinds = {"far": bool(line.production), "saknar": not line.production, "hand": line.is_ordered}
        return (
            self.municipality in ("", line.municipality_slug)
            and self.grade in ("", line.grade)
            and self.production in ("", line.production_key)
            and kinds.get(self.gets, True)
            and self.text.casefold() in line.school.casefold()
        )


def columns(query: Any) -> list[Row]:
    """The headings of the list."""
    sorted_by = sorting(query, SORTS, BY_DEFAULT)
    return headings(COLUMNS, sorted_by, _ordered(query), texts=SORTS.keys() - NUMBERS)


def _ordered(query: Any) -> Callable[[str], str]:
    """From an order to the address of the first page in it, all else as it is asked for."""
    kept = query.copy()
    kept.pop("page", None)

    def address(order: str) -> str:
        kept["ordning"] = order
        return f"?{kept.urlencode()}"

    return address


def filters(asked: Asked, lines: Iterable[Line], grounds: Iterable[Municipality]) -> list[Row]:
    """The selects of the list: name in the address, label and choices."""
    lines = list(lines)
    grades = sorted({line.grade for line in lines}, key=rank)
    plays = sorted({(line.production, line.production_key) for line in lines if line.production})
    return [
        _select("kommun", _("Municipality"), asked.municipality, [(one.slug, one.name) for one in grounds]),
        _select("arskurs", _("Grade"), asked.grade, [(grade, grade) for grade in grades]),
        _select("produktion", _("Production"), asked.production, [(key, title) for title, key in plays]),
        _select(
            "visa",
            _("Show"),
            asked.gets,
            [("far", _("Gets something")), ("saknar", _("Gets nothing")), ("hand", _("Decided by hand"))],
        ),
    ]


def _select(name: str, label: str, current: str, choices: list[tuple[str, str]]) -> Row:
    options = [{"value": value, "label": text, "current": value == current} for value, text in choices]
    return {"name": name, "label": label, "options": options}


#: By what the municipalities may be sorted.
AREA_SORTS: dict[str, Any] = {
    "kommun": lambda row: row["name"],
    "elever": lambda row: row["pupils"],
    "natt": lambda row: row["share_number"],
    "fore": lambda row: row["before_number"],
    "efter": lambda row: row["after_number"],
}
AREA_COLUMNS = (
    ("kommun", gettext_lazy("Municipality"), False),
    ("elever", gettext_lazy("Pupils"), True),
    ("natt", gettext_lazy("Reached"), True),
    ("fore", gettext_lazy("Encounters before"), True),
    ("efter", gettext_lazy("With the plan"), True),
)


def area_columns(query: Any) -> list[Row]:
    """The headings of the municipalities' table."""
    sorted_by = sorting(query, AREA_SORTS, BY_DEFAULT)
    return headings(AREA_COLUMNS, sorted_by, _ordered(query), texts=[BY_DEFAULT])


def areas(was: Coverage, becomes: Coverage, grounds: Iterable[Municipality]) -> list[Row]:
    """A row for each municipality: pupils, reached, encounters per pupil before and with the plan."""
    return [
        {
            "name": one.name,
            "url": f"?{urlencode({'vy': 'skolor', 'kommun': one.slug})}",
            **_compared(was.municipalities.get(one.code), becomes.municipalities.get(one.code)),
        }
        for one in grounds
    ]


def grades(was: Coverage, becomes: Coverage) -> list[Row]:
    """The same for each grade."""
    return [
        {
            "name": grade,
            "url": f"?{urlencode({'vy': 'skolor', 'arskurs': grade})}",
            **_compared(was.grades.get(grade), line),
        }
        for grade, line in becomes.grades.items()
    ]


def _compared(was: Sum | None, becomes: Sum | None) -> Row:
    before, after = was or Sum(None), becomes or Sum(None)
    return {
        "pupils": after.pupils,
        "reached": after.reached,
        "share_number": after.share,
        "before_number": before.per_pupil,
        "after_number": after.per_pupil,
        "before": per_pupil(before.per_pupil),
        "after": per_pupil(after.per_pupil),
    }


def productions(lines: Iterable[Line]) -> list[Row]:
    """For each production how many grades, schools and pupils get it; by title."""
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        if line.production:
            found.setdefault((line.production, line.production_key), []).append(line)
    return [
        {
            "title": title,
            "url": f"?{urlencode({'vy': 'skolor', 'produktion': key})}",
            "grades": len(those),
            "schools": len({line.school_pk for line in those}),
            "rooms": len({line.room for line in those}),
            "pupils": sum(line.pupils for line in those),
        }
        for (title, key), those in sorted(found.items())
    ]


def per_pupil(number: float) -> str:
    """Encounters per pupil to two decimals, as numbers are written: "0,75"."""
    return str(number_format(round(number, 2), 2))
