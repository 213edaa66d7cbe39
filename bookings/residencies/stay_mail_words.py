"""What the mails about a residency's contract and end say, in the active language."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from bookings.models import Residency

#: Kind of the notice -> title and lead. `%(title)s`, `%(artist)s`, `%(host)s`, `%(when)s`, `%(who)s`, `%(why)s`.
WORDS: dict[str, tuple[Promise, Promise]] = {
    "residency_offered": (
        gettext_lazy("Contract of the residency %(title)s"),
        gettext_lazy("Read it, and say yes or no by %(when)s."),
    ),
    "residency_changed": (
        gettext_lazy("The contract of %(title)s is changed"),
        gettext_lazy("What was agreed does not hold any more. Say yes or no anew by %(when)s."),
    ),
    "residency_reminded": (
        gettext_lazy("The contract of %(title)s waits for you"),
        gettext_lazy("Say yes or no by %(when)s."),
    ),
    "residency_confirmed": (
        gettext_lazy("The residency %(title)s is agreed"),
        gettext_lazy("%(artist)s comes to %(host)s."),
    ),
    "residency_declined": (
        gettext_lazy("%(who)s says no to the contract of %(title)s"),
        gettext_lazy("Talk to each other: the contract can be changed and sent anew."),
    ),
    "residency_cancelled": (
        gettext_lazy("The residency %(title)s is cancelled"),
        gettext_lazy("By %(who)s: %(why)s"),
    ),
}


def heading(kind: str, residency: Residency, **more: Any) -> dict[str, str]:
    """Title and lead of the mail; `more` has `when`, `who` and `why` where the kind says them."""
    about = {"title": residency.title, "artist": residency.artist_name, "host": residency.host, **more}
    title, lead = WORDS[kind]
    return {"title": str(title) % about, "lead": str(lead) % about}
