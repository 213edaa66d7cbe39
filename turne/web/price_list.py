"""The all-in price of each visit with its subsidy: the table on the page, and the same for a spreadsheet."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from bookings.accounts import Account, VisitAccount
from tours.money import Money, zero
from tours.subsidies import Funding
from tours.subsidy_words import criterion_text, stated_texts, verdict_word
from turne.web.board_money import FITS, amount, prices_url
from turne.web.desk import Desk
from venues.dates import day_text, short_day_text

Row = dict[str, Any]


def _subsidy(visit: VisitAccount) -> Money:
    return visit.hoped.amount if visit.hoped else zero(visit.price.currency)


def _net(visit: VisitAccount) -> Money:
    return visit.all_in - _subsidy(visit)


#: The columns: the word in the address, heading, what is shown, and whether it is a number.
COLUMNS: list[tuple[str, Any, Callable[[VisitAccount], Any], bool]] = [
    ("arrangor", _lazy("Presenter"), lambda visit: str(visit.presenter), False),
    ("dag", _lazy("Day"), lambda visit: visit.day, False),
    ("gage", _lazy("Fee"), lambda visit: visit.fee, True),
    ("resa", _lazy("Travel"), lambda visit: visit.shares["mileage"], True),
    ("logi", _lazy("Lodging"), lambda visit: visit.shares["lodging"], True),
    ("traktamente", _lazy("Per diem"), lambda visit: visit.shares["per_diem"], True),
    ("pris", _lazy("All-in price"), lambda visit: visit.all_in, True),
    ("bidrag", _lazy("Subsidy"), _subsidy, True),
    ("kvar", _lazy("Left to pay"), _net, True),
]
#: The costs that a subsidy covers, in words.
COVERED = {"travel": _lazy("travel"), "lodging": _lazy("lodging"), "fee": _lazy("fee")}
USUAL = "dag"


def price_list(desk: Desk, found: Account, order: str) -> Row:
    """What `planning/prices.html` shows.

    Args:
        order: the word of a column, with a minus before it for the other way round; another word is no order.
    """
    word = order.removeprefix("-") if order.removeprefix("-") in {c[0] for c in COLUMNS} else USUAL
    value = next(column[2] for column in COLUMNS if column[0] == word)
    is_down = word == order.removeprefix("-") and order.startswith("-")
    visits = sorted(found.visits, key=lambda visit: _key(value(visit)), reverse=is_down)
    return {
        "columns": [_heading(desk, column, word, is_down) for column in COLUMNS],
        "rows": [_row(visit) for visit in visits],
        "sharing": desk.tour.get_sharing_display(),
        "csv_url": prices_url(desk, "tour-prices-csv"),
        "sums": [_sum(found, column[2]) for column in COLUMNS if column[3]],
    }


def _key(value: Any) -> Any:
    """What is not known comes first."""
    if value is None:
        return Decimal(-1)
    return value.amount if isinstance(value, Money) else value


def _heading(desk: Desk, column: tuple[str, Any, Any, bool], word: str, is_down: bool) -> Row:
    name, label, _value, is_number = column
    here = name == word
    turned = f"-{name}" if here and not is_down else name
    return {
        "label": label,
        "is_number": is_number,
        "order": ("descending" if is_down else "ascending") if here else "",
        "url": f"{prices_url(desk)}&ordning={turned}",
    }


def _sum(found: Account, value: Callable[[VisitAccount], Money | None]) -> str:
    amounts = [value(visit) for visit in found.visits]
    known = [one.amount for one in amounts if one is not None]
    return amount(Money(sum(known, Decimal(0)), found.currency)) if len(known) == len(amounts) else "–"


def _row(visit: VisitAccount) -> Row:
    return {
        "presenter": str(visit.presenter),
        "form": _("agreed as one price") if visit.is_all_in else _("agreed as a fee beside the costs"),
        "day": short_day_text(visit.day),
        "amounts": [amount(column[2](visit)) for column in COLUMNS if column[3]],
        "funding": [_funding(one) for one in visit.funding],
    }


def _funding(one: Funding) -> Row:
    paid = [f"{COVERED[name]} {amount(part)}" for name, part in one.covers.items() if part.amount]
    return {
        "label": one.scheme.label,
        "word": verdict_word(one.answer),
        "amount": amount(one.amount),
        "covers": ", ".join(paid),
        "criteria": [{"fit": FITS[each.answer], "text": criterion_text(each)} for each in one.criteria],
        "stated": stated_texts(one),
    }


def price_rows(found: Account) -> list[list[str]]:
    """The table for a spreadsheet: amounts as plain numbers with their currency beside them."""
    heading = [str(column[1]) for column in COLUMNS]
    return [
        [*heading, _("Currency"), _("Scheme"), _("Answer")],
        *([*_cells(visit), visit.price.currency, *_scheme(visit)] for visit in found.visits),
    ]


def _cells(visit: VisitAccount) -> list[str]:
    return [_plain(column[2](visit)) for column in COLUMNS]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Money):
        return str(value.amount).replace(".", ",")  # as a Swedish spreadsheet reads it
    return value if isinstance(value, str) else day_text(value)


def _scheme(visit: VisitAccount) -> list[str]:
    best = visit.hoped
    return [best.scheme.label, verdict_word(best.answer)] if best else ["", ""]
