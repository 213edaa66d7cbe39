"""/healthz says that the process lives, /readyz whether it can do its work."""

import socket
import time
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from bookings.models import Notice
from turne.web.health import broker_answers, oldest_unsent, readiness

NOW = timezone.now()
MINUTE = timedelta(minutes=1)


def notice(*, minutes_ago: float, **fields) -> UUID:
    row = Notice.objects.create(
        kind="offered",
        to_email="backe@example.org",
        language="sv",
        subject="x",
        body_text="x",
        **{"send_after": NOW - minutes_ago * MINUTE, **fields},
    )
    Notice.objects.filter(pk=row.pk).update(created_at=NOW - minutes_ago * MINUTE)
    return row.pk


def test_alive_without_the_database(client: Client) -> None:
    """The test has no access to the database: a query would fail it."""
    assert client.get("/healthz").json() == {"alive": True}


def test_ready(db: None, client: Client) -> None:
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (
        200,
        {
            "ready": True,
            "parts": {
                "database": {"ok": True},
                "migrations": {"ok": True, "unapplied": []},
                "mail": {"ok": True, "oldest_unsent_s": 0},
            },
        },
    )


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_an_answer_is_never_kept(db: None, client: Client, address: str) -> None:
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_change_nothing(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(("minutes_ago", "ok"), [(4.9, True), (5.1, False)])
def test_mail_that_waits_over_five_minutes_is_an_alarm(db: None, minutes_ago: float, ok: bool) -> None:
    notice(minutes_ago=minutes_ago)
    assert readiness(NOW)["mail"] == {"ok": ok, "oldest_unsent_s": int(minutes_ago * 60)}


def test_an_alarm_is_a_503_that_says_which_part(db: None, client: Client) -> None:
    notice(minutes_ago=60)
    response = client.get("/readyz")
    failed = [name for name, part in response.json()["parts"].items() if not part["ok"]]
    assert (response.status_code, failed) == (503, ["mail"])


def test_back_off_does_not_hide_late_mail(db: None) -> None:
    notice(minutes_ago=20, attempts=3, send_after=NOW + 30 * MINUTE)
    assert oldest_unsent(NOW) == NOW - 20 * MINUTE


def test_mail_for_later_is_not_late(db: None) -> None:
    notice(minutes_ago=20, send_after=NOW + 30 * MINUTE)
    assert oldest_unsent(NOW) is None


@pytest.mark.parametrize("state", [Notice.State.SENT, Notice.State.FAILED])
def test_mail_that_is_done_with_does_not_count(db: None, state: str) -> None:
    notice(minutes_ago=20, state=state)
    assert oldest_unsent(NOW) is None


def test_a_missing_migration_is_named(db: None, client: Client) -> None:
    recorder = MigrationRecorder(connection)
    last = recorder.migration_qs.filter(app="tours").latest("id")
    recorder.record_unapplied("tours", last.name)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"]["migrations"] == {"ok": False, "unapplied": [f"tours.{last.name}"]}


def test_a_broker_that_is_away_is_told_but_fails_nothing(db: None, settings) -> None:
    settings.REDIS_URL = settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert readiness(NOW)["broker"] == {"ok": True, "answers": False}


def test_a_broker_that_hangs_does_not_hang_us() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        assert broker_answers(f"redis://127.0.0.1:{silent.getsockname()[1]}/0") is False
    assert time.monotonic() - began < 10
