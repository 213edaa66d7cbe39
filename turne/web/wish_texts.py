"""Wishes in words: when somebody can."""

from collections.abc import Iterable, Sequence
from datetime import time

from django.utils.translation import gettext as _

from tours.models import Wish, WishGroup
from tours.wishes import Span
from turne.web.wish_forms import spans_of, whole_weeks
from venues.dates import clock, span_text
from venues.models import Group


def when_text(wish: Wish) -> str:
    """ "v. 5–7, 9, start 9.00–13.00; 7–9 apr 2027, start 17.00–19.00". Spans must be prefetched.

    Whole weeks are written as weeks, other days as days, and days with other times for themselves.
    """
    by_times: dict[tuple[time, time], list[Span]] = {}
    for span in spans_of(wish):
        by_times.setdefault((span.earliest, span.latest), []).append(span)
    return "; ".join(
        ", ".join(
            [*_days(wish, spans), _("start %(from)s–%(to)s") % {"from": clock(first), "to": clock(last)}]
        )
        for (first, last), spans in by_times.items()
    )


def groups_texts(wish: Wish) -> list[str]:
    """By show the groups of a wish: "Show 1: 4A, 4B, Byns skola 4 (52)"; another school's with its name.

    Groups must be prefetched, with their schools.
    """
    shows: dict[int, list[WishGroup]] = {}
    for row in wish.groups.all():
        shows.setdefault(row.show_number, []).append(row)
    return [
        _("Show %(number)d: %(groups)s (%(heads)d)")
        % {
            "number": number,
            "groups": ", ".join(_group_text(wish, row.group) for row in rows),
            "heads": sum(row.pupils_count + row.adults_count for row in rows),
        }
        for number, rows in sorted(shows.items())
    ]


def _group_text(wish: Wish, group: Group) -> str:
    own = group.school.organisation_id == wish.organisation_id
    return group.name if own else f"{group.school} {group.name}"


def _days(wish: Wish, spans: Sequence[Span]) -> list[str]:
    weeks: list[tuple[int, int]] = []
    days = []
    for span in spans:
        found = whole_weeks(span, wish.season, wish.audience)
        weeks += found
        if not found:
            days.append(span_text(span.starts_on, span.ends_on))
    numbers = runs_text(week for _year, week in weeks)
    return [_("week %(number)s") % {"number": numbers}, *days] if weeks else days


def runs_text(numbers: Iterable[int]) -> str:
    """ "5–7, 9": numbers in the given order, those in a row drawn together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_run_text(run) for run in runs)


def _run_text(run: Sequence[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"
