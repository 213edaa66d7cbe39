"""What a residency lacks, and what comes next: read by its page and by people's weeks."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import Residency
from bookings.residencies import contracts, money, reserving
from venues.dates import moment_text, span_text

Status, Side = Residency.Status, Residency.Side


@dataclass(frozen=True)
class Step:
    """Something to do. `key` says what, for links."""

    key: str
    text: str


def steps(residency: Residency, now: datetime) -> list[Step]:
    """What is missing or waits, the most urgent first; none where all is agreed and whole, or it is over."""
    return [] if _is_over(residency, now) else [*_agreeing(residency), *_lacking(residency, now)]


def until_agreed(residency: Residency, now: datetime) -> list[Step]:
    """The same of the contract alone: fewer questions, for lists of many."""
    return [] if _is_over(residency, now) else _agreeing(residency)


def before_sending(residency: Residency, now: datetime) -> list[Step]:
    """What a contract that is sent now would not say: rooms, dwellings, money, amounts. Nothing of it is refused."""
    unsaid = [
        Step("costs", _("“%(line)s” is planned to cost nothing.") % {"line": line.label})
        for line in money.standing(residency)
        if not line.planned
    ]
    return [*_lacking(residency, now), *unsaid]


def waits_on(residency: Residency, side: str) -> bool:
    """Whether the contract waits for an answer of that side."""
    return residency.status == Status.OFFERED and getattr(residency, f"{side}_agreed_at") is None


def _is_over(residency: Residency, now: datetime) -> bool:
    last = residency.last_day
    has_ended = last is not None and last < timezone.localdate(now)
    return has_ended or residency.status == Status.CANCELLED


def _agreeing(residency: Residency) -> list[Step]:
    if residency.artist_id is None and residency.ensemble_id is None:
        return [Step("artist", _("Write the artist's e-mail address, so that the artist can answer."))]
    if residency.status == Status.PLANNED:
        return [Step("send", _("Send the contract when days, rooms and money are right."))]
    if contracts.is_changed_since(residency):
        return [Step("send", _("It was changed after the contract was sent: send it anew."))]
    if side := contracts.declined_by(residency):
        return [Step("send", _("%(who)s has said no to the contract.") % {"who": _name(residency, side)})]
    when = moment_text(residency.answer_by) if residency.answer_by else ""
    return [
        Step(
            "answer",
            _("%(who)s is asked to answer to the contract by %(when)s.")
            % {"who": _name(residency, side), "when": when},
        )
        for side in (Side.HOST, Side.ARTIST)
        if waits_on(residency, side)
    ]


def _lacking(residency: Residency, now: datetime) -> list[Step]:
    things, found = reserving.standing(residency), []
    for period in residency.periods.all():
        if period.ends_on < timezone.localdate(now):
            continue
        theirs = [thing for thing in things if thing.period == period.pk]
        told = {"days": span_text(period.starts_on, period.ends_on)}
        if not any(thing.venue for thing in theirs):
            found.append(Step("rooms", _("No room is reserved for %(days)s.") % told))
        beds = reserving.beds_of(residency, period.pk)
        if not any(thing.dwelling for thing in theirs):
            found.append(Step("rooms", _("No dwelling is reserved for %(days)s.") % told))
        elif beds < residency.people_count:
            found.append(
                Step(
                    "rooms",
                    _("%(people)d come %(days)s, and there are beds for %(beds)d.")
                    % {**told, "people": residency.people_count, "beds": beds},
                )
            )
    if not residency.costs.exists():
        found.append(Step("costs", _("Nothing is said about money yet.")))
    return found


def _name(residency: Residency, side: str) -> str:
    return residency.host.name if side == Side.HOST else residency.artist_name
