"""A visit in words: what the pages about one booking, and the lists of many, say of it."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import change_words, checklists, price_words, reporting
from bookings.models import Booking, Performance
from bookings.models.booking import Status
from bookings.models.report import Side
from bookings.practical import helpers_texts
from bookings.states import shown_state
from tours.models import Production
from tours.rooms import RiderLine, Verdict
from turne.web.advancing_words import progress_text
from venues.dates import clock, day_text, duration_text, moment_text, money_text, short_day_text, week_text

Fact = dict[str, Any]


def shows(booking: Booking) -> list[Performance]:
    """The performances in the order in which they are played."""
    return list(booking.performances.all())


def question(booking: Booking) -> str:
    """The offer as the question that it is."""
    start = booking.starts_at
    return _("%(production)s at your place on %(day)s at %(time)s?") % {
        "production": booking.tour.production,
        "day": short_day_text(start),
        "time": clock(start),
    }


def facts(booking: Booking, *, theirs: bool = False) -> list[Fact]:
    """When, where, for whom and for how much, for `components/facts.html`; `theirs` speaks of the host as another."""
    production = booking.tour.production
    return [
        {"term": _("When"), "value": _day(booking), "strong": True, "sub": _hours(booking)},
        {"term": _("Where"), "value": f"{booking.venue}, {booking.venue.place}"},
        {"term": _("Audience"), "value": _audience(production), "sub": _expected(booking)},
        {"term": _("Price"), "value": _price(booking), "strong": True, "sub": _price_of_each(booking)},
        {"term": _("They arrange") if theirs else _("You arrange"), "value": _host_arranges(production)},
        {"term": _("Good to know"), "value": production.content_warnings},
    ]


def room_lines(booking: Booking, tell_url: str = "", *, asks: bool = True) -> list[dict[str, str]]:
    """The room check of this visit's room, for `hosting/room.html`; what both sides have solved is solved.

    Args:
        tell_url: where the reader can tell what is unknown; without it by a mail to the producer.
        asks: whether what is unknown is asked for; False where nothing comes of it any more.
    """
    solved = checklists.solved_lines(booking)
    return [
        {
            "key": line.key,
            "fit": "solved" if line.key in solved else line.verdict.value,
            "text": line.text,
            "solved": solved.get(line.key, ""),
            "tell_url": _tell_url(booking, line, tell_url) if asks and line.key not in solved else "",
        }
        for line in checklists.room_lines(booking)
    ]


def days_left(booking: Booking, now: datetime) -> str:
    """How long is left to answer."""
    answer_by = booking.change_answer_by or booking.answer_by
    if not answer_by:
        return ""
    left = timezone.localdate(answer_by) - timezone.localdate(now)
    if left < timedelta(days=1):
        return _("today at %(time)s") % {"time": clock(answer_by)}
    return ngettext("%(count)d day left", "%(count)d days left", left.days) % {"count": left.days}


def row(booking: Booking, now: datetime, whose: str = "") -> dict[str, Any]:
    """One row of an inbox, for `hosting/row.html`; `whose` is said where one reader has several houses."""
    change = booking.open_change
    waits = booking.status == Status.OFFERED or (change is not None and change.side == Side.PRODUCER)
    return {
        "booking": booking,
        "starts_at": booking.starts_at,
        "url": reverse("booking", args=[booking.pk]),
        "title": booking.tour.production,
        "text": " ".join([f"{whose}:" if whose else "", _row_text(booking)]).strip(),
        "state": shown_state(booking, now),
        "waits": waits,
        "left": days_left(booking, now) if waits else _to_report(booking, now) or progress_text(booking, now),
    }


def _to_report(booking: Booking, now: datetime) -> str:
    return _("not reported") if reporting.is_wanted(booking, now) else ""


def _tell_url(booking: Booking, line: RiderLine, tell_url: str) -> str:
    address = booking.tour.production.ensemble.producer.email
    if line.verdict != Verdict.UNKNOWN:
        return ""
    if tell_url or not address:
        return tell_url
    return f"mailto:{address}?subject=" + quote(f"{booking.tour.production}, {booking.venue}: {line.label}")


def _day(booking: Booking) -> str:
    start = booking.starts_at
    return f"{day_text(start)}, {week_text(start)}"


def _hours(booking: Booking) -> str:
    """ "The ensemble comes at 10.00 and builds for 1 h 15 min. Show 11.15–12.00, gone by 12.45." """
    rider = booking.tour.production.rider
    comes = _("The ensemble comes at %(time)s and builds for %(duration)s.") % {
        "time": clock(booking.occupied_from),
        "duration": duration_text(rider.get_in_min),
    }
    plays = ", ".join(f"{clock(show.starts_at)}–{clock(show.ends_at)}" for show in shows(booking))
    word = ngettext("Show %(times)s", "Shows %(times)s", len(shows(booking)))
    if booking.tour.production.is_session:
        word = ngettext("Session %(times)s", "Sessions %(times)s", len(shows(booking)))
    return (
        f"{comes} {word % {'times': plays}}, {_('gone by %(time)s') % {'time': clock(booking.occupied_to)}}."
    )


def _audience(production: Production) -> str:
    most = ngettext("At most %(count)d person", "At most %(count)d persons", production.audience_max)
    parts = [most % {"count": production.audience_max}]
    if production.age_min and production.age_max:
        ages = {"from": production.age_min, "to": production.age_max}
        parts.append(_("%(from)d to %(to)d years") % ages)
    elif production.age_min:
        parts.append(_("from %(from)d years") % {"from": production.age_min})
    return ", ".join(parts)


def _expected(booking: Booking) -> str:
    if not booking.audience_expected:
        return ""
    return _("Expected: %(count)d a show.") % {"count": booking.audience_expected}


def _price(booking: Booking) -> str:
    extent = _("all included") if booking.is_all_in else _("plus travel and lodging")
    return f"{money_text(booking.price, booking.currency)} {extent}"


def _price_of_each(booking: Booking) -> str:
    count = len(shows(booking))
    together = _("For %(count)d shows on the same day.") % {"count": count} if count > 1 else ""
    return " ".join(part for part in (together, price_words.lines_text(booking)) if part)


def _host_arranges(production: Production) -> str:
    rider = production.rider
    lunch = [_("lunch for the ensemble")] if rider.needs_lunch else []
    return ", ".join([*helpers_texts(rider), *lunch])


def _row_text(booking: Booking) -> str:
    where = f"{booking.venue}, {booking.venue.place}"
    if booking.status == Status.OFFERED and booking.answer_by:
        deadline = moment_text(booking.answer_by)
        return _("%(where)s, %(price)s. Answer by %(deadline)s.") % {
            "where": where,
            "price": money_text(booking.price, booking.currency),
            "deadline": deadline,
        }
    if booking.status == Status.HELD and booking.hold_rank > 1:
        return _("%(where)s. Option %(rank)d: another has the first one on this time.") % {
            "where": where,
            "rank": booking.hold_rank,
        }
    if booking.status == Status.HELD and booking.hold_expires_at:
        return _(
            "%(where)s. The time is kept for you until the offer comes, until %(deadline)s at the longest."
        ) % {
            "where": where,
            "deadline": moment_text(booking.hold_expires_at),
        }
    if (change := booking.open_change) and change.side == Side.PRODUCER:
        return _("%(where)s. A change waits for you: %(change)s. Answer by %(deadline)s.") % {
            "where": where,
            "change": change_words.new_version(booking, change),
            "deadline": moment_text(change.answer_by),
        }
    if booking.status == Status.CONFIRMED:
        return _("%(where)s. The ensemble comes at %(time)s.") % {
            "where": where,
            "time": clock(booking.occupied_from),
        }
    return where
