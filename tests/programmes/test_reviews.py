"""Scores of an application: drafts, finished, opened again; beyond the scale, in two windows, too early or too late."""

from datetime import timedelta

import pytest

from programmes import calls, reviews
from programmes.models import Application, Review, Score
from programmes.reviews import Given, ReviewInput
from tests.programmes.assessing import READING, Panel, dealt_panel, score, scores
from tests.programmes.open_calls import CLOSES
from tests.world import World
from tours.errors import NotNow, Refused


@pytest.fixture
def panel(world: World) -> Panel:
    """One application that two score."""
    return dealt_panel(world, applicants=1, members=2)


def save(panel: Panel, data: ReviewInput, *, finish: bool = False, version: int = 0, at: int = 0) -> Review:
    seat = panel.seats[at]
    return reviews.save(
        seat, panel.applications[0], data, finish=finish, version=version, by=seat.user, now=READING
    )


def test_a_draft_keeps_what_is_written_though_points_are_missing(panel: Panel) -> None:
    first, second = panel.call.criteria.all()
    made = save(panel, ReviewInput({first.pk: Given(4), second.pk: Given(None, "Tänker än.")}, "Hm."))
    assert [(one.points, one.comment) for one in made.scores.all()] == [(4, ""), (None, "Tänker än.")]
    assert (made.comment, made.finished_at, reviews.progress(panel.seats[0])) == ("Hm.", None, (0, 1))


def test_it_is_finished_once_all_criteria_have_points(panel: Panel) -> None:
    first, second = panel.call.criteria.all()
    with pytest.raises(Refused, match="missing for 1 criterion") as refused:
        save(panel, ReviewInput({first.pk: Given(4)}), finish=True)
    made = save(panel, scores(panel.call), finish=True)
    assert (refused.value.field, made.finished_at) == (f"points_{second.pk}", READING)
    assert reviews.progress(panel.seats[0]) == (1, 1)


def test_what_is_finished_is_opened_again_by_saving_it_as_a_draft(panel: Panel) -> None:
    made = save(panel, scores(panel.call), finish=True)
    again = save(panel, scores(panel.call, 5), version=made.version)
    assert (again.pk, again.finished_at, Review.objects.counting().count()) == (made.pk, None, 0)


@pytest.mark.parametrize("points", [0, 6, -1, 100])
def test_points_beyond_the_scale_are_refused_and_nothing_is_written(panel: Panel, points: int) -> None:
    with pytest.raises(Refused, match="1 to 5"):
        save(panel, scores(panel.call, points))
    assert (Review.objects.count(), Score.objects.count()) == (0, 0)


def test_words_that_are_too_long_and_criteria_of_another_call_are_refused(panel: Panel) -> None:
    first = panel.call.criteria.all()[0]
    for data, field in (
        (ReviewInput(comment="x" * 4001), "comment"),
        (ReviewInput({first.pk: Given(1, "x" * 1001)}), f"comment_{first.pk}"),
        (ReviewInput({0: Given(1)}), "points_0"),
    ):
        with pytest.raises(Refused) as refused:
            save(panel, data)
        assert refused.value.field == field


def test_two_windows_do_not_write_over_each_other(panel: Panel) -> None:
    save(panel, scores(panel.call, 5))
    for version in (0, 2):
        with pytest.raises(NotNow, match="another window"):
            save(panel, scores(panel.call, 1), version=version)
    assert {one.points for one in Score.objects.all()} == {5}


def test_only_what_is_ones_own_to_score_is_scored(world: World) -> None:
    panel = dealt_panel(world, applicants=3, members=3)
    own = set(reviews.mine(panel.seats[0]).values_list("application", flat=True))
    (other,) = Application.objects.exclude(pk__in=own)
    with pytest.raises(NotNow, match="not yours"):
        score(panel.seats[0], other)


def test_nobody_scores_for_another(panel: Panel) -> None:
    with pytest.raises(Refused, match="for themselves"):
        reviews.save(
            panel.seats[0], panel.applications[0], scores(panel.call), finish=True, version=0,
            by=panel.world.officer, now=READING,
        )  # fmt: skip


def test_nothing_is_scored_a_second_before_the_call_has_closed_or_once_it_is_withdrawn(panel: Panel) -> None:
    seat, early = panel.seats[0], CLOSES - timedelta(seconds=1)
    with pytest.raises(NotNow, match="is open until"):
        reviews.save(
            seat, panel.applications[0], scores(panel.call), finish=True, version=0, by=seat.user, now=early
        )
    call = type(panel.call).objects.get(pk=panel.call.pk)
    calls.withdraw(call, why="Nej.", version=call.version, by=panel.world.officer, now=READING)
    with pytest.raises(NotNow, match="withdrawn"):
        score(seat, panel.applications[0])
