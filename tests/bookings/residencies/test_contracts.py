"""The contract: kept as it was sent, answered by both sides to what they saw, and sent anew where it was changed."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from bookings import kept_facts
from bookings.models import Notice, ResidencyContract
from bookings.residencies import contract_words, contracts, days, money, reserving, staying
from bookings.residencies.days import Days
from bookings.residencies.money import Cost
from bookings.residencies.reserving import Hours
from tests.bookings.residencies.stays_made import (
    ANSWER_BY,
    NOW,
    Stay,
    confirmed,
    offered,
    planned,
    reserved,
    said,
)
from tests.world import World
from tours.errors import NotNow, Refused


@pytest.fixture
def stay(world: World) -> Stay:
    return offered(world)


def agree(stay: Stay, side: str, number: int = 1) -> str:
    by = stay.artist if side == "artist" else stay.world.presenter
    return contracts.agree(stay.residency, side, number=number, by=by, now=NOW).status


def pay(stay: Stay, amount: int = 30_000) -> None:
    money.set_costs(stay.residency, [Cost("stipend", "region", Decimal(amount))], **stay.act())


def send(stay: Stay) -> ResidencyContract:
    return contracts.send(stay.residency, answer_by=ANSWER_BY, **stay.act())


def mails(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("to_email", flat=True))


def test_both_sides_get_it_by_mail(stay: Stay) -> None:
    assert stay.residency.status == "offered"
    assert mails("residency_offered") == sorted(["backe-bygdegard@example.org", stay.artist.email])


def test_the_mail_says_days_and_rooms_and_not_what_somebody_needs(stay: Stay) -> None:
    text = Notice.objects.get(to_email=stay.artist.email).body_text
    assert ("Backe bygdegård, salen" in text, "3–16 May 2027" in text, "Hiss" in text) == (True, True, False)


def test_it_is_confirmed_when_both_have_agreed(stay: Stay) -> None:
    assert [agree(stay, "host"), agree(stay, "artist")] == ["offered", "confirmed"]
    assert mails("residency_confirmed") == sorted(
        ["backe-bygdegard@example.org", "kulturkontoret@example.org", stay.artist.email]
    )


def test_nobody_agrees_twice(stay: Stay) -> None:
    agree(stay, "host")
    with pytest.raises(NotNow, match="agreed already"):
        agree(stay, "host")


def test_nobody_agrees_to_a_contract_that_was_followed_by_another(stay: Stay) -> None:
    pay(stay)
    send(stay)
    with pytest.raises(NotNow, match="Another contract"):
        agree(stay, "artist", number=1)
    assert agree(stay, "artist", number=2) == "offered"


def test_nobody_agrees_to_what_was_changed_after_it_was_sent(stay: Stay) -> None:
    pay(stay)
    with pytest.raises(NotNow, match="was changed after"):
        agree(stay, "host")


def test_the_same_is_not_sent_twice(stay: Stay) -> None:
    with pytest.raises(NotNow, match="Nothing has changed"):
        send(stay)


def test_a_change_after_both_agreed_is_agreed_anew(world: World) -> None:
    stay = confirmed(world)
    may, august = stay.residency.periods.all()
    wanted = [
        Days(may.starts_on, may.ends_on + timedelta(days=1), may.pk),
        Days(august.starts_on, august.ends_on, august.pk),
    ]
    days.set_days(stay.residency, wanted, **stay.act())
    assert (stay.fresh().status, contracts.is_changed_since(stay.residency)) == ("confirmed", True)
    send(stay)
    seen = stay.fresh()
    assert (seen.status, seen.host_agreed_at, seen.artist_agreed_at) == ("offered", None, None)
    text = Notice.objects.get(kind="residency_changed", to_email=stay.artist.email).body_text
    assert "The stay, Period 1: 3–16 May 2027" in text


def test_what_differs_is_told_in_words(stay: Stay) -> None:
    pay(stay)
    later = send(stay)
    first = stay.residency.contracts.get(number=1)
    found = contract_words.differences(first.facts, later.facts)
    assert [(one.section, one.term, one.was) for one in found] == [
        ("Money", "Line 1", ""),
        ("Money", "Paid by the region", ""),
    ]


@pytest.mark.parametrize(("language", "hours"), [("sv", "09.00–12.00"), ("en", "09:00–12:00")])
def test_the_hours_of_a_room_are_as_its_reader_writes_them(world: World, language: str, hours: str) -> None:
    stay = planned(world)
    reserving.reserve_room(stay.residency, world.venue, hours=Hours(time(9), time(12)), **stay.act())
    with translation.override(language):
        rows = [
            row for part in contract_words.sections(contracts.facts_of(stay.fresh())) for row in part.rows
        ]
    assert [row.text.partition(": ")[2] for row in rows if str(world.venue) in row.text] == [hours] * 2


def test_what_was_sent_stays_as_it_was(stay: Stay) -> None:
    kept = stay.residency.contracts.get()
    staying.change(stay.residency, said(artist_email=stay.artist.email, title="Skogens väg"), **stay.act())
    kept.refresh_from_db()
    assert (kept.facts["work"]["title"], kept_facts.is_whole(kept)) == ("Vindens väg", True)
    with pytest.raises(IntegrityError), transaction.atomic():
        ResidencyContract.objects.update(digest="0" * 64)


def test_the_contract_does_not_say_what_somebody_needs_or_whom_to_reach(stay: Stay) -> None:
    kept = stay.residency.contracts.get()
    assert [word for word in ("Hiss", "@", "phone", "access") if word in str(kept.facts)] == []


def test_actual_costs_are_no_change_of_it(stay: Stay) -> None:
    pay(stay)
    send(stay)
    money.set_costs(
        stay.residency, [Cost("stipend", "region", Decimal(30_000), actual=Decimal(29_000))], **stay.act()
    )
    assert not contracts.is_changed_since(stay.residency)


def test_a_no_is_told_to_the_other_side_and_the_region(stay: Stay) -> None:
    contracts.decline(stay.residency, "artist", why="Datumen går inte.", number=1, by=stay.artist, now=NOW)
    assert mails("residency_declined") == ["backe-bygdegard@example.org", "kulturkontoret@example.org"]
    assert (stay.fresh().status, contracts.declined_by(stay.residency)) == ("offered", "artist")


def test_a_no_needs_a_reason(stay: Stay) -> None:
    with pytest.raises(Refused) as refused:
        contracts.decline(stay.residency, "host", why=" ", number=1, by=stay.world.presenter, now=NOW)
    assert refused.value.field == "why"


@pytest.mark.parametrize("answer_by", [NOW, NOW + timedelta(days=400)])
def test_an_answer_is_asked_for_before_the_stay_is_over(world: World, answer_by: object) -> None:
    stay = reserved(world)
    with pytest.raises(Refused) as refused:
        contracts.send(stay.residency, answer_by=answer_by, **stay.act())
    assert refused.value.field == "answer_by"


def test_whoever_has_not_answered_is_reminded_once(stay: Stay) -> None:
    agree(stay, "host")
    at = ANSWER_BY - contracts.REMIND_BEFORE
    assert [contracts.remind_due(moment) for moment in (at - timedelta(hours=1), at, at)] == [0, 1, 0]
    assert mails("residency_reminded") == [stay.artist.email]
