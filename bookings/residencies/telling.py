"""Who is told what about a residency: host, artist and the region's office, by mails in the transaction of the verb."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from bookings import letters, reach
from bookings.mail_kinds import KINDS
from bookings.models import Notice, Residency, ResidencyContract
from bookings.notices import after_quiet, said
from bookings.residencies import contract_words, permissions
from bookings.residencies.stay_mail_words import heading
from venues.dates import moment_text
from venues.models import Membership, Organisation, User

Side = Residency.Side


@dataclass(frozen=True)
class _News:
    """One thing that is told.

    Attributes:
        lines: what the mail lists, and `more` what its heading says; called in the receiver's language.
        page: name of the address to which its button leads.
    """

    kind: str
    residency: Residency
    now: datetime
    lines: Callable[[], Sequence[str]] = list
    more: Callable[[], dict[str, Any]] = field(default=dict)
    page: str = "residency"


def contract_sent(
    residency: Residency,
    contract: ResidencyContract,
    before: ResidencyContract | None,
    answer_by: datetime,
    now: datetime,
) -> None:
    """Both sides get the contract to answer; of a later one what differs from the one before."""

    def lines() -> Sequence[str]:
        if before is None:
            return _all_lines(contract)
        found = contract_words.differences(before.facts, contract.facts)
        return [contract_words.difference_text(one) for one in found]

    def more() -> dict[str, Any]:
        return {"when": moment_text(answer_by)}

    kind = "residency_changed" if before else "residency_offered"
    _tell_sides(_News(kind, residency, now, lines, more, "residency-contract"))


def reminded(residency: Residency, now: datetime) -> None:
    """Whoever has not answered hears until when an answer is wanted."""

    def more() -> dict[str, Any]:
        return {"when": moment_text(residency.answer_by) if residency.answer_by else ""}

    waiting = [side for side in (Side.HOST, Side.ARTIST) if getattr(residency, f"{side}_agreed_at") is None]
    news = _News("residency_reminded", residency, now, more=more, page="residency-contract")
    _tell_sides(news, waiting)


def confirmed(residency: Residency, now: datetime) -> None:
    """Everybody hears that both sides have agreed."""
    _tell_all(_News("residency_confirmed", residency, now, lambda: _days(residency)))


def declined(residency: Residency, side: str, why: str, now: datetime) -> None:
    """The other side and the region hear who has said no, and why."""
    who = residency.host.name if side == Side.HOST else residency.artist_name
    news = _News("residency_declined", residency, now, lambda: [why], lambda: {"who": who})
    _tell_sides(news, [Side.ARTIST if side == Side.HOST else Side.HOST])
    _tell_region(news)


def cancelled(residency: Residency, side: str, why: str, now: datetime) -> None:
    """Everybody hears at once that it is cancelled, by whom, and why."""

    def more() -> dict[str, Any]:
        return {"who": Side(side).label, "why": why}

    _tell_all(_News("residency_cancelled", residency, now, lambda: _days(residency), more))


def _all_lines(contract: ResidencyContract) -> list[str]:
    return [
        f"{row.term}: {row.text}"
        for section in contract_words.sections(contract.facts)
        if section.key in ("parties", "stay", "money")
        for row in section.rows
    ]


def _days(residency: Residency) -> list[str]:
    return [contract_words.period_text(row.starts_on, row.ends_on) for row in residency.periods.all()]


def _tell_all(news: _News) -> None:
    _tell_sides(news)
    _tell_region(news)


def _tell_sides(news: _News, sides: Sequence[str] = (Side.HOST, Side.ARTIST)) -> None:
    for side in sides:
        answers_to = news.residency.host if side == Side.ARTIST else None
        for address in _addresses(news.residency, side):
            _post(news, address, answers_to)


def _tell_region(news: _News) -> None:
    offices = Organisation.objects.filter(region=news.residency.region_id)
    for office in offices.with_role(Organisation.Role.REGION):
        for address in reach.addresses(office, [Membership.Role.OFFICER]):
            _post(news, address, news.residency.host)


def _addresses(residency: Residency, side: str) -> list[reach.Address]:
    """Where a side is written to: the host's role address or members; the artist's account, else its producer."""
    if side == Side.HOST:
        return reach.addresses(residency.host, permissions.HOSTING)
    artist: User | None = residency.artist
    if artist and artist.is_active and reach.unreachable(artist.email) is None:
        return [(artist.email, artist.language)]
    if residency.ensemble:
        return reach.addresses(residency.ensemble.producer, [Membership.Role.PRODUCER])
    return []


def _post(news: _News, address: reach.Address, answers_to: Organisation | None) -> None:
    """Write the mail; answers go to the host, and nowhere from the host: its page says whom to ask."""
    (email, language), kind, residency = address, news.kind, news.residency
    is_essential = KINDS[kind].is_essential
    if not is_essential and not reach.wants_reminders(email):
        return
    unsubscribe_url = "" if is_essential else reach.unsubscribe_url(email, news.now)
    link = settings.BASE_URL + reverse(news.page, args=[residency.pk])
    with translation.override(language):
        told = {
            **heading(kind, residency, **news.more()),
            "lines": [{"text": line} for line in news.lines()],
            "sender": residency.host.name,
            "other_side": answers_to,
            "unsubscribe_url": unsubscribe_url,
        }
        letter = letters.write_about_residency(kind, residency, link, told)
    Notice.objects.create(
        **said(kind, letter, email, language, news.now),
        reply_to=answers_to.email if answers_to else "",
        link=link,
        unsubscribe_url=unsubscribe_url,
        residency=residency,
        producer=residency.host,
        send_after=news.now if kind == "residency_cancelled" else after_quiet(news.now, residency.host),
    )
