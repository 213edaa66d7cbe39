"""Why a wish was not given to the planner at all: the brief's codes -> sentences, in the active language."""

from datetime import date

from django.utils.translation import gettext as _

from tours import own_calendars
from tours.layer_words import No
from tours.models import Wish
from tours.reasons import Detail, Reason
from tours.rooms import room_check
from venues.dates import span_text
from venues.school_calendars import Off


def excluded_reason(code: str, detail: Detail, wish: Wish) -> Reason:
    """Why a wish was not given to the planner at all.

    Args:
        wish: with its venue, production and rider, for the room's lines.
    """
    if code == "room":
        return Reason(
            _("The room does not fit. %(lines)s.") % {"lines": _misfits(detail, wish)},
            _("Agree with the presenter on another room or on what can be brought, then lock it to a time."),
        )
    if code == "no_road":
        return Reason(str(detail.get("text", "")))
    if detail.get("own_calendar"):
        return Reason(*own_calendars.no_day_texts())
    if {"beyond", "no_school", "says_no"} & detail.keys():
        return (_beyond if "beyond" in detail else _no_time)(detail)
    sentences = {
        "declined": (_("The presenter has declined."), _("Lock it to a new time to offer it once more.")),
        "not_answered": (
            _("The offer lapsed without an answer."),
            _("Call the presenter. Lock it to a time to offer it once more."),
        ),
        "cancelled": (_("The visit was cancelled."), _("Lock it to a new time to offer it once more.")),
        "postponed": (
            _("The visit is postponed: it is to be played later."),
            _("Give it a new date on its own page."),
        ),
        "offered_further": (
            _("It is offered as a further option, which waits for its answer and for the time to be free."),
            _("Withdraw the offer to plan it on another day."),
        ),
        "dropped": (_("You have left it out."), _("Free it, and it is planned again.")),
        "on_another_tour": (
            _("It is booked on another tour of the same production."),
            _("Release or withdraw the visit there to plan it here."),
        ),
        "no_day": (
            _("None of its days is free: closed, school break or taken by another visit."),
            _("Ask for other days."),
        ),
    }
    return Reason(*sentences.get(code, (_("It was left out: %s.") % code, "")))


def _beyond(detail: Detail) -> Reason:
    spans = [span_text(*map(date.fromisoformat, days)) for days in detail["beyond"]]
    return Reason(
        _("It was wished for on days outside the tour: %(days)s.") % {"days": ", ".join(spans)},
        _("Give the tour other days, or ask for others."),
    )


def _no_time(detail: Detail) -> Reason:
    """Whose days off no visit can lie on, and what else leaves no time."""
    off = ", ".join(Off(*pair).text for pair in detail.get("no_school", ()))
    layers = [No(*row).text for row in detail.get("says_no", ())]
    alone = _("None of its days is free. There is no school then: %(days)s.") % {"days": off}
    told = _("None of its days is free: %(why)s.") % {"why": "; ".join(filter(None, [off, *layers]))}
    return Reason(told if layers else alone, _("Ask for other days."))


def _misfits(detail: Detail, wish: Wish) -> str:
    lines = room_check(wish.production.rider, wish.production, wish.venue)
    return "; ".join(line.text for line in lines if line.key in detail.get("lines", ()))
