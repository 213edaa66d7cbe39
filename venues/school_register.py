"""A register of schools beside the schools that stand: what is new, what changes, what ceases; and the writing of it.

A school is known again by its unit code, without one by its own id or by its name and municipality. What a file does
not tell stays, and a school that it does not name is left alone. See docs/schools.md.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

import structlog
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from venues.errors import BadRegister, BadSheet, StaleRegister
from venues.grades import label_of
from venues.models import (
    Organisation,
    OrganisationRole,
    Place,
    Region,
    RegisterImport,
    School,
    Succession,
    User,
)
from venues.registers import Report, RowError
from venues.school_cells import CONTACT_FACTS
from venues.school_forms import SchoolForm
from venues.school_owners import LONGEST_SLUG, Owner, Owners
from venues.school_rows import SchoolCheck
from venues.school_units import Unit
from venues.schools import set_forms
from venues.sheets import File, Sheet
from venues.slugs import slug_of, taken_slugs
from venues.stored import put, told

log = structlog.get_logger(__name__)
Status = School.Status
#: Fields of a school that a row tells as they stand.
SCHOOL_FACTS = ["unit_code", "own_id", "status", "opened_on", "ceased_on", "address", "lat", "lon"]
#: What can become of a school.
CREATED, UPDATED, CEASED, UNCHANGED = "created", "updated", "ceased", "unchanged"
LONGEST_SOURCE = 200


@dataclass(frozen=True)
class Fact:
    """A fact that changes: what it is called, what stands, and what will stand. Empty: nothing is known."""

    label: str
    before: str
    after: str


@dataclass
class Told:
    """What a row tells of the organisation and of the school, ready to store, and the roles that the first lacks."""

    body: dict[str, Any]
    school: dict[str, Any]
    roles: set[str]


@dataclass
class Change:
    """What becomes of one school, fact by fact."""

    unit: Unit
    said: Told
    what: str
    facts: list[Fact] = field(default_factory=list)


@dataclass
class Comparison:
    """A register beside what stands: what becomes of each of its schools, and which schools it does not name.

    `missing` are schools with a code, in the municipalities that the file is about, that have not ceased.
    """

    report: Report
    changes: list[Change] = field(default_factory=list)
    missing: list[School] = field(default_factory=list)
    owners: Owners = field(default_factory=Owners)

    def of(self, what: str) -> list[Change]:
        """The schools that become so."""
        return [change for change in self.changes if change.what == what]

    @property
    def fingerprint(self) -> str:
        """The same for the same changes: whoever has seen them imports these, and no others."""
        told = [(change.unit.number, change.unit.node, change.what, change.facts) for change in self.changes]
        return sha256(repr(told).encode()).hexdigest()[:32]


def compare(sheet: Sheet, regions: Collection[int] | None, now: datetime) -> Comparison:
    """What a register would change; nothing is written.

    Args:
        regions: keys of the regions whose schools are read; None: all.
        now: a school that has ceased by that day is no more.
    """
    return _compared(_check(regions, now), sheet)


def compare_file(
    file: File, regions: Collection[int] | None, now: datetime
) -> tuple[Comparison, Sheet | None]:
    """As `compare`, and the table that was read; None where it could not be."""
    check = _check(regions, now)
    try:
        sheet = check.read(file)
    except BadSheet as error:
        check.report.errors.append(RowError(0, "", str(error)))
        return Comparison(check.report), None
    return _compared(check, sheet), sheet


def import_file(file: File, by: User | None, now: datetime, regions: Collection[int] | None = None) -> Report:
    """Compare and write a register in one go, whole or not at all.

    Raises:
        BadRegister: with a report that names every fault; nothing was written.
    """
    check = _check(regions, now)
    try:
        sheet = check.read(file)
    except BadSheet as error:
        check.report.errors.append(RowError(0, "", str(error)))
        raise BadRegister(check.report) from None
    return import_sheet(sheet, by, now, regions, source=str(file.name or "")).report


def import_sheet(
    sheet: Sheet,
    by: User | None,
    now: datetime,
    regions: Collection[int] | None = None,
    *,
    source: str = "",
    seen: str = "",
) -> Comparison:
    """Write a register, whole or not at all; writing it again changes nothing.

    Args:
        by: who imports it; None from the command line.
        seen: the fingerprint of the comparison that somebody looked at; empty: nobody has.

    Raises:
        BadRegister: with a report that names every fault; nothing was written.
        StaleRegister: it would change something else than what was looked at.
    """
    report = Report("schools")
    try:
        with transaction.atomic():
            # One register at a time: of two that make the same school the second would be refused.
            list(Region.objects.select_for_update().order_by("pk"))
            comparison = compare(sheet, regions, now)
            report = comparison.report
            if not comparison.report.is_clean:
                raise BadRegister(comparison.report)
            if seen and seen != comparison.fingerprint:
                raise StaleRegister(
                    _("The schools have been changed since you looked. Here is what the file changes now.")
                )
            _Writer(comparison, by).write()
            _note(comparison.report, by, now, source)
    except IntegrityError:
        text = _("Somebody else wrote some of these rows at the same time. Import the file again.")
        report.errors.append(RowError(0, "", text))
        raise BadRegister(report) from None
    return comparison


def _check(regions: Collection[int] | None, now: datetime) -> SchoolCheck:
    return SchoolCheck(regions, timezone.localdate(now))


def _note(report: Report, by: User | None, now: datetime, source: str) -> None:
    counts = {what: getattr(report, what) for what in (CREATED, UPDATED, CEASED, UNCHANGED)}
    RegisterImport.objects.create(
        by=by, at=now, source=source[:LONGEST_SOURCE], **{f"{what}_count": n for what, n in counts.items()}
    )
    log.info("register imported", register="schools", by=by.pk if by else None, **counts)


# -- Comparing ---------------------------------------


def _compared(check: SchoolCheck, sheet: Sheet) -> Comparison:
    report = check.check(sheet)
    if not report.is_clean:
        return Comparison(report)
    changes = [_change(unit, is_official=check.is_official) for unit in check.units]
    for change in changes:
        setattr(report, change.what, getattr(report, change.what) + 1)
    return Comparison(report, changes, _missing(check), check.owners)


def _missing(check: SchoolCheck) -> list[School]:
    """Schools with a code of the file's municipalities that it does not name, if it names any by code."""
    named = {unit.school.pk for unit in check.units if unit.school}
    seats = {unit.municipality.pk for unit in check.units if unit.code and check.is_official}
    return [
        school
        for school in check.schools
        if school.unit_code
        and school.pk not in named
        and school.organisation.municipality_id in seats
        and not school.has_ceased(check.today)
    ]


def _change(unit: Unit, *, is_official: bool) -> Change:
    said = Told(_body_told(unit, is_official=is_official), _school_told(unit), _missing_roles(unit))
    facts = [fact for fact in _facts(unit, said) if fact.before != fact.after]
    what = UPDATED if facts or said.roles else UNCHANGED
    if unit.school is None:
        what = CREATED
    elif said.school.get("status") == Status.CEASED != unit.school.status:
        what = CEASED
    return Change(unit, said, what, facts)


def _body_told(unit: Unit, *, is_official: bool) -> dict[str, Any]:
    """What the row tells of the organisation. A register's address stands where nobody here has given one."""
    contact = told(unit.values, Organisation, CONTACT_FACTS)
    if is_official and unit.body:
        contact = {name: value for name, value in contact.items() if not getattr(unit.body, name)}
    return {"name": unit.name, "municipality_id": unit.municipality.pk, **contact}


def _school_told(unit: Unit) -> dict[str, Any]:
    facts = told(unit.values, School, SCHOOL_FACTS)
    return {**facts, "place_id": unit.place.pk} if unit.place else facts


def _missing_roles(unit: Unit) -> set[str]:
    standing = {role.role for role in unit.body.roles.all()} if unit.body else set()
    return {Organisation.Role.SCHOOL.value} - standing


def _facts(unit: Unit, said: Told) -> list[Fact]:
    """Every fact that the row tells, as it stands and as it will."""
    school = unit.school
    facts = [
        _fact(unit.body, Organisation, name, said.body[name])
        for name in ("name", *CONTACT_FACTS)
        if name in said.body
    ]
    facts += [
        _fact(school, School, name, said.school[name])
        for name in SCHOOL_FACTS
        if name in said.school and name not in ("lat", "lon")
    ]
    if "lat" in said.school and "lon" in said.school:
        before = _position(school.lat, school.lon) if school else ""
        facts.append(Fact(_("position"), before, _position(said.school["lat"], said.school["lon"])))
    if unit.place:
        facts.append(Fact(_("place"), _place(school.place) if school else "", _place(unit.place)))
    if unit.forms is not None:
        before = forms_text({form.form: form.grades for form in school.forms.all()}) if school else ""
        facts.append(Fact(_("school forms"), before, forms_text(unit.forms)))
    if unit.owner:
        facts += _owner_facts(school, unit.owner)
    if unit.successors:
        facts.append(_successor_fact(unit))
    return facts


def _fact(row: models.Model | None, model: type[models.Model], name: str, value: Any) -> Fact:
    field: Any = model._meta.get_field(name)
    before = getattr(row, name) if row else None
    return Fact(str(field.verbose_name), _text(field, before), _text(field, value))


def _text(field: Any, value: Any) -> str:
    if value in (None, ""):
        return ""
    return str(dict(field.flatchoices).get(value, value))


def _position(lat: Any, lon: Any) -> str:
    return "" if lat is None or lon is None else f"{lat:.5f}, {lon:.5f}"


def _place(place: Place) -> str:
    return f"{place} ({place.municipality})"


def forms_text(forms: dict[str, list[str]]) -> str:
    """ "preschool class F, compulsory school 1–6"."""
    return ", ".join(
        f"{form.label} {label_of(forms[form])}".rstrip() for form in SchoolForm if form.value in forms
    )


def _owner_facts(school: School | None, owner: Owner) -> list[Fact]:
    standing = school.owner if school else None
    facts = [Fact(_("owner"), str(standing or ""), owner.label)]
    if owner.standing and owner.row:
        kinds = dict(owner.standing._meta.get_field("kind").flatchoices)
        facts.append(Fact(_("kind of owner"), str(kinds[owner.standing.kind]), str(kinds[owner.kind])))
        if owner.org_number:
            number = owner.standing.org_number or ""
            facts.append(Fact(_("organisation number"), number, owner.org_number))
    return facts


def _successor_fact(unit: Unit) -> Fact:
    links = unit.school.successions.all() if unit.school else ()
    before = {link.successor_id: str(link.successor) for link in links}
    names = [
        one.name if isinstance(one, Unit) else str(one) for one in unit.successors if _pk(one) not in before
    ]
    return Fact(_("successors"), ", ".join(before.values()), ", ".join([*before.values(), *names]))


def _pk(one: "Unit | School") -> int | None:
    """The key of the school that a successor is; None while it is new."""
    school = one.school if isinstance(one, Unit) else one
    return school.pk if school else None


# -- Writing ---------------------------------------


class _Writer:
    """Writes what a clean comparison found."""

    def __init__(self, comparison: Comparison, by: User | None) -> None:
        self.changes, self.owners, self.by = comparison.changes, comparison.owners, by
        self.slugs = taken_slugs(Organisation)

    def write(self) -> None:
        """Write every change, then the links between the schools."""
        for change in self.changes:
            if change.what != UNCHANGED:
                self._write(change)
        for change in self.changes:
            self._link(change.unit)

    def _write(self, change: Change) -> None:
        unit, said = change.unit, change.said
        unit.body = unit.body or Organisation(slug=self._slug(unit), region_id=unit.municipality.region_id)
        put(unit.body, said.body)
        OrganisationRole.objects.bulk_create(
            OrganisationRole(organisation=unit.body, role=role) for role in sorted(said.roles)
        )
        unit.school = unit.school or School(organisation=unit.body)
        owner = {"owner": self.owners.write(unit.owner)} if unit.owner else {}
        put(unit.school, {**said.school, **owner})
        if unit.forms is not None:
            set_forms(unit.school, unit.forms)

    def _slug(self, unit: Unit) -> str:
        slug = slug_of(unit.name, taken=self.slugs, beside=unit.municipality.name, longest=LONGEST_SLUG)
        self.slugs.add(slug)
        return slug

    def _link(self, unit: Unit) -> None:
        for one in unit.successors:
            Succession.objects.get_or_create(
                predecessor_id=unit.school.pk if unit.school else None,
                successor_id=_pk(one),
                defaults={"on": unit.school.ceased_on if unit.school else None, "by": self.by},
            )
