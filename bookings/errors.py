"""What can go wrong in this storey beyond `tours.errors`, of the same family."""

from typing import Any

from django.utils.functional import Promise

from tours.errors import NotNow, Refused, SeasonClosed, TurneError
from venues.errors import Overtaken


class OverCapacity(Refused):
    """More people than the room is said to take; who says that it is so may tell it all the same."""

    code = "over_capacity"


class ClosedOverVisits(Refused):
    """A closure would lie over visits: offers that wait for an answer, or booked ones (`code` says which)."""

    def __init__(self, sentence: str | Promise, *, code: str, **ids: Any) -> None:
        super().__init__(sentence, **ids)
        self.code = code


class SchoolOffOverVisits(Refused):
    """New days without school would lie over visits or wishes of schools."""

    code = "school_off_over_visits"


class SchoolSaysNo(Refused):
    """The calendars of schools whose classes would come say no; who knows better may do it all the same."""

    code = "school_says_no"


class ItemChanged(NotNow):
    """Somebody else has settled or changed the thing since it was shown."""

    code = "item_changed"


class SlotTaken(TurneError):
    """The venue or the ensemble is taken or closed in that time."""

    code = "slot_taken"


class PlanOutdated(TurneError):
    """The plan has been adopted, or its wishes, locks or bookings have changed since."""

    code = "plan_outdated"


class KeyReused(TurneError):
    """A program has sent one and the same Idempotency-Key with different requests."""

    code = "key_reused"


class LinkProblem(TurneError):
    """A link with a token that does not work: unknown, used, expired or revoked (`code` says which)."""

    def __init__(self, sentence: str | Promise, *, code: str, **ids: Any) -> None:
        super().__init__(sentence, **ids)
        self.code = code


#: Refusals because of what has happened in the meantime: another input would not help, a look at the page does.
OVERTAKEN = (NotNow, SlotTaken, PlanOutdated, SeasonClosed, Overtaken)
