"""What a producer has decided about a warning: play all the same, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class WarningOverride(models.Model):
    """A warning of an agreement that does not stop this tour on this day; kept when it is withdrawn."""

    tour = models.ForeignKey("tours.Tour", models.CASCADE, related_name="overrides")
    profile = models.ForeignKey("venues.WorkRuleProfile", models.PROTECT, related_name="overrides")
    rule = models.CharField(max_length=30, help_text="As in planner.CAUTIONS.")
    on_date = models.DateField(help_text="The day; of a week, its first day in the tour.")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["tour", "profile", "rule", "on_date"],
                condition=Q(withdrawn_at=None),
                name="one_standing_override",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tour} {self.on_date} {self.rule}"
