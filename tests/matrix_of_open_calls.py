"""The part of the matrix of routes that is about open calls; see `tests.matrix`. The region's office publishes them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from programmes import calls
from programmes.models import Call
from tests.programmes.open_calls import draft
from tests.stage import Stage

Args = Callable[[Stage], list[Any]]


def _call(stage: Stage) -> Call:
    """A draft that would be open now."""
    if standing := Call.objects.first():
        return standing
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=9)}
    return draft(stage.world, **times, answers_on=(now + timedelta(days=30)).date())


def _draft(stage: Stage) -> list[Any]:
    return [_call(stage).slug]


def _public(stage: Stage) -> list[Any]:
    call = _call(stage)
    if not call.is_public:
        calls.publish(call, version=call.version, by=stage.world.officer, now=timezone.now())
    return [call.slug]


ARGS: dict[str, Args] = {
    "open-call": _public,
    "open-call-withdraw": _public,
    **dict.fromkeys(
        (
            "application-enter",
            "application",
            "application-write",
            "application-send",
            "application-withdraw",
        ),
        _public,
    ),
    **dict.fromkeys(("open-call-edit", "open-call-publish", "open-call-delete"), _draft),
}
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
open-calls                  get  200     200   200   200   200   200   200   200   200
open-call                   get  200     200   200   200   200   200   200   200   200
open-call-new               get  login   404   200   200   404   200   200   200   200
open-call-new               post login   404   422   422   404   422   422   422   422
open-call-edit              get  login   404   404   404   404   404   404   200   200
open-call-edit              post login   404   404   404   404   404   404   422   422
open-call-publish           post login   404   404   404   404   404   404   302   302
open-call-delete            post login   404   404   404   404   404   404   302   302
open-call-withdraw          get  login   404   404   404   404   404   404   200   200
open-call-withdraw          post login   404   404   404   404   404   404   422   422
my-applications             get  login   200   200   200   200   200   200   200   200
application-enter           get  200     302   302   302   302   302   302   302   302
application-enter           post 422     302   302   302   302   302   302   302   302
application                 get  login   302   302   302   302   302   302   302   302
application-write           get  login   200   200   200   200   200   200   200   200
application-write           post login   302   302   302   302   302   302   302   302
application-send            post login   404   404   404   404   404   404   404   404
application-withdraw        post login   404   404   404   404   404   404   404   404
"""
