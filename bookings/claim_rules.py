"""What a claim by a scheme needs, read from the scheme's rules: values in, values out (docs/claims.md has the keys)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from tours.subsidy_words import STATED
from venues.claim_facts import ANSWER_MAX, EVIDENCE
from venues.term_facts import CLAIMED_BY

#: So long before a deadline its claimants are reminded, and so long a claim may be completed that was returned, where
#: the scheme's data say nothing. Source: the house's choice; two weeks.
REMIND_DAYS, COMPLETE_DAYS = 14, 14


@dataclass(frozen=True)
class Ask:
    """Something that the claimant states. `labels`: by language; without any the usual words of a condition."""

    key: str
    labels: Mapping[str, str]
    is_yes: bool = False
    most: int = ANSWER_MAX

    @property
    def label(self) -> str:
        """What is asked, in the active language."""
        usual = str(STATED.get(self.key, self.key))
        return self.labels.get((get_language() or "sv").partition("-")[0]) or self.labels.get("sv") or usual


@dataclass(frozen=True)
class Pot:
    """So much there is for the days from the first to the last, both included."""

    first: date
    last: date
    amount: Decimal


@dataclass(frozen=True)
class ClaimRules:
    """What a claim needs.

    Attributes:
        evidence: of `venues.claim_facts.EVIDENCE`; all of it where the data say nothing (domain rule: a claim has
            attendance, cost lines and contract).
        corrects: which figures the claimant may put right by hand.
        partner: whom the claimant may name as having presented it together with; empty: nobody.
    """

    side: str
    evidence: tuple[str, ...]
    corrects: tuple[str, ...]
    asks: tuple[Ask, ...]
    partner: str
    deadlines: tuple[tuple[int, int], ...]
    remind_days: int
    complete_days: int
    pots: tuple[Pot, ...]

    def pot_on(self, day: date) -> Pot | None:
        """The pot that a claim of the day takes from; None where the data name none."""
        return next((pot for pot in self.pots if pot.first <= day <= pot.last), None)

    def deadline_after(self, day: date) -> date | None:
        """The first deadline on a day or after it; None where the rules name none."""
        coming = [
            date(year, month, number) for year in (day.year, day.year + 1) for month, number in self.deadlines
        ]
        return min((one for one in coming if one >= day), default=None)


def rules_of(rules: Mapping[str, Any]) -> ClaimRules:
    """The rules of a scheme, as far as they are about claims."""
    claim = rules.get("claim", {})
    return ClaimRules(
        side=str(rules.get("claimed_by", CLAIMED_BY[0])),
        evidence=tuple(claim.get("evidence", EVIDENCE)),
        corrects=tuple(claim.get("corrects", ())),
        asks=_asks(rules, claim.get("asks", ())),
        partner=str(claim.get("partner", "")),
        deadlines=tuple(_month_and_day(text) for text in rules.get("deadlines", ())),
        remind_days=int(claim.get("remind_days", REMIND_DAYS)),
        complete_days=int(claim.get("complete_days", COMPLETE_DAYS)),
        pots=tuple(
            Pot(date.fromisoformat(pot["from"]), date.fromisoformat(pot["to"]), Decimal(pot["amount"]))
            for pot in claim.get("pots", ())
        ),
    )


def _asks(rules: Mapping[str, Any], told: Any) -> tuple[Ask, ...]:
    """Those of the data, and each stated condition that they leave out, so that none is forgotten."""
    asks = [
        Ask(one["key"], one["label"], one.get("kind") == "yes", int(one.get("max", ANSWER_MAX)))
        for one in told
    ]
    known = {ask.key for ask in asks}
    stated = [entry["what"] for entry in rules.get("criteria", ()) if entry["kind"] == "stated"]
    return (*asks, *(Ask(what, {}) for what in stated if what not in known))


def _month_and_day(text: str) -> tuple[int, int]:
    month, day = map(int, text.split("-"))
    return month, day
