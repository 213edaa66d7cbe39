"""The bytes of work samples: gone once their rows are, and swept where a transaction was undone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction

from programmes.models import SampleFile
from programmes.models.files import FOLDER

#: So old bytes without a row are before they are swept: no upload takes as long. Source: the house's choice.
ORPHANS_KEPT = timedelta(days=1)


def drop(files: Iterable[SampleFile]) -> None:
    """Delete their bytes once the transaction that deletes their rows stands."""
    names = [str(file.file.name) for file in files]

    def delete() -> None:
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(delete)


def sweep(now: datetime) -> int:
    """Delete bytes that no row knows, such as those of an upload that was undone; how many."""
    if not default_storage.exists(FOLDER):
        return 0
    kept = set(SampleFile.objects.values_list("file", flat=True))
    found = [str(PurePosixPath(FOLDER, name)) for name in default_storage.listdir(FOLDER)[1]]
    orphans = [
        name
        for name in found
        if name not in kept and default_storage.get_modified_time(name) < now - ORPHANS_KEPT
    ]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)
