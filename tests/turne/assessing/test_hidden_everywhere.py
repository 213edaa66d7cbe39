"""What is hidden is hidden at every address: pages, feeds, files, the API. New routes are looked at by themselves."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from programmes.models import Assessor, Call, Declaration
from tests import matrix_of_assessing
from tests.api.callers import caller
from tests.api.matrix import MATRIX, call_for
from tests.matrix import ARGS, ROWS
from tests.stage import Stage, set_stage
from tests.world import make_world
from venues.models import User

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
#: What only the application says that is hidden; the call's other one is not.
SECRETS = ("Fiktiva Gran", "Grantrion", "Dold titel", "Dold text")


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    """The world with one of everything. The administrator runs the call, sits on its panel, and is in conflict."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = set_stage(make_world())
        matrix_of_assessing.make_secret(made, "Dold titel", "Dold text")
        yield made
        transaction.set_rollback(True)


def pages(client: Client, stage: Stage) -> Iterator[tuple[str, bytes]]:
    """What each address that can be opened answers."""
    for row in ROWS:
        if row.method != "get":
            continue
        mark = transaction.savepoint()
        answer = client.get(reverse(row.name, args=ARGS[row.name](stage) if row.name in ARGS else []))
        yield row.name, b"".join(answer) if answer.streaming else answer.content
        transaction.savepoint_rollback(mark)


def told(client: Client, stage: Stage) -> set[str]:
    """The pages that say anything of the hidden application."""
    return {name for name, body in pages(client, stage) if any(secret.encode() in body for secret in SECRETS)}


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    return client


def test_no_assessor_sees_an_application_they_are_in_conflict_with(stage: Stage) -> None:
    assert told(client_of(stage.world.administrator), stage) == set()


def test_others_do_see_it_so_that_the_test_above_says_something(stage: Stage) -> None:
    assert {"assessment-read", "assessment-declare"} <= told(client_of(stage.world.presenter), stage)


def test_nothing_is_shown_before_declaring(stage: Stage) -> None:
    """But the names, on the page where one declares."""
    mark = transaction.savepoint()
    Declaration.objects.filter(assessor__user=stage.world.administrator).delete()
    found = told(client_of(stage.world.administrator), stage)
    transaction.savepoint_rollback(mark)
    assert found == {"assessment-declare"}


def test_who_was_removed_sees_nothing(stage: Stage) -> None:
    mark = transaction.savepoint()
    Assessor.objects.filter(user=stage.world.presenter).update(removed_at=stage.notice.created_at)
    found = told(client_of(stage.world.presenter), stage)
    transaction.savepoint_rollback(mark)
    assert found == set()


def test_no_name_is_in_the_bytes_of_any_page_of_one_who_assesses_without_names(stage: Stage) -> None:
    """Also of the officer who runs the call and sits on its panel; but on the page where one declares."""
    mark = transaction.savepoint()
    Call.objects.filter(slug=matrix_of_assessing.SLUG).update(is_blind=True)
    Declaration.objects.update(has_conflict=False)
    names = [name.encode() for name in ("Fiktiva Gran", "Grantrion", "Fiktiva Frost")]
    found = {
        page
        for user in (stage.world.presenter, stage.world.administrator)
        for page, body in pages(client_of(user), stage)
        if any(name in body for name in names)
    }
    transaction.savepoint_rollback(mark)
    assert found == {"assessment-declare"}


def test_the_api_says_nothing_of_it(stage: Stage) -> None:
    found = set()
    for route, method in sorted(MATRIX):
        if method == "GET":
            mark = transaction.savepoint()
            asked = call_for(stage.world, route, method)
            answer = caller(stage.world.administrator).get(reverse(route, args=asked.args) + asked.query)
            body = b"".join(answer) if answer.streaming else answer.content
            if any(secret.encode() in body for secret in SECRETS):
                found.add(route)
            transaction.savepoint_rollback(mark)
    assert found == set()
