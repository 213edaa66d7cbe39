"""Plans side by side, and what is agreed among them: figures, days, and who would notice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.accounts import Account
from bookings.briefing import make_brief
from bookings.candidates import wish_of
from bookings.standing import Change, Course, changes, course_of
from tours.models import Proposal
from tours.models.tour import FINISHED
from turne.web import board_money
from turne.web.board_days import km_text, moment_short
from turne.web.board_steps import address, asked_text
from turne.web.board_totals import percent_text
from turne.web.desk import AGREED, Desk, read_desk
from turne.web.form_fields import number_in
from turne.web.planning import tour_or_404
from venues.dates import clock, duration_text, money_text, short_day_text, whole_text

Row = dict[str, Any]
#: So many columns are read with ease; more are left out. The planner finds at most five ways, and there is what is
#: agreed.
COLUMNS_MAX = 6
#: So many plans are offered to choose from, newest first.
CHOICES = 20


@dataclass(frozen=True)
class Column:
    """One course of the comparison; without a proposal it is what has been agreed."""

    label: str
    url: str
    how: str
    note: str
    course: Course
    money: Account
    proposal: Proposal | None = None

    @property
    def key(self) -> str:
        """What names it in the address."""
        return str(self.proposal.pk) if self.proposal else AGREED


@login_required
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """The plans that the address names; without any the newest ways or plans and what is agreed."""
    tour = tour_or_404(request, slug)
    desk = read_desk(tour, timezone.now(), asked=AGREED)
    asked = request.GET.getlist("plan") or _usual(desk)
    columns = _columns(desk, asked)
    context = {"tour": tour, "choices": _choices(desk, columns), "columns": columns}
    if len(columns) > 1:
        context |= {
            "figures": _figures(desk, columns),
            "days": _days(desk, columns),
            "told": _told(desk, columns),
        }
    return render(request, "planning/compare.html", context)


def _usual(desk: Desk) -> list[str]:
    """What is compared when nothing was chosen: the newest ways, or the newest plan beside the one it came from."""
    done = [p for p in desk.proposals if p.state in FINISHED]
    several = next((p for p in done if p.kind == Proposal.Kind.SEVERAL), None)
    newest = done[:1] + ([p for p in done[1:] if p.pk == done[0].parent_id] or done[1:2])
    if several:
        newest = [p for p in done if several.pk in {p.pk, p.parent_id if p.kind == "way" else None}]
    agreed = [AGREED] if desk.live else []
    return [*agreed, *(str(p.pk) for p in sorted(newest, key=lambda p: p.pk))]


def _columns(desk: Desk, asked: Sequence[str]) -> list[Column]:
    """The courses asked for, each once, in the order of the address; what nobody knows is left out."""
    plans = {str(p.pk): p for p in desk.proposals}
    wanted = [key for key in dict.fromkeys(asked) if key in plans or key == AGREED][:COLUMNS_MAX]
    whole = desk.tour.proposals.in_bulk([number_in(key) for key in wanted if key != AGREED])
    today = make_brief(desk.tour).fingerprint if whole else ""
    found = [_agreed(desk) if key == AGREED else _plan(desk, whole[number_in(key)], today) for key in wanted]
    return [column for column in found if column]


def _agreed(desk: Desk) -> Column | None:
    if desk.course is None or not desk.live or desk.shown:
        return None
    money = board_money.account(desk, desk.course)
    return Column(_("As agreed"), address(desk, visa=AGREED), _("today"), "", desk.course, money)


def _plan(desk: Desk, proposal: Proposal, today: str) -> Column:
    course = course_of(proposal)
    note = "" if proposal.fingerprint == today or proposal.adopted_at else _("made before something changed")
    return Column(
        label=_("Plan %(number)d") % {"number": desk.number_of(proposal)},
        url=address(desk, forslag=proposal.pk),
        how=asked_text(proposal) or moment_short(proposal.requested_at),
        note=note,
        course=course,
        money=board_money.account(desk, course),
        proposal=proposal,
    )


def _choices(desk: Desk, columns: Sequence[Column]) -> list[Row]:
    """What can be compared, with what is."""
    chosen = {column.key for column in columns}
    rows = [{"value": AGREED, "label": _("As agreed"), "chosen": AGREED in chosen}] if desk.live else []
    named = [p for i, p in enumerate(desk.proposals) if i < CHOICES or str(p.pk) in chosen]
    for proposal in named:
        told = asked_text(proposal) or str(proposal.get_kind_display())
        label = _("Plan %(number)d, %(how)s, %(when)s") % {
            "number": desk.number_of(proposal),
            "how": told,
            "when": moment_short(proposal.requested_at),
        }
        if proposal.state in FINISHED:
            rows.append({"value": str(proposal.pk), "label": label, "chosen": str(proposal.pk) in chosen})
    return rows


# -- Figures ---------------------------------------

#: How a figure is had of a course, how it is written, and which is best: max, min or None.
Figure = tuple[str, Callable[[Column], Any], Callable[[Any], str], Callable[..., Any] | None]


def _figures(desk: Desk, columns: Sequence[Column]) -> list[Row]:
    """A row for each figure; where the courses differ and one is better, the best are marked."""
    return [_figure(columns, *figure) for figure in _known(desk)]


def _figure(
    columns: Sequence[Column],
    label: str,
    value: Callable[[Column], Any],
    text: Callable[[Any], str],
    better: Callable[..., Any] | None,
) -> Row:
    values = [value(column) for column in columns]
    known = [one for one in values if one is not None]
    best = better(known) if better and len(set(known)) > 1 else None
    cells = [
        {"text": "–" if one is None else text(one), "is_best": one is not None and one == best}
        for one in values
    ]
    return {"label": label, "cells": cells}


def _known(desk: Desk) -> list[Figure]:
    money = partial(_money, desk)
    return [
        (_("Worth, changes not counted"), _worth, money, max),
        (_("From the best possible, at most"), _gap, percent_text, None),
        (_("Wishes played"), lambda c: len(c.course.plan.stops), str, max),
        (_("Municipalities reached"), lambda c: len(c.course.account.municipalities), str, max),
        (_("Nights away"), lambda c: c.course.account.nights_away, str, min),
        (_("Road"), lambda c: round(c.course.account.km), km_text, min),
        (_("Driving"), _driven, duration_text, min),
        (_("Longest day on the road"), _longest, duration_text, min),
        (_("CO2e"), lambda c: None if c.money.co2_kg is None else round(c.money.co2_kg), _kilos, min),
        (_("Prices in all"), lambda c: round((c.money.fees + c.money.repaid).amount), money, max),
        (_("Left, as far as costs are known"), lambda c: round(c.money.left.amount), money, max),
        (_("Changes of what is agreed"), lambda c: len(_changed(desk, c)), str, min),
        (_("Warnings by agreements"), lambda c: len(c.course.warnings), str, min),
        (_("Breaches"), lambda c: len(c.course.breaches), str, min),
    ]  # fmt: skip


def _worth(column: Column) -> int:
    account = column.course.account
    return round(account.objective + account.change_cost)


def _gap(column: Column) -> float | None:
    return column.course.plan.gap if column.proposal else None


def _driven(column: Column) -> int:
    return sum(day.drive_min for day in column.course.days)


def _longest(column: Column) -> int:
    return max((day.drive_min for day in column.course.days), default=0)


def _money(desk: Desk, value: int) -> str:
    return money_text(value, desk.tour.production.currency)


def _kilos(value: int) -> str:
    return whole_text(value, "kg")


# -- Days ---------------------------------------


def _days(desk: Desk, columns: Sequence[Column]) -> list[Row]:
    """The days on which any of them plays, with who is played and where the night is; like the first, or not."""
    by_day = [_by_day(desk, column) for column in columns]
    rows = []
    for on in sorted(set().union(*by_day)):
        cells = [found.get(on, {"stops": (), "night": ""}) for found in by_day]
        if any(cell["stops"] for cell in cells):
            told = [cell | {"differs": cell != cells[0]} for cell in cells]
            rows.append(
                {"day": short_day_text(on), "cells": told, "is_same": not any(c["differs"] for c in told)}
            )
    return rows


def _by_day(desk: Desk, column: Column) -> dict[date, Row]:
    course = column.course
    first, places = course.problem.days[0].date, {place.id: place.name for place in course.problem.places}
    starts = course.starts()
    found = {}
    for day in course.days:
        stops = tuple((clock(starts[s.candidate]), _name(desk, s.candidate)) for s in day.stops)
        night = "" if day.night == course.problem.home else places[day.night]
        found[first + timedelta(days=day.day)] = {"stops": stops, "night": night}
    return found


def _name(desk: Desk, candidate: str) -> str:
    booking = desk.live.get(candidate)
    return str(booking.presenter if booking else desk.wishes[wish_of(candidate) or 0].organisation)


# -- Who would notice ---------------------------------------


def _changed(desk: Desk, column: Column) -> list[Change]:
    agreed = {candidate: booking.starts_at for candidate, booking in desk.live.items()}
    return changes(agreed, column.course.starts()) if agreed else []


def _told(desk: Desk, columns: Sequence[Column]) -> list[Row]:
    """For each plan beside something agreed: whom it moves, leaves out or takes in."""
    if not desk.live:
        return []
    plans = [column for column in columns if column.proposal]
    return [
        {
            "label": column.label,
            "url": column.url,
            "rows": [_line(desk, one) for one in _changed(desk, column)],
        }
        for column in plans
    ]


def _line(desk: Desk, change: Change) -> Mapping[str, str]:
    booking = desk.live.get(change.candidate)
    return {
        "name": _name(desk, change.candidate),
        "state": booking.get_status_display() if booking else "",
        "what": _what(change),
    }


def _what(change: Change) -> str:
    if change.was is None:
        return _("new, %(becomes)s") % {"becomes": _when(change.becomes)}
    if change.becomes is None:
        return _("%(was)s goes away") % {"was": _when(change.was)}
    return _("from %(was)s to %(becomes)s") % {"was": _when(change.was), "becomes": _when(change.becomes)}


def _when(at: datetime | None) -> str:
    return moment_short(at) if at else ""
