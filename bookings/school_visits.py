"""The verbs of a school's visit: which groups come to which show, what some in them need, and who came.

No show has more persons than its production and its room take (`group_rules.most_of`). That is no fact of a row: it
follows from rows that change by themselves, so no constraint of the database can say it without refusing what has
nothing to do with it. All that writes groups locks their visit first, and looks at all of its groups then
(`tests/bookings/test_group_races.py` has the control).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import group_days, guests, school_notices, slots, workshops
from bookings.models import Booking, VisitGroup
from bookings.models.booking import LIVE, Status
from bookings.states import PRESENTER, PRODUCER
from bookings.steps import write
from tours import group_rules
from tours.errors import NotNow, Refused
from tours.group_rules import GroupChoice
from tours.models import Wish, WishGroup
from venues.models import Group, Organisation, User, Venue
from venues.models.groups import GROUP_MAX


@dataclass(frozen=True)
class Counts:
    """How many of a group come, and what some of them need: {Need: how many}; None leaves what was told."""

    pupils: int
    adults: int
    needs: Mapping[str, int] | None = None


def can_set(booking: Booking, now: datetime) -> bool:
    """Whether its groups can be set and counted: it is to come, and has not begun."""
    return booking.status in LIVE and booking.occupied_from > now


def can_tell(booking: Booking, now: datetime) -> bool:
    """Whether it can be told who came: it was agreed, and is over."""
    return booking.status == Status.CONFIRMED and booking.occupied_to <= now


def copy_groups(booking: Booking, like: Booking | None) -> None:
    """Give a new visit the groups of its wish, or those of the earlier visit that it takes up again.

    Call it with the visit stored and its resources locked.
    """
    rows: list[VisitGroup | WishGroup] = list(like.groups.select_related("group")) if like else []
    if not rows and booking.wish_id:
        rows = list(Wish.objects.get(pk=booking.wish_id).groups.select_related("group"))
    VisitGroup.objects.bulk_create(
        VisitGroup(
            booking=booking,
            group=row.group,
            show_number=row.show_number,
            pupils_count=row.pupils_count,
            adults_count=row.adults_count,
            needs=row.needs,
        )
        for row in rows
    )


@transaction.atomic
def set_groups(booking: Booking, *, by: User, now: datetime, choices: Sequence[GroupChoice]) -> Booking:
    """Say which groups come, to which show and how many: for the producer, who has the schools' word.

    Groups of other schools may be among them. A choice without a show is dealt.

    Raises:
        NotNow: the visit is no longer to come, or has begun.
        Refused: it is no visit of a school, or the groups can not be or are too many; `field` says what.
        SlotTaken: a group comes to another visit on that day.
    """
    booking = _begin(booking, now)
    group_rules.check_each(choices)
    before = [choice.group.pk for choice in choices_of(booking)]
    _check_added(booking, [choice.group for choice in choices if choice.group.pk not in before])
    _write(booking, choices, by, now, "groups", side=PRODUCER)
    if sorted(before) != sorted(choice.group.pk for choice in choices):
        group_days.check(booking)
    workshops.follow_groups(booking, by, now)
    return booking


@transaction.atomic
def tell_counts(
    booking: Booking,
    *,
    by: User,
    now: datetime,
    schools: Collection[Organisation],
    counts: Mapping[int, Counts],
) -> Booking:
    """Schools tell how many of their own groups come, and what some of them need; all of one's schools at once. Which
    groups come at which show is the producer's: a school neither merges shows nor takes groups out by itself.

    Args:
        schools: for which the actor speaks.
        counts: by the group's key; groups that are not named stay as they are.

    Raises:
        NotNow: as `set_groups`.
        Refused: a group is not of these schools at this visit, a count can not be, or a show would have more persons
            than it takes; `field` is "groups" or "needs".
    """
    booking = _begin(booking, now)
    standing = choices_of(booking)
    _check_own(booking, counts.keys(), [choice.group for choice in standing], schools)
    told = [_counted(choice, counts.get(choice.group.pk)) for choice in standing]
    group_rules.check_each(told)
    return _write(booking, told, by, now, "counts", side=PRESENTER)


@transaction.atomic
def tell_came(
    booking: Booking,
    *,
    by: User,
    now: datetime,
    came: Mapping[int, int | None],
    schools: Collection[Organisation] | None = None,
) -> Booking:
    """Tell how many pupils of the groups came, once the visit is over.

    Args:
        came: by the group's key; None takes back what was told.
        schools: whose groups may be told of; None: any.

    Raises:
        NotNow: the visit was not confirmed, or is not over yet.
        Refused: a group is not one of these, or a count can not be; `field` is "groups".
    """
    booking = slots.lock_booking(booking)
    if not can_tell(booking, now):
        raise NotNow(_("Who came is told when the visit is over."), booking=booking.pk)
    rows = {row.group_id: row for row in rows_of(booking)}
    _check_own(booking, came.keys(), [row.group for row in rows.values()], schools)
    for key, count in came.items():
        if count is not None and not 0 <= count <= GROUP_MAX:
            raise Refused(
                _("Give a number from 0 to %(most)d.") % {"most": GROUP_MAX}, field="groups", group=key
            )
        rows[key].came_count = count
        rows[key].save(update_fields=["came_count"])
    told = {rows[key].group.name: count for key, count in came.items()}
    write(booking, "came", by, now, details={"came": told})
    return booking


def fit(booking: Booking, shows_count: int, venue: Venue) -> None:
    """Deal the groups of a visit that changes over its shows and room anew, as far as it takes that.

    Call it with the visit locked. Raises Refused where whole groups have no room any more.
    """
    choices = fitting(booking, shows_count, venue)
    if not choices:
        return
    for choice in choices:
        booking.groups.filter(group=choice.group).update(show_number=choice.show)
    booking.audience_expected = group_rules.audience_of(choices)


def fitting(booking: Booking, shows_count: int, venue: Venue) -> tuple[GroupChoice, ...]:
    """The groups as they would be dealt then: where they are if that goes, else all of them anew. Raises as `fit`."""
    choices = choices_of(booking)
    production = booking.tour.production
    stay = [replace(c, show=c.show if c.show and c.show <= shows_count else None) for c in choices]
    try:
        return group_rules.dealt(stay, shows_count, production, venue)
    except Refused:
        anew = [replace(choice, show=None) for choice in choices]
        return group_rules.dealt(anew, shows_count, production, venue)


def rows_of(booking: Booking) -> list[VisitGroup]:
    """The visit's groups with their schools, in the order of its shows."""
    return list(booking.groups.select_related("group__school__organisation", "feedback"))


def seats_left(booking: Booking, rows: Sequence[VisitGroup]) -> dict[int, int]:
    """By the show's number the seats that no group has; `rows`: all groups that come."""
    left = dict.fromkeys(
        (show.number for show in booking.performances.all()),
        group_rules.most_of(booking.tour.production, booking.venue),
    )
    for row in rows:
        if row.show_number in left:
            left[row.show_number] -= row.heads_count
    return left


def choices_of(booking: Booking) -> list[GroupChoice]:
    """The same as they were chosen and counted."""
    return [
        GroupChoice(row.group, row.show_number, row.needs, row.pupils_count, row.adults_count)
        for row in rows_of(booking)
    ]


def attendance_of(booking: Booking) -> list[tuple[int, int, int]] | None:
    """By show the audience, how many of them pupils and adults, as the groups have told it; None until all have."""
    rows = rows_of(booking)
    if not rows or any(row.came_count is None for row in rows):
        return None
    found = []
    for show in booking.performances.all():
        there = [row for row in rows if row.show_number == show.number and row.came_count]
        pupils, adults = sum(row.came_count or 0 for row in there), sum(row.adults_count for row in there)
        found.append((pupils + adults, pupils, adults))
    return found


def _check_added(booking: Booking, groups: Sequence[Group]) -> None:
    """See that groups that are added can have said so: of the visit's school year, from its region or one beside it.

    What is refused is not named: whoever tries numbers gets to know no school's groups.
    """
    years = group_rules.years_of([timezone.localdate(booking.occupied_from)]) if groups else set()
    region = booking.presenter.region
    near = {region.pk, *region.neighbours.values_list("pk", flat=True)} if groups else set()
    for group in groups:
        if group.school_year not in years or group.school.organisation.region_id not in near:
            raise Refused(
                _("Choose groups of the visit's school year, from its region or one beside it."),
                field="groups",
                booking=booking.pk,
            )


def _begin(booking: Booking, now: datetime) -> Booking:
    booking = slots.lock_booking(booking)
    if not can_set(booking, now):
        raise NotNow(
            _("The groups can be changed until the visit begins, as long as it is to come."),
            booking=booking.pk,
        )
    if booking.audience != Wish.Audience.SCHOOL:
        raise Refused(_("Only a visit of a school has groups."), field="groups", booking=booking.pk)
    return booking


def _check_own(
    booking: Booking,
    told: Collection[int],
    coming: Sequence[Group],
    schools: Collection[Organisation] | None,
) -> None:
    """See that all that is told of are groups at the visit, and of these schools."""
    keys = None if schools is None else {school.pk for school in schools}
    own = {group.pk for group in coming if keys is None or group.school.organisation_id in keys}
    if strange := set(told) - own:
        raise Refused(
            _("Tell of your own groups at this visit."),
            field="groups",
            group=min(strange),
            booking=booking.pk,
        )


def _counted(choice: GroupChoice, told: Counts | None) -> GroupChoice:
    if told is None:
        return choice
    needs = choice.needs if told.needs is None else told.needs
    return replace(choice, pupils=told.pupils, adults=told.adults, needs=needs)


def _write(
    booking: Booking, choices: Sequence[GroupChoice], by: User, now: datetime, action: str, *, side: str
) -> Booking:
    """Deal, store and note the groups; the other side of what is confirmed hears of it."""
    shows, was = len(booking.performances.all()), _told(choices_of(booking))
    guests_before = guests.groups_by_school(booking)
    dealt = group_rules.dealt(choices, shows, booking.tour.production, booking.venue)
    booking.groups.exclude(group__in=[choice.group.pk for choice in dealt]).delete()
    for choice in dealt:
        VisitGroup.objects.update_or_create(
            booking=booking,
            group=choice.group,
            defaults={
                "show_number": choice.show or 1,
                "pupils_count": choice.pupils_count,
                "adults_count": choice.adults_count,
                "needs": choice.needs_told,
            },
        )
    if dealt:
        booking.audience_expected = group_rules.audience_of(dealt)
    write(
        booking, action, by, now, fields=["audience_expected"], details={"groups": _told(dealt), "was": was}
    )
    if booking.status == Status.CONFIRMED:
        school_notices.groups_changed(booking, side, now)
        if side == PRODUCER:
            school_notices.guests_changed(booking, guests_before, now)
    return booking


def _told(choices: Sequence[GroupChoice]) -> list[dict[str, Any]]:
    """What the history keeps: never what somebody needs."""
    return [
        {
            "group": choice.group.name,
            "school": str(choice.group.school),
            "show": choice.show,
            "pupils": choice.pupils_count,
            "adults": choice.adults_count,
        }
        for choice in choices
    ]
