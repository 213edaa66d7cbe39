"""Tokens for programs: made by whoever is logged in, revoked by the same."""

from django.http import Http404
from django.utils import timezone
from rest_framework import generics
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import tokens
from api.actors import actor
from api.schema import WRITING, operation
from api.serializers.tokens import IssuedTokenSerializer, NewTokenSerializer, TokenSerializer


class TokenList(generics.GenericAPIView):  # type: ignore[type-arg]
    """One's own tokens. There is no login by password here: a token is made in a session or with another token."""

    permission_classes = [IsAuthenticated]
    serializer_class = TokenSerializer
    filter_backends = []
    answers_secret = True

    @operation("One's own tokens", TokenSerializer(many=True), errors=(401, 404))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(tokens.working(actor(request), timezone.now()))
        return self.get_paginated_response(TokenSerializer(page, many=True).data)

    @operation(
        "Make a token", IssuedTokenSerializer, status=201, request=NewTokenSerializer, errors=(*WRITING, 409)
    )
    def post(self, request: Request) -> Response:
        sent = NewTokenSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        row, token = tokens.issue(actor(request), sent.validated_data["days"], timezone.now())
        row.token = token
        return Response(IssuedTokenSerializer(row).data, status=201, headers={"Cache-Control": "no-store"})


class TokenDetail(APIView):
    """One of one's own tokens."""

    permission_classes = [IsAuthenticated]

    @operation("Revoke a token", None, status=204, errors=(401, 403, 404))
    def delete(self, request: Request, key: str) -> Response:
        if not tokens.revoke(actor(request), key):
            raise Http404
        return Response(status=204)
