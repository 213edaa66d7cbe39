"""What classes thought in sums: few hands and few teachers are not shown by themselves."""

from datetime import timedelta

from bookings import activities, evaluation
from bookings.models import Booking, ClassFeedback, VisitGroup, Workshop
from tests.school import OVER, SHOW_AT, confirmed_visit, group, pedagogue, workshop
from tests.world import World


def told(world: World, *rows: tuple[int, int, int], **answers: int) -> Booking:
    """A visit with a class for each row of faces; all teachers answer alike."""
    visit = confirmed_visit(world, [group(world, f"4{n}") for n in range(len(rows))])
    tell(visit, *rows, **answers)
    return visit


def once_more(world: World, *rows: tuple[int, int, int], **answers: int) -> Booking:
    """The same at another visit of the production to the school, without a wish."""
    visit = Booking.objects.filter(groups__isnull=False)[0]
    visit.pk, visit.wish = None, None
    visit.save()
    for number in range(len(rows)):
        VisitGroup.objects.create(booking=visit, group=group(world, f"{visit.pk}-{number}"), pupils_count=24)
    tell(visit, *rows, **answers)
    return visit


def tell(visit: Booking, *rows: tuple[int, int, int], **answers: int) -> None:
    """A row for each class of the visit."""
    for number, (of, faces) in enumerate(zip(visit.groups.order_by("pk"), rows, strict=True)):
        at = OVER + timedelta(minutes=number)
        ClassFeedback.objects.create(
            visit_group=of,
            glad_count=faces[0],
            so_so_count=faces[1],
            sad_count=faces[2],
            answers=answers,
            comment=f"Klass {number}",
            told_at=at,
            changed_at=at,
        )


def test_nobody_has_answered(world: World) -> None:
    found = evaluation.of_production(world.production)
    assert (found.classes, found.faces, found.answers, found.glad_share) == (0, None, [], None)


def test_sums_over_classes(world: World) -> None:
    told(world, (10, 2, 0), (5, 1, 2), (0, 0, 0), fits=4)
    found = evaluation.of_production(world.production)
    assert (found.classes, found.faces, found.glad_share) == (3, (15, 3, 2), 0.75)
    assert [(question.key, mean, count) for question, mean, count in found.answers] == [("fits", 4.0, 3)]
    assert found.comments == ["Klass 2", "Klass 1", "Klass 0"]


def test_few_hands_are_not_shown(world: World) -> None:
    told(world, (2, 1, 1))
    assert evaluation.of_production(world.production).faces is None


def test_nor_are_the_answers_of_few_teachers(world: World) -> None:
    told(world, (10, 0, 0), (9, 0, 0), fits=1)
    found = evaluation.of_production(world.production)
    assert (found.faces, found.answers) == ((19, 0, 0), [])


def test_a_sum_does_not_tell_the_few_by_subtraction(world: World) -> None:
    told(world, (10, 0, 0), (10, 0, 0), (10, 0, 0), fits=4)
    few = once_more(world, (0, 0, 4), fits=1)
    assert evaluation.of_visit(few).faces is None
    ((_production, season),) = evaluation.by_production(world.season)
    for found in (season, evaluation.of_production(world.production)):
        assert (found.classes, found.faces) == (4, (30, 0, 0))
        assert [(mean, count) for _question, mean, count in found.answers] == [(4.0, 3)]


def test_few_of_several_visits_are_enough_together(world: World) -> None:
    told(world, (10, 0, 0), (10, 0, 0), (10, 0, 0), fits=4)
    for _visit in range(3):
        once_more(world, (0, 0, 4), fits=1)
    found = evaluation.of_production(world.production)
    assert (found.faces, found.answers[0][1:]) == ((30, 0, 12), (2.5, 6))


def test_a_season_by_production(world: World) -> None:
    told(world, (10, 0, 0))
    rows = evaluation.by_production(world.season)
    assert [(str(production), sums.classes) for production, sums in rows] == [("Trumman och tystnaden", 1)]


def test_workshops_and_sessions_are_counted_for_themselves(world: World) -> None:
    visit = confirmed_visit(world, [group(world)], 2)
    workshop(visit, pedagogue(world), SHOW_AT - timedelta(days=1))
    assert activities.of_season(world.season) == activities.Activities(0, 0, 0)
    Workshop.objects.update(status="confirmed", took_part=24)
    world.production.kind = "session"
    world.production.save()
    assert activities.of_season(world.season) == activities.Activities(2, 1, 24)
