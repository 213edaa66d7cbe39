"""One's own applications to open calls: written, sent in and withdrawn by the verbs of `programmes.applications`.

Nobody else's is ever found here, and nothing of how applications are assessed is told.
"""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema_view
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import versions
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers.applications import (
    ApplicationInputSerializer,
    ApplicationSerializer,
    NewApplicationSerializer,
)
from programmes import applications
from programmes.models import Application, Call
from programmes.models.applications import Applications
from venues.models import User


class _Applications(generics.GenericAPIView[Application]):
    about = Application
    serializer_class: Any = ApplicationSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> Applications:
        user = self.request.user
        mine = (
            Application.objects.of_applicant(user) if isinstance(user, User) else Application.objects.none()
        )
        return mine.with_ground().select_related("decision", "call__meeting")

    def seen(self, request: Request, application: Application) -> int:
        """The version that the caller has seen: the verb looks again, once it has locked the application."""
        version = versions.seen(request)
        return application.version if version is None else version

    def read_again(self, application: Application) -> dict[str, Any]:
        """The application as it is answered."""
        return dict(ApplicationSerializer(self.get_queryset().get(pk=application.pk)).data)


class ApplicationList(_Applications, generics.ListAPIView[Application]):
    """One's own, the latest first."""

    @operation("One's own applications", ApplicationSerializer(many=True), errors=(400, 401, 404))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @operation(
        "Begin an application",
        ApplicationSerializer,
        status=201,
        request=NewApplicationSerializer,
        errors=(*WRITING, 409),
    )
    def post(self, request: Request) -> Response:
        sent = NewApplicationSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        call = sent.validated_data["call"]
        made = applications.save(call, sent.values(call), by=actor(request), now=timezone.now())
        where = request.build_absolute_uri(reverse("api-application", args=[made.pk]))
        return Response(self.read_again(made), status=201, headers={"Location": where})


class ApplicationDetail(_Applications, generics.RetrieveAPIView[Application]):
    """One of one's own by its id."""

    @operation("One application", ApplicationSerializer, errors=(401, 404))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @operation(
        "Write an application",
        ApplicationSerializer,
        request=ApplicationInputSerializer,
        errors=(*WRITING, 404, 409),
    )
    def put(self, request: Request, pk: int) -> Response:
        found = self.get_object()
        sent = ApplicationInputSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        call = Call.objects.with_ground().get(pk=found.call_id)
        made = applications.save(
            call,
            sent.values(call),
            by=actor(request),
            seen=found.pk,
            version=self.seen(request, found),
            now=timezone.now(),
        )
        return Response(self.read_again(made))


@extend_schema_view(
    post=operation(
        "Send in an application", ApplicationSerializer, request=None, errors=(401, 403, 404, 409, 422)
    )
)
class SendApplicationIn(_Applications):
    """Send in what is written; a receipt is mailed, and until the call closes it may be sent in anew."""

    def post(self, request: Request, pk: int) -> Response:
        found = self.get_object()
        version = self.seen(request, found)
        applications.send_in(found, by=actor(request), version=version, now=timezone.now())
        return Response(self.read_again(found))


@extend_schema_view(
    post=operation(
        "Withdraw an application", ApplicationSerializer, request=None, errors=(401, 403, 404, 409)
    )
)
class WithdrawApplication(_Applications):
    """Take it back; a draft that was never sent in is deleted, and answered as it was."""

    def post(self, request: Request, pk: int) -> Response:
        found = self.get_object()
        before = dict(ApplicationSerializer(found).data)
        version = self.seen(request, found)
        applications.withdraw(found, by=actor(request), version=version, now=timezone.now())
        stands = self.get_queryset().filter(pk=pk).exists()
        return Response(self.read_again(found) if stands else before)
