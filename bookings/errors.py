"""What can go wrong in this storey: one family, each with a sentence that a producer understands."""

from typing import Any

from django.utils.functional import Promise


class BookingsError(Exception):
    """A refusal. `code` is stable, `sentence` is for people, `ids` name the rows concerned.

    `field` names the input that caused it, where there is one, so that a form can show it there.
    """

    code = "refused"

    def __init__(self, sentence: str | Promise, *, field: str = "", **ids: Any) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field
        self.ids = ids


class Refused(BookingsError):
    """The input breaks a rule; another input would do."""


class NotNow(BookingsError):
    """The row's state does not allow the action (any more)."""

    code = "wrong_state"


class BoardChanged(NotNow):
    """Somebody else has worked on the tour's board since this one was drawn."""

    code = "board_changed"


class SlotTaken(BookingsError):
    """The venue or the ensemble is taken or closed in that time."""

    code = "slot_taken"


class PlanOutdated(BookingsError):
    """The plan has been adopted, or its wishes, locks or bookings have changed since."""

    code = "plan_outdated"


class SeasonClosed(BookingsError):
    """The season does not take wishes now."""

    code = "season_closed"


class LinkProblem(BookingsError):
    """A link with a token that does not work: unknown, used, expired or revoked (`code` says which)."""

    def __init__(self, sentence: str | Promise, *, code: str, **ids: Any) -> None:
        super().__init__(sentence, **ids)
        self.code = code
