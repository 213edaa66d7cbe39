"""What comes of a decision, for those who run the call: the residency, or the way to it."""

from typing import Any

from bookings.residencies.permissions import visible_residencies
from programmes import placements
from programmes.models import Decision
from venues.models import User

Row = dict[str, Any]


def stay_of(decision: Decision, reader: User, *, is_answered: bool) -> Row | None:
    """The residency where it stands and the reader may see it, or whether one may come; None: none comes of it.

    Args:
        is_answered: whether it can be made now, because the applicants have been told.
    """
    if decision.residency_id:
        found = visible_residencies(reader).filter(pk=decision.residency_id).first()
        return {"residency": found} if found else None
    if not placements.can_place(decision):
        return None
    return {"residency": None, "decision": decision, "is_answered": is_answered}
