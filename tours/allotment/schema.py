"""The JSON Schema of the problem and plan documents."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any


def schema() -> dict[str, Any]:
    """The schema of schema.json; `$defs/problem` and `$defs/plan` describe the two documents."""
    text = resources.files(__package__).joinpath("schema.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document
