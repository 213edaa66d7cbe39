"""Files of an application: written while the call is open, kept as they were sent in, gone with drafts."""

import os
import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from bookings.kept_facts import digest_of
from programmes import (
    applicants,
    applications,
    file_checks,
    stored_files,
    submissions,
    work_samples,
)
from programmes.applicants import DRAFTS_KEPT
from programmes.models import Application, Call, SampleFile, Submission
from tests.programmes import sample_files as made
from tests.programmes.applying import artist, draft, send, sent
from tests.programmes.open_calls import CLOSED, CLOSES, OPEN, published
from tests.programmes.sample_files import act, added
from tests.world import World
from tours.errors import NotNow, Refused


@pytest.fixture
def call(world: World) -> Call:
    return Call.objects.with_ground().get(pk=published(world).pk)


@pytest.fixture
def application(call: Call) -> Application:
    return draft(call, artist())


def again(application: Application) -> Application:
    return Application.objects.with_ground().get(pk=application.pk)


def titles(application: Application) -> list[str]:
    return [file.title for file in submissions.files_of(again(application))]


def on_disk() -> int:
    folder = Path(settings.MEDIA_ROOT, "work-samples")
    return len(list(folder.iterdir())) if folder.exists() else 0


# -- written ---------------------------------------


def test_what_is_added_stands_last_and_is_hidden_in_doubt(application: Application) -> None:
    file = added(application, made.pdf(author="Någon"), title=" Noter ", name="not.pdf")
    added(application, title="Text")
    assert titles(application) == ["Noter", "Text"]
    assert (file.kind, file.original_name, file.particulars, file.is_identifying, file.scan_state) == (
        "pdf",
        "not.pdf",
        "Någon",
        True,
        "unscanned",
    )
    assert file.file.open("rb").read() == made.pdf(author="Någon")


def test_where_it_is_kept_says_nothing(application: Application) -> None:
    file = added(application, name="../../Hemligt namn.html")
    folder, _slash, name = str(file.file.name).rpartition("/")
    assert (folder, len(name), name[-4:]) == ("work-samples", 36, ".txt")
    assert Path(file.file.path).is_relative_to(settings.MEDIA_ROOT)


def test_it_is_named_anew_marked_moved_and_removed(application: Application) -> None:
    first, second, third = (added(application, title=title) for title in ("Ett", "Två", "Tre"))
    act(work_samples.change, second, title="Andra", is_identifying=False)
    for _ in range(3):
        act(work_samples.move_up, third)
    assert titles(application) == ["Tre", "Ett", "Andra"]
    act(work_samples.remove, first)
    added(application, title="Fyra")
    assert titles(application) == ["Tre", "Andra", "Fyra"]
    assert not SampleFile.objects.get(pk=second.pk).is_identifying


@pytest.mark.parametrize("title", ["", "  ", "x" * 161])
def test_each_has_a_title(application: Application, title: str) -> None:
    with pytest.raises(Refused) as refused:
        added(application, title=title)
    assert (refused.value.field, SampleFile.objects.count()) == ("title", 0)


def test_there_are_at_most_eight(application: Application) -> None:
    for _ in range(work_samples.FILES_MAX):
        added(application)
    with pytest.raises(Refused, match="at most 8 files"):
        added(application)


def test_together_they_are_no_more_than_64_mb(application: Application, monkeypatch: Any) -> None:
    monkeypatch.setattr(work_samples, "TOGETHER_MAX", 40)
    added(application)
    added(application)
    with pytest.raises(Refused) as refused:
        added(application)
    assert refused.value.field == "file"


def test_what_was_sent_in_and_replaced_is_counted_too(application: Application, monkeypatch: Any) -> None:
    monkeypatch.setattr(work_samples, "KEPT_MAX", 40)
    for _ in range(2):
        file = added(application)
        send(again(application))
        act(work_samples.remove, file)
    with pytest.raises(Refused):
        added(application)


def test_nobody_but_the_applicant_writes(application: Application) -> None:
    file, other = added(application), artist("Annan")
    for verb, more in (
        (work_samples.change, {"title": "x", "is_identifying": False}),
        (work_samples.move_up, {}),
        (work_samples.remove, {}),
    ):
        with pytest.raises(Application.DoesNotExist):
            act(verb, file, by=other, **more)
    with pytest.raises(Application.DoesNotExist):
        added(application, by=other)


def test_from_the_closing_moment_on_nothing_is_written(application: Application) -> None:
    file = added(application, now=CLOSES - timedelta(seconds=1))
    for attempt in (
        lambda: added(application, now=CLOSES),
        lambda: act(work_samples.change, file, CLOSES, title="x", is_identifying=False),
        lambda: act(work_samples.move_up, file, CLOSES),
        lambda: act(work_samples.remove, file, CLOSES),
    ):
        with pytest.raises(NotNow, match="closed"):
            attempt()
    assert titles(application) == ["Demo"]


def test_an_old_window_changes_nothing(application: Application) -> None:
    file = added(application)
    with pytest.raises(NotNow, match="another window"):
        act(work_samples.remove, file, version=application.version)
    with pytest.raises(NotNow, match="another window"):
        added(application, version=application.version)
    with pytest.raises(NotNow, match="another window"):
        send(application)


def test_a_file_of_another_application_is_not_found(call: Call, application: Application) -> None:
    theirs, mine = added(draft(call, artist("Annan"))), again(application)
    theirs.application = mine
    with pytest.raises(NotNow, match="removed already"):
        act(work_samples.remove, theirs, by=mine.applicant, version=mine.version)


@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_added_at_once_past_the_limit_one_stands(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = draft(Call.objects.with_ground().get(pk=published(world).pk), artist())
    for _ in range(work_samples.FILES_MAX - 1):
        added(application)
    version, told = Application.objects.get().version, []
    examined = [file_checks.examine(BytesIO(made.text()), f"{n}.txt") for n in range(8)]
    start = threading.Barrier(len(examined))

    def add(one: Any) -> None:
        start.wait()
        try:
            work_samples.add(
                application, one, title="Sist", by=application.applicant, version=version, now=OPEN
            )
            told.append("added")
        except (NotNow, Refused) as error:
            told.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(one,)) for one in examined]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(told), SampleFile.objects.count()) == (["NotNow"] * 7 + ["added"], work_samples.FILES_MAX)


# -- sent in ---------------------------------------


def test_what_is_sent_in_has_its_files_and_those_that_tell_who_stand_apart(application: Application) -> None:
    named, plain = added(application, title="Jag"), added(application, title="Ljud", is_identifying=False)
    facts = send(again(application)).facts
    assert [file["id"] for file in facts["who"]["files"]] == [named.pk]
    assert facts["files"] == [
        {
            "id": plain.pk,
            "title": "Ljud",
            "media_type": "text/plain; charset=utf-8",
            "bytes": len(made.text()),
            "sha256": plain.sha256,
        }
    ]


def test_another_file_is_another_application(application: Application) -> None:
    send(application)
    file = added(application)
    assert submissions.is_changed_since(again(application))
    send(again(application))
    with pytest.raises(NotNow, match="sent in already"):
        send(again(application))
    act(work_samples.remove, file)
    assert submissions.is_changed_since(again(application))
    assert len(set(Submission.objects.values_list("digest", flat=True))) == 2


def test_what_was_sent_in_before_there_were_files_is_read_and_unchanged(application: Application) -> None:
    facts = submissions.facts_of(application)
    old = {**facts, "schema": 1, "who": {k: v for k, v in facts["who"].items() if k != "files"}}
    del old["files"]
    Submission.objects.create(application=application, number=1, facts=old, digest=digest_of(old), at=OPEN)
    assert submissions.read(Submission.objects.get()) == facts
    assert not submissions.is_changed_since(again(application))


def test_what_was_sent_in_keeps_its_bytes_when_it_is_removed(
    application: Application, django_capture_on_commit_callbacks: Any
) -> None:
    file = added(application)
    send(again(application))
    with django_capture_on_commit_callbacks(execute=True):
        act(work_samples.remove, file)
    assert (titles(application), SampleFile.objects.get().file.open("rb").read()) == ([], made.text())


# -- gone ---------------------------------------


def test_what_was_never_sent_in_goes_with_its_bytes(
    application: Application, django_capture_on_commit_callbacks: Any
) -> None:
    file, before = added(application), on_disk()
    with django_capture_on_commit_callbacks(execute=True):
        act(work_samples.remove, file)
    assert (on_disk() - before, SampleFile.objects.count()) == (-1, 0)


def test_a_draft_that_is_thrown_away_takes_its_bytes_along(
    application: Application, django_capture_on_commit_callbacks: Any
) -> None:
    added(application)
    before, found = on_disk(), again(application)
    with django_capture_on_commit_callbacks(execute=True):
        applications.withdraw(found, by=found.applicant, version=found.version, now=OPEN)
    assert (on_disk() - before, SampleFile.objects.count()) == (-1, 0)


def test_a_draft_that_is_forgotten_takes_its_bytes_along_and_what_was_sent_stays(
    call: Call, application: Application, django_capture_on_commit_callbacks: Any
) -> None:
    added(application)
    kept = added(draft(call, artist("Annan")))
    send(again(kept.application))
    before = on_disk()
    with django_capture_on_commit_callbacks(execute=True):
        applicants.forget_due(CLOSES + DRAFTS_KEPT + timedelta(days=1))
    assert (on_disk() - before, [file.pk for file in SampleFile.objects.all()]) == (-1, [kept.pk])


def test_bytes_stay_when_the_transaction_is_undone(application: Application) -> None:
    file = added(application)
    with pytest.raises(NotNow):
        act(work_samples.remove, file, CLOSED)
    assert file.file.open("rb").read() == made.text()


def test_bytes_without_a_row_are_swept_a_day_later(application: Application) -> None:
    kept, orphan = added(application), added(application)
    path, now = Path(orphan.file.path), timezone.now()
    SampleFile.objects.filter(pk=orphan.pk).delete()
    stored_files.sweep(now)
    assert path.exists()
    for file in (path, Path(kept.file.path)):
        os.utime(file, (now.timestamp() - 90_000,) * 2)
    stored_files.sweep(now)
    assert (path.exists(), Path(kept.file.path).exists()) == (False, True)


def test_an_application_without_files_is_as_it_was(call: Call) -> None:
    assert submissions.sent_files(sent(call, artist()).submissions.get()) == {}
