"""On which days a school has no school, and who says so: its municipality's days, its own, and the terms.

In this order, the later over the earlier: the municipality's days off, the days outside the terms (the school's own
where it has said something of them), the school's "school all the same", the school's own days off.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from venues.models import Organisation, School, SchoolBreak, SchoolYear, Venue
from venues.models.school_years import bounds, school_year_of
from venues.school_years import Draft, Entry, Owner, Terms

Kind = SchoolBreak.Kind
#: Whose days: "m" for a municipality, "s" for a school, and its number.
Key = tuple[str, int]


@dataclass(frozen=True)
class Off:
    """Why there is no school on a day, and who says so; without a name the day lies outside the terms."""

    name: str
    whose: str

    @property
    def text(self) -> str:
        """ "Sportlov (Krokom)"."""
        name = self.name or _("outside the terms")
        return f"{name} ({self.whose})"


def key_of(owner: Owner) -> Key:
    """An owner's place in the calendars."""
    return ("s" if isinstance(owner, School) else "m"), owner.pk


def binding(host: Organisation, venue: Venue) -> tuple[int, int | None]:
    """Whose days off bind a school's audience: the school's own municipality and the school; else the venue's."""
    school: School | None = getattr(host, "school", None)
    municipality = host.municipality_id if school else None
    return municipality or venue.place.municipality_id, school.pk if school else None


class SchoolCalendars:
    """The days off of some municipalities and schools, read at once."""

    def __init__(
        self, municipalities: Iterable[int], schools: Iterable[int], first: date, last: date
    ) -> None:
        """Read what touches the days from first to last, both included: two queries, whoever is asked about."""
        self.first, self.last = first, last
        self.entries: dict[Key, list[Entry]] = {}
        self.terms: dict[tuple[Key, int], Terms] = {}
        self.names: dict[Key, str] = {}
        whose = Q(municipality__in=set(municipalities)) | Q(school__in=set(schools))
        rows = SchoolBreak.objects.filter(whose).between(first, last).order_by("starts_on", "pk")
        for row in rows.select_related("municipality", "school__organisation"):
            key = self._key(row)
            self.entries.setdefault(key, []).append(Entry.of(row))
        years = SchoolYear.objects.filter(
            whose, year__range=(school_year_of(first), school_year_of(last))
        ).select_related("municipality", "school__organisation")
        for noted in years:
            self.terms[self._key(noted), noted.year] = Terms.of(noted)

    def with_draft(self, owner: Owner, year: int, draft: Draft) -> "SchoolCalendars":
        """The same as if an owner's school year were written as the draft has it."""
        start, end = bounds(year)
        key = key_of(owner)
        kept = [entry for entry in self.entries.get(key, []) if not start <= entry.starts_on <= end]
        other = SchoolCalendars.__new__(SchoolCalendars)
        other.first, other.last = self.first, self.last
        other.entries = {**self.entries, key: [*kept, *draft.entries]}
        other.terms = {**self.terms, (key, year): draft.terms}
        other.names = {**self.names, key: str(owner)}
        return other

    def off(self, municipality: int | None, school: int | None = None) -> dict[date, Off]:
        """Each day of the range on which that school, or the municipality's schools, have none, and why.

        Weekends and red days are not looked at.
        """
        ours, own = ("m", municipality or 0), ("s", school or 0)
        found: dict[date, Off] = {}
        for entry in self.entries.get(ours, []):
            self._put(found, entry, ours)
        found |= self._outside_terms(ours, own)
        for entry in self.entries.get(own, []):
            if entry.kind == Kind.OPEN:
                for day in entry.days:
                    found.pop(day, None)
        for entry in self.entries.get(own, []):
            if entry.kind != Kind.OPEN:
                self._put(found, entry, own)
        return found

    def _key(self, row: SchoolBreak | SchoolYear) -> Key:
        key = ("m", row.municipality_id) if row.municipality_id else ("s", row.school_id or 0)
        self.names[key] = str(row.municipality or row.school)
        return key

    def _put(self, found: dict[date, Off], entry: Entry, key: Key) -> None:
        for day in entry.days:
            if self.first <= day <= self.last:
                found[day] = Off(entry.name, self.names[key])

    def _outside_terms(self, ours: Key, own: Key) -> dict[date, Off]:
        found: dict[date, Off] = {}
        for year in range(school_year_of(self.first), school_year_of(self.last) + 1):
            told, theirs = (self.terms.get((key, year), Terms()) for key in (own, ours))
            terms, whose = told.over(theirs), self.names[own] if told.known() else self.names.get(ours, "")
            for day in _gaps(terms, max(self.first, bounds(year)[0]), min(self.last, bounds(year)[1])):
                found[day] = Off("", whose)
        return found


def _gaps(terms: Terms, first: date, last: date) -> list[date]:
    """The days of a school year that lie in no term, as far as is known; both ends included."""
    spans = []
    if terms.autumn_starts_on:
        spans.append((first, terms.autumn_starts_on - timedelta(days=1)))
    if terms.autumn_ends_on and terms.spring_starts_on:
        spans.append((terms.autumn_ends_on + timedelta(days=1), terms.spring_starts_on - timedelta(days=1)))
    if terms.spring_ends_on:
        spans.append((terms.spring_ends_on + timedelta(days=1), last))
    return [
        start + timedelta(days=n)
        for start, end in ((max(start, first), min(end, last)) for start, end in spans)
        for n in range((end - start).days + 1)
    ]
