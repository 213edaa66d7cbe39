"""A group sees one thing a day: what else its day has, and the refusal where that is another visit.

No two rows show it by themselves, so no constraint can: the groups are locked, and whoever comes second looks after the
first has committed. They are locked last of all, after the visits.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.errors import SlotTaken
from bookings.models import Booking, VisitGroup, Workshop
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


def look(booking: Booking) -> None:
    """The same for a visit as it would be, without locks; raises as `check` does."""
    if booking.pk and booking.audience == "school":
        found = _other(booking, set(booking.groups.values_list("group", flat=True)))
        if found:
            raise _taken(found)


def day_of(moment: datetime) -> tuple[datetime, datetime]:
    """The day of a moment, half-open."""
    day: date = timezone.localdate(moment)
    return midnight(day), midnight(day + timedelta(days=1))


def _other(booking: Booking, groups: set[int]) -> VisitGroup | None:
    if not groups:
        return None
    start, end = day_of(booking.occupied_from)
    rows = VisitGroup.objects.filter(
        group__in=groups,
        booking__in=Booking.objects.reserving(),
        booking__occupied_from__gte=start,
        booking__occupied_from__lt=end,
    ).exclude(booking=booking.pk)
    ground = rows.select_related(
        "group__school__organisation", "booking__tour__production", "booking__presenter"
    )
    return ground.order_by("group", "pk").first()


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
