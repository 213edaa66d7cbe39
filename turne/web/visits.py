"""A visit in words: what the pages about one booking, and the lists of many, say of it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import reporting
from bookings.models import Booking, BookingChange, Performance, Production
from bookings.models.booking import Status
from bookings.rooms import RiderLine, Verdict, room_check
from bookings.states import shown_state
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


def room_lines(booking: Booking, tell_url: str = "") -> list[dict[str, str]]:
    """The room check of this visit's room, for `hosting/room.html`.

    Args:
        tell_url: where the reader can tell what is unknown; without it by a mail to the producer.
    """
    production = booking.tour.production
    lines = room_check(production.rider, production, booking.venue, audience=booking.audience_expected)
    return [
        {
            "key": line.key,
            "fit": line.verdict.value,
            "text": line.text,
            "tell_url": _tell_url(booking, line, tell_url),
        }
        for line in lines
    ]


def days_left(booking: Booking, now: datetime) -> str:
    """How long is left to answer."""
    if not booking.answer_by:
        return ""
    left = timezone.localdate(booking.answer_by) - timezone.localdate(now)
    if left < timedelta(days=1):
        return _("today at %(time)s") % {"time": clock(booking.answer_by)}
    return ngettext("%(count)d day left", "%(count)d days left", left.days) % {"count": left.days}


def row(booking: Booking, now: datetime, whose: str = "") -> dict[str, Any]:
    """One row of an inbox, for `hosting/row.html`; `whose` is said where one reader has several houses."""
    waits = booking.status == Status.OFFERED
    return {
        "booking": booking,
        "starts_at": booking.starts_at,
        "url": reverse("booking", args=[booking.pk]),
        "title": booking.tour.production,
        "text": " ".join([f"{whose}:" if whose else "", _row_text(booking)]).strip(),
        "state": shown_state(booking, now),
        "waits": waits,
        "left": days_left(booking, now) if waits else _to_report(booking, now),
    }


def _to_report(booking: Booking, now: datetime) -> str:
    return _("not reported") if reporting.is_over(booking, now) and not booking.outcome else ""


def history(booking: Booking) -> list[dict[str, Any]]:
    """What has happened, newest first: what, when, by whom, and why."""
    changes = booking.changes.select_related("by").order_by("-at", "-id")
    return [
        {"text": _happened(change), "at": change.at, "by": _by(change), "reason": change.reason}
        for change in changes
    ]


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
    word = ngettext("Show %(times)s", "Shows %(times)s", len(shows(booking))) % {"times": plays}
    return f"{comes} {word}, {_('gone by %(time)s') % {'time': clock(booking.occupied_to)}}."


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
    return _("For %(count)d shows on the same day.") % {"count": count} if count > 1 else ""


def _host_arranges(production: Production) -> str:
    rider = production.rider
    wanted = [
        ngettext("%(count)d helper at get-in", "%(count)d helpers at get-in", rider.helpers_in)
        % {"count": rider.helpers_in}
        if rider.helpers_in
        else "",
        ngettext("%(count)d helper at get-out", "%(count)d helpers at get-out", rider.helpers_out)
        % {"count": rider.helpers_out}
        if rider.helpers_out
        else "",
        _("lunch for the ensemble") if rider.needs_lunch else "",
    ]
    return ", ".join(part for part in wanted if part)


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
    if booking.status == Status.CONFIRMED:
        return _("%(where)s. The ensemble comes at %(time)s.") % {
            "where": where,
            "time": clock(booking.occupied_from),
        }
    return where


def _happened(change: BookingChange) -> str:
    """The line of history in words."""
    details = change.details
    if change.action == "hold":
        rank = details.get("rank", 1)
        return _("Held") if rank == 1 else _("Noted as option %(rank)d") % {"rank": rank}
    if change.action == "offer" and details.get("answer_by"):
        deadline = moment_text(datetime.fromisoformat(details["answer_by"]))
        return _("Offered, to be answered by %(deadline)s") % {"deadline": deadline}
    if change.action in HAPPENED_WITH and change.details:
        return HAPPENED_WITH[change.action](details)
    if change.action == "expire" and change.from_status == Status.HELD:
        return _("The hold ran out")
    if change.action == "move" and {"from", "to"} <= set(details):
        times = {key: moment_text(datetime.fromisoformat(details[key])) for key in ("from", "to")}
        return _("Moved from %(from)s to %(to)s") % times
    return str(HAPPENED.get(change.action, lambda: change.action)())


def _moment(details: dict[str, Any], name: str) -> str:
    return moment_text(datetime.fromisoformat(details[name]))


def _released(details: dict[str, Any]) -> str:
    return _("Released: the challenge by %(tour)s was not answered") % {"tour": details["challenger"]}


def _challenged(details: dict[str, Any]) -> str:
    facts = {"tour": details["tour"], "deadline": _moment(details, "answer_by")}
    return _("Challenged by %(tour)s, to be answered by %(deadline)s") % facts


#: Action -> what it reads like afterwards, by its details.
HAPPENED_WITH: dict[str, Callable[[dict[str, Any]], str]] = {
    "promote": lambda details: _("Moved up from option %(from)d to the first") % details,
    "move_up": lambda details: _("Moved up from option %(from)d to %(to)d") % details,
    "extend": lambda details: _("Held until %(deadline)s") % {"deadline": _moment(details, "until")},
    "challenge": lambda details: (
        _("Asked for the first option, to be answered by %(deadline)s")
        % {"deadline": _moment(details, "answer_by")}
    ),
    "challenged": _challenged,
    "unchallenge": lambda details: _("%(tour)s asks no longer") % details,
    "release": _released,
}


#: Action -> what it reads like afterwards.
HAPPENED = {
    "offer": lambda: _("Offered"),
    "move": lambda: _("Moved"),
    "confirm": lambda: _("Confirmed"),
    "decline": lambda: _("Declined"),
    "counter": lambda: _("Another date proposed"),
    "withdraw": lambda: _("Offer withdrawn"),
    "release": lambda: _("Released"),
    "expire": lambda: _("The answer date passed without an answer"),
    "cancel": lambda: _("Cancelled"),
    "publish": lambda: _("Published"),
    "report": lambda: str(Booking.Outcome.HELD.label).capitalize(),
    "not_played": lambda: str(Booking.Outcome.NOT_HELD.label).capitalize(),
}


def _by(change: BookingChange) -> str:
    if change.by:
        return str(change.by)
    return _("the link in the mail") if change.action in ("confirm", "decline", "counter") else ""
