"""What every test may use: the small named world of `tests.world`, and people in fixed roles."""

import gc
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from bookings import demo
from tests.emptying import emptied
from tests.report import leave_out_what_needs_no_database, listen, skip_what_can_not_run
from tests.sharing import SharingScheduler
from tests.template import copy_template, copy_template_database, drop_database
from tests.world import World, make_world
from venues.loading import load_region
from venues.models import Region, User

# Playwright's loop runs in the thread of the live server tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

pytest_plugins = ["tests.browser.fixtures"]
DEMO_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def pytest_configure(config: pytest.Config) -> None:
    listen(config)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> SharingScheduler:
    return SharingScheduler(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    leave_out_what_needs_no_database(config, items)
    skip_what_can_not_run(items)


def pytest_collection_finish() -> None:
    """What has been imported stays: the collector need not look through all of it again during every test."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database is there before: it is a copy of one that was migrated."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    name = connection.creation._get_test_db_name()
    if connection.vendor == "sqlite":
        copy_template(Path(name))
    else:
        copy_template_database(name)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """The database of the tests, taken away at the end; on PostgreSQL its tables are emptied by their rows."""
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = emptied
    yield
    connection.close()
    if connection.vendor == "postgresql":
        drop_database(connection.settings_dict["NAME"])
        return
    for ending in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Texts are compared in English, which is how they are written; what a request leaves behind ends with its test."""
    with translation.override("en"):
        yield


@pytest.fixture
def world(db: None) -> World:
    """Two presenters, a school, an ensemble with a production, an open season and a tour, on real roads."""
    return make_world()


@pytest.fixture
def as_user(client: Client):
    """Log the test client in as a user: `as_user(world.producer)` gives the client back."""

    def log_in(user: User) -> Client:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


@pytest.fixture(scope="module")
def demo_region(django_db_setup: None, django_db_blocker) -> Iterator[Region]:
    """The real region with the demo in it, as it is at noon on 23 November 2026; rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_region()
        region = Region.objects.get(slug="jamtland-harjedalen")
        demo.load(region, now=DEMO_NOON)
        yield region
        transaction.set_rollback(True)
