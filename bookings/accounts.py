"""A course's account: what it brings and costs, the all-in price of each visit, emissions, subsidies to hope for.

What can not be known (a year without rates, a fuel without a factor) is left out and said in `missing`; it is never
taken from somewhere else in silence. Amounts are never exchanged between currencies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from bookings.models import Booking
from bookings.standing import Course
from tours import costs, subsidies
from tours.errors import TurneError
from tours.models import Tour, Wish
from tours.money import MixedCurrencies, Money, per_km, total, zero
from tours.per_diem import per_diem
from tours.subsidies import Answer, Funding
from tours.terms import Terms
from venues.models import EmissionFactor, Organisation, Venue

#: What stands behind a stop of a course.
Ground = Wish | Booking
#: The costs of the road that presenters share, in the order in which they are told.
ROAD = ("mileage", "lodging", "per_diem")


@dataclass(frozen=True)
class Invoiced:
    """What a presenter is invoiced in all, and by cost of the road where the invoice tells these apart."""

    amount: Decimal
    shares: Mapping[str, Money | None] | None = None


@dataclass(frozen=True)
class VisitAccount:
    """One visit's part of the account. A share that is not known is None and left out of the sums.

    Attributes:
        price: as agreed, or as on the menu; `is_all_in` says whether the road is in it.
        shares: its part of each cost of the road.
        funding: what the schemes of its region say, the best first.
        km: its part of the tour's road.
    """

    candidate: str
    presenter: Organisation
    venue: Venue
    day: date
    shows: int
    price: Money
    is_all_in: bool
    shares: Mapping[str, Money | None]
    funding: Sequence[Funding] = ()
    km: Decimal = Decimal(0)

    @property
    def road(self) -> Money:
        """Its known share of travel, lodging and per diem."""
        return total((share for share in self.shares.values() if share), self.price.currency)

    @property
    def fee(self) -> Money:
        """The price without the road."""
        return self.price - self.road if self.is_all_in else self.price

    @property
    def all_in(self) -> Money:
        """The price with the road: all that the presenter pays."""
        return self.price if self.is_all_in else self.price + self.road

    @property
    def hoped(self) -> Funding | None:
        """The best scheme that it qualifies for, or may."""
        return next((one for one in self.funding if one.answer != Answer.NOT_MET), None)


@dataclass(frozen=True)
class Account:
    """The whole tour's.

    Attributes:
        km, nights, people: what the costs were reckoned from.
        costs: of the road; None where one is not known, and `missing` says why, a sentence each.
        co2_kg: from well to wheel; None where no factor is known.
        rates_until: last day of the rates, where later days were reckoned with them.
    """

    currency: str
    km: Decimal
    nights: int
    people: int
    costs: Mapping[str, Money | None]
    visits: Sequence[VisitAccount]
    missing: Sequence[str] = ()
    factor: EmissionFactor | None = None
    rates_until: date | None = None

    @property
    def fees(self) -> Money:
        """The prices of all visits."""
        return total((visit.price for visit in self.visits), self.currency)

    @property
    def repaid(self) -> Money:
        """What presenters pay for the road beside a price that does not include it."""
        return total((visit.road for visit in self.visits if not visit.is_all_in), self.currency)

    @property
    def left(self) -> Money:
        """What remains for wages and the rest, as far as the costs are known."""
        return self.fees + self.repaid - total((cost for cost in self.costs.values() if cost), self.currency)

    @property
    def co2_kg(self) -> Decimal | None:
        if self.factor is None:
            return None
        return self.km * (self.factor.tank_to_wheel_kg + self.factor.well_to_tank_kg)

    def hoped(self, answer: Answer) -> Money:
        """Subsidies of the visits with that answer, each by its best scheme."""
        found = [visit.hoped for visit in self.visits]
        return total((one.amount for one in found if one and one.answer == answer), self.currency)


def account_of(
    terms: Terms,
    course: Course,
    grounds: Mapping[str, Ground],
    invoiced: Mapping[str, Invoiced] | None = None,
) -> Account:
    """The account of a course.

    Args:
        grounds: by candidate the wish or the booking behind it, with its ground.
        invoiced: by candidate what the presenter is invoiced, where that is known.
    """
    return _Ledger(terms, course, grounds, invoiced or {}).account()


class _Ledger:
    """What is gathered while an account is written."""

    def __init__(
        self,
        terms: Terms,
        course: Course,
        grounds: Mapping[str, Ground],
        invoiced: Mapping[str, Invoiced],
    ) -> None:
        self.terms, self.course, self.grounds, self.invoiced = terms, course, grounds, invoiced
        self.tour = terms.tour
        self.currency = terms.tour.production.currency
        self.first = course.problem.days[0].date
        self.km = sum((costs.km_of(day) for day in course.days), Decimal(0))
        self.missing: list[str] = []
        self.used: list[date] = []
        self.stops = {stop.candidate: day.day for day in course.days for stop in day.stops}
        by_distance = self.tour.sharing == Tour.Sharing.DISTANCE
        self.weights = costs.distances(course.problem, course.days) if by_distance else {}

    def account(self) -> Account:
        spent = {
            "mileage": self._known(self._mileage),
            "lodging": self._known(self._lodging),
            "per_diem": self._known(self._per_diem),
        }
        return Account(
            currency=self.currency,
            km=self.km,
            nights=self.course.account.nights_away,
            people=self.tour.production.ensemble.people_count,
            costs=spent,
            visits=self._funded(self._visits(spent)),
            missing=tuple(dict.fromkeys(self.missing)),
            factor=self.terms.factor(),
            rates_until=max(self.used, default=None),
        )

    def _known(self, reckon: Callable[[], Money]) -> Money | None:
        """The cost, or None with the reason noted."""
        try:
            return zero(self.currency) + reckon()
        except TurneError as error:
            self.missing.append(str(error))
        except MixedCurrencies:
            text = _(
                "The region's rates are in another currency than the tour's prices, and nothing is exchanged."
            )
            self.missing.append(text)
        return None

    def _mileage(self) -> Money:
        return total((self._drive(day.day, costs.km_of(day)) for day in self.course.days), self.currency)

    def _drive(self, number: int, km: Decimal) -> Money:
        if not km:
            return zero(self.currency)
        day = self.first + timedelta(days=number)
        rate, currency = self.terms.mileage(day)
        if self.tour.mileage != Tour.Mileage.OWN_COST:
            self._note(day)
        return per_km(rate, km, currency)

    def _lodging(self) -> Money:
        """A room of one's own for each, every night away. Source: the touring agreement, spekter.no 5.2.3."""
        if self.tour.finds_own_beds:
            return zero(self.currency)
        beds = self.course.account.nights_away * self.tour.production.ensemble.people_count
        return Money(Decimal(beds * self.tour.room_cost), self.currency)

    def _per_diem(self) -> Money:
        people = self.tour.production.ensemble.people_count
        each = zero(self.currency)
        for journey in costs.journeys(self.course.problem, self.course.days, _habits(self.tour)):
            if journey.is_entitled:
                each += per_diem(journey, {day: self.terms.day_rates(day) for day in journey.days()})
                for day in journey.days():
                    self._note(day)
        return Money(each.amount * people, each.currency)

    def _note(self, day: date) -> None:
        """Keep the last day of rates that are used beyond their time."""
        table = self.terms.table(day)
        if table.valid_to < day:
            self.used.append(table.valid_to)

    def _visits(self, spent: Mapping[str, Money | None]) -> list[VisitAccount]:
        parts = {
            name: costs.share_out(amount, list(self.stops), self.weights)
            for name, amount in spent.items()
            if amount is not None
        }
        return [
            self._visit(candidate, {name: parts[name][candidate] if name in parts else None for name in ROAD})
            for candidate in self.stops
        ]

    def _visit(self, candidate: str, shares: Mapping[str, Money | None]) -> VisitAccount:
        ground = self.grounds[candidate]
        presenter, shows, price, is_all_in = (
            _agreed(ground) if isinstance(ground, Booking) else _asked(ground)
        )
        if known := self.invoiced.get(candidate):
            price, is_all_in = known.amount, True
            shares = known.shares or shares
        return VisitAccount(
            candidate=candidate,
            presenter=presenter,
            venue=ground.venue,
            day=self.first + timedelta(days=self.stops[candidate]),
            shows=shows,
            price=Money(price, self.currency),
            is_all_in=is_all_in,
            shares=shares,
        )

    def _funded(self, visits: Sequence[VisitAccount]) -> list[VisitAccount]:
        """The visits with what the schemes of their regions say."""
        road = costs.parts_of(self.km, list(self.stops), self.weights)
        seen = [self._as_seen(visit, road[visit.candidate]) for visit in visits]
        funding = subsidies.check(self.terms.schemes, seen)
        return [
            replace(visit, funding=tuple(funding[visit.candidate]), km=road[visit.candidate])
            for visit in visits
        ]

    def _as_seen(self, visit: VisitAccount, km: Decimal) -> subsidies.Visit:
        place, ensemble = visit.venue.place, self.tour.production.ensemble
        region, nothing = place.municipality.region_id, zero(self.currency)
        return subsidies.Visit(
            key=visit.candidate,
            presenter=visit.presenter.pk,
            region=region,
            neighbours=self.terms.neighbours.get(region, frozenset()),
            day=self.stops[visit.candidate],
            shows=visit.shows,
            vehicle=ensemble.vehicle,
            eligible=max(visit.all_in - (visit.shares["per_diem"] or nothing), nothing),
            lodging=visit.shares["lodging"] or nothing,
            fee=max(visit.fee, nothing),
            km=km,
            is_centre=place.name == place.municipality.centre if place.municipality.centre else None,
            inhabitants=place.population,
            is_riksteatern=visit.presenter.is_riksteatern,
            is_recommended=self.tour.production.is_recommended,
            is_free_group=ensemble.is_free_group,
            age_max=self.tour.production.age_max,
            is_for_schools=self.grounds[visit.candidate].audience == Wish.Audience.SCHOOL,
        )


def _agreed(booking: Booking) -> tuple[Organisation, int, Decimal, bool]:
    """Who receives how many shows at which price, and whether the road is in it."""
    return booking.presenter, len(booking.performances.all()), booking.price, booking.is_all_in


def _asked(wish: Wish) -> tuple[Organisation, int, Decimal, bool]:
    """The same of a wish, at the menu's price."""
    production = wish.production
    return wish.organisation, wish.shows_count, production.price_of(wish.shows_count), production.is_all_in


def _habits(tour: Tour) -> costs.Habits:
    """How the party sleeps and eats, as the tour and its production's rider say."""
    return costs.Habits(
        has_breakfast=tour.has_breakfast and not tour.finds_own_beds,
        has_lunch=tour.production.rider.needs_lunch,
        finds_own_beds=tour.finds_own_beds,
    )
