"""The days of a municipality's or a school's year as they stand, as somebody would have them, and the difference.

Whatever the days come from (a file, last year's, somebody's hands), they are a `Draft`: the whole school year as it
shall be. It is checked, shown beside what stands, and written whole or not at all; written again it changes nothing.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field, fields
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from venues.dates import day_text, span_text
from venues.errors import NotPossible
from venues.models import Municipality, School, SchoolBreak, SchoolYear, SchoolYearChange, User
from venues.models.school_years import bounds, year_label

Owner = Municipality | School
Kind = SchoolBreak.Kind
#: More rows than this are no school year. Source: the house's choice; with four fields each they stay within Django's
#: DATA_UPLOAD_MAX_NUMBER_FIELDS of 1,000.
MOST_ENTRIES = 150
#: A summer holiday is some ten weeks; what is longer has a wrong year in it. Source: the house's choice.
LONGEST_DAYS = 100
#: Letters in the name of some days, and in what is told of where they come from: as the columns have room for.
LONGEST_NAME, LONGEST_SOURCE = 80, 200


@dataclass(frozen=True)
class Entry:
    """Days of one kind, both included."""

    kind: str
    name: str
    starts_on: date
    ends_on: date

    @classmethod
    def of(cls, row: SchoolBreak) -> "Entry":
        """The days of a row."""
        return cls(row.kind, row.name, row.starts_on, row.ends_on)

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.starts_on + timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1)]

    @property
    def school_days_count(self) -> int:
        """How many of its days are Monday to Friday."""
        return sum(day.weekday() < 5 for day in self.days)

    @property
    def text(self) -> str:
        """ "Sportlov 8–12 mar 2027"."""
        return f"{self.name} {span_text(self.starts_on, self.ends_on)}"


@dataclass(frozen=True)
class Terms:
    """First and last days of the two terms; None where nobody has said."""

    autumn_starts_on: date | None = None
    autumn_ends_on: date | None = None
    spring_starts_on: date | None = None
    spring_ends_on: date | None = None

    @classmethod
    def of(cls, noted: SchoolYear | None) -> "Terms":
        """The terms of a school year that is noted, or is not."""
        return cls(**{name: getattr(noted, name, None) for name in TERM_FIELDS})

    def over(self, other: "Terms") -> "Terms":
        """These, day by day as far as they are told, and else the other's: a school's over its municipality's."""
        return Terms(**{name: getattr(self, name) or getattr(other, name) for name in TERM_FIELDS})

    def known(self) -> list[date]:
        """Those that are known, in the order of the year."""
        return [day for day in astuple(self) if day]


TERM_FIELDS = tuple(one.name for one in fields(Terms))


@dataclass(frozen=True)
class Draft:
    """A whole school year as it stands or shall be."""

    terms: Terms = field(default_factory=Terms)
    entries: tuple[Entry, ...] = ()

    @property
    def fingerprint(self) -> str:
        """By which a form notices that somebody else wrote the year meanwhile."""
        entries = sorted((e.starts_on, e.name, e.ends_on, str(e.kind)) for e in self.entries)
        return hashlib.sha256(repr([self.terms, entries]).encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Change:
    """What becomes of some days: "new", "changed", "gone" or "same"."""

    what: str
    entry: Entry
    before: Entry | None = None


def owned_by(owner: Owner) -> dict[str, Any]:
    """The fields of a row that say whose it is."""
    return {"municipality": owner} if isinstance(owner, Municipality) else {"school": owner}


def standing(owner: Owner, year: int) -> Draft:
    """The school year as it is noted now; days belong to the year in which they begin."""
    rows = SchoolBreak.objects.filter(**owned_by(owner)).of_year(year).order_by("starts_on", "name")
    noted = SchoolYear.objects.filter(**owned_by(owner), year=year).first()
    return Draft(Terms.of(noted), tuple(map(Entry.of, rows)))


def compare(before: Draft, after: Draft) -> list[Change]:
    """What becomes of each of the days, in their order.

    Days are known again by kind, name and dates; else by name, first the first; else by their dates.
    """
    left, new = list(before.entries), list(after.entries)
    same = [entry for entry in new if entry in left]
    left, new = [entry for entry in left if entry not in same], [entry for entry in new if entry not in same]
    changed: list[Change] = []
    for key in (_by_name, _by_days):
        for entry in list(new):
            if was := next((one for one in left if key(one) == key(entry)), None):
                changed.append(Change("changed", entry, was))
                left.remove(was)
                new.remove(entry)
    found = [Change("same", entry, entry) for entry in same] + changed
    found += [Change("new", entry) for entry in new] + [Change("gone", entry, entry) for entry in left]
    return sorted(found, key=lambda change: (change.entry.starts_on, change.entry.name))


def _by_name(entry: Entry) -> Any:
    return entry.name.casefold()


def _by_days(entry: Entry) -> Any:
    return entry.starts_on, entry.ends_on


# -- What a year must be ---------------------------------------


def faults_of(owner: Owner, year: int, entry: Entry) -> list[str]:
    """What is wrong with some days, so that they can not be written."""
    first, last = bounds(year)
    found = []
    if not entry.name.strip() or len(entry.name) > LONGEST_NAME:
        found.append(_("Give it a name of at most %(most)d letters.") % {"most": LONGEST_NAME})
    if entry.ends_on < entry.starts_on:
        found.append(_("The last day is before the first."))
    elif (entry.ends_on - entry.starts_on).days >= LONGEST_DAYS:
        found.append(_("This is more than %(most)d days. Check the years.") % {"most": LONGEST_DAYS})
    if not first <= entry.starts_on <= last:
        text = _("It begins outside the school year %(year)s, which counts from %(first)s to %(last)s.")
        told = {"year": year_label(year), "first": day_text(first), "last": day_text(last)}
        found.append(text % told)
    if entry.kind not in Kind.values:
        found.append(_("Choose what kind of day it is."))
    elif entry.kind == Kind.OPEN and isinstance(owner, Municipality):
        found.append(_("Only a school can have school on a day that its municipality has off."))
    return found


def breaks_over_others(entries: Sequence[Entry | None]) -> dict[int, str]:
    """Place -> what is wrong with a break that lies over an earlier one in the list: one of the two is a slip.

    A day of another kind may lie in a break (`school_warnings`). None: a row that is left out.
    """
    found: dict[int, str] = {}
    breaks = [(at, entry) for at, entry in enumerate(entries) if entry and entry.kind == Kind.BREAK]
    for (_at, one), (at, other) in combinations(breaks, 2):
        if one.starts_on <= other.ends_on and other.starts_on <= one.ends_on:
            told = {"one": other.text, "other": one.text}
            found[at] = _("%(one)s lies over %(other)s. Correct the days, or leave one of them out.") % told
    return found


def faults_of_terms(year: int, terms: Terms) -> dict[str, str]:
    """Field -> what is wrong with the day of the terms in it."""
    first, last = bounds(year)
    found, latest = {}, first
    for name in TERM_FIELDS:
        day = getattr(terms, name)
        if day is None:
            continue
        if not first <= day <= last:
            text = _("This is outside the school year, which counts from %(first)s to %(last)s.")
            found[name] = text % {"first": day_text(first), "last": day_text(last)}
        elif day < latest:
            found[name] = _(
                "This day comes before an earlier one of the school year. Check the days and their years."
            )
        latest = max(latest, day)
    return found


def _check(owner: Owner, year: int, draft: Draft) -> None:
    """Refuse a year that can not be written."""
    if len(draft.entries) > MOST_ENTRIES:
        text = _("At most %(most)d rows fit into a school year. Leave some out.")
        raise NotPossible(text % {"most": MOST_ENTRIES})
    for sentence in faults_of_terms(year, draft.terms).values():
        raise NotPossible(sentence)
    for entry in draft.entries:
        for sentence in faults_of(owner, year, entry):
            raise NotPossible(f"{entry.name}: {sentence}")
    seen: set[tuple[str, date]] = set()
    for entry in draft.entries:
        if (entry.name, entry.starts_on) in seen:
            raise NotPossible(_("%(days)s stands there twice. Leave one out.") % {"days": entry.text})
        seen.add((entry.name, entry.starts_on))
    for sentence in breaks_over_others(draft.entries).values():
        raise NotPossible(sentence)


# -- Writing ---------------------------------------


@transaction.atomic
def write(
    owner: Owner,
    year: int,
    draft: Draft,
    *,
    by: User | None,
    how: str,
    at: datetime,
    source: str = "",
    expected: str = "",
) -> SchoolYearChange | None:
    """Note a school year as the draft has it, and who did so; what the draft does not have is taken away.

    Args:
        how: one of `SchoolYearChange.How`; source: the file, or the year that it was copied from.
        expected: the fingerprint of what whoever writes has seen; empty where nobody has looked.

    Returns:
        What was written; None where everything stood already.

    Raises:
        NotPossible: the year can not be so, or somebody else wrote it meanwhile.
    """
    type(owner)._default_manager.select_for_update().get(pk=owner.pk)
    before = standing(owner, year)
    if expected and expected != before.fingerprint:
        raise NotPossible(_("Somebody else has changed this school year meanwhile. Look again, then save."))
    _check(owner, year, draft)
    changes = [change for change in compare(before, draft) if change.what != "same"]
    if not changes and draft.terms == before.terms:
        return None
    noted, _made = SchoolYear.objects.update_or_create(
        **owned_by(owner), year=year, defaults={name: getattr(draft.terms, name) for name in TERM_FIELDS}
    )
    _take_away(owner, year, [change.before for change in changes if change.before])
    SchoolBreak.objects.bulk_create(
        SchoolBreak(
            **owned_by(owner),
            kind=change.entry.kind,
            name=change.entry.name,
            starts_on=change.entry.starts_on,
            ends_on=change.entry.ends_on,
            source=source[:LONGEST_SOURCE],
        )
        for change in changes
        if change.what != "gone"
    )
    counts = {what: sum(change.what == what for change in changes) for what in ("new", "changed", "gone")}
    return SchoolYearChange.objects.create(
        school_year=noted,
        by=by,
        at=at,
        how=how,
        source=source[:LONGEST_SOURCE],
        added_count=counts["new"],
        changed_count=counts["changed"],
        gone_count=counts["gone"],
    )


def _take_away(owner: Owner, year: int, entries: Iterable[Entry]) -> None:
    """Delete the rows; they are known by name and first day, which no two of an owner's share."""
    keys = [models.Q(name=entry.name, starts_on=entry.starts_on) for entry in entries]
    if keys:
        any_of = keys[0]
        for key in keys[1:]:
            any_of |= key
        SchoolBreak.objects.filter(any_of, **owned_by(owner)).of_year(year).delete()
