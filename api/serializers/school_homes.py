"""A school's groups, its hours, and its days in layers, as they are sent and answered."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.moments import DayField
from tours.layer_words import Layer
from venues.groups import LANGUAGES_MAX, GroupInput
from venues.models import Group, School, SchoolHours
from venues.school_hours import Hours

_SCHOOL_YEAR = "As 2026/27."


class SchoolGroupSerializer(serializers.ModelSerializer[Group]):
    """A class or group: counts only. `is_proposal`: made from last year's, and nobody has confirmed its numbers."""

    class Meta:
        model = Group
        fields = [
            "id",
            "name",
            "grade",
            "form",
            "school_year",
            "pupils_count",
            "adults_count",
            "languages",
            "is_proposal",
        ]
        read_only_fields = fields


class GroupInputSerializer(serializers.Serializer[Any]):
    """What is told of a group; `form` is empty where the grade says it, `languages` are tags beside Swedish."""

    name = serializers.CharField(max_length=200)
    grade = serializers.CharField(max_length=10)
    form = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    pupils_count = serializers.IntegerField()
    adults_count = serializers.IntegerField(default=1)
    languages = serializers.ListField(
        child=serializers.CharField(max_length=12), required=False, default=list, max_length=LANGUAGES_MAX
    )

    def told(self) -> GroupInput:
        """The values as the verb takes them."""
        read = self.validated_data
        return GroupInput(
            read["name"],
            read["grade"],
            read["pupils_count"],
            read["adults_count"],
            read["form"],
            tuple(read["languages"]),
        )


class NewGroupSerializer(GroupInputSerializer):
    """The same with its school year."""

    school_year = serializers.CharField(max_length=9, help_text=_SCHOOL_YEAR)


class YearAskedSerializer(serializers.Serializer[Any]):
    """The school year that is asked for; without it the one of today."""

    school_year = serializers.CharField(max_length=9, required=False, help_text=_SCHOOL_YEAR)


class WeekdaySerializer(serializers.Serializer[Any]):
    """The hours of a weekday: 0 is Monday, 4 Friday; both ends of the lunch or null."""

    weekday = serializers.ChoiceField(choices=SchoolHours.Weekday.choices)
    starts = serializers.TimeField()
    ends = serializers.TimeField()
    lunch_starts = serializers.TimeField(required=False, allow_null=True, default=None)
    lunch_ends = serializers.TimeField(required=False, allow_null=True, default=None)


class SchoolHoursSerializer(serializers.Serializer[Any]):
    """When the school receives. Without weekdays it is unknown; a weekday that is left out is one without visits."""

    weekdays = WeekdaySerializer(many=True)

    def validate_weekdays(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each weekday once."""
        days = [row["weekday"] for row in rows]
        if len(set(days)) < len(days):
            raise serializers.ValidationError(_("Give each weekday once."))
        return rows

    def told(self) -> dict[int, Hours]:
        """The values as the verb takes them."""
        rows = [dict(row) for row in self.validated_data["weekdays"]]
        return {row.pop("weekday"): Hours(**row) for row in rows}


class NoSerializer(serializers.Serializer[Any]):
    """Something that says no: which layer of the calendars it is of, and its words."""

    layer = serializers.ChoiceField(choices=Layer.choices)
    text = serializers.CharField()


class OpenSerializer(serializers.Serializer[Any]):
    """A half-open time of the day, as HH:MM; the end of the day is 24:00."""

    starts = serializers.SerializerMethodField()
    ends = serializers.SerializerMethodField()

    @extend_schema_field(str)
    def get_starts(self, span: tuple[int, int]) -> str:
        return _clock(span[0])

    @extend_schema_field(str)
    def get_ends(self, span: tuple[int, int]) -> str:
        return _clock(span[1])


class SchoolDaySerializer(serializers.Serializer[Any]):
    """A day of a school. `no`: the first layer that leaves nothing of it; `open`: when shows may lie."""

    day = DayField()
    no = NoSerializer(allow_null=True)
    nos = NoSerializer(many=True, help_text="Everything that says no to some of the day, in order.")
    open = OpenSerializer(many=True)


class SchoolDaysSerializer(serializers.Serializer[Any]):
    """The days that were asked for; where the hours are not known they say no to nothing."""

    are_hours_known = serializers.BooleanField()
    days = SchoolDaySerializer(many=True)


class DaysAskedSerializer(serializers.Serializer[Any]):
    """From which day to which, both included, and in which of the school's rooms."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """With `from`: a word that Python keeps for itself."""
        return {"from": DayField(), "to": DayField(), "venue": serializers.SlugField(required=False)}


class ConfirmedSerializer(serializers.ModelSerializer[School]):
    """When a school was confirmed, and for the school year that begins in which calendar year."""

    class Meta:
        model = School
        fields = ["confirmed_at", "confirmed_for"]
        read_only_fields = fields


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
