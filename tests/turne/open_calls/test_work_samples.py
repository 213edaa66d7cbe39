"""Files by the page of one's own application; and who gets which by its address."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from programmes import permissions
from programmes.models import Application, Call, SampleFile, Sighting, Submission
from tests.programmes import sample_files as made
from tests.programmes.applying import artist, draft, send
from tests.programmes.open_calls import CLOSED, OPEN, published
from tests.programmes.sample_files import added
from tests.turne.pages import errors_of, get, post, queries_of, said, text_of
from tests.world import World

OWN = "/utlysningar/residens-for-folkmusik/ansokan/"
FILES = f"{OWN}filer/"


@pytest.fixture(autouse=True)
def while_it_is_open(later: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 10**8
    later(OPEN)


@pytest.fixture
def call(world: World) -> Call:
    return Call.objects.with_ground().get(pk=published(world).pk)


@pytest.fixture
def application(call: Call) -> Application:
    return draft(call, artist())


@pytest.fixture
def musician(application: Application, en: Any) -> Client:
    return en(application.applicant)


def fields(**more: Any) -> dict[str, Any]:
    """What the forms say of the application that stands."""
    found = Application.objects.standing().get()
    return {"ansokan": found.pk, "version": found.version, **more}


def upload(data: bytes, name: str = "demo.pdf", **more: Any) -> dict[str, Any]:
    return fields(title="Demo", file=SimpleUploadedFile(name, data), **more)


def body(answer: Any) -> bytes:
    parts: Iterator[bytes] = answer.streaming_content
    return b"".join(parts)


# -- written ---------------------------------------


def test_a_file_is_added_and_stands_on_the_page(musician: Client) -> None:
    page = musician.post(FILES, upload(made.pdf(), is_identifying="on"), follow=True)
    file = SampleFile.objects.get()
    told = text_of(page)
    assert said(page) == ["The file is there. It is not sent in until you say so."]
    assert "PDF, 1 kB · tells who you are" in told
    assert "at most 15 MB each and 64 MB together" in told
    assert f'href="/arbetsprov/{file.pk}/"' in page.content.decode()


def test_what_is_not_ticked_does_not_tell_who_it_is(musician: Client) -> None:
    post(musician, FILES, upload(made.pdf(author="Någon annan")))
    page = get(musician, OWN)
    assert not SampleFile.objects.get().is_identifying
    assert "In the file itself stands: Någon annan" in text_of(page)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "tom.pdf", "“tom.pdf” is empty"),
        (made.zipped(), "cv.pdf", "“cv.pdf” is no file that can be taken"),
        (made.pdf_with_script(), "form.pdf", "“form.pdf” has a program"),
        (b"<svg onload='alert(1)'/>", "<b>bild.svg", "“<b>bild.svg” is no file"),
    ],
    ids=["empty", "zip", "script", "svg"],
)
def test_what_is_wrong_with_it_is_told_at_its_field(
    musician: Client, data: bytes, name: str, words: str
) -> None:
    answer = musician.post(FILES, upload(data, name))
    assert (answer.status_code, SampleFile.objects.count()) == (422, 0)
    assert words in errors_of(answer)["file"][0]
    assert "<b>bild" not in answer.content.decode()


def test_without_a_file_or_a_title_nothing_is_read(musician: Client) -> None:
    answer = musician.post(FILES, fields())
    assert (answer.status_code, sorted(errors_of(answer))) == (422, ["file", "title"])


def test_a_double_click_adds_it_once_and_says_so_twice(musician: Client) -> None:
    sent = fields(title="Demo")
    pages = [
        musician.post(FILES, {**sent, "file": SimpleUploadedFile("a.txt", made.text())}, follow=True)
        for _ in range(2)
    ]
    assert [said(page)[-1] for page in pages] == [
        "The file is there. It is not sent in until you say so."
    ] * 2
    assert SampleFile.objects.count() == 1


def test_an_old_window_adds_nothing(musician: Client, application: Application) -> None:
    old = fields(title="Sen")
    added(application)
    answer = musician.post(FILES, {**old, "file": SimpleUploadedFile("a.txt", made.text())})
    assert (answer.status_code, SampleFile.objects.count()) == (409, 1)


def test_what_could_not_be_added_is_not_read(
    musician: Client, application: Application, later: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To an application that was withdrawn in another window, and to a call that has closed."""
    read: list[str] = []
    monkeypatch.setattr("programmes.file_checks.examine", lambda _upload, name: read.append(name))
    sent = upload(made.pdf())
    Application.objects.update(withdrawn_at=OPEN, number=1)
    answers = [musician.post(FILES, sent).status_code]
    Application.objects.update(withdrawn_at=None)
    later(CLOSED)
    answers.append(musician.post(FILES, upload(made.pdf())).status_code)
    assert (answers, read) == ([409, 409], [])


def test_it_is_changed_moved_and_removed(musician: Client, application: Application) -> None:
    first, second = added(application, title="Ett"), added(application, title="Två")
    post(musician, f"{FILES}{second.pk}/", fields(title="Andra"))
    post(musician, f"{FILES}{second.pk}/upp/", fields())
    rows = get(musician, OWN).context["files"]
    assert [(row["file"].title, row["file"].is_identifying) for row in rows] == [
        ("Andra", False),
        ("Ett", True),
    ]
    post(musician, f"{FILES}{first.pk}/ta-bort/", fields())
    assert [file.title for file in SampleFile.objects.all()] == ["Andra"]


def test_a_title_is_not_taken_away(musician: Client, application: Application) -> None:
    file = added(application, title="Ett")
    musician.post(f"{FILES}{file.pk}/", fields(title=" "))
    assert SampleFile.objects.get().title == "Ett"


def test_it_is_sent_in_with_the_application(musician: Client, application: Application) -> None:
    file = added(application)
    post(musician, f"{OWN}skicka/", fields())
    assert [one["id"] for one in Submission.objects.get().facts["who"]["files"]] == [file.pk]


def test_the_page_says_what_the_scanner_says(
    musician: Client, application: Application, settings: Any
) -> None:
    settings.SCAN_COMMAND = "scan"
    file = added(application, title="Smittad")
    assert "is being looked at by the virus scanner" in text_of(get(musician, OWN))
    SampleFile.objects.update(scan_state="refused")
    page = get(musician, OWN)
    assert "Remove the file “Smittad”" in text_of(page)
    assert f'href="/arbetsprov/{file.pk}/"' not in page.content.decode()


def test_when_the_call_has_closed_files_are_read_and_not_written(
    musician: Client, application: Application, later: Any
) -> None:
    file = added(application)
    later(CLOSED)
    page = get(musician, OWN)
    assert (FILES in page.content.decode(), "Demo" in text_of(page)) == (False, True)
    late = musician.post(FILES, upload(made.text()))
    musician.post(f"{FILES}{file.pk}/ta-bort/", fields())
    assert (late.status_code, SampleFile.objects.count()) == (409, 1)


def test_more_files_take_no_more_queries(musician: Client, application: Application) -> None:
    added(application)
    one = queries_of(musician, OWN)
    for _ in range(3):
        added(application)
    assert queries_of(musician, OWN) == one


def test_at_eight_the_form_is_gone(musician: Client, application: Application) -> None:
    for _ in range(8):
        added(application)
    page = get(musician, OWN)
    assert ("enctype" in page.content.decode(), "which is the most" in text_of(page)) == (False, True)


# -- handed out ---------------------------------------


def test_ones_own_comes_back_as_it_was_to_be_saved_and_never_shown(
    musician: Client, application: Application
) -> None:
    file = added(application, b"hej <script>alert(1)</script>", name="Vår låt.html")
    answer = musician.get(f"/arbetsprov/{file.pk}/")
    assert body(answer) == b"hej <script>alert(1)</script>"
    assert unquote(answer["Content-Disposition"]) == "attachment; filename*=utf-8''Vår låt.txt"
    assert {name: answer[name] for name in ("Content-Type", "X-Content-Type-Options", "X-Frame-Options")} == {
        "Content-Type": "text/plain; charset=utf-8",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    assert set(answer["Content-Security-Policy"].split("; ")) == {"default-src 'none'", "sandbox"}
    assert "no-store" in answer["Cache-Control"]


def test_nobody_opens_anothers_file(application: Application, world: World, en: Any, client: Client) -> None:
    file = added(application)
    send(Application.objects.get())
    address = f"/arbetsprov/{file.pk}/"
    assert client.get(address).headers["Location"].startswith("/konto/logga-in/")
    people = [artist("Annan"), world.presenter, world.producer, world.officer, world.administrator]
    answers = []
    for person in people:
        reader = en(person)
        answers.append(
            (
                reader.get(address).status_code,
                *(
                    reader.post(f"{FILES}{file.pk}/{step}", fields()).status_code
                    for step in ("", "upp/", "ta-bort/")
                ),
                reader.post(FILES, upload(made.text())).status_code,
            )
        )
    assert (answers, Sighting.objects.count()) == ([(404,) * 5] * len(people), 0)


def test_who_may_read_it_gets_it_by_a_name_that_tells_nobody_and_it_is_noted(
    application: Application, world: World, en: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permissions, "can_read", lambda user, application, now: user == world.officer)
    file = added(application, name="Anna Andersson.txt", is_identifying=False)
    send(Application.objects.get())
    answer = en(world.officer).get(f"/arbetsprov/{file.pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="residens-for-folkmusik-1-1.txt"'
    assert [(one.user, one.at) for one in Sighting.objects.all()] == [(world.officer, OPEN)]


def test_what_is_refused_or_gone_is_not_found(musician: Client, application: Application) -> None:
    refused, gone = added(application), added(application)
    SampleFile.objects.filter(pk=refused.pk).update(scan_state="refused")
    Path(gone.file.path).unlink()
    assert [musician.get(f"/arbetsprov/{file.pk}/").status_code for file in (refused, gone)] == [404, 404]


def test_no_address_of_the_web_server_leads_to_the_bytes(musician: Client, application: Application) -> None:
    name = str(added(application).file.name)
    found = [
        musician.get(f"{start}{name}").status_code
        for start in ("/media/", "/static/", "/static/../media/", "/")
    ]
    assert found == [404] * 4


def test_a_file_of_another_application_is_not_reached_through_ones_own(
    musician: Client, call: Call, application: Application
) -> None:
    theirs = added(draft(call, artist("Annan")), now=OPEN + timedelta(minutes=1))
    mine = {"ansokan": application.pk, "version": application.version}
    steps = [
        musician.post(f"{FILES}{theirs.pk}/{step}", mine).status_code for step in ("", "upp/", "ta-bort/")
    ]
    assert (steps[1:], SampleFile.objects.count()) == ([404, 404], 1)
    assert musician.post(f"{FILES}{theirs.pk}/", {**mine, "title": "x"}).status_code == 404
