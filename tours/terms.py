"""The money terms of a tour: its region's rates and emission factors, and the subsidies of where it plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import ceil

from django.utils.translation import gettext as _

from tours.errors import TurneError
from tours.models import Tour
from tours.per_diem import DayRates
from tours.subsidies import Scheme
from venues.dates import day_text
from venues.models import EmissionFactor, RateTable, Region, SubsidyScheme


class MissingRates(TurneError):
    """A day that no table of rates covers; the sentence says which and what to do."""

    code = "rates_missing"

    def __init__(self, region: Region, day: date) -> None:
        sentence = _(
            "%(region)s has no rates for %(day)s: per diem and tax-free mileage are left out. Load that year's "
            "rates, or let the tour reckon with the latest that are known."
        )
        super().__init__(sentence % {"region": region, "day": day_text(day)}, region=region.pk)


class BadRates(TurneError):
    """A table of rates lacks an amount, or one that can be read."""

    code = "rates_unreadable"

    def __init__(self, table: RateTable, name: str) -> None:
        sentence = _(
            'The rates of %(table)s lack "%(name)s", or it is no number. Mend them and load them again.'
        )
        super().__init__(sentence % {"table": table, "name": name}, rate_table=table.pk)


@dataclass(frozen=True)
class Suggestion:
    """What the planner may weigh a km and a night away with, and for how many people of which amounts."""

    cost_per_km: int
    cost_per_night: int
    people: int
    room: int
    day: Decimal


@dataclass(frozen=True)
class Terms:
    """What a tour's account is reckoned by. `neighbours` are the ids of the regions beside each region."""

    tour: Tour
    tables: Sequence[RateTable]
    emissions: Sequence[EmissionFactor]
    schemes: Sequence[Scheme]
    neighbours: Mapping[int, frozenset[int]]

    def table(self, day: date) -> RateTable:
        """The rates that hold on the day, or the latest before it where the tour has chosen to take those.

        Raises:
            MissingRates: there are none.
        """
        for table in self.tables:
            if table.valid_from <= day <= table.valid_to:
                return table
        earlier = [table for table in self.tables if table.valid_to < day]
        if not (self.tour.uses_latest_rates and earlier):
            raise MissingRates(self.tour.season.region, day)
        return max(earlier, key=lambda table: table.valid_to)

    def day_rates(self, day: date) -> DayRates:
        """The per diem of the day.

        Raises:
            MissingRates, BadRates: there is none, or it can not be read.
        """
        table = self.table(day)
        try:
            return DayRates.from_table(table.rates, table.currency)
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            raise BadRates(table, "per_diem") from error

    def mileage(self, day: date) -> tuple[Decimal, str]:
        """What a kilometre costs on the day, and in which currency.

        Raises:
            MissingRates, BadRates: it is a tax-free rate, and there is none or it can not be read.
        """
        if self.tour.mileage == Tour.Mileage.OWN_COST:
            return Decimal(self.tour.cost_per_km), self.tour.production.currency
        table = self.table(day)
        try:
            return Decimal(str(table.rates["mileage_sek_per_km"][self.tour.mileage])), table.currency
        except (KeyError, TypeError, ArithmeticError) as error:
            raise BadRates(table, f"mileage_sek_per_km.{self.tour.mileage}") from error

    def factor(self) -> EmissionFactor | None:
        """Emissions of the tour's vehicle and fuel, where a figure with a source is known."""
        sought = (self.tour.production.ensemble.vehicle, self.tour.fuel)
        return next((f for f in self.emissions if (f.vehicle, f.fuel) == sought), None)

    def suggestion(self) -> Suggestion:
        """The costs by the rates of the tour's first day: a km rounded up, a night as a room and a day for each.

        Raises:
            MissingRates, BadRates: there are none, or they can not be read.
        """
        tour, people = self.tour, self.tour.production.ensemble.people_count
        rate, _currency = self.mileage(tour.starts_on)
        rates = self.day_rates(tour.starts_on)
        room, day = (0, rates.full + rates.night) if tour.finds_own_beds else (tour.room_cost, rates.full)
        return Suggestion(ceil(rate), ceil(people * (room + day)), people, room, day)


def read_terms(tour: Tour) -> Terms:
    """Read them in a constant number of queries."""
    region = tour.season.region
    schemes = SubsidyScheme.objects.valid_between(tour.starts_on, tour.ends_on)
    regions = Region.objects.filter(subsidy_schemes__isnull=False).prefetch_related("neighbours").distinct()
    return Terms(
        tour=tour,
        tables=list(RateTable.objects.filter(region=region)),
        emissions=list(EmissionFactor.objects.filter(region=region)),
        schemes=[Scheme(row.key, row.label, row.region_id, row.rules, row.source, row.pk) for row in schemes],
        neighbours={one.pk: frozenset(other.pk for other in one.neighbours.all()) for one in regions},
    )
