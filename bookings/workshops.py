"""The verbs of a workshop: proposed by a pedagogue beside a school's visit, agreed by the school, moved, cancelled.

A pedagogue is never in two places: a look gives a friendly refusal, and `NoOverlap` on the table is the backstop. A
group is never in two either: it is locked and looked for (`group_days`). A workshop is counted as itself
(`took_part`), never as an audience: whoever came to the show was counted there.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bookings import group_days, history, school_notices, slots, workshop_requests
from bookings.errors import ItemChanged, SlotTaken
from bookings.models import Booking, Performance, VisitGroup, Workshop, WorkshopRequest
from bookings.models.booking import Status
from tours.errors import NotNow, Refused
from venues.dates import duration_text, moment_text
from venues.models import Group, Membership, User

#: How long a workshop may be. Source: the house's choice: a short meeting at least, half a day at most.
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=4)
#: The most that can have taken part; as the column has it.
TOOK_PART_MAX = 2000
Kind = Workshop.Kind


def steps_for(workshop: Workshop, now: datetime) -> set[str]:
    """What may be done about a workshop at that moment, whoever it is for: "move", "confirm", "cancel", "tell"."""
    if workshop.status == Workshop.Status.CANCELLED:
        return set()
    if workshop.ends_at <= now:
        return {"tell"} if workshop.status == Workshop.Status.CONFIRMED else set()
    is_asked = workshop.status == Workshop.Status.PROPOSED and workshop.starts_at > now
    return {"move", "cancel", "confirm"} if is_asked else {"move", "cancel"}


@transaction.atomic
def propose(
    booking: Booking,
    *,
    pedagogue: User,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    groups: Sequence[Group],
    by: User,
    now: datetime,
    request: WorkshopRequest | None = None,
) -> Workshop:
    """A workshop for some groups of a confirmed visit; their schools are asked.

    Args:
        request: the school's own, which is answered by it.

    Raises:
        NotNow: the visit is not confirmed (any more), or the request waits for no answer.
        Refused: the time, the room or the groups can not be; `field` says which.
        SlotTaken: the pedagogue, or one of the groups, is elsewhere then.
    """
    booking = _locked(booking)
    workshop = Workshop(
        booking=booking, pedagogue=pedagogue, kind=kind, created_at=now, changed_at=now, is_blocking=True
    )
    if not pedagogue.memberships.filter(role=Membership.Role.PEDAGOGUE).exists():
        raise Refused(_("Only a performing-arts pedagogue holds workshops."), field="pedagogue")
    wanted = workshop_requests.waiting(request) if request else None
    if wanted and wanted.booking_id != booking.pk:
        raise Refused(_("The request is about another visit."), field="request", booking=booking.pk)
    _set(workshop, starts_at, ends_at, place, groups, now)
    _store(workshop, groups, "workshop", by, now)
    if wanted:
        workshop_requests.answer(wanted, workshop, by, now)
    school_notices.about_workshop("workshop_asked", workshop, now, to_school=True)
    return workshop


@transaction.atomic
def move(
    workshop: Workshop,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    groups: Sequence[Group],
    by: User,
    now: datetime,
) -> Workshop:
    """Another time, room or other groups; the school is asked anew.

    Raises:
        NotNow: it is cancelled, or over.
        Refused, SlotTaken: as `propose`.
    """
    workshop = _open(workshop, "move", now)
    _set(workshop, starts_at, ends_at, place, groups, now)
    workshop.status = Workshop.Status.PROPOSED
    _store(workshop, groups, "workshop_moved", by, now)
    school_notices.about_workshop("workshop_asked", workshop, now, to_school=True)
    return workshop


@transaction.atomic
def confirm(workshop: Workshop, *, by: User, now: datetime, version: int | None = None) -> Workshop:
    """The school says yes; the pedagogue hears of it.

    Args:
        version: of the workshop that was looked at; None for callers who have looked at none.

    Raises:
        ItemChanged: it has been moved or changed since that version.
        NotNow: it is not proposed (any more), its time has passed, or the visit has changed so that it does not fit.
        SlotTaken: one of the groups is elsewhere then by now.
    """
    workshop = _open(workshop, "confirm", now, version)
    groups = list(workshop.groups.all())
    if not _fits(workshop, groups):
        raise NotNow(
            _(
                "The visit has changed, and the workshop does not fit its groups any more. Its pedagogue moves it, or "
                "one of you cancels it."
            ),
            workshop=workshop.pk,
        )
    group_days.lock(group.pk for group in groups)
    _check_free(workshop, workshop.starts_at, workshop.ends_at, groups)
    workshop.status = Workshop.Status.CONFIRMED
    _write(workshop, "workshop_yes", by, now)
    school_notices.about_workshop("workshop_agreed", workshop, now, to_school=False)
    return workshop


@transaction.atomic
def cancel(workshop: Workshop, *, by: User, now: datetime, reason: str) -> Workshop:
    """Either side takes it back, and says why; the other hears of it.

    Raises:
        NotNow: it is cancelled already, or over.
        Refused: there is no reason.
    """
    workshop = _open(workshop, "cancel", now)
    if not reason.strip():
        raise Refused(_("Say why: the other side gets these words."), field="reason", workshop=workshop.pk)
    _end(workshop, by, now, reason.strip())
    school_notices.about_workshop(
        "workshop_off", workshop, now, to_school=by.pk == workshop.pedagogue_id, message=reason.strip()
    )
    return workshop


@transaction.atomic
def tell_took_part(workshop: Workshop, *, by: User, now: datetime, count: int) -> Workshop:
    """How many pupils took part, once it is over.

    Raises:
        NotNow: it was not agreed, or is not over yet.
        Refused: no such number can be (field "took_part").
    """
    workshop = _open(workshop, "tell", now)
    if not 0 <= count <= TOOK_PART_MAX:
        raise Refused(
            _("Give a number from 0 to %(most)d.") % {"most": TOOK_PART_MAX},
            field="took_part",
            workshop=workshop.pk,
        )
    workshop.took_part = count
    _write(workshop, "workshop_came", by, now)
    return workshop


def call_off(booking: Booking, by: User | None, now: datetime) -> None:
    """The visit is not played: its workshops to come are cancelled, and their pedagogues hear of it.

    Call it with the visit locked.
    """
    workshop_requests.call_off(booking, by, now)
    for workshop in booking.workshops.standing().filter(ends_at__gt=now).with_ground():
        _end(workshop, by, now, "")
        school_notices.about_workshop("workshop_off", workshop, now, to_school=False)


def follow(booking: Booking, by: User | None, now: datetime) -> None:
    """The visit has moved: what was agreed beside it is proposed again, and the pedagogues hear of it.

    Call it with the visit locked.
    """
    for workshop in booking.workshops.standing().filter(starts_at__gt=now).with_ground():
        _propose_again(workshop, by, now)


def follow_groups(booking: Booking, by: User | None, now: datetime) -> None:
    """Groups have left the visit or see another show: what was agreed for them and does not fit is proposed again.

    Call it with the visit locked.
    """
    agreed = booking.workshops.filter(status=Workshop.Status.CONFIRMED, starts_at__gt=now)
    for workshop in agreed.with_ground():
        if not _fits(workshop, list(workshop.groups.all())):
            _propose_again(workshop, by, now)


def _propose_again(workshop: Workshop, by: User | None, now: datetime) -> None:
    workshop.status = Workshop.Status.PROPOSED
    _write(workshop, "workshop_again", by, now)
    school_notices.about_workshop("workshop_moved", workshop, now, to_school=False)


def _fits(workshop: Workshop, groups: Sequence[Group]) -> bool:
    """Whether its groups come to its visit and it lies on the right side of their shows, as the visit is now."""
    try:
        _check_groups(workshop, workshop.starts_at, workshop.ends_at, groups)
    except Refused:
        return False
    return True


def _locked(booking: Booking) -> Booking:
    booking = slots.lock_booking(booking)
    if booking.status != Status.CONFIRMED or booking.audience != "school":
        raise NotNow(_("A workshop goes with a confirmed visit of a school."), booking=booking.pk)
    return booking


def lock(workshop: Workshop) -> Workshop:
    """The workshop as it stands, its visit locked until the transaction ends: no step is taken without that."""
    slots.lock_row(Booking.objects.get(pk=workshop.booking_id))
    return Workshop.objects.with_ground().get(pk=workshop.pk)


def _open(workshop: Workshop, step: str, now: datetime, version: int | None = None) -> Workshop:
    """The workshop, locked, if the step may be taken. Raises NotNow, and ItemChanged where a version is told."""
    found = lock(workshop)
    if version is not None and found.version != version:
        raise ItemChanged(
            _("The workshop has changed since you opened the page. Look again; nothing was changed."),
            workshop=found.pk,
            version=found.version,
        )
    if step in steps_for(found, now):
        return found
    if found.status == Workshop.Status.CANCELLED:
        raise NotNow(_("The workshop is cancelled."), workshop=workshop.pk)
    sentences = {
        "confirm": _("The workshop is not waiting for an answer (any more)."),
        "tell": _("Who took part is told when the workshop is over."),
    }
    raise NotNow(sentences.get(step) or _("The workshop is over."), workshop=workshop.pk)


def _set(
    workshop: Workshop,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    groups: Sequence[Group],
    now: datetime,
) -> None:
    """Check and fill in; locks the groups and the pedagogue."""
    _check_time(starts_at, ends_at, now)
    if not place.strip():
        raise Refused(_("Say in which room it is held."), field="place")
    _check_groups(workshop, starts_at, ends_at, groups)
    group_days.lock(group.pk for group in groups)
    User.objects.select_for_update(no_key=True).get(pk=workshop.pedagogue_id)
    _check_free(workshop, starts_at, ends_at, groups)
    workshop.starts_at, workshop.ends_at, workshop.place = starts_at, ends_at, " ".join(place.split())


def _check_time(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if starts_at <= now:
        raise Refused(_("That time has passed. Choose one to come."), field="starts_at")
    if not SHORTEST <= ends_at - starts_at <= LONGEST:
        raise Refused(
            _("A workshop lasts from %(least)s to %(most)s.")
            % {"least": duration_text(SHORTEST.seconds // 60), "most": duration_text(LONGEST.seconds // 60)},
            field="ends_at",
        )


def _check_groups(
    workshop: Workshop, starts_at: datetime, ends_at: datetime, groups: Sequence[Group]
) -> None:
    booking = workshop.booking
    shows = {show.number: show for show in booking.performances.all()}
    coming = {row.group_id: shows.get(row.show_number) for row in booking.groups.all()}
    if not groups or not {group.pk for group in groups} <= coming.keys():
        raise Refused(
            _("Choose among the groups that come to the visit."), field="groups", booking=booking.pk
        )
    seen = [show for group in groups if (show := coming[group.pk])]
    if workshop.kind == Kind.BEFORE and any(ends_at > show.starts_at for show in seen):
        raise Refused(_("Before the visit means: it ends before its groups see the show."), field="ends_at")
    if workshop.kind == Kind.AFTER and any(starts_at < show.ends_at for show in seen):
        raise Refused(
            _("After the visit means: it begins when its groups have seen the show."), field="starts_at"
        )


def _check_free(workshop: Workshop, starts_at: datetime, ends_at: datetime, groups: Sequence[Group]) -> None:
    others = Workshop.objects.standing().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    others = others.exclude(pk=workshop.pk).select_related("booking__presenter")
    if taken := others.filter(pedagogue=workshop.pedagogue_id).first():
        raise SlotTaken(
            _("%(who)s is at %(school)s from %(start)s then. Choose another time.")
            % {
                "who": workshop.pedagogue,
                "school": taken.booking.presenter,
                "start": moment_text(taken.starts_at),
            },
            workshop=taken.pk,
        )
    busy = others.filter(groups__in=groups).first() or _show_then(starts_at, ends_at, groups)
    if busy:
        raise SlotTaken(
            _("One of the groups is busy from %(start)s then: %(what)s. Choose another time or other groups.")
            % {"start": moment_text(busy.starts_at), "what": busy.booking}
        )


def _show_then(starts_at: datetime, ends_at: datetime, groups: Sequence[Group]) -> Performance | None:
    """A show that one of the groups sees in that time."""
    rows = VisitGroup.objects.filter(group__in=groups, booking__in=Booking.objects.reserving())
    pairs = set(rows.values_list("booking", "show_number"))
    shows = Performance.objects.filter(
        booking__in={booking for booking, _number in pairs}, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).select_related("booking__tour__production", "booking__presenter")
    return next((show for show in shows if (show.booking_id, show.number) in pairs), None)


def _store(workshop: Workshop, groups: Sequence[Group], action: str, by: User, now: datetime) -> None:
    is_new = workshop.pk is None
    try:
        with transaction.atomic():
            if is_new:
                workshop.save()
                workshop.groups.set(groups)
                history.note(workshop.booking, action, workshop.booking.status, by, now)
            else:
                workshop.groups.set(groups)
                _write(workshop, action, by, now)
    except IntegrityError as error:
        raise SlotTaken(
            _("Somebody else took the time at the same moment. Choose another time."),
            booking=workshop.booking_id,
        ) from error


def _write(workshop: Workshop, action: str, by: User | None, now: datetime, reason: str = "") -> None:
    """The row as its next version; calendars take the change by its sequence."""
    workshop.version += 1
    workshop.sequence += 1
    workshop.changed_at = now
    workshop.save()
    history.note(workshop.booking, action, workshop.booking.status, by, now, reason=reason)


def _end(workshop: Workshop, by: User | None, now: datetime, reason: str) -> None:
    workshop.status, workshop.is_blocking = Workshop.Status.CANCELLED, False
    _write(workshop, "workshop_off", by, now, reason)
