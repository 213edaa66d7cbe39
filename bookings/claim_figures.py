"""The figures of a claim: as Turne reckons them from the visit, as the claimant states them, and what they come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import pricing, reporting
from bookings.claim_rules import ClaimRules, rules_of
from bookings.claims import Claim
from bookings.models import SubsidyClaim
from tours.errors import Refused
from tours.lengths import check_length
from tours.money import Money, total, zero

#: Figure -> what it is called, in the order in which they are shown.
LABELS = {
    "shows": gettext_lazy("Shows"),
    "audience": gettext_lazy("Audience"),
    "young": gettext_lazy("Of them children and young people"),
    "km": gettext_lazy("Road km"),
    "travel": gettext_lazy("Travel"),
    "lodging": gettext_lazy("Lodging"),
    "fee": gettext_lazy("Fee"),
}
COUNTS = ("shows", "audience", "young", "km")
#: Letters of a reason. Source: the house's choice, as of an invoice's line.
WHY_MAX = 300


@dataclass(frozen=True)
class Figure:
    """One figure: as it is reckoned (None: nobody has told), and as it is stated by hand (None: it is not) and why."""

    name: str
    reckoned: Decimal | None
    stated: Decimal | None = None
    why: str = ""

    @property
    def value(self) -> Decimal | None:
        """What counts."""
        return self.reckoned if self.stated is None else self.stated

    @property
    def label(self) -> str:
        """What it is called, in the active language."""
        return str(LABELS[self.name])


@dataclass(frozen=True)
class Figures:
    """All of a claim, by name in the order of `LABELS`, with what the scheme covers of the costs."""

    rows: Mapping[str, Figure]
    covers: Mapping[str, Money]
    cap: Money
    eligible: Money

    @property
    def amount(self) -> Money:
        """What is claimed."""
        return total(self.covers.values(), self.cap.currency)


@dataclass(frozen=True)
class Correction:
    """A figure as the claimant knows it, and why it is not what was reckoned."""

    value: Decimal
    why: str


def figures_of(found: Claim, claim: SubsidyClaim) -> Figures:
    """The figures as they stand now, with the claim's corrections.

    Whoever has paid more or less than was reckoned has paid that much more or less in all: the claim never exceeds it.
    """
    said = corrections_of(claim)
    bill, currency = found.funding.bill, found.funding.bill.cap.currency
    reckoned = {
        "shows": Decimal(len(found.dates)),
        "audience": _whole(found.audience),
        "young": _whole(found.young),
        "km": Decimal(found.km),
        **{name: cost.amount for name, cost in bill.costs.items()},
    }
    rows = {name: _figure(name, reckoned[name], said.get(name)) for name in LABELS if name in reckoned}
    costs = {name: Money(rows[name].value or Decimal(0), currency) for name in bill.costs}
    more = total((costs[name] - bill.costs[name] for name in costs), currency)
    eligible = max(bill.eligible + more, zero(currency))
    covers = replace(bill, costs=costs, eligible=eligible).covered()
    return Figures(rows, covers, bill.cap, eligible)


def corrections_of(claim: SubsidyClaim) -> dict[str, Correction]:
    """What the claim states by hand, by the figure."""
    return {name: Correction(Decimal(one["value"]), one["why"]) for name, one in claim.corrections.items()}


def correctable(rules: ClaimRules, covers: Iterable[str]) -> list[str]:
    """The figures that the rules let a claimant put right, in the order of `LABELS`."""
    known = {*COUNTS, *covers}
    return [name for name in LABELS if name in rules.corrects and name in known]


def check_corrections(found: Claim, said: Mapping[str, Correction]) -> dict[str, dict[str, str]]:
    """The corrections as they are kept; one that says what is reckoned anyway is none.

    Raises:
        Refused: a figure may not be put right, cannot be, or has no reason; `field` names it.
    """
    allowed = correctable(rules_of(found.funding.scheme.rules), found.funding.bill.costs)
    kept = {}
    reckoned = figures_of(found, SubsidyClaim()).rows
    for name, one in said.items():
        if name not in allowed:
            raise Refused(_("The scheme lets nobody put this figure right by hand."), field=name)
        _check_value(name, one.value)
        if one.value == reckoned[name].reckoned:
            continue
        why = " ".join(one.why.split())
        if not why:
            raise Refused(_("Say why it is not what was reckoned."), field=f"{name}_why")
        check_length(why, WHY_MAX, f"{name}_why")
        kept[name] = {"value": str(one.value), "why": why}
    _check_people(reckoned, said)
    return kept


def _check_value(name: str, value: Decimal) -> None:
    if name not in COUNTS:
        pricing.check_amount(value, field=name)
        return
    is_right = value.is_finite() and 0 <= value <= reporting.MOST and value == value.to_integral_value()
    if not is_right:
        raise Refused(_("Write a whole number from 0 to %(most)d.") % {"most": reporting.MOST}, field=name)


def _check_people(reckoned: Mapping[str, Figure], said: Mapping[str, Correction]) -> None:
    counts = {
        name: said[name].value if name in said else reckoned[name].reckoned for name in ("audience", "young")
    }
    if None not in counts.values() and counts["young"] > counts["audience"]:  # type: ignore[operator]
        told = {name: int(count or 0) for name, count in counts.items()}
        raise Refused(
            _("Of an audience of %(audience)d there cannot be %(young)d children and young people.") % told,
            field="young" if "young" in said else "audience",
        )


def _figure(name: str, reckoned: Decimal | None, said: Correction | None) -> Figure:
    return Figure(name, reckoned, said.value, said.why) if said else Figure(name, reckoned)


def _whole(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)
