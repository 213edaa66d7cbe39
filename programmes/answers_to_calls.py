"""The answers to applications: mailed by the outbox at a chosen time, all at once, and told on no page before.

What was decided is the applicants' to know from `Meeting.answers_at` on, and until then theirs who run the call.
"""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import digests
from bookings.models import Notice
from bookings.notices import after_quiet
from programmes import call_letters, conflicts, decisions, meetings, submissions
from programmes.meetings import lock_closed
from programmes.models import Application, Call, CallNotice, Decision, Meeting, Minutes
from tours.errors import NotNow, Refused
from venues.models import User

Occasion = CallNotice.Occasion
Outcome = Decision.Outcome
#: What an answer of each outcome is mailed as.
KINDS = {Outcome.GRANTED: "call_granted", Outcome.RESERVE: "call_reserve", Outcome.REFUSED: "call_refused"}
CALLED_IN = "call_moved_up"
#: The hour of the call's last day for answers, where no other time is chosen. Source: the house's choice.
ANSWER_HOUR = time(9, 0)
DAY = timedelta(days=1)


def default_at(call: Call, now: datetime) -> datetime:
    """When answers leave unless told otherwise: the promised day at nine; tomorrow if that has passed.

    The day before a Sunday: mail that is written for it would leave on Monday, later than promised.
    """
    zone = ZoneInfo(call.region.time_zone)
    promised = datetime.combine(call.answers_on, ANSWER_HOUR, zone)
    while promised - DAY > now and after_quiet(promised, call.owner) >= promised + DAY / 2:
        promised -= DAY
    tomorrow = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), ANSWER_HOUR, zone)
    return after_quiet(promised if promised > now else tomorrow, call.owner)


@transaction.atomic
def schedule(call: Call, at: datetime, *, version: int, now: datetime) -> Meeting:
    """Write an answer to each application that stands, to leave at that time, or after the quiet hours it lies in.

    Raises:
        NotNow: the minutes are not fixed, answers are written already, or somebody has changed it since that version.
        Refused: the time has passed.
    """
    call = lock_closed(call, now)
    meeting = meetings.lock(call, version)
    if not meeting.fixed_at:
        raise NotNow(_("Fix the minutes first: an answer cannot be changed once it is sent."), call=call.pk)
    if meeting.answers_at:
        raise NotNow(_("The answers are written already."), call=call.pk)
    leaves_at = _leaves_at(call, at, now)
    for decision in decisions.of_call(call):
        _write(decision, KINDS[Outcome(decision.outcome)], Occasion.ANSWER, leaves_at, now)
    return _set(meeting, leaves_at)


@transaction.atomic
def move(call: Call, at: datetime, *, version: int, now: datetime) -> Meeting:
    """Let them leave at another time, as long as none of them has left.

    Raises:
        NotNow: none wait, one has left, or somebody has changed it since that version.
        Refused: the time has passed.
    """
    call = lock_closed(call, now)
    meeting = meetings.lock(call, version)
    waiting = _waiting(call, meeting, now)
    leaves_at = _leaves_at(call, at, now)
    Notice.objects.filter(pk__in=waiting).update(send_after=leaves_at)
    return _set(meeting, leaves_at)


@transaction.atomic
def take_back(call: Call, *, version: int, now: datetime) -> Meeting:
    """Keep all of them from leaving; then the minutes may be opened again, and answers written anew.

    Raises:
        NotNow: none wait, one has left, or somebody has changed it since that version.
    """
    call = lock_closed(call, now)
    return _keep_home(call, meetings.lock(call, version), now)


def call_off(call: Call, now: datetime) -> None:
    """The call is withdrawn: answers that wait do not leave. Part of that verb, which has locked the call.

    Raises:
        NotNow: they have left: what was decided and told stands.
    """
    meeting = Meeting.objects.select_for_update(no_key=True).filter(call=call).first()
    if meeting and meeting.answers_at:
        _keep_home(call, meeting, now)


def keep_from(application: Application, now: datetime) -> None:
    """An application is withdrawn: the answer to it does not leave, if it has not yet. Part of that verb."""
    written = CallNotice.objects.filter(application=application, taken_back_at=None)
    answers = written.exclude(occasion=Occasion.RECEIPT)
    if digests.keep_home(Notice.objects.filter(pk__in=answers.values("notice"))):
        answers.filter(notice__state=Notice.State.STOPPED).update(taken_back_at=now)


@transaction.atomic
def call_in_reserve(call: Call, *, version: int, by: User, now: datetime) -> Decision:
    """Grant the first of the reserves what one who was granted it has given up, and tell them by mail at once.

    Args:
        version: of the decision about that reserve, as it was looked at.

    Raises:
        NotNow: the answers have not been sent, nobody has given up a place, there is no reserve, or somebody else
            was called in since.
        Refused: the one who calls in has a conflict of interest in that application.
    """
    call = lock_closed(call, now)
    if not are_sent(call, now):
        raise NotNow(
            _("The answers have not been sent yet: open the minutes and decide again."), call=call.pk
        )
    reserve = first_reserve(call)
    if free_places(call) <= 0:
        raise NotNow(_("All places are taken: nobody who was granted one has withdrawn."), call=call.pk)
    if reserve is None:
        raise NotNow(_("There is nobody in reserve."), call=call.pk)
    if reserve.version != version:
        raise NotNow(_("Somebody has been called in since you opened the page. Look again."), call=call.pk)
    if conflicts.hidden_from(by).filter(pk=reserve.application_id).exists():
        raise Refused(_("You have a conflict of interest in this application, and take no part in it."))
    granted = decisions.promote(reserve, by, now)
    _write(granted, CALLED_IN, Occasion.CALLED_IN, after_quiet(now, call.owner), now)
    return granted


def first_reserve(call: Call) -> Decision | None:
    """Who is called in next; None: there is no reserve."""
    waiting = [one for one in decisions.of_call(call) if one.reserve_number is not None]
    return min(waiting, key=lambda one: one.reserve_number or 0, default=None)


def free_places(call: Call) -> int:
    """How many of the places that the meeting gave are free again, because one who was granted it has withdrawn."""
    last = Minutes.objects.filter(meeting__call=call).last()
    given = sum(case["outcome"] == Outcome.GRANTED for case in last.facts["cases"]) if last else 0
    return given - sum(one.outcome == Outcome.GRANTED for one in decisions.of_call(call))


def are_sent(call: Call, now: datetime) -> bool:
    """Whether the applicants have been told, as `Meeting.is_answered`."""
    return Call.objects.answered(now).filter(pk=call.pk).exists()


def told_to_applicant(application: Application, now: datetime) -> Decision | None:
    """The decision about one's own application once it is told; None before, and where it is withdrawn."""
    meeting: Meeting | None = getattr(application.call, "meeting", None)
    if application.withdrawn_at or meeting is None or not meeting.is_answered(now):
        return None
    return getattr(application, "decision", None)


def _leaves_at(call: Call, at: datetime, now: datetime) -> datetime:
    if at <= now:
        raise Refused(_("That moment has passed. Choose a later one."), field="at")
    return after_quiet(at, call.owner)


def _waiting(call: Call, meeting: Meeting, now: datetime) -> list[Any]:
    """The answers that wait, locked so that no relay takes them meanwhile.

    Raises:
        NotNow: none wait, or one of them has left.
    """
    if meeting.answers_at is None:
        raise NotNow(_("No answers wait to be sent."), call=call.pk)
    written = CallNotice.objects.filter(call=call).answers().values("notice")
    unsent = Notice.objects.unsent().filter(pk__in=written).order_by("pk").select_for_update(no_key=True)
    found = [notice.pk for notice in unsent]
    if meeting.is_answered(now) or len(found) < written.count():
        raise NotNow(_("The answers have left, or are being sent this moment."), call=call.pk)
    return found


def _keep_home(call: Call, meeting: Meeting, now: datetime) -> Meeting:
    waiting = _waiting(call, meeting, now)
    digests.keep_home(Notice.objects.filter(pk__in=waiting))
    CallNotice.objects.filter(notice__in=waiting).update(taken_back_at=now)
    return _set(meeting, None)


def _set(meeting: Meeting, at: datetime | None) -> Meeting:
    meeting.answers_at, meeting.version = at, meeting.version + 1
    meeting.save(update_fields=["answers_at", "version"])
    return meeting


def _write(decision: Decision, kind: str, occasion: str, leaves_at: datetime, now: datetime) -> CallNotice:
    """The mail, which leaves at its time."""
    application = decision.application
    call, facts = application.call, submissions.sent_facts(application)
    told = {
        "application": application,
        "title": facts.get("title", application.title),
        "decision": decision,
        "calls_link": settings.BASE_URL + reverse("open-calls"),
    }
    link = settings.BASE_URL + reverse("application", args=[call.slug])
    notice = call_letters.post(
        kind, call, application.applicant, told, link=link, now=now, leaves_at=leaves_at
    )
    return CallNotice.objects.create(notice=notice, call=call, application=application, occasion=occasion)
