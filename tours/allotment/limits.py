"""The rules of an allotment: how far and by what pupils travel, how often is played, what is paid."""

from __future__ import annotations

from dataclasses import dataclass, fields

from .reading import Number, Reader


@dataclass(frozen=True)
class Rules:
    """What holds for all units. Every default is the house's choice.

    Attributes:
        targets: the grades to be reached; None for all units of the document.
        shows_per_day: most shows of a production on one day; a production may play fewer.
        walk_max_km: up to so far the pupils walk to another site.
        bus_max_km, bus_max_min: up to so far and so long they go by bus, one way; None: no limit to the minutes.
        bus_sites: of the sites that a unit could go to by bus for a production, so many nearest ones are looked at.
        bus_seats, bus_base, bus_per_km: seats of one bus, its price, and the price of its kilometres there and back.
        per_km: the price of a kilometre of an ensemble.
        per_night: the price of a night away.
        day_trip_max_min: a playing day further from home than this costs a night; None: no day does.
        unknown_fits: whether rooms of which facts are missing count as fitting; assignments then say so.
    """

    targets: tuple[str, ...] | None = None
    shows_per_day: int = 2
    walk_max_km: Number = 0
    bus_max_km: Number = 0
    bus_max_min: int | None = None
    bus_sites: int = 3
    bus_seats: int = 50
    bus_base: Number = 0
    bus_per_km: Number = 0
    per_km: Number = 0
    per_night: Number = 0
    day_trip_max_min: int | None = None
    unknown_fits: bool = False


def read_rules(reader: Reader) -> Rules:
    """The rules of a document; those it does not name keep their defaults."""
    if reader.value is None:
        return Rules()
    reader.mapping(field.name for field in fields(Rules))
    targets = reader.child("targets")
    prices = {name: reader.child(name).optional(Reader.money) or 0 for name in _PRICES}
    return Rules(
        targets=targets.optional(Reader.texts),
        shows_per_day=reader.child("shows_per_day").optional(Reader.count) or 2,
        walk_max_km=reader.child("walk_max_km").optional(Reader.km) or 0,
        bus_max_km=reader.child("bus_max_km").optional(Reader.km) or 0,
        bus_max_min=reader.child("bus_max_min").optional(Reader.whole),
        bus_sites=_whole(reader.child("bus_sites"), Rules.bus_sites),
        bus_seats=reader.child("bus_seats").optional(Reader.count) or Rules.bus_seats,
        day_trip_max_min=reader.child("day_trip_max_min").optional(Reader.whole),
        unknown_fits=bool(reader.child("unknown_fits").optional(Reader.flag)),
        **prices,
    )


_PRICES = ("bus_base", "bus_per_km", "per_km", "per_night")


def _whole(reader: Reader, default: int) -> int:
    return default if reader.value is None else reader.whole()
