"""Every refusal is a problem document: RFC 9457, with a sentence, a code and no traceback."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest
from django.utils import translation
from rest_framework.exceptions import ErrorDetail, Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from api.problems import MEDIA_TYPE, problem_response
from bookings import matching, planning
from bookings.errors import LinkProblem, PlanOutdated, SlotTaken
from tests.agreements import held
from tests.api.callers import API, caller, wish_document
from tests.world import World
from tours.errors import NotNow, Refused, SeasonClosed, TurneError
from tours.planner import ProblemError
from venues.errors import NoRoad, NotPossible


def answer(error: Exception, method: str = "POST") -> Any:
    """The problem document for an exception in a view."""
    request: HttpRequest = APIRequestFactory().generic(method, "/")
    response = problem_response(error, {"request": Request(request)})
    assert response is not None
    assert response["Content-Type"] == MEDIA_TYPE
    return json.loads(response.content)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Refused("No."), 422, "refused"),
        (NotNow("Too late."), 409, "wrong_state"),
        (SlotTaken("Taken."), 409, "slot_taken"),
        (PlanOutdated("Old."), 409, "plan_outdated"),
        (SeasonClosed("Closed."), 409, "season_closed"),
        (LinkProblem("Used.", code="used"), 410, "used"),
        (TurneError("No."), 422, "refused"),
        (NotPossible("No."), 422, "refused"),
        (NoRoad("Backe", "Åre", 1, 2), 422, "no_road"),
        (ProblemError("home", "is nowhere"), 422, "bad_problem"),
        (Http404("secret"), 404, "not_found"),
        (PermissionDenied("Not yours."), 403, "permission_denied"),
        (RuntimeError("secret"), 500, "error"),
    ],
    ids=lambda part: type(part).__name__ if isinstance(part, Exception) else None,
)
def test_each_error_has_its_status_and_code(error: Exception, status: int, code: str) -> None:
    found = answer(error)
    assert (found["status"], found["code"], found["type"]) == (status, code, "about:blank")


def test_a_fault_of_ours_tells_nothing_of_itself() -> None:
    with translation.override("en"):
        found = answer(RuntimeError("password=hunter2"))
    assert found == {
        "type": "about:blank",
        "title": "Something went wrong here",
        "status": 500,
        "detail": "The fault is ours and has been noted. Nothing has been changed.",
        "code": "error",
    }


def test_a_refusal_keeps_its_sentence_its_ids_and_its_field() -> None:
    found = answer(Refused("Choose a later one.", field="answer_by", booking=7))
    assert found["detail"] == "Choose a later one."
    assert found["ids"] == {"booking": 7}
    assert found["errors"] == [{"pointer": "#/answer_by", "detail": "Choose a later one."}]


def test_the_planners_path_becomes_a_pointer() -> None:
    found = answer(ProblemError("candidates[3].windows[0]", "ends before it starts"))
    assert found["errors"] == [{"pointer": "#/candidates/3/windows/0", "detail": "ends before it starts"}]


def test_a_pointer_leads_into_lists_and_past_slashes() -> None:
    wrong = {"spans": [{}, {"earliest": ["Late."]}], "a/b~c": ["Odd."], "non_field_errors": ["All."]}
    assert answer(ValidationError(wrong))["errors"] == [
        {"pointer": "#/spans/1/earliest", "detail": "Late."},
        {"pointer": "#/a~1b~0c", "detail": "Odd."},
        {"pointer": "#", "detail": "All."},
    ]


def test_a_wrong_address_names_the_parameter() -> None:
    found = answer(ValidationError({"from": [ErrorDetail("No such day.")]}), "GET")
    assert found["status"] == 400
    assert found["errors"] == [{"parameter": "from", "detail": "No such day."}]


def test_who_asks_too_often_is_told_how_long_to_wait() -> None:
    response = problem_response(Throttled(wait=17), {})
    assert response is not None
    assert (response.status_code, response["Retry-After"]) == (429, "17")


def test_a_database_that_is_away_is_left_to_the_outage_page() -> None:
    assert problem_response(OperationalError("gone"), {}) is None


def test_a_fault_in_a_view_is_answered_and_logged(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_values: Any) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(matching, "suggest", lambda *_args, **_more: fail())
    response = caller(world.producer).get(
        f"{API}/seasons/{world.season.slug}/productions/{world.production.slug}/matches"
    )
    assert (response.status_code, "boom" in response.content.decode()) == (500, False)
    assert "api failed" in caplog.text


def test_a_database_that_is_away_is_a_problem_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_more: Any) -> None:
        raise OperationalError("server closed the connection")

    client = caller(world.producer)
    monkeypatch.setattr(planning, "propose", fail)
    response = client.post(f"{API}/tours/{world.tour.slug}/propose", {})
    assert (response.status_code, response["Content-Type"]) == (503, MEDIA_TYPE)


@pytest.mark.parametrize("path", ["nothing", "tours/x/y/z", "bookings/abc", "performances/not-a-uid"])
@pytest.mark.parametrize("method", ["get", "post", "delete"])
def test_an_unknown_address_is_a_problem(db: None, method: str, path: str) -> None:
    response = getattr(caller(), method)(f"{API}/{path}")
    assert (response.status_code, response["Content-Type"]) == (404, MEDIA_TYPE)


def test_a_number_beyond_every_row_is_not_found(world: World) -> None:
    response = caller(world.producer).get(f"{API}/bookings/{10**30}")
    assert response.status_code == 404


def test_a_method_that_is_not_there(world: World) -> None:
    response = caller(world.producer).delete(f"{API}/municipalities")
    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_method_that_the_schema_page_does_not_have(db: None) -> None:
    response = caller().post(f"{API}/schema/", {})
    assert (response.status_code, response["Content-Type"]) == (405, MEDIA_TYPE)


def test_a_format_that_is_not_there(db: None) -> None:
    response = caller(Accept="text/csv").get(f"{API}/municipalities")
    assert (response.status_code, response.json()["code"]) == (406, "not_acceptable")


def test_only_json_is_taken(world: World) -> None:
    response = caller(world.presenter).post(f"{API}/wishes", "rank=1", content_type="text/plain")
    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "body", ["{", "[" * 100_000, '{"rank": NaN}', b"\xff\xfe", '{"audience": "\\ud800"}', '{"\\ud800": 1}']
)
def test_what_is_not_json_can_not_be_read(world: World, body: Any) -> None:
    response = caller(world.presenter).post(f"{API}/wishes", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "parse_error")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31T23:59:59-12:00", "3000-01-01T00:00:00+01:00"])
def test_a_moment_at_the_ends_of_the_calendar_is_told_so(world: World, day: str) -> None:
    response = caller(world.producer).post(f"{API}/bookings/{held(world).pk}/move", {"starts_at": day})
    assert (response.status_code, response.json()["errors"][0]["pointer"]) == (422, "#/starts_at")


@pytest.mark.parametrize("body", ["[]", "7", "null", '"text"'])
def test_what_is_no_object_is_told_so(world: World, body: str) -> None:
    response = caller(world.presenter).post(f"{API}/wishes", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (422, "invalid")


def test_a_body_that_is_too_large_is_not_read(world: World, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = caller(world.presenter).post(f"{API}/wishes", wish_document(world))
    assert (response.status_code, response.json()["code"]) == (413, "too_much")


def test_without_a_token_one_is_asked_to_log_in(db: None) -> None:
    response = caller().get(f"{API}/bookings")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Token")


def test_a_token_that_does_not_work_is_told_so(db: None) -> None:
    response = caller(Authorization="Token nonsense").get(f"{API}/municipalities")
    assert (response.status_code, response.json()["code"]) == (401, "authentication_failed")


def test_the_sentence_is_in_the_readers_language(db: None) -> None:
    found = {
        language: caller(**{"Accept-Language": language}).get(f"{API}/nothing")["Content-Language"]
        for language in ("sv", "en")
    }
    assert found == {"sv": "sv", "en": "en"}


def test_what_one_may_not_see_looks_like_what_is_not_there(world: World) -> None:
    client = caller(world.neighbour)
    there, nowhere = (client.get(f"{API}/bookings/{pk}") for pk in (held(world).pk, 999))
    assert (there.status_code, there.json()) == (404, nowhere.json())
