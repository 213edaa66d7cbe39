"""What a residency asks for: periods, people, what is needed of a room and of where one lives, and what was wished."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from bookings.residencies.fit_values import Period, Wished
from tours.models import Rider
from tours.windows import midnight
from venues.models import Dwelling, Place, Region, Venue


@dataclass(frozen=True)
class Needs:
    """What is needed of a room to work in, in metres, and of where one lives; None or empty where nothing is."""

    width_m: Decimal | None = None
    depth_m: Decimal | None = None
    height_m: Decimal | None = None
    power: str = ""
    blackout: str = ""
    floor: str = ""
    flat_floor: bool = False
    warm_floor: bool = False
    piano: bool = False
    step_free: bool = False
    kitchen: bool = False
    children: bool = False
    animals: bool = False

    @classmethod
    def of(cls, rider: Rider) -> "Needs":
        """Those of a production: what it plays with it also works with, but for its light, sound and dressing rooms."""
        return cls(
            width_m=rider.stage_w_m,
            depth_m=rider.stage_d_m,
            height_m=rider.stage_h_m,
            power=rider.power,
            blackout=rider.blackout_need,
            floor=rider.floor_need,
            flat_floor=rider.needs_flat_floor,
            warm_floor=rider.needs_warm_floor,
            piano=rider.needs_piano,
        )

    @property
    def rider(self) -> Rider:
        """The same as a rider that is never stored, so that rooms are held against it by one rule."""
        return Rider(
            stage_w_m=self.width_m,
            stage_d_m=self.depth_m,
            stage_h_m=self.height_m,
            power=self.power,
            blackout_need=self.blackout,
            floor_need=self.floor,
            needs_flat_floor=self.flat_floor,
            needs_warm_floor=self.warm_floor,
            needs_piano=self.piano,
        )

    def facts_of(self, dwelling: Dwelling) -> tuple[tuple[str, bool | None], ...]:
        """What is needed of a dwelling, with what is known of this one."""
        rows = (
            (self.step_free, _("Step-free entrance"), dwelling.has_step_free_entrance),
            (self.kitchen, _("Kitchen"), dwelling.has_kitchen),
            (self.children, _("Children are welcome"), dwelling.takes_children),
            (self.animals, _("Animals are welcome"), dwelling.takes_animals),
        )
        return tuple((label, known) for needed, label, known in rows if needed)


@dataclass(frozen=True)
class Asked:
    """What somebody would stay for.

    Attributes:
        periods: at least one.
        hosts, municipalities: ids that were wished, the best liked first; a host counts before its municipality.
        wished: the periods that were wished, the best liked first.
        but: id of the residency whose own reservations are in nobody's way.
    """

    region: Region
    periods: tuple[Period, ...]
    people: int = 1
    art_form: str = ""
    needs: Needs = field(default_factory=Needs)
    home: Place | None = None
    hosts: tuple[int, ...] = ()
    municipalities: tuple[int, ...] = ()
    wished: tuple[Period, ...] = ()
    but: int | None = None

    @property
    def first(self) -> date:
        """The first day of all periods."""
        return min(period.starts_on for period in self.periods)

    @property
    def last(self) -> date:
        """The last day of all periods."""
        return max(period.ends_on for period in self.periods)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """All of it, half-open."""
        return midnight(self.first), midnight(self.last + timedelta(days=1))


def wished_of(asked: Asked, venue: Venue, period: Period) -> Wished:
    """How high the room's house, or its municipality, and the period stand among what was wished."""
    places = asked.hosts or asked.municipalities
    rank = _rank(venue.organisation_id, asked.hosts) or _rank(
        venue.place.municipality_id, asked.municipalities
    )
    return Wished(
        places=max(len(asked.hosts), len(asked.municipalities)) if places else 0,
        place_rank=rank,
        periods=len(asked.wished),
        period_rank=_rank(period, asked.wished),
    )


def _rank(one: object, wished: Sequence[object]) -> int | None:
    return wished.index(one) + 1 if one in wished else None
