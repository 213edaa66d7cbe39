"""How every step of an assessment begins and ends: its row is locked, what it must be is checked, it is noted.

One lock for all of a call's panel: declaring, scoring, dealing and removing wait for each other.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from programmes.models import Application, Assessment, AssessmentChange, Assessor, Call
from tours.errors import NotNow, Refused
from tours.lengths import check_length
from venues.dates import moment_text
from venues.models import User

#: Characters of a reason. As the columns have it.
WHY_MAX = 500


def lock(call: Call, version: int | None, *, closed: bool = False) -> Assessment:
    """The call's assessment, to be changed.

    Args:
        version: what was looked at; None where nothing is written over.
        closed: whether it may be closed already.

    Raises:
        NotNow: there is none, the call is withdrawn, the assessment closed, or changed since that version.
    """
    found = Assessment.objects.select_for_update(no_key=True).filter(call=call).first()
    if found is None:
        raise NotNow(_("Set up the assessment first."), call=call.pk)
    call = Call.objects.select_related("owner", "region").get(pk=found.call_id)
    found.call = call
    if call.withdrawn_at:
        raise NotNow(_("The call is withdrawn."), call=call.pk)
    if found.closed_at and not closed:
        raise NotNow(
            _("The assessment was closed %(when)s: what was said then stands.")
            % {"when": moment_text(found.closed_at)},
            call=call.pk,
        )
    if version is not None and found.version != version:
        raise NotNow(
            _("Somebody has worked with the panel since you opened the page. Look again."), call=call.pk
        )
    return found


def check_begun(call: Call, now: datetime) -> None:
    """Nothing of an application is shown or done before the call has closed.

    Raises:
        NotNow: it has not.
    """
    if now < call.closes_at:
        raise NotNow(
            _("The call is open until %(when)s. Applications are read after that.")
            % {"when": moment_text(call.closes_at)},
            call=call.pk,
        )


def lock_seat(
    assessor: Assessor, by: User, now: datetime, *, closed: bool = False
) -> tuple[Assessment, Assessor]:
    """The assessment and one's own seat on its panel, to act from.

    Args:
        closed: whether the assessment may be closed already.

    Raises:
        NotNow: the call has not closed, the assessment has, or the seat is gone.
        Refused: it is somebody else's seat.
    """
    if assessor.user_id != by.pk:
        raise Refused(_("Everybody on the panel speaks for themselves."))
    assessment = lock(assessor.call, None, closed=closed)
    check_begun(assessment.call, now)
    found = Assessor.objects.active().select_related("user", "call").filter(pk=assessor.pk).first()
    if found is None:
        raise NotNow(_("You are not on the panel any more."), call=assessment.call_id)
    return assessment, found


def checked_why(why: str) -> str:
    """The reason without spaces around it.

    Raises:
        Refused: there is none, or it is too long.
    """
    if not why.strip():
        raise Refused(_("Say why: it stands in the log."), field="why")
    check_length(why.strip(), WHY_MAX, "why")
    return why.strip()


def note(
    assessment: Assessment,
    action: str,
    by: User | None,
    now: datetime,
    *,
    assessor: Assessor | None = None,
    application: Application | None = None,
    why: str = "",
    details: dict[str, Any] | None = None,
    bump: bool = False,
) -> None:
    """Write it into the log; `bump` gives the assessment a new version: who looks at an older one is told."""
    AssessmentChange.objects.create(
        assessment=assessment, action=action, by=by, at=now, assessor=assessor, application=application, why=why,
        details=details or {},
    )  # fmt: skip
    if bump:
        assessment.version += 1
        assessment.save(update_fields=["version"])
