"""Migrations say what the models say, and the guards against double booking and rewriting outlive them."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from bookings.models import Agreement, Allocation
from tests.agreements import held
from tests.bookings.stays import day_line, stay
from tests.world import World

#: The tables whose writes are noted for calendars.
NOTED = [
    "booking",
    "booking_change",
    "bus_order",
    "checklist",
    "checklist_item",
    "crew",
    "crew_visit",
    "day_line",
    "dropped_period",
    "dropped_show",
    "ensemble",
    "group",
    "membership",
    "municipality",
    "no_beds",
    "organisation",
    "performance",
    "place",
    "production",
    "region",
    "residency",
    "residency_allocation",
    "residency_period",
    "rider",
    "road",
    "school",
    "season",
    "sub_event",
    "tour",
    "travel_override",
    "venue",
    "visit_contact",
    "visit_group",
    "visit_group_gone",
    "work_rule_profile",
    "workshop",
    "workshop_of_visit",
]
TRIGGERS = sorted(
    [
        "agreement_never_changes",
        "assessment_change_never_changes",
        "claim_change_never_changes",
        "claim_submission_never_changes",
        "decision_change_never_changes",
        "dwelling_taken_once_insert",
        "dwelling_taken_once_update",
        "ensemble_taken_once_insert",
        "ensemble_taken_once_update",
        "minutes_never_change",
        "pedagogue_booked_once_insert",
        "pedagogue_booked_once_update",
        "reopening_never_changes",
        "residency_change_never_changes",
        "residency_contract_never_changes",
        "residency_days_once_insert",
        "residency_days_once_update",
        "shared_taken_once_insert",
        "sighting_never_changes",
        "shared_taken_once_update",
        "submission_never_changes",
        "venue_taken_once_insert",
        "venue_taken_once_update",
        *(f"{name}_noted_{event}" for name in NOTED for event in ("delete", "insert", "update")),
    ]
)
APPS = ("venues", "tours", "bookings", "programmes")
ROOT = Path(__file__).resolve().parent.parent


def triggers() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        return [row[0] for row in cursor.fetchall()]


def exclusions() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'x' ORDER BY conname")
        return [row[0] for row in cursor.fetchall()]


def overlaps() -> tuple[list[str], list[str]]:
    """The guards that stand, and those that should."""
    if connection.vendor == "sqlite":
        return triggers(), TRIGGERS
    return exclusions(), [
        "dwelling_taken_once",
        "ensemble_taken_once",
        "pedagogue_booked_once",
        "residency_days_once",
        "shared_taken_once",
        "venue_taken_once",
    ]


def a_field() -> models.Field:
    field = models.CharField(max_length=20, default="")
    field.set_attributes_from_name("label")
    return field


def other_default() -> models.Field:
    """`is_blocking` as a later migration may make it."""
    field = models.BooleanField(null=True)
    field.set_attributes_from_name("is_blocking")
    field.model = Allocation
    return field


@pytest.fixture
def editor(transactional_db: None):
    """A schema editor as a migration has it. What it changes is put back by the test."""
    return lambda: connection.schema_editor(atomic=True)


class OldSteps(MigrationLoader):
    """The steps one by one, without those that take many together."""

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations = {key: step for key, step in self.disk_migrations.items() if not step.replaces}


def go_back(targets: list[tuple[str, str | None]]) -> None:
    """By the old steps: those that take many together know no state between."""
    executor = MigrationExecutor(connection)
    executor.loader = OldSteps(connection)
    executor.migrate(targets)


def come_up() -> None:
    """As `migrate` does it with a database that stands half way."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def together() -> list[tuple[str, str]]:
    """The steps that take many together."""
    return sorted(MigrationLoader(None).replacements)


def missing() -> list[tuple[str, str]]:
    """What `migrate` would do now."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(step.app_label, step.name) for step, _ in plan]


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_have_names_that_say_something() -> None:
    ours = [path for app in APPS for path in (ROOT / app / "migrations").glob("0*.py")]
    assert [path.name for path in ours if "auto" in path.stem or not path.stem[5:]] == []


def test_an_empty_database_takes_none_of_the_old_steps() -> None:
    loader = MigrationLoader(None)
    plan = {key for leaf in loader.graph.leaf_nodes() for key in loader.graph.forwards_plan(leaf)}
    old = {key for step in loader.replacements.values() for key in step.replaces}
    assert (plan & old, set(together()) - plan) == (set(), set())


def test_the_steps_together_say_what_the_old_steps_say() -> None:
    old, new = OldSteps(None), MigrationLoader(None)
    found = MigrationAutodetector(old.project_state(), new.project_state()).changes(new.graph)
    assert {app: [step.operations for step in steps] for app, steps in found.items()} == {}


def test_a_database_at_the_end_of_the_old_steps_has_nothing_of_them_to_do(db: None) -> None:
    for step in [*together(), ("tours", "0054_from_here_on")]:
        MigrationRecorder(connection).record_unapplied(*step)
    assert missing() == [("tours", "0054_from_here_on")]


def test_a_database_half_way_goes_on_by_the_old_steps(db: None) -> None:
    half = [("bookings", "0093_residencies_and_claims"), ("programmes", "0002_assessments_and_files")]
    for step in half:
        MigrationRecorder(connection).record_unapplied(*step)
    assert missing() == half


def test_the_guard_stands_after_all_migrations(db: None) -> None:
    standing, wanted = overlaps()
    assert standing == wanted


def test_the_guard_outlives_a_new_column(editor) -> None:
    with editor() as changes:
        changes.add_field(Allocation, a_field())
    added = overlaps()
    with editor() as changes:
        changes.remove_field(Allocation, a_field())
    assert added == (added[1], added[1])
    assert overlaps() == added


def test_the_guard_outlives_a_changed_column(editor) -> None:
    old = Allocation._meta.get_field("is_blocking")
    with editor() as changes:
        changes.alter_field(Allocation, old, other_default(), strict=True)
    changed = overlaps()
    with editor() as changes:
        changes.alter_field(Allocation, other_default(), old)
    assert changed == (changed[1], changed[1])
    assert overlaps() == changed


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite remakes tables")
def test_the_guard_outlives_a_remade_table(editor) -> None:
    """The way of every AlterField on SQLite."""
    with editor() as changes:
        changes._remake_table(Allocation)
        changes._remake_table(Agreement)
    assert triggers() == TRIGGERS


def test_every_model_of_ours_has_a_migration(db: None) -> None:
    tables = set(connection.introspection.table_names())
    ours = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    assert [model._meta.db_table for model in ours if model._meta.db_table not in tables] == []


# -- Tours move out of bookings ---------------------------------------

#: The last state in which `bookings` had repertoire, wishes and tours too.
TOGETHER = [("tours", None), ("bookings", "0026_changes")]


def rows() -> dict[str, list[dict]]:
    """All that is stored by the two, by their tables' names without the app; each row by its columns."""
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            app, _, thing = name.partition("_")
            if app in ("tours", "bookings"):
                cursor.execute(f"SELECT * FROM {name} ORDER BY 1")
                names = [column[0] for column in cursor.description]
                found[thing] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def still(before: dict[str, list[dict]]) -> dict[str, list[dict]]:
    """What stands now of the tables and columns that there were before."""
    now = rows()
    return {
        table: [{name: new[name] for name in old} for old, new in zip(stood, now[table], strict=True)]
        for table, stood in before.items()
    }


def tables() -> dict[str, tuple[list, list]]:
    """Each table's columns, and its keys, checks and indexes by all but their names."""
    with connection.cursor() as cursor:
        ask = connection.introspection
        return {
            name: (
                sorted(map(repr, ask.get_table_description(cursor, name))),
                sorted(map(repr, ask.get_constraints(cursor, name).values())),
            )
            for name in ask.table_names(cursor)
        }


def without(table: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


#: The state in which a school had a stage, and forms that the next step fills.
STAGED = [("venues", "0012_school_register")]


def told_by_stages() -> list[str]:
    """The stages as they stand at `STAGED`; each school's becomes another one, and its own number a unit code."""
    school = OldSteps(connection).project_state(STAGED).apps.get_model("venues", "School")
    found = list(school.objects.values_list("stage", flat=True))
    school.objects.update(stage="7-9", unit_code="JH-17")
    return found


def test_a_database_half_way_keeps_its_rows_and_its_guards(transactional_db: None, world: World) -> None:
    """One test for all, and for schools too: it takes nearly every table away and back, which takes a minute."""
    taken = held(world).allocations.get(ensemble=world.ensemble)
    made = tables()
    try:
        go_back([*TOGETHER, *STAGED])
        before, stages = rows(), told_by_stages()
    finally:
        come_up()
    assert tables() == made
    assert still(before) == before
    assert {
        name for name in ("production", "season_productions", "wish", "tour") if not before[name]
    } == set()
    assert overlaps() == (overlaps()[1], overlaps()[1])
    taken.pk = None
    with pytest.raises(IntegrityError, match="ensemble_taken_once"), transaction.atomic():
        taken.save()
    for table in ("tours_ensemble", "tours_production", "tours_season", "tours_wish", "tours_tour"):
        with pytest.raises(IntegrityError):
            without(table)
    school = apps.get_model("venues", "School").objects.get()
    assert stages == ["f-6"]
    assert [(form.form, form.grades) for form in school.forms.all()] == [("compulsory", ["7", "8", "9"])]
    assert (school.unit_code, school.own_id) == (None, "JH-17")


def test_lines_of_day_plans_that_stand_get_identities(transactional_db: None, world: World) -> None:
    """Each its own, and the time at which its residency was changed: nobody knows more of them."""
    made = stay(world)
    for words in ("Repetition", "Lunch"):
        day_line(made, words=words, changed_at=made.changed_at + timedelta(days=1))
    try:
        go_back([("bookings", "0093_residencies_and_claims")])
    finally:
        come_up()
    lines = made.day_lines.all()
    assert ({line.words for line in lines}, len({line.uid for line in lines})) == ({"Repetition", "Lunch"}, 2)
    assert {line.changed_at for line in lines} == {made.changed_at}
