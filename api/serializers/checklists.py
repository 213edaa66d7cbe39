"""The checklist of a visit: its items, how far it has come, and settling one of them."""

from typing import Any

from rest_framework import serializers

from bookings.checklists import Entry, State
from bookings.models import Booking
from bookings.models.advancing import Phase, Who
from tours.rooms import Verdict


class EntrySerializer(serializers.Serializer[Entry]):
    """One item, its `text` in the language of Accept-Language. A need of the room has a `rider_line` and a `verdict`.

    `verdict` null: no need of the room, or one that the production has no more. `is_settled`: it is done or not
    applicable, or the room meets the need by now. `by` and `at` null: nobody has settled it.
    """

    key = serializers.CharField(source="item.key")
    phase = serializers.ChoiceField(choices=Phase.choices, source="item.phase")
    text = serializers.CharField()
    who = serializers.ChoiceField(choices=Who.choices, source="item.who")
    due_on = serializers.DateField()
    rider_line = serializers.CharField(source="item.rider_line", allow_blank=True)
    verdict = serializers.ChoiceField(
        choices=[str(verdict) for verdict in Verdict], source="line.verdict", default=None, allow_null=True
    )
    state = serializers.ChoiceField(choices=State.choices, source="item.state")
    is_settled = serializers.BooleanField()
    note = serializers.CharField(source="item.note", allow_blank=True)
    by = serializers.CharField(source="item.by", allow_null=True, help_text="The name of whoever settled it.")
    at = serializers.DateTimeField(source="item.at", allow_null=True)
    version = serializers.IntegerField(
        source="item.version", help_text="What `If-Match` must say, in quotes, to settle it."
    )


class ProgressSerializer(serializers.Serializer[Any]):
    """So many of so many are settled."""

    settled = serializers.IntegerField()
    total = serializers.IntegerField()


class ChecklistSerializer(serializers.Serializer[Booking]):
    """The list of a visit. `made_at` null: it has none, because it is not confirmed or its region has no template."""

    booking = serializers.IntegerField(source="pk")
    made_at = serializers.DateTimeField(source="checklist.made_at", default=None, allow_null=True)
    source = serializers.CharField(source="checklist.source", default="", allow_blank=True)  # type: ignore[assignment]
    is_advanced = serializers.BooleanField()
    before = ProgressSerializer()
    items = EntrySerializer(many=True, source="entries")


class SettleSerializer(serializers.Serializer[Any]):
    """How it stands. A note is asked for where it does not apply, and of a need of the room."""

    state = serializers.ChoiceField(choices=State.choices)
    note = serializers.CharField(max_length=500, allow_blank=True, default="")
