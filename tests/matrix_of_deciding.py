"""The part of the matrix of routes from applications to answers; see `tests.matrix`. The officer runs the call."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from bookings.kept_facts import digest_of
from bookings.models import Notice
from programmes import calls, decisions, meetings, minutes, panels
from programmes.decisions import DecisionInput
from programmes.meetings import MeetingInput
from programmes.models import Application, Assessment, Assessor, Call, CallNotice, Submission
from programmes.submissions import facts_of
from tests.factories import UserFactory
from tests.programmes.open_calls import draft
from tests.stage import Stage

Args = Callable[[Stage], list[Any]]
SLUG = "avslutad-utlysning"


def _call(stage: Stage) -> Call:
    """A call that has closed, with one application that is granted and minutes that are fixed."""
    if standing := Call.objects.filter(slug=SLUG).first():
        return standing
    now = timezone.now()
    times = {"opens_at": now - timedelta(days=9), "closes_at": now + timedelta(hours=1)}
    call = draft(stage.world, **times, answers_on=(now + timedelta(days=30)).date(), title="Avslutad")
    calls.publish(call, version=call.version, by=stage.world.officer, now=now)
    Call.objects.filter(pk=call.pk).update(slug=SLUG, closes_at=now - timedelta(days=1))
    call = Call.objects.with_ground().get(pk=call.pk)
    application = _application(call, now)
    Assessment.objects.create(call=call, due_on=now.date(), readers_count=1)
    seat = Assessor.objects.create(call=call, user=UserFactory(), kind="external", invited_at=now)
    by = stage.world.officer
    panels.close(call, despite_missing=True, version=1, by=by, now=now)
    held = MeetingInput(timezone.localdate(now), "Ordförande", present=[seat])
    meeting = meetings.hold(call, held, now=now)
    decisions.decide(application, DecisionInput("granted", "Bra."), by=by, now=now)
    minutes.fix(call, version=meeting.version, by=by, now=now)
    return call


def _application(call: Call, now: Any) -> Application:
    made = Application.objects.create(
        call=call, applicant=UserFactory(), number=1, applicant_name="Sökande", art_form="music", title="Verk",
        summary="Kort.", description="Långt.", made_at=now, changed_at=now,
    )  # fmt: skip
    facts = facts_of(made)
    Submission.objects.create(application=made, number=1, facts=facts, digest=digest_of(facts), at=now)
    mail = Notice.objects.create(
        kind="application_sent_in", to_email="a@example.org", language="sv", subject="Hej", body_text="Hej",
        send_after=now, state=Notice.State.FAILED,
    )  # fmt: skip
    CallNotice.objects.create(notice=mail, call=call, application=made, occasion="receipt")
    return made


def _slug(stage: Stage) -> list[Any]:
    return [_call(stage).slug]


def _numbered(stage: Stage) -> list[Any]:
    return [_call(stage).slug, 1]


def _mail(stage: Stage) -> list[Any]:
    call = _call(stage)
    pk: UUID = CallNotice.objects.get(call=call, occasion="receipt").notice_id
    return [call.slug, pk]


ARGS: dict[str, Args] = {
    **dict.fromkeys(
        (
            "call-applications", "call-applications-csv", "call-ranking", "call-meeting",
            "call-minutes", "call-minutes-fix", "call-minutes-reopen", "call-answers", "call-answers-back",
            "call-reserve-in", "call-placing", "call-mail", "call-statistics", "call-statistics-csv",
        ),
        _slug,
    ),
    **dict.fromkeys(
        ("call-application", "call-case", "call-case-undo", "call-minutes-version", "call-minutes-pdf"), _numbered
    ),
    "call-mail-retry": _mail,
}  # fmt: skip
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
call-applications           get  login   404   404   404   404   404   404   200   200
call-applications-csv       get  login   404   404   404   404   404   404   200   200
call-application            get  login   404   404   404   404   404   404   200   200
call-ranking                get  login   404   404   404   404   404   404   200   200
call-meeting                get  login   404   404   404   404   404   404   200   200
call-meeting                post login   404   404   404   404   404   404   422   422
call-case                   get  login   404   404   404   404   404   404   200   200
call-case                   post login   404   404   404   404   404   404   422   422
call-case-undo              post login   404   404   404   404   404   404   302   302
call-minutes                get  login   404   404   404   404   404   404   200   200
call-minutes-version        get  login   404   404   404   404   404   404   200   200
call-minutes-pdf            get  login   404   404   404   404   404   404   200   200
call-minutes-fix            post login   404   404   404   404   404   404   302   302
call-minutes-reopen         post login   404   404   404   404   404   404   422   422
call-answers                get  login   404   404   404   404   404   404   200   200
call-answers                post login   404   404   404   404   404   404   422   422
call-answers-back           post login   404   404   404   404   404   404   302   302
call-reserve-in             post login   404   404   404   404   404   404   302   302
call-placing                get  login   404   404   404   404   404   404   200   200
call-mail                   get  login   404   404   404   404   404   404   200   200
call-mail-retry             post login   404   404   404   404   404   404   302   302
call-statistics             get  login   404   404   404   404   404   404   200   200
call-statistics-csv         get  login   404   404   404   404   404   404   200   200
"""
