"""Words on a map that do not run into each other: values in, values out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from turne.web.geometry import cut_line

Box = tuple[float, float, float, float]  # left, top, right, bottom
Line = tuple[tuple[float, float], tuple[float, float]]

#: Width of a letter and height of a line, in parts of the type's size: Source Sans 3 at weight 600, rounded up.
LETTER, ASCENT, DESCENT = 0.56, 0.8, 0.25
#: Room that a word keeps on its sides.
AIR = 2
#: What a place further down the list of positions costs, in crossings of a line.
LATER = 0.6


@dataclass(frozen=True)
class Wanted:
    """A word to write at a point. `gap` keeps it clear of the point's dot; 0 writes it over the point."""

    x: float
    y: float
    text: str
    gap: float = 0
    size: float = 12

    @property
    def dot(self) -> Box:
        """The room of the point itself."""
        return (self.x - self.gap, self.y - self.gap, self.x + self.gap, self.y + self.gap)


@dataclass(frozen=True)
class Label:
    """A word in its place; `anchor` is SVG's text-anchor and `box` the room it takes."""

    x: float
    y: float
    text: str
    anchor: str
    box: Box


def place(
    wanted: Sequence[Wanted],
    *,
    width: float,
    height: float,
    lines: Sequence[Line] = (),
    taken: Sequence[Box] = (),
) -> list[Label]:
    """Write the words, the most important first; a word for which no position is free is left out.

    Args:
        wanted: in order of importance.
        width, height: of the drawing; nothing reaches over its edge.
        lines: what a word should rather not cross.
        taken: what no word may touch.
    """
    dots = {want: want.dot for want in wanted if want.gap}
    full, labels = list(taken), []
    for want in wanted:
        blocked = full + [dot for other, dot in dots.items() if other != want]
        fitting = [
            (crossings(label.box, lines) + LATER * rank, rank, label)
            for rank, label in enumerate(positions(want))
            if _inside(label.box, width, height) and not any(touches(label.box, box) for box in blocked)
        ]
        if fitting:
            label = min(fitting)[2]
            labels.append(label)
            full.append(label.box)
    return labels


def positions(want: Wanted) -> Iterator[Label]:
    """Where a word may stand, best first: beside its dot, then above and below; without a dot on the point."""
    gap, size = want.gap, want.size
    if not gap:
        for dx, dy in ((0, 0), (0, -0.8), (0, 0.8), (-1.2, 0), (1.2, 0), (0, -1.6), (0, 1.6), (2.4, 0)):
            yield _label(want, "middle", dx * size, (0.3 + dy) * size)
        return
    near, high, low = 0.8 * gap, -0.55 * size, 1.2 * size
    yield _label(want, "start", gap, 0.35 * size)
    yield _label(want, "end", -gap, 0.35 * size)
    yield _label(want, "start", near, high)
    yield _label(want, "end", -near, high)
    yield _label(want, "start", near, low)
    yield _label(want, "end", -near, low)
    yield _label(want, "middle", 0, -gap - 0.1 * size)
    yield _label(want, "middle", 0, gap + 0.9 * size)


def _label(want: Wanted, anchor: str, dx: float, dy: float) -> Label:
    x, y = want.x + dx, want.y + dy
    wide = len(want.text) * want.size * LETTER
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    box = (left - AIR, y - ASCENT * want.size, left + wide + AIR, y + DESCENT * want.size)
    return Label(round(x, 1), round(y, 1), want.text, anchor, box)


def touches(box: Box, other: Box) -> bool:
    """Whether two boxes share any room."""
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def crossings(box: Box, lines: Sequence[Line]) -> int:
    """How many of the lines run through the box."""
    return sum(cut_line(*line, box) is not None for line in lines)


def _inside(box: Box, width: float, height: float) -> bool:
    return box[0] >= 2 and box[1] >= 2 and box[2] <= width - 2 and box[3] <= height - 2
