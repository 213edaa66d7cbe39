"""docker-compose.yml as it is read, and its commands as a test runs them by hand: the same words, word for word."""

import sys
from typing import Any

import yaml

from tests.processes import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text("utf-8")
FILE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
#: A program of the image -> the same one of this environment.
PROGRAMS = {
    "celery": [sys.executable, "-m", "celery"],
    "gunicorn": [sys.executable, "-m", "gunicorn"],
    "python": [sys.executable],
}


def words(service: str) -> list[str]:
    """The command of a service; nothing where the image has its own."""
    return [str(word) for word in SERVICES[service].get("command", [])]


def replicas(service: str) -> int:
    """In how many containers it runs."""
    return int(SERVICES[service].get("deploy", {}).get("replicas", 1))


def by_hand(service: str, **instead: str) -> list[str]:
    """The very command of a service, for this machine.

    Args:
        instead: what stands here for a word that names a place of the container: `address`, `schedule`.
    """
    places = {"address": "0.0.0.0:8000", "schedule": "/tmp/beat"}
    program, *rest = words(service)
    for name, here in instead.items():
        rest[rest.index(places[name])] = here
    return [*PROGRAMS.get(program, [program]), *rest]
