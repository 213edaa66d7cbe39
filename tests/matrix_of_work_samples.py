"""The part of the matrix of routes that is about files of applications, all somebody else's; see `tests.matrix`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from programmes import calls
from programmes.models import Application, Call, SampleFile
from tests.programmes.applying import artist, draft
from tests.programmes.open_calls import draft as draft_call
from tests.programmes.sample_files import added
from tests.stage import Stage

Args = Callable[[Stage], list[Any]]


def _file(stage: Stage) -> SampleFile:
    """Somebody else's, of a draft to a call that is open now."""
    if standing := SampleFile.objects.first():
        return standing
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=9)}
    call = draft_call(stage.world, **times, answers_on=(now + timedelta(days=30)).date())
    calls.publish(call, version=call.version, by=stage.world.officer, now=now)
    call = Call.objects.with_ground().get(pk=call.pk)
    made: Application = draft(call, artist(), now=now)
    return added(made, now=now)


def _of_call(stage: Stage) -> list[Any]:
    file = _file(stage)
    return [file.application.call.slug, file.pk]


ARGS: dict[str, Args] = {
    "work-sample": lambda stage: [_file(stage).pk],
    "work-sample-add": lambda stage: _of_call(stage)[:1],
    **dict.fromkeys(("work-sample-change", "work-sample-up", "work-sample-remove"), _of_call),
}
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
work-sample                 get  login   404   404   404   404   404   404   404   404
work-sample-add             post login   404   404   404   404   404   404   404   404
work-sample-change          post login   404   404   404   404   404   404   404   404
work-sample-up              post login   404   404   404   404   404   404   404   404
work-sample-remove          post login   404   404   404   404   404   404   404   404
"""
