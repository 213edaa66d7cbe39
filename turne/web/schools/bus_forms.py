"""Forms about buses: what is told of one, why none is needed, which rule holds where, and a rule of one's own."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.models import BusOrder
from bookings.models.transport import PARTY_WORDS
from turne.web.form_fields import NOT_NEGATIVE, DayField, RowField
from venues import bus_rules
from venues.bus_terms import BOARDING_MAX, FARTHEST_KM, SEATS_MAX, SLOWEST
from venues.models import BusRule, Municipality, Region


class BusForm(forms.Form):
    """What is told of a bus beside what is reckoned."""

    operator = forms.CharField(label=_("Bus company"), max_length=120, required=False)
    reference = forms.CharField(label=_("The company’s reference"), max_length=60, required=False)
    project_number = forms.CharField(
        label=_("Project number"),
        max_length=40,
        required=False,
        help_text=_("It stands on the invoice, so that whoever pays knows what it is for."),
    )
    cost = forms.DecimalField(
        label=_("Cost without VAT"),
        max_digits=10,
        decimal_places=2,
        min_value=0,
        required=False,
        error_messages=NOT_NEGATIVE,
    )
    note = forms.CharField(
        label=_("Note"), max_length=300, required=False, help_text=_("Nobody’s name, and nothing of a pupil.")
    )


class NoBusForm(forms.Form):
    """Why no bus is needed."""

    why = forms.ChoiceField(
        label=_("How do they come?"), choices=[choice for choice in BusOrder.Why.choices if choice[0]]
    )
    note = forms.CharField(label=_("In a few words"), max_length=300, required=False)


class ChoiceForm(forms.Form):
    """Which rule holds where, from when until when."""

    rule = RowField(label=_("Rule"), queryset=BusRule.objects.none(), empty_label=None)
    municipality = RowField(
        label=_("Where"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("The whole region"),
    )
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("Until"), required=False, help_text=_("Empty: until another rule is chosen."))

    def __init__(self, region: Region, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        rule: Any = self.fields["rule"]
        rule.queryset = BusRule.objects.filter(region=region)
        where: Any = self.fields["municipality"]
        where.queryset = Municipality.objects.filter(region=region)


class RuleForm(forms.Form):
    """A rule of the region's own."""

    label = forms.CharField(label=_("Name of the rule"), max_length=160)
    from_km = forms.DecimalField(
        label=_("A bus is due when it is farther than, km"),
        min_value=0,
        max_value=FARTHEST_KM,
        max_digits=5,
        decimal_places=1,
    )
    orders = forms.ChoiceField(label=_("Who orders"), choices=PARTY_WORDS)
    pays_region = forms.ChoiceField(
        label=_("Who pays when the visit was given to the school"), choices=PARTY_WORDS
    )
    pays_school = forms.ChoiceField(
        label=_("Who pays when the school wished for it itself"), choices=PARTY_WORDS
    )
    short = forms.ChoiceField(label=_("Who pays a bus that is not due"), choices=PARTY_WORDS)
    share_side = forms.ChoiceField(
        label=_("Who pays a fixed part of each trip"),
        choices=[("", _("nobody")), *PARTY_WORDS],
        required=False,
    )
    share_amount = forms.DecimalField(
        label=_("The fixed part, without VAT"),
        min_value=0,
        max_value=100_000,
        decimal_places=2,
        required=False,
    )
    bus_seats = forms.IntegerField(label=_("Seats of a bus"), min_value=1, max_value=SEATS_MAX, initial=50)
    boarding_min = forms.IntegerField(
        label=_("Minutes to get on"), min_value=0, max_value=BOARDING_MAX, initial=10
    )
    drive_factor = forms.DecimalField(
        label=_("A bus takes so many times as long as the road graph says"),
        min_value=1,
        max_value=SLOWEST,
        decimal_places=2,
        initial=Decimal("1.1"),
    )

    def clean(self) -> dict[str, Any]:
        """A fixed part has a side and an amount, or neither."""
        read = super().clean() or {}
        if bool(read.get("share_side")) != bool(read.get("share_amount")) and not self.errors:
            self.add_error("share_amount", _("Say who pays the fixed part and how much, or neither."))
        return read

    def parameters(self) -> dict[str, Any]:
        """The rule as `venues.bus_terms.BusTerms.read` takes it."""
        read = self.cleaned_data
        share = {"side": read["share_side"], "amount": bus_rules.plain(read["share_amount"] or Decimal(0))}
        return {
            "from_km": bus_rules.plain(read["from_km"]),
            "orders": read["orders"],
            "pays": {"region": read["pays_region"], "school": read["pays_school"]},
            "short": read["short"],
            **({"own_share": share} if read["share_side"] else {}),
            "bus_seats": read["bus_seats"],
            "boarding_min": read["boarding_min"],
            "drive_factor": bus_rules.plain(read["drive_factor"]),
        }
