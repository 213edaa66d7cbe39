"""A lost day as a template's context: its visits with their other days, and who could have it instead."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import make_up
from bookings.candidates import candidate_id
from bookings.make_up import Hit, LostDay, MakeUpDay
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.on_the_way import Suggestion
from tours import planner, reasons
from tours.reasons import Glossary, clock_of
from turne.web.board_days import km_text
from turne.web.cancelling_forms import CancelDayForm, field_of
from turne.web.on_the_way import night_text, nights_text, order_text, rank_text
from turne.web.planning_forms import key_of
from venues.dates import duration_text, moment_text, money_text, signed_text, span_text, week_text

Row = dict[str, Any]
#: So many are named who could have the day; all of them are on the day's own page afterwards.
INSTEAD_TOLD = 8


def whose(visits: Sequence[Booking], only: int | None) -> list[Row]:
    """Who cannot: the ensemble, or one of the day's presenters."""
    ours = {"label": _("We cannot play"), "value": "vi", "current": only is None}
    return [
        ours,
        *(
            {
                "label": _("%(presenter)s cannot receive us") % {"presenter": booking.presenter},
                "value": booking.pk,
                "current": booking.pk == only,
            }
            for booking in visits
        ),
    ]


def after(visits: Sequence[Booking], *, ours: bool) -> str:
    """What cannot be undone, and what can."""
    told = any(booking.status != Status.HELD for booking in visits)
    sentences = [
        _("The mails go out at once, and what is cancelled stays cancelled.")
        if told
        else _("No mail goes out: nobody has been asked yet."),
        _("No plan plays on the day from then on; on the board you can let it be played again.")
        if ours
        else "",
    ]
    return " ".join(filter(None, sentences))


def hits(lost: LostDay, chosen: Iterable[planner.Stop], form: CancelDayForm, *, ours: bool) -> list[Row]:
    """Each visit that is hit, what becomes of it, and its other days with what they cost."""
    return [
        {
            **_visit(hit.booking, form, ours=ours),
            **_days(lost, hit),
            "nothing": "" if hit.days else _nothing(lost, hit),
            "is_chosen": hit.chosen is not None,
        }
        for hit in make_up.outlook(lost, chosen, told=None)
    ]


def without_days(form: CancelDayForm, *, ours: bool) -> list[Row]:
    """The same where no other day can be reckoned."""
    return [{**_visit(booking, form, ours=ours), "days": [], "nothing": ""} for booking in form.hits]


def instead(lost: LostDay, chosen: Iterable[planner.Stop]) -> list[Row]:
    """Who could be played on the day, open wishes first, each kind by the shortest detour."""
    found = make_up.instead(lost, chosen)[:INSTEAD_TOLD]
    asked = {one.found.candidate: str(one.match.organisation) for one in found}
    return [_suggestion(lost, one, lost.glossary.beside(asked)) for one in found]


def _visit(booking: Booking, form: CancelDayForm, *, ours: bool) -> Row:
    becomes, without = _becomes(booking, ours=ours)
    return {
        "booking": booking,
        "key": key_of(booking),
        "field": form[field_of(booking)],
        "when": moment_text(booking.starts_at),
        "becomes": becomes,
        "without": without,
    }


def _becomes(booking: Booking, *, ours: bool) -> tuple[str, str]:
    """What happens to the visit now, and what to its wish where no other day is chosen."""
    later = _("New plans leave the wish out until you lock it to a time.")
    if booking.status == Status.CONFIRMED:
        return _(
            "It is cancelled, and both sides are told at once. Another day is offered, to be confirmed anew."
        ), later
    open_again = _("The wish is open again, and a new plan may play it.")
    if booking.status == Status.OFFERED and ours:
        return _(
            "The offer is taken back, and the presenter is told. Another day is offered in its place."
        ), open_again
    if booking.status == Status.OFFERED:
        return _("The offer is noted as declined. Another day is offered in its place."), later
    held = _("Nobody has been asked yet, and nobody is told. With another day it moves there and stays held.")
    return held, open_again if ours else _("New plans leave the wish out until you free it.")


def _days(lost: LostDay, hit: Hit) -> Row:
    """The cheapest days and the chosen one; the dearer ones, which are folded, under their number in words."""
    rows = [_day(lost, hit, other) for other in hit.days]
    cheapest, others = rows[: make_up.DAYS_TOLD], rows[make_up.DAYS_TOLD :]
    dearer = [row for row in others if not row["is_chosen"]]
    more = len(dearer)
    text = ngettext("%(count)d more day would be legal", "%(count)d more days would be legal", more)
    return {
        "days": [*cheapest, *(row for row in others if row["is_chosen"])],
        "dearer": dearer,
        "more": text % {"count": more} if more else "",
    }


def _day(lost: LostDay, hit: Hit, other: MakeUpDay) -> Row:
    detour, agreed = other.detour, hit.agreed
    name = candidate_id(booking=hit.booking)
    starts_at = lost.starts_at(planner.Stop(other.day, other.start_min, name))
    local = timezone.localtime(starts_at)
    roads = [
        order_text(detour.plan, other.day, name, lost.glossary),
        night_text(detour.plan, other.day, lost.problem),
        _road(detour.minutes - agreed.minutes, float(detour.km - agreed.km))
        if agreed
        else _road(detour.minutes, float(detour.km)),
        nights_text(detour.nights - (agreed.nights if agreed else 0)),
    ]
    return {
        "value": f"{local:%Y-%m-%dT%H:%M}",
        "is_chosen": hit.chosen is not None and hit.chosen.day == other.day,
        "when": moment_text(starts_at),
        "week": week_text(starts_at),
        "costs": _costs(hit, float(detour.costs), lost.glossary),
        "how": " · ".join(filter(None, roads)),
        "warns": [_warning(lost, caution) for caution in other.cautions],
    }


def _warning(lost: LostDay, caution: planner.Caution) -> str:
    """What goes beyond an agreement that only warns, and on which day."""
    on = lost.glossary.day(caution.day)
    return f"{reasons.caution_title(caution.rule)} {on[:1].upper()}{on[1:]}: {reasons.caution_text(caution)}"


def _road(minutes: int, km: float) -> str:
    """What more is driven: "+2 h 40 min, +206 km"."""
    if not minutes and not round(km):
        return _("no more road")
    return _("road %(minutes)s, %(km)s") % {
        "minutes": signed_text(minutes, duration_text),
        "km": signed_text(km, km_text),
    }


def _costs(hit: Hit, amount: float, glossary: Glossary) -> str:
    """The difference from the agreed day; where that cannot be reckoned, from the tour without the visit."""
    if hit.agreed is None:
        less = _("%(amount)s less than the tour without the visit")
        more = _("%(amount)s more than the tour without the visit")
        same = _("costs as much as the tour without the visit")
    else:
        amount -= float(hit.agreed.costs)
        less = _("%(amount)s less than the agreed day")
        more = _("%(amount)s more than the agreed day")
        same = _("costs as much as the agreed day")
    if not round(amount):
        return same
    return (less if amount < 0 else more) % {"amount": glossary.money(abs(amount))}


def _nothing(lost: LostDay, hit: Hit) -> str:
    """Why there is no other day, with the rule that bars the nearest one."""
    if hit.booking.wish is None or hit.booking.wish.withdrawn_at:
        return _("Nobody has wished for this visit, so no other days are known. Agree on one by telephone.")
    window = span_text(lost.tour.starts_on, lost.tour.ends_on)
    if hit.hindered is None:
        return _(
            "No legal day is left in the tour, %(days)s: none of the days that were wished for is free. They are"
            " closed, school breaks, taken by another visit or without work."
        ) % {"days": window}
    breach = hit.hindered.breach
    why = (
        f"{reasons.breach_title(breach.rule)} {reasons.breach_text(breach, lost.glossary)}"
        if breach
        else _("No way was found to fit it in beside the visits of the day.")
    )
    return _("No legal day is left in the tour, %(days)s. What stops the nearest one, %(day)s: %(why)s") % {
        "days": window,
        "day": lost.glossary.day(hit.hindered.day),
        "why": why,
    }


def _suggestion(lost: LostDay, one: Suggestion, glossary: Glossary) -> Row:
    detour, place = one.found.detour, one.match.venue.place
    assert detour is not None
    roads = [
        order_text(detour.plan, lost.day, one.found.candidate, glossary),
        _road(detour.minutes, float(detour.km)),
        nights_text(detour.nights),
    ]
    return {
        "name": str(one.match.organisation),
        "place": f"{place.name}, {place.municipality}",
        "rank": rank_text(one.match.wish),
        "is_asking": one.match.wish is not None and not one.is_given,
        "time": clock_of(detour.start_min),
        "how": " · ".join(filter(None, roads)),
        "gain": money_text(round(detour.gain), glossary.currency),
    }
