"""A decision in words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from programmes.models import Decision
from venues.dates import money_text


def outcome_text(outcome: str, reserve_number: int | None) -> str:
    """Such as “granted” or “in reserve, number 2”; empty outcome: not decided."""
    if not outcome:
        return _("not decided")
    if outcome == Decision.Outcome.RESERVE:
        return _("in reserve, number %(number)s") % {"number": reserve_number}
    return str(Decision.Outcome(outcome).label)


def decision_text(decision: Decision) -> str:
    """The same of a decision."""
    return outcome_text(decision.outcome, decision.reserve_number)


def facts_text(facts: Mapping[str, Any], currency: str) -> str:
    """The same of the facts of a change, with the amount."""
    words = outcome_text(facts.get("outcome", ""), facts.get("reserve_number"))
    amount = facts.get("amount")
    return f"{words}, {money_text(Decimal(amount), currency)}" if amount else words
