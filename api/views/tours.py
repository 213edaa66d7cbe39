"""Tours and their plans: proposed and adopted by the verbs of `bookings.planning`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_view
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import filters, versions
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers.tours import (
    AdoptionSerializer,
    ProposalLineSerializer,
    ProposalSerializer,
    ProposeSerializer,
    TourSerializer,
)
from bookings import planning, visible
from bookings.permissions import can_adopt, can_plan
from tours.models import Proposal, Tour


class _Tours(generics.GenericAPIView[Tour]):
    about = Tour
    serializer_class: Any = TourSerializer
    permission_classes = [IsAuthenticated]
    lookup_field = "slug"

    def get_queryset(self) -> "QuerySet[Tour]":
        return visible.tours(self.request.user).with_ground().order_by("starts_on", "name", "pk")


@extend_schema_view(
    get=operation("Tours that one may see", TourSerializer(many=True), errors=(400, 401, 404))
)
class TourList(_Tours, generics.ListAPIView[Tour]):
    """A producer's own; officers see those of their region. What is published is found under performances."""

    filterset_class = filters.TourFilters


@extend_schema_view(get=operation("One tour", TourSerializer, errors=(401, 404)))
class TourDetail(_Tours, generics.RetrieveAPIView[Tour]):
    """A tour by its slug."""


class ProposeTour(_Tours):
    """Ask for a plan. A first legal plan is in the answer; a worker makes it better for so many seconds."""

    adds = True

    @operation(
        "Ask for a plan",
        ProposalSerializer,
        status=202,
        request=ProposeSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, slug: str) -> Response:
        tour = self.get_object()
        if not can_plan(request.user, tour):
            raise PermissionDenied(_("Only the tour's producer plans it."))
        sent = ProposeSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        proposal = planning.propose(tour, by=actor(request), **sent.validated_data)
        where = request.build_absolute_uri(reverse("api-proposal", args=[proposal.pk]))
        return Response(ProposalSerializer(proposal).data, status=202, headers={"Location": where})


@extend_schema_view(
    get=operation("Plans of a tour", ProposalLineSerializer(many=True), errors=(400, 401, 404))
)
class ProposalList(generics.ListAPIView[Proposal]):
    """The plans that were asked for, newest first, without their problems and plans."""

    serializer_class = ProposalLineSerializer
    permission_classes = [IsAuthenticated]
    queryset = Proposal.objects.none()

    def get_queryset(self) -> "QuerySet[Proposal]":
        tour = get_object_or_404(visible.tours(self.request.user), slug=self.kwargs["slug"])
        rows = tour.proposals.select_related("tour").defer("problem", "plan", "excluded")
        return rows.order_by("-requested_at", "-pk")


class _Proposals(generics.GenericAPIView[Proposal]):
    about = Proposal
    serializer_class: Any = ProposalSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> "QuerySet[Proposal]":
        seen = visible.proposals(self.request.user)
        return seen.select_related("tour__production__ensemble__producer")


@extend_schema_view(get=operation("One plan", ProposalSerializer, errors=(401, 404)))
class ProposalDetail(_Proposals, generics.RetrieveAPIView[Proposal]):
    """A plan with its problem. While `state` is queued or running the plan gets better: ask again."""


class AdoptProposal(_Proposals):
    """Turn a finished plan into held visits: new stops are held, held ones moved or released, agreed ones kept."""

    @operation("Adopt a plan", AdoptionSerializer, request=None, errors=(401, 403, 404, 409, 422))
    def post(self, request: Request, pk: int) -> Response:
        proposal = self.get_object()
        if not can_adopt(request.user, proposal):
            raise PermissionDenied(_("Only the tour's producer adopts a plan for it."))
        done = planning.adopt(proposal, by=actor(request), now=timezone.now(), version=versions.seen(request))
        return Response(AdoptionSerializer(done).data)
