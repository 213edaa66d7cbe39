"""Open calls, for whoever shows or follows them."""

from drf_spectacular.utils import extend_schema_view
from rest_framework import generics

from api.schema import operation
from api.serializers.open_calls import CallSerializer
from programmes import permissions
from programmes.models import Call
from programmes.models.calls import Calls


class _Calls(generics.GenericAPIView[Call]):
    serializer_class = CallSerializer
    lookup_field = "slug"

    def get_queryset(self) -> Calls:
        return permissions.visible_calls(self.request.user).with_ground().order_by("closes_at", "pk")


@extend_schema_view(get=operation("All calls", CallSerializer(many=True), errors=(400, 404)))
class CallList(_Calls, generics.ListAPIView[Call]):
    """Those that are published, by when they close; who runs calls sees the drafts too."""


@extend_schema_view(get=operation("One call", CallSerializer, errors=(404,)))
class CallDetail(_Calls, generics.RetrieveAPIView[Call]):
    """A call by its slug."""
