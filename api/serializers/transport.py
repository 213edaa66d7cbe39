"""Schools' ways to visits, and what grants to owners of schools have led to. Counts only; amounts as decimal texts."""

from typing import Any

from rest_framework import serializers

from api.serializers.moments import DayField
from api.serializers.references import ReferenceSerializer
from api.serializers.settlement import AmountField
from bookings.models.transport import PARTY_WORDS, PLAN_WORDS, BusOrder
from bookings.transport import State


class BusesAsked(serializers.Serializer[Any]):
    """Days of shows, both included."""

    first = DayField()
    last = DayField()


class OrderSerializer(serializers.Serializer[Any]):
    """What was arranged: as it was ordered, never rewritten."""

    status = serializers.ChoiceField(choices=BusOrder.Status.choices)
    why = serializers.ChoiceField(choices=BusOrder.Why.choices, help_text="Why no bus is needed.")
    seats_count = serializers.IntegerField()
    buses_count = serializers.IntegerField()
    pick_up_at = serializers.DateTimeField(allow_null=True)
    there_at = serializers.DateTimeField(allow_null=True)
    leaves_at = serializers.DateTimeField(allow_null=True)
    back_at = serializers.DateTimeField(allow_null=True)
    operator = serializers.CharField()
    reference = serializers.CharField()
    project_number = serializers.CharField()
    cost = AmountField(allow_null=True)
    version = serializers.IntegerField()


class NeedSerializer(serializers.Serializer[Any]):
    """What is needed now. `due` null: distance or rule is not known.

    `km`, `drive_min`, `pick_up_at` and `back_at` are null where no road is known: `no_road` says why.
    """

    pupils_count = serializers.IntegerField(source="pupils")
    adults_count = serializers.IntegerField(source="adults")
    wheelchair_count = serializers.IntegerField(source="wheelchairs")
    buses_count = serializers.IntegerField(
        source="buses", allow_null=True, help_text="For all schools at the same stop."
    )
    shares_with = serializers.SerializerMethodField(help_text="Slugs of the other schools at the stop.")
    pick_up_at = serializers.DateTimeField(allow_null=True)
    there_at = serializers.DateTimeField()
    leaves_at = serializers.DateTimeField()
    back_at = serializers.DateTimeField(allow_null=True)
    km = serializers.DecimalField(max_digits=6, decimal_places=1, allow_null=True)
    drive_min = serializers.IntegerField(allow_null=True)
    no_road = serializers.CharField()
    due = serializers.BooleanField(allow_null=True)
    plan = serializers.ChoiceField(choices=PLAN_WORDS)
    orders = serializers.ChoiceField(choices=PARTY_WORDS, allow_null=True)
    pays = serializers.ChoiceField(choices=PARTY_WORDS, allow_null=True)

    def get_shares_with(self, trip: Any) -> list[str]:
        """The other schools' slugs, by name."""
        return [school.organisation.slug for school in trip.shares_with]


class BusSerializer(serializers.Serializer[Any]):
    """A school's way to one show. `need` is null where nobody goes any more, `order` where nobody has decided."""

    booking = serializers.IntegerField(source="booking.pk")
    show_number = serializers.IntegerField()
    school = ReferenceSerializer(source="school.organisation")
    venue = ReferenceSerializer(source="booking.venue")
    state = serializers.ChoiceField(choices=State.choices)
    changed = serializers.SerializerMethodField(help_text="What is not as it was ordered any more.")
    need = NeedSerializer(source="trip", allow_null=True)
    order = OrderSerializer(allow_null=True)

    def get_changed(self, row: Any) -> list[str]:
        """The names of what differs."""
        return [one.name for one in row.changes]


class BusesSerializer(serializers.Serializer[Any]):
    """The ways in a period, in the order in which they set out."""

    buses = BusSerializer(many=True)


class FundedSerializer(serializers.Serializer[Any]):
    """A visit that a grant pays. `came_count` null: not told of every group."""

    booking = serializers.IntegerField(source="booking.pk")
    counts = serializers.BooleanField()
    expected_count = serializers.IntegerField(source="expected")
    came_count = serializers.IntegerField(source="came", allow_null=True)
    is_proved = serializers.BooleanField()
    paid = AmountField(source="covered.amount")
    currency = serializers.CharField(source="covered.currency")
    missing = serializers.ListField(child=serializers.CharField())


class GrantSerializer(serializers.Serializer[Any]):
    """A grant: promised, reached (each pupil once a year), and the visits that it pays."""

    scheme = serializers.CharField(source="grant.scheme.key")
    owner = ReferenceSerializer(source="grant.owner.organisation")
    year = serializers.IntegerField(source="grant.year")
    promised_count = serializers.IntegerField(source="grant.promised_count")
    reached_count = serializers.IntegerField(source="reach.reached")
    hoped_count = serializers.IntegerField(source="reach.hoped")
    encounters_count = serializers.IntegerField(source="reach.encounters")
    amount = AmountField(source="grant.amount")
    currency = serializers.CharField(source="grant.currency")
    reference = serializers.CharField(source="grant.reference")
    warnings = serializers.ListField(child=serializers.CharField())
    visits = FundedSerializer(source="lines", many=True)


class GrantsSerializer(serializers.Serializer[Any]):
    """The grants of a school year, by owner."""

    grants = GrantSerializer(many=True)


class GrantsAsked(serializers.Serializer[Any]):
    """A school year by the year in which it begins."""

    year = serializers.IntegerField(min_value=1900, max_value=2999)
