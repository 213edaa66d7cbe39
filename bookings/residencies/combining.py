"""A residency combined with visits to schools near by: ranked days out, as proposals.

Nobody is asked and nothing is reserved by looking. What comes of a proposal is made by whoever runs the residency, a
session at a time, by the verbs of sub-events.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bookings.models import Residency
from bookings.residencies import combine_ground, combine_plans
from bookings.residencies.combine_ground import WORKSHOP
from bookings.residencies.combine_plans import DayPlan, Offer, Session
from tours.models import Production
from tours.windows import calendar_days
from venues.models.school_years import school_year_of

__all__ = ["Combined", "becomes_sub_event", "combine", "offers_of"]


@dataclass(frozen=True)
class Combined:
    """Days out that can all be done together, best first, and what they come to."""

    days: Sequence[DayPlan]

    @property
    def pupils(self) -> int:
        """Pupils who have met nothing this school year, and would."""
        return sum(plan.pupils for plan in self.days)

    @property
    def schools(self) -> int:
        """Schools that are gone to."""
        return len({school.school for plan in self.days for school in plan.schools})

    @property
    def road_min(self) -> int:
        """Minutes on the road of them all."""
        return sum(plan.road_min for plan in self.days)


def offers_of(residency: Residency) -> list[Offer]:
    """What could be done at a school: a workshop, and what the residency's ensemble plays already.

    Its production alone where it has one and no ensemble; a production without a rider is left out.
    """
    known = Production.objects.filter(rider__isnull=False).select_related("rider").order_by("title", "pk")
    if residency.ensemble_id:
        known = known.filter(ensemble=residency.ensemble_id)
    else:
        known = known.filter(pk=residency.production_id or 0)
    return [combine_ground.workshop(), *(combine_ground.offer_of(production) for production in known)]


def combine(residency: Residency, today: date, only: Collection[str] = ()) -> Combined:
    """The days out of a residency's periods to come, best first.

    Args:
        today: days until then are left out, that day too.
        only: keys of the offers that are wanted; all of them where it is empty.
    """
    offers = [offer for offer in offers_of(residency) if not only or offer.key in only]
    days = {day for row in residency.periods.all() for day in calendar_days(row.starts_on, row.ends_on)}
    found: list[DayPlan] = []
    # Classes are of a school year: those of May and those of August are others.
    for _year, some in groupby(sorted(day for day in days if day > today), key=school_year_of):
        found += combine_plans.proposals(combine_ground.read(residency, list(some), offers))
    return Combined(sorted(found, key=combine_plans.order))


def becomes_sub_event(session: Session) -> bool:
    """Whether it can be made a sub-event of the residency: a workshop with classes that can be invited to it."""
    return session.offer.key == WORKSHOP and session.school.is_invited
