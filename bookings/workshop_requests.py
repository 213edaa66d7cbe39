"""The verbs of asking for a workshop: a school of the visit asks or takes it back, a pedagogue says no and why.

To say yes is to propose one (`workshops.propose`), which names the request. A school waits for one answer at a time.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from bookings import history, school_notices, slots
from bookings.models import Booking, Workshop, WorkshopRequest
from bookings.models.booking import Status
from tours.errors import NotNow, Refused
from venues.models import Group, Organisation, User

State = WorkshopRequest.Status


@transaction.atomic
def ask(
    booking: Booking,
    *,
    school: Organisation,
    kind: str,
    groups: Sequence[Group],
    wish: str,
    by: User,
    now: datetime,
) -> WorkshopRequest:
    """A school, host or guest, asks for a workshop for its own groups at a confirmed visit; the pedagogues hear of it.

    Args:
        wish: of times, in words; may be empty.

    Raises:
        NotNow: the visit is not confirmed, or the school waits for an answer already.
        Refused: the visit is over and it was to be before it (field "kind"), or a group is not the school's own at
            this visit (field "groups").
    """
    booking = slots.lock_booking(booking)
    if booking.status != Status.CONFIRMED or booking.audience != "school":
        raise NotNow(_("A workshop goes with a confirmed visit of a school."), booking=booking.pk)
    if booking.workshop_requests.waiting().filter(school=school).exists():
        raise NotNow(_("The school has asked already, and waits for an answer."), booking=booking.pk)
    if kind == Workshop.Kind.BEFORE and booking.occupied_from <= now:
        raise Refused(_("The visit has begun: ask for a workshop after it."), field="kind")
    own = set(booking.groups.filter(group__school__organisation=school).values_list("group", flat=True))
    if not groups or not {group.pk for group in groups} <= own:
        raise Refused(_("Choose among your own groups at the visit."), field="groups", booking=booking.pk)
    request = WorkshopRequest.objects.create(
        booking=booking, school=school, kind=kind, wish=" ".join(wish.split()), asked_by=by, asked_at=now
    )
    request.groups.set(groups)
    history.note(booking, "workshop_wanted", booking.status, by, now)
    school_notices.workshop_wanted(request, now)
    return request


@transaction.atomic
def decline(request: WorkshopRequest, *, by: User, now: datetime, reason: str) -> WorkshopRequest:
    """A pedagogue says no, and why; the school hears of it.

    Raises:
        NotNow: it waits for no answer (any more).
        Refused: there is no reason (field "reason").
    """
    request = waiting(request)
    if not reason.strip():
        raise Refused(_("Say why: the school gets these words."), field="reason")
    request = _close(request, State.DECLINED, by, now, answer=reason.strip())
    history.note(request.booking, "workshop_no", request.booking.status, by, now, reason=request.answer)
    school_notices.workshop_declined(request, now)
    return request


@transaction.atomic
def take_back(request: WorkshopRequest, *, by: User, now: datetime) -> WorkshopRequest:
    """The school does not want it any more. It is gone from the pedagogues' list; no mail is sent.

    Raises:
        NotNow: it waits for no answer (any more).
    """
    request = _close(waiting(request), State.TAKEN_BACK, by, now)
    history.note(request.booking, "workshop_unwanted", request.booking.status, by, now)
    return request


def answer(request: WorkshopRequest, workshop: Workshop, by: User, now: datetime) -> None:
    """Note the workshop that was proposed for it. Call it with the visit locked and the request read by `waiting`."""
    request.workshop = workshop
    _close(request, State.PROPOSED, by, now)


def call_off(booking: Booking, by: User | None, now: datetime) -> None:
    """The visit is not played: nobody waits any more. Call it with the visit locked."""
    booking.workshop_requests.waiting().update(status=State.TAKEN_BACK, answered_by=by, answered_at=now)


def waiting(request: WorkshopRequest) -> WorkshopRequest:
    """The request as it stands, its visit locked with it, until the transaction ends.

    Raises:
        NotNow: it waits for no answer (any more).
    """
    slots.lock_row(Booking.objects.get(pk=request.booking_id))
    found = WorkshopRequest.objects.with_ground().get(pk=request.pk)
    if found.status != State.WAITING:
        raise NotNow(
            _("The request is %(state)s: it waits for no answer.") % {"state": found.get_status_display()},
            request=request.pk,
        )
    return found


def _close(
    request: WorkshopRequest, status: str, by: User, now: datetime, answer: str = ""
) -> WorkshopRequest:
    request.status, request.answer = status, answer
    request.answered_by, request.answered_at = by, now
    request.save()
    return request
