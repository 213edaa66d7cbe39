"""What the mails about claims say, in the active language: a title, which is also the subject, a lead, and lines.

They name the visit, the scheme and amounts; nobody's name, and nothing of what the claimant has written.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import ClaimSubmission, SubsidyClaim
from venues.dates import day_text, money_text, short_day_text

Lines = Callable[[], Sequence[str]]
#: Kind of the notice and to whom -> title and lead. `%(visit)s` is the visit, `%(scheme)s` its scheme, `%(who)s` who
#: claims.
WORDS: dict[str, tuple[Promise, Promise]] = {
    "claim_sent": (
        gettext_lazy("Receipt: %(scheme)s for %(visit)s"),
        gettext_lazy(
            "The claim is sent in. The fingerprint shows what it said, whatever is changed afterwards."
        ),
    ),
    "claim_received": (
        gettext_lazy("A claim to handle: %(scheme)s, %(who)s"),
        gettext_lazy("%(who)s claims for %(visit)s."),
    ),
    "claim_returned": (
        gettext_lazy("To be completed: %(scheme)s for %(visit)s"),
        gettext_lazy("Something is missing in the claim. Complete it, and send it in anew."),
    ),
    "claim_decided": (
        gettext_lazy("Decided: %(scheme)s for %(visit)s"),
        gettext_lazy("Whoever receives the claims of the scheme has decided on yours."),
    ),
    "claim_paid": (
        gettext_lazy("Paid out: %(scheme)s for %(visit)s"),
        gettext_lazy("The subsidy is paid out."),
    ),
    "claim_withdrawn": (
        gettext_lazy("Withdrawn: %(scheme)s, %(who)s"),
        gettext_lazy("The claim for %(visit)s is withdrawn: nothing is to be decided."),
    ),
    "claim_late": (
        gettext_lazy("Too late, and asked for: %(scheme)s, %(who)s"),
        gettext_lazy("%(who)s asks to send in the claim for %(visit)s after its last day."),
    ),
    "claim_opened": (
        gettext_lazy("Open again: %(scheme)s for %(visit)s"),
        gettext_lazy("The claim may be sent in although its last day has passed."),
    ),
}
#: The reminder is of no single claim.
DUE_SOON = "claim_due_soon"


def facts(kind: str, claim: SubsidyClaim, lines: Lines) -> dict[str, Any]:
    """Title, lead and lines as the templates call them."""
    title, lead = WORDS[kind]
    return {
        "title": lambda: str(title) % _told(claim),
        "lead": lambda: str(lead) % _told(claim),
        "lines": lines,
    }


def due_facts(scheme: str, day: Any, visits: Sequence[str]) -> dict[str, Any]:
    """The same of the reminder.

    Args:
        visits: those that may be claimed until the day, each in a line.
    """
    told = {"scheme": scheme}
    return {
        "title": lambda: _("Claim by %(day)s: %(scheme)s") % {**told, "day": day_text(day)},
        "lead": lambda: _("These visits may be claimed, and nothing is sent in yet:"),
        "lines": lambda: visits,
    }


def sent_lines(claim: SubsidyClaim, submission: ClaimSubmission) -> list[str]:
    """How much, as which time it is sent in, and the digest by which both sides can show what it said."""
    return [
        _amount(claim),
        _("Sent in: time %(number)d") % {"number": submission.number},
        _("Fingerprint (SHA-256): %(digest)s") % {"digest": submission.digest},
    ]


def returned_lines(claim: SubsidyClaim, why: str) -> list[str]:
    """What is missing, and until when it may be sent in."""
    return [why, *_until(claim)]


def decided_lines(claim: SubsidyClaim) -> list[str]:
    """What was decided, how much of how much, why, and the receiver's reference."""
    granted = money_text(claim.granted_amount or 0, claim.currency)
    return [
        claim.get_state_display().capitalize(),
        _("Granted: %(amount)s") % {"amount": granted},
        _amount(claim),
        *([claim.decided_why] if claim.decided_why else []),
        *_reference(claim),
    ]


def paid_lines(claim: SubsidyClaim) -> list[str]:
    """How much, and when."""
    granted = money_text(claim.granted_amount or 0, claim.currency)
    day = day_text(claim.paid_on) if claim.paid_on else ""
    return [_("%(amount)s, paid out %(day)s") % {"amount": granted, "day": day}, *_reference(claim)]


def late_lines(claim: SubsidyClaim) -> list[str]:
    """Why it is late."""
    return [claim.late_why]


def opened_lines(claim: SubsidyClaim) -> list[str]:
    """Until when."""
    return _until(claim)


def _amount(claim: SubsidyClaim) -> str:
    return _("Claimed: %(amount)s") % {"amount": money_text(claim.amount or 0, claim.currency)}


def _until(claim: SubsidyClaim) -> list[str]:
    return [_("May be sent in until %(day)s") % {"day": day_text(claim.send_by)}] if claim.send_by else []


def _reference(claim: SubsidyClaim) -> list[str]:
    return [_("Reference: %(reference)s") % {"reference": claim.reference}] if claim.reference else []


def _told(claim: SubsidyClaim) -> dict[str, str]:
    booking = claim.booking
    return {
        "visit": _("%(production)s on %(day)s")
        % {"production": booking.tour.production.title, "day": short_day_text(booking.occupied_from)},
        "scheme": claim.scheme.label,
        "who": str(claim.claimant),
    }
