"""What waits for a producer: changes, decisions on tours and other dates, postponed visits, and visits to settle."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import change_words, counter_words
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.states import PRESENTER, PRODUCER
from tours.models import Tour
from turne.web.my_week_sections import Row, Section
from venues.dates import clock, day_text, moment_text, money_text, short_day_text
from venues.models import User

#: Longest list on the page.
SHOWN = 8


def to_decide(user: User, now: datetime) -> list[Row]:
    """The rows for `my_week/row.html`: tours, then what presenters propose, then what is postponed."""
    return [*_tours(user), *_proposals(user, now), *_postponed(user)][:SHOWN]


def changes(user: User) -> list[Section]:
    """The changes of what is confirmed: those that wait for the producer, and those that wait for presenters."""
    return [
        Section(
            _("Changes that wait for your answer"),
            _changes(user, PRODUCER),
            _("No presenter asks for a change of what is confirmed."),
        ),
        Section(
            _("Changes that presenters have to answer"),
            _changes(user, PRESENTER),
            _("You have asked for no change that waits."),
            is_task=False,
        ),
    ]


def _changes(user: User, side: str) -> list[Row]:
    """By deadline, the first first."""
    asked = Booking.objects.plannable_by(user).change_waits_for(side).with_ground()
    return [
        {
            "title": booking.presenter.name,
            "url": reverse("booking", args=[booking.pk]) + "#change",
            "when": short_day_text(booking.starts_at),
            "clock": clock(booking.starts_at),
            "text": f"{booking.tour.production}: "
            + change_words.new_version(booking, booking.waiting_change),
            "state": "change_waits",
            "end": _("Answer by %(deadline)s") % {"deadline": moment_text(booking.waiting_change.answer_by)},
        }
        for booking in asked[:SHOWN]
    ]


def to_settle(user: User) -> list[Section]:
    """The visits that are reported and not settled, the oldest first."""
    found = Booking.objects.plannable_by(user).to_settle()
    rows = [
        {
            "title": booking.presenter.name,
            "url": reverse("booking-settlement", args=[booking.pk]),
            "when": short_day_text(booking.starts_at),
            "text": f"{booking.tour.production}: {booking.get_outcome_display()}",
            "end": money_text(booking.price, booking.currency),
        }
        for booking in found.with_ground().order_by("occupied_from", "pk")[:SHOWN]
    ]
    total = found.count() if len(rows) == SHOWN else len(rows)
    return [Section(_("To settle"), rows, _("Every visit that is reported is settled."), total=total)]


def _tours(user: User) -> list[Row]:
    undecided = Tour.objects.plannable_by(user).filter(stage=Tour.Stage.OPEN, cut_off_told_at__isnull=False)
    return [
        {
            "title": tour.name,
            "url": reverse("tour-stage", args=[tour.slug]),
            "text": _("Too few have said yes. Go on anyway, move the date, or cancel the tour."),
            "end": _("Cut-off %(day)s") % {"day": day_text(tour.cut_off_on)} if tour.cut_off_on else "",
        }
        for tour in undecided.order_by("cut_off_on")
    ]


def _proposals(user: User, now: datetime) -> list[Row]:
    proposed = Booking.objects.plannable_by(user).with_date_proposed().filter(tour__ends_on__gte=now)
    found = proposed.with_ground().select_related("counter_offer")
    return [
        {
            "title": booking.presenter.name,
            "url": reverse("booking", args=[booking.pk]),
            "text": counter_words.proposal(booking) or booking.counter_offer.message,
            "state": "proposed",
        }
        for booking in found.prefetch_related("counter_offer__slots").order_by("changed_at")[:SHOWN]
    ]


def _postponed(user: User) -> list[Row]:
    found = Booking.objects.plannable_by(user).filter(status=Status.POSTPONED).with_ground()
    return [
        {
            "title": booking.presenter.name,
            "url": reverse("booking", args=[booking.pk]),
            "text": _("%(production)s was to be played %(day)s. Give it a new date, or cancel it.")
            % {"production": booking.tour.production, "day": short_day_text(booking.starts_at)},
            "state": "postponed",
        }
        for booking in found.order_by("occupied_from")[:SHOWN]
    ]
