"""A kept agreement in words, and what differs between two of them."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from bookings import agreement_words, counters, lifecycle, postponing, pricing
from bookings.agreement_words import Difference
from bookings.models import Agreement, Booking
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, countered, held, offered
from tests.checklists import prepared
from tests.world import World


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


def facts(booking: Booking) -> dict[str, Any]:
    return Agreement.objects.filter(booking=booking).order_by("number").last().facts


def rows(found: dict[str, Any], key: str) -> dict[str, str]:
    parts = [*agreement_words.sections(found), *agreement_words.appendices(found)]
    return {row.term: row.text for part in parts if part.key == key for row in part.rows}


def test_the_parties(world: World) -> None:
    assert rows(facts(confirmed(world)), "parties") == {
        "Producer": "Scenlaget",
        "Presenter": "Backe bygdegård, Strömsund",
    }


def test_the_visit(world: World) -> None:
    found = rows(facts(confirmed(world)), "visit")
    assert (found["Day"], found["Show"]) == ("Wed 3 Feb 2027, week 5", "11:15–12:00")
    assert found["Venue"] == "Backe bygdegård, salen, Backe, Strömsund"


def test_the_plan_from_get_in_to_get_out(world: World) -> None:
    assert rows(facts(confirmed(world)), "plan") == {
        "The ensemble comes and builds": "10:00–11:15",
        "Show": "11:15–12:00",
        "All is taken out again": "12:00–12:45",
    }


def test_the_price_with_its_payer_and_vat(world: World) -> None:
    lines = [
        pricing.Line("fee", Decimal(8000), vat_percent=Decimal(6)),
        pricing.Line("travel", None, words="by the km"),
        pricing.Line("rights", Decimal(500), payer="producer", vat_percent=Decimal("0")),
    ]
    booking = pricing.set_price(held(world), by=world.producer, now=NOW, lines=lines)
    found = facts(lifecycle.confirm(booking, by=world.producer, now=NOW))
    assert rows(found, "lines") == {
        "Fee": "8,000\u00a0kr, VAT 6\u00a0%, paid by the presenter",
        "Travel (by the km)": "paid as it turns out, VAT not said, paid by the presenter",
        "Rights": "500\u00a0kr, VAT 0\u00a0%, paid by the producer",
    }
    assert rows(found, "price")["The presenter pays"] == "8,000\u00a0kr, plus what is paid as it turns out"


def test_the_room_check_has_its_verdicts(world: World) -> None:
    booking = prepared(world, needs={"stage_w_m": Decimal(6), "needs_piano": True}, stage_width_m=Decimal(5))
    [room] = [part for part in agreement_words.appendices(facts(booking)) if part.key == "room"]
    assert [(row.term, row.fit_text) for row in room.rows] == [
        ("Audience", "Fits"),
        ("Stage width", "Does not fit"),
        ("Tuned piano", "Unknown"),
    ]


def test_what_is_not_agreed_about_cancelling_is_said(world: World) -> None:
    found = rows(facts(confirmed(world)), "cancelling")
    assert found["What it costs then"] == "Nothing is agreed about that here."
    assert "until Wed 3 Feb 2027 at 12:45" in found["Cancel or postpone"]


@pytest.mark.parametrize(
    ("who", "how"),
    [
        ("presenter", "Backe bygdegård, logged in"),
        ("producer", "Scenlaget, logged in, for the presenter"),
        (None, "Backe bygdegård, by the link in the mail"),
    ],
)
def test_who_confirmed_and_how(world: World, who: str | None, how: str) -> None:
    by = getattr(world, who) if who else None
    found = facts(lifecycle.confirm(offered(world), by=by, now=NOW))
    assert rows(found, "confirmed")["By whom"] == how


def test_a_taken_time_says_so(world: World) -> None:
    booking = counters.take(countered(world), by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
    said = rows(facts(booking), "confirmed")["By whom"]
    assert said == "Scenlaget, logged in: took a time that the presenter had asked for"


def test_a_step_of_a_later_day_is_still_read(world: World) -> None:
    found = facts(confirmed(world))
    found["confirmed"]["step"] = "another"
    assert rows(found, "confirmed")["By whom"] == "Backe bygdegård"


def test_words_come_in_the_readers_language(world: World) -> None:
    found = facts(confirmed(world))
    with translation.override("sv"):
        assert rows(found, "needs")["Inbygge"] == "1\u00a0h 15\u00a0min"


def test_what_differs_is_named_line_by_line(world: World) -> None:
    booking = postponing.postpone(confirmed(world), by=world.producer, now=NOW, reason="Snö")
    before = facts(booking)
    postponing.reschedule(booking, by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
    lifecycle.confirm(booking, by=world.producer, now=NOW + DAY)
    found = agreement_words.differences(before, facts(booking))
    assert found == [
        Difference("The visit", "Day", "Wed 3 Feb 2027, week 5", "Thu 4 Feb 2027, week 5"),
        Difference(
            "If it is not played",
            "Cancel or postpone",
            "Either side may until Wed 3 Feb 2027 at 12:45, and says why.",
            "Either side may until Thu 4 Feb 2027 at 12:45, and says why.",
        ),
    ]


def test_what_is_new_or_gone_differs_too(world: World) -> None:
    before = facts(confirmed(world))
    after = {**before, "needs": [{"key": "x", "label": {"en": "Filter"}, "text": {"en": "two"}}]}
    found = agreement_words.differences(before, after)
    assert (found[0].term, found[0].was, found[0].becomes) == ("Filter", "", "two")
    assert {one.term for one in found[1:] if not one.becomes} == {"Get-in", "Get-out", "People on tour"}


def test_the_same_differs_in_nothing(world: World) -> None:
    found = facts(confirmed(world))
    assert agreement_words.differences(found, found) == []
