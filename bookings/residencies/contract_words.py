"""A kept contract in words, in the active language, from its facts alone; and what differs between two of them."""

from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.agreement_words import Difference, Row, Section, that_differ
from bookings.kept_facts import Facts
from bookings.models import Residency, ResidencyCost
from tours.models import Production
from venues.dates import clock, money_text, span_text, weeks_text

Side = Residency.Side
#: The hours of all dwellings in contracts that do not name any (schema 1). They stand in what was agreed: never change.
HOURS_BEFORE = ["15:00", "11:00"]


def title(facts: Facts) -> str:
    """ "Vindens väg: Trion at Backe bygdegård"."""
    return _("%(title)s: %(artist)s at %(host)s") % {
        "title": facts["work"]["title"],
        "artist": facts["artist"]["name"],
        "host": facts["host"]["name"],
    }


def sections(facts: Facts) -> list[Section]:
    """What is agreed: parties, the work, days with rooms and dwellings, money and who pays."""
    return [
        Section("parties", _("Parties"), list(_parties(facts))),
        Section("work", _("The work"), list(_work(facts))),
        Section("stay", _("The stay"), list(_stay(facts))),
        Section("money", _("Money"), list(_money(facts))),
    ]


def differences(was: Facts, becomes: Facts) -> list[Difference]:
    """What reads otherwise in the later one, in its order; of one with another host nothing was agreed before."""
    if not is_with_same_host(was, becomes):
        return []
    return that_differ(_by_term(was), _by_term(becomes))


def is_with_same_host(one: Facts, other: Facts) -> bool:
    """Whether both were sent to the same host: whoever comes in later has seen none of the former one's."""
    return bool(one["host"] == other["host"])


def difference_text(one: Difference) -> str:
    """The difference as a line: "The stay, period 1: 3–16 May 2027 → 10–23 May 2027"."""
    return f"{one.section}, {one.term}: {one.was or '–'} → {one.becomes or '–'}"


def period_text(first: date, last: date) -> str:
    """ "mån 3 maj – sön 16 maj 2027, v. 18–19"."""
    return f"{span_text(first, last)}, {weeks_text(first, last)}"


def _by_term(facts: Facts) -> dict[tuple[str, str], str]:
    return {(section.title, row.term): row.text for section in sections(facts) for row in section.rows}


def _parties(facts: Facts) -> Iterator[Row]:
    host, artist = facts["host"], facts["artist"]
    yield Row(_("Host"), ", ".join(filter(None, [host["name"], host["municipality"]])))
    yield Row(_("Artist or ensemble"), ", ".join(filter(None, [artist["name"], artist["ensemble"]])))
    yield Row(_("Region"), facts["region"])
    count = artist["people"]
    yield Row(_("How many come"), ngettext("%(n)d person", "%(n)d people", count) % {"n": count})


def _work(facts: Facts) -> Iterator[Row]:
    work = facts["work"]
    yield Row(_("Title"), work["title"])
    yield Row(_("Art form"), str(Production.ArtForm(work["art_form"]).label))
    if work["about"]:
        yield Row(_("About the work"), work["about"])


def _stay(facts: Facts) -> Iterator[Row]:
    yield Row(_("Place"), facts["place"])
    for number, period in enumerate(facts["periods"], 1):
        first, last = date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
        yield Row(_("Period %(n)d") % {"n": number}, period_text(first, last))
        if period["rooms"]:
            yield Row(
                _("Rooms, period %(n)d") % {"n": number}, "\n".join(_room(one) for one in period["rooms"])
            )
        if period["dwellings"]:
            yield Row(_("Dwelling, period %(n)d") % {"n": number}, _dwellings(period["dwellings"]))


def _room(room: Facts) -> str:
    hours = "–".join(clock(time.fromisoformat(at)) for at in room["hours"] or ())
    return f"{room['name']}: {hours or _('the whole time')}"


def _dwellings(homes: list[Facts]) -> str:
    """A line each, and their hours in one of their own where all have the same."""
    nights = [_nights(home.get("hours", HOURS_BEFORE)) for home in homes]
    names = [_dwelling(home) for home in homes]
    if len(set(nights)) == 1:
        return "\n".join([*names, nights[0]])
    return "\n".join(f"{name}, {hours}" for name, hours in zip(names, nights, strict=True))


def _nights(hours: list[str]) -> str:
    comes, leaves = (clock(time.fromisoformat(at)) for at in hours)
    return _("from %(from)s on the first day to %(to)s on the last") % {"from": comes, "to": leaves}


def _dwelling(home: Facts) -> str:
    beds = ngettext("%(n)d bed", "%(n)d beds", home["beds"]) % {"n": home["beds"]}
    return f"{home['name']} ({beds})"


def _money(facts: Facts) -> Iterator[Row]:
    currency = facts["currency"]
    for number, line in enumerate(facts["costs"], 1):
        kind = str(ResidencyCost.Kind(line["kind"]).label)
        what = f"{kind}: {line['words']}" if line["words"] else kind
        text = _("%(what)s, %(amount)s, paid by %(who)s") % {
            "what": what,
            "amount": money_text(Decimal(line["amount"]), currency),
            "who": Side(line["paid_by"]).label,
        }
        yield Row(_("Line %(n)d") % {"n": number}, text)
    for side in Side.values:
        amounts = [Decimal(line["amount"]) for line in facts["costs"] if line["paid_by"] == side]
        if amounts:
            total = money_text(sum(amounts, Decimal()), currency)
            yield Row(_("Paid by %(who)s") % {"who": Side(side).label}, total)
