"""A course in numbers: the strip above the board, and how the planner reckons."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bookings.accounts import Account
from bookings.candidates import wish_of
from bookings.models.booking import Status
from bookings.standing import Course
from turne.web import board_money
from turne.web.board_days import Stop, km_text
from turne.web.desk import Desk
from venues.dates import duration_text, money_text

Row = dict[str, Any]


def totals(desk: Desk, course: Course, stops: Mapping[str, Stop]) -> list[Row]:
    """The strip above the board."""
    account = course.account
    nights, people = account.nights_away, desk.tour.production.ensemble.people_count
    driven = sum(day.drive_min for day in course.days)
    found = board_money.account(desk, course)
    strip = [
        {
            "value": _("%(count)d of %(all)d") % {"count": len(stops), "all": _wished(desk, stops)},
            "label": _("wishes played"),
        },
        _reach(desk, course),
        {
            "value": km_text(account.km),
            "label": _("%(time)s of driving") % {"time": duration_text(round(driven / 60) * 60)},
        },
        {
            "value": ngettext("%(count)d night", "%(count)d nights", nights) % {"count": nights},
            "label": ngettext("away for %(count)d person", "away for %(count)d people", people)
            % {"count": people},
        },
        _left(found),
        _quality(desk, course, stops),
        {"value": board_money.co2_text(found), "label": board_money.co2_label(desk.tour, found)},
    ]
    if course.breaches:
        count = len(course.breaches)
        word = ngettext("%(count)d breach", "%(count)d breaches", count) % {"count": count}
        strip.append({"value": word, "label": _("of the tour's rules"), "tone": "breach"})
    return strip


def _wished(desk: Desk, stops: Mapping[str, Stop]) -> int:
    """Standing wishes, and the visits that are played without one."""
    return len(desk.standing.keys() | {wish_of(candidate) or candidate for candidate in stops})


def _reach(desk: Desk, course: Course) -> Row:
    codes = set(desk.tour.season.region.municipalities.values_list("code", flat=True))
    reached = set(course.account.municipalities)
    beyond = len(reached - codes)
    row = {
        "value": _("%(count)d of %(all)d") % {"count": len(reached & codes), "all": len(codes)},
        "label": _("municipalities reached"),
    }
    if beyond:
        row["note"] = _("and %(count)d beyond the region") % {"count": beyond}
    return row


def _quality(desk: Desk, course: Course, stops: Mapping[str, Stop]) -> Row:
    """Of a plan how near the best possible it is, of what is agreed how much has been answered."""
    if not desk.shown:
        agreed = sum(stop.state == Status.CONFIRMED for stop in stops.values())
        return {
            "value": _("%(count)d of %(all)d") % {"count": agreed, "all": len(stops)},
            "label": pgettext("visits", "confirmed"),
        }
    plan = course.plan
    if plan.proven and course.problem.baseline:
        return {"value": _("Best"), "label": _("possible with few changes, and that is proven")}
    if plan.proven:
        return {"value": _("Best"), "label": _("possible, and that is proven")}
    if plan.gap is None:
        return {"value": "–", "label": _("from the best possible: not known yet")}
    return {"value": percent_text(plan.gap), "label": _("from the best possible, at most")}


def percent_text(share: float) -> str:
    """ "0,4 %"."""
    return _("%(number)s %%") % {"number": number_format(share * 100, 1)}


def _left(found: Account) -> Row:
    """What remains of the prices, and what is not known of the costs."""
    unknown = [name for name, cost in found.costs.items() if cost is None]
    text = _("left of %(fees)s in fees")
    if unknown:
        text = (
            _("left of %(fees)s in fees, before per diem")
            if unknown == ["per_diem"]
            else _("left of %(fees)s in fees, some costs not known")
        )
    return {
        "value": board_money.amount(found.left),
        "label": text % {"fees": board_money.amount(found.fees + found.repaid)},
    }


def weighing(desk: Desk, course: Course) -> list[Row]:
    """The planner's own sum, in which a wish and a municipality count beyond the fee; of a plan only."""
    if not desk.shown:
        return []
    account, plan = course.account, course.plan
    amounts = [
        (_("The wishes that are played, fees included"), account.value),
        (
            ngettext("%(count)d municipality", "%(count)d municipalities", len(account.municipalities))
            % {"count": len(account.municipalities)},
            account.bonus,
        ),
        (_("Driving"), -account.km_cost),
        (_("Nights away"), -account.night_cost),
        (
            ngettext("%(count)d change", "%(count)d changes", account.changes) % {"count": account.changes},
            -account.change_cost,
        ),
        (_("What the plan is worth"), account.objective),
        (_("No plan is worth more than"), plan.bound),
    ]
    currency = desk.tour.production.currency
    return [
        {"label": label, "value": money_text(round(amount), currency)}
        for label, amount in amounts
        if amount is not None
    ]
