"""Wishes: read scoped, submitted, changed and withdrawn by the verbs of `tours.wishes`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import filters
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers.wishes import NewWishSerializer, WishInputSerializer, WishSerializer
from bookings import visible, wish_changes
from bookings.permissions import can_edit_wish, can_wish_for
from tours import wishes
from tours.errors import Refused
from tours.models import Wish


@contextmanager
def _times_are_spans() -> Iterator[None]:
    """The verbs name a time, as the page's form has it; here times stand in `spans`."""
    try:
        yield
    except Refused as error:
        if error.field in {"earliest", "latest"}:
            error.field = "spans"
        raise


class _Wishes(generics.GenericAPIView[Wish]):
    about = Wish
    serializer_class: Any = WishSerializer
    permission_classes = [IsAuthenticated]

    def get_queryset(self) -> "QuerySet[Wish]":
        seen = visible.wishes(self.request.user).with_ground()
        return seen.order_by("season", "organisation__name", "is_reserve", "rank", "pk")

    def own(self) -> Wish:
        """The wish of the address, if the reader may change it."""
        wish = self.get_object()
        if not can_edit_wish(self.request.user, wish):
            raise PermissionDenied(_("Only the organisation that wishes may change it."))
        return wish

    def read_again(self, wish: Wish) -> dict[str, Any]:
        """The wish as it is answered."""
        return dict(WishSerializer(self.get_queryset().get(pk=wish.pk)).data)


class WishList(_Wishes, generics.ListAPIView[Wish]):
    """One's own wishes; a season's producers and officers see all of the season."""

    filterset_class = filters.WishFilters

    @operation("Wishes that one may see", WishSerializer(many=True), errors=(400, 401, 404))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @operation("Submit a wish", WishSerializer, status=201, request=NewWishSerializer, errors=(*WRITING, 409))
    def post(self, request: Request) -> Response:
        sent = NewWishSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        organisation = sent.validated_data["organisation"]
        if not can_wish_for(request.user, organisation):
            raise PermissionDenied(_("You can only wish for your own organisation."))
        season, by, now = sent.validated_data["season"], actor(request), timezone.now()
        with _times_are_spans():
            wish = wishes.submit(season, organisation, sent.values(), by, now)
        where = request.build_absolute_uri(reverse("api-wish", args=[wish.pk]))
        return Response(self.read_again(wish), status=201, headers={"Location": where})


class WishDetail(_Wishes, generics.RetrieveAPIView[Wish]):
    """A wish by its id."""

    @operation("One wish", WishSerializer, errors=(401, 404))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @operation("Change a wish", WishSerializer, request=WishInputSerializer, errors=(*WRITING, 404, 409))
    def put(self, request: Request, pk: int) -> Response:
        wish = self.own()
        sent = WishInputSerializer(data=request.data, context=self.get_serializer_context())
        sent.is_valid(raise_exception=True)
        with _times_are_spans():
            wish = wish_changes.edit(wish, sent.values(), actor(request), timezone.now())
        return Response(self.read_again(wish))


class WithdrawWish(_Wishes):
    """Take a wish back; those below it move up."""

    @operation("Withdraw a wish", WishSerializer, request=None, errors=(401, 403, 404, 409))
    def post(self, request: Request, pk: int) -> Response:
        return Response(
            self.read_again(wish_changes.withdraw_wish(self.own(), actor(request), timezone.now()))
        )
