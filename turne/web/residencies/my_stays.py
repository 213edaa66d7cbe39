"""What of residencies waits in somebody's week: contracts to answer, and what lacks in those that one runs."""

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.models import Residency
from bookings.residencies import contracts, next_steps, permissions
from turne.web.my_week_sections import SHOWN, Row, Section
from venues.dates import moment_text
from venues.models import User

Side = Residency.Side


def stay_sections(user: User, now: datetime) -> list[Section]:
    """Contracts that wait for the user's yes, and contracts to send; no section where none waits.

    Residencies to come have a section of their own.
    """
    visible = permissions.visible_residencies(user)
    if not visible.exists():
        return []
    offered = visible.filter(status=Residency.Status.OFFERED).with_ground()
    asked = [_row(one, _answer_text(one)) for one in offered if _waits_for(user, one)]
    run = (
        permissions.run_residencies(user).standing().between(timezone.localdate(now), date.max).with_ground()
    )
    sent = [_row(one, text) for one in run if (text := _send_text(one, now))]
    rows, more = [*asked, *sent], (reverse("residencies"), _("All residencies"))
    title = _("Residencies: contracts")
    return [Section(title, rows[:SHOWN], "", more, total=len(rows))] if rows else []


def _waits_for(user: User, residency: Residency) -> bool:
    may = {Side.HOST: permissions.can_answer_as_host, Side.ARTIST: permissions.can_answer_as_artist}
    is_asked = any(
        next_steps.waits_on(residency, side) and answers(user, residency) for side, answers in may.items()
    )
    return is_asked and not contracts.is_changed_since(residency)


def _answer_text(residency: Residency) -> str:
    when = moment_text(residency.answer_by) if residency.answer_by else ""
    return _("Read the contract and answer by %(when)s.") % {"when": when}


def _send_text(residency: Residency, now: datetime) -> str:
    """What whoever runs it has to do about its contract; empty where that is nothing."""
    steps = next_steps.until_agreed(residency, now)
    return next((step.text for step in steps if step.key in ("send", "artist")), "")


def _row(residency: Residency, text: str) -> Row:
    name = "residency-contract" if residency.status == Residency.Status.OFFERED else "residency"
    return {"title": residency.title, "url": reverse(name, args=[residency.pk]), "text": text, "waits": True}
