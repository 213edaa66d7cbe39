"""A residency that does not come about, and one that gets another host. Nothing is deleted, everybody is told."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from bookings.models import Residency
from bookings.residencies import days, locking, money, reserving, staying, sub_events, telling
from tours.errors import NotNow, Refused
from tours.lengths import check_column
from venues.models import Organisation, Place, User

Side, Status = Residency.Side, Residency.Status
_CANCELLING = ["status", "cancelled_at", "cancelled_by_side", "cancelled_why", "answer_remind_at"]


@transaction.atomic
def cancel(residency: Residency, side: str, *, why: str, version: int, by: User, now: datetime) -> Residency:
    """The host or the artist withdraws, or the region cancels. All that it had reserved is free in the same moment.

    Raises:
        NotNow: it is cancelled already, has begun, or somebody has changed it since that version.
        Refused: there is no such side, or no reason.
    """
    if side not in Side.values:
        raise Refused(_("Say who cancels it."), field="side")
    if not why.strip():
        raise Refused(_("Say why: the other side gets these words."), field="why")
    check_column(Residency, "cancelled_why", why.strip(), field="why")
    residency = locking.begin_with_rooms(residency, version)
    if not can_cancel(residency, now):
        raise NotNow(
            _(
                "The stay has begun. Let it end earlier: move its last day, and take away the periods to come."
            ),
            residency=residency.pk,
        )
    before, residency.status = residency.status, Status.CANCELLED
    residency.cancelled_at, residency.cancelled_by_side = now, side
    residency.cancelled_why, residency.answer_remind_at = why.strip(), None
    _touch(residency, now)
    reserving.release_all(residency, now)
    sub_events.call_off(residency, why.strip(), now)
    locking.write(
        residency,
        "cancel",
        by,
        now,
        fields=_CANCELLING,
        reason=why.strip(),
        details={"side": str(side)},
        before=before,
    )
    telling.cancelled(Residency.objects.with_ground().get(pk=residency.pk), side, why.strip(), now)
    return residency


def can_cancel(residency: Residency, now: datetime) -> bool:
    """Whether it may be cancelled, as long as it has not begun; nobody cancels twice."""
    return residency.status != Status.CANCELLED and not days.has_begun(residency, now)


def can_move(residency: Residency) -> bool:
    """Whether it may get another host: it is not agreed, or its host has withdrawn."""
    if residency.status == Status.CANCELLED:
        return residency.cancelled_by_side == Side.HOST
    return residency.status in (Status.PLANNED, Status.OFFERED) and residency.host_agreed_at is None


@transaction.atomic
def move(
    residency: Residency, host: Organisation, place: Place, *, version: int, by: User, now: datetime
) -> Residency:
    """Plan it with another host. Artist, work, days and the costs that are not the host's are kept.

    Rooms, dwellings, sub-events to come and people to reach are the former host's and are let go, and schools whose
    classes were invited are told; the new host agrees to a contract of its own.

    Raises:
        NotNow: the host has agreed, or it was cancelled by somebody else, or changed since that version.
        Refused: it is the same host, or host and place do not belong to its region; `field` names it.
    """
    residency = locking.begin_with_rooms(residency, version, with_cancelled=True)
    if not can_move(residency):
        raise NotNow(
            _("Another host is found when the host has withdrawn, or before it has agreed."),
            residency=residency.pk,
        )
    if host.pk == residency.host_id:
        raise Refused(_("This is its host already."), field="host")
    if host.region_id != residency.region_id:
        raise Refused(_("The host must belong to the residency's region."), field="host")
    staying.check_where(host, place)
    former, before = residency.host, residency.status
    # While the host is still the former one: it is their name that the schools know.
    _call_off_sub_events(residency, now)
    residency.host, residency.place, residency.status = host, place, Status.PLANNED
    residency.cancelled_at, residency.cancelled_by_side, residency.cancelled_why = None, "", ""
    residency.host_agreed_at = residency.artist_agreed_at = None
    residency.published_at = residency.answer_by = residency.answer_remind_at = None
    _touch(residency, now)
    reserving.release_all(residency, now)
    residency.contacts.all().delete()
    kept = [line for line in money.standing(residency) if line.paid_by != Side.HOST]
    residency.costs.all().delete()
    money.write(residency, kept)
    fields = [
        "host",
        "place",
        "host_agreed_at",
        "artist_agreed_at",
        "published_at",
        "answer_by",
        *_CANCELLING,
    ]
    details = {"from": former.name, "to": host.name}
    return locking.write(residency, "move", by, now, fields=fields, details=details, before=before)


def _call_off_sub_events(residency: Residency, now: datetime) -> None:
    """Those to come are not held, and the schools of their classes hear of it; what was held stays.

    Those that were called off with the stay say so instead of why it was cancelled: they may be public again.
    """
    why = _("The residency has another host.")
    sub_events.call_off(residency, why, now)
    if residency.cancelled_at:
        residency.sub_events.filter(cancelled_at=residency.cancelled_at).update(
            cancelled_why=why, sequence=F("sequence") + 1, version=F("version") + 1, changed_at=now
        )


def _touch(residency: Residency, now: datetime) -> None:
    """Calendars take the change of each period by its sequence."""
    residency.periods.update(sequence=F("sequence") + 1, changed_at=now)
