"""What classes thought of visits, summed for those who made and paid for them. Counts only, and few are not shown.

Few hands or few teachers say who thought what. So the faces of a visit are shown to others than the class's own school
from `FACES_MIN` hands on, and the teachers' answers, which are one person's each, from `CLASSES_MIN` classes on. A sum
over several visits leaves out what would tell those few by subtraction: the visits that are not shown by themselves
are in it only where together they are enough.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from bookings.feedback_questions import QUESTIONS, Question
from bookings.models import Booking, ClassFeedback
from tours.models import Production, Season

#: Source: the house's choice; five is what statistics of small groups usually ask for, three keeps one teacher unknown.
FACES_MIN, CLASSES_MIN = 5, 3
#: What a row is of, such as its visit.
Part = Callable[[ClassFeedback], Hashable]


@dataclass(frozen=True)
class Evaluation:
    """Sums over some classes.

    Attributes:
        faces: hands for glad, so-so and sad; None where there are too few to be shown.
        answers: by question the mean from 1 to 4 and of how many classes; only those with enough.
        comments: what teachers wrote, the latest first.
    """

    classes: int
    faces: tuple[int, int, int] | None
    answers: list[tuple[Question, float, int]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def hands(self) -> int:
        """How many hands were raised, of those that are shown."""
        return sum(self.faces or ())

    @property
    def glad_share(self) -> float | None:
        """The glad among all hands, from 0 to 1."""
        return self.faces[0] / self.hands if self.faces and self.hands else None


def of_visit(booking: Booking) -> Evaluation:
    """What the classes at a visit thought."""
    return summed(ClassFeedback.objects.filter(visit_group__booking=booking))


def of_production(production: Production) -> Evaluation:
    """What all classes that have seen a production thought."""
    rows = ClassFeedback.objects.filter(visit_group__booking__tour__production=production)
    return summed(rows.select_related("visit_group__booking__tour"), [_season, _visit])


def by_production(season: Season) -> list[tuple[Production, Evaluation]]:
    """By production what the classes of a season thought, by title; productions without answers are left out."""
    rows = ClassFeedback.objects.filter(visit_group__booking__tour__season=season).select_related(
        "visit_group__booking__tour__production"
    )
    found: dict[Production, list[ClassFeedback]] = {}
    for row in rows:
        found.setdefault(row.visit_group.booking.tour.production, []).append(row)
    return [(production, summed(found[production], [_visit])) for production in sorted(found, key=str)]


def summed(rows: Iterable[ClassFeedback], shown_by: Sequence[Part] = ()) -> Evaluation:
    """The sums of some classes, without what so few say that it would name them.

    Args:
        shown_by: into which parts the rows fall whose sums are shown too, the largest first.
    """
    told = sorted(rows, key=lambda row: row.changed_at, reverse=True)
    faces = _countable(told, shown_by, lambda some: sum(sum(row.faces) for row in some), FACES_MIN)
    answers = []
    for question in QUESTIONS:
        asked = [row for row in told if question.key in row.answers]
        given = [row.answers[question.key] for row in _countable(asked, shown_by, len, CLASSES_MIN)]
        if given:
            answers.append((question, sum(given) / len(given), len(given)))
    glad, so_so, sad = (sum(row.faces[face] for row in faces) for face in range(3))
    return Evaluation(
        len(told),
        (glad, so_so, sad) if faces else None,
        answers,
        [row.comment for row in told if row.comment],
    )


def _countable(
    rows: list[ClassFeedback],
    shown_by: Sequence[Part],
    size: Callable[[list[ClassFeedback]], int],
    least: int,
) -> list[ClassFeedback]:
    """The rows that may be summed: what each part shows by itself, and the rest where together it is enough."""
    if not shown_by:
        return rows if size(rows) >= least else []
    parts: dict[Hashable, list[ClassFeedback]] = {}
    for row in rows:
        parts.setdefault(shown_by[0](row), []).append(row)
    found = [row for part in parts.values() for row in _countable(part, shown_by[1:], size, least)]
    keys = {row.pk for row in found}
    left = [row for row in rows if row.pk not in keys]
    return found + (left if size(left) >= least else [])


def _visit(row: ClassFeedback) -> Hashable:
    return row.visit_group.booking_id


def _season(row: ClassFeedback) -> Hashable:
    return row.visit_group.booking.tour.season_id
