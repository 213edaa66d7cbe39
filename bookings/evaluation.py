"""What classes thought of visits, summed for those who made and paid for them. Counts only, and few are not shown.

Few hands or few teachers say who thought what. So the faces of a visit are shown to others than the class's own school
from `FACES_MIN` hands on, and the teachers' answers, which are one person's each, from `CLASSES_MIN` classes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from bookings.feedback_questions import QUESTIONS, Question
from bookings.models import Booking, ClassFeedback
from tours.models import Production, Season

#: Source: the house's choice; five is what statistics of small groups usually ask for, three keeps one teacher unknown.
FACES_MIN, CLASSES_MIN = 5, 3


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
    return summed(ClassFeedback.objects.filter(visit_group__booking__tour__production=production))


def by_production(season: Season) -> list[tuple[Production, Evaluation]]:
    """By production what the classes of a season thought, by title; productions without answers are left out."""
    rows = ClassFeedback.objects.filter(visit_group__booking__tour__season=season).select_related(
        "visit_group__booking__tour__production"
    )
    found: dict[Production, list[ClassFeedback]] = {}
    for row in rows:
        found.setdefault(row.visit_group.booking.tour.production, []).append(row)
    return [(production, summed(found[production])) for production in sorted(found, key=str)]


def summed(rows: "Iterable[ClassFeedback] | QuerySet[ClassFeedback]") -> Evaluation:
    """The sums of some classes, without what so few say that it would name them."""
    told = sorted(rows, key=lambda row: row.changed_at, reverse=True)
    glad, so_so, sad = (sum(row.faces[face] for row in told) for face in range(3))
    faces = (glad, so_so, sad)
    answers = []
    for question in QUESTIONS:
        given = [row.answers[question.key] for row in told if question.key in row.answers]
        if len(given) >= CLASSES_MIN:
            answers.append((question, sum(given) / len(given), len(given)))
    return Evaluation(
        len(told),
        faces if sum(faces) >= FACES_MIN else None,
        answers,
        [row.comment for row in told if row.comment],
    )
