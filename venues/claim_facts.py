"""What a claim by a subsidy scheme needs, as a region's data say it: `claim` among the scheme's rules, checked."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from venues.entries import one_of

#: What a claim shows. The meaning of each stands in docs/claims.md.
EVIDENCE = ("audience", "costs", "agreement")
#: What a claimant may put right by hand, with a reason.
CORRECTED = ("audience", "young", "travel", "lodging", "fee")
#: How something is answered: in words, or by a yes that one stands by.
ASK_KINDS = ("text", "yes")
#: Whom the claimant may have presented the visit with.
PARTNERS = ("riksteatern",)
KEYS = {"evidence", "corrects", "asks", "partner", "remind_days", "complete_days", "pots"}
LANGUAGES = ("sv", "en")
#: Characters of an answer in words, at the most and unless told. Source: the house's choice; half a page.
ANSWER_MAX = 2000
#: Days. Source: the house's choice; nothing is remembered for longer than a season.
DAYS_MAX = 180
_KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")


def check_claim(rules: Mapping[str, Any]) -> None:
    """Whether what the rules say of claims can be followed; they may say nothing.

    Raises:
        KeyError, ValueError: something is missing or not understood, in words.
    """
    claim = rules.get("claim", {})
    if not isinstance(claim, dict):
        raise ValueError("claim must be an object.")
    for name in claim:
        one_of(name, sorted(KEYS), "a key of claim")
    for word in claim.get("evidence", ()):
        one_of(word, EVIDENCE, "evidence")
    for word in claim.get("corrects", ()):
        one_of(word, CORRECTED, "corrects")
    if "partner" in claim:
        one_of(claim["partner"], PARTNERS, "partner")
    for name in ("remind_days", "complete_days"):
        _days(claim.get(name, 1), name)
    _check_asks(claim.get("asks", []))
    _check_pots(claim.get("pots", []))


def _check_asks(asks: list[dict[str, Any]]) -> None:
    for ask in asks:
        if not _KEY.fullmatch(ask["key"]):
            raise ValueError(f'the key of what is asked must be letters, digits and _, not "{ask["key"]}".')
        one_of(ask.get("kind", ASK_KINDS[0]), ASK_KINDS, f"kind of {ask['key']}")
        for language in LANGUAGES:
            if not ask["label"].get(language, "").strip():
                raise ValueError(f"what is asked by {ask['key']} has no label in {language}.")
        most = ask.get("max", ANSWER_MAX)
        if not isinstance(most, int) or not 1 <= most <= ANSWER_MAX:
            raise ValueError(
                f"max of {ask['key']} must be a whole number from 1 to {ANSWER_MAX}, not {most!r}."
            )
    keys = [ask["key"] for ask in asks]
    if len(set(keys)) < len(keys):
        raise ValueError("each thing that is asked needs a key of its own.")


def _check_pots(pots: list[dict[str, Any]]) -> None:
    """Spans of days with an amount each, none over another."""
    last = date.min
    for pot in pots:
        first, ends = date.fromisoformat(pot["from"]), date.fromisoformat(pot["to"])
        if ends < first:
            raise ValueError(f"the pot to {ends} ends before {first}.")
        if first <= last:
            raise ValueError(f"the pot from {first} begins before the one before it has ended.")
        _pot_amount(pot["amount"])
        last = ends


def _pot_amount(text: Any) -> None:
    try:
        is_right = isinstance(text, str) and Decimal(text).is_finite() and Decimal(text) >= 0
    except InvalidOperation:
        is_right = False
    if not is_right:
        raise ValueError(f'the amount of a pot must be a number in quotes, such as "300000", not {text!r}.')


def _days(value: Any, name: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= DAYS_MAX:
        raise ValueError(f"{name} must be a whole number of days from 1 to {DAYS_MAX}, not {value!r}.")
