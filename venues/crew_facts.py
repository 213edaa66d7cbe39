"""Tasks of crews in a region's data directory, read and checked: who does what, when, around a visit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from venues.checklist_facts import FARTHEST, PHASES, check_named, check_once
from venues.entries import one_of, valid_days
from venues.models.crews import CrewRole

CREW_TASKS = "crew_tasks.json"
#: Moments of a visit from which minutes are counted; those of SHOWS may be counted anew for each show.
MOMENTS = ("get_in", "audience", "start", "end", "get_out")
SHOWS = ("audience", "start", "end")
#: Minutes from a moment beyond which a time is a slip of the pen: a day.
FARTHEST_MIN = 24 * 60


@dataclass(frozen=True)
class CrewTasksFact:
    """A template: whose region, since when, and its tasks."""

    region: str
    label: str
    tasks: list[dict[str, Any]]
    valid_from: date
    valid_to: date | None
    source: str


def crew_tasks(entry: dict[str, Any], regions: set[str]) -> CrewTasksFact:
    """A template as the file has it.

    Raises:
        KeyError, ValueError: something is missing or not understood, in words.
    """
    first, ends = valid_days(entry, regions)
    for task in entry["tasks"]:
        _check_task(task)
    check_once([task["key"] for task in entry["tasks"]])
    return CrewTasksFact(entry["region"], entry["label"], entry["tasks"], first, ends, entry["source"])


def _check_task(task: dict[str, Any]) -> None:
    check_named(task)
    key = task["key"]
    one_of(task["phase"], PHASES, "phase")
    one_of(task["role"], CrewRole.values, "role")
    if ("offset_days" in task) == ("moment" in task):
        raise ValueError(f"{key} needs either offset_days or a moment with offset_min.")
    if "offset_days" in task:
        if task.get("each_show") or not abs(task["offset_days"]) <= FARTHEST:
            raise ValueError(f"offset_days of {key} is more than {FARTHEST} days away, or for each show.")
        return
    one_of(task["moment"], MOMENTS, "moment")
    if abs(task["offset_min"]) > FARTHEST_MIN:
        raise ValueError(f"offset_min of {key} is more than {FARTHEST_MIN} minutes away.")
    if task.get("each_show") and task["moment"] not in SHOWS:
        raise ValueError(f"{key} can be done at each show only from one of {', '.join(SHOWS)}.")
