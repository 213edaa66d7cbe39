"""Forms of an ensemble: who travels and from where, and its days off."""

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.ensembles import homes_for
from bookings.shares import FIELDS
from tours.models import Ensemble, Shared
from turne.web.form_fields import DayField
from venues.models import Organisation, Place

Choices = list[tuple[str | Promise, Any]]


class EnsembleForm(forms.ModelForm):  # type: ignore[type-arg]
    """An ensemble; its home is chosen among the region's places, by municipality."""

    shared_people = forms.CharField(
        label=_("Shared people"),
        required=False,
        max_length=1000,
        help_text=_(
            "Who also plays in another ensemble of yours, with commas between: by part, such as “the violinist”, not "
            "by name. Written alike in both ensembles, it is one person, who is never booked twice."
        ),
    )
    shared_vehicles = forms.CharField(
        label=_("Shared vehicles"),
        required=False,
        max_length=1000,
        help_text=_(
            "What another ensemble of yours drives too, such as “the blue van”. It is never booked twice."
        ),
    )

    class Meta:
        model = Ensemble
        fields = ["producer", "name", "home", "people_count", "vehicle", "is_free_group"]
        help_texts = {"home": _("The tour starts and ends here, and free days are spent here.")}

    def __init__(self, *args: Any, producers: "QuerySet[Organisation]", **options: Any) -> None:
        super().__init__(*args, **options)
        producer = self.fields["producer"]
        producer.queryset = producers  # type: ignore[attr-defined]
        producer.empty_label = None  # type: ignore[attr-defined]
        producer.label = _("Producer")
        if self.instance.pk or len(producers) == 1:
            producer.disabled = True
            self.initial["producer"] = self.instance.producer_id or producers[0].pk
            producer.widget = forms.HiddenInput()
        for kind, name in FIELDS.items():
            own = self.instance.shared.filter(kind=kind) if self.instance.pk else []
            self.initial[name] = ", ".join(str(row) for row in own)
        homes = homes_for(producers)
        self.fields["home"].queryset = homes  # type: ignore[attr-defined]
        self.fields["home"].choices = _by_municipality(homes)  # type: ignore[attr-defined]

    def shared(self) -> dict[Shared.Kind, list[str]]:
        """The names that stand in the two fields."""
        return {kind: self.cleaned_data[name].split(",") for kind, name in FIELDS.items()}


class DayOffForm(forms.Form):
    """Days on which an ensemble does not work."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), help_text=_("The same as the first for a single day."))
    reason = forms.CharField(label=_("Reason"), max_length=120, required=False)


def _by_municipality(places: "QuerySet[Place]") -> Choices:
    """The places under the names of their municipalities, which come in order."""
    grouped = groupby(places, key=lambda place: place.municipality.name)
    return [("", "---------"), *((name, [(place.pk, place.name) for place in own]) for name, own in grouped)]
