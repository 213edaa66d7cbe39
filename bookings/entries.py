"""One performance, or one tour, of the database as the values of its calendar entry."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple, cast
from uuid import NAMESPACE_OID, uuid5

from django.urls import reverse

from bookings import checklists, guests, ical
from bookings.ical_access import ACCESS
from bookings.models import Booking, BusOrder, DroppedShow, Performance, Workshop
from bookings.models.advancing import Phase, Who
from tours.models import Rider, Tour
from venues.models import Venue

#: What stands before the number of an item that a producer has written: free words, which may name somebody.
OWN = "own-"
_SPAN_STATUS: dict[str, ical.SpanStatus] = {
    Tour.Stage.DRAFT: "tentative",
    Tour.Stage.OPEN: "tentative",
    Tour.Stage.CANCELLED: "cancelled",
}

_WORKSHOP_STATUS: dict[str, ical.SpanStatus] = {
    Workshop.Status.PROPOSED: "tentative",
    Workshop.Status.CONFIRMED: "confirmed",
    Workshop.Status.CANCELLED: "cancelled",
}
_WORKSHOP_WHEN: dict[str, str] = {Workshop.Kind.BEFORE: "Före {}.", Workshop.Kind.AFTER: "Efter {}."}


class Before(NamedTuple):
    """When the audience of a show arrives, when it is let in, and when the ensemble is ready."""

    arrives_at: datetime | None = None
    seats_at: datetime | None = None
    calls_at: datetime | None = None


def entry_of(performance: Performance) -> ical.Entry:
    """Everything that a calendar says of a performance, read with `Performances.with_ground()`."""
    booking = performance.booking
    production, venue = booking.tour.production, booking.venue
    municipality = venue.place.municipality
    before = before_show(performance)
    return ical.Entry(
        uid=performance.uid,
        sequence=performance.sequence,
        status=cast(ical.Status, str(booking.status)),
        hold_rank=booking.hold_rank,
        starts_at=performance.starts_at,
        ends_at=performance.ends_at,
        created_at=booking.created_at,
        changed_at=max(performance.changed_at, booking.changed_at),
        time_zone=municipality.region.time_zone,
        title=production.title,
        art_form=production.art_form,
        audience=booking.audience,
        age_min=production.age_min,
        age_max=production.age_max,
        grades=production.grades,
        ensemble=production.ensemble.name,
        presenter=booking.presenter.name,
        venue=venue.name,
        address=venue.address,
        place=venue.place.name,
        municipality=municipality.name,
        lat=venue.lat,
        lon=venue.lon,
        is_public=booking.is_public,
        visit_page=reverse("booking", args=[booking.pk]),
        languages=tuple(production.languages),
        services=booking.services,
        access=_access(venue),
        warnings=production.content_warnings,
        teacher_guide=production.teacher_guide_url,
        preparation=production.preparation,
        to_do=_to_do(booking),
        arrives_at=before.arrives_at,
        seats_at=before.seats_at,
        calls_at=before.calls_at,
        get_in_at=booking.occupied_from,
        get_out_at=booking.occupied_to,
        roles=_roles(booking),
        was_at=performance.was_at,
        was_in=booking.was_in,
        stream_url=booking.stream_url,
        is_online=venue.kind == Venue.Kind.DIGITAL,
        groups=_attending(performance),
        is_session=production.is_session,
        buses=_buses(performance),
    )


def guest_entry_of(performance: Performance, school: int) -> ical.Entry:
    """The same as a school reads it whose groups come to another's visit: its own groups, and the way to them.

    Args:
        school: the key of its organisation.
    """
    booking = performance.booking
    own = [
        ical.Attending(row.group.name, row.heads_count)
        for row in booking.groups.all()
        if row.show_number == performance.number and row.group.school.organisation_id == school
    ]
    page = reverse("visit-groups", args=[booking.pk])
    entry = entry_of(performance)
    return replace(entry, groups=tuple(own), visit_page=page, preparation="", to_do=(), roles=())


def before_show(performance: Performance) -> Before:
    """The moments before a show by the production's rider: none is before the get-in, or before the last show is over.

    Nothing where there is no rider.
    """
    rider: Rider | None = getattr(performance.booking.tour.production, "rider", None)
    if rider is None:
        return Before()
    start, earliest = performance.starts_at, performance.booking.occupied_from
    if performance.number > 1:
        earliest = start - timedelta(minutes=rider.changeover_min)
    minutes = (rider.arrives_before, rider.seats_before, rider.calls_before)
    arrives_at, seats_at, calls_at = (start - timedelta(minutes=before) for before in minutes)
    return Before(arrives_at, max(seats_at, earliest), max(calls_at, earliest))


def dropped_entry_of(dropped: DroppedShow) -> ical.Entry:
    """The entry of a show that its visit has no more, read as a performance is: as it was, and cancelled."""
    show = Performance(
        booking=dropped.booking,
        number=dropped.number,
        starts_at=dropped.starts_at,
        ends_at=dropped.ends_at,
        uid=dropped.uid,
        sequence=dropped.sequence,
        changed_at=dropped.changed_at,
    )
    return replace(
        entry_of(show), status="cancelled", to_do=(), roles=(), buses=(), changed_at=dropped.changed_at
    )


def span_of(tour: Tour) -> ical.Span:
    """A tour as whole days, read with `Tours.for_calendars()`; its name is the producer's own and is not told.

    SEQUENCE counts the versions of its frame and the steps of its stage, so it never sinks.
    """
    production, changes = tour.production, list(tour.changes.all())
    return ical.Span(
        uid=uuid5(NAMESPACE_OID, f"turne:tour:{tour.pk}"),
        sequence=tour.version - 1 + len(changes),
        status=_SPAN_STATUS.get(tour.stage, "confirmed"),
        starts_on=tour.starts_on,
        ends_on=tour.ends_on,
        created_at=tour.created_at,
        changed_at=max([tour.changed_at, *(change.at for change in changes)]),
        kind="Turné",
        title=production.title,
        lines=(f"{production.ensemble.name} är på turné.",),
        categories=(ical.ART_FORMS.get(production.art_form, ""),),
    )


def workshop_of(workshop: Workshop) -> ical.Workshop:
    """A workshop as its calendar entry, read with `Workshops.with_ground()`."""
    booking = workshop.booking
    production, place = booking.tour.production, booking.venue.place
    schools = guests.schools_at_workshop(workshop) or [booking.presenter]
    return ical.Workshop(
        uid=workshop.uid,
        sequence=workshop.sequence,
        status=_WORKSHOP_STATUS[workshop.status],
        starts_at=workshop.starts_at,
        ends_at=workshop.ends_at,
        created_at=workshop.created_at,
        changed_at=workshop.changed_at,
        time_zone=place.municipality.region.time_zone,
        title=production.title,
        when=_WORKSHOP_WHEN[workshop.kind].format(production.title),
        school=", ".join(school.name for school in schools),
        room=workshop.place,
        place=place.name if booking.presenter in schools else "",
        groups=tuple(ical.Attending(group.name, group.heads_count) for group in workshop.groups.all()),
        teacher_guide=production.teacher_guide_url,
        page=reverse("workshop", args=[workshop.pk]),
    )


def _attending(performance: Performance) -> tuple[ical.Attending, ...]:
    """The groups that come to the show; those of a guest with their school's name."""
    booking = performance.booking
    if booking.audience != "school":
        return ()
    rows = [row for row in booking.groups.all() if row.show_number == performance.number]
    return tuple(
        ical.Attending(
            row.group.name
            if row.group.school.organisation_id == booking.presenter_id
            else f"{row.group.school} {row.group.name}",
            row.heads_count,
        )
        for row in rows
    )


def _buses(performance: Performance) -> tuple[ical.Bus, ...]:
    """The buses to the show that a company has. One that was ordered for another time or room says so, not when."""
    booking = performance.booking
    orders = [order for order in booking.bus_orders.all() if order.show_number == performance.number]
    return tuple(
        ical.Bus(
            str(order.school),
            order.school.organisation_id == booking.presenter_id,
            _fits(order, performance),
            order.pick_up_at,
            order.back_at,
        )
        for order in orders
        if order.is_standing
    )


def _fits(order: BusOrder, performance: Performance) -> bool:
    """Whether it brings them there before the show and away after it, to the room where it is played, on its day."""
    if order.venue_id != performance.booking.venue_id or not order.there_at or not order.leaves_at:
        return False
    is_between = order.there_at <= performance.starts_at and order.leaves_at >= performance.ends_at
    return is_between and order.leaves_at - order.there_at < timedelta(hours=24)


def _access(venue: Venue) -> tuple[tuple[str, bool | int], ...]:
    """The facts of the room that somebody has told."""
    told = ((name, getattr(venue, name)) for name in ACCESS)
    return tuple((name, value) for name, value in told if value is not None)


def _to_do(booking: Booking) -> tuple[str, ...]:
    """What the presenter has left to settle before the day, in the words of the region's list."""
    checklist = checklists.list_of(booking)
    items = checklist.items.all() if checklist else ()
    return tuple(
        item.words.get("sv", "")
        for item in items
        if item.state == checklists.State.OPEN
        and item.phase == Phase.BEFORE
        and item.who in (Who.PRESENTER, Who.BOTH)
        and not item.rider_line
        and not item.key.startswith(OWN)
    )


def _roles(booking: Booking) -> tuple[ical.Role, ...]:
    """The roles of the visit's list, and whether somebody has them."""
    checklist = checklists.list_of(booking)
    if checklist is None:
        return ()
    named = {contact.role for contact in booking.contacts.all()}
    return tuple(ical.Role(role["sv"], role["side"], role["key"] in named) for role in checklist.crew_roles)
