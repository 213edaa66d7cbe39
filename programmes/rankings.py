"""Scores as a ranking: weighted means, how far they lie apart, who is strict. Plain Python: values in, values out.

Exact fractions are compared, so that two who are equal are equal, whatever the order in which they were read.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

#: Assessors disagree when their points lie this share of the scale apart, or more: of 1 to 5, two points.
#: Source: the house's choice.
DISPUTED_SHARE = Fraction(1, 2)
#: How strict somebody is shows from so many applications on; who has read fewer is not corrected.
#: Source: the house's choice.
READ_LEAST = 3


@dataclass(frozen=True)
class Marks:
    """The points that an assessor gives, by criterion; some may be missing."""

    assessor: int
    points: Mapping[int, int]


@dataclass(frozen=True)
class Terms:
    """How points are weighed: criterion -> weight, the highest point (the lowest is 1), how many are to read each."""

    weights: Mapping[int, int]
    most: int
    wanted: int


@dataclass(frozen=True)
class Ranked:
    """An application among the others.

    Attributes:
        place: 1 is best; those with the same mean share it, and the next one comes after them all. None: not read.
        mean: of the assessors' weighted points, 1 to the highest; None: nobody has finished.
        corrected: the same as if all were equally strict; see `strictness`.
        lowest, highest: of the assessors' weighted points.
        deviation: standard deviation of them (of all that there are, not of a sample); None: fewer than two.
        readers: how many have given points by every criterion; `missing` of those that were to.
        by_assessor: assessor -> weighted points.
    """

    key: int
    place: int | None
    mean: Fraction | None
    corrected: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    deviation: float | None
    readers: int
    missing: int
    is_disputed: bool
    by_assessor: Mapping[int, Fraction]

    @property
    def spread(self) -> Fraction | None:
        """From the lowest to the highest; None: fewer than two have read."""
        if self.readers < 2 or self.lowest is None or self.highest is None:
            return None
        return self.highest - self.lowest


@dataclass(frozen=True)
class Strictness:
    """How an assessor gives points: what of how many, and how much milder (or, below 0, stricter) than the panel.

    What one assessor reads another may not have read: `milder` compares with what all others gave the same ones.
    """

    assessor: int
    read: int
    mean: Fraction
    milder: Fraction | None


def rank(read: Mapping[int, Sequence[Marks]], terms: Terms) -> list[Ranked]:
    """The applications, the best first; those that nobody has read last, by their key.

    Args:
        read: application -> what each assessor gives it; at most one of each assessor. Who has left a criterion
            out is not counted, and is missing.
    """
    weighed = {key: weighed_of(marks, terms) for key, marks in read.items()}
    milder = {one.assessor: one.milder for one in strictness(read, terms) if one.milder is not None}
    rows = [_ranked(key, by_assessor, milder, terms) for key, by_assessor in weighed.items()]
    means = [row.mean for row in rows if row.mean is not None]
    placed = [_placed(row, means) for row in rows]
    return sorted(placed, key=lambda row: (row.place is None, row.place or 0, row.key))


def weighed_of(marks: Iterable[Marks], terms: Terms) -> dict[int, Fraction]:
    """Assessor -> weighted points, of those who have scored every criterion."""
    return {
        one.assessor: weighted(one.points, terms.weights)
        for one in marks
        if terms.weights and terms.weights.keys() <= one.points.keys()
    }


def weighted(points: Mapping[int, int], weights: Mapping[int, int]) -> Fraction:
    """The mean of the points by the criteria's weights, which need not be 100 together."""
    return Fraction(sum(points[key] * weight for key, weight in weights.items()), sum(weights.values()))


def strictness(read: Mapping[int, Sequence[Marks]], terms: Terms) -> list[Strictness]:
    """Each assessor who has finished any, by key: their mean, and how much milder than the others they are.

    An assessor is compared with the mean of the other readers of the same application, and only from READ_LEAST
    applications on that another has read too.
    """
    weighed = [weighed_of(marks, terms) for marks in read.values()]
    found = []
    for assessor in sorted({key for row in weighed for key in row}):
        own = [row[assessor] for row in weighed if assessor in row]
        apart = [
            row[assessor] - _mean([given for key, given in row.items() if key != assessor])
            for row in weighed
            if assessor in row and len(row) > 1
        ]
        milder = _mean(apart) if len(apart) >= READ_LEAST else None
        found.append(Strictness(assessor, len(own), _mean(own), milder))
    return found


def is_disputed(lowest: Fraction, highest: Fraction, most: int) -> bool:
    """Whether they lie so far apart that it is worth talking about."""
    return highest - lowest >= DISPUTED_SHARE * (most - 1)


def _ranked(key: int, by_assessor: dict[int, Fraction], milder: dict[int, Fraction], terms: Terms) -> Ranked:
    given = list(by_assessor.values())
    lowest, highest = (min(given), max(given)) if given else (None, None)
    apart = len(given) > 1 and is_disputed(min(given), max(given), terms.most)
    return Ranked(
        key=key,
        place=None,
        mean=_mean(given) if given else None,
        corrected=_corrected(by_assessor, milder, terms.most) if given else None,
        lowest=lowest,
        highest=highest,
        deviation=_deviation(given) if len(given) > 1 else None,
        readers=len(given),
        missing=max(terms.wanted - len(given), 0),
        is_disputed=apart,
        by_assessor=dict(sorted(by_assessor.items())),
    )


def _corrected(by_assessor: dict[int, Fraction], milder: dict[int, Fraction], most: int) -> Fraction:
    """Half of what somebody is milder is taken away: they are compared with the others, not with all."""
    even = [given - milder.get(key, Fraction(0)) / 2 for key, given in by_assessor.items()]
    return min(max(_mean(even), Fraction(1)), Fraction(most))


def _placed(row: Ranked, means: list[Fraction]) -> Ranked:
    if row.mean is None:
        return row
    better = sum(mean > row.mean for mean in means)
    return replace(row, place=better + 1)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _deviation(values: Sequence[Fraction]) -> float:
    mean = _mean(values)
    return math.sqrt(_mean([(value - mean) ** 2 for value in values]))
