"""Wishes, as they are read and as they are sent."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from api.serializers.groups import NEEDS_HELP, GroupSerializer
from api.serializers.references import ReferenceSerializer
from bookings import visible
from tours.dealing import GROUPS_MAX
from tours.models import Production, Season, Wish, WishGroup, WishSpan
from tours.models.production import SESSIONS_MAX
from tours.wishes import GroupChoice, Span, WishInput
from venues.models import Group, Organisation, Venue
from venues.models.groups import GROUP_MAX

#: More than a span for each week of a year.
SPANS_MAX = 100


class SpanSerializer(serializers.ModelSerializer[WishSpan]):
    """Days, both included, and the local times between which the first show may start, both included."""

    class Meta:
        model = WishSpan
        fields = ["starts_on", "ends_on", "earliest", "latest"]


class WishGroupSerializer(serializers.ModelSerializer[WishGroup]):
    """A group that is wished for: counts as they were then, and the show it is dealt to."""

    group = GroupSerializer(read_only=True)

    class Meta:
        model = WishGroup
        fields = ["group", "show_number", "pupils_count", "adults_count"]


class WishSerializer(serializers.ModelSerializer[Wish]):
    """A ranked request for a production in one's own venue. `withdrawn_at` null: it stands."""

    season = ReferenceSerializer(read_only=True)
    organisation = ReferenceSerializer(read_only=True)
    production = ReferenceSerializer(read_only=True)
    venue = ReferenceSerializer(read_only=True)
    spans = SpanSerializer(many=True, read_only=True)
    groups = WishGroupSerializer(many=True, read_only=True)

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
            "groups",
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


class GroupChoiceSerializer(serializers.Serializer[Any]):
    """A group of the school, with the show it is to come to: null lets it be dealt. `needs`: {need: how many}."""

    group = serializers.PrimaryKeyRelatedField(
        queryset=Group.objects.select_related("school__organisation"), help_text="One of the school's own."
    )
    show = serializers.IntegerField(min_value=1, max_value=SESSIONS_MAX, allow_null=True, default=None)
    needs = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=GROUP_MAX), default=dict, help_text=NEEDS_HELP
    )


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
    audience_expected = serializers.IntegerField(
        min_value=1, required=False, help_text="Follows from the groups where there are some."
    )
    spans = SpanSerializer(many=True, max_length=SPANS_MAX)  # type: ignore[call-arg]
    message = serializers.CharField(max_length=1000, allow_blank=True, default="")
    groups = GroupChoiceSerializer(
        many=True,
        max_length=GROUPS_MAX,
        required=False,
        allow_null=True,
        help_text="Left out or null: those that the wish has stay. Empty: it has none.",
    )  # type: ignore[call-arg]

    def validate(self, attrs: Any) -> Any:
        """Who names no groups says how many they are."""
        if not attrs.get("audience_expected") and not attrs.get("groups"):
            raise serializers.ValidationError(
                {"audience_expected": _("Choose groups, or say how many you expect at each show.")}
            )
        return attrs

    def values(self) -> WishInput:
        """The checked input as the verbs take it."""
        read = {"audience_expected": 0, **self.validated_data}
        names = WishInput.__dataclass_fields__.keys() & read.keys() - {"spans", "groups"}
        spans = tuple(Span(**span) for span in read["spans"])
        told = read.get("groups")
        groups = None if told is None else tuple(GroupChoice(**choice) for choice in told)
        return WishInput(**{name: read[name] for name in names}, spans=spans, groups=groups)


class NewWishSerializer(WishInputSerializer):
    """A wish for one of one's own organisations. Days must lie in the season; counts are for each show."""

    season = SeasonField(slug_field="slug", queryset=Season.objects.all())
    organisation = serializers.SlugRelatedField(slug_field="slug", queryset=Organisation.objects.all())
