"""The registry of personal data: nothing that may name a person is kept without a purpose and an end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.utils import translation
from django.utils.module_loading import import_string

from bookings import matter
from programmes import retention
from scripts import personal_data
from tests.agreements import NOW
from venues.models import User

ROOT = Path(__file__).parents[2]
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)


def _of_ours() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if (ROOT / config.name).is_dir():
            yield from config.get_models()


def _may_name_somebody(field: Any) -> bool:
    if field.is_relation:
        return field.related_model is User
    return isinstance(field, TEXTS) and not field.choices


def test_every_field_that_may_name_somebody_has_a_rule_or_a_reason() -> None:
    """A new one fails here until somebody says what for and until when it is kept, or that it names nobody."""
    found = {
        f"{model.__name__}.{field.name}"
        for model in _of_ours()
        for field in model._meta.concrete_fields
        if _may_name_somebody(field)
    }
    ruled = {field for rule in retention.RULES for field in rule.fields if not field.endswith(".*")}
    named_nowhere = {f"{model}.{name}" for model, names in matter.MATTER.items() for name in names}
    assert (
        found - ruled - named_nowhere,
        (ruled | named_nowhere) - found,
        ruled & named_nowhere,
    ) == (set(), set(), set())


@pytest.mark.parametrize("rule", retention.RULES, ids=lambda rule: rule.key)
def test_what_a_clock_ends_has_a_task_that_runs(rule: retention.Rule) -> None:
    scheduled = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    by_name = {task.rpartition(".")[2]: task for task in scheduled}
    assert bool(rule.due) == bool(rule.task)
    if rule.task:
        assert callable(import_string(by_name[rule.task]))


def test_a_term_is_said_in_words(settings: Any) -> None:
    settings.CONTACTS_KEPT_DAYS = 30
    with translation.override("en"):
        assert retention.RULES[0].term_text == "30 days after the visit"


def test_what_is_due_is_counted_and_not_deleted(db: None) -> None:
    assert set(retention.due(NOW).values()) == {0}


def test_the_command_says_every_rule(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("retention")
    said = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in said] == [rule.key for rule in retention.RULES]


def test_the_docs_have_the_table_of_the_code() -> None:
    page = personal_data.PAGE.read_text(encoding="utf-8")
    assert page == personal_data.written(page), "run `make personal-data`"
