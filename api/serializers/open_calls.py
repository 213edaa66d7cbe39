"""Open calls: what is given to whom, where, when, and how applications are weighed."""

from django.utils import timezone
from rest_framework import serializers

from api.serializers.references import ReferenceSerializer
from programmes import call_words
from programmes.models import Call, CallPeriod, CallPlace, Criterion


class CallPeriodSerializer(serializers.ModelSerializer[CallPeriod]):
    """A time in which one may stay, both days included."""

    class Meta:
        model = CallPeriod
        fields = ["starts_on", "ends_on"]


class CallPlaceSerializer(serializers.ModelSerializer[CallPlace]):
    """Where one may stay; `host` null: anywhere in the municipality."""

    municipality = ReferenceSerializer(read_only=True)
    host = ReferenceSerializer(read_only=True, allow_null=True)

    class Meta:
        model = CallPlace
        fields = ["municipality", "host"]


class WeighedCriterionSerializer(serializers.ModelSerializer[Criterion]):
    """What applications are weighed by; the weights of a call are 100 together."""

    class Meta:
        model = Criterion
        fields = ["title", "title_en", "weight"]


class CallSerializer(serializers.ModelSerializer[Call]):
    """A call. An empty English text: read the Swedish one. `state`: draft, coming, open, closed, withdrawn."""

    owner = ReferenceSerializer(read_only=True)
    region = ReferenceSerializer(read_only=True)
    state = serializers.SerializerMethodField()
    art_forms = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="None: all of them."
    )
    periods = CallPeriodSerializer(many=True, read_only=True)
    places = CallPlaceSerializer(many=True, read_only=True)
    criteria = WeighedCriterionSerializer(many=True, read_only=True)

    class Meta:
        model = Call
        fields = [
            "slug",
            "kind",
            "state",
            "owner",
            "region",
            "title",
            "title_en",
            "purpose",
            "purpose_en",
            "who_may_apply",
            "who_may_apply_en",
            "art_forms",
            "stipend",
            "currency",
            "paid_weeks",
            "gives_housing",
            "gives_room",
            "gives_travel",
            "given_more",
            "given_more_en",
            "chosen_count",
            "is_blind",
            "opens_at",
            "closes_at",
            "answers_on",
            "withdrawn_why",
            "periods",
            "places",
            "criteria",
        ]

    def get_state(self, call: Call) -> str:
        """Where it stands now."""
        return call_words.state(call, timezone.now())
