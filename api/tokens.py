"""Tokens by which programs act for a person. Only digests are stored; every token runs out."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from knox.models import AuthToken

from tours.errors import NotNow
from venues.models import User

#: Days that a token works: when nothing is said, and at the most. Source: the house's choice.
DAYS, DAYS_MAX = 30, 365
#: Working tokens a person may have. Source: the house's choice.
TOKENS_MAX = 20


def working(user: User, now: datetime) -> "QuerySet[AuthToken]":
    """The person's tokens that have not run out, newest first."""
    tokens: QuerySet[AuthToken] = AuthToken.objects.filter(user=user, expiry__gt=now)
    return tokens.order_by("-created", "token_key")


@transaction.atomic
def issue(user: User, days: int, now: datetime) -> tuple[Any, str]:
    """A new token and its row. Raises NotNow when the person has TOKENS_MAX already."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if working(user, now).count() >= TOKENS_MAX:
        raise NotNow(
            _("You have %(count)d tokens already. Revoke one that you do not use.") % {"count": TOKENS_MAX}
        )
    row, token = AuthToken.objects.create(user=user, expiry=timedelta(days=days))
    return row, token


def revoke(user: User, key: str) -> bool:
    """Make a token of the person's own stop working; whether there was one."""
    deleted, _of = AuthToken.objects.filter(user=user, token_key=key).delete()
    return bool(deleted)
