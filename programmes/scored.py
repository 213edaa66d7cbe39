"""The scores of a call, out of the database: as marks to rank by, and as what was said of one application."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db.models import QuerySet

from programmes.models import Assessment, Assessor, Call, Criterion, Review
from programmes.rankings import Marks, Ranked, Strictness, Terms, rank, strictness

#: Decimals of means on pages and in minutes. Source: the house's choice.
SHOWN = Decimal("0.01")


@dataclass(frozen=True)
class Points:
    """What an assessor gives by a criterion, and says of it."""

    assessor: Assessor
    points: int
    comment: str


@dataclass(frozen=True)
class Said:
    """What the assessors think of an application: by each criterion, and all in all."""

    criteria: list[tuple[Criterion, list[Points]]]
    comments: list[tuple[Assessor, str]]


def counted(call: Call) -> "QuerySet[Review]":
    """The reviews that count, with their scores; see `Reviews.counting`."""
    found = Review.objects.counting().filter(application__call=call)
    return found.select_related("assessor__user").prefetch_related("scores__criterion")


def terms_of(call: Call) -> Terms | None:
    """How the call's points are weighed; None: it has no assessment."""
    assessment = Assessment.objects.filter(call=call).first()
    if assessment is None:
        return None
    weights = {one.pk: one.weight for one in call.criteria.all()}
    return Terms(weights, assessment.scale_most, assessment.readers_count)


def marks_of(call: Call, without: Collection[int] = ()) -> Mapping[int, list[Marks]]:
    """Application -> marks, of every one that counts but those."""
    shown = call.applications.sent_in().exclude(pk__in=without)
    marks: dict[int, list[Marks]] = {pk: [] for pk in shown.values_list("pk", flat=True)}
    for review in counted(call).filter(application__in=list(marks)):
        points = {score.criterion_id: score.points for score in review.scores.all() if score.points}
        marks[review.application_id].append(Marks(review.assessor_id, points))
    return marks


def ranked(call: Call, without: Collection[int] = ()) -> list[Ranked]:
    """The call's ranking, by the applications' primary keys; empty: it has no assessment.

    Args:
        without: those that are hidden from the reader: a gap in the places would tell how they were scored.
    """
    terms = terms_of(call)
    return rank(marks_of(call, without), terms) if terms else []


def strictness_of(call: Call, without: Collection[int] = ()) -> list[tuple[Assessor, Strictness]]:
    """How strict each assessor is, by their seats; `without` as in `ranked`."""
    terms = terms_of(call)
    found = {one.assessor: one for one in strictness(marks_of(call, without), terms)} if terms else {}
    seats = Assessor.objects.filter(pk__in=found).select_related("user")
    return [(seat, found[seat.pk]) for seat in seats]


def said_of(call: Call) -> Mapping[int, Said]:
    """Application -> what was said of it; those that nobody has read are not among them."""
    points: dict[int, dict[int, list[Points]]] = defaultdict(lambda: defaultdict(list))
    comments: dict[int, list[tuple[Assessor, str]]] = defaultdict(list)
    for review in counted(call).order_by("assessor"):
        for score in review.scores.all():
            told = Points(review.assessor, score.points or 0, score.comment)
            points[review.application_id][score.criterion_id].append(told)
        if review.comment:
            comments[review.application_id].append((review.assessor, review.comment))
    criteria = list(call.criteria.all())
    return {
        key: Said([(one, by_criterion[one.pk]) for one in criteria if by_criterion[one.pk]], comments[key])
        for key, by_criterion in points.items()
    }


def missing_scores(call: Call) -> dict[int, int]:
    """Number of an application -> how many of its readers have not finished; only where any is missing."""
    numbers = dict(call.applications.sent_in().values_list("pk", "number"))
    return {
        numbers[row.key] or 0: row.missing
        for row in sorted(ranked(call), key=lambda row: row.key)
        if row.missing
    }


def rounded(value: Fraction | float | None) -> Decimal | None:
    """As it is shown: two decimals, halves up; None stays None."""
    if value is None:
        return None
    exact = Fraction(value)
    return (Decimal(exact.numerator) / exact.denominator).quantize(SHOWN, ROUND_HALF_UP)
