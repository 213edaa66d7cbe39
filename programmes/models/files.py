"""Files as work samples of an application: what is kept of each, where, and what the virus scanner has said."""

from typing import Self
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programmes.file_kinds import KINDS, FileKind
from programmes.models.applications import Application

#: The folder below MEDIA_ROOT in which all of them are, and nothing else. No address leads there.
FOLDER = "work-samples"


def _place(file: "SampleFile", _name: str) -> str:
    """Where it is kept: nothing of its own name is in it, and nobody can guess it."""
    return f"{FOLDER}/{uuid4().hex}{file.about.ending}"


class SampleFiles(models.QuerySet["SampleFile"]):
    """Named readings of files."""

    def standing(self) -> Self:
        """Those that the application has now."""
        return self.filter(removed_at=None)


class SampleFile(models.Model):
    """A file that shows the applicant's work. One that was sent in is kept when it is removed from the draft."""

    class Scan(models.TextChoices):
        WAITING = "waiting", _("waits for the virus scanner")
        CLEAN = "clean", _("no virus found")
        REFUSED = "refused", _("refused by the virus scanner")
        UNSCANNED = "unscanned", _("not looked at: there is no virus scanner")

    application = models.ForeignKey(Application, models.CASCADE, related_name="files")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("what it is"), max_length=160)
    original_name = models.CharField(max_length=140)
    file = models.FileField(upload_to=_place, max_length=120)
    kind = models.CharField(max_length=10, choices=[(kind.name, kind.label) for kind in KINDS.values()])
    bytes_count = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    particulars = models.CharField(
        max_length=300, blank=True, help_text="What it says itself of who made it."
    )
    is_identifying = models.BooleanField(
        _("tells who you are"),
        default=True,
        help_text=_("Hidden where applications are assessed without names."),
    )
    scan_state = models.CharField(max_length=10, choices=Scan.choices)
    scan_words = models.CharField(max_length=200, blank=True)
    scanned_at = models.DateTimeField(null=True, blank=True, help_text="Tried, where it still waits.")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SampleFiles.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        indexes = [models.Index(fields=["scan_state"], name="sample_files_by_scan")]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"],
                condition=Q(removed_at=None),
                name="sample_file_numbered_once",
            ),
            models.CheckConstraint(condition=Q(bytes_count__gt=0), name="sample_file_not_empty"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def about(self) -> FileKind:
        """Its kind, with its media type and ending."""
        return KINDS[self.kind]
