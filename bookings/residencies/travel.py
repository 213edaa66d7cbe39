"""Journeys to, from and during a stay: the verbs, the kilometres by road, and what they emit as far as it is known."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.models import Residency, ResidencyTravel
from bookings.residencies import locking
from tours.errors import Refused
from tours.lengths import check_column
from venues import travel
from venues.errors import NoRoad
from venues.models import EmissionFactor, Place

Means = ResidencyTravel.Means
#: Journeys lie at most so long before the stay, and after it. Source: the house's choice: a fortnight of touring.
AROUND = timedelta(days=14)
JOURNEYS_MAX = 60
#: As the columns have them.
KM_MAX, PEOPLE_MAX = 20_000, 500
#: The car whose figures are taken where nobody has said which. Source: the factor file's average diesel car.
CAR = ("car", "diesel")


@dataclass(frozen=True)
class TravelInput:
    """All that a journey says; `km` is one way, for all of them together in one vehicle."""

    on: date
    from_words: str
    to_words: str
    means: str
    km: int | None = None
    people_count: int = 1
    note: str = ""


@dataclass(frozen=True)
class Sum:
    """A stay's journeys together: kilometres as far as told, and kg CO2e of those by car, where a factor is known.

    Attributes:
        unknown_count: journeys without kilometres.
        source: of the factor; empty where there is none.
    """

    km: int
    car_km: int
    kg: Decimal | None
    unknown_count: int
    source: str


_COLUMNS = [field.name for field in fields(TravelInput)]


@transaction.atomic
def add(residency: Residency, data: TravelInput) -> ResidencyTravel:
    """A journey; kilometres by car or bus that nobody has told are looked up where both ends are places here.

    Raises:
        NotNow: the residency is cancelled.
        Refused: something can not be; `field` names it.
    """
    residency = locking.lock_standing(residency)
    _check(residency, data)
    if residency.travel.count() >= JOURNEYS_MAX:
        raise Refused(_("A stay has at most %(most)d journeys.") % {"most": JOURNEYS_MAX}, field="on")
    return ResidencyTravel.objects.create(residency=residency, **_values(residency, data))


@transaction.atomic
def change(journey: ResidencyTravel, data: TravelInput, *, version: int) -> ResidencyTravel:
    """Say it anew. Raises ItemChanged where somebody has changed it since that version, else as `add`."""
    residency = locking.lock_standing(journey.residency)
    found = ResidencyTravel.objects.get(pk=journey.pk)
    locking.check_version(version, found.version, journey=found.pk)
    _check(residency, data)
    for name, value in _values(residency, data).items():
        setattr(found, name, value)
    found.version += 1
    found.save()
    return found


def remove(journey: ResidencyTravel, *, version: int) -> None:
    """Take it away. Raises ItemChanged where somebody has changed it since that version."""
    locking.remove(journey, version=version, name="journey")


def suggested_km(residency: Residency, start: str, end: str, on: date) -> int | None:
    """Kilometres by road between two places of the region as people write them; None where that is not known."""
    places = Place.objects.filter(municipality__region=residency.region_id)
    ends = [places.filter(name__iexact=name.strip()).order_by("pk").first() for name in (start, end)]
    if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
        return None
    try:
        return round(travel.leg(ends[0], ends[1], on=on).km)
    except NoRoad:
        return None


def total(residency: Residency) -> Sum:
    """The stay's journeys together. A train is not reckoned: nobody here has a factor with a source for it."""
    rows = list(residency.travel.all())
    car_km = sum(row.km or 0 for row in rows if row.means == Means.CAR)
    factor = EmissionFactor.objects.filter(region=residency.region_id, vehicle=CAR[0], fuel=CAR[1]).first()
    kg = (factor.tank_to_wheel_kg + factor.well_to_tank_kg) * car_km if factor else None
    return Sum(
        km=sum(row.km or 0 for row in rows),
        car_km=car_km,
        kg=round(kg, 1) if kg is not None else None,
        unknown_count=sum(row.km is None for row in rows),
        source=factor.source if factor else "",
    )


def _values(residency: Residency, data: TravelInput) -> dict[str, object]:
    values = {name: getattr(data, name) for name in _COLUMNS}
    values |= {name: " ".join(values[name].split()) for name in ("from_words", "to_words", "note")}
    if data.km is None and data.means in (Means.CAR, Means.BUS):
        values["km"] = suggested_km(residency, data.from_words, data.to_words, data.on)
    return values


def _check(residency: Residency, data: TravelInput) -> None:
    for name in ("from_words", "to_words"):
        if not getattr(data, name).strip():
            raise Refused(_("This must be filled in."), field=name)
    for name in ("from_words", "to_words", "note"):
        check_column(ResidencyTravel, name, getattr(data, name))
    if data.means not in Means.values:
        raise Refused(_("Choose how one travels."), field="means")
    if data.km is not None and not 0 <= data.km <= KM_MAX:
        raise Refused(_("Give a number from 0 to %(most)d.") % {"most": KM_MAX}, field="km")
    if not 1 <= data.people_count <= PEOPLE_MAX:
        raise Refused(_("Write %(low)d to %(high)d.") % {"low": 1, "high": PEOPLE_MAX}, field="people_count")
    near = [
        one for one in residency.periods.all() if one.starts_on - AROUND <= data.on <= one.ends_on + AROUND
    ]
    if not near:
        raise Refused(
            _("A journey lies at most %(days)d days before or after the stay.") % {"days": AROUND.days},
            field="on",
        )
