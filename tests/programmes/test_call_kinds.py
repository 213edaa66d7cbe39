"""The kinds of calls, as the file has them."""

import json
from pathlib import Path

import pytest
from django.utils import translation

from programmes import call_kinds
from programmes.call_kinds import kinds


def test_a_residency_has_a_stay_and_a_working_grant_has_none() -> None:
    assert [(kind.key, kind.has_stay, kind.has_budget) for kind in kinds().values()] == [
        ("residency", True, True),
        ("working_grant", False, False),
        ("project_grant", False, True),
    ]


def test_each_kind_says_where_it_is_from_and_is_called_in_two_languages() -> None:
    for kind in kinds().values():
        assert (bool(kind.source), kind.sv == kind.en) == (True, False)
    with translation.override("en"):
        assert kinds()["residency"].label == "Residency"
    with translation.override("sv"):
        assert kinds()["residency"].label == "Residens"


@pytest.mark.parametrize(
    ("changed", "told"), [({"parts": ["stage"]}, "parts are among"), ({"criteria": []}, "100 together")]
)
def test_a_file_that_cannot_be_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    entries = json.loads(call_kinds.FILE.read_text("utf-8"))
    file = tmp_path / "kinds.json"
    file.write_text(json.dumps([{**entries[0], **changed}]), "utf-8")
    monkeypatch.setattr(call_kinds, "FILE", file)
    with pytest.raises(ValueError, match=told):
        kinds.__wrapped__()
