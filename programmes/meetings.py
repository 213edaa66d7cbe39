"""The meeting that decides: it is held by those who are present, once the assessment is closed (`panels.close`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.models import Application, Assessment, Assessor, Call, Declaration, Meeting
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
    meeting = _locked(call)
    _check_seen(call, meeting, version)
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


def lock(call: Call, version: int | None = None) -> Meeting:
    """The call's meeting, locked after the call.

    Args:
        version: that was looked at; None where nothing of it is written over.

    Raises:
        NotNow: there is none, or somebody has changed it since that version.
    """
    found = _locked(call)
    if found is None:
        raise NotNow(_("Say first when the meeting is held, and who is present."), call=call.pk)
    if version is not None:
        _check_seen(call, found, version)
    return found


def check_assessed(call: Call) -> None:
    """Decisions come after the scores; the assessment is locked after its call, so that nobody opens it meanwhile.

    Raises:
        NotNow: the assessment is not closed.
    """
    assessment = Assessment.objects.select_for_update(no_key=True).filter(call=call).first()
    if assessment is None or assessment.closed_at is None:
        raise NotNow(
            _("Close the assessment first: while scores may change, nothing is decided."), call=call.pk
        )


def leaving(meeting: Meeting, application: Application) -> "QuerySet[Assessor]":
    """Those of the meeting who take no part in that application: in conflict, or they have not declared."""
    said = Declaration.objects.filter(application=application)
    free = Exists(said.filter(assessor=OuterRef("pk"), has_conflict=False))
    conflict = Exists(said.conflicts().filter(assessor__user=OuterRef("user")))
    return meeting.present.filter(conflict | ~free).select_related("user")


def _locked(call: Call) -> Meeting | None:
    return Meeting.objects.select_for_update(of=("self",), no_key=True).filter(call=call).first()


def _check_seen(call: Call, meeting: Meeting | None, version: int) -> None:
    if (meeting.version if meeting else 0) != version:
        raise NotNow(
            _("Somebody has changed the meeting since you opened the page. Look again."), call=call.pk
        )


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
