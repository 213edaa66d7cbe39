"""The states of an agreement as data: who may do what from where. Pages, API and docs read this table."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.models.booking import Status

PRODUCER, PRESENTER, CLOCK = "producer", "presenter", "clock"


@dataclass(frozen=True)
class Action:
    """A step of an agreement: from which states, to which (None: it stays), and who may take it."""

    name: str
    label: "str | Promise"
    sources: tuple[Status, ...]
    target: Status | None
    sides: tuple[str, ...]


ACTIONS = {
    action.name: action
    for action in (
        Action("offer", _("Send the offer"), (Status.HELD,), Status.OFFERED, (PRODUCER,)),
        Action(
            "confirm", _("Confirm"), (Status.HELD, Status.OFFERED), Status.CONFIRMED, (PRESENTER, PRODUCER)
        ),
        Action("decline", _("Decline"), (Status.OFFERED,), Status.DECLINED, (PRESENTER, PRODUCER)),
        Action("counter", _("Propose another date"), (Status.OFFERED,), Status.DECLINED, (PRESENTER,)),
        Action("withdraw", _("Withdraw the offer"), (Status.OFFERED,), Status.WITHDRAWN, (PRODUCER,)),
        Action("release", _("Release"), (Status.HELD,), Status.RELEASED, (PRODUCER,)),
        Action("expire", _("Let it lapse"), (Status.HELD, Status.OFFERED), Status.EXPIRED, (CLOCK,)),
        Action("move", _("Move"), (Status.HELD,), None, (PRODUCER,)),
        Action("cancel", _("Cancel"), (Status.CONFIRMED,), Status.CANCELLED, (PRODUCER, PRESENTER)),
        Action("publish", _("Publish"), (Status.CONFIRMED,), None, (PRODUCER,)),
    )
}


def actions_for(status: str, side: str) -> list[Action]:
    """What that side may do now, in the table's order. A presenter that was not asked yet has no say."""
    if side == PRESENTER and status == Status.HELD:
        return []
    return [action for action in ACTIONS.values() if status in action.sources and side in action.sides]
