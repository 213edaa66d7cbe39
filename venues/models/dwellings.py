"""Somewhere to live: flats and rooms that a house lends to artists in residence."""

from datetime import time
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models.people import Organisation
from venues.models.places import Place

#: Beds of one dwelling at the most. Source: the house's choice; what has more is a hotel.
BEDS_MAX = 40
#: From when on the first day one may come to a dwelling, and until when on the last one leaves, where its house says
#: nothing else. Source: the house's choice; between them it is cleaned.
COMES_AT, LEAVES_AT = time(15), time(11)


class Dwellings(models.QuerySet["Dwelling"]):
    """Named readings of dwellings."""

    def in_use(self) -> Self:
        """Those that are lent now."""
        return self.filter(is_in_use=True)


class Dwelling(models.Model):
    """A flat or rooms that are lent as a whole. What nobody has told is unknown, never a no."""

    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="dwellings", verbose_name=_("who lends it")
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="dwellings", verbose_name=_("place"))
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    beds = models.PositiveSmallIntegerField(
        _("beds"), validators=[MinValueValidator(1), MaxValueValidator(BEDS_MAX)]
    )
    has_kitchen = models.BooleanField(_("kitchen"), null=True, blank=True)
    has_step_free_entrance = models.BooleanField(_("step-free entrance"), null=True, blank=True)
    takes_children = models.BooleanField(_("children are welcome"), null=True, blank=True)
    takes_animals = models.BooleanField(_("animals are welcome"), null=True, blank=True)
    comes_at = models.TimeField(_("one may come from"), null=True, blank=True)
    leaves_at = models.TimeField(_("one leaves by"), null=True, blank=True)
    notes = models.TextField(_("notes"), max_length=1000, blank=True)
    is_in_use = models.BooleanField(_("is lent"), default=True)
    version = models.PositiveIntegerField(default=1)

    objects = Dwellings.as_manager()

    class Meta:
        ordering = ["place__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="dwelling_named_once"),
            models.CheckConstraint(condition=models.Q(beds__gte=1), name="dwelling_has_a_bed"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}"

    @property
    def hours(self) -> tuple[time, time]:
        """From when on the first day one may come, until when on the last one leaves; as is usual if nobody told."""
        return self.comes_at or COMES_AT, self.leaves_at or LEAVES_AT
