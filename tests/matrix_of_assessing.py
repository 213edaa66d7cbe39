"""The part of the matrix of routes that is about assessments; see `tests.matrix`. The presenter sits on the panel.

The region's office runs the call; its administrator is in conflict with the second application and sees nothing of it.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from programmes import applications, assignments, calls, conflicts, panels
from programmes.models import Application, Assessment, Assessor, Call, Declaration, Submission
from programmes.panels import PanelInput
from tests.factories import UserFactory
from tests.programmes import applying, open_calls
from tests.stage import Stage

Args = Callable[[Stage], list[Any]]
SLUG = "bedomd"


def make_secret(stage: Stage, title: str, text: str) -> None:
    """The application that the administrator is in conflict with says this, and names an ensemble of its own."""
    found = Application.objects.get(call=_call(stage), applicant_name="Fiktiva Gran")
    last = found.submissions.get()
    facts = {**last.facts, "title": title, "description": text}
    facts["who"] = {**facts["who"], "group_name": "Grantrion"}
    Submission.objects.create(application=found, number=2, facts=facts, digest="0" * 64, at=last.at)
    Application.objects.filter(pk=found.pk).update(title=title, description=text, group_name="Grantrion")


def _call(stage: Stage) -> Call:
    """A call that has closed, with two applications that the presenter scores, and one more on the panel."""
    if standing := Call.objects.filter(slug=SLUG).first():
        return standing
    now, by, day = timezone.now(), stage.world.officer, timedelta(days=1)
    times = {"opens_at": now - 3 * day, "closes_at": now + day, "answers_on": (now + 60 * day).date()}
    call = open_calls.draft(stage.world, title="Bedömd", **times)
    Call.objects.filter(pk=call.pk).update(slug=SLUG)
    call = Call.objects.with_ground().get(pk=call.pk)
    calls.publish(call, version=call.version, by=by, now=now)
    for name in ("Fiktiva Frost", "Fiktiva Gran"):
        who = UserFactory(name=name)
        data = applying.said(call, applicant_name=name, group_name=f"{name}s trio", collaborators=[])
        made = applications.save(call, data, by=who, now=now)
        applications.send_in(made, by=who, version=made.version, now=now)
    return _read(stage, call)


def _read(stage: Stage, call: Call) -> Call:
    """The panel sits, the call closes, and all is dealt."""
    now, by, day = timezone.now(), stage.world.officer, timedelta(days=1)
    due = PanelInput(5, 1, (now + 9 * day).date())
    made = panels.set_up(call, due, version=0, by=by, now=now)
    for who in (stage.world.presenter, stage.world.administrator):
        made = Assessment.objects.get(pk=made.pk)
        panels.seat(call, who.email, "member", version=made.version, by=by, now=now)
    Call.objects.filter(pk=call.pk).update(opens_at=now - 3 * day, closes_at=now - timedelta(hours=1))
    call = Call.objects.with_ground().get(pk=call.pk)
    first, close = Assessor.objects.filter(call=call).select_related("user", "call")
    seen = [one.name for one in conflicts.names(first)]
    conflicts.declare(first, seen=seen, conflicts={}, by=first.user, now=now)
    conflicts.declare(close, seen=seen, conflicts={"Fiktiva Gran": "Syskon"}, by=close.user, now=now)
    made = Assessment.objects.get(pk=made.pk)
    assignments.deal(made, version=made.version, by=by, now=now)
    return call


def _slug(stage: Stage) -> list[Any]:
    return [_call(stage).slug]


def _mine(stage: Stage) -> list[Any]:
    """What the presenter is to score, and the administrator is in conflict with."""
    return [
        _call(stage).slug,
        Application.objects.get(call=_call(stage), applicant_name="Fiktiva Gran").number,
    ]


def _seat(stage: Stage) -> list[Any]:
    return [_call(stage).slug, Assessor.objects.get(user=stage.world.presenter).pk]


def _gone(stage: Stage) -> list[Any]:
    """Somebody who has left the panel."""
    call = _call(stage)
    seat = Assessor.objects.create(
        call=call, user=stage.world.stranger, kind="external", invited_at=timezone.now(),
        removed_at=timezone.now(), removed_why="Sjuk",
    )  # fmt: skip
    return [call.slug, seat.pk]


def _conflict(stage: Stage) -> list[Any]:
    """The administrator's, or where there is none a number that names nothing."""
    call = _call(stage)
    found = Declaration.objects.conflicts().filter(assessor__call=call).first()
    return [call.slug, found.pk if found else 0]


ARGS: dict[str, Args] = {
    **dict.fromkeys(("assessment", "assessment-declare", "panel", "panel-terms", "panel-invite"), _slug),
    **dict.fromkeys(("panel-deal", "panel-remind", "panel-close", "panel-reopen", "sightings"), _slug),
    **dict.fromkeys(("assessment-read", "assessment-conflict"), _mine),
    "panel-remove": _seat,
    "panel-leave-out": _gone,
    "panel-lift": _conflict,
}
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
assessments                 get  login   200   200   200   200   200   200   200   200
assessment                  get  login   404   200   404   404   404   404   404   200
assessment-declare          get  login   404   200   404   404   404   404   404   200
assessment-declare          post login   404   302   404   404   404   404   404   302
assessment-read             get  login   404   200   404   404   404   404   404   404
assessment-read             post login   404   302   404   404   404   404   404   404
assessment-conflict         post login   404   302   404   404   404   404   404   404
panel                       get  login   404   404   404   404   404   404   200   200
panel-terms                 get  login   404   404   404   404   404   404   200   200
panel-terms                 post login   404   404   404   404   404   404   422   422
panel-invite                post login   404   404   404   404   404   404   422   422
panel-remove                get  login   404   404   404   404   404   404   200   200
panel-remove                post login   404   404   404   404   404   404   422   422
panel-leave-out             post login   404   404   404   404   404   404   302   302
panel-deal                  post login   404   404   404   404   404   404   302   302
panel-remind                post login   404   404   404   404   404   404   302   302
panel-close                 get  login   404   404   404   404   404   404   200   200
panel-close                 post login   404   404   404   404   404   404   409   409
panel-reopen                post login   404   404   404   404   404   404   302   302
panel-lift                  get  login   404   404   404   404   404   404   200   404
panel-lift                  post login   404   404   404   404   404   404   422   404
sightings                   get  login   404   404   404   404   404   404   200   200
"""
