"""Claims of subsidies: begun, written, sent in and withdrawn by who claims; decided by who receives them."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from api import filters, versions
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers import subsidy_claims as shapes
from bookings import claim_handling, claiming, visible
from bookings.claim_handling import ClaimDecision
from bookings.claim_permissions import can_handle, can_write, own_claims, visible_claims
from bookings.models import SubsidyClaim
from bookings.models.subsidy_claims import ClaimState, SubsidyClaims
from bookings.permissions import sides_of
from venues.models import User

_SHAPE = shapes.SubsidyClaimSerializer


class _Claims(generics.GenericAPIView[SubsidyClaim]):
    about = SubsidyClaim
    permission_classes = [IsAuthenticated]
    serializer_class: Any = _SHAPE

    def get_queryset(self) -> SubsidyClaims:
        return visible_claims(self.request.user).with_ground()

    def get_serializer_context(self) -> dict[str, Any]:
        """With whose writing the reader may see."""
        user = self.request.user
        houses = set(own_claims(user).values_list("claimant", flat=True)) if user.is_authenticated else set()
        return {**super().get_serializer_context(), "houses": houses}

    def told(self, claim: SubsidyClaim) -> dict[str, Any]:
        """The claim as it stands now."""
        found = self.get_queryset().get(pk=claim.pk)
        return dict(_SHAPE(found, context=self.get_serializer_context()).data)

    def sent(self, request: Request, shape: Any) -> Any:
        """The body, if it is right."""
        body = shape(data=request.data)
        body.is_valid(raise_exception=True)
        return body

    def by(self, request: Request, claim: SubsidyClaim) -> dict[str, Any]:
        """Who acts when, over which version."""
        seen = versions.seen(request)
        version = claim.version if seen is None else seen
        return {"by": actor(request), "now": timezone.now(), "version": version}

    def mine(self, request: Request) -> SubsidyClaim:
        """The claim, if it is the reader's to write."""
        claim = self.get_object()
        if not can_write(request.user, claim):
            raise PermissionDenied(_("Only who claims writes, sends in and withdraws it."))
        return claim

    def received(self, request: Request) -> SubsidyClaim:
        """The claim, if the reader receives it for the region."""
        claim = self.get_object()
        if not can_handle(request.user, claim):
            raise PermissionDenied(
                _("Only who receives the region’s claims handles it, and nobody their own.")
            )
        return claim


class SubsidyClaimList(_Claims, generics.ListAPIView[SubsidyClaim]):
    """One's own, drafts too, and those that were sent in to schemes of one's region."""

    filterset_class = filters.ClaimFilters

    @operation(
        "Claims of subsidies",
        _SHAPE(many=True),
        errors=(400, 401),
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @operation(
        "Begin a claim", _SHAPE, status=201, request=shapes.BeginSerializer, errors=(*WRITING, 404, 409)
    )
    def post(self, request: Request) -> Response:
        user = actor(request)
        pk = self.sent(request, shapes.BeginSerializer).validated_data["booking"]
        booking = get_object_or_404(visible.bookings(user).with_ground(), pk=pk)
        if not sides_of(user, booking):
            raise PermissionDenied(_("Only the sides of the visit claim for it."))
        # Whether the other side has begun one is nobody else's to know: the answer is the same as without.
        begun = SubsidyClaim.objects.filter(booking=booking, state=ClaimState.DRAFT).first()
        _check_side(user, begun)
        claim = claiming.begin(booking, by=user, now=timezone.now())
        _check_side(user, claim)
        where = request.build_absolute_uri(reverse("api-subsidy-claim-detail", args=[claim.pk]))
        found = visible_claims(user).with_ground().get(pk=claim.pk)
        told = _SHAPE(found, context=self.get_serializer_context()).data
        return Response(told, status=201, headers={"Location": where})


def _check_side(user: User, claim: SubsidyClaim | None) -> None:
    if claim and not can_write(user, claim):
        raise PermissionDenied(_("By this scheme the other side of the visit claims."))


class SubsidyClaimDetail(_Claims, generics.RetrieveAPIView[SubsidyClaim]):
    """One of them by its id."""

    @operation("One claim of a subsidy", _SHAPE, errors=(401, 404))
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @operation("Write a claim", _SHAPE, request=shapes.ClaimWriteSerializer, errors=(*WRITING, 404, 409))
    def put(self, request: Request, pk: int) -> Response:
        claim = self.mine(request)
        data = self.sent(request, shapes.ClaimWriteSerializer).data_read()
        return Response(self.told(claiming.write(claim, data, **self.by(request, claim))))


class SendClaim(_Claims):
    """Send it in as it stands: its facts are kept, with their digest."""

    @operation("Send in a claim", _SHAPE, request=None, errors=(401, 403, 404, 409, 422))
    def post(self, request: Request, pk: int) -> Response:
        claim = self.mine(request)
        return Response(self.told(claiming.send_in(claim, **self.by(request, claim)).claim))


class WithdrawClaim(_Claims):
    """Take it back until it is decided. A draft that was never sent in is gone then."""

    @operation("Withdraw a claim", _SHAPE, request=shapes.WithdrawSerializer, errors=(*WRITING, 404, 409))
    def post(self, request: Request, pk: int) -> Response:
        claim = self.mine(request)
        before = self.told(claim)
        why = self.sent(request, shapes.WithdrawSerializer).validated_data["why"]
        done = claiming.withdraw(claim, why=why, **self.by(request, claim))
        return Response(self.told(done) if done.pk else {**before, "state": ClaimState.WITHDRAWN})


class _Handled(_Claims):
    verb: Callable[..., Any]
    shape: Any

    def handle(self, request: Request) -> Response:
        """Do it with what was sent."""
        claim = self.received(request)
        values = self.sent(request, self.shape).validated_data
        return Response(self.told(type(self).verb(claim, **values, **self.by(request, claim))))


class DecideClaim(_Handled):
    """Grant it, a part of it, or refuse it."""

    @operation("Decide on a claim", _SHAPE, request=shapes.DecideSerializer, errors=(*WRITING, 404, 409))
    def post(self, request: Request, pk: int) -> Response:
        claim = self.received(request)
        decision = ClaimDecision(**self.sent(request, shapes.DecideSerializer).validated_data)
        return Response(self.told(claim_handling.decide(claim, decision, **self.by(request, claim))))


class ReturnClaim(_Handled):
    """Give it back to be completed."""

    verb, shape = claim_handling.return_for_completing, shapes.ReturnSerializer

    @operation("Return a claim", _SHAPE, request=shapes.ReturnSerializer, errors=(*WRITING, 404, 409))
    def post(self, request: Request, pk: int) -> Response:
        return self.handle(request)


class PaidClaim(_Handled):
    """Note on which day it was paid out."""

    verb, shape = claim_handling.note_paid, shapes.PaidSerializer

    @operation(
        "Note that a claim is paid", _SHAPE, request=shapes.PaidSerializer, errors=(*WRITING, 404, 409)
    )
    def post(self, request: Request, pk: int) -> Response:
        return self.handle(request)
