"""What is known of a room: every fact has a value or is unknown (null, or empty text).

Source of the fields: a small venue's published sheet, Riksteatern's scene room forms and the access
descriptions of Tillgänglighetsdatabasen, as listed in venues/data/venue_room_fields.json.
"""

from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


def _metres(label: Any) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(
        label,
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.1"))],
    )


def _count(label: Any) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(label, null=True, blank=True)


def _fact(label: Any) -> "models.BooleanField[Any, Any]":
    return models.BooleanField(label, null=True, blank=True)


class RoomFacts(models.Model):
    """The technical specification of a room."""

    class Blackout(models.TextChoices):
        NONE = "none", _("not possible")
        DIM = "dim", _("dim")
        FULL = "full", _("really dark")

    class Floor(models.TextChoices):
        WOOD = "wood", _("wood")
        SPRUNG = "sprung", _("sprung wood")
        STONE = "stone", _("stone or concrete")
        CARPET = "carpet", _("carpet or plastic")

    class ColourClass(models.TextChoices):
        YELLOW = "yellow", _("yellow (smallest)")
        GREEN = "green", _("green")
        BLUE = "blue", _("blue")
        RED = "red", _("red (largest)")

    seats = _count(_("seats"))
    max_persons = _count(_("persons at the most"))
    fire_approved_capacity = _count(_("capacity approved for fire safety"))
    width_m = _metres(_("room width, m"))
    depth_m = _metres(_("room depth, m"))
    ceiling_m = _metres(_("ceiling, m"))
    usable_height_m = _metres(_("usable height, m"))
    stage_width_m = _metres(_("stage width, m"))
    stage_depth_m = _metres(_("stage depth, m"))
    proscenium_m = _metres(_("proscenium opening, m"))
    playing_depth_m = _metres(_("playing depth, m"))
    floor_type = models.CharField(_("floor"), max_length=10, blank=True, choices=Floor.choices)
    floor_flat = _fact(_("flat floor"))
    curtain = _fact(_("curtain"))
    masking = _fact(_("masking"))
    blackout = models.CharField(_("blackout"), max_length=10, blank=True, choices=Blackout.choices)
    loading_door_w_m = _metres(_("loading door width, m"))
    loading_steps = _count(_("steps when loading in"))
    vehicle_access = _fact(_("vehicle can reach the door"))
    dressing_rooms = _count(_("dressing rooms"))
    shower = _fact(_("shower"))
    power_16a = _count(_("outlets CEE 16 A"))
    power_32a_cee = _count(_("outlets CEE 32 A"))
    power_63a_cee = _count(_("outlets CEE 63 A"))
    power_position = models.CharField(_("where the power is"), max_length=120, blank=True)
    lighting_lines = _count(_("lighting bars"))
    lighting_fixtures = _count(_("lighting fixtures"))
    sound_system = _fact(_("sound system"))
    intercom = _fact(_("intercom"))
    projector_screen = _fact(_("projector and screen"))
    piano = _fact(_("tuned piano"))
    tech_position_cable_m = _count(_("cable to the technician's place, m"))
    temperature_ok_dance = _fact(_("at least 22 °C for dance"))
    colour_class = models.CharField(
        _("Riksteatern's colour class"), max_length=10, blank=True, choices=ColourClass.choices
    )
    checked_on = models.DateField(_("room checked on"), null=True, blank=True)

    class Meta:
        abstract = True


class AccessFacts(models.Model):
    """What a visitor needs to know of the way in, of seeing and of hearing."""

    step_free_entrance = _fact(_("step-free entrance"))
    door_width_cm = _count(_("door width, cm"))
    threshold_cm = _count(_("threshold, cm"))
    ramp_slope = models.CharField(_("ramp slope"), max_length=20, blank=True)
    lift = _fact(_("lift"))
    accessible_toilet = _fact(_("accessible toilet"))
    wheelchair_places = _count(_("wheelchair places"))
    companion_places = _count(_("companion places"))
    hearing_loop = _fact(_("hearing loop"))
    quiet_room = _fact(_("quiet room"))
    contrast_marking = _fact(_("contrast marking"))
    fragrance_free = _fact(_("fragrance-free"))
    assistance_dog = _fact(_("assistance dogs welcome"))
    parking_m_to_entrance = _count(_("parking to entrance, m"))
    evacuation = models.CharField(_("evacuation"), max_length=200, blank=True)
    access_checked_on = models.DateField(_("access checked on"), null=True, blank=True)

    class Meta:
        abstract = True
