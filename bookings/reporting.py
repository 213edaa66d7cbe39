"""What happened at a visit: whether it was played, who came, and what it cost each side beyond the price.

Both sides report. A later report replaces an earlier one and says why; the history keeps both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import pricing, report_links, slots
from bookings.errors import OverCapacity
from bookings.models import Booking, CostLine, ReportReminder, VisitReport
from bookings.models.booking import Status
from bookings.models.report import Side
from bookings.permissions import can_answer
from bookings.steps import write
from tours.errors import NotNow, Refused
from tours.rooms import capacity_of
from venues.models import User

#: The largest audience that a row can hold (PostgreSQL's smallint).
MOST = 32767
Cause = VisitReport.Cause
#: What each side may have paid beyond the price.
COSTS: dict[str, tuple[str, ...]] = {
    Side.PRESENTER: ("room", "marketing", "hosting", "technical", "other"),
    Side.PRODUCER: ("travel", "hosting", "technical", "other"),
}


@dataclass(frozen=True)
class Figures:
    """Who came to one show; None is not told. The young and the adults are parts of the audience, and so are the free.

    Attributes:
        young: children and young people up to 19 years (`coverage.YOUNG_UNTIL`).
        free: those who came in without a ticket that was paid for.
    """

    audience: int
    young: int
    adults: int | None = None
    free: int | None = None


@transaction.atomic
def report_played(
    booking: Booking,
    *,
    by: User | None,
    now: datetime,
    figures: Sequence[Sequence[int | None]],
    costs: Mapping[str, Decimal] | None = None,
    why: str = "",
    over_capacity: bool = False,
) -> Booking:
    """Note that a confirmed visit was played, with its audience. A later report replaces an earlier one.

    Args:
        by: who reports; None is the bearer of the mailed link, who speaks for the presenter.
        figures: for each performance in order the audience, how many of them were children or young people, and where
            they are known the adults and those who came in free.
        costs: what the visit has cost the reporter's side, by kind; without it what was told before stands.
        why: what a correction mends; asked for where there is a report already.
        over_capacity: more came than the room is said to take, and that is no slip of the pen.

    Raises:
        NotNow: it was never confirmed, has not been played yet, or is settled.
        OverCapacity: more than the room takes, and nobody has said that it is so.
        Refused: figures are missing, negative, too large, or parts are more than the whole; a correction says no why.
    """
    booking = slots.lock_booking(booking)
    check_open(booking, now)
    if booking.outcome and not why.strip():
        raise Refused(
            _("Say what you correct: the visit was reported before."), field="why", booking=booking.pk
        )
    performances = list(booking.performances.all())
    if len(figures) != len(performances):
        raise Refused(_("Give the audience of every show."), field="figures", booking=booking.pk)
    for performance, row in zip(performances, figures, strict=True):
        told = _checked(booking, performance.number, row, over_capacity)
        performance.attendance, performance.attendance_young = told.audience, told.young
        performance.attendance_adults, performance.attendance_free = told.adults, told.free
        performance.save(
            update_fields=["attendance", "attendance_young", "attendance_adults", "attendance_free"]
        )
    details: dict[str, Any] = {"figures": [list(row) for row in figures]}
    if over_capacity:
        details["capacity"] = capacity_of(booking.venue)
    return _note(booking, Booking.Outcome.HELD, by, now, costs, reason=why, details=details)


@transaction.atomic
def report_not_played(
    booking: Booking,
    *,
    by: User | None,
    now: datetime,
    reason: str,
    cause: str = Cause.OTHER,
    costs: Mapping[str, Decimal] | None = None,
) -> Booking:
    """Note that a confirmed visit was not played, and why. A later report replaces an earlier one.

    Raises:
        NotNow: it was never confirmed, is not over yet, or is settled.
        Refused: there is no reason, or no such cause.
    """
    booking = slots.lock_booking(booking)
    check_open(booking, now)
    if cause not in Cause.values or not cause:
        raise Refused(_("Choose why it was not played."), field="cause", booking=booking.pk)
    if not reason.strip():
        raise Refused(_("Say in a few words why it was not played."), field="reason", booking=booking.pk)
    booking.performances.update(
        attendance=None, attendance_young=None, attendance_adults=None, attendance_free=None
    )
    details = {"cause": cause}
    return _note(
        booking, Booking.Outcome.NOT_HELD, by, now, costs, cause=cause, reason=reason, details=details
    )


@transaction.atomic
def tell_costs(booking: Booking, *, by: User | None, now: datetime, costs: Mapping[str, Decimal]) -> Booking:
    """Tell what a visit has cost one's own side beyond the price; it replaces what that side has told before.

    Raises:
        NotNow: it was never confirmed, is not over yet, or is settled.
        Refused: an amount cannot be, or is of a kind that the side does not have; `kind` names it.
    """
    booking = slots.lock_booking(booking)
    check_open(booking, now)
    side = side_of(booking, by)
    _write_costs(booking, side, costs)
    told = {"side": side, "costs": {kind: str(amount) for kind, amount in costs.items()}}
    write(booking, "costs", by, now, details=told)
    return booking


def side_of(booking: Booking, by: User | None) -> Side:
    """For which side somebody reports: the presenter's people and link for theirs, everybody else for the producer."""
    return Side.PRESENTER if by is None or can_answer(by, booking) else Side.PRODUCER


def is_over(booking: Booking, now: datetime) -> bool:
    """Whether the visit was confirmed, and its get-out has ended."""
    return booking.status == Status.CONFIRMED and booking.occupied_to <= now


def is_wanted(booking: Booking, now: datetime) -> bool:
    """Whether it is over, and nobody has told how it went."""
    return is_over(booking, now) and not booking.outcome


def is_open(booking: Booking, now: datetime) -> bool:
    """Whether a report may be given: the visit is over, and nothing has been settled by an earlier one."""
    return is_over(booking, now) and booking.settled_at is None


def check_open(booking: Booking, now: datetime) -> None:
    """Refuse a report that comes too early, too late, or about a visit that was never agreed.

    Raises:
        NotNow: it was never confirmed, is not over yet, or is settled.
    """
    if not is_over(booking, now):
        raise NotNow(_("A visit is reported when it was confirmed and is over."), booking=booking.pk)
    if booking.settled_at:
        raise NotNow(
            _(
                "The visit is settled. The producer can open the settlement again, then the report is corrected."
            ),
            booking=booking.pk,
        )


def _checked(booking: Booking, show: int, row: Sequence[int | None], over_capacity: bool) -> Figures:
    """The figures of a performance, if they can be; `show` names it, so that a form can blame its field."""
    ids: dict[str, Any] = {"field": "figures", "booking": booking.pk, "show": show}
    if not 2 <= len(row) <= 4 or row[0] is None or row[1] is None:
        raise Refused(_("Give the audience of every show."), **ids, part="audience")
    figures = Figures(row[0], row[1], *row[2:])
    if not 0 <= figures.audience <= MOST:
        raise Refused(
            _("An audience is a number from 0 to %(most)d.") % {"most": MOST}, **ids, part="audience"
        )
    _check_parts(figures, ids)
    capacity = capacity_of(booking.venue)
    if capacity is not None and figures.audience > capacity and not over_capacity:
        text = ngettext(
            "The room is said to take %(capacity)d person. Mend the number, or tick that so many came.",
            "The room is said to take %(capacity)d persons. Mend the number, or tick that so many came.",
            capacity,
        )
        raise OverCapacity(text % {"capacity": capacity}, **ids, part="audience")
    return figures


def _check_parts(figures: Figures, ids: Mapping[str, Any]) -> None:
    """Neither the young nor the adults nor the free are more than all, and the first two not together either."""
    told = {"audience": figures.audience, "young": figures.young}
    if not 0 <= figures.young <= figures.audience:
        raise Refused(
            _("Of an audience of %(audience)d there cannot be %(young)d children and young people.") % told,
            **ids,
            part="young",
        )
    if figures.adults is not None and not 0 <= figures.adults <= figures.audience - figures.young:
        raise Refused(
            _(
                "With %(young)d children and young people there cannot be %(adults)d adults among %(audience)d."
            )
            % {**told, "adults": figures.adults},
            **ids,
            part="adults",
        )
    if figures.free is not None and not 0 <= figures.free <= figures.audience:
        raise Refused(
            _("Of an audience of %(audience)d %(free)d cannot have come in free.")
            % {**told, "free": figures.free},
            **ids,
            part="free",
        )


def _write_costs(booking: Booking, side: Side, costs: Mapping[str, Decimal]) -> None:
    for kind, amount in costs.items():
        if kind not in COSTS[side]:
            raise Refused(_("There is no such cost."), field="costs", booking=booking.pk, kind=kind)
        pricing.check_amount(amount, field="costs", booking=booking.pk, kind=kind)
    booking.cost_lines.filter(side=side).delete()
    rows = [CostLine(booking=booking, side=side, kind=kind, amount=amount) for kind, amount in costs.items()]
    CostLine.objects.bulk_create(row for row in rows if row.amount)


def _note(
    booking: Booking,
    outcome: str,
    by: User | None,
    now: datetime,
    costs: Mapping[str, Decimal] | None,
    *,
    reason: str,
    details: dict[str, Any],
    cause: str = "",
) -> Booking:
    """Write the outcome, who told it, and the line of history; it is not asked for any more."""
    action = "report" if outcome == Booking.Outcome.HELD else "not_played"
    side = side_of(booking, by)
    if costs is not None:
        _write_costs(booking, side, costs)
        details |= {"costs": {kind: str(amount) for kind, amount in costs.items()}} if costs else {}
    words = reason if cause else ""
    VisitReport.objects.update_or_create(
        booking=booking, defaults={"side": side, "by": by, "at": now, "cause": cause, "words": words}
    )
    ReportReminder.objects.filter(booking=booking).update(next_at=None)
    report_links.close_links(booking, now)
    booking.outcome = outcome
    write(booking, action, by, now, fields=["outcome"], reason=reason, details=details)
    return booking
