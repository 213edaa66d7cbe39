"""Wishes, as they are read and as they are sent."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from api.serializers.references import ReferenceSerializer
from bookings import visible
from tours.models import Production, Season, Wish, WishSpan
from tours.wishes import Span, WishInput
from venues.models import Organisation, Venue

#: More than a span for each week of a year.
SPANS_MAX = 100


class SpanSerializer(serializers.ModelSerializer[WishSpan]):
    """Days, both included, and the local times between which the first show may start, both included."""

    class Meta:
        model = WishSpan
        fields = ["starts_on", "ends_on", "earliest", "latest"]


class WishSerializer(serializers.ModelSerializer[Wish]):
    """A ranked request for a production in one's own venue. `withdrawn_at` null: it stands."""

    season = ReferenceSerializer(read_only=True)
    organisation = ReferenceSerializer(read_only=True)
    production = ReferenceSerializer(read_only=True)
    venue = ReferenceSerializer(read_only=True)
    spans = SpanSerializer(many=True, read_only=True)

    class Meta:
        model = Wish
        fields = [
            "id",
            "season",
            "organisation",
            "production",
            "venue",
            "rank",
            "is_reserve",
            "shows_count",
            "audience",
            "audience_expected",
            "message",
            "spans",
            "created_at",
            "changed_at",
            "withdrawn_at",
            "version",
        ]


class ProductionField(serializers.SlugRelatedField[Production]):
    """The slug of a production that the reader may see."""

    def get_queryset(self) -> "QuerySet[Production]":
        seen = visible.productions(self.context["request"].user, timezone.now())
        return seen.select_related("rider", "ensemble__home")


class SeasonField(serializers.SlugRelatedField[Season]):
    """The slug of a season that the reader may see."""

    def get_queryset(self) -> "QuerySet[Season]":
        return visible.seasons(self.context["request"].user, timezone.now()).select_related("region")


class WishInputSerializer(serializers.Serializer[Any]):
    """What is asked for. Days must lie in the season; counts are for each show."""

    production = ProductionField(slug_field="slug", queryset=Production.objects.all())
    venue = serializers.SlugRelatedField(
        slug_field="slug", queryset=Venue.objects.with_ground(), help_text="One of the organisation's own."
    )
    rank = serializers.IntegerField(min_value=1)
    is_reserve = serializers.BooleanField(default=False)
    shows_count = serializers.IntegerField(min_value=1, default=1)
    audience = serializers.ChoiceField(choices=Wish.Audience.choices, default=Wish.Audience.PUBLIC)
    audience_expected = serializers.IntegerField(min_value=1)
    spans = SpanSerializer(many=True, max_length=SPANS_MAX)  # type: ignore[call-arg]
    message = serializers.CharField(max_length=1000, allow_blank=True, default="")

    def values(self) -> WishInput:
        """The checked input as the verbs take it."""
        names = WishInput.__dataclass_fields__.keys() & self.validated_data.keys() - {"spans"}
        spans = tuple(Span(**span) for span in self.validated_data["spans"])
        return WishInput(**{name: self.validated_data[name] for name in names}, spans=spans)


class NewWishSerializer(WishInputSerializer):
    """A wish for one of one's own organisations. Days must lie in the season; counts are for each show."""

    season = SeasonField(slug_field="slug", queryset=Season.objects.all())
    organisation = serializers.SlugRelatedField(slug_field="slug", queryset=Organisation.objects.all())
