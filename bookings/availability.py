"""When the wishes of a tour can be played: what the layers leave of their times, and when the ensemble can."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from bookings.layers import Asked, Layered, Layers, asked_for, first_that_closes, groups_of
from bookings.models import CounterOffer
from tours import own_calendars as calendars
from tours.layer_words import Layer, No
from tours.models import Tour, Wish
from tours.windows import Bar, Span, Visit, calendar_days, midnight, minute_of, minutes_by_day, starts
from venues.school_calendars import Off, binding


def visit_of(tour: Tour, shows_count: int) -> Visit:
    """How long a visit of the tour's production takes."""
    rider = tour.production.rider
    shows = tuple(tour.production.show_times(shows_count))
    return Visit(rider.get_in_min, tour.production.show_min(shows_count), rider.get_out_min, shows)


def _proposed(counter: CounterOffer) -> list[Span]:
    """The times that were asked for, each alone, and the days that were given."""
    starts = [timezone.localtime(slot.starts_at) for slot in counter.slots.all()]
    spans = [Span(at.date(), at.date(), minute_of(at.time()), minute_of(at.time())) for at in starts]
    if counter.starts_on and counter.ends_on and counter.earliest and counter.latest:
        hours = minute_of(counter.earliest), minute_of(counter.latest)
        spans.append(Span(counter.starts_on, counter.ends_on, *hours))
    return spans


class Availability:
    """Everything that says no to a wish on some days, read once for all wishes of a tour.

    Args:
        own_calendars: whether times count as taken at which the room, its house or the ensemble is busy by a calendar
            of its own. Nobody is refused for them: they are left out where people have agreed on a time.
        groups: who would come by a wish that is not stored.
    """

    def __init__(
        self, tour: Tour, wishes: list[Wish], *, own_calendars: bool = True, groups: Iterable[int] = ()
    ) -> None:
        self.tour, self.counts_own_calendars = tour, own_calendars
        self.counter_offers = self._counter_offers()
        self.groups, self.further_groups = groups_of(wishes), tuple(groups)
        asked = [self._asked(wish) for wish in wishes]
        country = tour.season.region.country
        self.layers = Layers(asked, tour.starts_on, tour.ends_on, country, beside=tour)
        self.busy_ensemble: list[Bar] = self._busy_ensemble() if own_calendars else []

    def windows(self, wish: Wish) -> list[tuple[date, int, int]]:
        """When the wish's first show may start."""
        return self.windows_within(wish, self._spans(wish))

    def open_windows(self, wish: Wish) -> list[tuple[date, int, int]]:
        """The same if nobody's own calendar counted."""
        return self._starts(wish, self._spans(wish), self._bars(wish, own_calendars=False))

    def beyond(self, wish: Wish) -> list[Span]:
        """The days that were wished for where all of them lie outside the tour; else none."""
        spans, tour = self._spans(wish), self.tour
        within = any(span.starts_on <= tour.ends_on and span.ends_on >= tour.starts_on for span in spans)
        return [] if within else spans

    def windows_within(self, wish: Wish, spans: Iterable[Span]) -> list[tuple[date, int, int]]:
        """The same, if the wish had given these days and times; it need not be saved."""
        bars = self._bars(wish, own_calendars=self.counts_own_calendars)
        return self._starts(wish, spans, [*bars, *self.busy_ensemble])

    def _starts(self, wish: Wish, spans: Iterable[Span], bars: Iterable[Bar]) -> list[tuple[date, int, int]]:
        return starts(
            spans,
            bars,
            visit_of(self.tour, wish.shows_count),
            first_day=self.tour.starts_on,
            last_day=self.tour.ends_on,
        )

    def _bars(self, wish: Wish, *, own_calendars: bool) -> list[Layered]:
        return self.layers.bars(self._asked(wish), own_calendars=own_calendars)

    def _asked(self, wish: Wish) -> Asked:
        groups = self.groups.get(wish.pk, ()) if wish.pk else self.further_groups
        return asked_for(wish.organisation, wish.venue, wish.audience, groups)

    def _spans(self, wish: Wish) -> list[Span]:
        rows: list[Any] = list(wish.spans.all())
        wished = [
            Span(row.starts_on, row.ends_on, minute_of(row.earliest), minute_of(row.latest)) for row in rows
        ]
        return self.counter_offers.get(wish.pk) or wished

    def _counter_offers(self) -> dict[int, list[Span]]:
        """The days and times of the newest counter-offer of each wish that has one, unless it was said no to."""
        rows = CounterOffer.objects.filter(booking__tour=self.tour).exclude(
            outcome=CounterOffer.Outcome.REFUSED
        )
        rows = rows.select_related("booking").prefetch_related("slots")
        return {
            row.booking.wish_id: _proposed(row)
            for row in rows.order_by("booking__changed_at", "pk")
            if row.booking.wish_id
        }

    def _busy_ensemble(self) -> list[Bar]:
        """When somebody in the ensemble is busy by a calendar that came in."""
        span = midnight(self.tour.starts_on), midnight(self.tour.ends_on + timedelta(days=1))
        busy = calendars.busy_times(self.tour.production.ensemble, *span)
        return [Bar(*found, of_shows=False) for one in busy for found in minutes_by_day(*one)]

    def no_school(self, wish: Wish) -> list[Off]:
        """Who says that there is no school on days that were wished for: each once, in the order of days."""
        if wish.audience != Wish.Audience.SCHOOL:
            return []
        wished = {day for span in self._spans(wish) for day in calendar_days(span.starts_on, span.ends_on)}
        off = self.layers.calendars.off(*binding(wish.organisation, wish.venue))
        return list(dict.fromkeys(off[day] for day in sorted(off) if day in wished and day.weekday() < 5))

    def says_no(self, wish: Wish) -> list[No]:
        """What else leaves no start on the days that were wished for: hours, lunch, room, other visits; each once.

        Days without school are `no_school`; own calendars and red days are not told.
        """
        if wish.audience != Wish.Audience.SCHOOL:
            return []
        by_day: dict[date, list[Layered]] = {}
        for bar in self._bars(wish, own_calendars=False):
            by_day.setdefault(bar.day, []).append(bar)
        visit, found = visit_of(self.tour, wish.shows_count), []
        for span in self._spans(wish):
            for day in calendar_days(
                max(span.starts_on, self.tour.starts_on), min(span.ends_on, self.tour.ends_on)
            ):
                hours = Span(day, day, span.earliest_min, span.latest_min)
                if (no := first_that_closes(by_day.get(day, []), visit, hours)) and no.layer in _TOLD:
                    found.append(no)
        return list(dict.fromkeys(found))


_TOLD = (Layer.HOURS, Layer.ROOM, Layer.BOOKED, Layer.SERVED)
