"""Regions, municipalities, places, and the venues that stand in them."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from venues import yearly
from venues.models.noted import Noted
from venues.models.rooms import AccessFacts, RoomFacts

LATITUDE = [MinValueValidator(-90), MaxValueValidator(90)]
LONGITUDE = [MinValueValidator(-180), MaxValueValidator(180)]


class Region(models.Model):
    """The outer boundary: a county with its country, currency, time zone and neighbours.

    `winter_from` and `winter_to` are month and day ("10-01"), both included, of the days with winter roads; empty where
    nobody has said.
    """

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(_("county code"), max_length=10, unique=True)
    country = models.CharField(_("country"), max_length=2, help_text="ISO 3166-1 alpha-2")
    currency = models.CharField(_("currency"), max_length=3, help_text="ISO 4217")
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Stockholm")
    is_served = models.BooleanField(
        _("served"), default=False, help_text=_("Plans here; the others are known only as neighbours.")
    )
    neighbours = models.ManyToManyField("self", blank=True)
    winter_from = models.CharField(max_length=5, blank=True)
    winter_to = models.CharField(max_length=5, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [Noted(name="region_noted", kind="region")]

    def __str__(self) -> str:
        return self.name

    def is_winter(self, day: date) -> bool:
        """Whether the roads may be winter roads on the day: always where nobody has said when they are not."""
        return not self.winter_from or yearly.holds(self.winter_from, self.winter_to, day)


class Municipality(models.Model):
    """A municipality with the code that its country's statistics office gave it: a string, not a number."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="municipalities")
    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_sma = models.CharField(_("South Sami name"), max_length=80, blank=True)
    slug = models.SlugField(unique=True)
    centre = models.CharField(_("centre"), max_length=80, blank=True)
    is_sami_area = models.BooleanField(_("Sami administrative area"), null=True)
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    population_source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [Noted(name="municipality_noted", kind="municipality")]
        verbose_name_plural = "municipalities"

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A town or village of the gazetteer; the road graph joins places."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="places")
    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(unique=True)
    kind = models.CharField(_("kind"), max_length=20)
    lat = models.FloatField(validators=LATITUDE)
    lon = models.FloatField(validators=LONGITUDE)
    population = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    population_source = models.CharField(max_length=200, blank=True)
    has_lodging = models.BooleanField(
        _("beds for an ensemble"),
        null=True,
        help_text=_("Assumed from the kind of place until the region has checked it."),
    )
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            Noted(name="place_noted", kind="place"),
            models.UniqueConstraint(fields=["municipality", "name"], name="place_once_in_municipality"),
            models.CheckConstraint(
                condition=models.Q(lat__range=(-90, 90), lon__range=(-180, 180)), name="place_on_earth"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def where(self) -> str:
        """With its municipality, where that is called otherwise: "Lit, Östersund"; read along."""
        return self.name if self.name == self.municipality.name else f"{self.name}, {self.municipality}"


class Venues(models.QuerySet["Venue"]):
    """Named readings of venues."""

    def open(self) -> Self:
        """Those that are still in use."""
        return self.filter(is_closed_down=False)

    def with_ground(self) -> Self:
        """With place, municipality and owner read in the same query."""
        return self.select_related("place__municipality__region", "organisation")


class Venue(RoomFacts, AccessFacts, models.Model):
    """A room where performances can be played. A fact that nobody has given is unknown, never a no."""

    class Kind(models.TextChoices):
        ASSEMBLY_HALL = "assembly_hall", _("assembly hall")
        THEATRE = "theatre", _("theatre")
        SCHOOL = "school", _("school")
        LIBRARY = "library", _("library")
        CHURCH = "church", _("church")
        CARE = "care", _("care home")
        OUTDOOR = "outdoor", _("outdoors")
        DIGITAL = "digital", _("digital")
        OTHER = "other", _("other")

    organisation = models.ForeignKey("venues.Organisation", models.PROTECT, related_name="venues")
    place = models.ForeignKey(Place, models.PROTECT, related_name="venues")
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(max_length=160, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.ASSEMBLY_HALL)
    address = models.CharField(_("address"), max_length=200, blank=True)
    lat = models.FloatField(null=True, blank=True, validators=LATITUDE)
    lon = models.FloatField(null=True, blank=True, validators=LONGITUDE)
    is_closed_down = models.BooleanField(_("no longer in use"), default=False)
    is_demo = models.BooleanField(default=False, help_text=_("Invented for the demo region."))

    objects = Venues.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            Noted(name="venue_noted", kind="venue"),
            models.UniqueConstraint(fields=["organisation", "name"], name="venue_once_in_organisation"),
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True)
                | models.Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="venue_on_earth_or_unknown",
            ),
        ]

    def __str__(self) -> str:
        return self.name
