"""docker-compose.yml and the Dockerfile hang together, without Docker to ask.

The schema is that of docker-compose 1.29.2 as published on PyPI (Apache-2.0, `compose_spec/LICENSE`): the
Compose Specification's own, of 2021. It knows everything that our file uses.
"""

import json
import re
import shlex
import sys
from fnmatch import fnmatch
from pathlib import Path

import jsonschema
import pytest
from django.core.management import get_commands

from tests.compose import FILE, SERVICES, TEXT, by_hand, replicas, words
from tests.processes import PRODUCTION, ROOT, run
from turne.celery import app

OURS = ["migrate", "web", "worker", "beat"]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
MANUAL = (ROOT / "docs" / "running.md").read_text("utf-8")
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?P<kind>:\?|:-)?(?P<rest>[^}]*)\}")
GIVEN = {
    **PRODUCTION,
    "TURNE_EMAIL_URL": "dummymail://",
    "POSTGRES_PASSWORD": "0123456789abcdef",
    "REDIS_PASSWORD": "fedcba9876543210",
}


def filled(text: str) -> str:
    """The text as docker compose reads it with the variables GIVEN."""
    return VARIABLE.sub(lambda found: GIVEN.get(found["name"], found["rest"]), text).replace("$$", "$")


def test_it_is_what_the_schema_allows() -> None:
    schema = json.loads((Path(__file__).parent / "compose_spec" / "compose_spec.json").read_text("utf-8"))
    errors = jsonschema.Draft7Validator(schema).iter_errors(FILE)
    assert [f"{'/'.join(map(str, error.path))}: {error.message}" for error in errors] == []


def test_the_schema_would_see_a_mistake() -> None:
    """The negative control of the test above."""
    schema = json.loads((Path(__file__).parent / "compose_spec" / "compose_spec.json").read_text("utf-8"))
    wrong = {**FILE, "services": {"web": {**SERVICES["web"], "healthchek": {}}}}
    assert not jsonschema.Draft7Validator(schema).is_valid(wrong)


def test_the_parts_are_those_of_production() -> None:
    assert sorted(SERVICES) == ["beat", "db", "migrate", "redis", "web", "worker"]


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_service_waits_for_exists_and_can_be_waited_for(service: str) -> None:
    for name, wait in SERVICES[service].get("depends_on", {}).items():
        if wait["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[name]
        else:
            assert (wait["condition"], SERVICES[name]["restart"]) == ("service_completed_successfully", "no")


@pytest.mark.parametrize(("part", "where"), [("volumes", "volumes"), ("networks", "networks")])
def test_nothing_named_is_missing_and_nothing_is_left_over(part: str, where: str) -> None:
    used = {entry.split(":")[0] for service in SERVICES.values() for entry in service.get(part, [])}
    assert used == set(FILE[where])


@pytest.mark.parametrize("service", [name for name in SERVICES if name != "migrate"])
def test_what_runs_on_is_watched_and_started_again(service: str) -> None:
    assert SERVICES[service]["restart"] == "unless-stopped"
    assert SERVICES[service]["healthcheck"]["retries"] >= 3


def test_the_migration_runs_once() -> None:
    assert SERVICES["migrate"]["restart"] == "no"


@pytest.mark.parametrize("service", OURS)
def test_our_containers_can_change_nothing(service: str) -> None:
    rights = {name: SERVICES[service][name] for name in ("read_only", "cap_drop", "security_opt")}
    assert rights == {
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
    }


def test_only_the_web_is_reached_and_only_from_this_machine() -> None:
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:${TURNE_PORT:-8000}:8000"]}


def test_database_and_broker_are_off_the_outer_network() -> None:
    assert FILE["networks"]["inside"] == {"internal": True}
    assert [SERVICES[name]["networks"] for name in ("db", "redis")] == [["inside"]] * 2


@pytest.mark.parametrize("found", list(VARIABLE.finditer(TEXT)), ids=lambda found: found["name"])
def test_no_secret_has_a_default(found: re.Match[str]) -> None:
    """Each variable either has a harmless default or stops the start with a sentence that says what to set."""
    if re.search("PASSWORD|SECRET|EMAIL|BASE_URL", found["name"]):
        assert (found["kind"], found["rest"][:10]) == (":?", "set it to ")
    else:
        assert found["kind"] == ":-"


@pytest.mark.parametrize("name", sorted({found["name"] for found in VARIABLE.finditer(TEXT)}))
def test_each_variable_is_in_the_manual(name: str) -> None:
    assert f"`{name}`" in MANUAL


def test_each_setting_is_in_the_manual() -> None:
    read = (ROOT / "turne" / "settings.py").read_text("utf-8")
    names = set(re.findall(r'(?:env\.\w+|switch|number|required)\(\s*"([A-Z_]+)"', read))
    assert [name for name in sorted(names) if f"`{name}`" not in MANUAL] == []


@pytest.mark.parametrize("service", OURS)
@pytest.mark.process
def test_turne_starts_with_what_it_is_given(service: str) -> None:
    given = {name: filled(str(value)) for name, value in SERVICES[service]["environment"].items()}
    assert run("-c", "import django; django.setup()", **given).stderr == ""


@pytest.mark.parametrize("service", OURS)
def test_commands_exist(service: str) -> None:
    program, *rest = words(service)
    if program == "python":
        assert (rest[0], rest[1] in get_commands()) == ("manage.py", True)
    elif program == "celery":
        assert (rest[:2], app.main) == (["-A", "turne.celery"], "turne")
    else:
        assert [program, *rest][:3] == ["gunicorn", "-c", "python:turne.gunicorn"]


def test_two_web_workers_two_celery_workers_and_one_beat() -> None:
    """Two containers of one Celery worker each: one that dies leaves the other."""
    assert {name: replicas(name) for name in SERVICES} == {**dict.fromkeys(SERVICES, 1), "worker": 2}
    environment = SERVICES["web"]["environment"]
    assert environment["TURNE_WEB_WORKERS"] == "${TURNE_WEB_WORKERS:-2}"
    assert words("worker")[words("worker").index("--concurrency") + 1] == "1"


def test_what_a_place_of_the_container_stands_for_is_all_that_differs_by_hand() -> None:
    """Tests start Turne by the file's own commands; the program's path, the address and a file's place are theirs."""
    commands = {
        "web": by_hand("web", address="127.0.0.1:1"),
        "worker": by_hand("worker"),
        "beat": by_hand("beat", schedule="/here/beat"),
        "migrate": by_hand("migrate"),
    }
    for service, command in commands.items():
        said = (
            " ".join(words(service)).replace("0.0.0.0:8000", "127.0.0.1:1").replace("/tmp/beat", "/here/beat")
        )
        given = " ".join(command).removeprefix(f"{sys.executable} ").removeprefix("-m ")
        assert said.removeprefix("python ") == given


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_the_manual_runs_the_same_by_hand(service: str) -> None:
    said = " ".join(words(service)).replace("0.0.0.0:8000", "127.0.0.1:8000")
    said = said.replace("/tmp/beat", "/var/lib/turne/beat")
    assert f".venv/bin/{said}" in " ".join(MANUAL.split())


@pytest.mark.parametrize("service", ["worker", "beat"])
@pytest.mark.process
def test_celery_knows_the_options(service: str) -> None:
    _, _, module, quiet, command, *options = words(service)
    assert quiet == "--quiet"  # else a banner stands between the JSON lines
    said = run("-m", "celery", "-A", module, command, "--help", **PRODUCTION).stdout
    assert [option for option in options if option.startswith("-") and option not in said] == []


def test_images_are_of_a_stated_version() -> None:
    images = [service["image"] for name, service in SERVICES.items() if name not in OURS]
    assert all(re.search(r":\d+-", image) for image in images)


class TestDockerfile:
    def test_everything_that_is_copied_is_sent_to_the_builder(self) -> None:
        sent = {
            line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")
        }
        copied = set(re.findall(r"^COPY (\S+) ", DOCKERFILE, re.MULTILINE))
        assert copied == sent
        assert all((ROOT / name).exists() for name in sent)

    def test_all_rooms_are_in_the_image(self) -> None:
        rooms = {path.parent.name for path in ROOT.glob("*/apps.py")}
        assert rooms <= set(re.findall(r"^COPY (\w+) ", DOCKERFILE, re.MULTILINE))

    def test_it_runs_without_rights(self) -> None:
        lines = DOCKERFILE.splitlines()
        assert lines.index("USER turne") < lines.index("EXPOSE 8000")

    def test_packages_are_those_that_were_locked(self) -> None:
        assert "pip install --require-hashes -r requirements-server.txt" in DOCKERFILE

    def test_its_command_is_that_of_web(self) -> None:
        assert json.loads(DOCKERFILE.splitlines()[-1].removeprefix("CMD ")) == words("web")

    @pytest.mark.process
    def test_its_own_step_collects_the_static_files(self, tmp_path: Path) -> None:
        step = re.search(r"^RUN (TURNE_BASE_URL.*?)\n\n", DOCKERFILE, re.MULTILINE | re.DOTALL)
        assert step
        parts = shlex.split(step[1].replace("\\\n", " "))
        given = dict(part.split("=", 1) for part in parts if fnmatch(part, "[A-Z]*=*"))
        command = parts[parts.index("python") + 1 :]
        result = run(*command, "--dry-run", **given, TURNE_STATIC_ROOT=str(tmp_path))
        assert result.returncode == 0, result.stderr
