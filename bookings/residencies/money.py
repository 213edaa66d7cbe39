"""The money of a residency, line by line: what it is planned to cost, what it became, and who pays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.models import Residency, ResidencyCost
from bookings.residencies import locking
from tours.errors import Refused
from tours.lengths import check_column
from venues.models import User

#: Of a residency at the most. Source: the house's choice: what can be read on a page.
LINES_MAX = 40
#: The largest amount of a line; as the column has it.
AMOUNT_MAX = Decimal("99999999.99")
Side, Kind = Residency.Side, ResidencyCost.Kind


@dataclass(frozen=True)
class Cost:
    """A line, in the residency's currency; `actual` None: nobody has said yet what it became."""

    kind: str
    paid_by: str
    planned: Decimal
    words: str = ""
    actual: Decimal | None = None

    @property
    def label(self) -> str:
        """What it is for, in words."""
        kind = str(Kind(self.kind).label)
        return f"{kind}: {self.words}" if self.words else kind

    @property
    def payer(self) -> str:
        """Who pays, in words."""
        return str(Side(self.paid_by).label)


@dataclass(frozen=True)
class Sum:
    """What one of them pays together. `actual`: of the lines that are told; `is_whole`: all of them are."""

    paid_by: str
    planned: Decimal
    actual: Decimal
    is_whole: bool

    @property
    def label(self) -> str:
        """Who pays, in words."""
        return str(Side(self.paid_by).label)


@transaction.atomic
def set_costs(
    residency: Residency, lines: Sequence[Cost], *, version: int, by: User, now: datetime
) -> Residency:
    """Write all lines anew, in their order.

    Raises:
        NotNow: it is cancelled, or somebody has changed it since that version.
        Refused: a line cannot be (field "costs").
    """
    residency = locking.begin(residency, version)
    _check(lines)
    if standing(residency) == list(lines):
        return residency
    residency.costs.all().delete()
    write(residency, lines)
    return locking.write(residency, "costs", by, now)


def write(residency: Residency, lines: Sequence[Cost]) -> None:
    """Add the lines to a residency that has none. Call it within the transaction of a verb."""
    ResidencyCost.objects.bulk_create(
        ResidencyCost(
            residency=residency,
            number=number,
            kind=line.kind,
            words=line.words.strip(),
            paid_by=line.paid_by,
            planned=line.planned,
            actual=line.actual,
        )
        for number, line in enumerate(lines, 1)
    )


def standing(residency: Residency) -> list[Cost]:
    """The lines, in their order."""
    return [Cost(row.kind, row.paid_by, row.planned, row.words, row.actual) for row in residency.costs.all()]


def sums(lines: Sequence[Cost]) -> list[Sum]:
    """What each of those who pay anything pays together, in the order host, artist, region."""
    found = []
    for side in Side.values:
        theirs = [line for line in lines if line.paid_by == side]
        if theirs:
            told = [line.actual for line in theirs if line.actual is not None]
            planned = sum((line.planned for line in theirs), Decimal())
            found.append(Sum(side, planned, sum(told, Decimal()), len(told) == len(theirs)))
    return found


def _check(lines: Sequence[Cost]) -> None:
    if len(lines) > LINES_MAX:
        raise Refused(_("Write at most %(most)d.") % {"most": LINES_MAX}, field="costs")
    for line in lines:
        if line.kind not in Kind.values or line.paid_by not in Side.values:
            raise Refused(_("Say of each line what it is, and who pays."), field="costs")
        amounts = [line.planned, *([] if line.actual is None else [line.actual])]
        if any(not 0 <= amount <= AMOUNT_MAX for amount in amounts):
            raise Refused(_("Each line needs an amount of 0 or more."), field="costs")
        check_column(ResidencyCost, "words", line.words.strip(), field="costs")
