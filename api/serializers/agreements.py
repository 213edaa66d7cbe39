"""What was confirmed of a visit, version by version."""

from typing import Any

from rest_framework import serializers
from rest_framework.reverse import reverse

from bookings import kept_facts
from bookings.models import Agreement


class AgreementSerializer(serializers.Serializer[Agreement]):
    """A version of a visit's agreement, as it was confirmed.

    `facts` have a `schema` number; moments are ISO 8601, amounts decimal texts, words in every language of the house,
    and there is no person in them. `digest` is their SHA-256, taken of the JSON with sorted keys and no blanks.
    """

    number = serializers.IntegerField(help_text="1 is what was confirmed first.")
    made_at = serializers.DateTimeField(help_text="When it was kept.")
    facts = serializers.DictField(help_text="What was agreed; never changed.")
    digest = serializers.CharField()
    is_whole = serializers.SerializerMethodField(help_text="Whether the facts still fit the digest.")
    pdf_url = serializers.SerializerMethodField(help_text="The same as a PDF, for who is logged in.")

    def get_is_whole(self, agreement: Agreement) -> bool:
        return kept_facts.is_whole(agreement)

    def get_pdf_url(self, agreement: Agreement) -> str:
        args: list[Any] = [agreement.booking_id, agreement.number]
        return str(reverse("booking-agreement-pdf", args=args, request=self.context.get("request")))
