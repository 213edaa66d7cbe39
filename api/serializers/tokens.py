"""Tokens for programs."""

from typing import Any

from rest_framework import serializers

from api.tokens import DAYS, DAYS_MAX


class NewTokenSerializer(serializers.Serializer[Any]):
    """For how many days the token is to work."""

    days = serializers.IntegerField(min_value=1, max_value=DAYS_MAX, default=DAYS)


class TokenSerializer(serializers.Serializer[Any]):
    """A token by its key, which is no secret."""

    key = serializers.CharField(source="token_key", help_text="Its first characters; revokes it.")
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry")


class IssuedTokenSerializer(TokenSerializer):
    """A new token. It is shown this once: only its digest is stored."""

    token = serializers.CharField(help_text="Goes into the header: Authorization: Token ...")
