"""Published performances: for everybody to read."""

from drf_spectacular.utils import extend_schema_view
from rest_framework import generics

from api import filters
from api.schema import operation
from api.serializers.bookings import PerformanceSerializer
from bookings.models import Performance


class _Performances(generics.GenericAPIView[Performance]):
    queryset = Performance.objects.public().listed().order_by("starts_at", "pk")
    serializer_class = PerformanceSerializer
    lookup_field = "uid"


@extend_schema_view(
    get=operation("Published performances", PerformanceSerializer(many=True), errors=(400, 404))
)
class PerformanceList(_Performances, generics.ListAPIView[Performance]):
    """In the order of time, cancelled ones among them."""

    filterset_class = filters.PerformanceFilters


@extend_schema_view(get=operation("One performance", PerformanceSerializer, errors=(404,)))
class PerformanceDetail(_Performances, generics.RetrieveAPIView[Performance]):
    """A performance by its uid, which is also that of its calendar entry."""
