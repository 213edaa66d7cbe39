"""Groups of schools: counts only, and what some in them need only for whom it concerns."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tours.models.school_wishes import Need
from venues.models import Group

NEEDS_HELP = f"How many pupils need it, by need: {', '.join(Need.values)}. Deleted after the visit."


class GroupsField(serializers.ManyRelatedField):
    """Groups by their ids, each looked up by itself: so no more of them than there can be."""

    default_error_messages = {"too_many": _("Name each group once.")}

    def __init__(self, *, most: int, **options: Any) -> None:
        self.most = most
        known = Group.objects.select_related("school__organisation")
        super().__init__(child_relation=serializers.PrimaryKeyRelatedField(queryset=known), **options)

    def to_internal_value(self, data: Any) -> list[Any]:
        """The groups, or a ValidationError before the first is looked up."""
        if isinstance(data, list) and len(data) > self.most:
            self.fail("too_many")
        return list(super().to_internal_value(data))


class GroupSerializer(serializers.ModelSerializer[Group]):
    """A class or group of a school in one school year."""

    school: Any = serializers.SlugRelatedField(
        source="school.organisation", slug_field="slug", read_only=True, help_text="The school's slug."
    )

    class Meta:
        model = Group
        fields = ["id", "school", "name", "grade", "school_year"]
