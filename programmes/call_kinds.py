"""The kinds of calls, as data: what an application to each of them has, and what a new call begins with."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bookings.languages import reads_english

FILE = Path(__file__).parent / "data" / "call_kinds.json"
#: Parts that an application may have beside what all have: a stay in a place, and a budget line by line.
STAY, BUDGET = "stay", "budget"
PARTS = {STAY, BUDGET}


@dataclass(frozen=True)
class Suggested:
    """A criterion that a new call of the kind begins with; weights of a kind are 100 together."""

    sv: str
    en: str
    weight: int


@dataclass(frozen=True)
class Kind:
    """One kind of call. `source` says where its parts and criteria are from."""

    key: str
    sv: str
    en: str
    parts: frozenset[str]
    criteria: tuple[Suggested, ...]
    source: str

    @property
    def label(self) -> str:
        """What it is called, in the active language."""
        return self.en if reads_english() else self.sv

    @property
    def has_stay(self) -> bool:
        """Whether one is chosen for a stay in a place, with periods."""
        return STAY in self.parts

    @property
    def has_budget(self) -> bool:
        """Whether an application has a budget."""
        return BUDGET in self.parts


@cache
def kinds() -> dict[str, Kind]:
    """The kinds by their keys, in the order of the file.

    Raises:
        ValueError: the file names a part that there is none of, or weights that are not 100 together.
    """
    return {kind.key: kind for kind in map(_read, json.loads(FILE.read_text(encoding="utf-8")))}


def _read(entry: dict[str, object]) -> Kind:
    label, parts = entry["label"], frozenset(entry["parts"])  # type: ignore[call-overload]
    criteria = tuple(Suggested(**one) for one in entry["criteria"])  # type: ignore[attr-defined]
    if not parts <= PARTS:
        raise ValueError(f"{entry['key']}: parts are among {sorted(PARTS)}, not {sorted(parts - PARTS)}.")
    if sum(one.weight for one in criteria) != 100:
        raise ValueError(f"{entry['key']}: the weights must be 100 together.")
    return Kind(str(entry["key"]), label["sv"], label["en"], parts, criteria, str(entry["source"]))  # type: ignore[index]
