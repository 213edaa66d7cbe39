"""Who and what several ensembles share: a musician who plays in two of them, a van that both drive."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Shared(models.Model):
    """A person or a vehicle of a producer that more than one ensemble needs, so that only one can travel at a time.

    A person is named by the part that they have, never by their name.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        VEHICLE = "vehicle", _("vehicle")

    producer = models.ForeignKey("venues.Organisation", models.CASCADE, related_name="shared")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=80)
    ensembles: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "tours.Ensemble", related_name="shared"
    )

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["producer", "kind", "name"], name="shared_named_once"),
        ]

    def __str__(self) -> str:
        return self.name
