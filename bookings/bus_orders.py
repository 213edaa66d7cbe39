"""The verbs of a school's way to a visit: a bus is ordered, confirmed, cancelled, or said not to be needed.

What was ordered stays as it was ordered. Where the visit has changed since, that is said (`transport.differences`), and
somebody orders it anew or cancels it. Turne sends no order: whoever orders has the list and the bus company's answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bookings import history, pricing, transport
from bookings.errors import ItemChanged
from bookings.models import Booking, BusOrder
from bookings.models.booking import Status
from bookings.transport import Row, Trip
from tours.errors import NotNow, Refused
from venues.models import School, User

S = BusOrder.Status
#: There is no row yet.
NONE = ""


@dataclass(frozen=True)
class Step:
    """From which states it leads where.

    Attributes:
        target: empty where the state stays.
        is_possible: what more must be so as the way stands now.
        writes_need: whether the times and counts are written as they are now.
    """

    sources: tuple[str, ...]
    target: str
    action: str
    is_possible: Callable[[Row], bool]
    writes_need: bool = True


def _goes(row: Row) -> bool:
    return row.trip is not None and row.booking.status == Status.CONFIRMED


def _changed(row: Row) -> bool:
    return _goes(row) and row.is_changed


def _as_ordered(row: Row) -> bool:
    return _goes(row) and not row.is_changed


STEPS = {
    "order": Step((NONE, S.NEEDED, S.CANCELLED, S.NOT_NEEDED), S.ORDERED, "bus_order", _goes),
    "reorder": Step((S.ORDERED, S.CONFIRMED), S.ORDERED, "bus_reorder", _changed),
    "confirm": Step((S.ORDERED,), S.CONFIRMED, "bus_confirm", _as_ordered, writes_need=False),
    "not_needed": Step((NONE, S.NEEDED, S.CANCELLED), S.NOT_NEEDED, "bus_not_needed", _goes),
    "cancel": Step((S.ORDERED, S.CONFIRMED), S.CANCELLED, "bus_cancel", lambda row: True, writes_need=False),
    "reopen": Step((S.NOT_NEEDED, S.CANCELLED), S.NEEDED, "bus_reopen", _goes),
    "tell": Step(
        (NONE, *S.values), "", "bus_tell", lambda row: bool(row.trip or row.order), writes_need=False
    ),
}


def steps_for(row: Row, now: datetime) -> list[str]:
    """What can be done about a way to a show now, by the names of `STEPS`; once the visit is over only told of."""
    status = row.order.status if row.order else NONE
    possible = [name for name, step in STEPS.items() if status in step.sources and step.is_possible(row)]
    return [name for name in possible if name == "tell" or row.booking.occupied_to > now]


@transaction.atomic
def order(
    booking: Booking, school: School, show: int, *, version: int, by: User, now: datetime, **told: Any
) -> BusOrder:
    """Note that a bus is ordered, with the times and counts as they are now.

    Args:
        show: number of the show that they go to.
        version: of the order as it was shown; 0 where there was none.
        told: `operator`, `reference`, `project_number`, `note`, and `cost` without VAT in the visit's currency (None:
            not known); what is not there stays. It is the same of every verb here.

    Raises:
        ItemChanged: somebody else has done something about it since.
        NotNow: the visit is not confirmed, is over, or nobody goes there; or it is ordered already.
        Refused: the cost cannot be.
    """
    return _take("order", booking, school, show, version, by, now, **told)


@transaction.atomic
def reorder(
    booking: Booking, school: School, show: int, *, version: int, by: User, now: datetime, **told: Any
) -> BusOrder:
    """Note that a bus is ordered anew, because the visit is not as it was when it was ordered.

    Raises:
        ItemChanged, NotNow, Refused: as `order`; or nothing differs.
    """
    return _take("reorder", booking, school, show, version, by, now, **told)


@transaction.atomic
def confirm(
    booking: Booking, school: School, show: int, *, version: int, by: User, now: datetime, **told: Any
) -> BusOrder:
    """Note that the bus company has confirmed what was ordered.

    Raises:
        ItemChanged, NotNow, Refused: as `order`; or the visit has changed since it was ordered.
    """
    return _take("confirm", booking, school, show, version, by, now, **told)


@transaction.atomic
def not_needed(
    booking: Booking, school: School, show: int, *, version: int, by: User, now: datetime, why: str, note: str
) -> BusOrder:
    """Note that no bus is needed, and why; another reason is said in the note.

    Raises:
        ItemChanged, NotNow: as `order`.
        Refused: there is no reason, or not in words where it is another one.
    """
    if why not in BusOrder.Why.values or not why:
        raise Refused(_("Say how they come: on foot, by car or otherwise."), field="why", booking=booking.pk)
    if why == BusOrder.Why.OTHER and not note.strip():
        raise Refused(_("Say in a few words why no bus is needed."), field="note", booking=booking.pk)
    return _take("not_needed", booking, school, show, version, by, now, why=why, note=note)


@transaction.atomic
def cancel(
    booking: Booking, school: School, show: int, *, version: int, by: User, now: datetime, **told: Any
) -> BusOrder:
    """Note that a bus that was ordered is cancelled with the bus company.

    Raises:
        ItemChanged, NotNow, Refused: as `order`; or none is ordered.
    """
    return _take("cancel", booking, school, show, version, by, now, **told)


@transaction.atomic
def reopen(booking: Booking, school: School, show: int, *, version: int, by: User, now: datetime) -> BusOrder:
    """Say that a bus is to be ordered after all.

    Raises:
        ItemChanged, NotNow: as `order`; or none was said not to be needed, or cancelled.
    """
    return _take("reopen", booking, school, show, version, by, now)


@transaction.atomic
def tell(
    booking: Booking, school: School, show: int, *, version: int, by: User, now: datetime, **told: Any
) -> BusOrder:
    """Tell the bus company, its reference, the project number, the cost or a note; also after the visit.

    Raises:
        ItemChanged: somebody else has done something about it since.
        NotNow: nobody goes or went there.
        Refused: the cost cannot be.
    """
    return _take("tell", booking, school, show, version, by, now, **told)


def to_forget(now: datetime) -> "QuerySet[BusOrder]":
    """Orders of visits that are over which still say how many came in wheelchairs."""
    return BusOrder.objects.filter(booking__occupied_to__lt=now, wheelchair_count__gt=0)


def forget_due(now: datetime) -> int:
    """Forget it; of how many orders."""
    return to_forget(now).update(wheelchair_count=0)


def _take(
    name: str,
    booking: Booking,
    school: School,
    show: int,
    version: int,
    by: User,
    now: datetime,
    **values: Any,
) -> BusOrder:
    """The step as the table has it: the visit locked, how it stands now asked, then the order and its line written."""
    step, row = STEPS[name], _locked(booking, school, show, now)
    standing = row.order or BusOrder(booking=row.booking, school=school, show_number=show, version=0)
    if standing.version != version:
        raise ItemChanged(
            _("Somebody has changed this bus since you opened the page. Look again; nothing was changed."),
            booking=booking.pk,
            version=standing.version,
        )
    if name not in steps_for(row, now):
        raise NotNow(_refusal(name, row, now), booking=booking.pk)
    if values.get("cost") is not None:
        pricing.check_amount(values["cost"], field="cost", booking=booking.pk)
    if row.trip and (step.writes_need or not standing.pk):
        _write_need(standing, row.trip)
    if step.target:
        standing.status, standing.why = S(step.target), ""
    standing.ordered_at = now if step.target == S.ORDERED else standing.ordered_at
    for field, value in values.items():
        setattr(standing, field, value.strip() if isinstance(value, str) else value)
    standing.version, standing.by, standing.at = version + 1, by, now
    standing.save()
    details = {"school": str(school), "show": show, **_figures(standing)}
    history.note(row.booking, step.action, row.booking.status, by, now, details=details)
    return standing


def _locked(booking: Booking, school: School, show: int, now: datetime) -> Row:
    """How the way stands, with its visit locked until the transaction ends."""
    Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    found = Booking.objects.with_ground().get(pk=booking.pk)
    return transport.row_of(found, school, show, now) or Row(found, school, show, None, None)


def _write_need(standing: BusOrder, trip: Trip) -> None:
    """The times, counts and rule as they are now."""
    standing.pupils_count, standing.adults_count = trip.pupils, trip.adults
    standing.wheelchair_count, standing.buses_count = trip.wheelchairs, trip.buses or 0
    standing.venue = trip.booking.venue
    standing.pick_up_at, standing.there_at = trip.pick_up_at, trip.there_at
    standing.leaves_at, standing.back_at = trip.leaves_at, trip.back_at
    standing.km, standing.drive_min = trip.km, trip.drive_min
    standing.plan, standing.orders, standing.pays = trip.plan, trip.orders or "", trip.pays or ""
    share = trip.own_share
    standing.own_share, standing.own_share_of = (share.amount, share.side) if share else (Decimal(0), "")
    rule = trip.rule
    standing.rule = (
        {"key": rule.key, "label": rule.label, "source": rule.source, "parameters": rule.parameters}
        if rule
        else {}
    )


def _figures(standing: BusOrder) -> dict[str, Any]:
    """What the history keeps of it: so an order that is replaced can still be read. Nothing of what anybody needs."""
    return {
        "seats": standing.seats_count,
        "buses": standing.buses_count,
        "pick_up_at": standing.pick_up_at.isoformat() if standing.pick_up_at else "",
        "leaves_at": standing.leaves_at.isoformat() if standing.leaves_at else "",
        "why": standing.why,
    }


def _refusal(name: str, row: Row, now: datetime) -> str:
    if row.booking.occupied_to <= now:
        return _("The visit is over: only what the bus cost, and by whom, can still be told.")
    if row.trip is None:
        return _("Nobody goes to this show from that school any more.")
    if row.booking.status != Status.CONFIRMED:
        return _("A bus is ordered once the visit is confirmed.")
    if name == "confirm" and row.is_changed:
        return _("The visit has changed since the bus was ordered: order it anew first.")
    if name == "reorder":
        return _("Nothing has changed since the bus was ordered.")
    return _("This cannot be done now: the bus is %(state)s.") % {"state": row.state.label}
