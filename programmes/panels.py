"""Who assesses the applications to a call: the panel's terms, its seats, and when it is done."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes import assessor_letters, assignments, scored
from programmes.assessment_steps import check_begun, checked_why, lock, note
from programmes.models import (
    Application,
    Assessment,
    AssessmentChange,
    Assessor,
    Call,
    Meeting,
    Review,
    Score,
    Sighting,
)
from programmes.models.assessments import SCALE_LEAST, SCALE_MOST
from tours.errors import NotNow, Refused
from venues import people
from venues.models import User

#: On a panel at the most, and readers of each application. Source: the house's choice, beyond any jury that is known.
SEATS_MAX, READERS_MAX = 40, 10
Action = AssessmentChange.Action


@dataclass(frozen=True)
class PanelInput:
    """The terms: scores are 1 to `scale_most`, so many read each application, all is scored by the end of `due_on`."""

    scale_most: int
    readers_count: int
    due_on: date


@transaction.atomic
def set_up(call: Call, data: PanelInput, *, version: int, by: User, now: datetime) -> Assessment:
    """Say how a call's applications are assessed, or say it anew.

    Args:
        version: of the assessment that was looked at; 0 where there is none yet.

    Raises:
        NotNow: the call is a draft or withdrawn, the assessment closed, or somebody else was first.
        Refused: something cannot be; `field` names it.
    """
    call = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if not call.is_public or call.withdrawn_at:
        raise NotNow(_("Only a call that is public is assessed."), call=call.pk)
    found = Assessment.objects.filter(call=call).first()
    if found:
        found = lock(call, version)
    elif version:
        raise NotNow(_("Set up the assessment first."), call=call.pk)
    _check(call, data, found)
    made = found or Assessment(call=call, version=0)
    made.scale_most, made.readers_count, made.due_on = data.scale_most, data.readers_count, data.due_on
    made.save()
    details = {"scale": data.scale_most, "readers": data.readers_count, "due": data.due_on.isoformat()}
    note(made, Action.CHANGED if found else Action.SET_UP, by, now, details=details, bump=True)
    return made


@transaction.atomic
def seat(
    call: Call, email: str, kind: str, *, name: str = "", version: int, by: User, now: datetime
) -> Assessor:
    """Invite somebody to the panel by mail; who has no account gets one, and logs in by a mailed code.

    Args:
        name: of somebody who is new here; the name of one who is known stays.

    Raises:
        NotNow: the call is withdrawn, the assessment closed, or somebody has worked with the panel since that version.
        Refused: they sit there already, or have applied; `field` names what is wrong.
        NotPossible: it is no address.
    """
    Call.objects.select_for_update(no_key=True).get(
        pk=call.pk
    )  # whoever sends in meanwhile waits, or is seen here
    assessment = lock(call, version)
    if kind not in Assessor.Kind.values:
        raise Refused(_("Choose as what they sit on the panel."), field="kind")
    user = people.applicant(email, "sv")
    seats = Assessor.objects.active().filter(call=call)
    if seats.of_user(user).exists():
        raise Refused(_("%(name)s is on the panel already.") % {"name": user}, field="email")
    if Application.objects.filter(call=call, applicant=user).sent_in().exists():
        raise Refused(
            _("%(name)s has applied to this call, and can not assess it.") % {"name": user}, field="email"
        )
    if seats.count() >= SEATS_MAX:
        raise Refused(_("Write at most %(most)d.") % {"most": SEATS_MAX}, field="email")
    if name.strip() and not user.name:
        user.name = " ".join(name.split())[:120]
        user.save(update_fields=["name"])
    made = Assessor.objects.create(call=call, user=user, kind=kind, invited_at=now)
    note(assessment, Action.SEATED, by, now, assessor=made, bump=True)
    assessor_letters.invited(assessment, made, now)
    return made


@transaction.atomic
def remove(
    assessor: Assessor, *, why: str, leave_out: bool = False, version: int, by: User, now: datetime
) -> int:
    """Take somebody off the panel: they see nothing from here on. What they have not finished goes to others.

    What they have finished stays, and counts unless `leave_out`.

    Returns:
        How many assignments went to others.

    Raises:
        NotNow: they are off it already, the assessment is closed, or changed since that version.
        Refused: no reason is given, or a long one.
    """
    assessment = lock(assessor.call, version)
    found = Assessor.objects.active().select_related("user", "call").filter(pk=assessor.pk).first()
    if found is None:
        raise NotNow(_("They are not on the panel any more."), call=assessment.call_id)
    why = checked_why(why)
    finished = Review.objects.finished().filter(assessor=found).values_list("application", flat=True)
    left = found.assignments.filter(let_go_at=None).exclude(application__in=finished)
    assignments.let_go(found, left.values_list("application", flat=True), "removed", now)
    found.removed_at, found.removed_why, found.is_left_out = now, why, leave_out
    found.save(update_fields=["removed_at", "removed_why", "is_left_out"])
    note(assessment, Action.REMOVED, by, now, assessor=found, why=why, bump=True)
    assessor_letters.removed(assessment, found, now)
    return assignments.refill(assessment, now)


@transaction.atomic
def leave_out(assessor: Assessor, is_out: bool, *, version: int, by: User, now: datetime) -> Assessor:
    """Whether what one has finished who was removed counts or not.

    Raises:
        NotNow: they sit on the panel, it stands like that already, the assessment is closed or changed since.
    """
    assessment = lock(assessor.call, version)
    found = Assessor.objects.select_related("user", "call").get(pk=assessor.pk)
    if found.removed_at is None or found.is_left_out == is_out:
        raise NotNow(_("It stands like that already."), call=assessment.call_id)
    found.is_left_out = is_out
    found.save(update_fields=["is_left_out"])
    note(assessment, Action.LEFT_OUT, by, now, assessor=found, details={"left_out": int(is_out)}, bump=True)
    assignments.refill(assessment, now)
    return found


@transaction.atomic
def close(call: Call, *, despite_missing: bool = False, version: int, by: User, now: datetime) -> Assessment:
    """No score is changed from here on: the panel may read all of it for the meeting, and decisions can be taken.

    Args:
        despite_missing: it is known that not all have scored what they were to.

    Raises:
        NotNow: the call has not closed or is withdrawn, the assessment is closed already, or was changed since that
            version.
        Refused: scores are missing, and nobody has said that it is closed all the same ("despite_missing").
    """
    assessment = lock(call, version)
    check_begun(assessment.call, now)
    missing = scored.missing_scores(call)
    if missing and not despite_missing:
        raise Refused(_missing_text(missing), field="despite_missing")
    assessment.closed_at = now
    assessment.save(update_fields=["closed_at"])
    note(assessment, Action.CLOSED, by, now, bump=True)
    return assessment


@transaction.atomic
def reopen(assessment: Assessment, *, version: int, by: User, now: datetime) -> Assessment:
    """Let the panel score on.

    Raises:
        NotNow: it is not closed, its minutes are fixed, it was changed since that version, or names are hidden from
            the panel and one of them has read some since it was closed.
    """
    assessment = lock(assessment.call, version, closed=True)
    if assessment.closed_at is None:
        raise NotNow(_("The assessment is not closed."), call=assessment.call_id)
    if Meeting.objects.filter(call=assessment.call_id, fixed_at__isnull=False).exists():
        raise NotNow(_("The minutes are fixed: what was decided stands."), call=assessment.call_id)
    if assessment.call.is_blind and _has_read_names(assessment):
        raise NotNow(
            _("Somebody on the panel has read names since it was closed, and would score with them known."),
            call=assessment.call_id,
        )
    assessment.closed_at = None
    assessment.save(update_fields=["closed_at"])
    note(assessment, Action.REOPENED, by, now, bump=True)
    return assessment


def _has_read_names(assessment: Assessment) -> bool:
    panel = Assessor.objects.active().filter(call=assessment.call_id).values("user")
    seen = Sighting.objects.filter(call=assessment.call_id, what=Sighting.What.NAMES, user__in=panel)
    return seen.filter(at__gte=assessment.closed_at).exists()


def check_does_not_sit(call: Call, user: User) -> None:
    """Whoever assesses a call does not apply to it.

    Raises:
        Refused: the person sits on its panel.
    """
    if Assessor.objects.active().of_user(user).filter(call=call).exists():
        raise Refused(
            _(
                "You are on the panel that assesses this call, and can not apply to it. Ask to leave the panel first."
            )
        )


def _check(call: Call, data: PanelInput, found: Assessment | None) -> None:
    if not SCALE_LEAST <= data.scale_most <= SCALE_MOST:
        raise Refused(
            _("Write %(low)d to %(high)d.") % {"low": SCALE_LEAST, "high": SCALE_MOST}, field="scale_most"
        )
    if not 1 <= data.readers_count <= READERS_MAX:
        raise Refused(
            _("Write %(low)d to %(high)d.") % {"low": 1, "high": READERS_MAX}, field="readers_count"
        )
    if data.due_on < timezone.localdate(call.closes_at):
        raise Refused(_("Scores can not be due before the call closes."), field="due_on")
    if data.due_on > call.answers_on:
        raise Refused(_("Scores are due before the answer that the call promises."), field="due_on")
    given = Score.objects.filter(review__application__call=call, points__isnull=False)
    if found and found.scale_most != data.scale_most and given.exists():
        raise Refused(_("Somebody has scored by the scale already: it stands."), field="scale_most")


def _missing_text(missing: dict[int, int]) -> str:
    told = ngettext(
        "%(count)d score is missing, of application %(numbers)s. Say that you close all the same.",
        "%(count)d scores are missing, of applications %(numbers)s. Say that you close all the same.",
        sum(missing.values()),
    )
    return told % {"count": sum(missing.values()), "numbers": ", ".join(map(str, missing))}
