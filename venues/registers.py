"""What a register may hold, and every fault of every row: in which row and column, what is wrong, what to do.

The columns are those of venues and presenters; schools have more of their own (`venues.school_rows`). Nothing is
written here; `venues.imports` does that when a register is clean.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from geopy.distance import geodesic

from venues.cells import BadCell, Column, fact_columns, field_column, plain
from venues.errors import BadSheet
from venues.geocoding import Gazetteer, is_called
from venues.models import Municipality, Organisation, Place, Venue
from venues.models.rooms import AccessFacts, RoomFacts
from venues.reach import roadless
from venues.sheets import Cell, File, Sheet, read_sheet

#: A venue farther than this from its place has a wrong digit, or latitude and longitude have changed places.
FARTHEST_KM = 60


@dataclass(frozen=True)
class RowError:
    """A fault: the row as a spreadsheet numbers it (0: the whole file), the column as the file calls it."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        where = _("Row %(row)s") % {"row": self.row} if self.row else _("The file")
        return f"{where}, {self.column}: {self.text}" if self.column else f"{where}: {self.text}"


@dataclass
class Report:
    """What a file holds and what is wrong with it; after an import also what was written, in rows."""

    register: str
    rows: int = 0
    errors: list[RowError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    ceased: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether the file can be imported."""
        return not self.errors


@dataclass
class Entry:
    """A row that was read: the values that it gives, and where it belongs.

    `municipality` is the organisation's, which may be seated elsewhere than its venue.
    """

    number: int
    values: dict[str, Any]
    municipality: Municipality
    place: Place | None

    @property
    def organisation(self) -> tuple[str, int]:
        """What an organisation is known again by."""
        name = self.values.get("organisation") or self.values.get("name") or ""
        return name.casefold(), self.municipality.pk

    @property
    def subject(self) -> tuple[Any, ...]:
        """What the row is about: no two rows of a file may be about the same."""
        venue = self.values.get("name", "").casefold() if "organisation" in self.values else ""
        return (*self.organisation, venue)


def _roles(text: str) -> list[str]:
    known = {name: k for k, label in Organisation.Role.choices for name in Column(k, label, str).names}
    words = [plain(word) for word in text.replace("/", ",").replace(";", ",").split(",") if word.strip()]
    if unknown := [word for word in words if word not in known]:
        told = {"unknown": ", ".join(unknown), "known": ", ".join(map(str, Organisation.Role.labels))}
        raise BadCell(_("%(unknown)s is not one of: %(known)s.") % told)
    return [known[word] for word in words]


def _names(*kinds: type[models.Model]) -> list[str]:
    return [fact.name for kind in kinds for fact in kind._meta.fields]


MUNICIPALITY = Column("municipality", gettext_lazy("municipality"), str)
PLACE = [Column("place", gettext_lazy("place"), str, is_required=True), MUNICIPALITY]
CONTACT_FACTS = ["email", "phone", "language"]
CONTACT = fact_columns(Organisation, CONTACT_FACTS)
ROLES = Column("roles", gettext_lazy("roles"), _roles)
VENUE_FACTS = ["kind", "address", "lat", "lon", "is_closed_down", *_names(RoomFacts, AccessFacts)]
NAME = field_column(Organisation, "name", is_required=True)
COLUMNS: dict[str, list[Column]] = {
    "venues": [
        field_column(
            Organisation, "name", key="organisation", label=gettext_lazy("presenter"), is_required=True
        ),
        Column("organisation_municipality", gettext_lazy("presenter's municipality"), str),
        field_column(Venue, "name", is_required=True),
        *PLACE,
        *CONTACT,
        ROLES,
        *fact_columns(Venue, VENUE_FACTS),
    ],
    "presenters": [
        NAME,
        Column("municipality", gettext_lazy("municipality"), str, is_required=True),
        *CONTACT,
        ROLES,
    ],
}


class Check:
    """Checks one file of one register against the ground that is known."""

    def __init__(self, register: str, columns: list[Column] | None = None) -> None:
        self.columns = COLUMNS[register] if columns is None else columns
        self.report = Report(register)
        self.entries: list[Entry] = []
        self.headings: dict[str, str] = {}
        self.gazetteer = Gazetteer()
        self.municipalities = list(Municipality.objects.select_related("region"))
        self.roadless = roadless()
        named = Organisation.objects.values_list("name", "municipality")
        self.standing = Counter((name.casefold(), seat) for name, seat in named if seat)

    def run(self, file: File) -> Report:
        """Read the file; faults go to the report, rows to `entries`."""
        try:
            sheet = self.read(file)
        except BadSheet as error:
            self._wrong(0, "", str(error))
            return self.report
        return self.check(sheet)

    def read(self, file: File) -> Sheet:
        """The table in the file. Raises BadSheet."""
        return read_sheet(file)

    def check(self, sheet: Sheet) -> Report:
        """As `run`, of a table that is read already."""
        self.report.rows, self.report.notes = len(sheet.rows), sheet.notes
        columns = self._columns(sheet)
        if self.report.is_clean:
            for number, cells in sheet.rows:
                self._row(number, columns, cells)
            self._check_doubles()
            self.report.errors.sort(key=lambda error: error.row)
        return self.report

    def _wrong(self, row: int, column: str, text: str) -> None:
        self.report.errors.append(RowError(row, self.headings.get(column, column), text))

    # -- The heading ---------------------------------------

    def _columns(self, sheet: Sheet) -> list[Column | None]:
        """The column under each heading; None under an empty one."""
        known = {name: column for column in self.columns for name in column.names}
        found = [known.get(plain(heading)) for heading in sheet.headings]
        self.headings = {c.key: h for c, h in zip(found, sheet.headings, strict=True) if c}
        keys = [column.key for column in found if column]
        for heading, column in zip(sheet.headings, found, strict=True):
            if heading and not column:
                self._wrong(0, heading, _("This column is not known. Rename or delete it."))
            elif column and keys.count(column.key) > 1:
                self._wrong(0, heading, _("This column is there twice. Delete one."))
        for column in self.columns:
            if column.is_required and column.key not in keys:
                self._wrong(0, str(column.label), _("This column is missing. Add it with its heading."))
        if not sheet.rows:
            self._wrong(0, "", _("There are no rows under the heading."))
        return found

    # -- A row ---------------------------------------

    def _row(self, number: int, columns: list[Column | None], cells: list[Cell]) -> None:
        before = len(self.report.errors)
        values = dict(self._values(number, columns, cells))
        entry = self._located(number, values) if len(self.report.errors) == before else None
        if entry and len(self.report.errors) == before:
            self.entries.append(entry)

    def _values(
        self, number: int, columns: list[Column | None], cells: list[Cell]
    ) -> Iterator[tuple[str, Any]]:
        for cell in cells[len(columns) :]:
            if cell.text:
                self._wrong(
                    number, "", _("“%(text)s” stands right of the last heading.") % {"text": cell.text}
                )
        padded = cells + [Cell("")] * (len(columns) - len(cells))
        for column, cell in zip(columns, padded, strict=False):
            if column is None and cell.text:
                self._wrong(number, "", _("“%(text)s” stands under no heading.") % {"text": cell.text})
            elif column and cell.fault:
                self._wrong(number, column.key, cell.fault)
            elif column and cell.text:
                try:
                    yield column.key, column.value(cell.text)
                except BadCell as error:
                    self._wrong(number, column.key, str(error))
            elif column and column.is_required:
                self._wrong(number, column.key, _("This can not be empty."))

    def _located(self, number: int, values: dict[str, Any]) -> Entry | None:
        """The row with its place and municipality, unless nothing can be played there."""
        if self.report.register == "presenters":
            municipality = self._municipality(number, values, "municipality")
            return Entry(number, values, municipality, None) if municipality else None
        place = self._place(number, values)
        if not place:
            return None
        if place.pk in self.roadless:
            text = _("No road reaches %(place)s, so nothing can be played there. Add its road first.")
            self._wrong(number, "place", text % {"place": place})
        self._check_position(number, values, place)
        seat: Municipality | None = place.municipality
        if "organisation_municipality" in values:
            seat = self._municipality(number, values, "organisation_municipality")
        return Entry(number, values, seat, place) if seat else None

    def _municipality(self, number: int, values: dict[str, Any], key: str) -> Municipality | None:
        said = values[key]
        found = [one for one in self.municipalities if is_called(one, said)]
        if len(found) == 1:
            return found[0]
        text = _(
            "No municipality is called %(said)s. Write its name or code as in the register of the region."
        )
        if found:
            text = _("Several municipalities are called %(said)s. Write the code.")
        self._wrong(number, key, text % {"said": said})
        return None

    def _place(self, number: int, values: dict[str, Any]) -> Place | None:
        said, municipality = values["place"], values.get("municipality", "")
        found = self.gazetteer.named(said, municipality)
        if len(found) == 1:
            return found[0]
        told = {"said": said, "municipality": municipality, "places": self._described(found)}
        if found:
            text = _("%(said)s may be %(places)s. Write the name as here, with its municipality.")
        elif elsewhere := self.gazetteer.find(said):
            told["places"] = self._described([match.place for match in elsewhere[:3]])
            text = _("No place is called %(said)s. Is it %(places)s?")
            if municipality:
                text = _("No place in %(municipality)s is called %(said)s. Is it %(places)s?")
        else:
            text = _("No place is called %(said)s. Write a place of the region's gazetteer.")
        self._wrong(number, "place", text % told)
        return None

    def _described(self, places: list[Place]) -> str:
        return ", ".join(f"{place} ({place.municipality})" for place in places)

    def _check_position(self, number: int, values: dict[str, Any], place: Place) -> None:
        lat, lon = values.get("lat"), values.get("lon")
        if type(lat) is not type(lon):
            self._wrong(number, "lat", _("Give both lat and lon, or neither."))
        if not isinstance(lat, float) or not isinstance(lon, float):
            return
        km = round(geodesic((place.lat, place.lon), (lat, lon)).km)
        if km > FARTHEST_KM:
            text = _("This is %(km)s km from %(place)s. Check the figures: lat comes first, then lon.")
            self._wrong(number, "lat", text % {"km": km, "place": place})

    # -- Rows against each other ---------------------------------------

    def _check_doubles(self) -> None:
        seen: dict[tuple[Any, ...], Entry] = {}
        bodies: dict[tuple[str, int], Entry] = {}
        for entry in self.entries:
            body = bodies.setdefault(entry.organisation, entry)
            first = seen.setdefault(entry.subject, entry)
            if first is not entry:
                text = _("This row is about the same as row %(row)s. Delete one of them.")
                self._wrong(entry.number, "", text % {"row": first.number})
            elif self.standing[entry.organisation] > 1:
                text = _("Turne knows %(count)s organisations of this name there. Rename all but one first.")
                self._wrong(entry.number, "", text % {"count": self.standing[entry.organisation]})
            if self.report.register == "venues":
                self._check_body(body, entry)

    def _check_body(self, first: Entry, entry: Entry) -> None:
        """The venues of one organisation must not say different things of it."""
        for key in [*CONTACT_FACTS, "roles"]:
            said = entry.values.get(key)
            if None not in (said, first.values.get(key)) and said != first.values[key]:
                text = _("Row %(row)s says something else of the same presenter. Write the same in both.")
                self._wrong(entry.number, key, text % {"row": first.number})
