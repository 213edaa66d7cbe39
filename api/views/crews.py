"""KulturCrews, the visits that they host with their tasks, and their votes on menus, by the pages' verbs."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_view
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import versions
from api.actors import actor
from api.filters import CrewFilters
from api.schema import WRITING, operation
from api.serializers import crews as shapes
from bookings import crew_invitations, crew_tasks, crews, permissions, school_permissions, visible
from bookings.crew_tasks import Task
from bookings.models import Booking, CrewInvitation, CrewTask, CrewVisit
from tours import votes
from tours.models import CrewBallot, Season
from venues.models import Crew, CrewMember


class _Crews(generics.GenericAPIView[Any]):
    permission_classes = [IsAuthenticated]

    def crews(self) -> "QuerySet[Crew]":
        """The crews that the reader sees, with what is told of them."""
        members = CrewMember.objects.of_year(timezone.localdate())
        found = visible.crews(self.request.user).select_related("organisation__region")
        this_year = Prefetch("members", queryset=members, to_attr="members_now")
        return found.prefetch_related(this_year, "trainings", "items").order_by(
            "organisation__name", "name", "pk"
        )

    def crew(self) -> Crew:
        """The crew of the address. Raises Http404."""
        return get_object_or_404(self.crews(), pk=self.kwargs["pk"])


@extend_schema_view(
    get=operation("Crews that one may see", shapes.CrewSerializer(many=True), errors=(400, 401)),
)
class CrewList(_Crews, generics.ListAPIView[Crew]):
    """The crews of one's own houses, and for officers those of their region."""

    serializer_class = shapes.CrewSerializer
    filterset_class = CrewFilters

    def get_queryset(self) -> "QuerySet[Crew]":
        return self.crews()


@extend_schema_view(get=operation("One crew", shapes.CrewSerializer, errors=(401, 404)))
class CrewDetail(_Crews, generics.RetrieveAPIView[Crew]):
    """A crew by its id: counts, roles, training, T-shirts and folders."""

    serializer_class = shapes.CrewSerializer

    def get_queryset(self) -> "QuerySet[Crew]":
        return self.crews()


class CrewVisitList(_Crews):
    """The visits that a crew hosts, past ones too, the latest first."""

    serializer_class: Any = shapes.CrewVisitSerializer

    def get_queryset(self) -> "QuerySet[CrewVisit]":
        found = visible.crew_visits(self.request.user).filter(crew=self.crew())
        return found.with_ground().order_by("-booking__occupied_from", "-pk")

    @operation(
        "The visits that a crew hosts",
        shapes.CrewVisitSerializer(many=True),
        errors=(400, 401, 404),
        operation_id="crew_visits_list",
    )
    def get(self, request: Request, pk: int) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response([_told(visit) for visit in page or []])


class CrewVote(_Crews):
    """What a crew voted on a season's menu. Whoever keeps it writes it down, while the season takes wishes."""

    about = CrewBallot
    serializer_class: Any = shapes.VoteSerializer

    def get_queryset(self) -> "QuerySet[CrewBallot]":
        return CrewBallot.objects.filter(crew__in=visible.crews(self.request.user))

    def get_object(self) -> CrewBallot:
        """The crew's ballot; one that is not written yet has the version 0. Raises Http404."""
        crew = self.crew()
        seasons = visible.seasons(self.request.user, timezone.now())
        season = get_object_or_404(
            seasons.filter(region=crew.organisation.region_id), slug=self.kwargs["season"]
        )
        found = votes.ballots_of([crew], season).first()
        return found or CrewBallot(crew=crew, season=season, hands_count=0, version=0)

    @operation("A crew's vote", shapes.VoteSerializer, errors=(401, 404))
    def get(self, request: Request, pk: int, season: str) -> Response:
        return Response(shapes.VoteSerializer(self.get_object()).data)

    @operation(
        "Vote for a crew",
        shapes.VoteSerializer,
        request=shapes.NewVoteSerializer,
        errors=(*WRITING, 404, 409),
    )
    def put(self, request: Request, pk: int, season: str) -> Response:
        ballot = self.get_object()
        if not school_permissions.can_keep_crew(request.user, ballot.crew):
            raise PermissionDenied(_("A crew's vote is written down by whoever keeps the crew."))
        sent = shapes.NewVoteSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        read, seen = sent.validated_data, versions.seen(request)
        votes.vote(
            ballot.crew,
            ballot.season,
            read["productions"],
            hands_count=read["hands_count"],
            version=ballot.version if seen is None else seen,
            now=timezone.now(),
        )
        return Response(shapes.VoteSerializer(self.get_object()).data)


class SeasonVotes(generics.GenericAPIView[Season]):
    """What the crews think of a season's menu: all of it for officers, for a producer what is said of its own."""

    permission_classes = [IsAuthenticated]
    serializer_class: Any = shapes.VoteSumSerializer
    pagination_class = None

    @operation("The crews' votes on a menu", shapes.VoteSumSerializer(many=True), errors=(401, 404))
    def get(self, request: Request, slug: str) -> Response:
        regions = permissions.regions_run_by(request.user)
        season = get_object_or_404(Season.objects.filter(region__in=regions), slug=slug)
        heard = set(school_permissions.hears_young_people(request.user, season).values_list("pk", flat=True))
        rows = [row for row in votes.sums(season) if row.production.pk in heard]
        return Response([shapes.VoteSumSerializer(row).data for row in rows])


class _Hosted(generics.GenericAPIView[Any]):
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> "QuerySet[Any]":
        return visible.crew_visits(self.request.user)

    def visit(self) -> CrewVisit:
        """The crew's visit of the booking in the address. Raises Http404."""
        found = visible.crew_visits(self.request.user).with_ground()
        return get_object_or_404(found, booking=self.kwargs["pk"])

    def own(self, request: Request) -> CrewVisit:
        """The same, if the reader is one of those who host. Raises PermissionDenied."""
        visit = self.visit()
        if not school_permissions.can_tick(request.user, visit):
            raise PermissionDenied(_("The presenter says which crew hosts its visit."))
        return visit


def _chosen(request: Request, pk: int) -> tuple[Booking, Crew]:
    """The visit whose presenter the reader speaks for, and the crew that was sent for it."""
    booking = get_object_or_404(visible.bookings(request.user).with_ground(), pk=pk)
    if not permissions.can_answer(request.user, booking):
        raise PermissionDenied(_("The presenter says which crew hosts its visit."))
    sent = shapes.TakeSerializer(data=request.data)
    sent.is_valid(raise_exception=True)
    return booking, sent.validated_data["crew"]


class HostedVisit(_Hosted):
    """Which crew hosts a visit, and its tasks. The presenter says so, and either side may say that it leaves."""

    serializer_class: Any = shapes.CrewVisitSerializer

    @operation("The crew of a visit", shapes.CrewVisitSerializer, errors=(401, 404))
    def get(self, request: Request, pk: int) -> Response:
        return Response(_told(self.visit()))

    @operation(
        "A crew takes a visit",
        shapes.CrewVisitSerializer,
        status=201,
        request=shapes.TakeSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        booking, crew = _chosen(request, pk)
        crews.take(booking, crew, by=actor(request), now=timezone.now())
        return Response(_told(self.visit()), status=201)

    @operation("The crew leaves the visit", None, status=204, errors=(401, 403, 404, 409))
    def delete(self, request: Request, pk: int) -> Response:
        crews.leave(self.own(request), by=actor(request), now=timezone.now())
        return Response(status=204)


class HostedTask(_Hosted):
    """One task of a visit that a crew hosts, which has a version of its own."""

    about = CrewTask
    serializer_class: Any = shapes.CrewTaskSerializer

    def get_queryset(self) -> "QuerySet[CrewTask]":
        return CrewTask.objects.filter(visit__in=visible.crew_visits(self.request.user))

    def get_object(self) -> CrewTask:
        """What was ticked; what nobody has touched has the version 0."""
        task = self.task(self.visit())
        return task.tick or CrewTask(key=task.key, show=task.show, version=0)

    def task(self, visit: CrewVisit) -> Task:
        """The task of the address as it stands. Raises Http404."""
        for task in crew_tasks.tasks(visit):
            if task.name == self.kwargs["name"]:
                return task
        raise Http404

    @operation(
        "One task of a crew", shapes.CrewTaskSerializer, errors=(401, 404), operation_id="crew_task_retrieve"
    )
    def get(self, request: Request, pk: int, name: str) -> Response:
        return Response(shapes.CrewTaskSerializer(self.task(self.visit())).data)

    @operation(
        "Tick a task of a crew",
        shapes.CrewTaskSerializer,
        request=shapes.TickSerializer,
        errors=(*WRITING, 404, 409),
    )
    def put(self, request: Request, pk: int, name: str) -> Response:
        visit = self.own(request)
        stands, seen = self.task(visit).version, versions.seen(request)
        sent = shapes.TickSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        version = stands if seen is None else seen
        crews.tick(visit, name, version=version, now=timezone.now(), **sent.validated_data)
        return Response(shapes.CrewTaskSerializer(self.task(self.visit())).data)


class _Invitations(generics.GenericAPIView[CrewInvitation]):
    permission_classes = [IsAuthenticated]
    serializer_class: Any = shapes.CrewInvitationSerializer

    def get_queryset(self) -> "QuerySet[CrewInvitation]":
        return visible.crew_invitations(self.request.user).with_ground().order_by("-asked_at", "-pk")

    def read_again(self, row: CrewInvitation, status: int = 200) -> Response:
        """The invitation as it stands now."""
        return Response(
            shapes.CrewInvitationSerializer(self.get_queryset().get(pk=row.pk)).data, status=status
        )

    def of_crew(self, request: Request) -> CrewInvitation:
        """The invitation of the address, if the reader keeps its crew. Raises PermissionDenied."""
        row = self.get_object()
        if not school_permissions.can_keep_crew(request.user, row.crew):
            raise PermissionDenied(_("Whoever keeps the crew says whether it comes."))
        return row


class CrewInvitationList(_Invitations, generics.ListAPIView[CrewInvitation]):
    """Invitations to one's own crews, and for the visits that one sees; the latest first."""

    @operation("Crews that are asked to host", shapes.CrewInvitationSerializer(many=True), errors=(400, 401))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class AskCrew(_Invitations):
    """The presenter asks a crew of another house in the municipality to host the visit."""

    @operation(
        "Ask a crew to host",
        shapes.CrewInvitationSerializer,
        status=201,
        request=shapes.TakeSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        booking, crew = _chosen(request, pk)
        made = crew_invitations.invite(booking, crew, by=actor(request), now=timezone.now())
        return self.read_again(made, 201)


class AcceptInvitation(_Invitations):
    """The crew comes, and has its tasks."""

    @operation(
        "The crew comes", shapes.CrewInvitationSerializer, request=None, errors=(401, 403, 404, 409, 422)
    )
    def post(self, request: Request, pk: int) -> Response:
        row = self.of_crew(request)
        crew_invitations.accept(row, by=actor(request), now=timezone.now())
        return self.read_again(row)


class DeclineInvitation(_Invitations):
    """The crew does not come."""

    @operation(
        "The crew does not come", shapes.CrewInvitationSerializer, request=None, errors=(401, 403, 404, 409)
    )
    def post(self, request: Request, pk: int) -> Response:
        row = self.of_crew(request)
        crew_invitations.decline(row, by=actor(request), now=timezone.now())
        return self.read_again(row)


class TakeInvitationBack(_Invitations):
    """The house asks the crew no longer."""

    @operation(
        "Ask a crew no longer", shapes.CrewInvitationSerializer, request=None, errors=(401, 403, 404, 409)
    )
    def post(self, request: Request, pk: int) -> Response:
        row = self.get_object()
        if not permissions.can_answer(request.user, row.booking):
            raise PermissionDenied(_("The presenter says which crew hosts its visit."))
        crew_invitations.take_back(row, by=actor(request), now=timezone.now())
        return self.read_again(row)


def _told(visit: CrewVisit) -> Any:
    found = crew_tasks.tasks(visit)
    visit.tasks_now, visit.is_void = found, crew_tasks.is_void(visit)  # type: ignore[attr-defined]
    visit.done_count = crew_tasks.done_of(found)[0]  # type: ignore[attr-defined]
    return shapes.CrewVisitSerializer(visit).data
