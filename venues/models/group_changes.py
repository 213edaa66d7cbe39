"""Who changed what of a school's groups, and when: lines that are only added. Counts only, and nobody in a group."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models.people import User


class GroupChange(models.Model):
    """A group of a school year was added, changed or taken away.

    `name` is what it was called then, and `details` are {field: [before, after]} of what was changed. `group` is empty
    once it is gone.
    """

    class What(models.TextChoices):
        ADDED = "added", _("added")
        COPIED = "copied", _("made from last year's")
        CHANGED = "changed", _("changed")
        REMOVED = "removed", _("taken away")

    school = models.ForeignKey("venues.School", models.CASCADE, related_name="group_changes")
    group = models.ForeignKey("venues.Group", models.SET_NULL, null=True, related_name="changes")
    school_year = models.CharField(max_length=7)
    name = models.CharField(max_length=40)
    what = models.CharField(max_length=10, choices=What.choices)
    details: "models.JSONField[Any, Any]" = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.school}, {self.name}: {self.get_what_display()}"
