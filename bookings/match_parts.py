"""The parts of a match: each judges a production in a room by a number from 0 to 1, and says why."""

from collections.abc import Callable, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from bookings.match_ground import Ground, Pair
from tours.models.votes import PLACES
from tours.rooms import Verdict
from venues.dates import duration_text, money_text

#: A drive from which being near counts nothing: a third of a working day. Source: the house's choice.
FAR_MIN = 160
#: What counts where nothing can be said of a municipality: neither for nor against. Source: the house's choice.
NEUTRAL = 0.5


def _rank(pair: Pair, ground: Ground) -> tuple[float, str]:
    wish = pair.wish
    if wish is None:
        return 0, _("Has not wished for it")
    value = 1 - (wish.rank - 1) / max(ground.season.wishes_max, wish.rank)
    if wish.is_reserve:
        return value / 2, _("Reserve %(rank)d") % {"rank": wish.rank}
    return value, _("Wish number %(rank)d") % {"rank": wish.rank}


def _room(pair: Pair, ground: Ground) -> tuple[float, str]:
    verdicts = [line.verdict for line in pair.lines]
    if wrong := [line.label for line in pair.lines if line.verdict == Verdict.DOES_NOT_FIT]:
        return 0, _("Does not fit: %(lines)s") % {"lines": ", ".join(wrong).lower()}
    fitting, unknown = verdicts.count(Verdict.FITS), verdicts.count(Verdict.UNKNOWN)
    reason = _("%(fitting)d of %(all)d needs fit") % {"fitting": fitting, "all": len(verdicts)}
    if unknown:
        reason += ", " + _("%(count)d unknown") % {"count": unknown}
    return fitting / len(verdicts), reason


def _audience(pair: Pair, ground: Ground) -> tuple[float, str]:
    most = pair.production.audience_max
    if pair.audience is None:
        return 0, _("Nobody has said how many the room takes")
    if pair.audience > most:
        told = {"count": pair.audience, "most": most}
        return 0, _("Expects %(count)d, more than the %(most)d that the production takes") % told
    expects = _("Expects %(count)d of %(most)d") if pair.wish else _("The room takes %(count)d of %(most)d")
    return pair.audience / most, expects % {"count": pair.audience, "most": most}


def _equity(pair: Pair, ground: Ground) -> tuple[float, str]:
    municipality = pair.venue.place.municipality
    rate, most = ground.equity.rate(municipality), ground.equity.most
    if rate is None:
        return NEUTRAL, _("Nobody has said how many live in %(name)s") % {"name": municipality}
    if not most:
        return NEUTRAL, _("No municipality has had a confirmed show yet")
    return 1 - rate / max(most, rate), _(
        "%(name)s has had %(rate)s shows per 1,000 inhabitants; the most is %(most)s in %(who)s"
    ) % {
        "name": municipality,
        "rate": number_format(round(rate, 2)),
        "most": number_format(round(most, 2)),
        "who": ground.equity.who,
    }


def _distance(pair: Pair, ground: Ground) -> tuple[float, str]:
    from_home = ground.drives.minutes(pair.production.ensemble.home, pair.venue)
    if from_home is None:
        return 0, _("No open road leads there")
    if nearest := ground.nearest(pair):
        minutes, wish = nearest
        reason = _("%(time)s from %(who)s, who also wishes") % {
            "time": duration_text(minutes),
            "who": wish.organisation,
        }
    else:
        minutes = from_home
        reason = _("No other wish yet; %(time)s from %(home)s") % {
            "time": duration_text(minutes),
            "home": pair.production.ensemble.home,
        }
    return max(0.0, 1 - minutes / FAR_MIN), reason


def _price(pair: Pair, ground: Ground) -> tuple[float, str]:
    price, currency = pair.price_a_head, pair.production.currency
    if price is None:
        return 0, _("Nobody has said how many the room takes")
    value = float(ground.lowest_prices[currency] / price) if price else 1.0
    return value, _("%(price)s a head") % {"price": money_text(round(price), currency)}


def _crew(pair: Pair, ground: Ground) -> tuple[float, str]:
    """How high the house's crews rank it: 1 for the first place, 0.2 for the fifth, 0 for none; of several the mean."""
    ballots = ground.votes.get(pair.organisation.pk)
    if not ballots:
        return NEUTRAL, _("No crew there has voted")
    places = [(name, voted.get(pair.production.pk)) for name, voted in ballots]
    value = sum((PLACES + 1 - place) / PLACES for _name, place in places if place) / len(places)
    told = [
        _("The crew %(crew)s gave it place %(place)d") % {"crew": name, "place": place}
        if place
        else _("The crew %(crew)s has it not among its best") % {"crew": name}
        for name, place in places
    ]
    return value, "; ".join(told)


#: The parts in the order in which they are shown.
PARTS: Mapping[str, Callable[[Pair, Ground], tuple[float, str]]] = {
    "rank": _rank,
    "room": _room,
    "audience": _audience,
    "equity": _equity,
    "distance": _distance,
    "price": _price,
    "crew": _crew,
}
