"""Registers of venues, presenters and schools from CSV, XLSX or JSON: check everything, then write everything.

A row is known again by what it is about: a venue by its organisation and name, an organisation by its name and
municipality; schools have a module of their own (`venues.school_register`). So a corrected register can be imported
again. An empty cell changes nothing; "?" makes a fact unknown again. What a file does not name stays.
"""

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from venues import school_register
from venues.errors import BadRegister
from venues.models import Organisation, OrganisationRole, User, Venue
from venues.registers import COLUMNS, CONTACT_FACTS, VENUE_FACTS, Check, Entry, Report, RowError
from venues.school_owners import LONGEST_SLUG
from venues.sheets import File
from venues.slugs import slug_of, taken_slugs
from venues.stored import put, told

SCHOOLS = "schools"
log = structlog.get_logger(__name__)
REGISTERS = [*COLUMNS, SCHOOLS]
#: What a new organisation is when the file does not say.
USUAL_ROLE = {"venues": "presenter", "presenters": "presenter"}


def check_file(file: File, register: str) -> Report:
    """Check a register ("venues", "presenters" or "schools") against the database; nothing is written."""
    if register == SCHOOLS:
        return school_register.compare_file(file, None, timezone.now())[0].report
    return Check(register).run(file)


def import_venues(file: File, by: User | None) -> Report:
    """Write a register of venues and of the organisations that keep them. As `import_register`."""
    return import_register(file, "venues", by)


def import_presenters(file: File, by: User | None) -> Report:
    """Write a register of presenters. As `import_register`."""
    return import_register(file, "presenters", by)


def import_schools(file: File, by: User | None) -> Report:
    """Write a register of schools. As `import_register`."""
    return import_register(file, "schools", by)


def import_register(file: File, register: str, by: User | None) -> Report:
    """Write a register, whole or not at all; importing it again changes nothing.

    Args:
        by: who imports it, for the log; None from the command line.

    Raises:
        BadRegister: with a report that names every fault; nothing was written.
    """
    if register == SCHOOLS:
        return school_register.import_file(file, by, timezone.now())
    check = Check(register)
    try:
        with transaction.atomic():
            report = check.run(file)
            if not report.is_clean:
                raise BadRegister(report)
            _Writer(check).write()
    except IntegrityError:
        text = _("Somebody else wrote some of these rows at the same time. Import the file again.")
        check.report.errors.append(RowError(0, "", text))
        raise BadRegister(check.report) from None
    counts = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
    log.info("register imported", register=register, by=by.pk if by else None, **counts)
    return report


class _Writer:
    """Writes the entries of a clean check; what stands already is read once."""

    def __init__(self, check: Check) -> None:
        self.report, self.entries = check.report, check.entries
        self.bodies: dict[tuple[str, int | None], list[Organisation]] = {}
        for body in Organisation.objects.order_by("pk"):
            self._remember(body)
        self.roles = set(OrganisationRole.objects.values_list("organisation", "role"))
        self.slugs = taken_slugs(Organisation)
        self.venue_slugs = taken_slugs(Venue)
        self.venues = {(v.organisation_id, v.name.casefold()): v for v in Venue.objects.all()}

    def write(self) -> None:
        """Write every entry and count what happened to its row."""
        put = {"venues": self._venue, "presenters": self._presenter}
        for entry in self.entries:
            happened = put[self.report.register](entry)
            setattr(self.report, happened, getattr(self.report, happened) + 1)

    def _remember(self, body: Organisation) -> None:
        self.bodies.setdefault((body.name.casefold(), body.municipality_id), []).append(body)

    # -- Organisations ---------------------------------------

    def _presenter(self, entry: Entry) -> str:
        return self._body(entry, self._standing(entry))

    def _standing(self, entry: Entry) -> Organisation | None:
        """The organisation that the row means: in its municipality, else one of the whole region."""
        name, _municipality = entry.organisation
        here = self.bodies.get(entry.organisation, [])
        of_region = [
            b for b in self.bodies.get((name, None), []) if b.region_id == entry.municipality.region_id
        ]
        return next(iter([*here, *of_region]), None)

    def _body(self, entry: Entry, body: Organisation | None) -> str:
        """Create or correct the organisation of a row; it is left in `entry.values["body"]`."""
        facts = told(entry.values, Organisation, CONTACT_FACTS)
        usual = USUAL_ROLE[self.report.register]
        roles = set(entry.values.get("roles", []))
        if body is None:
            body = self._new_body(entry)
            roles = roles or {usual}
        elif self.report.register != "venues":  # a school with a hall of its own is no presenter for that
            roles.add(usual)
        happened = put(body, facts)
        if happened == "created":
            self._remember(body)
        missing = [role for role in sorted(roles) if (body.pk, role) not in self.roles]
        OrganisationRole.objects.bulk_create(
            OrganisationRole(organisation=body, role=role) for role in missing
        )
        self.roles.update((body.pk, role) for role in missing)
        entry.values["body"] = body
        return "updated" if missing and happened == "unchanged" else happened

    def _new_body(self, entry: Entry) -> Organisation:
        name = entry.values.get("organisation") or entry.values["name"]
        slug = _slug(self.slugs, name, entry.municipality.name)
        return Organisation(
            name=name, slug=slug, municipality=entry.municipality, region_id=entry.municipality.region_id
        )

    # -- Venues ---------------------------------------

    def _venue(self, entry: Entry) -> str:
        happened = self._body(entry, self._standing(entry))
        body, name = entry.values["body"], entry.values["name"]
        facts = {**told(entry.values, Venue, VENUE_FACTS), "place_id": _place(entry)}
        venue = self.venues.get((body.pk, name.casefold()))
        if venue is None:
            slug = _slug(self.venue_slugs, f"{name} {entry.place}", body.name)
            venue = Venue(organisation=body, name=name, slug=slug)
        return _both(put(venue, facts), happened)


def _slug(taken: set[str], name: str, beside: str) -> str:
    slug = slug_of(name, taken=taken, beside=beside, longest=LONGEST_SLUG)
    taken.add(slug)
    return slug


def _place(entry: Entry) -> int | None:
    return entry.place.pk if entry.place else None


def _both(happened: str, beside: str) -> str:
    """What happened to a row of the file: to its subject, or else to the organisation beside it."""
    return happened if happened != "unchanged" or beside == "unchanged" else "updated"
