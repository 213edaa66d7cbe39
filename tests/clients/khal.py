"""Somebody who subscribes with vdirsyncer and looks at the calendar with khal, both as Debian has them."""

import os
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

#: khal shows moments in its own time zone, which is UTC here.
_KHAL = """[calendars]
[[turne]]
path = {home}/calendar
type = calendar
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M:00Z
longdatetimeformat = %Y-%m-%dT%H:%M:00Z
[sqlite]
path = {home}/khal.db
"""
_VDIRSYNCER = """[general]
status_path = "{home}/status/"
[pair turne]
a = "feed"
b = "here"
collections = null
conflict_resolution = "a wins"
[storage feed]
type = "http"
url = "{address}"
[storage here]
type = "filesystem"
path = "{home}/calendar"
fileext = ".ics"
"""
_ROW = "\t".join(("{start-long}", "{end-long}", "{status}", "{title}"))


class Subscriber(NamedTuple):
    """A folder with a subscription in it."""

    home: Path

    def subscribe(self, address: str) -> None:
        """Take in an address, and fetch it for the first time."""
        (self.home / "calendar").mkdir()
        for name, text in {"khal": _KHAL, "vdirsyncer": _VDIRSYNCER}.items():
            (self.home / name).write_text(text.format(home=self.home, address=address))
        self._run("vdirsyncer", "discover")
        self.sync()

    def sync(self) -> str:
        """Fetch it again; what vdirsyncer tells."""
        return self._run("vdirsyncer", "sync")

    def listed(self, first: date, days: int) -> list[list[str]]:
        """What khal shows from a day on: start, end, status and summary, in order.

        UIDs are not among it: vdirsyncer gives what comes from an address UIDs of its own, made of the bytes.
        """
        shape = ["--once", "--day-format", "", "--format", _ROW]
        text = self._run("khal", "list", *shape, first.isoformat(), f"{days}d")
        rows = [[word.strip() for word in row.split("\t")] for row in text.splitlines()]
        return sorted([start, _exclusive(end), *words] for start, end, *words in rows)

    def _run(self, program: str, *words: str) -> str:
        home = {"HOME": str(self.home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "NO_PROXY": "*"}
        config = ["-v", "WARNING"] if program == "khal" else []
        command = [program, *config, "-c", str(self.home / program), *words]
        ended = subprocess.run(command, env=home, text=True, capture_output=True, timeout=60, check=False)
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout + ended.stderr


def _exclusive(end: str) -> str:
    """The end as calendars have it: khal shows the last of whole days, not the day after."""
    if "T" in end:
        return end
    return (date.fromisoformat(end) + timedelta(days=1)).isoformat()
