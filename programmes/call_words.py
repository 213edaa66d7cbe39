"""A call in words: in the reader's language where it is written in that, its state, and what is given."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.models import Call
from tours.models import Production
from venues.dates import moment_text, money_text


def state(call: Call, now: datetime) -> str:
    """Where it stands: draft, withdrawn, coming, open or closed; a code for the page's badge."""
    if not call.is_public:
        return "draft"
    if call.withdrawn_at:
        return "withdrawn"
    if now < call.opens_at:
        return "coming"
    return "open" if now < call.closes_at else "closed"


def state_text(call: Call, now: datetime) -> str:
    """The same as a sentence with its moment."""
    opens, closes = from_until(call)
    return {
        "draft": _("Draft: nobody else sees it."),
        "withdrawn": _("Withdrawn: no applications are taken."),
        "coming": _("Opens %(when)s.") % {"when": opens},
        "open": _("Open until %(when)s.") % {"when": closes},
        "closed": _("Closed %(when)s.") % {"when": closes},
    }[state(call, now)]


def from_until(call: Call) -> tuple[str, str]:
    """When it opens and closes, to the minute."""
    return moment_text(call.opens_at), moment_text(call.closes_at)


def art_forms(call: Call) -> list[str]:
    """The art forms in words; none: all of them."""
    return [str(Production.ArtForm(name).label) for name in call.art_forms]


def given(call: Call) -> list[str]:
    """What whoever is chosen gets, line by line."""
    lines = []
    if call.stipend:
        lines.append(_("A stipend of %(amount)s") % {"amount": money_text(call.stipend, call.currency)})
    if call.paid_weeks:
        lines.append(
            ngettext("%(n)d paid week", "%(n)d paid weeks", call.paid_weeks) % {"n": call.paid_weeks}
        )
    if call.gives_housing:
        lines.append(_("Housing"))
    if call.gives_room:
        lines.append(_("A room to work in"))
    if call.gives_travel:
        lines.append(_("Travel"))
    return lines
