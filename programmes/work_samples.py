"""The verbs of an application's files: added, named anew, moved, removed; by the applicant, while the call is open.

Who opens a file is noted, but for the applicant (`opened`). What is sent in keeps its files (`submissions.facts_of`).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext as _

from programmes import applications, scanning, sightings, stored_files, submissions
from programmes.file_checks import Examined
from programmes.models import Application, SampleFile, Sighting
from tours.errors import NotNow, Refused
from tours.lengths import check_column
from venues.models import User

#: Of an application. Source: the house's choice: what a panel looks at, and what 200 applications take of a disk.
FILES_MAX, TOGETHER_MAX = 8, 64 * 2**20
#: All that is kept of one person's to one call, with what was sent in and replaced since. Source: the house's choice.
KEPT_MAX = 3 * TOGETHER_MAX


@transaction.atomic
def look_before(application: Application, now: datetime) -> None:
    """See that a file may be added at all, before it is read: that takes seconds. All else `add` sees.

    Raises:
        NotNow: the call takes no applications now, or the application is withdrawn.
    """
    applications.lock_open(application.call, now)
    if application.withdrawn_at:
        raise NotNow(_("The application is withdrawn."), application=application.pk)


@transaction.atomic
def add(
    application: Application,
    examined: Examined,
    *,
    title: str,
    is_identifying: bool = True,
    by: User,
    version: int,
    now: datetime,
) -> SampleFile:
    """Put a file last. It was looked at before (`file_checks.examine`), outside of the transaction.

    Raises:
        NotNow: the call takes no applications now, or the application was changed elsewhere meanwhile.
        Refused: there are too many, or they are too large together ("file"); or it has no title ("title").
    """
    applications.lock_open(application.call, now)
    application = applications.lock_own(application, by, version)
    _check_title(title)
    _check_room(application, examined)
    last = application.files.standing().aggregate(last=Max("number"))["last"] or 0
    made = SampleFile(
        application=application,
        number=last + 1,
        title=title.strip(),
        original_name=examined.name,
        kind=examined.kind,
        bytes_count=examined.bytes_count,
        sha256=examined.sha256,
        particulars=examined.particulars,
        is_identifying=is_identifying,
        scan_state=scanning.first_state(),
        added_at=now,
    )
    made.file.save(examined.name, examined.content, save=False)
    made.save()
    _touch(application, now)
    return made


@transaction.atomic
def change(
    file: SampleFile, *, title: str, is_identifying: bool, by: User, version: int, now: datetime
) -> SampleFile:
    """Name it anew, and say whether it tells who the applicant is.

    Raises:
        NotNow: as `add`, or it is removed.
        Refused: it has no title ("title").
    """
    application, file = _lock(file, by, version, now)
    _check_title(title)
    file.title, file.is_identifying = title.strip(), is_identifying
    file.save(update_fields=["title", "is_identifying"])
    _touch(application, now)
    return file


@transaction.atomic
def move_up(file: SampleFile, *, by: User, version: int, now: datetime) -> SampleFile:
    """Let it change places with the one before it; the first stays.

    Raises:
        NotNow: as `add`, or it is removed.
    """
    application, file = _lock(file, by, version, now)
    before = application.files.standing().filter(number__lt=file.number).last()
    if before is not None:
        higher, lower = file.number, before.number
        last = application.files.standing().aggregate(last=Max("number"))["last"]
        for one, number in (
            (before, last + 1),
            (file, lower),
            (before, higher),
        ):  # no number twice on the way
            one.number = number
            one.save(update_fields=["number"])
        _touch(application, now)
    return file


@transaction.atomic
def remove(file: SampleFile, *, by: User, version: int, now: datetime) -> None:
    """Take it out of the application. What was sent in with it keeps it; else its bytes go too.

    Raises:
        NotNow: as `add`, or it is removed already.
    """
    application, file = _lock(file, by, version, now)
    if submissions.has_sent(application, file):
        file.removed_at = now
        file.save(update_fields=["removed_at"])
    else:
        stored_files.drop([file])
        file.delete()
    _touch(application, now)


def opened(file: SampleFile, *, by: User, now: datetime) -> None:
    """Note that somebody has got it, unless it is their own."""
    application = file.application
    if application.applicant_id != by.pk:
        sightings.note(application.call, application, by, Sighting.What.FILE, now)


def name_for(file: SampleFile, user: User) -> str:
    """By which name somebody saves it: one's own as it came; anybody else's by numbers, which tell nobody."""
    application = file.application
    if application.applicant_id == user.pk:
        return file.original_name
    return f"{application.call.slug}-{application.number}-{file.number}{file.about.ending}"


def _lock(file: SampleFile, by: User, version: int, now: datetime) -> tuple[Application, SampleFile]:
    applications.lock_open(file.application.call, now)
    application = applications.lock_own(file.application, by, version)
    found = application.files.standing().filter(pk=file.pk).first()
    if found is None:
        raise NotNow(_("The file is removed already."), application=application.pk)
    return application, found


def _touch(application: Application, now: datetime) -> None:
    application.version, application.changed_at = application.version + 1, now
    application.save(update_fields=["version", "changed_at"])


def _check_title(title: str) -> None:
    if not title.strip():
        raise Refused(_("Say what the file shows or plays."), field="title")
    check_column(SampleFile, "title", title.strip())


def _check_room(application: Application, examined: Examined) -> None:
    """Over the rows as they are while the application is locked."""
    standing = application.files.standing()
    if standing.count() >= FILES_MAX:
        raise Refused(
            _("An application has at most %(most)d files. Remove one first.") % {"most": FILES_MAX},
            field="file",
        )
    own = SampleFile.objects.filter(
        application__call=application.call_id, application__applicant=application.applicant_id
    )
    for files, most in ((standing, TOGETHER_MAX), (own, KEPT_MAX)):
        if (files.aggregate(sum=Sum("bytes_count"))["sum"] or 0) + examined.bytes_count > most:
            raise Refused(
                _(
                    "The files would be more than %(most)d MB together. Remove one first, or give an address as a link."
                )
                % {"most": most // 2**20},
                field="file",
            )
