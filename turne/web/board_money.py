"""The account of a course on the board: what comes in, what the road costs, subsidies and emissions."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.accounts import Account, Ground, account_of
from bookings.candidates import wish_of
from bookings.standing import Course
from tours.models import Tour
from tours.money import Money, per_mil
from tours.subsidies import Answer, Funding
from tours.subsidy_words import open_texts
from turne.web.board_days import km_text
from turne.web.desk import Desk
from venues.dates import day_text, money_text, whole_text

Row = dict[str, Any]
#: The signs of the room check, which people know already.
FITS = {Answer.MET: "fits", Answer.NOT_MET: "does_not_fit", Answer.UNKNOWN: "unknown"}


def account(desk: Desk, course: Course) -> Account:
    """The course's account by the terms of the tour's region."""
    grounds: dict[str, Ground] = {}
    for day in course.days:
        for stop in day.stops:
            booking = desk.live.get(stop.candidate)
            grounds[stop.candidate] = booking or desk.wishes[wish_of(stop.candidate) or 0]
    return account_of(desk.terms, course, grounds)


def money(desk: Desk, found: Account) -> Row:
    """What `components/board_money.html` shows."""
    return {
        "missing": found.missing,
        "outdated": _outdated(found),
        "lines": lines(desk.tour, found),
        "left": amount(found.left),
        "left_label": left_label(found),
        "co2": _co2_line(desk.tour, found),
        "subsidies": _loops(found),
        "subsidy_note": _subsidy_note(found),
        "prices_url": prices_url(desk),
        "settlement_url": reverse("tour-settlement", args=[desk.tour.slug]),
    }


def prices_url(desk: Desk, name: str = "tour-prices") -> str:
    """The price list of the same course, or its table for a spreadsheet."""
    address = reverse(name, args=[desk.tour.slug])
    return f"{address}?{desk.query}"


def amount(value: Money | None) -> str:
    """Whole crowns: what is planned needs no öre. A dash where it is not known."""
    return "–" if value is None else money_text(round(value.amount), value.currency)


def _cost(value: Money | None) -> str:
    return amount(value) if value is None else amount(Money(-value.amount, value.currency))


def left_label(found: Account) -> str:
    """What the remainder is for, and what is not in it because nobody knows it."""
    unknown = [name for name, cost in found.costs.items() if cost is None]
    if unknown == ["per_diem"]:
        return _("Left before per diem")
    return _("Left before what is not known") if unknown else _("Left for wages and the rest")


# -- Lines ---------------------------------------


def lines(tour: Tour, found: Account) -> list[Row]:
    """What comes in and what the road costs, line by line."""
    count = len(found.visits)
    fees = ngettext("Prices, %(count)d visit", "Prices, %(count)d visits", count) % {"count": count}
    rows = [{"label": fees, "value": amount(found.fees)}]
    if found.repaid.amount:
        rows.append(
            {"label": _("Travel, lodging and per diem, paid by presenters"), "value": amount(found.repaid)}
        )
    return rows + [
        {"label": _mileage_label(tour, found), "value": _cost(found.costs["mileage"])},
        {"label": _lodging_label(tour, found), "value": _cost(found.costs["lodging"])},
        {
            "label": ngettext("Per diem, %(count)d person", "Per diem, %(count)d people", found.people)
            % {"count": found.people},
            "value": _cost(found.costs["per_diem"]),
        },
    ]


def _mileage_label(tour: Tour, found: Account) -> str:
    if tour.mileage == Tour.Mileage.OWN_COST:
        rate = money_text(per_mil(Decimal(tour.cost_per_km)), found.currency)
        return _("Driving, %(km)s at %(rate)s for 10 km") % {"km": km_text(float(found.km)), "rate": rate}
    cost = found.costs["mileage"]
    told = {"km": km_text(float(found.km)), "how": tour.get_mileage_display()}
    if cost is None or not found.km:
        return _("Driving, %(km)s, %(how)s") % told
    rate = money_text(per_mil(cost.amount / found.km).quantize(Decimal("0.01")), found.currency)
    return _("Driving, %(km)s, %(how)s at %(rate)s for 10 km") % {**told, "rate": rate}


def _lodging_label(tour: Tour, found: Account) -> str:
    nights = ngettext("%(count)d night", "%(count)d nights", found.nights) % {"count": found.nights}
    if tour.finds_own_beds:
        return _("Lodging, %(nights)s: everybody finds a bed") % {"nights": nights}
    rooms = ngettext("%(count)d room", "%(count)d rooms", found.people) % {"count": found.people}
    told = {"nights": nights, "rooms": rooms, "rate": money_text(tour.room_cost, found.currency)}
    return _("Lodging, %(nights)s, %(rooms)s at %(rate)s") % told


def _outdated(found: Account) -> str:
    if found.rates_until is None:
        return ""
    return _("Per diem and tax-free mileage are reckoned with rates that end on %(day)s.") % {
        "day": day_text(found.rates_until)
    }


# -- Emissions ---------------------------------------


def co2_text(found: Account) -> str:
    """ "213 kg", or a dash where no factor is known."""
    kg = found.co2_kg
    return "–" if kg is None else whole_text(kg, "kg")


def co2_label(tour: Tour, found: Account) -> str:
    """What the figure is, or why there is none."""
    if found.factor:
        return _("CO2e, %(fuel)s, well to wheel") % {"fuel": tour.get_fuel_display()}
    if not tour.fuel:
        return _("CO2e: the fuel is not known")
    return _("CO2e: no figure for %(fuel)s") % {"fuel": tour.get_fuel_display()}


def _co2_line(tour: Tour, found: Account) -> Row:
    line = {"label": co2_label(tour, found), "value": co2_text(found), "source": ""}
    if found.factor:
        wheel = found.km * found.factor.tank_to_wheel_kg
        told = {"kg": number_format(round(wheel), 0, force_grouping=True), "source": found.factor.source}
        line["source"] = _("Of it %(kg)s kg on the road. %(source)s.") % told
    return line


# -- Subsidies ---------------------------------------


def _loops(found: Account) -> list[Row]:
    """Each scheme with the visits that it is for: how many qualify, what it may bring, what is missing."""
    schemes: dict[str, list[Funding]] = {}
    for visit in found.visits:
        for one in visit.funding:
            schemes.setdefault(one.scheme.label, []).append(one)
    return [_loop(label, fundings) for label, fundings in schemes.items()]


def _loop(label: str, fundings: Sequence[Funding]) -> Row:
    sure = [one for one in fundings if one.answer == Answer.MET]
    maybe = [one for one in fundings if one.answer == Answer.UNKNOWN]
    texts = Counter(text for one in fundings for text in open_texts(one))
    line = (
        _("%(label)s: %(sure)d of %(all)d visits qualify, %(maybe)d may")
        if maybe
        else _("%(label)s: %(sure)d of %(all)d visits qualify")
    )
    return {
        "fit": FITS[Answer.MET if sure else Answer.UNKNOWN if maybe else Answer.NOT_MET],
        "text": line % {"label": label, "sure": len(sure), "all": len(fundings), "maybe": len(maybe)},
        "open": [_counted(text, count) for text, count in texts.most_common()],
    }


def _counted(text: str, count: int) -> str:
    """ "The place is ...: 3 visits"."""
    told = {"text": text, "count": count}
    return ngettext("%(text)s: %(count)d visit", "%(text)s: %(count)d visits", count) % told


def _subsidy_note(found: Account) -> str:
    """What presenters may hope for in all; it is paid to them, and never part of what is left."""
    if not any(visit.funding for visit in found.visits):
        return _("No subsidy scheme is known for the regions of these visits.")
    sure, maybe = found.hoped(Answer.MET), found.hoped(Answer.UNKNOWN)
    if not maybe.amount:
        return _("Presenters may hope for %(sure)s in all.") % {"sure": amount(sure)}
    return _(
        "Presenters may hope for %(sure)s, and for %(maybe)s more once the open questions are answered."
    ) % {
        "sure": amount(sure),
        "maybe": amount(maybe),
    }
