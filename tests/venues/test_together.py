"""Tables that one step makes together."""

from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from venues.migrations._together import CreateTogether


def one(name: str, other: str) -> CreateModel:
    points_at = models.ForeignKey(f"venues.{other}", on_delete=models.CASCADE, null=True, related_name="+")
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), (other, points_at)])


#: Each points at the other.
STEP = CreateTogether("venues", [one("left", "right"), one("right", "left")])


def states() -> tuple[ProjectState, ProjectState]:
    """Before the step, and after it."""
    before = ProjectState()
    after = before.clone()
    STEP.state_forwards("bookings", after)
    return before, after


def made() -> list[str]:
    return [
        name for name in connection.introspection.table_names() if name in ("venues_left", "venues_right")
    ]


def test_the_models_are_those_of_the_app_that_is_named() -> None:
    assert sorted(states()[1].models) == [("venues", "left"), ("venues", "right")]


def test_what_was_rendered_before_is_rendered_anew() -> None:
    state = ProjectState()
    before = state.apps
    STEP.state_forwards("bookings", state)
    assert [model.__name__ for model in state.apps.get_models()] == ["left", "right"]
    assert before.get_models() == []


def test_tables_that_point_at_one_another_are_made_and_taken_away(transactional_db: None) -> None:
    before, after = states()
    with connection.schema_editor() as editor:
        STEP.database_forwards("bookings", editor, before, after)
    there = made()
    with connection.schema_editor() as editor:
        STEP.database_backwards("bookings", editor, after, before)
    assert (there, made()) == (["venues_left", "venues_right"], [])


def test_a_plan_says_how_many_there_are() -> None:
    assert STEP.describe() == "Create 2 models of venues"
