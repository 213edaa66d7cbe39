"""What a class thought of a visit: counts of faces, a teacher's answers, and the link by which it is told."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.models.visit_groups import VisitGroup
from venues.models.groups import GROUP_MAX


def _faces(label: Any) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(label, default=0, validators=[MaxValueValidator(GROUP_MAX)])


class ClassFeedback(models.Model):
    """One answer a class, told by hands raised: nobody is named, and whoever has the link may mend it for some days.

    `answers`: {key of a question in `bookings.feedback_questions`: 1 to 4}; a question may be left out.
    """

    visit_group = models.OneToOneField(VisitGroup, models.CASCADE, related_name="feedback")
    glad_count = _faces(_("glad"))
    so_so_count = _faces(_("so-so"))
    sad_count = _faces(_("sad"))
    answers: "models.JSONField[Any, Any]" = models.JSONField(_("the teacher's answers"), default=dict)
    comment = models.CharField(
        _("comment"), max_length=500, blank=True, help_text=_("No names, of pupils or others.")
    )
    told_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["visit_group"]
        verbose_name_plural = "class feedback"

    def __str__(self) -> str:
        return str(self.visit_group)

    @property
    def faces(self) -> tuple[int, int, int]:
        """Glad, so-so and sad."""
        return self.glad_count, self.so_so_count, self.sad_count


class ClassLink(models.Model):
    """A mailed link by which a class tells what it thought. Only the token's digest is stored."""

    visit_group = models.ForeignKey(VisitGroup, models.CASCADE, related_name="links")
    token_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.visit_group} ({self.expires_at:%Y-%m-%d})"
