"""Claims of subsidies: what is claimed, where it stands, and what was sent in. Amounts are decimal texts."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.moments import DayField
from api.serializers.references import LARGEST, ReferenceSerializer
from api.serializers.settlement import AmountField
from bookings.claim_figures import WHY_MAX, Correction
from bookings.claiming import ClaimInput
from bookings.models import ClaimSubmission, SubsidyClaim
from bookings.models.subsidy_claims import DECIDED_WHY_MAX, REFERENCE_MAX
from bookings.models.subsidy_claims import WHY_MAX as REASON_MAX
from venues.claim_facts import ANSWER_MAX
from venues.models import Organisation


class ClaimSubmissionSerializer(serializers.ModelSerializer[ClaimSubmission]):
    """The claim as it was sent in; `digest` is the SHA-256 of `facts`."""

    facts = serializers.JSONField()

    class Meta:
        model = ClaimSubmission
        fields = ["number", "at", "digest", "facts"]


class SubsidyClaimSerializer(serializers.ModelSerializer[SubsidyClaim]):
    """A claim. What its claimant is writing (`corrections`, `answers`) is null for whoever receives it.

    `submissions`: as it was sent in each time; the last one counts.
    """

    scheme = serializers.CharField(source="scheme.key")
    scheme_name = serializers.CharField(source="scheme.label")
    region = serializers.CharField(source="scheme.region.slug")
    claimant = ReferenceSerializer()
    partner = serializers.SerializerMethodField()
    corrections = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()
    submissions = ClaimSubmissionSerializer(many=True)

    class Meta:
        model = SubsidyClaim
        fields = [
            "id", "booking", "scheme", "scheme_name", "region", "side", "claimant", "partner", "state", "currency",
            "amount", "granted_amount", "reference", "send_by", "sent_at", "decided_at", "decided_why", "paid_on",
            "corrections", "answers", "submissions", "version",
        ]  # fmt: skip

    def get_partner(self, claim: SubsidyClaim) -> str | None:
        """Slug of the association that it was presented with."""
        return claim.partner.slug if claim.partner and self._writes(claim) else None

    @extend_schema_field({"type": ["object", "null"], "additionalProperties": {}})
    def get_corrections(self, claim: SubsidyClaim) -> Any:
        """Figure -> value and why."""
        return claim.corrections if self._writes(claim) else None

    @extend_schema_field({"type": ["object", "null"], "additionalProperties": {}})
    def get_answers(self, claim: SubsidyClaim) -> Any:
        """What the scheme asks -> words or true."""
        return claim.answers if self._writes(claim) else None

    def _writes(self, claim: SubsidyClaim) -> bool:
        return claim.claimant_id in self.context["houses"]


class BeginSerializer(serializers.Serializer[Any]):
    """Which visit is claimed for, by its best scheme."""

    booking = serializers.IntegerField(min_value=1, max_value=LARGEST)


class CorrectionSerializer(serializers.Serializer[Any]):
    """A figure as the claimant knows it, and why it is not what was reckoned."""

    value = AmountField()
    why = serializers.CharField(max_length=WHY_MAX)


@extend_schema_field({"oneOf": [{"type": "boolean"}, {"type": "string", "maxLength": ANSWER_MAX}]})
class AnswerField(serializers.Field[Any, Any, Any, Any]):
    """Words, or yes."""

    default_error_messages = {"invalid": "Answer by words, or by true or false."}

    def to_internal_value(self, data: Any) -> str | bool:
        """As it was sent, if it can be an answer."""
        if not isinstance(data, str | bool) or (isinstance(data, str) and "\0" in data):
            self.fail("invalid")
        return data

    def to_representation(self, value: Any) -> Any:
        """As it is kept."""
        return value


class ClaimWriteSerializer(serializers.Serializer[Any]):
    """All that the claimant writes; it replaces what was written before."""

    corrections = serializers.DictField(child=CorrectionSerializer(), default=dict)
    answers = serializers.DictField(child=AnswerField(), default=dict)
    partner = serializers.SlugRelatedField(
        slug_field="slug", queryset=Organisation.objects.all(), allow_null=True, default=None
    )

    def data_read(self) -> ClaimInput:
        """What was written."""
        read = self.validated_data
        said = {name: Correction(one["value"], one["why"]) for name, one in read["corrections"].items()}
        return ClaimInput(said, read["answers"], read["partner"])


class WithdrawSerializer(serializers.Serializer[Any]):
    """Why it is taken back, for the history; may be empty."""

    why = serializers.CharField(max_length=REASON_MAX, allow_blank=True, default="")


class DecideSerializer(serializers.Serializer[Any]):
    """What is granted (0: refused), why not all of it, and the receiver's reference."""

    granted = AmountField()
    why = serializers.CharField(max_length=DECIDED_WHY_MAX, allow_blank=True, default="")
    reference = serializers.CharField(max_length=REFERENCE_MAX, allow_blank=True, default="")


class ReturnSerializer(serializers.Serializer[Any]):
    """What is missing, and the last day to complete it; null: as long as the scheme says."""

    why = serializers.CharField(max_length=REASON_MAX)
    until = DayField(allow_null=True, default=None)


class PaidSerializer(serializers.Serializer[Any]):
    """The day on which the money left."""

    paid_on = DayField()
