"""Productions, seasons, and who suits a production."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema_view
from rest_framework import generics, serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import filters, parameters
from api.schema import operation
from api.serializers.moments import DayField
from api.serializers.repertoire import MatchSerializer, ProductionSerializer, SeasonSerializer
from bookings import matching, visible
from bookings.permissions import can_see_matches
from tours.models import Production, Season


class _Productions(generics.GenericAPIView[Production]):
    serializer_class = ProductionSerializer
    lookup_field = "slug"

    def get_queryset(self) -> "QuerySet[Production]":
        now = timezone.now()
        menus = Prefetch("seasons", visible.seasons(self.request.user, now))
        seen = visible.productions(self.request.user, now)
        return (
            seen.select_related("ensemble__producer", "rider").prefetch_related(menus).order_by("title", "pk")
        )


@extend_schema_view(get=operation("All productions", ProductionSerializer(many=True), errors=(400, 404)))
class ProductionList(_Productions, generics.ListAPIView[Production]):
    """Those on a menu or played in public, and one's own, by title."""

    filterset_class = filters.ProductionFilters


@extend_schema_view(get=operation("One production with its rider", ProductionSerializer, errors=(404,)))
class ProductionDetail(_Productions, generics.RetrieveAPIView[Production]):
    """A production by its slug."""


class _Seasons(generics.GenericAPIView[Season]):
    serializer_class = SeasonSerializer
    lookup_field = "slug"

    def get_queryset(self) -> "QuerySet[Season]":
        seen = visible.seasons(self.request.user, timezone.now())
        return seen.select_related("region").prefetch_related("productions").order_by("-starts_on", "pk")


@extend_schema_view(get=operation("All seasons", SeasonSerializer(many=True), errors=(400, 404)))
class SeasonList(_Seasons, generics.ListAPIView[Season]):
    """Those that have opened, newest first; who runs a region's seasons sees the coming ones too."""


@extend_schema_view(get=operation("One season with its menu", SeasonSerializer, errors=(404,)))
class SeasonDetail(_Seasons, generics.RetrieveAPIView[Season]):
    """A season by its slug."""


class DaySerializer(serializers.Serializer[Any]):
    """The day whose open roads count."""

    on = DayField(required=False)


class Matches(generics.GenericAPIView[Production]):
    """Presenters and schools that suit a production, best first: for its producer and the region's officers."""

    serializer_class: Any = MatchSerializer
    permission_classes = [IsAuthenticated]
    queryset = Production.objects.filter(rider__isnull=False).select_related("ensemble__home", "rider")

    @operation(
        "Who suits a production",
        MatchSerializer(many=True),
        errors=(400, 401, 404),
        parameters=(
            OpenApiParameter(
                "on",
                OpenApiTypes.DATE,
                description="The day whose open roads count; else the season's first.",
            ),
        ),
    )
    def get(self, request: Request, season: str, slug: str) -> Response:
        asked = parameters.read(request, DaySerializer, also=parameters.PAGING)
        menu = get_object_or_404(visible.seasons(request.user, timezone.now()), slug=season)
        production = get_object_or_404(self.get_queryset().filter(seasons=menu), slug=slug)
        if not can_see_matches(request.user, production):
            raise Http404
        found = matching.suggest(production, menu, on=asked.get("on"))
        page = self.paginate_queryset(found)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
