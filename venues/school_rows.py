"""The rows of a register of schools as units: which school each is about, where it lies, and every fault.

Nothing is written here; `venues.school_register` compares the units with what stands, and writes them.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from math import cos, radians
from typing import Any

from django.utils.translation import gettext as _

from venues import skolverket
from venues.cells import BadCell, Column, plain
from venues.models import Municipality, Organisation, Place, School, SchoolForm
from venues.registers import Check, Report
from venues.school_cells import COLUMNS, OFFICIAL, with_grades
from venues.school_owners import Owners
from venues.school_units import CEASED, NO_SCHOOL, OUTSIDE, TOO_LITTLE, Unit, left_alone
from venues.sheets import Cell, File, Sheet, read_sheet
from venues.successions import reached

Status = School.Status
#: Rows that a file may have: the register holds about 7,000 units of the whole country.
MOST_UNITS = 20_000


class SchoolCheck(Check):
    """Checks a register of schools, on paper of this house or of Skolverket.

    Args:
        regions: keys of the regions whose schools are read; rows of others are left alone. None: all that are known.
        today: the day on which a school that has ceased is no more.
    """

    def __init__(self, regions: Collection[int] | None, today: date) -> None:
        super().__init__("schools", COLUMNS)
        self.regions, self.today = regions, today
        self.is_official = False
        self.units: list[Unit] = []
        self.left_alone: Counter[str] = Counter()
        self.unread: list[str] = []
        self.owners = Owners()
        self.schools = list(
            School.objects.with_forms().prefetch_related("successions", "organisation__roles")
        )
        self.by_code = {school.unit_code: school for school in self.schools if school.unit_code}
        self.by_own_id = {school.own_id: school for school in self.schools if school.own_id}
        self.of_body = {school.organisation_id: school for school in self.schools}
        self.bodies: dict[tuple[str, int | None], list[Organisation]] = {}
        for body in Organisation.objects.prefetch_related("roles").order_by("pk"):
            self.bodies.setdefault((body.name.casefold(), body.municipality_id), []).append(body)

    def read(self, file: File) -> Sheet:
        """The table in the file, documents of Skolverket's register among them.

        A register of school units has columns that nobody here asks for, names of people among them: they are left out.
        """
        sheet = read_sheet(file, skolverket.rows_in, MOST_UNITS)
        if not _is_official(sheet):
            return sheet
        known = {name for column in self.columns for name in column.names}
        at = [n for n, heading in enumerate(sheet.headings) if not heading or plain(heading) in known]
        self.unread = [heading for n, heading in enumerate(sheet.headings) if n not in at]
        rows = [(number, [cells[n] for n in at if n < len(cells)]) for number, cells in sheet.rows]
        return Sheet([sheet.headings[n] for n in at], rows, sheet.notes)

    def check(self, sheet: Sheet) -> Report:
        """As of every register; what is left alone is told beside."""
        self.is_official = _is_official(sheet)
        report = super().check(sheet)
        report.notes = [*report.notes, *self._notes()]
        if report.is_clean and not self.units and self.left_alone.keys() <= {OUTSIDE}:
            self._wrong(0, "", _("No row is about a school of the region. Check the municipality codes."))
        return report

    def _notes(self) -> list[str]:
        """What was not read, and why."""
        told = [left_alone(why, count) for why, count in sorted(self.left_alone.items())]
        if self.unread:
            told.append(_("Columns that were not read: %(names)s.") % {"names": ", ".join(self.unread)})
        return told

    # -- A row ---------------------------------------

    def _row(self, number: int, columns: list[Column | None], cells: list[Cell]) -> None:
        if self._is_elsewhere(columns, cells):
            self.left_alone[OUTSIDE] += 1
            return
        before = len(self.report.errors)
        values = dict(self._values(number, columns, cells))
        if len(self.report.errors) > before:
            return
        unit = self._unit(number, values, {column.key for column in columns if column})
        if unit and len(self.report.errors) == before:
            self.units.append(unit)

    def _is_elsewhere(self, columns: list[Column | None], cells: list[Cell]) -> bool:
        """Whether the row's municipality code is none of the region's: the register holds the whole country."""
        code = next(
            (
                cell.text
                for column, cell in zip(columns, cells, strict=False)
                if column and column.key == "municipality"
            ),
            "",
        )
        if not (code.isascii() and code.isdecimal()):
            return False
        return code.zfill(4) not in {one.code for one in self.municipalities if self._is_ours(one)}

    def _is_ours(self, municipality: Municipality) -> bool:
        return self.regions is None or municipality.region_id in self.regions

    def _unit(self, number: int, values: dict[str, Any], keys: set[str]) -> Unit | None:
        if values.pop("unit_type", True) is False:
            self.left_alone[NO_SCHOOL] += 1
            return None
        code = values.get("unit_code")
        known = self.by_code.get(code) if isinstance(code, str) else None
        if known is None and not keys & {"municipality", "place"}:
            self.left_alone[TOO_LITTLE] += 1  # the list of all units tells code, name and status only
            return None
        seat = self._seat(number, values, known)
        if seat is None:
            return None
        if not self._is_ours(seat):
            self.left_alone[OUTSIDE] += 1
            return None
        return self._complete(Unit(number, values, seat, known))

    def _seat(self, number: int, values: dict[str, Any], known: School | None) -> Municipality | None:
        """The municipality of the row: told, or that of its place, or of the school that it is about."""
        seat: Municipality | None = None
        if "municipality" in values:
            seat = self._municipality(number, values, "municipality")
        elif "place" in values:
            place = self._place(number, values)
            seat = place.municipality if place else None
        elif known:
            return known.organisation.municipality or known.place.municipality
        else:
            self._wrong(number, "municipality", _("This can not be empty."))
        if seat and known and known.organisation.municipality not in (None, seat):
            told = {"school": known, "municipality": known.organisation.municipality}
            text = _("This is the code of %(school)s in %(municipality)s. Check code and municipality.")
            self._wrong(number, "unit_code", text % told)
            return None
        return seat

    def _complete(self, unit: Unit) -> Unit | None:
        """The unit with its school, place, forms, dates and owner."""
        self._identify(unit)
        self._date(unit)
        if unit.school is None and unit.values.get("status") == Status.CEASED:
            self.left_alone[CEASED] += 1
            return None
        self._put_in_place(unit)
        self._give_forms(unit)
        self._spare_homes(unit)
        try:
            unit.owner = self.owners.read(unit.values, unit.municipality, unit.number)
        except BadCell as error:
            self._wrong(unit.number, "owner" if "owner" in self.headings else "org_number", str(error))
        return unit

    def _identify(self, unit: Unit) -> None:
        if own := unit.values.get("own_id"):
            prefix = f"{unit.municipality.code}-"
            unit.values["own_id"] = own if own.startswith(prefix) else prefix + own
        unit.school = unit.school or (self.by_own_id.get(unit.own_id) if not unit.code else None)
        if unit.school:
            unit.body = unit.school.organisation
            return
        for body in self.bodies.get((unit.name.casefold(), unit.municipality.pk), []):
            school = self.of_body.get(body.pk)
            if school is None or not self._is_another(unit, school):
                unit.body, unit.school = body, school
                return

    def _is_another(self, unit: Unit, school: School) -> bool:
        """Whether a school of the same name there has another code or id than the row."""
        if unit.code and school.unit_code:
            return unit.code != school.unit_code
        return bool(unit.own_id and school.own_id and unit.own_id != school.own_id)

    def _date(self, unit: Unit) -> None:
        """Check when it opened and ceased, and let a school that has ceased by today be so."""
        values, school = unit.values, unit.school
        opened = values.get("opened_on") or (school.opened_on if school else None)
        ceased = values.get("ceased_on")
        if opened and ceased and ceased < opened:
            told = {"opened": opened.isoformat()}
            self._wrong(
                unit.number, "ceased_on", _("It can not cease before it opens, on %(opened)s.") % told
            )
        if ceased and ceased <= self.today:
            values["status"] = Status.CEASED
        elif (
            "status" in values
            and values["status"] != Status.CEASED
            and not ceased
            and school
            and school.has_ceased(self.today)
        ):
            values["ceased_on"] = None  # it is there again

    # -- Where it lies ---------------------------------------

    def _put_in_place(self, unit: Unit) -> None:
        values = unit.values
        street = (values.get("address", ""), _town(values))
        if "address" in values and any(street[1:]):
            values["address"] = ", ".join(part for part in street if part)[:200]
        place = self._place(unit.number, values) if "place" in values else self._nearest(unit)
        if place and place.pk in self.roadless:
            text = _("No road reaches %(place)s, so nothing can be played there. Add its road first.")
            self._wrong(unit.number, "place", text % {"place": place})
        if place:
            self._check_position(unit.number, values, place)
        elif type(values.get("lat")) is not type(values.get("lon")):
            self._wrong(unit.number, "lat", _("Give both lat and lon, or neither."))
        unit.place = place

    def _nearest(self, unit: Unit) -> Place | None:
        """The place that is nearest to the position, else the one that the post town names; None: as it was."""
        values, school = unit.values, unit.school
        lat, lon = values.get("lat"), values.get("lon")
        if school and (lat is None or (school.lat, school.lon) == (lat, lon)):
            return None
        ours = [place for place in self.gazetteer.places if place.municipality_id == unit.municipality.pk]
        if isinstance(lat, float) and isinstance(lon, float) and ours:
            return min(ours, key=lambda place: (_apart(place, lat, lon), place.pk))
        found = self._by_town(values.get("locality", ""), unit.municipality)
        if not found:
            text = _(
                "Nobody can tell where the school lies. Write its place, or its position as lat and lon."
            )
            self._wrong(unit.number, "place", text)
        return found

    def _by_town(self, town: str, municipality: Municipality) -> Place | None:
        found = self.gazetteer.named(town, municipality.code) if town else []
        return found[0] if len(found) == 1 else None

    # -- Forms ---------------------------------------

    def _give_forms(self, unit: Unit) -> None:
        values = unit.values
        forms = values.get("forms") or values.get("stage")
        try:
            if forms and "grades" in values:
                forms = with_grades(forms, values["grades"])
        except BadCell as error:
            self._wrong(unit.number, "grades", str(error))
        if not forms and unit.school is None:
            key = "stage" if "stage" in self.headings else "forms"
            self._wrong(unit.number, key, _("This can not be empty."))
        unit.forms = forms

    def _spare_homes(self, unit: Unit) -> None:
        """Family day care is often somebody's home: its place is kept, and neither address nor position."""
        standing = [form.form for form in unit.school.forms.all()] if unit.school else []
        if list(unit.forms or standing) == [SchoolForm.FAMILY_DAY_CARE]:
            for name in ("address", "lat", "lon"):
                unit.values.pop(name, None)

    # -- Rows against each other ---------------------------------------

    def _check_doubles(self) -> None:
        seen: dict[Any, Unit] = {}
        for unit in self.units:
            for key in self._keys(unit, seen):
                first = seen.setdefault(key, unit)
                if first is not unit:
                    text = _("This row is about the same as row %(row)s. Delete one of them.")
                    self._wrong(unit.number, "", text % {"row": first.number})
                    break
            else:
                self._check_standing(unit)
        if self.report.is_clean:
            self._link()

    def _keys(self, unit: Unit, seen: dict[Any, Unit]) -> Iterable[Any]:
        """What no other row may have: the code, the id, the school, and the name where one of two has neither."""
        named = (unit.name.casefold(), unit.municipality.pk)
        if unit.identity:
            yield unit.identity
        if unit.school:
            yield unit.school.pk
        first = seen.setdefault(("named", *named), unit)
        if not (unit.identity and first.identity):
            yield ("named", *named)

    def _check_standing(self, unit: Unit) -> None:
        count = self.standing[unit.name.casefold(), unit.municipality.pk]
        if count > 1 and not unit.identity:
            text = _("Turne knows %(count)s organisations of this name there. Rename all but one first.")
            self._wrong(unit.number, "", text % {"count": count})

    def _link(self) -> None:
        """Find the successors that rows name, and refuse those that end where they began."""
        units = {name: unit for unit in self.units for name in (unit.code, unit.own_id) if name}
        after: dict[Any, set[Any]] = {
            school.pk: {link.successor_id for link in school.successions.all()} for school in self.schools
        }
        for unit in self.units:
            if unit.values.get("successors") and not self._ceases(unit):
                text = _("A school with successors has ceased. Say when, or delete them.")
                self._wrong(unit.number, "successors", text)
                continue
            for said in unit.values.get("successors", []):
                found = self._successor(unit, said, units)
                if found is None:
                    text = _("Nobody knows a school with code or id %(said)s. Import it too, or check it.")
                    self._wrong(unit.number, "successors", text % {"said": said})
                    continue
                node = found.node if isinstance(found, Unit) else found.pk
                if unit.node in reached(node, after):
                    text = _(
                        "%(said)s goes on, by way of others, as this school itself. Check which came first."
                    )
                    self._wrong(unit.number, "successors", text % {"said": said})
                    continue
                after.setdefault(unit.node, set()).add(node)
                unit.successors.append(found)

    def _ceases(self, unit: Unit) -> bool:
        """Whether the school has ceased, or will on a day that is known."""
        if unit.values.get("ceased_on") or unit.values.get("status") == Status.CEASED:
            return True
        return unit.school is not None and (
            unit.school.status == Status.CEASED or unit.school.ceased_on is not None
        )

    def _successor(self, unit: Unit, said: str, units: dict[str, Unit]) -> "Unit | School | None":
        for name in (said, f"{unit.municipality.code}-{said}"):
            found = units.get(name) or self.by_code.get(name) or self.by_own_id.get(name)
            if found:
                return found
        return None


def _is_official(sheet: Sheet) -> bool:
    """Whether it is a register of school units, and no table of this house."""
    return any(plain(heading) in OFFICIAL for heading in sheet.headings)


def _apart(place: Place, lat: float, lon: float) -> float:
    """How far a position is from a place, to compare: in degrees of latitude, squared, as on a flat map."""
    return (place.lat - lat) ** 2 + ((place.lon - lon) * cos(radians(lat))) ** 2


def _town(values: dict[str, Any]) -> str:
    """Postcode and post town of a row: "830 05 Järpen", which the register writes in capitals."""
    code, town = values.get("postal_code", "").replace(" ", ""), values.get("locality", "")
    town = town.title() if town.isupper() else town
    if len(code) == 5:  # noqa: PLR2004 - Swedish postcodes
        code = f"{code[:3]} {code[3:]}"
    return " ".join(part for part in (code, town) if part)
