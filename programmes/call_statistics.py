"""How many applied to a call and what they got, by home, art form, wished place and whether for the first time."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from programmes import received
from programmes.models import Call, Decision
from programmes.received import Received

Outcome = Decision.Outcome
#: In public, fewer than so many of one municipality are told as "1–2": in a small place one knows who it is.
#: Source: the house's choice.
SMALL = 3


@dataclass(frozen=True)
class Line:
    """How many of a kind have applied, and how many of them were granted something."""

    label: str
    applied: int
    granted: int


@dataclass(frozen=True)
class Shown:
    """A line as the public reads it: small numbers are no numbers."""

    label: str
    applied: str
    granted: str


@dataclass(frozen=True)
class Figures:
    """A call in figures; `undecided` is 0 once the minutes are fixed. Sums are in the call's currency."""

    applied: int
    withdrawn: int
    granted: int
    reserve: int
    refused: int
    undecided: int
    asked: Decimal
    given: Decimal
    by_home: list[Line] = field(default_factory=list)
    by_art_form: list[Line] = field(default_factory=list)
    by_place: list[Line] = field(default_factory=list)
    by_first_time: list[Line] = field(default_factory=list)


def of_call(call: Call, now: datetime, without: Collection[int] = ()) -> Figures:
    """All of it, for those who run the call; nothing but noughts before it has closed.

    Args:
        without: applications that are hidden from the reader: a row of one would tell where it comes from and what was
            decided about it.
    """
    rows = [one for one in received.of_call(call, None, now) if one.application.pk not in without]
    outcomes = Counter(one.decision.outcome if one.decision else "" for one in rows)
    given = [one.decision.amount or Decimal(0) for one in rows if _is_granted(one) and one.decision]
    return Figures(
        applied=len(rows),
        withdrawn=len(received.withdrawn_from(call, now)),
        granted=outcomes[Outcome.GRANTED],
        reserve=outcomes[Outcome.RESERVE],
        refused=outcomes[Outcome.REFUSED],
        undecided=outcomes[""],
        asked=sum((one.asked for one in rows), Decimal(0)),
        given=sum(given, Decimal(0)),
        by_home=_lines(rows, lambda one: one.home.name if one.home else _("Outside the region")),
        by_art_form=_lines(rows, lambda one: one.art_form_text),
        by_place=_lines([one for one in rows if one.places], lambda one: one.places[0]),
        by_first_time=_lines(rows, _first_time_text),
    )


def public_homes(lines: Iterable[Line]) -> list[Shown]:
    """Where applicants live, as everybody may read it.

    Where the total and the others would tell how many a small one has, they are one line with the next smallest; where
    that tells it still, the line does not say which they are.
    """
    told = sorted(lines, key=lambda line: (line.applied, line.label))
    joined = [line for line in told if line.applied < SMALL]
    if joined and _are_told_by(joined):
        left = told[len(joined) :]
        while left and _are_told_by(joined):
            joined.append(left.pop(0))
        told = [_joined(joined), *left]
    return [_shown(line) for line in sorted(told, key=lambda line: (-line.applied, line.label))]


def _are_told_by(lines: Sequence[Line]) -> bool:
    """Whether their sum says how many each has, of whom one knows which are small."""
    total = sum(line.applied for line in lines)
    small = [line for line in lines if line.applied < SMALL]
    least = len(small) + SMALL * (len(lines) - len(small))
    return total == least or (len(small) == len(lines) and total == (SMALL - 1) * len(lines))


def _joined(lines: Sequence[Line]) -> Line:
    names = sorted(line.label for line in lines)
    label = _("%(one)s and %(other)s") % {"one": ", ".join(names[:-1]), "other": names[-1]}
    if _are_told_by(lines):
        label = _("Municipalities with few applications")
    return Line(label, sum(line.applied for line in lines), sum(line.granted for line in lines))


def table(figures: Figures) -> list[list[str]]:
    """All of it as rows of a table, under one heading row; who applied is not in it."""
    sums: list[tuple[str, Any]] = [
        (_("Applications"), figures.applied), (_("Withdrawn"), figures.withdrawn), (_("Granted"), figures.granted),
        (_("In reserve"), figures.reserve), (_("Not granted"), figures.refused),
        (_("Not decided"), figures.undecided), (_("Sum asked for"), figures.asked), (_("Given"), figures.given),
    ]  # fmt: skip
    parts = [
        (_("Home"), figures.by_home), (_("Art form"), figures.by_art_form),
        (_("First choice of place"), figures.by_place), (_("Have you applied here before?"), figures.by_first_time),
    ]  # fmt: skip
    rows = [[_("In all"), label, str(value), ""] for label, value in sums]
    rows += [
        [part, line.label, str(line.applied), str(line.granted)] for part, lines in parts for line in lines
    ]
    return [[_("What"), _("Which"), _("Applications"), _("Granted")], *rows]


def _shown(line: Line) -> Shown:
    return Shown(line.label, _few(line.applied), _few(line.granted))


def _few(count: int) -> str:
    return f"1–{SMALL - 1}" if 0 < count < SMALL else str(count)


def _is_granted(one: Received) -> bool:
    return one.decision is not None and one.decision.outcome == Outcome.GRANTED


def _lines(rows: Iterable[Received], key: Callable[[Received], str]) -> list[Line]:
    """A line for each key, those with most applications first."""
    found = [(key(one), _is_granted(one)) for one in rows]
    applied, granted = Counter(label for label, _got in found), Counter(label for label, got in found if got)
    lines = [Line(label, count, granted[label]) for label, count in applied.items()]
    return sorted(lines, key=lambda line: (-line.applied, line.label))


def _first_time_text(one: Received) -> str:
    if one.is_first_time is None:
        return _("Not said")
    return _("For the first time") if one.is_first_time else _("Has applied before")
