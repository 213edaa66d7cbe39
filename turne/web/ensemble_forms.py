"""Forms of an ensemble: who travels and from where, and its days off."""

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.ensembles import homes_for
from bookings.models import Ensemble
from turne.web.form_fields import DayField
from venues.models import Organisation, Place

Choices = list[tuple[str | Promise, Any]]


class EnsembleForm(forms.ModelForm):  # type: ignore[type-arg]
    """An ensemble; its home is chosen among the region's places, by municipality."""

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
        homes = homes_for(producers)
        self.fields["home"].queryset = homes  # type: ignore[attr-defined]
        self.fields["home"].choices = _by_municipality(homes)  # type: ignore[attr-defined]


class DayOffForm(forms.Form):
    """Days on which an ensemble does not work."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"), help_text=_("The same as the first for a single day."))
    reason = forms.CharField(label=_("Reason"), max_length=120, required=False)


def _by_municipality(places: "QuerySet[Place]") -> Choices:
    """The places under the names of their municipalities, which come in order."""
    grouped = groupby(places, key=lambda place: place.municipality.name)
    return [("", "---------"), *((name, [(place.pk, place.name) for place in own]) for name, own in grouped)]
