"""The region drawn: boundaries, roads, routes and words as numbers for `components/map_svg.html`."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from math import ceil, cos, radians
from typing import Any, NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from turne.web.geometry import Point, Ring, bounds, clip, cut_line, gaps, pole
from turne.web.map_labels import Box, Label, Wanted, place
from venues.facts import DATA
from venues.models import Road

#: Where a degree of longitude has its true length on the drawing: the middle of Jämtland and Härjedalen.
TRUE_AT_LATITUDE = 63.2
WIDTH, EDGE = 340, 10
#: The state shown where several visits share a dot: what is least settled comes first.
UNSETTLED = ("cancelled", "postponed", "held", "offered", "planned", "proposed", "confirmed", "played")
LEVELS = 4


@dataclass(frozen=True)
class Area:
    """A municipality, or a neighbour beyond the region; rings of (lon, lat)."""

    code: str
    name: str
    rings: tuple[Ring, ...]
    is_beyond: bool


class Stop(NamedTuple):
    """Something at a point of the map. `number` is written in its dot; `url` makes it a link."""

    label: str
    lat: float
    lon: float
    state: str = ""
    number: int | None = None
    url: str = ""


class Leg(NamedTuple):
    """A drive along (lat, lon) points; one that leads from or to the home is dashed."""

    points: Sequence[tuple[float, float]]
    is_home: bool = False


@dataclass(frozen=True)
class Shade:
    """How a municipality is drawn: fill 0-4, a value under its name, and where a click leads."""

    level: int = 0
    value: str = ""
    url: str = ""
    name: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Frame:
    """A window on the world: equirectangular, x right and y down, one decimal."""

    west: float
    north: float
    scale: float
    width: int
    height: int

    def at(self, lat: float, lon: float) -> Point:
        """The point's place on the drawing."""
        x = EDGE + (lon - self.west) * cos(radians(TRUE_AT_LATITUDE)) * self.scale
        return (round(x, 1), round(EDGE + (self.north - lat) * self.scale, 1))

    def ring(self, ring: Ring) -> Ring:
        """A ring of (lon, lat) on the drawing."""
        return tuple(self.at(lat, lon) for lon, lat in ring)

    @property
    def viewbox(self) -> str:
        return f"0 0 {self.width} {self.height}"


@cache
def areas() -> tuple[Area, ...]:
    """Every boundary of the data directory; those of the region that is served there are not beyond."""
    own = json.loads((DATA / "regions.json").read_text())["served"]["code"]
    found = []
    for path in sorted(DATA.glob("*.geojson")):
        for feature in json.loads(path.read_text())["features"]:
            code, name = feature["properties"]["kod"], feature["properties"]["namn"]
            found.append(Area(code, name, _rings(feature["geometry"]), not code.startswith(own)))
    return tuple(found)


def _rings(geometry: Mapping[str, Any]) -> tuple[Ring, ...]:
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return tuple(tuple((lon, lat) for lon, lat in ring) for shape in shapes for ring in shape)


def frame_of(stops: Sequence[tuple[float, float]] = (), width: int = WIDTH) -> Frame:
    """The window that shows the whole region, and those of the (lat, lon) points that lie beyond it."""
    own = [point for area in areas() if not area.is_beyond for ring in area.rings for point in ring]
    west, south, east, north = bounds([*own, *((lon, lat) for lat, lon in stops)])
    scale = (width - 2 * EDGE) / ((east - west) * cos(radians(TRUE_AT_LATITUDE)))
    return Frame(west, north, scale, width, ceil((north - south) * scale + 2 * EDGE))


@dataclass(frozen=True)
class Ground:
    """The drawn boundaries of a frame: path data by municipality, where its name goes, neighbours, lakes."""

    paths: dict[str, str]
    middles: dict[str, Point]
    beyond: tuple[tuple[str, str], ...]
    waters: tuple[str, ...]
    names: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=64)
def ground(frame: Frame) -> Ground:
    """Draw the boundaries; done once for each frame."""
    own = {area.code: [frame.ring(ring) for ring in area.rings] for area in areas() if not area.is_beyond}
    beyond = [(area.name, _clipped(frame, area)) for area in areas() if area.is_beyond]
    return Ground(
        paths={code: _path(rings) for code, rings in own.items()},
        middles={code: pole(rings) for code, rings in own.items()},
        beyond=tuple((name, path) for name, path in beyond if path),
        waters=tuple(_path([lake]) for lake in gaps(ring for rings in own.values() for ring in rings)),
        names={area.code: area.name for area in areas() if not area.is_beyond},
    )


def _clipped(frame: Frame, area: Area) -> str:
    rings = (clip(frame.ring(ring), frame.width, frame.height) for ring in area.rings)
    return _path([ring for ring in rings if ring])


def _path(rings: Sequence[Ring]) -> str:
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1]) + "Z" for ring in rings)


def _line(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def roads() -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Every road as two (lat, lon) points; one query."""
    rows = Road.objects.values_list("start__lat", "start__lon", "end__lat", "end__lon")
    return [((lat, lon), (to_lat, to_lon)) for lat, lon, to_lat, to_lon in rows]


def route_map(
    stops: Sequence[Stop | tuple[str, float, float, str]],
    legs: Sequence[Leg | Sequence[tuple[float, float]]],
    *,
    title: str = "",
    key: str = "route",
    roads: Sequence[Sequence[tuple[float, float]]] = (),
) -> dict[str, Any]:
    """The context of `maps/route_map.html`: a tour on the region's map.

    Args:
        stops: (label, lat, lon, state), most important first; the state "home" marks where the tour starts.
            Stops at one point share a dot.
        legs: (lat, lon) points along each drive.
        title: what the map shows, for those who do not see it; made from the stops if empty.
        key: unique on the page.
        roads: (lat, lon) points of roads to draw under the route, such as `roads()`.
    """
    known = [Stop(*stop) for stop in stops]
    frame = frame_of([(stop.lat, stop.lon) for stop in known])
    driven = [leg if isinstance(leg, Leg) else Leg(leg) for leg in legs]
    drawn = [Leg([frame.at(*point) for point in leg.points], leg.is_home) for leg in driven]
    dots = _dots(frame, known)
    lines = [line for leg in drawn for line in pairwise(leg.points)]
    words = [Wanted(dot["x"], dot["y"], dot["name"], gap=11) for dot in dots]
    return _map(
        frame,
        key=key,
        title=title or _route_title(known),
        areas={code: Shade(level=1) for code in ground(frame).paths},
        roads=_roads(frame, roads),
        legs=[{"d": _line(leg.points), "home": leg.is_home} for leg in drawn if len(leg.points) > 1],
        stops=dots,
        labels=[_text(label) for label in place(words, width=frame.width, height=frame.height, lines=lines)],
    )


def _route_title(stops: Sequence[Stop]) -> str:
    visits = [stop for stop in stops if stop.state != "home"]
    names = ", ".join(dict.fromkeys(stop.label for stop in visits))
    text = ngettext(
        "The route with %(count)d stop: %(names)s", "The route with %(count)d stops: %(names)s", len(visits)
    )
    return text % {"count": len(visits), "names": names} if visits else _("The region, no stops yet")


def _dots(frame: Frame, stops: Sequence[Stop]) -> list[dict[str, Any]]:
    """One dot for each point; the least settled of its states is shown."""
    found: dict[Point, dict[str, Any]] = {}
    for stop in stops:
        x, y = frame.at(stop.lat, stop.lon)
        new = {
            "x": x,
            "y": y,
            "name": stop.label,
            "state": stop.state,
            "number": stop.number,
            "url": stop.url,
        }
        dot = found.setdefault((x, y), {**new, "home": stop.state == "home"})
        if _settled(stop.state) < _settled(dot["state"]):
            dot["state"] = stop.state
        dot["number"] = dot["number"] or stop.number
    return list(found.values())


def _settled(state: str) -> int:
    return UNSETTLED.index(state) if state in UNSETTLED else len(UNSETTLED)


def area_map(
    shades: Mapping[str, Shade],
    *,
    title: str,
    key: str = "map",
    stops: Sequence[Stop] = (),
    roads: Sequence[Sequence[tuple[float, float]]] = (),
    has_beyond: bool = True,
    named: Collection[str] | None = None,
) -> dict[str, Any]:
    """The context of `maps/area_map.html`: the municipalities by how much happens in them.

    Args:
        shades: by municipality code; one that is missing is drawn without fill and link.
        stops: what is at places, most important first; a name that does not fit is left out.
        has_beyond: whether the neighbours are drawn, faintly.
        named: codes of the municipalities whose names are written; None writes them all.
    """
    frame = frame_of()
    dots = _dots(frame, stops)
    names = _area_names(frame, shades, named, [_room_of(dot) for dot in dots])
    words = [Wanted(dot["x"], dot["y"], dot["name"], gap=11, size=11) for dot in dots]
    taken = [label.box for label in names]
    small = place(words, width=frame.width, height=frame.height, taken=taken)
    return _map(
        frame,
        key=key,
        title=title,
        areas=shades,
        roads=_roads(frame, roads),
        stops=dots,
        labels=[_text(label, "area") for label in names] + [_text(label, "s") for label in small],
        has_beyond=has_beyond,
    )


def scale(values: Mapping[str, float], decimals: int = 0) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Fills 0-4 for values by equal steps up to the highest, and the words of the map's scale.

    Returns:
        Level by key, and `steps` for `components/map_scale.html`, lowest first; nothing is level 0.
    """
    unit = 10**decimals
    # Something is never drawn as nothing, however little it is.
    whole = {key: max(round(value * unit), 1) if value > 0 else 0 for key, value in values.items()}
    top = max(whole.values(), default=0)
    ends = sorted({ceil(top * step / LEVELS) for step in range(LEVELS + 1)})
    levels = {
        key: next(level for level, end in enumerate(ends) if value <= end) for key, value in whole.items()
    }
    steps = [{"level": 0, "label": "0"}]
    for level, (below, end) in enumerate(pairwise(ends), start=1):
        low, high = (number_format(count / unit, decimals) for count in (below + 1, end))
        steps.append({"level": level, "label": high if low == high else f"{low}–{high}"})
    return levels, steps


def _room_of(dot: Mapping[str, Any]) -> Box:
    return (dot["x"] - 8, dot["y"] - 8, dot["x"] + 8, dot["y"] + 8)


def _area_names(
    frame: Frame, shades: Mapping[str, Shade], named: Collection[str] | None, dots: Sequence[Box]
) -> list[Label]:
    """A name in the middle of each municipality, with its value; moved aside where a dot is in the way."""
    drawn = ground(frame)
    wanted = []
    for code, (x, y) in drawn.middles.items():
        if named is None or code in named:
            value = shades.get(code, Shade()).value
            wanted.append(Wanted(x, y, f"{drawn.names[code]} {value}".strip()))
    return place(wanted, width=frame.width, height=frame.height, taken=dots)


def _map(
    frame: Frame, *, key: str, areas: Mapping[str, Shade], has_beyond: bool = True, **parts: Any
) -> dict[str, Any]:
    drawn = ground(frame)
    beyond = [{"d": path, "name": name, "beyond": True} for name, path in drawn.beyond if has_beyond]
    own = [_area(drawn, code, areas.get(code, Shade())) for code in drawn.paths]
    return {
        "id": key,
        "viewbox": frame.viewbox,
        "linked": any(area.get("url") for area in own) or any(stop["url"] for stop in parts["stops"]),
        "municipalities": beyond + sorted(own, key=lambda area: area["current"]),
        "waters": drawn.waters,
        **parts,
    }


def _area(drawn: Ground, code: str, shade: Shade) -> dict[str, Any]:
    return {
        "d": drawn.paths[code],
        "name": shade.name or drawn.names[code],
        "level": shade.level,
        "url": shade.url,
        "current": shade.is_current,
    }


def _roads(frame: Frame, roads: Sequence[Sequence[tuple[float, float]]]) -> list[dict[str, Any]]:
    """What of the roads lies in the frame, as one path: a third of the size of one path for each."""
    box = (0.0, 0.0, float(frame.width), float(frame.height))
    stretches = [pair for road in roads for pair in pairwise(frame.at(*point) for point in road)]
    drawn = [cut for start, end in stretches if (cut := cut_line(start, end, box))]
    return [{"d": "".join(_line(cut) for cut in drawn)}] if drawn else []


def _text(label: Label, kind: str = "") -> dict[str, Any]:
    return {"x": label.x, "y": label.y, "text": label.text, "anchor": label.anchor, "kind": kind}
