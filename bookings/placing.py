"""Setting a visit down in time: from get-in to get-out, its performances, and by when it is to be answered."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import Booking, DroppedShow, Performance
from bookings.models.booking import CALLED_OFF, Status
from tours.errors import Refused
from tours.models import Tour
from tours.windows import evening
from venues.dates import span_text


def outside(tour: Tour, field: str) -> Refused:
    """The refusal of a day on which the tour is not on the road."""
    return Refused(
        _("The tour is on the road %(days)s. Choose a day within that.")
        % {"days": span_text(tour.starts_on, tour.ends_on)},
        field=field,
    )


def place(booking: Booking, shows_count: int, starts_at: datetime) -> None:
    """Set from get-in to get-out around the shows, and see that the tour's frame holds it."""
    tour, production = booking.tour, booking.tour.production
    if not tour.has_day(timezone.localdate(starts_at)):
        raise outside(tour, "starts_at")
    booking.occupied_from = starts_at - timedelta(minutes=production.rider.get_in_min)
    shows_min = production.show_min(shows_count)
    booking.occupied_to = starts_at + timedelta(minutes=shows_min + production.rider.get_out_min)
    if not 1 <= shows_count <= production.shows_per_day_max:
        raise Refused(
            _("%(production)s is played at most %(count)d times a day.")
            % {"production": production, "count": production.shows_per_day_max},
            field="shows_count",
        )


def write_performances(booking: Booking, shows_count: int, starts_at: datetime, now: datetime) -> None:
    """Make the performances of a new visit, one after the other as the production plays them."""
    for number, (start, end) in enumerate(booking.tour.production.show_times(shows_count), start=1):
        Performance.objects.create(
            booking=booking,
            number=number,
            starts_at=starts_at + timedelta(minutes=start),
            ends_at=starts_at + timedelta(minutes=end),
            changed_at=now,
        )


def shift_performances(booking: Booking, starts_at: datetime, now: datetime) -> None:
    """Move all performances of the visit so that the first starts then; call it before the visit is turned."""
    shows = list(booking.performances.all())
    shift = starts_at - shows[0].starts_at
    for performance in shows:
        _remember(booking, performance, performance.starts_at + shift)
        performance.starts_at += shift
        performance.ends_at += shift
        performance.save(update_fields=["starts_at", "ends_at", "was_at"])
    touch_performances(booking, now)


def set_performances(booking: Booking, shows_count: int, starts_at: datetime, now: datetime) -> None:
    """Give a visit that stands other times and so many shows; those that stay keep their identity in calendars."""
    times = booking.tour.production.show_times(shows_count)
    _drop(booking, list(booking.performances.filter(number__gt=shows_count)), now)
    kept = {performance.number: performance for performance in booking.performances.filter()}
    for number, (start, end) in enumerate(times, start=1):
        performance = kept.get(number) or Performance(booking=booking, number=number, sequence=-1)
        if performance.pk:
            _remember(booking, performance, starts_at + timedelta(minutes=start))
        performance.starts_at = starts_at + timedelta(minutes=start)
        performance.ends_at = starts_at + timedelta(minutes=end)
        performance.sequence += 1
        performance.changed_at = now
        performance.save()


def _drop(booking: Booking, shows: list[Performance], now: datetime) -> None:
    """Take shows away; of those that calendars have told they keep the place, so that calendars can strike them out."""
    if booking.status == Status.CONFIRMED and booking.published_at:
        DroppedShow.objects.bulk_create(
            DroppedShow(
                booking=booking,
                number=show.number,
                starts_at=show.starts_at,
                ends_at=show.ends_at,
                uid=show.uid,
                sequence=show.sequence + 1,
                changed_at=now,
            )
            for show in shows
        )
    for show in shows:
        show.delete()


def touch_performances(booking: Booking, now: datetime) -> None:
    """Raise SEQUENCE, so that calendar programs take the change (RFC 5545, 3.8.7.4)."""
    for performance in booking.performances.all():
        performance.sequence += 1
        performance.changed_at = now
        performance.save(update_fields=["sequence", "changed_at"])


def touch_if_agreed_anew(booking: Booking, now: datetime) -> None:
    """Raise SEQUENCE where the visit had been called off: calendars have struck it out, and take it up again."""
    if booking.changes.filter(to_status__in=CALLED_OFF).exists():
        touch_performances(booking, now)


def _remember(booking: Booking, performance: Performance, starts_at: datetime) -> None:
    """Keep when it was to start, where that had been agreed: calendars say from when it was moved."""
    if booking.status in {Status.CONFIRMED, Status.POSTPONED} and performance.starts_at != starts_at:
        performance.was_at = performance.starts_at


def answer_until(booking: Booking, wanted: datetime, now: datetime) -> None:
    """Set by when an offer is to be answered, never later than the evening before, and when the presenter is reminded.

    The caller saves.
    """
    booking.answer_by = min(wanted, _last_answer(booking, now))
    days = booking.tour.season.answer_reminder_days
    remind_at = booking.answer_by - timedelta(days=days)
    booking.answer_remind_at = remind_at if days and remind_at > now else None


def _last_answer(booking: Booking, now: datetime) -> datetime:
    """The evening before the visit; once that has passed, when the ensemble comes."""
    before = evening(timezone.localdate(booking.occupied_from) - timedelta(days=1))
    return before if before > now else booking.occupied_from
