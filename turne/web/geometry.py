"""Shapes on the plane: the middle of an area, what is left of it in a frame, and the gaps that areas enclose."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot, sqrt

Point = tuple[float, float]
Ring = tuple[Point, ...]


def pole(rings: Sequence[Ring], precision: float = 0.5) -> Point:
    """The point inside the area that lies furthest from its edge, to within `precision`.

    Args:
        rings: closed, outer ones and holes in any order.

    Source: the quadtree search of Mapbox's polylabel.
    """
    left, top, right, bottom = bounds(point for ring in rings for point in ring)
    half = min(right - left, bottom - top) / 2
    best, at = -1.0, ((left + right) / 2, (top + bottom) / 2)
    cells: list[tuple[float, Point, float]] = []
    across = int((right - left) // (2 * half)) + 1
    down = int((bottom - top) // (2 * half)) + 1
    grid = [(left + (2 * i + 1) * half, top + (2 * j + 1) * half) for i in range(across) for j in range(down)]
    for centre in grid:
        heapq.heappush(cells, _cell(centre, half, rings))
    while cells:
        reach, centre, half = heapq.heappop(cells)
        inner = -reach - half * sqrt(2)
        if inner > best:
            best, at = inner, centre
        if -reach - best > precision:
            for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
                quarter = (centre[0] + dx * half / 2, centre[1] + dy * half / 2)
                heapq.heappush(cells, _cell(quarter, half / 2, rings))
    return at


def _cell(centre: Point, half: float, rings: Sequence[Ring]) -> tuple[float, Point, float]:
    """A square for the queue: the one that may reach furthest from the edge comes out first."""
    return (-(distance_inside(centre, rings) + half * sqrt(2)), centre, half)


def distance_inside(point: Point, rings: Sequence[Ring]) -> float:
    """How far the point is from the area's edge; negative outside the area."""
    edges = [edge for ring in rings for edge in pairwise(ring)]
    nearest = min(_distance(point, *edge) for edge in edges)
    return nearest if is_inside(point, rings) else -nearest


def is_inside(point: Point, rings: Sequence[Ring]) -> bool:
    """Whether a ray from the point to the right meets the edges an odd number of times."""
    x, y = point
    odd = False
    for ring in rings:
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                odd = not odd
    return odd


def _distance(point: Point, start: Point, end: Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length))
    return hypot(x - ax - along * dx, y - ay - along * dy)


def bounds(points: Iterable[Point]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the points, of which there is at least one."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def clip(ring: Ring, width: float, height: float) -> Ring:
    """What of a closed ring lies in the rectangle from (0, 0); empty if nothing does.

    Source: Sutherland and Hodgman, one edge of the rectangle after the other.
    """
    for axis, sign, limit in ((0, 1, 0.0), (0, -1, width), (1, 1, 0.0), (1, -1, height)):
        ring = _cut(ring, axis, sign, limit)
    return ring


def _cut(ring: Ring, axis: int, sign: int, limit: float) -> Ring:
    kept: list[Point] = []
    for start, end in pairwise(ring):
        starts_in, ends_in = (sign * (point[axis] - limit) >= 0 for point in (start, end))
        if starts_in:
            kept.append(start)
        if starts_in != ends_in:
            share = (limit - start[axis]) / (end[axis] - start[axis])
            kept.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    return (*kept, kept[0]) if kept else ()


def cut_line(start: Point, end: Point, box: tuple[float, float, float, float]) -> tuple[Point, Point] | None:
    """What of a line lies in a box (left, top, right, bottom), if anything.

    Source: Liang and Barsky, the line's share that is left by each edge.
    """
    (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
    first, last = 0.0, 1.0
    for step, room in ((-dx, x - box[0]), (dx, box[2] - x), (-dy, y - box[1]), (dy, box[3] - y)):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return None
    return (x + first * dx, y + first * dy), (x + last * dx, y + last * dy)


def gaps(rings: Iterable[Ring]) -> list[Ring]:
    """Closed rings of the holes that areas with common edges enclose: a lake that no area owns."""
    uses = Counter(frozenset(edge) for ring in rings for edge in pairwise(ring))
    beside: dict[Point, list[Point]] = defaultdict(list)
    for edge in sorted(map(sorted, (edge for edge, count in uses.items() if count == 1 and len(edge) == 2))):
        beside[edge[0]].append(edge[1])
        beside[edge[1]].append(edge[0])
    loops = []
    while beside:
        loops.append(_loop(beside))
    return sorted(loops, key=_room)[:-1]


def _loop(beside: dict[Point, list[Point]]) -> Ring:
    """Follow one line of edges to its start, taking them out."""
    here = start = min(beside)
    loop = [start]
    while beside.get(here):
        there = beside[here].pop()
        beside[there].remove(here)
        for point in (here, there):
            if not beside[point]:
                del beside[point]
        loop.append(there)
        here = there
    return tuple(loop)


def _room(ring: Ring) -> float:
    left, top, right, bottom = bounds(ring)
    return (right - left) * (bottom - top)
