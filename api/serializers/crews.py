"""KulturCrews, their visits with tasks, and their votes: counts and roles, and no nickname."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.references import ReferenceSerializer
from bookings.crew_tasks import Task
from bookings.crews import NOTE_MAX
from bookings.models import CrewInvitation, CrewVisit
from bookings.models.advancing import Phase
from tours.models import CrewBallot, Production
from tours.models.votes import PLACES
from tours.votes import Sum
from venues.models import Crew, CrewItem, CrewMember, CrewTraining
from venues.models.crews import NICKNAME_MAX, CrewRole, Topic


class RoleCountSerializer(serializers.Serializer[Any]):
    """How many do something in a crew this school year."""

    role = serializers.ChoiceField(choices=CrewRole.choices)
    is_mentor = serializers.BooleanField()
    count = serializers.IntegerField()


class CrewTrainingSerializer(serializers.ModelSerializer[CrewTraining]):
    """A training day that a crew has had."""

    topics = serializers.ListField(child=serializers.ChoiceField(choices=Topic.choices))

    class Meta:
        model = CrewTraining
        fields = ["held_on", "hours", "topics", "attended_count"]
        read_only_fields = fields


class CrewItemSerializer(serializers.ModelSerializer[CrewItem]):
    """What a crew has of something, and how many of these are lent out. Of folders `size` is empty."""

    class Meta:
        model = CrewItem
        fields = ["kind", "size", "total_count", "lent_count"]
        read_only_fields = fields


class CrewSerializer(serializers.ModelSerializer[Crew]):
    """A crew in counts. `members`: who does what this school year; no pupil or mentor is named."""

    organisation = ReferenceSerializer(read_only=True)
    languages = serializers.ListField(child=serializers.CharField())
    skills = serializers.ListField(child=serializers.ChoiceField(choices=CrewRole.choices))
    members = serializers.SerializerMethodField()
    trainings = CrewTrainingSerializer(many=True, read_only=True)
    items = CrewItemSerializer(many=True, read_only=True)

    class Meta:
        model = Crew
        fields = [
            "id",
            "name",
            "organisation",
            "pupils_count",
            "mentors_count",
            "age_from",
            "age_to",
            "languages",
            "skills",
            "is_active",
            "members",
            "trainings",
            "items",
            "version",
        ]
        read_only_fields = fields

    @extend_schema_field(RoleCountSerializer(many=True))
    def get_members(self, crew: Crew) -> Any:
        told: Sequence[CrewMember] = crew.members_now  # type: ignore[attr-defined]
        counts = Counter((member.role, member.is_mentor) for member in told)
        rows = [{"role": role, "is_mentor": mentor, "count": n} for (role, mentor), n in counts.items()]
        return RoleCountSerializer(
            sorted(rows, key=lambda row: (row["is_mentor"], row["role"])), many=True
        ).data


class CrewNameSerializer(serializers.ModelSerializer[Crew]):
    """A crew by its id, and whose it is."""

    organisation = ReferenceSerializer(read_only=True)

    class Meta:
        model = Crew
        fields = ["id", "name", "organisation"]
        read_only_fields = fields


class CrewTaskSerializer(serializers.Serializer[Task]):
    """A task: `at` null means some time of the day `on`. `show` 0 is the whole visit. Who did it is not told."""

    name = serializers.CharField(help_text="In its address: the task, and the show that it is of.")
    role = serializers.ChoiceField(choices=CrewRole.choices)
    phase = serializers.ChoiceField(choices=Phase.choices)
    text = serializers.CharField(help_text="In the language of Accept-Language.")
    show = serializers.IntegerField()
    on = serializers.DateField()
    at = serializers.DateTimeField(allow_null=True)
    is_done = serializers.BooleanField()
    is_late = serializers.SerializerMethodField()
    version = serializers.IntegerField(help_text="What `If-Match` must say, in quotes, to tick it.")

    def get_is_late(self, task: Task) -> bool:
        return task.is_late(timezone.now())


class CrewVisitSerializer(serializers.ModelSerializer[CrewVisit]):
    """A visit that a crew hosts, with its tasks as they stand. `is_void`: nothing is to be done for it now."""

    booking = serializers.IntegerField(source="booking_id")
    crew = CrewNameSerializer(read_only=True)
    production = ReferenceSerializer(source="booking.tour.production")
    presenter = ReferenceSerializer(source="booking.presenter")
    venue = ReferenceSerializer(source="booking.venue")
    starts_at = serializers.DateTimeField(source="booking.starts_at")
    is_void = serializers.BooleanField()
    done_count = serializers.IntegerField()
    tasks = CrewTaskSerializer(many=True, source="tasks_now")

    class Meta:
        model = CrewVisit
        fields = [
            "booking",
            "crew",
            "production",
            "presenter",
            "venue",
            "starts_at",
            "taken_at",
            "is_void",
            "done_count",
            "tasks",
        ]
        read_only_fields = fields


class TakeSerializer(serializers.Serializer[Any]):
    """Which crew is to host the visit."""

    crew = serializers.PrimaryKeyRelatedField(queryset=Crew.objects.all(), help_text="Its id.")


class CrewInvitationSerializer(serializers.ModelSerializer[CrewInvitation]):
    """That a house asks a crew of another to host a visit. `outcome` empty: nobody has answered yet."""

    booking = serializers.IntegerField(source="booking_id")
    crew = CrewNameSerializer(read_only=True)
    production = ReferenceSerializer(source="booking.tour.production")
    presenter = ReferenceSerializer(source="booking.presenter")
    venue = ReferenceSerializer(source="booking.venue")
    starts_at = serializers.DateTimeField(source="booking.starts_at")
    outcome = serializers.ChoiceField(choices=CrewInvitation.Outcome.choices, allow_blank=True)

    class Meta:
        model = CrewInvitation
        fields = [
            "id",
            "booking",
            "crew",
            "production",
            "presenter",
            "venue",
            "starts_at",
            "asked_at",
            "outcome",
            "answered_at",
        ]
        read_only_fields = fields


class TickSerializer(serializers.Serializer[Any]):
    """Done, or open again. A nickname is letters only; neither it nor the note may name a pupil."""

    is_done = serializers.BooleanField()
    nickname = serializers.CharField(max_length=NICKNAME_MAX, allow_blank=True, default="")
    note = serializers.CharField(max_length=NOTE_MAX, allow_blank=True, default="")


class VoteSerializer(serializers.Serializer[CrewBallot]):
    """A crew's vote on a season's menu: its best five in order, and how many hands there were."""

    season = ReferenceSerializer()
    hands_count = serializers.IntegerField()
    productions = serializers.SerializerMethodField(help_text="The best first.")
    version = serializers.IntegerField(help_text="What `If-Match` must say, in quotes, to vote anew.")

    @extend_schema_field(ReferenceSerializer(many=True))
    def get_productions(self, ballot: CrewBallot) -> Any:
        ranked = [vote.production for vote in ballot.votes.all()] if ballot.pk else []
        return ReferenceSerializer(ranked, many=True).data


class NewVoteSerializer(serializers.Serializer[Any]):
    """The best first, by slug, and how many hands were raised."""

    productions = serializers.SlugRelatedField(
        slug_field="slug", queryset=Production.objects.all(), many=True, allow_empty=False
    )
    hands_count = serializers.IntegerField(min_value=0)

    def validate_productions(self, rows: list[Production]) -> list[Production]:
        """As many as there are places; the verb says the rest."""
        if len(rows) > PLACES:
            raise serializers.ValidationError(_("Choose at most %(count)d productions.") % {"count": PLACES})
        return rows


class VotePlaceSerializer(serializers.Serializer[Any]):
    """The place that a crew gave a production."""

    crew = serializers.CharField(help_text="Its name.")
    place = serializers.IntegerField()


class VoteSumSerializer(serializers.Serializer[Sum]):
    """What the crews think of a production: points (five for a first place, one for a fifth), and which places."""

    production = ReferenceSerializer()
    points = serializers.IntegerField()
    places = serializers.SerializerMethodField()

    @extend_schema_field(VotePlaceSerializer(many=True))
    def get_places(self, row: Sum) -> Any:
        return [{"crew": str(crew), "place": place} for crew, place in row.places]
