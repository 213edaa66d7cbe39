"""What was confirmed of a visit: every version of its agreement, as data."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.schema import operation
from api.serializers.agreements import AgreementSerializer
from bookings import agreements, visible
from bookings.models import Booking


class AgreementList(generics.GenericAPIView[Booking]):
    """The versions of a visit's agreement, the newest first; none until it is confirmed."""

    permission_classes = [IsAuthenticated]
    serializer_class: Any = AgreementSerializer
    pagination_class = None

    def get_queryset(self) -> "QuerySet[Booking]":
        return visible.bookings(self.request.user)

    @operation("What was confirmed, version by version", AgreementSerializer(many=True), errors=(401, 404))
    def get(self, request: Request, pk: int) -> Response:
        found: Any = agreements.versions(self.get_object())
        return Response(AgreementSerializer(found, many=True, context={"request": request}).data)
