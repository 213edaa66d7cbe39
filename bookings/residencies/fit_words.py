"""What is said of each part of a residency's fit, in the active language."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tours.rooms import RiderLine, Verdict
from venues.dates import duration_text, short_day_text, span_text

#: So many titles, days or reasons are named; the others are counted. Source: the house's choice.
NAMED_MAX = 3


def room(lines: Sequence[RiderLine], fitting: int) -> str:
    """Which needs fit, which do not, which nobody knows."""
    if not lines:
        return _("Nothing special is needed of the room")
    if wrong := [line.label for line in lines if line.verdict == Verdict.DOES_NOT_FIT]:
        return _("Does not fit: %(lines)s") % {"lines": ", ".join(wrong).lower()}
    reason = _("%(fitting)d of %(all)d needs fit") % {"fitting": fitting, "all": len(lines)}
    unknown = sum(line.verdict == Verdict.UNKNOWN for line in lines)
    return f"{reason}, " + _("%(count)d unknown") % {"count": unknown} if unknown else reason


def ask_line(line: RiderLine) -> str:
    """ "Stage width (6 m is needed)"."""
    if not line.need:
        return line.label
    return _("%(what)s (%(need)s is needed)") % {"what": line.label, "need": line.need}


def free() -> str:
    """Nothing is in the way."""
    return _("Free on all days")


def not_free(taken: Sequence[date], closed: Sequence[date]) -> str:
    """On which days somebody has the room, and on which it is closed."""
    told = [_("taken %(days)s") % {"days": _days(taken)}] if taken else []
    told += [_("closed %(days)s") % {"days": _days(closed)}] if closed else []
    sentence = "; ".join(told)
    return sentence[:1].upper() + sentence[1:]


def free_run(first: date, last: date) -> str:
    """What would be free."""
    return _("It would fit %(days)s.") % {"days": span_text(first, last)}


def busy(days: Sequence[date]) -> str:
    """The own calendar of room or house says that it is busy."""
    return _("Busy in own calendar %(days)s") % {"days": _days(days)}


def ask_busy(days: Sequence[date]) -> str:
    """To be asked of the host."""
    return _("Is the room free all the same %(days)s?") % {"days": _days(days)}


def dwelling(
    name: str,
    beds: int,
    drive_min: int,
    people: int,
    missing: Sequence[str],
    taken: Sequence[date],
    unknown: Sequence[str],
) -> str:
    """A dwelling: how large and how far, and what is in the way."""
    told = ngettext("%(name)s, %(count)d bed", "%(name)s, %(count)d beds", beds) % {
        "name": name,
        "count": beds,
    }
    if drive_min:
        told = _("%(dwelling)s, %(time)s away") % {"dwelling": told, "time": duration_text(drive_min)}
    wrong = [_("too few for %(people)d") % {"people": people}] if beds < people else []
    wrong += [_("taken the nights after %(days)s") % {"days": _days(taken)}] if taken else []
    wrong += [_("without %(what)s") % {"what": ", ".join(missing).lower()}] if missing else []
    wrong += [_("nobody has said: %(what)s") % {"what": ", ".join(unknown).lower()}] if unknown else []
    return f"{told}: {'; '.join(wrong)}" if wrong else told


def ask_dwelling(name: str, label: str) -> str:
    """To be asked of whoever lends it."""
    return f"{name}: {label}"


def town(verdict: Verdict, place: str, full: Sequence[date]) -> str:
    """No dwelling: whether the town has beds."""
    if verdict == Verdict.FITS:
        return _("No dwelling, but beds in %(place)s") % {"place": place}
    if full:
        return _("No dwelling, and %(place)s is full the nights after %(days)s") % {
            "place": place,
            "days": _days(full),
        }
    if verdict == Verdict.UNKNOWN:
        return _("No dwelling, and nobody has said whether %(place)s has beds that suit") % {"place": place}
    return _("Neither a dwelling nor beds in %(place)s") % {"place": place}


def ask_beds(place: str) -> str:
    """To be asked of the host."""
    return _("Where can they live in %(place)s?") % {"place": place}


def step_free(known: bool | None) -> str:
    """The way into the room."""
    if known is None:
        return _("Nobody has said whether the way in is step-free")
    return _("The way in is step-free") if known else _("The way in has steps")


def ask_step_free() -> str:
    """To be asked of the host."""
    return _("Is the way in step-free?")


def wish(places: int, place_rank: int | None, periods: int, period_rank: int | None) -> str:
    """What of it was wished."""
    told = []
    if places:
        told.append(
            _("place wished for as number %(rank)d") % {"rank": place_rank}
            if place_rank
            else _("another place was wished for")
        )
    if periods:
        told.append(
            _("period wished for as number %(rank)d") % {"rank": period_rank}
            if period_rank
            else _("another period was wished for")
        )
    sentence = "; ".join(told)
    return sentence[:1].upper() + sentence[1:]


def school_unknown(municipality: str) -> str:
    """Nobody has told of the school year."""
    return _("Nobody has said when the schools of %(municipality)s have school") % {
        "municipality": municipality
    }


def no_weekdays() -> str:
    """A weekend."""
    return _("No Monday to Friday is among the days")


def school_days(school: int, weekdays: int, why: Sequence[str]) -> str:
    """How many days classes can come, and what takes the others."""
    told = _("School on %(school)d of %(weekdays)d weekdays") % {"school": school, "weekdays": weekdays}
    return f"{told}: {_named(why)}" if why else told


def pupils_unknown() -> str:
    """No school near by has told of its groups."""
    return _("No school within an hour has told how many pupils it has")


def lacking(schools: int, pupils: int, near: int) -> str:
    """Whom one would reach who has met nothing."""
    if not schools:
        return _("Every school within an hour has met something this school year")
    words = ngettext(
        "%(count)d school within an hour has met nothing this school year: %(pupils)d pupils, %(near)d within half "
        "an hour",
        "%(count)d schools within an hour have met nothing this school year: %(pupils)d pupils, %(near)d within half "
        "an hour",
        schools,
    )
    return words % {"count": schools, "pupils": pupils, "near": near}


def equity(municipality: str, residencies: int, rate: float | None) -> str:
    """What the municipality has had this year."""
    if residencies:
        had = ngettext(
            "%(who)s has %(count)d residency this year",
            "%(who)s has %(count)d residencies this year",
            residencies,
        ) % {"who": municipality, "count": residencies}
    else:
        had = _("%(who)s has no residency this year") % {"who": municipality}
    if rate is None:
        return had
    shows = _("%(rate)s shows per 1,000 inhabitants") % {"rate": number_format(round(rate, 2) or 0)}
    return f"{had}, {shows}"


def events(place: str, named: Sequence[tuple[str, date]], *, is_same_form: bool) -> str:
    """What else the public is invited to."""
    if not named:
        return _("Nothing else is public in %(place)s in these days") % {"place": place}
    told = _named([f"{title} {short_day_text(on)}" for title, on in named])
    if is_same_form:
        return _("Of the same art form, for the same audience: %(events)s") % {"events": told}
    return _("Something to be part of: %(events)s") % {"events": told}


def home_unknown() -> str:
    """Nobody has said where the artist lives."""
    return _("Nobody has said where they travel from")


def no_road(home: str) -> str:
    """Or only by train, or over a road that is closed then."""
    return _("No open road leads there from %(home)s") % {"home": home}


def travel(home: str, drive_min: int) -> str:
    """The road from home."""
    if not drive_min:
        return _("At home")
    return _("%(time)s from %(home)s") % {"time": duration_text(drive_min), "home": home}


def _days(days: Sequence[date]) -> str:
    """ "3–5 feb 2027", or the first of them one by one."""
    if (days[-1] - days[0]).days == len(days) - 1:
        return span_text(days[0], days[-1])
    return _named([short_day_text(day) for day in days])


def _named(told: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    named = ", ".join(told[:NAMED_MAX])
    rest = len(told) - NAMED_MAX
    return f"{named} " + _("and %(count)d more") % {"count": rest} if rest > 0 else named
