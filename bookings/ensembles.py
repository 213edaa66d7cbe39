"""The verbs of an ensemble: who travels, from where, and on which days it does not work."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import shares
from bookings.models import Allocation
from bookings.slots import lock_resources
from tours.errors import Refused
from tours.models import Ensemble, EnsembleDayOff, Shared
from tours.repertoire import check_row, free_slug
from venues.dates import day_text, span_text
from venues.models import Organisation, Place

#: Longer than any leave that is noted at once: it catches a year that was typed wrong.
DAYS_MAX = 366


def homes_for(producers: Iterable[Organisation]) -> "QuerySet[Place]":
    """Where ensembles of the producers may live: the places of the producers' regions."""
    regions = {producer.region_id for producer in producers}
    places = Place.objects.filter(municipality__region__in=regions).select_related("municipality")
    return places.order_by("municipality__name", "name")


@transaction.atomic
def save_ensemble(
    ensemble: Ensemble, now: datetime, shared: Mapping[Shared.Kind, Iterable[str]] | None = None
) -> Ensemble:
    """Write a new or changed ensemble; its address stays when its name changes.

    Args:
        shared: the names of the people and vehicles that it shares with others (`shares.share`); what is not there
            stays as it is.

    Raises:
        Refused: a value can not be, the producer has another ensemble of that name, the home is in another region,
            or what is shared is needed twice; `field` names it.
    """
    # Two clicks on the same button wait for each other.
    Organisation.objects.select_for_update(no_key=True).filter(pk=ensemble.producer_id).first()
    ensemble.name = " ".join(ensemble.name.split())
    ensemble.slug = ensemble.slug or free_slug(Ensemble, ensemble.name, 120)
    check_row(ensemble)
    _check_name(ensemble)
    if not homes_for([ensemble.producer]).filter(pk=ensemble.home_id).exists():
        raise Refused(
            _("%(place)s is in another region. Choose a place in %(region)s.")
            % {"place": ensemble.home, "region": ensemble.producer.region},
            field="home",
        )
    ensemble.save()
    for kind, names in (shared or {}).items():
        shares.share(ensemble, kind, names, now)
    return ensemble


@transaction.atomic
def add_day_off(
    ensemble: Ensemble, starts_on: date, ends_on: date, reason: str, *, today: date
) -> EnsembleDayOff:
    """Note that an ensemble does not work on some days, the first and the last included.

    Raises:
        Refused: the days are in the wrong order, over, too many, off already, or a visit is booked in them.
    """
    check_days(starts_on, ends_on, today=today)
    lock_resources([ensemble.pk], [])
    _check_noted(ensemble, starts_on, ends_on)
    _check_visits(ensemble, starts_on, ends_on)
    day_off = EnsembleDayOff(ensemble=ensemble, starts_on=starts_on, ends_on=ends_on, reason=reason.strip())
    check_row(day_off)
    day_off.save()
    return day_off


@transaction.atomic
def remove_day_off(day_off: EnsembleDayOff) -> None:
    """Let the ensemble work on those days after all."""
    day_off.delete()


def check_days(starts_on: date, ends_on: date, *, today: date) -> None:
    """Raises Refused when days off are in the wrong order, over, or more than a year."""
    if ends_on < starts_on:
        raise Refused(_("The last day is before the first."), field="ends_on")
    if ends_on < today:
        raise Refused(_("These days are over. Choose days to come."), field="ends_on")
    if (ends_on - starts_on).days >= DAYS_MAX:
        raise Refused(_("That is more than a year. Check the year of the last day."), field="ends_on")


def _check_name(ensemble: Ensemble) -> None:
    others = Ensemble.objects.filter(producer=ensemble.producer_id).exclude(pk=ensemble.pk)
    # Compared here, because SQLite knows no large and small å.
    if ensemble.name.casefold() in (known.casefold() for known in others.values_list("name", flat=True)):
        raise Refused(
            _("You have another ensemble called %(name)s. Give this one a name of its own.")
            % {"name": ensemble.name},
            field="name",
        )


def _check_noted(ensemble: Ensemble, starts_on: date, ends_on: date) -> None:
    noted = ensemble.days_off.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).first()
    if noted:
        raise Refused(
            _("The ensemble is off already: %(days)s. Choose other days, or remove those first.")
            % {"days": span_text(noted.starts_on, noted.ends_on)},
            field="starts_on",
            day_off=noted.pk,
        )


def _check_visits(ensemble: Ensemble, starts_on: date, ends_on: date) -> None:
    """A visit that holds its slot may not lie in the days, not even with its get-out after midnight."""
    taken = ensemble.allocations.filter(
        is_blocking=True,
        occupied_from__lte=timezone.make_aware(datetime.combine(ends_on, time.max)),
        occupied_to__gt=timezone.make_aware(datetime.combine(starts_on, time.min)),
    )
    first = taken.select_related("booking__tour__production", "booking__presenter").order_by("occupied_from")
    for allocation in first[:1]:
        raise Refused(_visit_sentence(allocation), field="starts_on", booking=allocation.booking_id)


def _visit_sentence(allocation: Allocation) -> str:
    """Which visit is in the way, and what can be done."""
    booking = allocation.booking
    # Residencies reserve rooms and dwellings, never an ensemble.
    assert booking is not None
    return _(
        "%(production)s is booked at %(presenter)s on %(day)s. Choose other days, or move the visit first."
    ) % {
        "production": booking.tour.production,
        "presenter": booking.presenter,
        "day": day_text(booking.occupied_from),
    }
