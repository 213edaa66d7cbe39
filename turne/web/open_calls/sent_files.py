"""The files of an application as somebody else reads them: those of its facts, and which of them may be saved."""

from datetime import datetime
from typing import Any

from bookings.kept_facts import Facts
from programmes import permissions
from programmes.file_kinds import LABELS
from programmes.models import Application
from venues.models import User

Row = dict[str, Any]


def sent_files(facts: Facts, application: Application, user: User, now: datetime) -> list[Row]:
    """Each with its title, label of its kind and bytes, and `is_open`: whether the reader may get it now.

    Args:
        facts: as the reader may see them: without `who` there are no files that tell who applies.
    """
    told = [*facts.get("files", ()), *facts.get("who", {}).get("files", ())]
    opened = permissions.files_open(user, application, now) if told else set()
    return [{**file, "label": LABELS[file["media_type"]], "is_open": file["id"] in opened} for file in told]
