"""Logs: JSON in production, and never a secret or somebody's address in them."""

import json
import logging

import pytest
import structlog
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import get_resolver, path, reverse

from tests.processes import PRODUCTION, run
from turne.gunicorn import logconfig_dict
from turne.logs import config_dict, without_secrets

SECRET = "Zk3-9_xQ"


def broken(request, token):
    tokens = {"token": token}
    raise ValueError(f"can not read /svar/{tokens['token']} of anna@example.org")


urlpatterns = [
    path("svar/<token>", broken),
    path("ical/privat/<token>.ics", lambda request, token: HttpResponse("BEGIN:VCALENDAR")),
    path("asked", lambda request: HttpResponse(request.GET.get("a", ""))),
    path("static/x", lambda request: HttpResponse("x")),
    path("healthz", lambda request: HttpResponse("x")),
]


@pytest.fixture(params=[True, False], ids=["json", "readable"])
def written(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture):
    """What the log says so far, as it is written in production and at home."""
    lines = config_dict(json_lines=request.param, level="INFO")["formatters"]["lines"]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=lines["foreign_pre_chain"], processors=lines["processors"]
    )
    with caplog.at_level(logging.INFO), override_settings(ROOT_URLCONF=__name__):
        yield lambda: "\n".join(formatter.format(record) for record in caplog.records)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/svar/abc", "/svar/[secret]"),
        ("/mejl/avsluta/abc/", "/mejl/avsluta/[secret]/"),
        ("/svar/flera/abc/", "/svar/flera/[secret]/"),
        ("/svar/andring/abc/", "/svar/andring/[secret]/"),
        ("/svar/abc/ja?x=1", "/svar/[secret]/ja?x=1"),
        ("GET /ical/privat/a-b_c.ics HTTP/1.1", "GET /ical/privat/[secret] HTTP/1.1"),
        ("/ICAL//privat//abc.ics", "/ICAL//privat/[secret]"),
        ("https://turne.example.org/svar/abc", "https://turne.example.org/svar/[secret]"),
        ('{"path": "/svar/abc"}', '{"path": "/svar/[secret]"}'),
        ("/ical/kommun/krokom.ics", "/ical/kommun/krokom.ics"),
        ("redis://:hush@cache:6379/0", "redis://[secret]@cache:6379/0"),
        ("to anna.berg+x@mail.example.org failed", "to [address] failed"),
    ],
)
def test_secrets_are_cut_out_of_texts(text: str, shown: str) -> None:
    assert without_secrets(text) == shown


def bearers() -> list[str]:
    """Every address of Turne that bears a secret."""
    names = get_resolver("turne.urls").reverse_dict
    taken = {name: names.getlist(name)[0][0][0][1] for name in names if isinstance(name, str)}
    return [
        reverse(name, "turne.urls", args=[SECRET if part == "token" else 1 for part in parts])
        for name, parts in taken.items()
        if "token" in parts
    ]


def test_the_secret_of_every_address_that_bears_one_is_cut_out() -> None:
    assert len(bearers()) == 15
    assert [address for address in bearers() if SECRET in without_secrets(address)] == []


@pytest.mark.parametrize("address", [f"/ical/privat/{SECRET}.ics", f"/svar/{SECRET}"])
def test_secret_addresses_are_not_logged(written, visitor: Client, address: str) -> None:
    visitor.get(address, headers={"Referer": f"https://turne.example.org{address}"})
    assert "[secret]" in written()
    assert SECRET not in written()


def test_a_traceback_is_written_without_secrets_and_people(written, visitor: Client) -> None:
    visitor.get(f"/svar/{SECRET}")
    assert "ValueError: can not read /svar/[secret] of [address]" in written()
    assert "anna" not in written()


def test_who_asks_for_too_much_gets_no_traceback(written, visitor: Client) -> None:
    too_many = "&".join(["a=1"] * (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    assert visitor.get(f"/asked?{too_many}").status_code == 400
    assert "TooManyFieldsSent" not in written()


def test_what_is_bound_to_a_line_is_cleaned_in_depth(written) -> None:
    structlog.get_logger("turne.test").warning(
        "odd", seen={"paths": [f"/svar/{SECRET}"]}, who=ValueError("a@b.se")
    )
    assert SECRET not in written()
    assert "a@b.se" not in written()


def test_one_line_per_request_with_its_id(
    db: None, visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), override_settings(ROOT_URLCONF=__name__):
        response = visitor.get("/ical/privat/x.ics")
    (record,) = [r for r in caplog.records if r.name == "turne.request"]
    seen = {key: record.msg[key] for key in ("event", "method", "status", "request_id")}
    assert seen == {
        "event": "request",
        "method": "GET",
        "status": 404,
        "request_id": response["X-Request-ID"],
    }


@pytest.mark.parametrize("address", ["/static/x", "/healthz"])
def test_style_sheets_and_probes_leave_no_line(written, visitor: Client, address: str) -> None:
    visitor.get(address)
    assert written() == ""


def test_the_web_server_writes_to_the_same_log() -> None:
    assert logconfig_dict["loggers"]["gunicorn.error"] == {"handlers": [], "propagate": True}


@pytest.mark.process
def test_production_writes_json_only() -> None:
    code = (
        "import django; django.setup(); from django.test import Client; "
        "Client(headers={'Host': 'localhost'}, raise_request_exception=False).get('/svar/hush', secure=True)"
    )
    result = run("-c", code, **PRODUCTION)
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    assert "turne.request" in [line["logger"] for line in lines]
    assert "hush" not in result.stderr
