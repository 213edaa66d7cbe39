"""The verbs of a residency's sub-events: added, changed, cancelled, and told of afterwards.

A sub-event is counted as itself, never as a performance. It lies on the days of the stay; its room is the residency's
own, another venue, which it then reserves, or told in words. Schools whose groups take part are told of every step.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import group_days
from bookings.errors import SlotTaken
from bookings.models import Residency, SubEvent
from bookings.residencies import class_checks, event_mail, locking, reserving
from bookings.residencies.event_rooms import venues_for
from bookings.residencies.invited_classes import check_groups
from tours.errors import NotNow, Refused
from tours.lengths import check_column
from venues.dates import duration_text, span_text
from venues.models import Group, School, User, Venue

#: How long one lasts. Source: the house's choice: a short meeting at least, a day at most.
SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=12)
#: An evening ends before this hour of the next day. Source: the house's choice.
NIGHT_ENDS = time(6)
#: The most that can have come; as the column has it.
CAME_MAX = 32_000


@dataclass(frozen=True)
class SubEventInput:
    """All that a sub-event says.

    Attributes:
        room: where it is, where that is no venue here; without venue and room it is where the residency is.
        venue: one of `venues_for`.
        groups: of schools in the municipality where the residency is.
    """

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    title_en: str = ""
    about: str = ""
    venue: Venue | None = None
    room: str = ""
    is_public: bool = False
    groups: Sequence[Group] = ()


_COLUMNS = [field.name for field in fields(SubEventInput) if field.name != "groups"]


def steps_for(event: SubEvent, now: datetime) -> set[str]:
    """What may be done about it at that moment: "change", "cancel", "tell"."""
    if event.cancelled_at or event.residency.status == Residency.Status.CANCELLED:
        return set()
    return {"tell"} if event.ends_at <= now else {"change", "cancel"}


@transaction.atomic
def add(
    residency: Residency, data: SubEventInput, *, by: User, now: datetime, despite: bool = False
) -> SubEvent:
    """A sub-event of the residency; the schools whose groups take part are told.

    Args:
        despite: the schools' calendars say no to the time, and whoever adds it knows.

    Raises:
        NotNow: the residency is cancelled.
        Refused: something can not be (`field` names it); SchoolSaysNo where it is a school's calendar.
        SlotTaken: the room is taken or closed then, or a group sees something else that day.
    """
    residency = _with_rooms(residency, data.venue)
    if residency.status == Residency.Status.CANCELLED:
        raise NotNow(_("The residency is cancelled."), residency=residency.pk)
    event = SubEvent(residency=residency, changed_at=now)
    _set(event, data, now, by=by, despite=despite)
    locking.note(residency, "sub_event", by, now, details=_told(event))
    event_mail.tell(event_mail.SET, event, _schools(data.groups), now)
    return event


@transaction.atomic
def change(
    event: SubEvent, data: SubEventInput, *, version: int, by: User, now: datetime, despite: bool = False
) -> SubEvent:
    """Say it anew. Calendars take the change by its sequence; the schools of its groups, old and new, are told.

    Raises:
        ItemChanged: somebody has changed it since that version.
        NotNow: it is cancelled or over, or its residency is cancelled.
        Refused, SlotTaken: as `add`.
    """
    event = _lock(event, version, data.venue)
    _check_step(event, "change", now)
    before, old_groups = _told(event), list(event.groups.all())
    if standing(event) == data:
        return event
    _set(event, data, now, by=by, despite=despite)
    locking.note(
        event.residency, "sub_event_changed", by, now, details={"before": before, "after": _told(event)}
    )
    _tell_of_change(event, before, old_groups, now)
    return event


@transaction.atomic
def cancel(event: SubEvent, *, why: str, version: int, by: User, now: datetime) -> SubEvent:
    """It is not held; it stays in calendars as cancelled, and the schools of its groups are told why.

    Raises:
        ItemChanged: somebody has changed it since that version.
        NotNow: it is cancelled or over.
        Refused: there is no reason, or it is too long.
    """
    event = _lock(event, version)
    _check_step(event, "cancel", now)
    if not why.strip():
        raise Refused(_("Say why: whoever was to come reads it."), field="why")
    check_column(SubEvent, "cancelled_why", why.strip(), field="why")
    _end(event, why.strip(), now)
    _reserve(event.residency, now)
    locking.note(event.residency, "sub_event_off", by, now, reason=why.strip(), details=_told(event))
    return event


@transaction.atomic
def tell(
    event: SubEvent,
    *,
    held: bool,
    attendance: int | None,
    young: int | None,
    version: int,
    by: User,
    now: datetime,
) -> SubEvent:
    """Whether it was held, and how many came; may be told anew.

    Raises:
        ItemChanged: somebody has changed it since that version.
        NotNow: it is not over, or cancelled.
        Refused: the numbers can not be (`field` says which).
    """
    event = _lock(event, version)
    _check_step(event, "tell", now)
    _check_came(held, attendance, young)
    event.outcome = SubEvent.Outcome.HELD if held else SubEvent.Outcome.NOT_HELD
    event.attendance, event.attendance_young = attendance, young
    event.version += 1
    event.save(update_fields=["outcome", "attendance", "attendance_young", "version"])
    told = {"held": held, "attendance": attendance, "young": young}
    locking.note(event.residency, "sub_event_told", by, now, details={**_told(event), **told})
    return event


@transaction.atomic
def take_groups_out(
    event: SubEvent, school: School, *, why: str, version: int, by: User, now: datetime
) -> SubEvent:
    """A school says that its groups do not come; the host is told why.

    Raises:
        ItemChanged: somebody has changed it since that version.
        NotNow: it is cancelled or over, or none of its groups is the school's.
        Refused: there is no reason.
    """
    event = _lock(event, version)
    _check_step(event, "change", now)
    theirs = list(event.groups.filter(school=school))
    if not theirs:
        raise NotNow(_("None of the school’s groups is to come."), sub_event=event.pk)
    if not why.strip():
        raise Refused(_("Say why: the host reads it."), field="why")
    event.groups.remove(*theirs)
    _touch(event, now)
    names = [group.name for group in theirs]
    locking.note(
        event.residency,
        "groups_out",
        by,
        now,
        reason=why.strip(),
        details={**_told(event), "school": str(school), "out": names},
    )
    event_mail.tell_host_of_no(event, school, names, why.strip(), now)
    return event


def call_off(residency: Residency, why: str, now: datetime) -> None:
    """The residency is cancelled, or goes to another host: its sub-events to come are not held, and schools are told.

    Call it with the residency locked; its rooms are let go with all that it had.
    """
    for event in residency.sub_events.filter(cancelled_at=None, ends_at__gt=now).prefetch_related("groups"):
        _end(event, why, now)


def outside(residency: Residency) -> list[SubEvent]:
    """The standing sub-events that lie on no day of the stay any more, as its periods are stored now."""
    standing_ones = residency.sub_events.filter(cancelled_at=None)
    return [event for event in standing_ones if not _lies_within(event)]


def standing(event: SubEvent) -> SubEventInput:
    """All that it says now."""
    return SubEventInput(
        **{name: getattr(event, name) for name in _COLUMNS}, groups=list(event.groups.order_by("pk"))
    )


# -- How it is done ---------------------------------------


def _lock(event: SubEvent, version: int, venue: Venue | None = None) -> SubEvent:
    """The sub-event with its room, the other room and its residency locked. Raises ItemChanged."""
    seen = SubEvent.objects.get(pk=event.pk)
    residency = _with_rooms(seen.residency, venue)
    found = SubEvent.objects.select_related("venue").prefetch_related("groups").get(pk=event.pk)
    found.residency = residency
    locking.check_version(version, found.version, sub_event=found.pk)
    return found


def _with_rooms(residency: Residency, venue: Venue | None) -> Residency:
    """The residency with all that it reserves and that venue locked."""
    found = locking.lock_with_rooms(residency, venues=[venue.pk] if venue else [])
    return Residency.objects.with_ground().get(pk=found.pk)


def _reserve(residency: Residency, now: datetime) -> None:
    """Reserve what the sub-events need beside the residency's own rooms; what is let go goes to whoever waits."""
    try:
        reserving.fit_sub_events(residency, now)
    except SlotTaken as error:
        error.field = error.field or "venue"
        raise


def _check_step(event: SubEvent, step: str, now: datetime) -> None:
    if step in steps_for(event, now):
        return
    if event.cancelled_at:
        raise NotNow(_("It is cancelled."), sub_event=event.pk)
    if event.residency.status == Residency.Status.CANCELLED:
        raise NotNow(_("The residency is cancelled."), sub_event=event.pk)
    sentence = _("What came of it is told when it is over.") if step == "tell" else _("It is over.")
    raise NotNow(sentence, sub_event=event.pk)


def _set(event: SubEvent, data: SubEventInput, now: datetime, *, by: User, despite: bool) -> None:
    """Check, write, and reserve; the groups are locked last of all."""
    _check_words(data)
    _check_time(event.residency, data)
    _check_venue(event, data.venue, by)
    groups = check_groups(event.residency, data.groups, data.starts_at)
    is_moved = (event.starts_at, event.ends_at) != (data.starts_at, data.ends_at)
    is_new_to = {group.pk for group in groups} - _group_keys(event)
    for name in _COLUMNS:
        setattr(event, name, getattr(data, name))
    event.title, event.room = " ".join(data.title.split()), " ".join(data.room.split())
    group_days.check_event(event, [group.pk for group in groups])
    if groups and (is_moved or is_new_to) and not despite:
        class_checks.check(event, groups)
    if event.pk is None:
        event.save()
    else:
        _touch(event, now)
    event.groups.set(groups)
    _reserve(event.residency, now)


def _group_keys(event: SubEvent) -> set[int]:
    return set(event.groups.values_list("pk", flat=True)) if event.pk else set()


def _touch(event: SubEvent, now: datetime) -> None:
    """The row as its next version, for calendars too."""
    event.version += 1
    event.sequence += 1
    event.changed_at = now
    event.save()


def _end(event: SubEvent, why: str, now: datetime) -> None:
    schools = _schools(event.groups.all())
    event.cancelled_at, event.cancelled_why = now, why
    _touch(event, now)
    event_mail.tell(event_mail.OFF, event, schools, now)


def _tell_of_change(event: SubEvent, before: dict[str, str], old: Sequence[Group], now: datetime) -> None:
    """Schools that stay hear of another time or room, those that come of all, those that leave that they do."""
    were, are = _schools(old), _schools(event.groups.all())
    after = _told(event)
    told = {"starts_at", "ends_at", "where", "groups"}
    is_news = any(before[name] != after[name] for name in told)
    event_mail.tell(event_mail.SET, event, [one for one in are if one not in were], now)
    if is_news:
        event_mail.tell(event_mail.CHANGED, event, [one for one in are if one in were], now)
    event_mail.tell(event_mail.OFF, event, [one for one in were if one not in are], now)


def _schools(groups: Iterable[Group]) -> list[School]:
    keys = {group.school_id for group in groups}
    return list(School.objects.filter(pk__in=keys).select_related("organisation__region").order_by("pk"))


def _told(event: SubEvent) -> dict[str, str]:
    """What it says, for the history and for comparing."""
    return {
        "sub_event": str(event.pk or ""),
        "kind": event.kind,
        "title": event.title,
        "starts_at": timezone.localtime(event.starts_at).strftime("%Y-%m-%d %H:%M"),
        "ends_at": timezone.localtime(event.ends_at).strftime("%Y-%m-%d %H:%M"),
        "where": str(event.venue or event.room),
        "groups": ", ".join(str(group) for group in event.groups.order_by("pk")),
    }


# -- What it must be ---------------------------------------


def _check_words(data: SubEventInput) -> None:
    if data.kind not in SubEvent.Kind.values:
        raise Refused(_("There is no such kind."), field="kind")
    if not data.title.strip():
        raise Refused(_("This must be filled in."), field="title")
    for name in ("title", "title_en", "about", "room"):
        check_column(SubEvent, name, getattr(data, name))
    if data.venue and data.room.strip():
        raise Refused(_("Choose a venue or write a room, not both."), field="room")


def _check_venue(event: SubEvent, venue: Venue | None, by: User) -> None:
    if venue is None:
        return
    if venue.is_closed_down:
        raise Refused(_("The venue is no longer in use."), field="venue")
    if venue.pk != event.venue_id and not venues_for(by, event.residency).filter(pk=venue.pk).exists():
        raise Refused(
            _(
                "Choose a venue of the host, or one that the residency has; others are reserved by their house."
            ),
            field="venue",
        )


def _check_time(residency: Residency, data: SubEventInput) -> None:
    length = data.ends_at - data.starts_at
    if length <= timedelta(0):
        raise Refused(_("It must end after it starts."), field="ends_at")
    if not SHORTEST <= length <= LONGEST:
        raise Refused(
            _("It lasts from %(least)s to %(most)s.")
            % {
                "least": duration_text(SHORTEST.seconds // 60),
                "most": duration_text(LONGEST.seconds // 60),
            },
            field="ends_at",
        )
    probe = SubEvent(residency=residency, starts_at=data.starts_at, ends_at=data.ends_at)
    if not _lies_within(probe):
        periods = ", ".join(span_text(one.starts_on, one.ends_on) for one in residency.periods.all())
        raise Refused(
            _("It must lie on the days of the stay: %(periods)s.") % {"periods": periods}
            if periods
            else _("Say first on which days the stay is."),
            field="starts_at",
        )


def _lies_within(event: SubEvent) -> bool:
    """Whether all of it lies on days of one period; a last hour after midnight belongs to the evening."""
    first = timezone.localdate(event.starts_at)
    last = timezone.localdate(event.ends_at - timedelta(hours=NIGHT_ENDS.hour))
    return any(
        one.starts_on <= first and max(first, last) <= one.ends_on for one in event.residency.periods.all()
    )


def _check_came(held: bool, attendance: int | None, young: int | None) -> None:
    if not held and (attendance or young):
        raise Refused(_("Nobody came to what was not held."), field="attendance")
    for name, count in (("attendance", attendance), ("attendance_young", young)):
        if count is not None and not 0 <= count <= CAME_MAX:
            raise Refused(_("Give a number from 0 to %(most)d.") % {"most": CAME_MAX}, field=name)
    if young is not None and (attendance is None or young > attendance):
        raise Refused(_("The young ones are among all who came."), field="attendance_young")
