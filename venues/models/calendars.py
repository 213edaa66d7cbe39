"""When a venue or an organisation can not."""

from datetime import date, datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Closures(models.QuerySet["Closure"]):
    """Named readings of closures."""

    def between(self, start: datetime, end: datetime) -> Self:
        """Those that touch the half-open range from start to end."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def on_or_after(self, day: date) -> Self:
        """Those that are not over before the day."""
        return self.filter(ends_at__date__gte=day)


class Closure(models.Model):
    """A half-open time range in which one venue or one organisation can not."""

    venue = models.ForeignKey("venues.Venue", models.CASCADE, null=True, blank=True, related_name="closures")
    organisation = models.ForeignKey(
        "venues.Organisation", models.CASCADE, null=True, blank=True, related_name="closures"
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    objects = Closures.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="closure_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(venue__isnull=True) ^ models.Q(organisation__isnull=True),
                name="closure_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue or self.organisation}: {self.reason}"

    def clean(self) -> None:
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The closure must end after it starts.")})
