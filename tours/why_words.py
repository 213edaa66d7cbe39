"""Why a stop lies where it does, and what would let a wish in: the planner's figures as sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tours.planner import Move, Placed, WayIn
from tours.reasons import Glossary, clock_of
from venues.dates import duration_text, whole_text


@dataclass(frozen=True)
class Names:
    """What places and municipalities are called, by the planner's ids and by code."""

    places: Mapping[str, str]
    municipalities: Mapping[str, str]


def placed_lines(found: Placed, glossary: Glossary, names: Names) -> list[str]:
    """Why here, why then, a sentence each; the strongest reason first."""
    if found.is_fixed:
        return [_("It is agreed or locked to this time, so the planner had nothing to weigh.")]
    lines = [
        *_brings(found, names),
        *_worth(found, glossary),
        _on_the_way(found, names),
        *_other(found, glossary),
    ]
    return [line for line in lines if line]


def way_text(way: WayIn, glossary: Glossary) -> str:
    """What would let a wish in, where and for how much."""
    when = _when(way.day, way.start_min, glossary)
    sentences = {
        "as_wished": _("%(when)s, as it was wished for."),
        "other_day": _("%(when)s, a day that they have not given: ask for it."),
        "instead_of": _("%(when)s, instead of %(who)s."),
        "longer_drive": _("%(when)s, if the day may have %(more)s more driving."),
        "earlier_start": _("%(when)s, if they may leave %(more)s earlier."),
    }
    told = {
        "when": when[:1].upper() + when[1:],
        "who": glossary.who([way.instead_of]) if way.instead_of else "",
        "more": duration_text(way.lifted_min),
    }
    return sentences[way.kind] % told


def way_effects(way: WayIn, glossary: Glossary) -> str:
    """ "The plan would be worth 2 100 kr less, with 1 night and 84 km more." """
    worth = _worth_change(float(way.gain), glossary)
    more = [*_nights(way.nights), *_km(float(way.km))]
    if not more:
        return _("The plan would be %(worth)s.") % {"worth": worth}
    return _("The plan would be %(worth)s, with %(more)s.") % {"worth": worth, "more": ", ".join(more)}


def _brings(found: Placed, names: Names) -> Iterator[str]:
    if found.brings:
        name = names.municipalities.get(found.brings, found.brings)
        yield _("It brings %(municipality)s, which no other stop of the plan reaches.") % {
            "municipality": name
        }


def _worth(found: Placed, glossary: Glossary) -> Iterator[str]:
    if found.loses is None:
        return
    if found.loses < 0:
        yield _(
            "Without it the plan would be worth %(amount)s more: plan again to see what takes its place."
        ) % {"amount": glossary.money(-float(found.loses))}
        return
    yield _("Without it the plan would be worth %(amount)s less.") % {
        "amount": glossary.money(float(found.loses))
    }
    if found.nights:
        yield ngettext("It costs %(count)d night away.", "It costs %(count)d nights away.", found.nights) % {
            "count": found.nights
        }


def _on_the_way(found: Placed, names: Names) -> str:
    told = {
        "from": names.places[found.detour.origin],
        "to": names.places[found.detour.destination],
        "km": _length(float(found.detour.km)),
        "time": duration_text(found.detour.minutes),
    }
    if found.detour.minutes <= 0:
        return _("It lies on the way from %(from)s to %(to)s, without a detour.") % told
    if found.detour.origin == found.detour.destination:
        return _("There and back from %(from)s is %(km)s and %(time)s.") % told
    return _("Between %(from)s and %(to)s it is a detour of %(km)s and %(time)s.") % told


def _other(found: Placed, glossary: Glossary) -> Iterator[str]:
    if not found.other_days:
        yield _("It is the only day of the tour that they have given.")
    elif found.other is None:
        yield _("On its other days it does not fit beside what is played: %(days)s.") % {
            "days": glossary.days(found.other_days)
        }
    else:
        yield _moved(found.other, glossary)


def _moved(other: Move, glossary: Glossary) -> str:
    return _("Its best other time is %(when)s; the plan would be %(worth)s.") % {
        "when": _when(other.day, other.start_min, glossary),
        "worth": _worth_change(-float(other.costs), glossary),
    }


def _worth_change(gain: float, glossary: Glossary) -> str:
    if round(gain) == 0:
        return _("worth as much")
    if gain < 0:
        return _("worth %(amount)s less") % {"amount": glossary.money(-gain)}
    return _("worth %(amount)s more") % {"amount": glossary.money(gain)}


def _nights(more: int) -> Iterator[str]:
    if more > 0:
        yield ngettext("%(count)d night more", "%(count)d nights more", more) % {"count": more}
    elif more < 0:
        yield ngettext("%(count)d night less", "%(count)d nights less", -more) % {"count": -more}


def _km(more: float) -> Iterator[str]:
    if round(more):
        text = _("%(km)s more") if more > 0 else _("%(km)s less")
        yield text % {"km": _length(abs(more))}


def _length(km: float) -> str:
    return whole_text(km, "km")


def _when(day: int, start_min: int, glossary: Glossary) -> str:
    return _("%(day)s at %(time)s") % {"day": glossary.day(day), "time": clock_of(start_min)}
