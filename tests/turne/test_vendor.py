"""The third-party files that we serve are exactly those of the manifest."""

import hashlib
import json
from pathlib import Path

import pytest

VENDOR = Path(__file__).resolve().parents[2] / "turne" / "static" / "vendor"
ROWS = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))["files"]
FACTS = {"package", "version", "licence", "integrity", "source", "file", "sha256"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_file_has_the_bytes_of_the_manifest(row: dict[str, str]) -> None:
    assert hashlib.sha256((VENDOR / row["file"]).read_bytes()).hexdigest() == row["sha256"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_row_says_where_the_file_comes_from(row: dict[str, str]) -> None:
    assert row.keys() >= FACTS
    assert all(row[fact] for fact in FACTS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_changed_file_keeps_the_hash_of_its_original(row: dict[str, str]) -> None:
    assert ("changed" in row) == ("sha256_original" in row)
    assert row.get("sha256_original") != row["sha256"]


def test_nothing_unlisted_lies_in_vendor() -> None:
    found = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert found == {row["file"] for row in ROWS} | {"manifest.json"}


def test_every_package_carries_its_licence_text() -> None:
    folders = {row["file"].split("/")[0] for row in ROWS}
    assert {row["file"] for row in ROWS if row["source"] == "LICENSE"} == {f"{f}/LICENSE" for f in folders}


def test_no_file_points_at_a_source_map() -> None:
    texts = [VENDOR / row["file"] for row in ROWS if row["file"].endswith((".js", ".css"))]
    assert [path.name for path in texts if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []
