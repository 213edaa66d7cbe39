"""Every test that docs/guarantees.md names exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "guarantees.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)+)`", PAGE)))


def in_file(path: Path) -> set[str]:
    """The tests of a file as pytest names them."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)}
    return found


@pytest.mark.parametrize("name", NAMED)
def test_a_guarantee_has_its_test(name: str) -> None:
    path, _colons, test = name.partition("::")
    assert test in in_file(ROOT / path)


def test_every_guarantee_of_this_room_is_named() -> None:
    here = {
        f"tests/guarantees/{path.name}::{test}"
        for path in Path(__file__).parent.glob("test_*.py")
        for test in in_file(path)
        if test.startswith("test_") and path != Path(__file__)
    }
    controls = {name for name in here if "_is_seen" in name or "_are_seen" in name}
    assert here - controls - set(NAMED) == set()


def test_the_page_names_many() -> None:
    assert len(NAMED) > 40
