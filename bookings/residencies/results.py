"""What comes of a residency: the production that was made in it, and the tours that it is played on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bookings.models import Performance, Residency
from bookings.residencies import locking
from tours import repertoire
from tours.errors import NotNow, Refused
from tours.models import Production, Rider, Tour
from venues.models import User


@dataclass(frozen=True)
class Beginning:
    """What a production must have that no residency tells; minutes, and people."""

    duration_min: int
    audience_max: int
    get_in_min: int
    get_out_min: int


@transaction.atomic
def begin_production(
    residency: Residency, made: Beginning, *, version: int, by: User, now: datetime
) -> Production:
    """A production of the residency's ensemble with what is known of it, so that a tour can be planned from it.

    It is on no menu, and its fee is 0 until its producer says otherwise.

    Raises:
        ItemChanged: somebody has changed the residency since that version.
        NotNow: it is cancelled, or has a production already.
        Refused: it has no ensemble, or a number can not be; `field` names it.
    """
    residency = locking.begin(residency, version)
    if residency.production_id:
        raise NotNow(_("It has a production already."), residency=residency.pk)
    if residency.ensemble is None:
        raise Refused(_("Say first which ensemble it is: a production belongs to one."), field="ensemble")
    production = Production(
        ensemble=residency.ensemble,
        title=residency.title,
        synopsis=residency.about or residency.title,
        art_form=residency.art_form,
        duration_min=made.duration_min,
        audience_max=made.audience_max,
        languages=["sv"],
        fee=Decimal(0),
        fee_next_show=Decimal(0),
        currency=residency.currency,
    )
    rider = Rider(get_in_min=made.get_in_min, get_out_min=made.get_out_min)
    production = repertoire.save_production(production, rider, by)
    _set(residency, production, by, now)
    return production


@transaction.atomic
def link_production(
    residency: Residency, production: Production | None, *, version: int, by: User, now: datetime
) -> Residency:
    """Say which production was made in it, or that none was; tours of another production are let go.

    Raises:
        ItemChanged: somebody has changed the residency since that version.
        NotNow: it is cancelled.
        Refused: the production is not of its ensemble's producer.
    """
    residency = locking.begin(residency, version)
    if production and not productions_for(residency).filter(pk=production.pk).exists():
        raise Refused(_("Choose among the productions of the ensemble’s producer."), field="production")
    _set(residency, production, by, now)
    return residency


@transaction.atomic
def link_tours(
    residency: Residency, tours: Iterable[Tour], *, version: int, by: User, now: datetime
) -> Residency:
    """Say on which tours the work is played.

    Raises:
        ItemChanged: somebody has changed the residency since that version.
        NotNow: it is cancelled.
        Refused: a tour plays another production.
    """
    residency, wanted = locking.begin(residency, version), list(tours)
    if any(tour.production_id != residency.production_id for tour in wanted):
        raise Refused(_("Choose among the tours of the production that was made in it."), field="tours")
    residency.tours.set(wanted)
    _write(residency, by, now, {"tours": [str(tour) for tour in wanted]})
    return residency


def productions_for(residency: Residency) -> "QuerySet[Production]":
    """The productions that may have been made in it: those of its ensemble's producer, else of the region."""
    found = Production.objects.select_related("ensemble__producer").order_by("title")
    if residency.ensemble:
        return found.filter(ensemble__producer=residency.ensemble.producer_id)
    return found.filter(ensemble__producer__region=residency.region_id)


def performances_since(residency: Residency, now: datetime) -> int:
    """How many performances of its production have been held since the stay; 0 without a production."""
    last = residency.last_day
    if residency.production_id is None or last is None:
        return 0
    held = Performance.objects.counted().filter(booking__tour__production=residency.production_id)
    return held.filter(starts_at__date__gt=last, starts_at__lte=now).count()


def made_in(production: Production) -> "QuerySet[Residency]":
    """The residencies that the production was made in, and of which everybody may know."""
    public = Residency.objects.public().exclude(status=Residency.Status.CANCELLED)
    return public.filter(production=production).select_related("host", "place").order_by("pk")


def _set(residency: Residency, production: Production | None, by: User, now: datetime) -> None:
    residency.production = production
    others = residency.tours.exclude(production=production) if production else residency.tours.all()
    residency.tours.remove(*others)
    _write(residency, by, now, {"production": str(production or "")})


def _write(residency: Residency, by: User, now: datetime, told: dict[str, object]) -> None:
    locking.write(residency, "results", by, now, fields=["production"], details=told)
