"""Does a production fit into a room? Line by line, in three values: fits, does not fit, unknown.

What people bring (helpers, lunch, hotel rooms) is agreed with the presenter and is no line of this check.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from tours.models import Production, Rider
from venues.dates import NO_BREAK
from venues.models import Venue
from venues.models.rooms import RoomFacts

Text = str | Promise


class Verdict(StrEnum):
    """What can be said of a need and a room. Unknown never counts as fitting."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class RiderLine:
    """One need of a production beside what the room has.

    `need` is empty where the label says it all ("Tuned piano"), `has` where nobody has said.
    """

    key: str
    label: str
    need: str
    has: str
    verdict: Verdict

    @property
    def text(self) -> str:
        """The line without its verdict: "Stage width: needs 6 m, the room has 7 m", "Tuned piano: no"."""
        words = {"label": self.label, "need": self.need, "has": self.has}
        if self.verdict != Verdict.UNKNOWN:
            pattern = (
                _("%(label)s: needs %(need)s, the room has %(has)s") if self.need else "%(label)s: %(has)s"
            )
        elif self.need:
            pattern = _("%(label)s: needs %(need)s, nobody has said what the room has")
        else:
            pattern = _("%(label)s: nobody has said")
        return pattern % words


def capacity_of(venue: Venue) -> int | None:
    """Persons that the room takes: the lowest of the numbers that are known, or None."""
    known = [n for n in (venue.seats, venue.max_persons, venue.fire_approved_capacity) if n is not None]
    return min(known, default=None)


def room_check(
    rider: Rider, production: Production, venue: Venue, *, audience: int | None = None
) -> list[RiderLine]:
    """Every need that the production has of a room, with what this room has.

    A stage's measure counts where the room has a stage, else the room's own. An outlet fits only its own
    plug: a bigger one needs an adapter, and that is for the two to agree. The check reads no other row.

    Args:
        audience: persons expected; without it the room only has to say how many it takes.

    Returns:
        The lines in a fixed order; needs that the production does not have are left out. The first line,
        how many persons the room takes, is always there.
    """
    return [_capacity(production, venue, audience), *needs_check(rider, venue)]


def needs_check(rider: Rider, venue: Venue) -> list[RiderLine]:
    """The same without how many persons it takes: for work in a room to which no audience comes.

    Args:
        rider: need not be stored.

    Returns:
        The lines in a fixed order; none where nothing is needed.
    """
    lines = [
        _size("stage_width", _("Stage width"), rider.stage_w_m, venue.stage_width_m, venue.width_m),
        _size("stage_depth", _("Stage depth"), rider.stage_d_m, _depth(venue), venue.depth_m),
        _size("height", _("Height"), rider.stage_h_m, venue.usable_height_m, venue.ceiling_m),
        _power(rider, venue),
        _blackout(rider, venue),
        _floor(rider, venue),
        *(_fact(key, label, known(venue)) for key, label, needed, known in FACTS if needed(rider)),
        _dressing_rooms(rider, venue),
    ]
    return [line for line in lines if line]


def verdict_of(lines: Iterable[RiderLine]) -> Verdict:
    """The room as a whole: one line that does not fit decides, then one that is unknown."""
    verdicts = {line.verdict for line in lines}
    for verdict in (Verdict.DOES_NOT_FIT, Verdict.UNKNOWN):
        if verdict in verdicts:
            return verdict
    return Verdict.FITS


def metres_text(value: Decimal) -> str:
    """ "6 m" or "5,5 m", without idle zeros."""
    return f"{number_format(f'{value.normalize():f}')}{NO_BREAK}m"


def _some_light(venue: Venue) -> bool | None:
    known = [n for n in (venue.lighting_fixtures, venue.lighting_lines) if n is not None]
    return any(known) if known else None


#: Needs that a room simply has or has not: key, label, whether it is needed, what is known.
FACTS: list[tuple[str, Text, Callable[[Rider], bool], Callable[[Venue], bool | None]]] = [
    ("flat_floor", _lazy("Flat floor"), lambda r: r.needs_flat_floor, lambda v: v.floor_flat),
    ("piano", _lazy("Tuned piano"), lambda r: r.needs_piano, lambda v: v.piano),
    ("sound", _lazy("Sound system"), lambda r: r.needs_sound, lambda v: v.sound_system),
    ("light", _lazy("Stage lights"), lambda r: r.needs_light, _some_light),
    ("warm_floor", _lazy("At least 22 °C"), lambda r: r.needs_warm_floor, lambda v: v.temperature_ok_dance),
    ("vehicle", _lazy("Vehicle to the door"), lambda r: r.needs_vehicle_access, lambda v: v.vehicle_access),
]
#: Which floors serve a need: sprung wood is wood.
FLOORS = {RoomFacts.Floor.WOOD: {RoomFacts.Floor.WOOD, RoomFacts.Floor.SPRUNG}}
#: Which grades of dark serve a need; a need of "not possible" is none.
DARKNESS = {
    RoomFacts.Blackout.DIM: {RoomFacts.Blackout.DIM, RoomFacts.Blackout.FULL},
    RoomFacts.Blackout.FULL: {RoomFacts.Blackout.FULL},
}


def _line(key: str, label: Text, need: Text, has: Text, fits: bool | None) -> RiderLine:
    verdict = Verdict.UNKNOWN if fits is None else Verdict.FITS if fits else Verdict.DOES_NOT_FIT
    return RiderLine(key, str(label), str(need), "" if fits is None else str(has), verdict)


def _capacity(production: Production, venue: Venue, audience: int | None) -> RiderLine:
    persons = capacity_of(venue)
    if audience:
        need, has = _persons(audience), _persons(persons or 0)
    else:
        most = {"room": _persons(persons or 0), "production": production.audience_max}
        need, has = "", _("%(room)s, the production takes at most %(production)d") % most
    fits = None if persons is None else persons >= (audience or 1)
    return _line("capacity", _("Audience"), need, has, fits)


def _persons(count: int) -> str:
    return ngettext("%(count)d person", "%(count)d persons", count) % {"count": count}


def _size(
    key: str, label: str, need: Decimal | None, stage: Decimal | None, room: Decimal | None
) -> RiderLine | None:
    if need is None:
        return None
    has = room if stage is None else stage
    if has is None:
        return _line(key, label, metres_text(need), "", None)
    return _line(key, label, metres_text(need), metres_text(has), has >= need)


def _depth(venue: Venue) -> Decimal | None:
    depth: Decimal | None = venue.stage_depth_m if venue.playing_depth_m is None else venue.playing_depth_m
    return depth


def _power(rider: Rider, venue: Venue) -> RiderLine | None:
    if not rider.power:
        return None
    outlets = {
        Rider.Power.A16: venue.power_16a,
        Rider.Power.A32: venue.power_32a_cee,
        Rider.Power.A63: venue.power_63a_cee,
    }[Rider.Power(rider.power)]
    has = _("%(count)s such outlets") % {"count": outlets} if outlets else _("no such outlet")
    return _line(
        "power", _("Power"), rider.get_power_display(), has, None if outlets is None else outlets > 0
    )


def _blackout(rider: Rider, venue: Venue) -> RiderLine | None:
    grades = DARKNESS.get(RoomFacts.Blackout(rider.blackout_need)) if rider.blackout_need else None
    if grades is None:
        return None
    fits = venue.blackout in grades if venue.blackout else None
    need, has = rider.get_blackout_need_display(), venue.get_blackout_display()
    return _line("blackout", _("Blackout"), need, has, fits)


def _floor(rider: Rider, venue: Venue) -> RiderLine | None:
    if not rider.floor_need:
        return None
    serving = FLOORS.get(RoomFacts.Floor(rider.floor_need), {rider.floor_need})
    fits = venue.floor_type in serving if venue.floor_type else None
    return _line("floor", _("Floor"), rider.get_floor_need_display(), venue.get_floor_type_display(), fits)


def _fact(key: str, label: Text, known: bool | None) -> RiderLine:
    return _line(key, label, "", _("yes") if known else _("no"), known)


def _dressing_rooms(rider: Rider, venue: Venue) -> RiderLine | None:
    if not rider.dressing_rooms:
        return None
    has = venue.dressing_rooms
    fits = None if has is None else has >= rider.dressing_rooms
    return _line("dressing_rooms", _("Dressing rooms"), str(rider.dressing_rooms), str(has), fits)
