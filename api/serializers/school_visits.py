"""A school's visit: groups by show, workshops, and what classes thought in sums. Counts only, nobody's name."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.groups import NEEDS_HELP, GroupSerializer, GroupsField
from api.serializers.moments import MomentField
from api.serializers.references import ReferenceSerializer
from bookings.feedback_questions import QUESTIONS
from bookings.models import VisitGroup, Workshop, WorkshopRequest
from bookings.workshops import TOOK_PART_MAX
from tours.dealing import GROUPS_MAX
from tours.models.production import SESSIONS_MAX
from venues.models import Group
from venues.models.groups import GROUP_MAX


class VisitGroupSerializer(serializers.ModelSerializer[VisitGroup]):
    """A group at its show. `needs` is null for whom it does not concern; `came_count` null: not told."""

    group = GroupSerializer(read_only=True)
    needs = serializers.SerializerMethodField()

    class Meta:
        model = VisitGroup
        fields = ["group", "show_number", "pupils_count", "adults_count", "needs", "came_count"]

    @extend_schema_field({"type": ["object", "null"], "additionalProperties": {"type": "integer"}})
    def get_needs(self, row: VisitGroup) -> dict[str, int] | None:
        concerned: Any = self.context["concerned"]
        return row.needs if concerned(row) else None


class VisitShowSerializer(serializers.Serializer[Any]):
    """A show with when its audience arrives and is let in, and how many seats it has left."""

    number = serializers.IntegerField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    arrives_at = serializers.DateTimeField(allow_null=True)
    seats_at = serializers.DateTimeField(allow_null=True)
    most = serializers.IntegerField(help_text="Persons that the show takes, pupils and adults.")
    left = serializers.IntegerField(help_text="Of these, seats that no group has.")


class VisitGroupsSerializer(serializers.Serializer[Any]):
    """Which groups come to which show. A guest school sees its own groups."""

    shows = VisitShowSerializer(many=True)
    groups = VisitGroupSerializer(many=True)
    version = serializers.IntegerField(help_text="The visit's, for If-Match.")


def _counts(required: bool) -> dict[str, Any]:
    return {} if required else {"allow_null": True, "default": None}


class _TellSerializer(serializers.Serializer[Any]):
    group = serializers.PrimaryKeyRelatedField(queryset=Group.objects.select_related("school__organisation"))
    needs = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=GROUP_MAX), default=dict, help_text=NEEDS_HELP
    )


class SetGroupSerializer(_TellSerializer):
    """A group that is to come. `show` null: it is dealt. Counts null: as the group is."""

    show = serializers.IntegerField(min_value=1, max_value=SESSIONS_MAX, **_counts(False))
    pupils = serializers.IntegerField(min_value=1, max_value=GROUP_MAX, **_counts(False))
    adults = serializers.IntegerField(min_value=0, max_value=GROUP_MAX, **_counts(False))


class SetGroupsSerializer(serializers.Serializer[Any]):
    """All groups of the visit: those that are left out do not come."""

    groups = SetGroupSerializer(many=True, max_length=SESSIONS_MAX * GROUPS_MAX)  # type: ignore[call-arg]


class CountSerializer(_TellSerializer):
    """How many of a group come, and what some of them need."""

    pupils = serializers.IntegerField(min_value=1, max_value=GROUP_MAX)
    adults = serializers.IntegerField(min_value=0, max_value=GROUP_MAX)


class CountsSerializer(serializers.Serializer[Any]):
    """One's own groups at the visit; those that are left out stay as they are."""

    groups = CountSerializer(many=True, max_length=SESSIONS_MAX * GROUPS_MAX)  # type: ignore[call-arg]


class CameGroupSerializer(serializers.Serializer[Any]):
    """How many pupils of a group came; null: not told."""

    group = serializers.IntegerField(min_value=1)
    came = serializers.IntegerField(min_value=0, max_value=GROUP_MAX, allow_null=True)


class CameSerializer(serializers.Serializer[Any]):
    """Who came, group by group."""

    groups = CameGroupSerializer(many=True, max_length=SESSIONS_MAX * GROUPS_MAX)  # type: ignore[call-arg]


class FacesSerializer(serializers.Serializer[Any]):
    """Hands for each face."""

    glad = serializers.IntegerField()
    so_so = serializers.IntegerField()
    sad = serializers.IntegerField()


class QuestionMeanSerializer(serializers.Serializer[Any]):
    """The mean of the teachers' answers to a question, from 1 to 4."""

    key = serializers.ChoiceField(choices=[(question.key, question.text) for question in QUESTIONS])
    mean = serializers.FloatField()
    classes = serializers.IntegerField()


class EvaluationSerializer(serializers.Serializer[Any]):
    """What classes thought, in sums. `faces` null: fewer than five hands; answers come from three classes on."""

    classes = serializers.IntegerField()
    faces = FacesSerializer(allow_null=True)
    answers = QuestionMeanSerializer(many=True)
    comments = serializers.ListField(child=serializers.CharField())


class WorkshopSerializer(serializers.ModelSerializer[Workshop]):
    """A workshop beside a visit. `took_part` null: not told."""

    school = ReferenceSerializer(source="booking.presenter", read_only=True)
    production = ReferenceSerializer(source="booking.tour.production", read_only=True)
    groups = GroupSerializer(many=True, read_only=True)

    class Meta:
        model = Workshop
        fields = [
            "id",
            "booking",
            "school",
            "production",
            "kind",
            "status",
            "starts_at",
            "ends_at",
            "place",
            "groups",
            "took_part",
            "version",
            "changed_at",
        ]


class MoveWorkshopSerializer(serializers.Serializer[Any]):
    """When and where a workshop is held, and for which of the visit's groups."""

    starts_at = MomentField()
    ends_at = MomentField()
    place = serializers.CharField(max_length=120)
    groups = GroupsField(most=SESSIONS_MAX * GROUPS_MAX)


class NewWorkshopSerializer(MoveWorkshopSerializer):
    """A workshop that the caller, a pedagogue, proposes to the school."""

    kind = serializers.ChoiceField(choices=Workshop.Kind.choices)
    request = serializers.PrimaryKeyRelatedField(
        queryset=WorkshopRequest.objects.all(),
        required=False,
        help_text="What a school has asked for, if it answers that.",
    )


class TookPartSerializer(serializers.Serializer[Any]):
    """How many pupils took part."""

    took_part = serializers.IntegerField(min_value=0, max_value=TOOK_PART_MAX)
