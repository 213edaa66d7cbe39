"""The register of schools: for everybody to read, without addresses of people or houses."""

from drf_spectacular.utils import extend_schema_view
from rest_framework import generics

from api import filters
from api.schema import operation
from api.serializers.schools import RegisteredSchoolSerializer
from venues.models import School


class _Schools(generics.GenericAPIView[School]):
    queryset = (
        School.objects.with_forms()
        .prefetch_related("origins__predecessor__organisation", "successions__successor__organisation")
        .order_by("organisation__name", "pk")
    )
    serializer_class = RegisteredSchoolSerializer
    lookup_field = "organisation__slug"
    lookup_url_kwarg = "slug"


@extend_schema_view(get=operation("All schools", RegisteredSchoolSerializer(many=True), errors=(400, 404)))
class SchoolList(_Schools, generics.ListAPIView[School]):
    """By name, with forms, grades, owner and status; those that have ceased are among them."""

    filterset_class = filters.SchoolFilters


@extend_schema_view(get=operation("One school", RegisteredSchoolSerializer, errors=(404,)))
class SchoolDetail(_Schools, generics.RetrieveAPIView[School]):
    """A school by its slug, with what it came from and went on as."""
