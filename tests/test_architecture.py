"""The house rules: imports only go down, and nothing grows beyond what one can read."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["turne", "api", "programmes", "bookings", "tours", "venues"]
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for room in ROOMS
    for path in (ROOT / room).rglob("*.py")
    if "migrations" not in path.parts
)
TESTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("*.py"))
FILE_MAX, FUNCTION_MAX, VIEW_MAX = 400, 60, 40
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "services", "signals"}


def tree(source: str) -> ast.Module:
    return ast.parse((ROOT / source).read_text(encoding="utf-8"))


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Name and length in lines of each function, decorators not counted."""
    for node in ast.walk(tree(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            yield node.name, node.end_lineno - node.lineno + 1


def longer(sources: list[str], most: int) -> list[str]:
    return [
        f"{source}: {name} ({lines} lines)"
        for source in sources
        for name, lines in functions(source)
        if lines > most
    ]


@pytest.mark.process
def test_imports_only_go_down() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter, "--no-cache"], cwd=ROOT, text=True, capture_output=True, check=False)
    assert result.returncode == 0, result.stdout


def imported(source: str) -> set[str]:
    """The modules that a file imports, by their full names."""
    nodes = list(ast.walk(tree(source)))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return (
        plain
        | {node.module for node in named}
        | {f"{node.module}.{a.name}" for node in named for a in node.names}
    )


@pytest.mark.parametrize("room", ["planner", "allotment"])
def test_plain_rooms_know_nothing_of_ours_but_themselves(room: str) -> None:
    """The contracts name what they forbid; this holds for rooms that nobody has named there yet."""
    plain = [source for source in SOURCES if source.startswith(f"tours/{room}/")]
    ours = {name for source in plain for name in imported(source) if name.split(".")[0] in ROOMS}
    assert {name for name in ours if not name.startswith(f"tours.{room}") and name != "tours"} == set()


def test_nothing_imports_tasks() -> None:
    assert [source for source in SOURCES if "bookings.tasks" in imported(source)] == []


@pytest.mark.parametrize(
    "room",
    [
        "programmes",
        "bookings",
        "tours",
        "venues",
        "turne",
        "turne/web",
        "turne/web/schools",
        "turne/web/open_calls",
        "turne/web/deciding",
    ],
)
def test_every_room_stands_in_the_description_of_the_house(room: str) -> None:
    told = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    modules = [path.name for path in (ROOT / room).glob("*.py") if not path.name.startswith("__")]
    wiring = {"apps.py", *(name for name in modules if name.endswith("_urls.py"))}
    assert sorted(name for name in modules if name not in wiring and f"{name}`" not in told) == []


def test_files_can_be_read_in_one_sitting() -> None:
    """Tests too: those of a large module are split by what they are about."""
    lengths = {source: len((ROOT / source).read_text("utf-8").splitlines()) for source in SOURCES + TESTS}
    assert {source: lines for source, lines in lengths.items() if lines > FILE_MAX} == {}


def test_functions_are_short() -> None:
    assert longer(SOURCES + TESTS, FUNCTION_MAX) == []


def test_views_hold_no_rules() -> None:
    """A view parses, asks permission, calls one verb and answers: that needs no more."""
    doors = [source for source in SOURCES if source.startswith(("turne/web/", "api/"))]
    assert longer(doors, VIEW_MAX) == []


def test_modules_have_names_that_say_something() -> None:
    assert [source for source in SOURCES if VAGUE & set(Path(source).with_suffix("").parts)] == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_module_says_what_lives_in_it(room: str) -> None:
    ours = [source for source in SOURCES if source.startswith(f"{room}/") and tree(source).body]
    assert [source for source in ours if not ast.get_docstring(tree(source))] == []


def test_the_rooms_are_those_of_the_contracts() -> None:
    found = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert found == set(ROOMS)
