"""A school's visit: which groups come, what classes thought, and the workshops beside it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api.actors import actor
from api.schema import WRITING, operation
from api.serializers import school_visits as shapes
from api.serializers.bookings import ReasonSerializer
from bookings import evaluation, school_visits, visible, workshops
from bookings.entries import before_show
from bookings.models import Booking, VisitGroup, Workshop
from bookings.permissions import can_see_booking, sides_of
from bookings.school_permissions import (
    can_answer_workshop,
    can_hold_workshops,
    can_lead_workshop,
    can_set_groups,
    schools_at,
)
from bookings.school_visits import Counts
from tours import group_rules
from tours.group_rules import GroupChoice


class _Groups(generics.GenericAPIView[Booking]):
    about = Booking
    permission_classes = [IsAuthenticated]
    serializer_class: Any = shapes.VisitGroupsSerializer

    def get_queryset(self) -> "QuerySet[Booking]":
        return visible.visits_with_groups(self.request.user).with_ground()

    def sent(self, request: Request, shape: Any) -> list[dict[str, Any]]:
        """The groups in the body, if it is right."""
        body = shape(data=request.data)
        body.is_valid(raise_exception=True)
        return list(body.validated_data["groups"])

    def shown(self) -> Response:
        """The groups as they stand now: all for whoever sees the visit, a guest's own else."""
        booking, user = self.get_object(), self.request.user
        own = set(schools_at(user, booking).values_list("pk", flat=True))
        is_side = bool(sides_of(user, booking))
        rows = school_visits.rows_of(booking)
        shows = _shows(booking, school_visits.seats_left(booking, rows))
        if not can_see_booking(user, booking):
            rows = [row for row in rows if row.group.school.organisation_id in own]

        def concerned(row: VisitGroup) -> bool:
            return is_side or row.group.school.organisation_id in own

        told = {"shows": shows, "groups": rows, "version": booking.version}
        return Response(shapes.VisitGroupsSerializer(told, context={"concerned": concerned}).data)


class VisitGroups(_Groups):
    """The groups of a school's visit by show. Its producer sets them."""

    @operation("The groups of a visit", shapes.VisitGroupsSerializer, errors=(401, 404))
    def get(self, request: Request, pk: int) -> Response:
        return self.shown()

    @operation(
        "Set the groups of a visit",
        shapes.VisitGroupsSerializer,
        request=shapes.SetGroupsSerializer,
        errors=(*WRITING, 404, 409),
    )
    def put(self, request: Request, pk: int) -> Response:
        booking = self.get_object()
        if not can_set_groups(request.user, booking):
            raise PermissionDenied(_("The groups are set by the visit's producer."))
        choices = [GroupChoice(**row) for row in self.sent(request, shapes.SetGroupsSerializer)]
        school_visits.set_groups(booking, by=actor(request), now=timezone.now(), choices=choices)
        return self.shown()


class TellCounts(_Groups):
    """A school tells how many of its own groups come, and what some of them need."""

    @operation(
        "Count one's own groups",
        shapes.VisitGroupsSerializer,
        request=shapes.CountsSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        booking = self.get_object()
        own = list(schools_at(request.user, booking).distinct())
        if not own:
            raise PermissionDenied(_("How many come is told by the groups' own schools."))
        rows = self.sent(request, shapes.CountsSerializer)
        counts = {row["group"].pk: Counts(row["pupils"], row["adults"], row["needs"]) for row in rows}
        school_visits.tell_counts(booking, by=actor(request), now=timezone.now(), schools=own, counts=counts)
        return self.shown()


class TellCame(_Groups):
    """Who came, group by group, once the visit is over: told by the producer, or by each school of its own."""

    @operation(
        "Tell who came",
        shapes.VisitGroupsSerializer,
        request=shapes.CameSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        booking = self.get_object()
        came = {row["group"]: row["came"] for row in self.sent(request, shapes.CameSerializer)}
        own = list(schools_at(request.user, booking).distinct())
        if not can_set_groups(request.user, booking) and not own:
            raise PermissionDenied(_("The groups are told by the visit's producer and by their own schools."))
        schools = None if can_set_groups(request.user, booking) else own
        school_visits.tell_came(booking, by=actor(request), now=timezone.now(), came=came, schools=schools)
        return self.shown()


class VisitEvaluation(generics.GenericAPIView[Booking]):
    """What the classes at a visit thought, in sums, for its two sides and the region's officers."""

    permission_classes = [IsAuthenticated]
    serializer_class: Any = shapes.EvaluationSerializer

    def get_queryset(self) -> "QuerySet[Booking]":
        return visible.bookings(self.request.user).filter(audience="school")

    @operation("What classes thought", shapes.EvaluationSerializer, errors=(401, 404))
    def get(self, request: Request, pk: int) -> Response:
        told = evaluation.of_visit(self.get_object())
        faces = dict(zip(("glad", "so_so", "sad"), told.faces, strict=True)) if told.faces else None
        answers = [{"key": q.key, "mean": mean, "classes": count} for q, mean, count in told.answers]
        found = {"classes": told.classes, "faces": faces, "answers": answers, "comments": told.comments}
        return Response(shapes.EvaluationSerializer(found).data)


class _Workshops(generics.GenericAPIView[Workshop]):
    about: Any = Workshop
    permission_classes = [IsAuthenticated]
    serializer_class: Any = shapes.WorkshopSerializer

    def get_queryset(self) -> "QuerySet[Workshop]":
        return visible.workshops(self.request.user).with_ground().order_by("starts_at", "pk")

    def read_again(self, row: Workshop) -> Response:
        """The workshop as it stands now."""
        return Response(shapes.WorkshopSerializer(self.get_queryset().get(pk=row.pk)).data)

    def led(self, request: Request) -> Workshop:
        """The workshop of the address, if the reader leads it."""
        row = self.get_object()
        if not can_lead_workshop(request.user, row):
            raise PermissionDenied(_("A workshop is moved by its pedagogue."))
        return row


class WorkshopList(_Workshops, generics.ListAPIView[Workshop]):
    """A pedagogue's own workshops, and those beside the visits that one sees."""

    about = None

    @operation("Workshops that one may see", shapes.WorkshopSerializer(many=True), errors=(400, 401))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class NewWorkshop(_Workshops):
    """Propose a workshop beside a school's confirmed visit, as its pedagogue."""

    about = None

    @operation(
        "Propose a workshop",
        shapes.WorkshopSerializer,
        status=201,
        request=shapes.NewWorkshopSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        user, now = actor(request), timezone.now()
        offered = Q(pk__in=visible.visits_for_workshops(user, now).values("pk"))
        seen = offered | Q(pk__in=visible.bookings(user).values("pk"))
        booking = get_object_or_404(Booking.objects.filter(seen).with_ground(), pk=pk)
        if not can_hold_workshops(user, booking):
            raise PermissionDenied(_("Workshops are proposed by the region's pedagogues."))
        body = shapes.NewWorkshopSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        row = workshops.propose(booking, pedagogue=user, by=user, now=now, **body.validated_data)
        where = request.build_absolute_uri(reverse("api-workshop", args=[row.pk]))
        return Response(self.read_again(row).data, status=201, headers={"Location": where})


class WorkshopDetail(_Workshops, generics.RetrieveAPIView[Workshop]):
    """A workshop by its id."""

    @operation("One workshop", shapes.WorkshopSerializer, errors=(401, 404))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)


class ConfirmWorkshop(_Workshops):
    """The school says yes."""

    @operation("Agree to a workshop", shapes.WorkshopSerializer, request=None, errors=(401, 403, 404, 409))
    def post(self, request: Request, pk: int) -> Response:
        row = self.get_object()
        if not can_answer_workshop(request.user, row):
            raise PermissionDenied(_("The school that receives says yes."))
        return self.read_again(workshops.confirm(row, by=actor(request), now=timezone.now()))


class MoveWorkshop(_Workshops):
    """Its pedagogue moves it, and the school is asked anew."""

    @operation(
        "Move a workshop",
        shapes.WorkshopSerializer,
        request=shapes.MoveWorkshopSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        row = self.led(request)
        body = shapes.MoveWorkshopSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return self.read_again(
            workshops.move(row, by=actor(request), now=timezone.now(), **body.validated_data)
        )


class CancelWorkshop(_Workshops):
    """Its pedagogue or the school takes it back, and says why."""

    @operation(
        "Cancel a workshop",
        shapes.WorkshopSerializer,
        request=ReasonSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        row = self.get_object()
        if not (can_answer_workshop(request.user, row) or can_lead_workshop(request.user, row)):
            raise PermissionDenied(_("A workshop is cancelled by its pedagogue or by the school."))
        body = ReasonSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        return self.read_again(
            workshops.cancel(row, by=actor(request), now=timezone.now(), **body.validated_data)
        )


class TookPart(_Workshops):
    """Its pedagogue tells how many took part."""

    @operation(
        "Tell who took part",
        shapes.WorkshopSerializer,
        request=shapes.TookPartSerializer,
        errors=(*WRITING, 404, 409),
    )
    def post(self, request: Request, pk: int) -> Response:
        row = self.led(request)
        body = shapes.TookPartSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        count = body.validated_data["took_part"]
        return self.read_again(
            workshops.tell_took_part(row, by=actor(request), now=timezone.now(), count=count)
        )


def _shows(booking: Booking, left: dict[int, int]) -> list[dict[str, Any]]:
    most = group_rules.most_of(booking.tour.production, booking.venue)
    found = []
    for show in booking.performances.all():
        before = before_show(show)
        found.append(
            {
                "number": show.number,
                "starts_at": show.starts_at,
                "ends_at": show.ends_at,
                "arrives_at": before.arrives_at,
                "seats_at": before.seats_at,
                "most": most,
                "left": left[show.number],
            }
        )
    return found
