"""Groups of schools: counts only, and what some in them need only for whom it concerns."""

from typing import Any

from rest_framework import serializers

from tours.models.school_wishes import Need
from venues.models import Group

NEEDS_HELP = f"How many pupils need it, by need: {', '.join(Need.values)}. Deleted after the visit."


class GroupSerializer(serializers.ModelSerializer[Group]):
    """A class or group of a school in one school year."""

    school: Any = serializers.SlugRelatedField(
        source="school.organisation", slug_field="slug", read_only=True, help_text="The school's slug."
    )

    class Meta:
        model = Group
        fields = ["id", "school", "name", "grade", "school_year"]
