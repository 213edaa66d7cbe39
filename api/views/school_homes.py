"""A school's own side: its groups, hours and days in layers, and its yearly confirmation, by the pages' verbs."""

from datetime import timedelta
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import parameters
from api.actors import actor
from api.parameters import WrongAddress
from api.schema import WRITING, operation
from api.serializers import school_homes as shapes
from bookings import layers, school_permissions
from venues import groups, school_confirming, school_hours
from venues.errors import NotPossible
from venues.models import Group, School, Venue
from venues.models.school_years import school_year_of, year_label

#: Days in one answer: a school year and its summer. Source: the house's choice.
DAYS_MAX = 400
_YEAR = OpenApiParameter("school_year", str, description="As 2026/27; else the one of today.")


class _OfSchool(APIView):
    """Views about one school, by its slug; for those who keep it, others do not see that it exists."""

    permission_classes = [IsAuthenticated]

    def school(self, request: Request, slug: str, may: Any = school_permissions.can_keep_school) -> School:
        """The school, if the reader may. Raises Http404."""
        schools = School.objects.with_forms().select_related("organisation__region")
        school: School = get_object_or_404(schools, organisation__slug=slug)
        if not may(request.user, school):
            raise Http404
        return school


class SchoolGroups(_OfSchool):
    """The groups of a school in a school year."""

    @operation(
        "A school's groups",
        shapes.SchoolGroupSerializer(many=True),
        errors=(400, 401, 404),
        parameters=(_YEAR,),
    )
    def get(self, request: Request, slug: str) -> Response:
        school = self.school(request, slug)
        asked = parameters.read(request, shapes.YearAskedSerializer).get("school_year")
        year = year_label(_year(asked) if asked else school_year_of(timezone.localdate()))
        found = Group.objects.filter(school=school, school_year=year)
        return Response(shapes.SchoolGroupSerializer(found, many=True).data)

    @operation(
        "Add a group",
        shapes.SchoolGroupSerializer,
        status=201,
        request=shapes.NewGroupSerializer,
        errors=(*WRITING, 404),
    )
    def post(self, request: Request, slug: str) -> Response:
        school = self.school(request, slug)
        sent = shapes.NewGroupSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = groups.add(
            school, groups.year_of(sent.validated_data["school_year"]), sent.told(), actor(request)
        )
        return Response(shapes.SchoolGroupSerializer(made).data, status=201)


class SchoolGroup(_OfSchool):
    """A group by its id."""

    def group(self, request: Request, slug: str, pk: int) -> Group:
        """The group of the school. Raises Http404."""
        school = self.school(request, slug)
        return get_object_or_404(Group.objects.select_related("school__organisation"), school=school, pk=pk)

    @operation(
        "Change a group",
        shapes.SchoolGroupSerializer,
        request=shapes.GroupInputSerializer,
        errors=(*WRITING, 404),
    )
    def put(self, request: Request, slug: str, pk: int) -> Response:
        group = self.group(request, slug, pk)
        sent = shapes.GroupInputSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(shapes.SchoolGroupSerializer(groups.change(group, sent.told(), actor(request))).data)

    @operation("Take a group away", None, status=204, errors=(401, 404, 422))
    def delete(self, request: Request, slug: str, pk: int) -> Response:
        groups.remove(self.group(request, slug, pk), actor(request))
        return Response(status=204)


class SchoolHours(_OfSchool):
    """When a school receives."""

    @operation("A school's hours", shapes.SchoolHoursSerializer, errors=(401, 404))
    def get(self, request: Request, slug: str) -> Response:
        school = self.school(request, slug, school_permissions.can_see_school_calendar)
        return _hours(school)

    @operation(
        "Set a school's hours",
        shapes.SchoolHoursSerializer,
        request=shapes.SchoolHoursSerializer,
        errors=(*WRITING, 404),
    )
    def put(self, request: Request, slug: str) -> Response:
        school = self.school(request, slug)
        sent = shapes.SchoolHoursSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        told = sent.told()
        try:
            school_hours.write(school, told)
        except school_hours.HoursWrong as error:
            faults = [
                {fault.field: [str(fault)]} if (fault := error.faults.get(weekday)) else {}
                for weekday in told
            ]
            raise ValidationError({"weekdays": faults}) from error
        return _hours(school)


class SchoolDays(_OfSchool):
    """A school's days in layers, for whoever keeps it and for producers who plan visits to it."""

    @operation(
        "A school's days in layers",
        shapes.SchoolDaysSerializer,
        errors=(400, 401, 404),
        parameters=(
            OpenApiParameter("from", OpenApiTypes.DATE, required=True),
            OpenApiParameter("to", OpenApiTypes.DATE, required=True),
            OpenApiParameter(
                "venue", str, description="Slug of a room of the school; else no room is asked."
            ),
        ),
    )
    def get(self, request: Request, slug: str) -> Response:
        school = self.school(request, slug, school_permissions.can_see_school_calendar)
        asked = parameters.read(request, shapes.DaysAskedSerializer)
        first, last = asked["from"], asked["to"]
        if not first <= last < first + timedelta(days=DAYS_MAX):
            raise WrongAddress({"to": _("Ask for 1 to %(most)d days.") % {"most": DAYS_MAX}})
        rooms = Venue.objects.open().filter(organisation=school.organisation_id)
        room = get_object_or_404(rooms, slug=asked["venue"]) if "venue" in asked else None
        visit = layers.asked_by_school(school, room)
        found = layers.Layers([visit], first, last, school.organisation.region.country)
        told = {"are_hours_known": found.are_hours_known(visit), "days": found.days(visit)}
        return Response(shapes.SchoolDaysSerializer(told).data)


class ConfirmSchool(_OfSchool):
    """Once a year a school says that what is told of it is right."""

    @operation(
        "Confirm a school", shapes.ConfirmedSerializer, request=OpenApiTypes.NONE, errors=(401, 404, 422)
    )
    def post(self, request: Request, slug: str) -> Response:
        school = self.school(request, slug)
        confirmed = school_confirming.confirm(school, by=actor(request), now=timezone.now())
        return Response(shapes.ConfirmedSerializer(confirmed).data)


def _hours(school: School) -> Response:
    rows = [{"weekday": day, **vars(told)} for day, told in school_hours.standing(school).items()]
    return Response(shapes.SchoolHoursSerializer({"weekdays": rows}).data)


def _year(text: str) -> int:
    """The year in an address. Raises WrongAddress."""
    try:
        return groups.year_of(text)
    except NotPossible as error:
        raise WrongAddress({"school_year": str(error)}) from error
