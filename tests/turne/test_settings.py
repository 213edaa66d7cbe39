"""Settings are checked at start: whoever forgets one is told which."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from tests.processes import HOME, PRODUCTION, run

pytestmark = pytest.mark.process
#: What every command does first.
START = "from django.conf import settings; settings.DEBUG"


def said(**variables: str) -> str:
    """The last line that a start with these variables writes to standard error; empty when it starts."""
    lines = run("-c", START, **variables).stderr.strip().splitlines()
    return lines[-1].removeprefix("django.core.exceptions.ImproperlyConfigured: ") if lines else ""


def read(expression: str, **variables: str) -> object:
    """A setting as a start with these variables sees it."""
    code = f"import json; from django.conf import settings; print(json.dumps({expression}, default=str))"
    return json.loads(run("-c", code, **variables).stdout)


@pytest.mark.parametrize("variables", [HOME, PRODUCTION], ids=["home", "production"])
def test_starts(variables: dict[str, str]) -> None:
    assert run("-c", "import django; django.setup()", **variables).stderr == ""


@pytest.mark.parametrize("name", sorted(PRODUCTION))
def test_a_missing_variable_is_named(name: str) -> None:
    given = {key: value for key, value in PRODUCTION.items() if key != name}
    assert said(**given).startswith(f"{name} is not set. Set it in the environment, for example {name}=")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TURNE_DEBUG", "perhaps", "TURNE_DEBUG must be 1 or 0, not 'perhaps'."),
        ("TURNE_SSL_REDIRECT", "maybe", "TURNE_SSL_REDIRECT must be 1 or 0, not 'maybe'."),
        ("TURNE_HSTS_SECONDS", "long", "TURNE_HSTS_SECONDS must be a whole number from 0, not 'long'."),
        ("TURNE_WEB_WORKERS", "0", "TURNE_WEB_WORKERS must be a whole number from 1, not '0'."),
        ("TURNE_WEB_THREADS", "-1", "TURNE_WEB_THREADS must be a whole number from 1, not '-1'."),
        (
            "TURNE_BASE_URL",
            "turne.example.org",
            "TURNE_BASE_URL must be an address such as https://turne.example.org, not 'turne.example.org'.",
        ),
        (
            "TURNE_BASE_URL",
            "https://example.org/turne",
            "TURNE_BASE_URL must be an address such as https://turne.example.org, "
            "not 'https://example.org/turne'.",
        ),
        (
            "TURNE_SECRET_KEY",
            "short",
            "TURNE_SECRET_KEY must have at least 50 characters: openssl rand -base64 48.",
        ),
        ("DATABASE_URL", "mysql://a/b", "DATABASE_URL must begin with sqlite:/// or postgres://."),
        (
            "DATABASE_URL",
            "postgres://turne:pass@word@host:port/turne",
            "DATABASE_URL can not be read. It looks like this: postgres://turne:password@127.0.0.1:5432/turne",
        ),
        (
            "TURNE_EMAIL_URL",
            "mail.example.org",
            "TURNE_EMAIL_URL can not be read. "
            "It looks like this: smtp+tls://user:password@mail.example.org:587",
        ),
        ("REDIS_URL", "amqp://x", "REDIS_URL must begin with redis:// or rediss://."),
        (
            "TURNE_OVERLAP_GUARD",
            "hope",
            "TURNE_OVERLAP_GUARD must be constraint or locks, not 'hope'.",
        ),
        (
            "TURNE_QUIET_FROM",
            "25",
            "TURNE_QUIET_FROM and TURNE_QUIET_TO must be hours from 0 to 24.",
        ),
        (
            "TURNE_LOG_LEVEL",
            "loud",
            "TURNE_LOG_LEVEL must be DEBUG, INFO, WARNING, ERROR or CRITICAL, not 'LOUD'.",
        ),
        (
            "TURNE_GEOCODER",
            "atlas",
            "TURNE_GEOCODER must be nominatim, photon or empty, not 'atlas'.",
        ),
    ],
)
def test_a_wrong_variable_is_named(name: str, value: str, sentence: str) -> None:
    assert said(**{**PRODUCTION, name: value}) == sentence


def test_a_password_is_not_repeated_in_the_error() -> None:
    result = run("-c", START, **{**PRODUCTION, "DATABASE_URL": "postgres://turne:hush@host:port/turne"})
    assert "hush" not in result.stderr


def test_production_is_as_strict_as_django_asks(tmp_path: Path) -> None:
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (result.returncode, result.stderr.count("WARNINGS")) == (0, 0), result.stderr


def test_static_files_can_be_collected(tmp_path: Path) -> None:
    """As in production, every address in a style sheet found; only the packing is left out, for it takes long."""
    storage = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    packed = ["css", "html", "js", "json", "svg", "txt", *settings.WHITENOISE_SKIP_COMPRESS_EXTENSIONS]
    with override_settings(
        STATIC_ROOT=tmp_path,
        STORAGES={**settings.STORAGES, "staticfiles": storage},
        WHITENOISE_SKIP_COMPRESS_EXTENSIONS=packed,
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    assert (tmp_path / names["turne/css/base.css"]).is_file()


def test_production_serves_the_names_of_the_manifest() -> None:
    backend = "settings.STORAGES['staticfiles']['BACKEND']"
    assert read(backend, **PRODUCTION) == "whitenoise.storage.CompressedManifestStaticFilesStorage"


def test_only_loopback_and_our_own_host_are_served() -> None:
    expected = ["turne.example.org", "127.0.0.1", "localhost", "[::1]"]
    assert read("settings.ALLOWED_HOSTS", **PRODUCTION) == expected


def test_one_click_login_is_for_home_only() -> None:
    assert read("settings.DEMO_LOGIN", **PRODUCTION) is False
    assert read("settings.DEMO_LOGIN", **HOME) is True


def test_a_database_that_hangs_is_given_up_soon() -> None:
    given = {**PRODUCTION, "DATABASE_URL": "postgres://turne@127.0.0.1/turne"}
    options = read("settings.DATABASES['default']['OPTIONS']", **given)
    assert (options["connect_timeout"], options["tcp_user_timeout"]) == (5, 20_000)
    assert read("settings.DATABASES['default']['CONN_MAX_AGE']", **given) == 0


def test_callers_are_told_apart_by_what_the_proxy_says() -> None:
    assert read("settings.ALLAUTH_TRUSTED_PROXY_COUNT", **PRODUCTION) == 1


def test_tasks_survive_the_death_of_a_worker() -> None:
    names = ["TASK_ACKS_LATE", "TASK_REJECT_ON_WORKER_LOST", "TASK_IGNORE_RESULT"]
    assert read(f"[getattr(settings, 'CELERY_' + name) for name in {names}]", **PRODUCTION) == [True] * 3
