"""The way to the decisions: the assessment is closed, and a meeting is held by those who are present."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes import scored
from programmes.models import Application, Assessment, Assessor, Call, Meeting
from tours.errors import NotNow, Refused


@dataclass(frozen=True)
class MeetingInput:
    """When it is held and by whom; those present are of the call's panel."""

    held_on: date
    chair: str
    secretary: str = ""
    present: Sequence[Assessor] = ()
    notes: str = ""


def lock_closed(call: Call, now: datetime) -> Call:
    """The call, locked; whatever decides about its applications takes it first.

    Raises:
        NotNow: it has not closed, or is withdrawn.
    """
    found = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if found.withdrawn_at:
        raise NotNow(_("The call is withdrawn: nothing is decided about it."), call=call.pk)
    if not found.is_public or now < found.closes_at:
        raise NotNow(_("The call has not closed yet: what is sent in may still be changed."), call=call.pk)
    return found


@transaction.atomic
def close_assessment(call: Call, *, despite_missing: bool = False, version: int, now: datetime) -> Assessment:
    """From now on no score is changed, and decisions can be taken.

    Args:
        despite_missing: it is known that not all have scored what they were to.

    Raises:
        NotNow: it is closed already, the call is open, or somebody has changed it since that version.
        Refused: scores are missing, and nobody has said that it is closed all the same.
    """
    call = lock_closed(call, now)
    assessment = Assessment.objects.select_for_update(no_key=True).filter(call=call).first()
    if assessment is None:
        raise NotNow(_("The call has no assessment yet: choose a panel first."), call=call.pk)
    if assessment.closed_at:
        raise NotNow(_("The assessment is closed already."), call=call.pk)
    if assessment.version != version:
        raise NotNow(
            _("Somebody has changed the assessment since you opened the page. Look again."), call=call.pk
        )
    missing = scored.missing_scores(call)
    if missing and not despite_missing:
        raise Refused(_missing_text(missing), field="despite_missing")
    assessment.closed_at, assessment.version = now, assessment.version + 1
    assessment.save(update_fields=["closed_at", "version"])
    return assessment


@transaction.atomic
def hold(call: Call, data: MeetingInput, *, version: int = 0, now: datetime) -> Meeting:
    """Say when the meeting is held and who is there; said anew as often as needed until its minutes are fixed.

    Args:
        version: of the meeting that was looked at; 0 where there was none.

    Raises:
        NotNow: the assessment is not closed, the minutes are fixed, or somebody has changed it since that version.
        Refused: something cannot be; `field` names it.
    """
    call = lock_closed(call, now)
    check_assessed(call)
    meeting = Meeting.objects.select_for_update(no_key=True).filter(call=call).first()
    if (meeting.version if meeting else 0) != version:
        raise NotNow(
            _("Somebody has changed the meeting since you opened the page. Look again."), call=call.pk
        )
    if meeting and meeting.fixed_at:
        raise NotNow(_("The minutes are fixed."), call=call.pk)
    _check(call, data, now)
    meeting = meeting or Meeting(call=call, version=0)
    meeting.held_on, meeting.chair, meeting.secretary = (
        data.held_on,
        data.chair.strip(),
        data.secretary.strip(),
    )
    meeting.notes, meeting.version = data.notes.strip(), meeting.version + 1
    meeting.save()
    meeting.present.set(data.present)
    return meeting


def check_assessed(call: Call) -> None:
    """Decisions come after the scores.

    Raises:
        NotNow: the assessment is not closed.
    """
    if not Assessment.objects.filter(call=call, closed_at__isnull=False).exists():
        raise NotNow(
            _("Close the assessment first: while scores may change, nothing is decided."), call=call.pk
        )


def leaving(meeting: Meeting, application: Application) -> "QuerySet[Assessor]":
    """Those of the meeting who have declared a conflict in that application, and take no part in it."""
    declared = {"declarations__application": application, "declarations__has_conflict": True}
    return meeting.present.filter(**declared).select_related("user")


def _check(call: Call, data: MeetingInput, now: datetime) -> None:
    if not data.chair.strip():
        raise Refused(_("Say who leads the meeting."), field="chair")
    if not data.present:
        raise Refused(_("Say who is present."), field="present")
    if any(one.call_id != call.pk for one in data.present):
        raise Refused(_("Choose among those of the call’s panel."), field="present")
    if data.held_on < timezone.localdate(call.closes_at):
        raise Refused(_("The meeting cannot be before the call closes."), field="held_on")
    if data.held_on > timezone.localdate(now):
        raise Refused(_("Write the day on which it is held: today, or an earlier one."), field="held_on")


def _missing_text(missing: dict[int, int]) -> str:
    told = ngettext(
        "%(count)d score is missing, of application %(numbers)s. Say that you close all the same.",
        "%(count)d scores are missing, of applications %(numbers)s. Say that you close all the same.",
        sum(missing.values()),
    )
    return told % {"count": sum(missing.values()), "numbers": ", ".join(map(str, missing))}
