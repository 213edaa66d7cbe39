"""What can go wrong on the ground, each error with a sentence that says what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from venues.registers import Report


class VenuesError(Exception):
    """The family. `str(error)` is a sentence for the person who can mend it."""


class NoRoad(VenuesError):
    """The road graph does not join two places on the days asked about.

    Args:
        start, end: names of the two; start_id, end_id: ids of their places.
        lost_id: id of the one that no road joins to the first place that was asked about; without it the end.
        roadless: which of the names no road touches at all.
        closed: roads that are shut on those days and would have joined them.
    """

    def __init__(
        self,
        start: str,
        end: str,
        start_id: int,
        end_id: int,
        *,
        lost_id: int | None = None,
        roadless: Sequence[str] = (),
        closed: Sequence[str] = (),
    ) -> None:
        self.start, self.end, self.start_id, self.end_id = start, end, start_id, end_id
        self.lost_id = end_id if lost_id is None else lost_id
        self.roadless, self.closed = list(roadless), list(closed)
        names = {"start": start, "end": end, "roadless": ", ".join(roadless), "closed": ", ".join(closed)}
        super().__init__(self._text() % names)

    def _text(self) -> str:
        if self.roadless:
            return _(
                "No road reaches %(roadless)s. Add the road to the region's road file and load it, "
                "or type minutes and km between %(start)s and %(end)s."
            )
        if self.closed:
            return _(
                "No open road leads from %(start)s to %(end)s on these days: %(closed)s is closed for the "
                "season. Choose other days, or type minutes and km between the two."
            )
        return _(
            "No road leads from %(start)s to %(end)s. Add the missing road to the region's road file and "
            "load it, or type minutes and km between the two."
        )


class BadOverride(VenuesError):
    """A travel time that somebody typed can not be right."""


class NotPossible(VenuesError):
    """A change about an organisation or its people can not be made; `field` names the input that is in the way."""

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence, self.field = sentence, field


class Overtaken(NotPossible):
    """Somebody else has changed it since it was shown; nothing was written."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file of facts; row 1 is the heading, 0 means the whole file."""

    file: str
    row: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}: {self.text}" if self.row else f"{self.file}: {self.text}"


class BadFacts(VenuesError):
    """A data directory can not be loaded. `problems` names every fault, not only the first."""

    def __init__(self, directory: Path, problems: Sequence[Problem]) -> None:
        self.directory, self.problems = directory, list(problems)
        lines = "\n".join(f"- {problem}" for problem in problems)
        super().__init__(
            f"Nothing was loaded: {len(self.problems)} to put right in {directory}.\n{lines}\n"
            "Correct the files and run the command again."
        )


class BadSheet(VenuesError):
    """A file as a whole can not be read as a table."""


class BadRegister(VenuesError):
    """A register has faults and nothing of it was written. `report` names every one."""

    def __init__(self, report: "Report") -> None:
        self.report = report
        super().__init__(
            ngettext(
                "Nothing was imported: %(count)s fault to put right.",
                "Nothing was imported: %(count)s faults to put right.",
                len(report.errors),
            )
            % {"count": len(report.errors)}
        )


class StaleRegister(VenuesError):
    """What a register would change is no longer what somebody looked at; nothing was written."""


class GeocoderOff(VenuesError):
    """Nobody has set up an address server."""


class GeocoderOutage(VenuesError):
    """The address server does not answer, or not sensibly. It says nothing about whether the address exists."""
