"""Calendars of the people in an ensemble: the verbs, and when somebody of them is busy."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tours.models import Ensemble, EnsembleCalendar
from venues.errors import NotPossible
from venues.incoming import keeping
from venues.incoming.busy import busy_in
from venues.incoming.reading import Span
from venues.models import IncomingCalendar

#: More people than travel in any ensemble. Source: the house's choice.
CALENDARS_MAX = 30


def calendars_of(ensemble: Ensemble) -> "QuerySet[IncomingCalendar]":
    """The calendars that count for an ensemble."""
    return IncomingCalendar.objects.filter(of_ensemble__ensemble=ensemble)


def busy_times(ensemble: Ensemble, start: datetime, end: datetime) -> list[Span]:
    """When somebody in the ensemble is busy by their own calendar, without overlaps: then it cannot play."""
    return busy_in(calendars_of(ensemble), start, end)


def no_day_texts() -> tuple[str, str]:
    """Why a wish has no day where own calendars alone are in the way, and what can be done."""
    return (
        _("On all of its days the room, its house or the ensemble is busy in its own calendar."),
        _("Ask whether a day is free after all, and hold it by hand. Or ask for other days."),
    )


@transaction.atomic
def give_address(ensemble: Ensemble, address: str, label: str, *, now: datetime) -> IncomingCalendar:
    """Note the address of somebody's calendar; raises as `keeping.give_address`."""
    _check(ensemble, address)
    return _linked(ensemble, keeping.give_address(None, address, label, now=now))


def give_file(ensemble: Ensemble, data: bytes, label: str, *, now: datetime) -> IncomingCalendar:
    """Take in the busy times of somebody's file; raises as `keeping.give_file`."""
    came = keeping.read_file(None, data, now=now)
    with transaction.atomic():
        _check(ensemble, "")
        return _linked(ensemble, keeping.keep_file(None, came, label, now=now))


def _check(ensemble: Ensemble, address: str) -> None:
    Ensemble.objects.select_for_update(no_key=True).get(pk=ensemble.pk)
    known = calendars_of(ensemble).values_list("address", flat=True)
    if address and keeping.known_as(address) in known:
        raise NotPossible(_("That calendar is read already."), field="address")
    if len(known) >= CALENDARS_MAX:
        raise NotPossible(_("That is one calendar too many. Take one away first."), field="address")


def _linked(ensemble: Ensemble, calendar: IncomingCalendar) -> IncomingCalendar:
    EnsembleCalendar.objects.create(ensemble=ensemble, calendar=calendar)
    return calendar
