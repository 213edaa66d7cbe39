"""Which subsidies a visit qualifies for, and with how much: rules as data, values in and values out.

Every criterion is answered in three values. Unknown never counts as met: the visit may qualify, and the answer says
what has to be found out. The rules' form is described in docs/money.md; `venues/data/subsidy_schemes.json` has them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tours.money import Money, per_km, total, zero


class Answer(StrEnum):
    """What can be said of a criterion, and of a visit."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Scheme:
    """A subsidy with its rules. `region` is whose presenters it is for, `row` the stored scheme; 0: none."""

    key: str
    label: str
    region: int
    rules: Mapping[str, Any]
    source: str = ""
    row: int = 0

    @property
    def cap(self) -> Decimal:
        return Decimal(self.rules["cap"])


@dataclass(frozen=True)
class Visit:
    """One stop as a scheme sees it; None is unknown.

    Attributes:
        region: of the presenter's municipality. `neighbours` are the regions beside that one.
        is_centre: whether the place is its municipality's centre.
        eligible: all that the presenter pays, its share of the per diem left out; `lodging` and `fee` are parts of it.
        km: its share of the road, for which a scheme pays by its own rate.
    """

    key: str
    presenter: int
    region: int
    neighbours: frozenset[int]
    day: int
    shows: int
    vehicle: str
    eligible: Money
    lodging: Money
    fee: Money
    km: Decimal
    is_centre: bool | None
    inhabitants: int | None
    is_riksteatern: bool | None
    is_recommended: bool | None
    is_free_group: bool | None
    age_max: int | None
    is_for_schools: bool = False


@dataclass(frozen=True)
class Criterion:
    """One condition and what can be said of it; `detail` has its numbers."""

    kind: str
    answer: Answer
    detail: Mapping[str, Any]


@dataclass(frozen=True)
class Bill:
    """What a subsidy is reckoned from.

    Attributes:
        costs: those that it may cover, in the order in which it does.
        cap: the most that it pays for the visit.
        eligible: all that whoever claims has paid, which it never exceeds either.
    """

    costs: Mapping[str, Money]
    cap: Money
    eligible: Money

    def covered(self) -> dict[str, Money]:
        """How far each cost is covered: never more than the cost, together never more than cap and what was paid."""
        left, found = min(self.cap, self.eligible), {}
        for name, cost in self.costs.items():
            found[name] = max(min(cost, left), zero(left.currency))
            left -= found[name]
        return found


@dataclass(frozen=True)
class Funding:
    """What a scheme says of a visit: conditions, and the amount with the costs that it covers, in the rules' order."""

    scheme: Scheme
    visit: str
    criteria: tuple[Criterion, ...]
    bill: Bill
    covers: Mapping[str, Money]
    amount: Money

    @property
    def answer(self) -> Answer:
        """Met when every criterion is, not met when one is not, else unknown."""
        answers = {criterion.answer for criterion in self.criteria}
        for worse in (Answer.NOT_MET, Answer.UNKNOWN):
            if worse in answers:
                return worse
        return Answer.MET

    @property
    def stated(self) -> list[str]:
        """What the presenter has to state in the claim; no computer can know it."""
        return [entry["what"] for entry in self.scheme.rules["criteria"] if entry["kind"] == "stated"]


def check(schemes: Iterable[Scheme], visits: Sequence[Visit]) -> dict[str, list[Funding]]:
    """For each visit of a tour what the schemes of its presenter's region say, the best first.

    Only one of them is to be hoped for: nobody is paid twice for the same cost.
    """
    known = list(schemes)
    found: dict[str, list[Funding]] = {}
    for visit in visits:
        own = [_funding(scheme, visit, visits) for scheme in known if scheme.region == visit.region]
        ranks = [Answer.MET, Answer.UNKNOWN, Answer.NOT_MET]
        found[visit.key] = sorted(own, key=lambda one: (ranks.index(one.answer), -one.amount.amount))
    return found


def _funding(scheme: Scheme, visit: Visit, visits: Sequence[Visit]) -> Funding:
    criteria = tuple(
        Criterion(entry["kind"], *ASKED[entry["kind"]](entry, visit, visits))
        for entry in scheme.rules["criteria"]
        if entry["kind"] in ASKED
    )
    bill = bill_of(scheme, visit, _cap(scheme, visit, visits))
    covers = bill.covered()
    return Funding(scheme, visit.key, criteria, bill, covers, total(covers.values(), visit.eligible.currency))


def bill_of(scheme: Scheme, visit: Visit, cap: Money) -> Bill:
    """The costs that the scheme may cover, in the order of the rules. Per diem is never one of them.

    Another currency than the scheme's is not exchanged: then there is nothing to cover.
    """
    if visit.eligible.currency != scheme.rules["currency"]:
        return Bill({}, zero(visit.eligible.currency), visit.eligible)
    rate = Decimal(scheme.rules["mileage_per_km"].get(visit.vehicle, "0"))
    costs = {
        "travel": per_km(rate, visit.km, visit.eligible.currency),
        "lodging": visit.lodging,
        "fee": visit.fee,
    }
    return Bill({name: costs[name] for name in scheme.rules["covers"]}, cap, visit.eligible)


def _cap(scheme: Scheme, visit: Visit, visits: Sequence[Visit]) -> Money:
    """The most that is paid for the visit: by show, or for a presenter's first day and less for its later ones."""
    currency = scheme.rules["currency"]
    if scheme.rules["per"] == "show":
        return Money(scheme.cap * visit.shows, currency)
    mine = [other for other in visits if other.presenter == visit.presenter]
    earlier = [other for other in mine if (other.day, other.key) < (visit.day, visit.key)]
    if not earlier:
        return Money(scheme.cap, currency)
    is_new_day = all(other.day != visit.day for other in earlier)
    return Money(Decimal(scheme.rules.get("cap_next_day", "0")) if is_new_day else Decimal(0), currency)


# -- The criteria: what the rules say, the visit, and all visits of the tour ---------------------------------------

Answered = tuple[Answer, dict[str, Any]]


def _fact(value: bool | None) -> Answer:
    return Answer.UNKNOWN if value is None else Answer.MET if value else Answer.NOT_MET


def _presenters(entry: Mapping[str, Any], visit: Visit, visits: Sequence[Visit]) -> Answered:
    """Whether the tour has so many presenters nearby, this one included."""
    near = {visit.region} | (visit.neighbours if entry["within"] == "neighbours" else frozenset())
    count = len({other.presenter for other in visits if other.region in near})
    asked = entry["count"]
    detail = {"count": count, "asked": asked, "missing": max(asked - count, 0), "within": entry["within"]}
    return _fact(count >= asked), detail


def _place(entry: Mapping[str, Any], visit: Visit, visits: Sequence[Visit]) -> Answered:
    """Outside the municipality's centre, or in a centre that is small enough."""
    below = entry["inhabitants_below"]
    detail = {"inhabitants": visit.inhabitants, "below": below, "is_centre": visit.is_centre}
    if visit.is_centre is False:
        return Answer.MET, detail
    if visit.inhabitants is None:
        return Answer.UNKNOWN, detail
    if visit.inhabitants < below:
        return Answer.MET, detail
    return (Answer.NOT_MET if visit.is_centre else Answer.UNKNOWN), detail


def _children(entry: Mapping[str, Any], visit: Visit, visits: Sequence[Visit]) -> Answered:
    """For a school, or a piece for those who are young enough; a piece without an upper age may be either."""
    young = None if visit.age_max is None else visit.age_max <= entry["age_max"]
    return _fact(visit.is_for_schools or young), {"age_max": entry["age_max"]}


def _riksteatern(entry: Mapping[str, Any], visit: Visit, visits: Sequence[Visit]) -> Answered:
    return _fact(visit.is_riksteatern), {}


def _catalogue(entry: Mapping[str, Any], visit: Visit, visits: Sequence[Visit]) -> Answered:
    return _fact(visit.is_recommended), {}


def _free_group(entry: Mapping[str, Any], visit: Visit, visits: Sequence[Visit]) -> Answered:
    return _fact(visit.is_free_group), {}


ASKED = {
    "presenters": _presenters,
    "place": _place,
    "children": _children,
    "riksteatern": _riksteatern,
    "catalogue": _catalogue,
    "free_group": _free_group,
}
