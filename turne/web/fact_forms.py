"""The facts of a venue as forms: all of them under their headings, or only those that producers ask for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from venues import premises as verbs
from venues.models import Venue

#: Headings of the form, each with the facts under it, in the order in which one walks through a room.
SECTIONS = [
    (gettext_lazy("How many"), ["seats", "max_persons", "fire_approved_capacity", "colour_class"]),
    (
        gettext_lazy("Room and stage"),
        ["width_m", "depth_m", "ceiling_m", "usable_height_m"]
        + ["stage_width_m", "stage_depth_m", "playing_depth_m", "proscenium_m"],
    ),
    (
        gettext_lazy("Floor, dark and warmth"),
        ["floor_type", "floor_flat", "blackout", "temperature_ok_dance", "curtain", "masking"],
    ),
    (gettext_lazy("Power"), ["power_16a", "power_32a_cee", "power_63a_cee", "power_position"]),
    (
        gettext_lazy("Light, sound and picture"),
        ["lighting_lines", "lighting_fixtures", "sound_system", "projector_screen"]
        + ["intercom", "tech_position_cable_m", "piano"],
    ),
    (
        gettext_lazy("Loading in and dressing"),
        ["vehicle_access", "loading_door_w_m", "loading_steps", "dressing_rooms", "shower"],
    ),
    (
        gettext_lazy("The audience's way in"),
        ["step_free_entrance", "door_width_cm", "threshold_cm", "ramp_slope", "lift"]
        + ["accessible_toilet", "parking_m_to_entrance", "evacuation"],
    ),
    (
        gettext_lazy("Seeing, hearing and feeling well"),
        ["wheelchair_places", "companion_places", "hearing_loop", "contrast_marking"]
        + ["quiet_room", "fragrance_free", "assistance_dog"],
    ),
]
THREE_VALUES = [("", gettext_lazy("Not known")), ("True", gettext_lazy("Yes")), ("False", gettext_lazy("No"))]


class ThreeValued(forms.ModelForm):  # type: ignore[type-arg]
    """Facts of a venue: yes, no or not known, and an empty number is not known."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.NullBooleanField):
                field.widget = forms.RadioSelect(choices=THREE_VALUES)
                field.widget.is_required = False
            elif isinstance(field, forms.TypedChoiceField) and not field.required:
                known = [choice for choice in field.widget.choices if choice[0]]
                field.choices = [("", _("Not known")), *known]


class FactsForm(ThreeValued):
    """All that the owner tells of a venue."""

    class Meta:
        model = Venue
        fields = ["name", "kind", *verbs.ROOM, *verbs.ACCESS]

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in SECTIONS]


def asked_form(venue: Venue, facts: Iterable[str], data: Any = None) -> ThreeValued:
    """A form for these facts only; its ids differ from those of the form for all of them."""
    made: Any = forms.modelform_factory(Venue, form=ThreeValued, fields=list(facts))
    form: ThreeValued = made(data, instance=venue, auto_id="asked_%s")
    return form
