"""What is hidden is hidden at every address: pages, feeds and files. New routes are looked at by themselves."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from programmes.models import Assessment, Assessor, Call, Declaration, Meeting
from tests import matrix_of_assessing
from tests.matrix import ARGS, ROWS
from tests.programmes.open_calls import draft
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


class Swept(NamedTuple):
    """What a sweep over addresses has found: the pages that tell a secret, and those that read what calls are about."""

    telling: set[str]
    reading: set[str]


def client_of(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    return client


def sweep(
    user: User, stage: Stage, secrets: tuple[str, ...] = SECRETS, names: set[str] | None = None
) -> Swept:
    """Open each address that can be opened; `names` narrows to some."""
    client, found = client_of(user), Swept(set(), set())
    for name in sorted(
        {row.name for row in ROWS if row.method == "get"} & (names or {row.name for row in ROWS})
    ):
        mark = transaction.savepoint()
        address = reverse(name, args=ARGS[name](stage) if name in ARGS else [])
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
            body = b"".join(answer) if answer.streaming else answer.content
        transaction.savepoint_rollback(mark)
        if any(secret.encode() in body for secret in secrets):
            found.telling.add(name)
        if any("programmes_" in one["sql"] for one in queries):
            found.reading.add(name)
    return found


@pytest.fixture(scope="module")
def in_conflict(stage: Stage) -> Swept:
    """All addresses, as the administrator."""
    return sweep(stage.world.administrator, stage)


@pytest.fixture(scope="module")
def free(stage: Stage) -> Swept:
    """All addresses, as the presenter, who has no conflict and scores both."""
    return sweep(stage.world.presenter, stage)


@pytest.fixture
def about_calls(in_conflict: Swept, free: Swept) -> set[str]:
    """The pages that read anything of calls, for those sweeps that need not open all others again."""
    return in_conflict.reading | free.reading


@pytest.fixture
def undone(stage: Stage) -> Iterator[None]:
    """What a test changes is as it was afterwards."""
    mark = transaction.savepoint()
    yield
    transaction.savepoint_rollback(mark)


def test_no_assessor_sees_an_application_they_are_in_conflict_with(in_conflict: Swept) -> None:
    assert in_conflict.telling == set()


def test_others_do_see_it_so_that_the_test_above_says_something(free: Swept) -> None:
    assert {"assessment", "assessment-read", "assessment-declare"} <= free.telling


@pytest.mark.usefixtures("undone")
def test_nothing_is_shown_before_declaring(stage: Stage, about_calls: set[str]) -> None:
    """But the names, on the page where one declares."""
    Declaration.objects.filter(assessor__user=stage.world.administrator).delete()
    found = sweep(stage.world.administrator, stage, names=about_calls)
    assert found.telling == {"assessment-declare"}


@pytest.mark.usefixtures("undone")
def test_who_was_removed_sees_nothing(stage: Stage, about_calls: set[str]) -> None:
    Assessor.objects.filter(user=stage.world.presenter).update(removed_at=timezone.now())
    assert sweep(stage.world.presenter, stage, names=about_calls).telling == set()


@pytest.mark.usefixtures("undone")
@pytest.mark.parametrize("end", ["answered", "withdrawn"])
def test_who_has_assessed_sees_nothing_once_it_has_ended(
    stage: Stage, about_calls: set[str], end: str
) -> None:
    call, now = Call.objects.get(slug=matrix_of_assessing.SLUG), timezone.now()
    if end == "withdrawn":
        Call.objects.filter(pk=call.pk).update(withdrawn_at=now)
    else:
        Assessment.objects.filter(call=call).update(closed_at=now)
        Meeting.objects.create(
            call=call, held_on=now.date(), chair="Ordförande", fixed_at=now, answers_at=now
        )
    found = sweep(stage.world.presenter, stage, names=about_calls)
    assert (found.telling, "assessment" in found.reading) == (set(), True)


@pytest.mark.usefixtures("undone")
def test_who_assesses_another_call_sees_nothing(stage: Stage, about_calls: set[str]) -> None:
    other = draft(stage.world, title="En annan")
    Assessor.objects.filter(user=stage.world.presenter).update(call=other)
    assert sweep(stage.world.presenter, stage, names=about_calls).telling == set()


@pytest.mark.usefixtures("undone")
def test_no_name_is_in_the_bytes_of_any_page_of_one_who_assesses_without_names(
    stage: Stage, about_calls: set[str]
) -> None:
    """Also of the officer who runs the call and sits on its panel; but on the page where one declares."""
    Call.objects.filter(slug=matrix_of_assessing.SLUG).update(is_blind=True)
    Declaration.objects.update(has_conflict=False)
    names = ("Fiktiva Gran", "Grantrion", "Fiktiva Frost")
    people = (stage.world.presenter, stage.world.administrator)
    found = [sweep(user, stage, names, about_calls).telling for user in people]
    assert found == [{"assessment-declare"}] * 2
