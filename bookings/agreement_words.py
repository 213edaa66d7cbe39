"""A kept agreement in words, in the active language, from its facts alone; and what differs between two of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bookings.kept_facts import Facts
from bookings.models.advancing import in_words
from bookings.models.price import PriceLine
from bookings.states import PRESENTER, PRODUCER
from tours.rooms import Verdict
from venues.dates import NO_BREAK, clock, day_text, duration_text, moment_text, money_text, week_text


@dataclass(frozen=True)
class Row:
    """A line of the agreement; `fit` is the verdict of the room check where it is one of its lines."""

    term: str
    text: str
    fit: str = ""

    @property
    def fit_text(self) -> str:
        """The verdict in a word."""
        return _fit_words()[Verdict(self.fit)] if self.fit else ""


@dataclass(frozen=True)
class Section:
    """A part of the agreement under its heading."""

    key: str
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Difference:
    """A line that reads otherwise in a later agreement; `was` or `becomes` is empty where it is new or gone."""

    section: str
    term: str
    was: str
    becomes: str


def title(facts: Facts) -> str:
    """ "Trumman och tystnaden at Backe bygdegård"."""
    return _("%(production)s at %(presenter)s") % {
        "production": facts["production"]["title"],
        "presenter": facts["parties"][PRESENTER]["name"],
    }


def sections(facts: Facts) -> list[Section]:
    """What is agreed: parties, production, times, room, price, cancelling, and who said yes."""
    return [
        Section("parties", _("Parties"), list(_parties(facts))),
        Section("visit", _("The visit"), list(_visit(facts))),
        Section("price", _("Price"), list(_price(facts))),
        Section("cancelling", _("If it is not played"), list(_cancelling(facts))),
        Section("confirmed", _("Confirmed"), list(_confirmed(facts))),
    ]


def appendices(facts: Facts) -> list[Section]:
    """What belongs to the agreement: the plan of the visit, the rider, the price line by line."""
    return [
        Section("plan", _("Plan of the visit"), list(_plan(facts))),
        Section("needs", _("What the production needs"), list(_needs(facts))),
        Section("room", _("Needs of the room, and what it had"), list(_room(facts))),
        Section("lines", _("Price, line by line"), list(_lines(facts))),
    ]


def differences(was: Facts, becomes: Facts) -> list[Difference]:
    """What reads otherwise in the later one, in its order; who confirmed when is left out: that always differs."""
    return that_differ(_by_term(was), _by_term(becomes))


def that_differ(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> list[Difference]:
    """What reads otherwise afterwards, by section and term, in the order of the later one."""
    return [
        Difference(section, term, before.get((section, term), ""), after.get((section, term), ""))
        for section, term in dict.fromkeys([*after, *before])
        if before.get((section, term), "") != after.get((section, term), "")
    ]


def _by_term(facts: Facts) -> dict[tuple[str, str], str]:
    return {
        (section.title, row.term): f"{row.text} ({row.fit_text})" if row.fit else row.text
        for section in [*sections(facts), *appendices(facts)]
        for row in section.rows
        if section.key != "confirmed"
    }


def _fit_words() -> dict[Verdict, str]:
    return {
        Verdict.FITS: _("Fits"),
        Verdict.DOES_NOT_FIT: _("Does not fit"),
        Verdict.UNKNOWN: _("Unknown"),
    }


def _parties(facts: Facts) -> Iterator[Row]:
    for side, label in ((PRODUCER, _("Producer")), (PRESENTER, _("Presenter"))):
        party = facts["parties"][side]
        yield Row(label, _joined(party["name"], party["municipality"]))


def _visit(facts: Facts) -> Iterator[Row]:
    production, venue = facts["production"], facts["venue"]
    yield Row(_("Production"), f"{production['title']} ({duration_text(production['duration_min'])})")
    yield Row(_("Ensemble"), _joined(production["ensemble"], production["tour"]))
    start = _at(facts["times"]["shows"][0]["starts_at"])
    yield Row(_("Day"), f"{day_text(start)}, {week_text(start)}")
    yield Row(_shows_word(facts), ", ".join(_span(show) for show in facts["times"]["shows"]))
    where = [venue["name"], venue["address"], venue["place"]]
    if venue["municipality"] != venue["place"]:
        where.append(venue["municipality"])
    yield Row(_("Venue"), _joined(*where))
    yield Row(_("Audience"), _audience(production))
    if production["content_warnings"]:
        yield Row(_("Good to know"), production["content_warnings"])


def _audience(production: Facts) -> str:
    most = production["audience_max"]
    text = ngettext("At most %(count)d person", "At most %(count)d persons", most) % {"count": most}
    if expected := production["audience_expected"]:
        return _joined(text, _("expected: %(count)d a show") % {"count": expected})
    return text


def _shows_word(facts: Facts) -> str:
    count = len(facts["times"]["shows"])
    return pgettext("performance", "Show") if count == 1 else pgettext("performance", "Shows")


def _price(facts: Facts) -> Iterator[Row]:
    price = facts["price"]
    extent = _("all included") if price["is_all_in"] else _("plus what is paid as it turns out")
    total = money_text(Decimal(price["total"]), price["currency"])
    yield Row(_("The presenter pays"), f"{total}, {extent}")
    yield Row(_("VAT"), _("The amounts are without VAT."))


def _lines(facts: Facts) -> Iterator[Row]:
    """Every line with its amount, its VAT and who pays it."""
    for line in facts["price"]["lines"]:
        label = in_words(line["label"])
        term = f"{label[:1].upper()}{label[1:]}" + (f" ({line['words']})" if line["words"] else "")
        yield Row(term, _joined(_amount(line, facts["price"]["currency"]), _vat(line), _payer(line)))


def _amount(line: Facts, currency: str) -> str:
    if line["amount"] is None:
        return _("paid as it turns out")
    return money_text(Decimal(line["amount"]), currency)


def _vat(line: Facts) -> str:
    if line["vat_percent"] is None:
        return _("VAT not said")
    return _("VAT %(percent)s") % {
        "percent": f"{number_format(Decimal(line['vat_percent']).normalize())}{NO_BREAK}%"
    }


def _payer(line: Facts) -> str:
    return _("paid by %(who)s") % {"who": PriceLine.Payer(line["payer"]).label}


def _cancelling(facts: Facts) -> Iterator[Row]:
    until = moment_text(_at(facts["cancelling"]["until"]))
    yield Row(
        _("Cancel or postpone"),
        _("Either side may until %(when)s, and says why.") % {"when": until},
    )
    yield Row(_("What it costs then"), _("Nothing is agreed about that here."))


def _confirmed(facts: Facts) -> Iterator[Row]:
    said = facts["confirmed"]
    who = facts["parties"][said["side"]]["name"]
    yield Row(_("When"), moment_text(_at(said["at"])))
    how = _HOW.get((said["step"], said["side"], said["way"]))
    yield Row(_("By whom"), how() % {"who": who} if how else who)


#: Step, side, way -> who said yes, and how.
_HOW: dict[tuple[str, str, str], Callable[[], str]] = {
    ("confirm", PRESENTER, "account"): lambda: _("%(who)s, logged in"),
    ("confirm", PRESENTER, "link"): lambda: _("%(who)s, by the link in the mail"),
    ("confirm", PRODUCER, "account"): lambda: _("%(who)s, logged in, for the presenter"),
    ("take", PRODUCER, "account"): lambda: _(
        "%(who)s, logged in: took a time that the presenter had asked for"
    ),
    ("accept_change", PRESENTER, "account"): lambda: _("%(who)s, logged in: said yes to a change"),
    ("accept_change", PRESENTER, "link"): lambda: _("%(who)s, by the link in the mail: said yes to a change"),
    ("accept_change", PRODUCER, "account"): lambda: _("%(who)s, logged in: said yes to a change"),
}


def _plan(facts: Facts) -> Iterator[Row]:
    """From get-in to get-out."""
    times = facts["times"]
    shows = times["shows"]
    yield Row(_("The ensemble comes and builds"), _clocks(times["get_in_at"], shows[0]["starts_at"]))
    for number, show in enumerate(shows, start=1):
        word = _("Show %(number)d") % {"number": number} if len(shows) > 1 else _shows_word(facts)
        yield Row(word, _span(show))
    yield Row(_("All is taken out again"), _clocks(shows[-1]["ends_at"], times["gone_by"]))


def _needs(facts: Facts) -> Iterator[Row]:
    for need in facts["needs"]:
        yield Row(in_words(need["label"]), in_words(need["text"]))


def _room(facts: Facts) -> Iterator[Row]:
    for line in facts["room"]:
        term, _colon, text = in_words(line["text"]).partition(": ")
        yield Row(term, text, line["verdict"])


def _span(show: Facts) -> str:
    return _clocks(show["starts_at"], show["ends_at"])


def _clocks(start: str, end: str) -> str:
    return f"{clock(_at(start))}–{clock(_at(end))}"


def _at(text: Any) -> datetime:
    return datetime.fromisoformat(text)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
