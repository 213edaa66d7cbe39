"""The frame of a tour: make it, change it, and take turns on its board."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Field
from django.utils.translation import gettext as _

from tours.errors import BoardChanged, NotNow, Refused
from tours.models import Production, Season, Tour
from venues.dates import day_text, span_text
from venues.models import WorkRuleProfile
from venues.slugs import slug_of, taken_slugs

#: The longest tour that is planned as one, in days. Source: the house's choice; the planner is tried on 60.
DAYS_MAX = 120
#: Minutes of the working day that must at least remain between departure and arrival. Source: the house's choice.
DAY_FRAME_MIN = 120


def usual(name: str) -> Any:
    """What a new tour has under that name when nobody has decided otherwise, as the model says."""
    column = Tour._meta.get_field(name)
    assert isinstance(column, Field)
    return column.default


@dataclass(frozen=True)
class Frame:
    """Everything that a producer decides about a tour; the amounts are in the production's currency."""

    name: str
    starts_on: date
    ends_on: date
    cut_off_on: date | None = None
    presenters_min: int = usual("presenters_min")
    is_announced_later: bool = usual("is_announced_later")
    moves_up: bool = usual("moves_up")
    offers_at: time | None = None
    performances_per_day: int = usual("performances_per_day")
    day_open_min: int = usual("day_open_min")
    day_close_min: int = usual("day_close_min")
    drive_max_min: int = usual("drive_max_min")
    works_saturdays: bool = usual("works_saturdays")
    works_sundays: bool = usual("works_sundays")
    winter_factor: Decimal = usual("winter_factor")
    trailer_factor: Decimal = usual("trailer_factor")
    wish_worth: int = usual("wish_worth")
    municipality_bonus: int = usual("municipality_bonus")
    cost_per_km: int = usual("cost_per_km")
    cost_per_night: int = usual("cost_per_night")
    cost_per_change: int = usual("cost_per_change")
    moves_offered: bool = usual("moves_offered")
    cost_per_offered_change: int = usual("cost_per_offered_change")
    mileage: str = usual("mileage")
    fuel: str = ""
    room_cost: int = usual("room_cost")
    finds_own_beds: bool = usual("finds_own_beds")
    has_breakfast: bool = usual("has_breakfast")
    sharing: str = usual("sharing")
    uses_latest_rates: bool = usual("uses_latest_rates")
    work_rules: Collection[WorkRuleProfile] = field(default_factory=tuple)

    def columns(self) -> dict[str, Any]:
        """The fields that are columns of the tour."""
        return {name: value for name, value in vars(self).items() if name != "work_rules"}


@transaction.atomic
def create_tour(production: Production, season: Season, frame: Frame) -> Tour:
    """A new tour of the production in the season, as a draft.

    Raises:
        Refused: the production is not on the season's menu, or something in the frame is wrong; `field` says
            what. Nothing is written.
    """
    # Two clicks on the same button wait for each other, so that each finds an address of its own.
    Season.objects.select_for_update(no_key=True).get(pk=season.pk)
    if not season.productions.filter(pk=production.pk).exists():
        raise Refused(
            _("%(production)s is not on the menu of %(season)s. Choose one that is, or put it there first.")
            % {"production": production, "season": season},
            field="production",
        )
    tour = Tour(production=production, season=season)
    taken = [*taken_slugs(Tour), *RESERVED_SLUGS]
    tour.slug = slug_of(frame.name, taken=taken, beside=season.name, longest=160)
    return _write(tour, frame)


def lock_tour(tour: Tour, version: int) -> Tour:
    """The tour as it stands, locked until the transaction ends, if nobody has changed it since that version.

    Raises:
        NotNow: somebody has changed the tour since.
    """
    tour = Tour.objects.select_for_update(no_key=True, of=("self",)).with_ground().get(pk=tour.pk)
    if tour.version != version:
        raise NotNow(
            _(
                "Somebody has changed the tour since you opened the page. Look at what it says now, then change it."
            ),
            tour=tour.pk,
            version=tour.version,
        )
    return tour


def reframe(tour: Tour, frame: Frame) -> Tour:
    """Another frame for a tour as `lock_tour` gave it. The address stays as it is. Raises Refused as `create_tour`."""
    tour.version += 1
    return _write(tour, frame)


def take_turn(tour: Tour, version: int | None) -> None:
    """Lock the tour for a change on its board, inside the caller's transaction, and count its version up.

    Args:
        version: the one that the board was drawn from; None for callers who have looked at no board.

    Raises:
        BoardChanged: somebody has changed the board since. Nothing has been done.
    """
    found = Tour.objects.select_for_update(no_key=True, of=("self",)).get(pk=tour.pk)
    if version is not None and found.version != version:
        raise BoardChanged(
            _("Somebody else has worked on this tour since you opened its board. Nothing was changed."),
            tour=tour.pk,
            version=found.version,
        )
    Tour.objects.filter(pk=tour.pk).update(version=F("version") + 1)


#: Words that stand for pages under /turneer/ and can not name a tour.
RESERVED_SLUGS = ("ny",)


def _write(tour: Tour, frame: Frame) -> Tour:
    _check(tour.season, frame)
    if tour.cut_off_on != frame.cut_off_on:
        tour.cut_off_told_at = None  # of another day the producer has not been told
    for name, value in frame.columns().items():
        setattr(tour, name, value)
    try:
        tour.full_clean(exclude=["slug"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=name, tour=tour.pk) from error
    tour.save()
    tour.work_rules.set(frame.work_rules)
    return tour


def _check(season: Season, frame: Frame) -> None:
    """The rules that concern more than one field."""
    if not frame.name.strip():
        raise Refused(_("Give the tour a name."), field="name")
    if frame.ends_on < frame.starts_on:
        raise Refused(_("The last day is before the first."), field="ends_on")
    if not season.starts_on <= frame.starts_on <= frame.ends_on <= season.ends_on:
        raise Refused(
            _("%(season)s is played %(days)s. Choose days within that.")
            % {"season": season, "days": span_text(season.starts_on, season.ends_on)},
            field="starts_on" if frame.starts_on < season.starts_on else "ends_on",
        )
    if (frame.ends_on - frame.starts_on).days >= DAYS_MAX:
        raise Refused(
            _("A tour is at most %(count)d days. Make two of it.") % {"count": DAYS_MAX}, field="ends_on"
        )
    if frame.cut_off_on and frame.cut_off_on >= frame.starts_on:
        raise Refused(
            _("The cut-off date lies before the first day, %(day)s.") % {"day": day_text(frame.starts_on)},
            field="cut_off_on",
        )
    if frame.day_close_min - frame.day_open_min < DAY_FRAME_MIN:
        raise Refused(
            _("Between the earliest departure and the latest arrival there must be at least two hours."),
            field="day_close_min",
        )
    near = {season.region_id, *season.region.neighbours.values_list("pk", flat=True)}
    if any(profile.region_id not in near for profile in frame.work_rules):
        raise Refused(
            _("Choose working-time rules of the season's own region or of a neighbour."), field="work_rules"
        )
