"""What a teacher is asked after a visit, as data: another question gets another key, so old answers stay true.

Source: the house's choice of four short questions: whether it fitted, was worth the time, could be prepared, and was
well received.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.conditions import Text

#: The scale, from least to most.
SCALE: dict[int, Promise] = {1: _("not at all"), 2: _("a little"), 3: _("quite"), 4: _("very much")}


@dataclass(frozen=True)
class Question:
    """A question by its key, as it is asked, and in few words for a table."""

    key: str
    text: Text
    short: Text


QUESTIONS: tuple[Question, ...] = (
    Question("fits", _("Did it fit the pupils' age and what they knew before?"), _("fitted the age")),
    Question("gave", _("Did it give the class something to talk about or go on with?"), _("gave something")),
    Question("prepared", _("Did you get what you needed to prepare the class?"), _("could be prepared")),
    Question("worked", _("Did the visit work well on the day?"), _("worked on the day")),
)
KEYS = frozenset(question.key for question in QUESTIONS)
