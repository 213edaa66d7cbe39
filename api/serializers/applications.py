"""One's own applications to open calls, as they are read and as they are written."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.open_calls import CallPeriodSerializer, CallPlaceSerializer
from programmes import answers_to_calls, submissions
from programmes.applications import ApplicationInput, Line, Person, Sample, missing
from programmes.models import (
    Application,
    BudgetLine,
    Call,
    Collaborator,
    Decision,
    SampleFile,
    Submission,
    WishedPeriod,
    WishedPlace,
    WorkSample,
)
from tours.models import Production
from venues.models import Municipality


class BudgetLineSerializer(serializers.ModelSerializer[BudgetLine]):
    """What it costs, or who pays: `is_income`."""

    class Meta:
        model = BudgetLine
        fields = ["words", "amount", "is_income"]


class CollaboratorSerializer(serializers.ModelSerializer[Collaborator]):
    """Somebody to work with, and as what."""

    class Meta:
        model = Collaborator
        fields = ["name", "role"]


class WorkSampleSerializer(serializers.ModelSerializer[WorkSample]):
    """Something to see, hear or read, by its address."""

    class Meta:
        model = WorkSample
        fields = ["title", "url"]


class SampleFileSerializer(serializers.ModelSerializer[SampleFile]):
    """A file of it, put up by the page of the application; `scan_state` clean or unscanned: others may get it."""

    media_type = serializers.CharField(source="about.media_type", read_only=True)

    class Meta:
        model = SampleFile
        fields = [
            "id",
            "title",
            "media_type",
            "bytes_count",
            "sha256",
            "is_identifying",
            "scan_state",
            "added_at",
        ]


class SubmissionSerializer(serializers.ModelSerializer[Submission]):
    """A time that it was sent in; the digest is that of the receipt."""

    class Meta:
        model = Submission
        fields = ["number", "digest", "at"]


class ToldDecisionSerializer(serializers.ModelSerializer[Decision]):
    """What was decided, in the words of the answer; a reserve has a place in the row of reserves."""

    class Meta:
        model = Decision
        fields = ["outcome", "reserve_number", "amount", "motivation"]


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """What is written now. `counts` is what was sent in last, null as long as nothing was; `missing` hinders."""

    call = serializers.SlugRelatedField[Call](slug_field="slug", read_only=True)
    home = serializers.SlugRelatedField[Municipality](slug_field="slug", read_only=True, allow_null=True)
    budget = BudgetLineSerializer(many=True, read_only=True)
    collaborators = CollaboratorSerializer(many=True, read_only=True)
    work_samples = WorkSampleSerializer(many=True, read_only=True)
    files = serializers.SerializerMethodField()
    periods = serializers.SerializerMethodField()
    places = serializers.SerializerMethodField()
    counts = serializers.SerializerMethodField()
    is_changed_since = serializers.SerializerMethodField(
        help_text="What counts is an older wording than this."
    )
    decision = serializers.SerializerMethodField(
        help_text="Null until the answers are due: what was decided is told to nobody before."
    )
    missing = serializers.SerializerMethodField(
        help_text="Field -> what is missing before it can be sent in."
    )

    class Meta:
        model = Application
        fields = [
            "id",
            "call",
            "number",
            "applicant_name",
            "group_name",
            "phone",
            "home",
            "is_first_time",
            "art_form",
            "title",
            "summary",
            "description",
            "access_needs",
            "budget",
            "collaborators",
            "work_samples",
            "files",
            "periods",
            "places",
            "counts",
            "is_changed_since",
            "decision",
            "missing",
            "made_at",
            "changed_at",
            "withdrawn_at",
            "version",
        ]

    @extend_schema_field(SampleFileSerializer(many=True))
    def get_files(self, application: Application) -> Any:
        """Those that it has now."""
        return SampleFileSerializer(submissions.files_of(application), many=True).data

    @extend_schema_field(CallPeriodSerializer(many=True))
    def get_periods(self, application: Application) -> Any:
        """When one can stay, the best first."""
        return CallPeriodSerializer([_period(row) for row in application.periods.all()], many=True).data

    @extend_schema_field(CallPlaceSerializer(many=True))
    def get_places(self, application: Application) -> Any:
        """Where one would stay, the best first."""
        return CallPlaceSerializer([_place(row) for row in application.places.all()], many=True).data

    @extend_schema_field(SubmissionSerializer(allow_null=True))
    def get_counts(self, application: Application) -> Any:
        """What was sent in last and stands."""
        last = submissions.counts(application)
        return SubmissionSerializer(last).data if last else None

    def get_is_changed_since(self, application: Application) -> bool:
        """Whether it says something else now."""
        return submissions.is_changed_since(application)

    @extend_schema_field(ToldDecisionSerializer(allow_null=True))
    def get_decision(self, application: Application) -> Any:
        """As its applicant is told it."""
        told = answers_to_calls.told_to_applicant(application, timezone.now())
        return ToldDecisionSerializer(told).data if told else None

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_missing(self, application: Application) -> dict[str, str]:
        """In the language of Accept-Language."""
        return missing(application)


def _period(row: WishedPeriod) -> Any:
    return row.period


def _place(row: WishedPlace) -> Any:
    return row.place


class WishedPlaceSerializer(serializers.Serializer[Any]):
    """A place of the call by its slugs; `host` null: anywhere in the municipality."""

    municipality = serializers.SlugField()
    host = serializers.SlugField(allow_null=True, default=None)


class ApplicationInputSerializer(serializers.Serializer[Any]):
    """All that it says: what is left out is empty. Periods and places are those of the call, the best first.

    Files are not sent here; those that it has stay.
    """

    applicant_name = serializers.CharField(allow_blank=True, default="")
    group_name = serializers.CharField(allow_blank=True, default="")
    phone = serializers.CharField(allow_blank=True, default="")
    home = serializers.SlugRelatedField[Municipality](
        slug_field="slug", queryset=Municipality.objects.all(), allow_null=True, default=None
    )
    is_first_time = serializers.BooleanField(allow_null=True, default=None)
    art_form = serializers.ChoiceField(choices=Production.ArtForm.choices, allow_blank=True, default="")
    title = serializers.CharField(allow_blank=True, default="")
    summary = serializers.CharField(allow_blank=True, default="")
    description = serializers.CharField(allow_blank=True, default="")
    access_needs = serializers.CharField(allow_blank=True, default="")
    budget = BudgetLineSerializer(many=True, default=list)
    collaborators = CollaboratorSerializer(many=True, default=list)
    work_samples = WorkSampleSerializer(many=True, default=list)
    periods = CallPeriodSerializer(many=True, default=list)
    places = WishedPlaceSerializer(many=True, default=list)

    def values(self, call: Call) -> ApplicationInput:
        """The checked input as the verb takes it.

        Raises:
            ValidationError: a period or a place is none of the call's.
        """
        read = dict(self.validated_data)
        read.pop("call", None)
        periods = {(row.starts_on, row.ends_on): row for row in call.periods.all()}
        places = {
            (row.municipality.slug, row.host.slug if row.host else None): row for row in call.places.all()
        }
        wished = [(row["starts_on"], row["ends_on"]) for row in read.pop("periods")]
        stays = [(row["municipality"], row["host"]) for row in read.pop("places")]
        return ApplicationInput(
            **{name: value for name, value in read.items() if name not in _ROWS},
            budget=[Line(**row) for row in read["budget"]],
            collaborators=[Person(**row) for row in read["collaborators"]],
            work_samples=[Sample(**row) for row in read["work_samples"]],
            periods=_among(periods, wished, "periods"),
            places=_among(places, stays, "places"),
        )


class NewApplicationSerializer(ApplicationInputSerializer):
    """An application to a call that takes them; what is left out is empty, and may be written later."""

    call = serializers.SlugRelatedField[Call](slug_field="slug", queryset=Call.objects.public().with_ground())


_ROWS = {"budget", "collaborators", "work_samples"}


def _among(rows: dict[Any, Any], named: list[Any], field: str) -> list[Any]:
    if set(named) - rows.keys():
        raise serializers.ValidationError({field: [_("Choose among those of the call.")]})
    return [rows[key] for key in named]
