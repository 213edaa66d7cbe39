"""What is odd about a school year though it may be written: days over each other, outside the terms, on weekends."""

from itertools import combinations

from django.utils.translation import gettext as _

from venues.dates import day_text
from venues.models.school_years import SchoolBreak
from venues.school_years import Draft, Entry

Kind = SchoolBreak.Kind
#: Days for the teachers' own training in a school year. Source: Skolförordningen (2011:185) chapter 3, section 3.
MOST_STAFF_DAYS = 5


def warnings_of(draft: Draft) -> list[str]:
    """A sentence for each thing that is odd, in the order of days; nothing of it keeps the year from being written."""
    off = sorted(
        (entry for entry in draft.entries if entry.kind != Kind.OPEN), key=lambda entry: entry.starts_on
    )
    return [*_over_each_other(off), *_outside(draft, off), *_at_weekends(draft.entries), *_too_many(off)]


def said_above(draft: Draft, theirs: Draft, whose: object) -> list[str]:
    """A school's days off that its municipality has off already: they bind the school without being written again."""
    off = [entry for entry in theirs.entries if entry.kind != Kind.OPEN]
    twice = [
        entry.text
        for entry in draft.entries
        if entry.kind != Kind.OPEN
        and any(one.starts_on <= entry.starts_on and entry.ends_on <= one.ends_on for one in off)
    ]
    if not twice:
        return []
    text = _("%(whose)s has these days off already, and they bind the school too: %(days)s.")
    return [text % {"whose": whose, "days": ", ".join(twice)}]


def _over_each_other(off: list[Entry]) -> list[str]:
    text = _("%(one)s and %(other)s lie over each other.")
    return [
        text % {"one": one.text, "other": other.text}
        for one, other in combinations(off, 2)
        if other.starts_on <= one.ends_on
    ]


def _outside(draft: Draft, off: list[Entry]) -> list[str]:
    """Days before the autumn term begins, or after the spring term has ended; summer holidays belong there."""
    first, last = draft.terms.autumn_starts_on, draft.terms.spring_ends_on
    found = []
    for entry in off:
        if entry.kind == Kind.BREAK and entry.school_days_count > MOST_STAFF_DAYS:
            continue
        if first and entry.ends_on < first:
            text = _("%(days)s is before the school year, which begins %(day)s.")
            found.append(text % {"days": entry.text, "day": day_text(first)})
        if last and entry.starts_on > last:
            text = _("%(days)s is after the school year, which ends %(day)s.")
            found.append(text % {"days": entry.text, "day": day_text(last)})
    return found


def _at_weekends(entries: tuple[Entry, ...]) -> list[str]:
    text = _("%(days)s is a weekend, when there is no school anyway. Is the year right?")
    return [text % {"days": entry.text} for entry in entries if not entry.school_days_count]


def _too_many(off: list[Entry]) -> list[str]:
    count = sum(entry.school_days_count for entry in off if entry.kind == Kind.STAFF)
    if count <= MOST_STAFF_DAYS:
        return []
    text = _("There are %(count)d teachers' days; the law allows %(most)d in a school year.")
    return [text % {"count": count, "most": MOST_STAFF_DAYS}]
