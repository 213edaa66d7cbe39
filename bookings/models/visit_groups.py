"""Which groups come to a visit's shows: counts as they are then, and what some of them need."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from tours.models.school_wishes import PUPILS
from venues.models.groups import GROUP_MAX
from venues.models.noted import Noted


class VisitGroup(models.Model):
    """A group at one show of a visit, of the school that receives or of another that comes to it.

    `needs`: {Need: how many}, deleted after the visit. `came_count`: pupils who came, once that is told.
    """

    booking = models.ForeignKey("bookings.Booking", models.CASCADE, related_name="groups")
    group = models.ForeignKey("venues.Group", models.PROTECT, related_name="visits")
    show_number = models.PositiveSmallIntegerField(
        _("show"), default=1, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    pupils_count = models.PositiveSmallIntegerField(_("pupils"), validators=PUPILS)
    adults_count = models.PositiveSmallIntegerField(
        _("adults"), default=1, validators=[MaxValueValidator(GROUP_MAX)]
    )
    needs: "models.JSONField[Any, Any]" = models.JSONField(_("needs"), default=dict, blank=True)
    came_count = models.PositiveSmallIntegerField(
        _("pupils who came"), null=True, blank=True, validators=[MaxValueValidator(GROUP_MAX)]
    )

    class Meta:
        ordering = ["show_number", "group__grade", "group__name"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "group"], name="visit_group_once"),
            models.CheckConstraint(
                condition=models.Q(pupils_count__gte=1, pupils_count__lte=GROUP_MAX),
                name="visit_group_has_pupils",
            ),
            Noted(name="visit_group_noted", kind="booking", ref="booking"),
            Noted(name="visit_group_gone_noted", kind="guest", ref="group"),
        ]

    def __str__(self) -> str:
        return f"{self.booking}: {self.group}"

    @property
    def heads_count(self) -> int:
        """Pupils and adults: the seats that the group takes."""
        return self.pupils_count + self.adults_count
