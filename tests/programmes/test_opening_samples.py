"""Who may open a file of an application."""

from typing import Any

import pytest

from programmes import (
    applications,
    permissions,
    work_samples,
)
from programmes.models import Application, Call, SampleFile, Sighting
from tests.programmes.applying import artist, draft, send
from tests.programmes.open_calls import CLOSED, OPEN, published
from tests.programmes.sample_files import act, added
from tests.world import World
from venues.models import User


@pytest.fixture
def call(world: World) -> Call:
    return Call.objects.with_ground().get(pk=published(world).pk)


@pytest.fixture
def application(call: Call) -> Application:
    return draft(call, artist())


def again(application: Application) -> Application:
    return Application.objects.with_ground().get(pk=application.pk)


@pytest.fixture
def reader(world: World, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody who may read all applications."""
    monkeypatch.setattr(permissions, "sees_names", lambda user, application, now: user == world.officer)
    monkeypatch.setattr(permissions, "can_read", lambda user, application, now: user == world.officer)
    found: User = world.officer
    return found


def opens(user: Any, file: SampleFile) -> bool:
    return permissions.can_open(user, SampleFile.objects.get(pk=file.pk), CLOSED)


def test_a_draft_is_opened_by_its_applicant_alone(
    application: Application, reader: User, world: World
) -> None:
    file = added(application)
    people = [application.applicant, reader, world.administrator, world.presenter]
    assert [opens(user, file) for user in people] == [True, False, False, False]


def test_what_was_sent_in_last_is_opened_by_who_may_read_it(application: Application, reader: User) -> None:
    first = added(application)
    send(again(application))
    act(work_samples.remove, first)
    second = added(application)
    assert [opens(reader, file) for file in (first, second)] == [True, False]
    send(again(application))
    assert [opens(reader, file) for file in (first, second)] == [False, True]


def test_nothing_of_a_withdrawn_application_is_opened(application: Application, reader: User) -> None:
    file = added(application)
    send(again(application))
    found = again(application)
    applications.withdraw(found, by=found.applicant, version=found.version, now=OPEN)
    assert (opens(reader, file), opens(application.applicant, file)) == (False, True)


def test_what_tells_who_it_is_is_opened_by_who_sees_names(
    application: Application, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    files, answers = [added(application, is_identifying=flag) for flag in (True, False)], []
    send(again(application))
    act(
        work_samples.change, files[0], title="Demo", is_identifying=False
    )  # after it was sent in: that counts
    for sees in (False, True):
        monkeypatch.setattr(permissions, "sees_names", lambda *_, sees=sees: sees)
        answers.append([opens(reader, file) for file in files])
    assert answers == [[False, True], [True, True]]


@pytest.mark.parametrize(
    ("command", "state", "applicant", "other"),
    [
        ("", "unscanned", True, True),
        ("scan", "unscanned", True, False),
        ("scan", "waiting", True, False),
        ("scan", "clean", True, True),
        ("scan", "refused", False, False),
        ("", "refused", False, False),
    ],
)
def test_only_what_the_scanner_has_passed_is_opened(
    application: Application,
    reader: User,
    settings: Any,
    command: str,
    state: str,
    applicant: bool,
    other: bool,
) -> None:
    file = added(application)
    send(again(application))
    settings.SCAN_COMMAND = command
    SampleFile.objects.update(scan_state=state)
    assert (opens(application.applicant, file), opens(reader, file)) == (applicant, other)


def test_who_opens_anothers_is_noted(application: Application, reader: User) -> None:
    file = added(application)
    for user in (application.applicant, reader):
        work_samples.opened(file, by=user, now=OPEN)
    assert [(one.user, one.what, one.application) for one in Sighting.objects.all()] == [
        (reader, Sighting.What.FILE, application)
    ]
