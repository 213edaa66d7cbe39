"""The list of what was not run."""

import pytest

from tests.report import in_words, needs_database, not_run


def test_a_test_that_ran_once_was_run() -> None:
    sqlite = {"triggers": "", "constraint": "PostgreSQL's form", "browser": "no Chromium"}
    postgres = {"triggers": "SQLite's form", "constraint": ""}
    assert not_run([sqlite, postgres]) == {"browser": "no Chromium"}


def test_what_no_run_could_do_is_listed_once() -> None:
    assert not_run([{"a": "no Redis"}, {"a": "no Redis"}]) == {"a": "no Redis"}


def test_reasons_are_counted() -> None:
    assert in_words({"a": "no Redis", "b": "no Chromium", "c": "no Chromium"}) == [
        "2 tests: no Chromium",
        "1 test: no Redis",
    ]


def test_nothing_left_out_is_nothing_to_tell() -> None:
    assert in_words(not_run([{"a": ""}, {}])) == []


def test_who_asks_through_a_fixture_needs_a_database(world, request: pytest.FixtureRequest) -> None:
    assert needs_database(request.node)


@pytest.mark.django_db
def test_who_is_marked_needs_a_database(request: pytest.FixtureRequest) -> None:
    assert needs_database(request.node)


def test_who_asks_for_nothing_needs_none(request: pytest.FixtureRequest) -> None:
    assert not needs_database(request.node)
