"""The verbs of a confirmed visit's preparation: its list is made, its items are settled, its practical facts told.

Both sides may settle every item: who did it stands beside it. Only a visit that is confirmed is prepared.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import checklists, history, notices
from bookings.checklists import Entry, State
from bookings.clockwork import for_each
from bookings.errors import ItemChanged
from bookings.models import Booking, Checklist, ChecklistItem, OwnItem, VisitFacts
from bookings.models.advancing import OwnItems
from bookings.models.booking import Status
from bookings.practical import FIELDS
from bookings.states import PRESENTER, PRODUCER
from tours.errors import NotNow, Refused
from tours.rooms import Verdict
from tours.windows import midnight
from venues.models import ChecklistTemplate, User

#: When on its day a reminder is sent, local time (the house's choice: read in the morning, settled the same day).
REMIND_AT = timedelta(hours=8)
#: State that an item is set to -> the word of history.
ACTIONS = {State.OPEN: "untick", State.DONE: "tick", State.NOT_APPLICABLE: "not_needed"}


def make_list(booking: Booking, now: datetime, *, other_room: bool = False) -> Checklist | None:
    """The visit's list from the template that holds now; None where the region has none. Call it in a transaction.

    Later changes of the template leave it as it is. Needs that the room does not meet, or nobody knows, come last.
    A visit that is confirmed anew at another time keeps the list it had, with what was done open again.

    Args:
        other_room: whether it has got another room: then what was agreed about the old one is open again too.
    """
    template = template_of(booking, timezone.localdate(now))
    if template is None:
        return None
    kept = Checklist.objects.filter(booking=booking).first()
    if kept is not None:
        return _renew(kept, _remind_at(booking, template.remind_days, now), other_room=other_room)
    checklist = Checklist.objects.create(
        booking=booking,
        label=template.label,
        source=template.source,
        crew_roles=template.crew_roles,
        made_at=now,
        remind_at=_remind_at(booking, template.remind_days, now),
    )
    items = [*_template_items(checklist, template), *_own_items(checklist), *_room_items(checklist)]
    for position, item in enumerate(items):
        item.position = position
    ChecklistItem.objects.bulk_create(items)
    return checklist


@transaction.atomic
def start(booking: Booking, *, by: User, now: datetime) -> Booking:
    """Make the list of a visit that was confirmed before its region had a template.

    Raises:
        NotNow: it has a list, or is not confirmed (any more).
        Refused: the region has no template.
    """
    booking = lock_confirmed(booking)
    if checklists.list_of(booking):
        raise NotNow(_("The visit has its list already. Reload the page."), booking=booking.pk)
    if make_list(booking, now) is None:
        raise Refused(
            _("%(region)s has no checklist yet. It comes with the region's data: `manage.py load_region`.")
            % {"region": booking.tour.season.region},
            booking=booking.pk,
        )
    history.note(booking, "list", booking.status, by, now)
    return booking


@transaction.atomic
def settle(
    booking: Booking, key: str, *, version: int, state: str, note: str = "", by: User, now: datetime
) -> ChecklistItem:
    """Settle an item, or open it again. What is so already stays as it is, whoever asks for it.

    Args:
        key: the item's, as `checklists.entries` has it.
        version: of the item, as it was shown; 0 for a need of the room that is not stored yet.
        note: what was agreed; asked for where it is not applicable, and of a need of the room.

    Raises:
        ItemChanged: somebody has set it to something else since that version.
        NotNow: the visit is not confirmed (any more).
        Refused: there is no such item, or the note is missing.
    """
    booking = lock_confirmed(booking)
    entry = _entry(booking, key, now)
    if state not in State.values:
        raise Refused(_("Say whether it is done, open or does not apply."), field="state", key=key)
    item, note = entry.item, note.strip()
    if (item.state, item.note) == (state, note):
        return item
    if item.version != version:
        raise ItemChanged(_changed(item), booking=booking.pk, key=key, version=item.version)
    _check_note(entry, state, note)
    if entry.is_of_room and entry.line:
        item.words = checklists.room_words(booking)[entry.line.key]
    item.state, item.note, item.version = State(state), note if state != State.OPEN else "", version + 1
    item.by, item.at = (None, None) if state == State.OPEN else (by, now)
    item.save()
    action = "solve" if entry.is_of_room and state == State.DONE else ACTIONS[State(state)]
    history.note(booking, action, booking.status, by, now, reason=note, details={"words": item.words})
    return item


@transaction.atomic
def tell(
    booking: Booking, facts: Mapping[str, str], *, version: int, by: User, now: datetime
) -> VisitFacts | None:
    """Write practical facts of the visit; one that is empty follows from the room and the rider again.

    Args:
        facts: by the names of `practical.FIELDS`; those that are not there stay.
        version: of the facts as they were shown; 0 where nothing had been told.

    Raises:
        ItemChanged: somebody has told something since.
        NotNow: the visit is not confirmed (any more).
    """
    booking = lock_confirmed(booking)
    told = VisitFacts.objects.filter(booking=booking).first() or VisitFacts(booking=booking, version=0)
    changed = [name for name in FIELDS if name in facts and getattr(told, name) != facts[name].strip()]
    if not changed:
        return told if told.pk else None
    if told.version != version:
        raise ItemChanged(
            _("Somebody has changed these facts since you opened the page. Compare, and save again."),
            booking=booking.pk,
            version=told.version,
        )
    for name in changed:
        setattr(told, name, facts[name].strip())
    told.version, told.changed_at = version + 1, now
    told.save()
    history.note(booking, "practical", booking.status, by, now, details={"fields": changed})
    return told


def remind_due(now: datetime) -> int:
    """Tell the sides of visits that come soon what they have left to settle, each once; how many visits."""
    due = Checklist.objects.filter(remind_at__lte=now).order_by("pk").values_list("booking", flat=True)
    return for_each(_remind, due, now)


def lock_confirmed(booking: Booking) -> Booking:
    """The booking as it stands, locked until the transaction ends, if it is confirmed.

    Raises:
        NotNow: it is not (any more); nothing is prepared then.
    """
    Booking.objects.select_for_update(no_key=True).get(pk=booking.pk)
    found = Booking.objects.with_ground().get(pk=booking.pk)
    if found.status != Status.CONFIRMED:
        raise NotNow(
            _("Nothing is prepared now: the visit is %(state)s. What was settled before is kept.")
            % {"state": found.get_status_display()},
            booking=booking.pk,
            status=found.status,
        )
    return found


def template_of(booking: Booking, day: date) -> ChecklistTemplate | None:
    """The template that holds for the visit on that day: its season's region's newest."""
    of_region = ChecklistTemplate.objects.filter(region=booking.tour.season.region_id)
    return of_region.valid_on(day).first()


@transaction.atomic
def _remind(booking_pk: int, now: datetime) -> int:
    Booking.objects.select_for_update(no_key=True).get(pk=booking_pk)
    booking = Booking.objects.with_ground().get(pk=booking_pk)
    asked = Checklist.objects.filter(booking=booking, remind_at__lte=now).update(remind_at=None)
    if not asked or booking.status != Status.CONFIRMED or booking.occupied_from <= now:
        return 0  # reminded by another, cancelled or begun in the meantime
    sides = [side for side in (PRODUCER, PRESENTER) if checklists.due_for(booking, side, now)]
    for side in sides:
        notices.to_settle(booking, side, now)
    return bool(sides)


def _remind_at(booking: Booking, days: int, now: datetime) -> datetime | None:
    """So many days before the visit, but not before anything on a late list is due; None if the visit comes first."""
    day = timezone.localdate(booking.occupied_from) - timedelta(days=days)
    at = midnight(max(day, timezone.localdate(now) + checklists.GRACE)) + REMIND_AT
    return at if days and at < booking.occupied_from else None


def _renew(checklist: Checklist, remind_at: datetime | None, *, other_room: bool) -> Checklist:
    """Opens what was done for another time; notes, what does not apply and what was agreed about the room stay."""
    done = checklist.items.filter(state=State.DONE)
    done = done if other_room else done.filter(rider_line="")
    done.update(state=State.OPEN, by=None, at=None, version=F("version") + 1)
    checklist.remind_at = remind_at
    checklist.save(update_fields=["remind_at"])
    return checklist


def _template_items(checklist: Checklist, template: ChecklistTemplate) -> list[ChecklistItem]:
    booking = checklist.booking
    left_out = set(_own(booking).filter(kind=OwnItem.Kind.LEFT_OUT).values_list("key", flat=True))
    return [
        ChecklistItem(
            checklist=checklist,
            key=item["key"],
            phase=item["phase"],
            words={"sv": item["sv"], "en": item["en"]},
            who=item["who"],
            due_days=item["due_days"],
        )
        for item in template.items
        if item["key"] not in left_out and booking.audience in item.get("audience", [booking.audience])
    ]


def _own_items(checklist: Checklist) -> list[ChecklistItem]:
    """What the producer adds, in the one language in which it was written."""
    return [
        ChecklistItem(
            checklist=checklist,
            key=f"own-{own.pk}",
            phase=own.phase,
            words={checklist.booking.tour.production.ensemble.producer.language: own.text},
            who=own.who,
            due_days=own.due_days,
        )
        for own in _own(checklist.booking).filter(kind=OwnItem.Kind.ADDED)
    ]


def _own(booking: Booking) -> OwnItems:
    production = booking.tour.production
    for_it = Q(production__isnull=True) | Q(production=production)
    return OwnItem.objects.filter(for_it, producer=production.ensemble.producer_id)


def _room_items(checklist: Checklist) -> list[ChecklistItem]:
    words = checklists.room_words(checklist.booking)
    return [
        checklists.room_item(checklist, line, words[line.key], 1)
        for line in checklists.room_lines(checklist.booking)
        if line.verdict != Verdict.FITS
    ]


def _entry(booking: Booking, key: str, now: datetime) -> Entry:
    for entry in checklists.entries(booking, now):
        if entry.item.key == key:
            return entry
    raise Refused(_("The visit's list has no such item. Reload the page."), booking=booking.pk, key=key)


def _check_note(entry: Entry, state: str, note: str) -> None:
    if state == State.NOT_APPLICABLE and not note:
        raise Refused(_("Say in a few words why it does not apply."), field="note", key=entry.item.key)
    if state == State.DONE and entry.is_of_room and not note:
        raise Refused(
            _("Say how it is solved, and by whom: the room does not have it."),
            field="note",
            key=entry.item.key,
        )


def _changed(item: ChecklistItem) -> str:
    if item.by is None:
        return _("Somebody has opened “%(item)s” again since you loaded the page. Look again.") % {
            "item": item
        }
    return _(
        "%(who)s has set “%(item)s” to %(state)s since you loaded the page. Look again; nothing was changed."
    ) % {
        "who": item.by,
        "item": item,
        "state": item.get_state_display(),
    }
