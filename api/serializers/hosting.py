"""The presenter's side: when houses and rooms are closed, and the visits that they have had."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from api.serializers.bookings import BookingSerializer
from api.serializers.moments import MomentField
from api.serializers.references import ReferenceSerializer
from bookings.closing import YEARS_MAX
from bookings.permissions import organisations_of
from venues.models import HOSTS, Closure, Organisation, Venue


class ClosureSerializer(serializers.ModelSerializer[Closure]):
    """A half-open time in which a room (`venue`) or a whole house (`organisation`) is closed; the other is null."""

    venue = ReferenceSerializer(read_only=True, allow_null=True)
    organisation = ReferenceSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Closure
        fields = ["id", "venue", "organisation", "starts_at", "ends_at", "reason"]


class OwnHouseField(serializers.SlugRelatedField[Organisation]):
    """The slug of a house of one's own."""

    def get_queryset(self) -> "QuerySet[Organisation]":
        return organisations_of(self.context["request"].user, *HOSTS)


class OwnRoomField(serializers.SlugRelatedField[Venue]):
    """The slug of a room of a house of one's own."""

    def get_queryset(self) -> "QuerySet[Venue]":
        return Venue.objects.filter(organisation__in=organisations_of(self.context["request"].user, *HOSTS))


class ChangedClosureSerializer(serializers.Serializer[Any]):
    """The time, half-open, and why. `despite`: the sender knows of the visits that are booked then."""

    starts_at = MomentField()
    ends_at = MomentField()
    reason = serializers.CharField(max_length=120, allow_blank=True, default="")
    despite = serializers.BooleanField(default=False)


class NewClosureSerializer(ChangedClosureSerializer):
    """A room or a house, one of them. `years`: in how many of the following years the same days are closed too."""

    venue = OwnRoomField(slug_field="slug", queryset=Venue.objects.all(), required=False)
    organisation = OwnHouseField(slug_field="slug", queryset=Organisation.objects.all(), required=False)
    years = serializers.IntegerField(min_value=0, max_value=YEARS_MAX, default=0)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two is named."""
        if ("venue" in attrs) == ("organisation" in attrs):
            raise serializers.ValidationError({"venue": [_("Name a venue or an organisation, one of them.")]})
        return {"closed": attrs.pop("venue", None) or attrs.pop("organisation", None), **attrs}


class PastVisitSerializer(BookingSerializer):
    """A visit that is over, with who came at all of its performances; null where nobody has told."""

    audience_count = serializers.IntegerField(allow_null=True)
    young_count = serializers.IntegerField(allow_null=True)

    class Meta(BookingSerializer.Meta):
        fields = [*BookingSerializer.Meta.fields, "audience_count", "young_count"]
