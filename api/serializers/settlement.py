"""Prices line by line, settlement sheets and claims. Amounts are decimal texts, without VAT, in `currency`."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from bookings import pricing
from bookings.models import CostLine
from bookings.models.price import PERCENT, Kind
from bookings.pricing import Payer
from bookings.settlement import Standing

KINDS = Kind.choices


class AmountField(serializers.DecimalField):
    """An amount of money that is never negative."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_digits=10, decimal_places=2, min_value=Decimal(0), max_value=pricing.MOST, **options
        )


class RateField(serializers.DecimalField):
    """VAT in percent; null: the producer has not said it."""

    def __init__(self, **options: Any) -> None:
        options = {"allow_null": True, "required": False, "validators": PERCENT, **options}
        super().__init__(max_digits=5, decimal_places=2, **options)


class CostsField(serializers.DictField):
    """Amounts by kind of cost: room, marketing, hosting, travel, technical or other."""

    child = AmountField()


class PriceLineSerializer(serializers.Serializer[Any]):
    """A line of a price. `amount` null: paid as it turns out, which the fee and further shows never are."""

    kind = serializers.ChoiceField(choices=KINDS)
    amount = AmountField(allow_null=True)
    payer = serializers.ChoiceField(choices=Payer.choices, default=Payer.PRESENTER)
    vat_percent = RateField(default=None)
    words = serializers.CharField(max_length=120, allow_blank=True, default="")


class PriceSerializer(serializers.Serializer[Any]):
    """The price of a visit, line by line. `price` is what the presenter pays as far as it is fixed."""

    price = AmountField(read_only=True)
    currency = serializers.CharField(read_only=True)
    is_all_in = serializers.BooleanField(read_only=True)
    lines = PriceLineSerializer(many=True)
    version = serializers.IntegerField(read_only=True)


class InvoicedSerializer(serializers.Serializer[Any]):
    """What is invoiced for a kind of cost, and why it is not what was agreed."""

    kind = serializers.ChoiceField(choices=KINDS)
    amount = AmountField()
    vat_percent = RateField(default=None)
    why = serializers.CharField(max_length=300, allow_blank=True, default="")


class InvoiceSerializer(serializers.Serializer[Any]):
    """The lines that are not simply what was agreed."""

    lines = InvoicedSerializer(many=True)


class CostsSerializer(serializers.Serializer[Any]):
    """What the visit has cost one's own side beyond the price."""

    costs = CostsField()


class SheetRowSerializer(serializers.Serializer[Any]):
    """A kind of cost, as agreed and as invoiced."""

    kind = serializers.CharField()
    words = serializers.CharField()
    payer = serializers.CharField()
    agreed = serializers.CharField(source="agreed.amount", default=None, allow_null=True)
    invoiced = serializers.CharField(source="invoiced.amount", default=None, allow_null=True)
    vat_percent = RateField()
    why = serializers.CharField()


class CostSerializer(serializers.ModelSerializer[CostLine]):
    """What a side has told that it paid."""

    class Meta:
        model = CostLine
        fields = ["side", "kind", "amount"]


class SheetSerializer(serializers.Serializer[Any]):
    """The settlement sheet of a visit. `with_vat` null: a rate or an amount is not known."""

    booking = serializers.IntegerField(source="booking.pk")
    presenter = serializers.CharField(source="booking.presenter.slug")
    currency = serializers.CharField(source="booking.currency")
    standing = serializers.ChoiceField(choices=Standing.choices)
    settled_at = serializers.DateTimeField(source="booking.settled_at", allow_null=True)
    outcome = serializers.CharField(source="booking.outcome")
    rows = SheetRowSerializer(many=True)
    agreed = serializers.CharField(source="agreed.amount")
    invoice = serializers.CharField(source="invoice.amount")
    with_vat = serializers.CharField(source="with_vat.amount", default=None, allow_null=True)
    costs = CostSerializer(many=True)
    missing = serializers.ListField(child=serializers.CharField())
    version = serializers.IntegerField(source="booking.version")


class CriterionSerializer(serializers.Serializer[Any]):
    """A condition of a scheme and what can be said of it."""

    kind = serializers.CharField()
    answer = serializers.CharField()


class ClaimSerializer(serializers.Serializer[Any]):
    """What a visit may claim, its evidence, and what is missing before it can."""

    booking = serializers.IntegerField(source="booking.pk")
    presenter = serializers.CharField(source="booking.presenter.slug")
    municipality = serializers.CharField(source="booking.venue.place.municipality.slug")
    tour = serializers.CharField(source="booking.tour.slug")
    performances = serializers.ListField(child=serializers.DateTimeField(), source="dates")
    agreed_at = serializers.DateTimeField(allow_null=True)
    reported_at = serializers.DateTimeField(source="booking.report.at", default=None, allow_null=True)
    settled_at = serializers.DateTimeField(source="booking.settled_at", allow_null=True)
    audience = serializers.IntegerField(allow_null=True)
    young = serializers.IntegerField(allow_null=True)
    km = serializers.IntegerField()
    invoice = serializers.CharField(source="sheet.invoice.amount")
    answer = serializers.CharField(source="funding.answer")
    criteria = CriterionSerializer(many=True, source="funding.criteria")
    covers = serializers.SerializerMethodField()
    amount = serializers.CharField(source="funding.amount.amount")
    currency = serializers.CharField(source="booking.currency")
    claim_by = serializers.DateField(allow_null=True)
    missing = serializers.ListField(child=serializers.CharField())

    def get_covers(self, claim: Any) -> dict[str, str]:
        """How far the subsidy covers each cost."""
        return {name: str(part.amount) for name, part in claim.funding.covers.items()}


class PackSerializer(serializers.Serializer[Any]):
    """A scheme with the visits that claim by it. `ready`: the sum of what lacks nothing."""

    scheme = serializers.CharField(source="scheme.key")
    name = serializers.CharField(source="scheme.label")
    source_of_rules = serializers.CharField(source="scheme.source")
    claimed_by = serializers.CharField()
    amount = serializers.CharField(source="amount.amount")
    ready = serializers.CharField(source="ready.amount")
    unreported = serializers.IntegerField()
    claims = ClaimSerializer(many=True)


class ClaimsSerializer(serializers.Serializer[Any]):
    """Packs by scheme, and the tours that could not be reckoned, each with why."""

    packs = PackSerializer(many=True)
    faults = serializers.ListField(child=serializers.CharField())
