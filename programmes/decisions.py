"""The verbs of a decision: taken, changed, taken back until the minutes are fixed; a reserve called in afterwards."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from programmes import conflicts, meetings, received, submissions
from programmes.call_kinds import kinds
from programmes.decision_words import decision_text
from programmes.meetings import check_assessed, lock_closed
from programmes.models import Application, Call, Decision, DecisionChange
from tours.errors import NotNow, Refused
from tours.lengths import check_column
from venues.dates import money_text
from venues.models import User

Outcome = Decision.Outcome
Action = DecisionChange.Action


@dataclass(frozen=True)
class DecisionInput:
    """What is decided, and why. The amount is said where the call gives what is asked for, not a stipend."""

    outcome: str
    motivation: str
    reserve_number: int | None = None
    amount: Decimal | None = None


def takes_amount(call: Call) -> bool:
    """Whether a decision says an amount: where applications have a budget and no stipend is the same for all."""
    return kinds()[call.kind].has_budget and call.stipend is None


def of_call(call: Call) -> "list[Decision]":
    """The decisions about applications that stand; one that is withdrawn takes nobody's place."""
    standing = Decision.objects.filter(application__in=call.applications.sent_in())
    return list(standing.select_related("application").order_by("application__number"))


def next_reserve(call: Call) -> int:
    """The first place among the reserves that is free."""
    taken = {one.reserve_number for one in of_call(call)}
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


@transaction.atomic
def decide(
    application: Application, data: DecisionInput, *, version: int = 0, by: User, now: datetime
) -> Decision:
    """Decide about an application, or decide otherwise; what it was is kept.

    Args:
        version: of the decision that was looked at; 0 where there was none. It goes on counting where one was
            taken back, so that an old window never acts on a later decision.

    Raises:
        NotNow: the assessment is open, no meeting is held, its minutes are fixed, the application is withdrawn, or
            somebody has decided since that version: the sentence says what.
        Refused: something cannot be (`field` names it), or the one who decides has a conflict of interest.
    """
    call = _lock_meeting(application, now)
    application = _standing(application, by)
    standing = _look_again(application, version)
    _check(call, application, data)
    decision = standing or Decision(application=application, version=application.decision_changes.count())
    before = facts_of(standing)
    decision.outcome, decision.motivation = data.outcome, data.motivation.strip()
    decision.reserve_number = data.reserve_number if data.outcome == Outcome.RESERVE else None
    decision.amount = _amount(call, data)
    _write(decision, Action.CHANGED if standing else Action.DECIDED, before, by, now)
    return decision


@transaction.atomic
def undo(application: Application, *, version: int, by: User, now: datetime) -> None:
    """Take a decision back: the application is undecided, and the history says so.

    Raises:
        NotNow, Refused: as `decide`; and there is no decision.
    """
    _lock_meeting(application, now)
    application = _standing(application, by)
    standing = _look_again(application, version)
    if standing is None:
        raise NotNow(_("Nothing is decided about it."), application=application.pk)
    _note(application, Action.UNDONE, facts_of(standing), {}, by, now)
    standing.delete()


def facts_of(decision: Decision | None) -> dict[str, Any]:
    """A decision as the history keeps it; empty: undecided."""
    if decision is None:
        return {}
    return {
        "outcome": decision.outcome,
        "reserve_number": decision.reserve_number,
        "amount": None if decision.amount is None else f"{decision.amount:.2f}",
        "motivation": decision.motivation,
    }


def promote(decision: Decision, by: User, now: datetime) -> Decision:
    """Grant what was in reserve, as part of a verb that has locked the call; see `answers_to_calls.call_in_reserve`."""
    before = facts_of(decision)
    decision.outcome, decision.reserve_number = Outcome.GRANTED, None
    _write(decision, Action.CALLED_IN, before, by, now)
    return decision


def _lock_meeting(application: Application, now: datetime) -> Call:
    """Lock the call and its meeting, in this order; decisions are only taken at a meeting whose minutes are open."""
    call = lock_closed(application.call, now)
    check_assessed(call)
    if meetings.lock(call).fixed_at:
        raise NotNow(
            _(
                "The minutes are fixed: what was decided stands. Open them again, with a reason, to change it."
            ),
            call=call.pk,
        )
    return call


def _standing(application: Application, by: User) -> Application:
    found = Application.objects.sent_in().filter(pk=application.pk).first()
    if found is None:
        raise NotNow(_("The application is withdrawn."), application=application.pk)
    if conflicts.hidden_from(by).filter(pk=found.pk).exists():
        raise Refused(_("You have a conflict of interest in this application, and take no part in it."))
    return found


def _look_again(application: Application, version: int) -> Decision | None:
    """The decision as it stands, locked, if it is the one that was looked at."""
    found = Decision.objects.select_for_update(no_key=True).filter(application=application).first()
    if (found.version if found else 0) == version:
        return found
    if found is None:
        raise NotNow(
            _("Somebody has taken the decision back since you opened the page. Look again."),
            application=application.pk,
        )
    raise NotNow(
        _("It was decided while you looked: %(what)s. Look again, and change it if it is wrong.")
        % {"what": decision_text(found)},
        application=application.pk,
    )


def _check(call: Call, application: Application, data: DecisionInput) -> None:
    if data.outcome not in Outcome.values:
        raise Refused(_("Choose what is decided."), field="outcome")
    if not data.motivation.strip():
        raise Refused(_("Say why: the applicant reads it."), field="motivation")
    check_column(Decision, "motivation", data.motivation)
    others = [one for one in of_call(call) if one.application_id != application.pk]
    if data.outcome == Outcome.GRANTED:
        _check_room(call, others)
    if data.outcome == Outcome.RESERVE:
        _check_reserve(data, others)
    _check_amount(call, application, data)


def _check_room(call: Call, others: list[Decision]) -> None:
    if sum(one.outcome == Outcome.GRANTED for one in others) >= call.chosen_count:
        raise Refused(
            _("The call chooses %(most)d, and so many are granted already. Change one of them first.")
            % {"most": call.chosen_count},
            field="outcome",
        )


def _check_reserve(data: DecisionInput, others: list[Decision]) -> None:
    if data.reserve_number is None or data.reserve_number < 1:
        raise Refused(_("Say which place among the reserves: 1 is called in first."), field="reserve_number")
    if data.reserve_number in {one.reserve_number for one in others}:
        raise Refused(
            _(
                "Another application has place %(number)s among the reserves. Give that one another place first."
            )
            % {"number": data.reserve_number},
            field="reserve_number",
        )


def _check_amount(call: Call, application: Application, data: DecisionInput) -> None:
    if not takes_amount(call) or data.outcome == Outcome.REFUSED:
        if data.amount is not None and data.amount != call.stipend:
            raise Refused(_("No amount is said here."), field="amount")
        return
    asked = received.asked_in(submissions.sent_facts(application))
    if data.amount is None:
        raise Refused(_("Say how much is given."), field="amount")
    if not 0 < data.amount <= asked:
        raise Refused(
            _("Write more than 0, and at most what is asked for: %(asked)s.")
            % {"asked": money_text(asked, call.currency)},
            field="amount",
        )


def _amount(call: Call, data: DecisionInput) -> Decimal | None:
    """What is given, or would be given to a reserve; nothing to one that is refused."""
    if data.outcome == Outcome.REFUSED:
        return None
    return data.amount if takes_amount(call) else call.stipend


def _write(decision: Decision, action: str, before: dict[str, Any], by: User, now: datetime) -> None:
    decision.by, decision.at, decision.version = by, now, decision.version + 1
    decision.save()
    _note(decision.application, action, before, facts_of(decision), by, now)


def _note(
    application: Application,
    action: str,
    before: dict[str, Any],
    after: dict[str, Any],
    by: User,
    now: datetime,
) -> None:
    DecisionChange.objects.create(
        application=application, action=action, before=before, after=after, by=by, at=now
    )
