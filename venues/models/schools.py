"""The school profile of an organisation."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models.noted import Noted


class School(models.Model):
    """The school profile of an organisation. Preschools have no school-unit code."""

    class Stage(models.TextChoices):
        PRESCHOOL = "preschool", _("preschool")
        F_3 = "f-3", _("F–3")
        F_6 = "f-6", _("F–6")
        F_9 = "f-9", _("F–9")
        S_7_9 = "7-9", _("7–9")
        UPPER = "upper", _("upper secondary")

    organisation = models.OneToOneField("venues.Organisation", models.CASCADE, related_name="school")
    unit_code = models.CharField(_("school-unit code"), max_length=12, unique=True, null=True, blank=True)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage.choices)
    place = models.ForeignKey("venues.Place", models.PROTECT, related_name="schools")

    class Meta:
        ordering = ["organisation__name"]
        constraints = [Noted(name="school_noted", kind="organisation", ref="organisation")]

    def __str__(self) -> str:
        return self.organisation.name
