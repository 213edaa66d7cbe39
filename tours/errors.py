"""What can go wrong over repertoire, wishes and tours: one family, with a sentence that a producer understands."""

from typing import Any

from django.utils.functional import Promise


class TurneError(Exception):
    """A refusal, of this storey or of the one above. `code` is stable, `sentence` for people, `ids` name the rows.

    `field` names the input that caused it, where there is one, so that a form can show it there.
    """

    code = "refused"

    def __init__(self, sentence: str | Promise, *, field: str = "", **ids: Any) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.field = field
        self.ids = ids


class Refused(TurneError):
    """The input breaks a rule; another input would do."""


class NotNow(TurneError):
    """The row's state does not allow the action (any more)."""

    code = "wrong_state"


class BoardChanged(NotNow):
    """Somebody else has worked on the tour's board since this one was drawn."""

    code = "board_changed"


class SeasonClosed(TurneError):
    """The season does not take wishes now."""

    code = "season_closed"
