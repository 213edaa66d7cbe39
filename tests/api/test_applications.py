"""One's own applications through the API: written, sent in, withdrawn, and nobody else's."""

from datetime import datetime
from typing import Any

import pytest

from api import versions
from programmes.models import Application, Call, SampleFile, Submission
from tests.api.callers import API, caller
from tests.api.matrix_of_applications import document
from tests.programmes.applying import artist, sent
from tests.programmes.deciding import ANSWERED, DECIDING, MINUTE, WORDS, answer, decided, fix
from tests.programmes.open_calls import CLOSED, OPEN, published
from tests.programmes.sample_files import added
from tests.world import World
from venues.models import User


@pytest.fixture(autouse=True)
def while_it_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: OPEN)


@pytest.fixture
def call(world: World) -> Call:
    return Call.objects.with_ground().get(pk=published(world).pk)


@pytest.fixture
def by(db: None) -> User:
    return artist()


def begun(call: Call, by: User, **changes: Any) -> Any:
    return caller(by).post(f"{API}/applications", document(call=call.slug, **changes))


def test_it_is_begun_written_sent_in_and_withdrawn(call: Call, by: User) -> None:
    made = begun(call, by, title="")
    address, program = made["Location"], caller(by)
    assert (made.status_code, made["ETag"], made.json()["missing"]) == (
        201,
        '"1"',
        {"title": "The title of the work is missing."},
    )
    early = program.post(f"{address}/send-in")
    assert (early.status_code, early.json()["errors"][0]["pointer"]) == (422, "#/title")
    written = program.put(address, document(), headers={"If-Match": made["ETag"]})
    assert (written["ETag"], written.json()["missing"], written.json()["counts"]) == ('"2"', {}, None)
    told = program.post(f"{address}/send-in", headers={"If-Match": '"2"'}).json()
    last = Submission.objects.get()
    assert (told["number"], told["counts"]["digest"], told["is_changed_since"]) == (1, last.digest, False)
    assert program.post(f"{address}/withdraw").json()["withdrawn_at"] == "2027-01-14T10:00:00+01:00"


def test_what_is_written_between_the_look_and_the_change_is_not_written_over(
    call: Call, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, look = begun(call, by), versions.require

    def look_slowly(*args: Any) -> None:
        look(*args)
        Application.objects.update(version=2, title="Nyare")

    monkeypatch.setattr(versions, "require", look_slowly)
    answer = caller(by).put(made["Location"], document(title="Äldre"), headers={"If-Match": made["ETag"]})
    assert (answer.status_code, Application.objects.get().title) == (409, "Vindens väg")


def test_what_is_written_is_what_is_told(call: Call, by: User) -> None:
    told, said = begun(call, by).json(), document()
    assert {name: told[name] for name in said if name != "places"} == {
        name: said[name] for name in said if name != "places"
    }
    assert [(row["municipality"]["slug"], row["host"]) for row in told["places"]] == [("kommun-2309", None)]


def test_its_files_are_told_and_stay_when_it_is_written(call: Call, by: User) -> None:
    made = begun(call, by)
    file = added(Application.objects.get())
    caller(by).put(made["Location"], document(title="Nytt"))
    assert caller(by).get(made["Location"]).json()["files"] == [
        {
            "id": file.pk,
            "title": "Demo",
            "media_type": "text/plain; charset=utf-8",
            "bytes_count": file.bytes_count,
            "sha256": file.sha256,
            "is_identifying": True,
            "scan_state": "unscanned",
            "added_at": "2027-01-14T10:00:00+01:00",
        }
    ]


def test_a_removed_file_is_not_told(call: Call, by: User) -> None:
    made = begun(call, by)
    added(Application.objects.get())
    SampleFile.objects.update(removed_at=OPEN)
    assert caller(by).get(made["Location"]).json()["files"] == []


def test_a_draft_that_is_withdrawn_is_gone(call: Call, by: User) -> None:
    address = begun(call, by)["Location"]
    assert caller(by).post(f"{address}/withdraw").status_code == 200
    assert caller(by).get(address).status_code == 404


def test_nobody_sees_another_s(call: Call, world: World) -> None:
    theirs = sent(call, artist("Den andra"))
    for reader in (artist("Annan"), world.presenter, world.officer, world.administrator):
        program = caller(reader)
        assert program.get(f"{API}/applications").json()["count"] == 0
        answers = [
            program.get(f"{API}/applications/{theirs.pk}").status_code,
            program.put(f"{API}/applications/{theirs.pk}", document()).status_code,
            program.post(f"{API}/applications/{theirs.pk}/send-in").status_code,
            program.post(f"{API}/applications/{theirs.pk}/withdraw").status_code,
        ]
        assert answers == [404] * 4


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"periods": [{"starts_on": "2027-06-01", "ends_on": "2027-06-02"}]}, "#/periods/0"),
        ({"places": [{"municipality": "kommun-2313", "host": None}]}, "#/places/0"),
        ({"budget": [{"words": "Mer", "amount": "-1"}]}, "#/budget/0/amount/0"),
        ({"work_samples": [{"title": "x", "url": "javascript:alert(1)"}]}, "#/work_samples/0/url/0"),
        ({"title": "x" * 161}, "#/title"),
        ({"art_form": "opera"}, "#/art_form/0"),
        ({"home": "nowhere"}, "#/home/0"),
    ],
)
def test_what_cannot_be_is_named(call: Call, by: User, changes: dict[str, Any], pointer: str) -> None:
    answer = begun(call, by, **changes)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"].removesuffix("/0")) == (
        422,
        pointer.removesuffix("/0"),
    )
    assert Application.objects.count() == 0


def test_one_has_one_to_a_call(call: Call, by: User) -> None:
    begun(call, by)
    assert (begun(call, by).status_code, Application.objects.count()) == (409, 1)


def test_a_closed_call_takes_nothing(call: Call, by: User, monkeypatch: pytest.MonkeyPatch) -> None:
    address = begun(call, by)["Location"]
    monkeypatch.setattr("django.utils.timezone.now", lambda: CLOSED)
    answers = [
        caller(by).put(address, document()),
        caller(by).post(f"{address}/send-in"),
        begun(call, artist("Sen")),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(409, "wrong_state")] * 3


def test_nothing_of_an_assessment_is_told(call: Call, by: User) -> None:
    told = begun(call, by).json()
    assert told.pop("decision") is None
    words = ("score", "review", "decision", "assessor", "outcome")
    assert [word for word in words if word in str(told).lower()] == []


def test_a_file_is_not_sent_here(call: Call, by: User) -> None:
    address = begun(call, by)["Location"]
    assert caller(by).put(address, {"title": "x"}, format="multipart").status_code == 415


def test_a_decision_is_told_once_its_answer_is_due(
    world: World, by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = decided(world)["Anna"]

    def seen(at: datetime) -> Any:
        monkeypatch.setattr("django.utils.timezone.now", lambda: at)
        return caller(made.applicant).get(f"{API}/applications/{made.pk}").json()["decision"]

    assert seen(DECIDING) is None
    fix(made.call, world.officer)
    answer(made.call)
    assert [seen(DECIDING), seen(ANSWERED - MINUTE)] == [None, None]
    told = {"outcome": "granted", "reserve_number": None, "amount": "30000.00", "motivation": WORDS}
    assert seen(ANSWERED) == told
