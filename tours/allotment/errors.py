"""The allotment's exceptions: one family, each with the field at fault and a sentence that says what to do."""

from __future__ import annotations


class AllotmentError(ValueError):
    """Something handed to the allotment is not what the contract says.

    Attributes:
        field: path of the field at fault, such as `units[3].classes[0]`; "" for the whole document.
        reason: one sentence: what is wrong and what to do about it.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field = field
        self.reason = reason


class ProblemError(AllotmentError):
    """The problem document is malformed or contradicts itself."""


class PlanError(AllotmentError):
    """The plan document is malformed or does not fit the problem it is read against."""
