"""What is asked of rooms and periods, as an address carries it: a form that only reads."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.models import Residency
from bookings.residencies import fitting
from bookings.residencies.fit_asked import Needs
from bookings.residencies.fit_values import Period
from tours.models import Rider
from turne.web.form_fields import DayField
from venues.models import Venue

#: Its name in an address -> what it is of the needs.
NEEDS = {
    "bredd": "width_m",
    "djup": "depth_m",
    "hojd": "height_m",
    "el": "power",
    "morker": "blackout",
    "golv": "floor",
    "plant": "flat_floor",
    "varmt": "warm_floor",
    "piano": "piano",
    "stegfritt": "step_free",
    "kok": "kitchen",
    "barn": "children",
    "djur": "animals",
}
#: What a look ahead begins with: two weeks from Monday to Friday, from each Monday of a quarter. Source: the house's
#: choice; the paid stays that are known are of two weeks.
DAYS, PERIODS = 12, fitting.PERIODS_MAX


#: Grades of dark that a work may need.
DARK = [(one.value, one.label) for one in (Venue.Blackout.DIM, Venue.Blackout.FULL)]


def _metres(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, min_value=0, max_value=99, decimal_places=2)


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", _("no matter")), *choices])


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class FitForm(forms.Form):
    """The periods to look at, and what is needed. Left as it is opened it asks for what the residency says."""

    fran = DayField(label=_("from"), required=False, help_text=_("Empty: the residency's own days."))
    dagar = forms.IntegerField(label=_("days"), required=False, min_value=1, max_value=fitting.DAYS_MAX)
    antal = forms.IntegerField(
        label=_("how many weeks to try"), required=False, min_value=1, max_value=fitting.PERIODS_MAX
    )
    bredd = _metres(_("Width, m"))
    djup = _metres(_("Depth, m"))
    hojd = _metres(_("Height, m"))
    el = _choice(_("Power"), [choice for choice in Rider.Power.choices if choice[0]])
    morker = _choice(_("Blackout"), DARK)
    golv = _choice(_("Floor"), Venue.Floor.choices)
    plant = _tick(_("Flat floor"))
    varmt = _tick(_("At least 22 °C"))
    piano = _tick(_("Tuned piano"))
    stegfritt = _tick(_("Step-free into room and dwelling"))
    kok = _tick(_("Kitchen in the dwelling"))
    barn = _tick(_("Children come along"))
    djur = _tick(_("Animals come along"))

    def needs(self) -> Needs:
        """What is needed, of a valid form."""
        told = self.cleaned_data
        return Needs(**{name: told[key] for key, name in NEEDS.items()})

    def periods(self, residency: Residency, today: date) -> list[Period]:
        """The periods that are asked about: those of the residency where no day is given and it has some."""
        told = self.cleaned_data
        own = fitting.of_residency(residency)
        if own and not told["fran"]:
            return own
        days, count = told["dagar"] or DAYS, told["antal"] or PERIODS
        return fitting.periods_ahead(max(told["fran"] or today, today), days, count)


def opened(residency: Residency) -> dict[str, Any]:
    """The form as it is opened: what the residency says is needed."""
    needs = fitting.needs_of(residency)
    return {key: getattr(needs, name) for key, name in NEEDS.items()}
