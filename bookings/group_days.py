"""A group sees one thing a day: what else its day has, and the refusal where that is another visit or sub-event.

No two rows show it by themselves, so no constraint can: the groups are locked, and whoever comes second looks after the
first has committed. They are locked last of all, after the visits.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.errors import SlotTaken
from bookings.models import Booking, SubEvent, VisitGroup, Workshop
from tours.windows import midnight
from venues.dates import day_text, moment_text
from venues.models import Group


def lock(groups: Iterable[int]) -> None:
    """Lock the groups until the transaction ends, in one order."""
    keys = sorted(groups)
    if keys:
        list(Group.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values("pk"))


def check(booking: Booking, groups: Iterable[int] | None = None) -> None:
    """See that no group of the visit comes to another one on its day; they are locked for it.

    Args:
        groups: those that would come, where they are not stored yet.

    Raises:
        SlotTaken: one does; the sentence names the group and the other visit.
    """
    if booking.audience != "school":
        return
    keys = set(booking.groups.values_list("group", flat=True) if groups is None else groups)
    lock(keys)
    if found := _other(booking, keys):
        raise _taken(found)
    if workshop := _workshop(booking, keys):
        raise SlotTaken(
            _(
                "A group of the visit has a workshop from %(start)s then. Choose another time, or move the workshop."
            )
            % {"start": moment_text(workshop.starts_at)},
            workshop=workshop.pk,
        )
    if event := _sub_event(booking.occupied_from, keys):
        raise _at(event)


def check_event(event: SubEvent, groups: Iterable[int]) -> None:
    """The same for a residency's sub-event as it would be, before it is stored; its groups are locked.

    Raises:
        SlotTaken: one of them comes to a visit or another sub-event that day, or has a workshop at that time.
    """
    keys = set(groups)
    lock(keys)
    if found := _visit(event.starts_at, keys).first():
        raise _taken(found)
    if other := _sub_event(event.starts_at, keys, but=event.pk):
        raise _at(other)
    workshops = Workshop.objects.standing().filter(groups__in=keys) if keys else Workshop.objects.none()
    if workshop := workshops.filter(starts_at__lt=event.ends_at, ends_at__gt=event.starts_at).first():
        raise SlotTaken(
            _("One of the groups has a workshop from %(start)s then. Choose another time.")
            % {"start": moment_text(workshop.starts_at)},
            field="groups",
            workshop=workshop.pk,
        )


def look(booking: Booking) -> None:
    """The same for a visit as it would be, without locks; raises as `check` does."""
    if booking.pk and booking.audience == "school":
        keys = set(booking.groups.values_list("group", flat=True))
        if found := _other(booking, keys):
            raise _taken(found)
        if event := _sub_event(booking.occupied_from, keys):
            raise _at(event)


def day_of(moment: datetime) -> tuple[datetime, datetime]:
    """The day of a moment, half-open."""
    day: date = timezone.localdate(moment)
    return midnight(day), midnight(day + timedelta(days=1))


def _other(booking: Booking, groups: set[int]) -> VisitGroup | None:
    return _visit(booking.occupied_from, groups).exclude(booking=booking.pk).first()


def _visit(at: datetime, groups: set[int]) -> "QuerySet[VisitGroup]":
    """Where the groups go on the day of that moment."""
    if not groups:
        return VisitGroup.objects.none()
    start, end = day_of(at)
    rows = VisitGroup.objects.filter(
        group__in=groups,
        booking__in=Booking.objects.reserving(),
        booking__occupied_from__gte=start,
        booking__occupied_from__lt=end,
    )
    ground = rows.select_related(
        "group__school__organisation", "booking__tour__production", "booking__presenter"
    )
    return ground.order_by("group", "pk")


def _sub_event(at: datetime, groups: set[int], but: int | None = None) -> SubEvent | None:
    """A residency's sub-event on the day of that moment to which one of the groups comes."""
    if not groups:
        return None
    events = SubEvent.objects.standing().between(*day_of(at)).filter(groups__in=groups)
    events = events.exclude(pk=but) if but else events
    return events.select_related("residency").order_by("starts_at", "pk").first()


def _workshop(booking: Booking, groups: set[int]) -> Workshop | None:
    """A workshop beside another visit while this one is played; its own follow it (`workshops.follow`)."""
    shows = list(booking.performances.all()) if groups else []
    if not shows:
        return None
    others = Workshop.objects.standing().filter(groups__in=groups).exclude(booking=booking.pk)
    return others.filter(starts_at__lt=shows[-1].ends_at, ends_at__gt=shows[0].starts_at).first()


def _taken(found: VisitGroup) -> SlotTaken:
    return SlotTaken(
        _(
            "%(group)s of %(school)s comes to %(production)s at %(presenter)s on %(day)s already. Choose another day, "
            "or take the group out of one of the visits."
        )
        % {
            "group": found.group.name,
            "school": found.group.school,
            "production": found.booking.tour.production,
            "presenter": found.booking.presenter,
            "day": day_text(found.booking.occupied_from),
        },
        group=found.group_id,
        rival=found.booking_id,
    )


def _at(event: SubEvent) -> SlotTaken:
    return SlotTaken(
        _(
            "One of the groups comes to “%(title)s” of %(residency)s on %(day)s already. Choose another day, or other "
            "groups."
        )
        % {"title": event.title, "residency": event.residency, "day": day_text(event.starts_at)},
        field="groups",
        sub_event=event.pk,
    )
