"""The minutes of the meeting that decides: fixed as data with their digest, and opened again only with a reason."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bookings.kept_facts import Facts, digest_of
from programmes import meetings, received, scored
from programmes.decisions import facts_of
from programmes.meetings import check_assessed, leaving, lock_closed
from programmes.models import Assessor, Call, CallNotice, Decision, Meeting, Minutes, Reopening
from programmes.received import Received
from tours.errors import NotNow, Refused
from venues.models import User

#: Raised when the shape of the facts changes; older minutes stay readable.
SCHEMA = 1


@transaction.atomic
def fix(call: Call, *, version: int, by: User, now: datetime) -> Minutes:
    """Keep all that was decided, with who was there and who was not; from now on no decision is changed.

    Raises:
        NotNow: the assessment is open, no meeting was held, its minutes are fixed, or somebody has
            changed it since that version.
        Refused: an application is undecided, the reserves have a gap, or more are granted than the call chooses.
    """
    call = lock_closed(call, now)
    check_assessed(call)
    meeting = meetings.lock(call, version)
    if meeting.fixed_at:
        raise NotNow(_("The minutes are fixed already."), call=call.pk)
    if lacks := lacking(call, now):
        raise Refused(" ".join(lacks))
    facts = _facts(call, meeting, now)
    number = meeting.minutes.count() + 1
    kept = Minutes.objects.create(
        meeting=meeting, number=number, facts=facts, digest=digest_of(facts), at=now, by=by
    )
    meeting.fixed_at, meeting.fixed_by, meeting.version = now, by, meeting.version + 1
    meeting.save(update_fields=["fixed_at", "fixed_by", "version"])
    return kept


@transaction.atomic
def reopen(call: Call, *, why: str, version: int, by: User, now: datetime) -> Meeting:
    """Let decisions be changed again; what was fixed stays, and the next minutes bear the next number and the reason.

    Raises:
        NotNow: they are not fixed, answers are about to be sent or have been, or somebody has changed it since.
        Refused: no reason is given.
    """
    call = lock_closed(call, now)
    meeting = meetings.lock(call, version)
    if not meeting.fixed_at:
        raise NotNow(_("The minutes are not fixed."), call=call.pk)
    if meeting.is_answered(now):
        raise NotNow(_("The answers have been sent: what was decided stands."), call=call.pk)
    if meeting.answers_at or CallNotice.objects.filter(call=call).answers().exists():
        raise NotNow(_("Take the answers back first: they wait to be sent."), call=call.pk)
    if not why.strip():
        raise Refused(_("Say why: it stands in the next minutes."), field="why")
    Reopening.objects.create(meeting=meeting, number=meeting.minutes.count(), why=why.strip(), by=by, at=now)
    meeting.fixed_at, meeting.fixed_by, meeting.version = None, None, meeting.version + 1
    meeting.save(update_fields=["fixed_at", "fixed_by", "version"])
    return meeting


def lacking(call: Call, now: datetime) -> list[str]:
    """What stands against fixing the minutes, a sentence each; empty: nothing."""
    standing = received.of_call(call, None, now)
    undecided = [str(one.number) for one in standing if one.decision is None]
    lacks = []
    if undecided:
        lacks.append(_("Not decided: %(numbers)s.") % {"numbers": ", ".join(undecided)})
    found = [one.decision for one in standing if one.decision]
    granted = sum(one.outcome == Decision.Outcome.GRANTED for one in found)
    if granted > call.chosen_count:
        lacks.append(
            _("%(count)d are granted, and the call chooses %(most)d.")
            % {"count": granted, "most": call.chosen_count}
        )
    reserves = sorted(one.reserve_number for one in found if one.reserve_number)
    if reserves != list(range(1, len(reserves) + 1)):
        lacks.append(
            _("The reserves are numbered %(numbers)s; they must be 1, 2, 3 without a gap.")
            % {"numbers": ", ".join(map(str, reserves))}
        )
    if any(not one.motivation.strip() for one in found):
        lacks.append(_("A motivation is missing."))
    return lacks


def versions(meeting: Meeting) -> list[Minutes]:
    """All of them, the latest first."""
    return list(meeting.minutes.select_related("by").order_by("-number"))


def _facts(call: Call, meeting: Meeting, now: datetime) -> Facts:
    standing = received.of_call(call, None, now)
    opened = meeting.reopenings.last()
    return {
        "schema": SCHEMA,
        "call": {
            "title": call.title,
            "title_en": call.title_en,
            "owner": call.owner.name,
            "kind": call.kind,
            "closed_at": call.closes_at.isoformat(),
            "chosen_count": call.chosen_count,
            "currency": call.currency,
            "criteria": [{"title": one.title, "weight": one.weight} for one in call.criteria.all()],
        },
        "meeting": {
            "held_on": meeting.held_on.isoformat(),
            "chair": meeting.chair,
            "secretary": meeting.secretary,
            "present": [_seat(one) for one in meeting.present.select_related("user")],
            "notes": meeting.notes,
        },
        "why": opened.why if opened else "",
        "withdrawn": [one.number for one in received.withdrawn_from(call, now)],
        "cases": _cases(call, meeting, standing),
    }


def _seat(assessor: Assessor) -> dict[str, str]:
    return {"name": str(assessor.user), "kind": assessor.kind}


def _cases(call: Call, meeting: Meeting, standing: list[Received]) -> list[Facts]:
    ranking = {row.key: row for row in scored.ranked(call)}
    cases = []
    for one in standing:
        row = ranking.get(one.application.pk)
        cases.append(
            {
                "application": one.application.pk,
                "number": one.number,
                "title": one.title,
                "who": one.who,
                "art_form": one.art_form,
                "home": one.home.name if one.home else "",
                "conflicts": [str(seat) for seat in leaving(meeting, one.application)],
                "mean": _text(row.mean if row else None),
                "spread": _text(row.spread if row else None),
                "deviation": _text(row.deviation if row else None),
                "readers": row.readers if row else 0,
                **facts_of(one.decision),
            }
        )
    return cases


def _text(value: Any) -> str | None:
    shown = scored.rounded(value)
    return None if shown is None else str(shown)
