"""Days of residencies and what they do as VEVENTs: nights on which clocks turn, years, long and hard texts."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import icalendar
import pytest
from hypothesis import given, settings

from bookings import ical
from tests.bookings.ical_entries import BASE, HARD, SPAN, SUB_EVENT
from tests.bookings.ical_reader import Block, physical_lines, vevents

STAY = replace(SPAN, kind="Residens", title="Ljud av is", where="Backe, Strömsund")


def of_days(**changes: object) -> Block:
    (found,) = vevents(ical.calendar("Residens", [ical.render_span(replace(STAY, **changes), BASE)]))
    return found


def timed(**changes: object) -> Block:
    vevent = ical.render_sub_event(replace(SUB_EVENT, **changes), BASE)
    (found,) = vevents(ical.calendar("Residens", [vevent]))
    return found


@pytest.mark.parametrize(
    ("first", "last", "start", "end"),
    [
        (date(2026, 12, 28), date(2027, 1, 3), "20261228", "20270104"),  # over a year's end
        (date(2026, 12, 31), date(2026, 12, 31), "20261231", "20270101"),
        (date(2028, 2, 28), date(2028, 2, 29), "20280228", "20280301"),  # a leap day
        (date(2026, 10, 20), date(2026, 10, 30), "20261020", "20261031"),  # clocks are turned within it
    ],
)
def test_days_end_before_the_day_after_the_last(first: date, last: date, start: str, end: str) -> None:
    found = of_days(starts_on=first, ends_on=last)
    for name, day in (("DTSTART", start), ("DTEND", end)):
        assert (found.one(name).params, found.one(name).value) == ({"VALUE": "DATE"}, day)


def test_days_take_nobody_s_time_and_hours_do() -> None:
    assert (of_days().text("TRANSP"), timed().text("TRANSP")) == ("TRANSPARENT", "OPAQUE")


@pytest.mark.parametrize(("status", "transp"), [("cancelled", "TRANSPARENT"), ("tentative", "OPAQUE")])
def test_what_is_cancelled_takes_no_time(status: str, transp: str) -> None:
    found = timed(status=status)
    assert (found.text("STATUS"), found.text("TRANSP")) == (status.upper(), transp)


def test_what_is_cancelled_says_so_first() -> None:
    assert of_days(status="cancelled").text("SUMMARY") == "INSTÄLLT: Residens: Ljud av is"
    assert timed(status="cancelled").text("SUMMARY") == "INSTÄLLT: Visning: Första lyssningen"
    assert timed(status="cancelled").text("DESCRIPTION").startswith("Inställt.\n")


@pytest.mark.parametrize(
    ("at", "told", "params"),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "20270328T013000", {"TZID": "Europe/Stockholm"}),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "20270328T030000", {"TZID": "Europe/Stockholm"}),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "20261025T003000Z", {}),  # the hour that comes twice
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), "20261231T233000", {"TZID": "Europe/Stockholm"}),
    ],
)
def test_hours_are_right_when_clocks_and_years_turn(at: datetime, told: str, params: dict) -> None:
    start = timed(starts_at=at, ends_at=at + timedelta(hours=2)).one("DTSTART")
    assert (start.value, start.params) == (told, params)


def test_a_split_stay_is_two_things_with_one_title() -> None:
    parts = [
        replace(STAY, uid=UUID(int=n), starts_on=date(2027, n, 1), ends_on=date(2027, n, 5)) for n in (2, 4)
    ]
    found = vevents(ical.calendar("Residens", [ical.render_span(part, BASE) for part in parts]))
    assert len({event.text("UID") for event in found}) == 2
    assert {event.text("SUMMARY") for event in found} == {"Residens: Ljud av is"}


@settings(max_examples=80, deadline=None)
@given(HARD)
def test_whatever_is_written_folds_and_reads_back(text: str) -> None:
    span = replace(STAY, title=text, where=text, lines=(text,))
    row = replace(SUB_EVENT, title=text, where=text, lines=(text,))
    body = ical.calendar(text, [ical.render_span(span, BASE), ical.render_sub_event(row, BASE)])
    assert max(map(len, physical_lines(body))) <= 75
    told = ical.one_line(text)
    summaries = [str(event["summary"]) for event in icalendar.Calendar.from_ical(body).walk("VEVENT")]
    assert summaries == [
        f"Residens: {told}" if told else "Residens",
        f"Visning: {told}" if told else "Visning",
    ]
    assert [event.text("SUMMARY") for event in vevents(body)] == summaries


def test_its_page_stands_twice() -> None:
    found = timed()
    assert found.text("URL") == "https://turne.example.org/residens/fjallvind-1/"
    assert found.text("DESCRIPTION").endswith("Läs mer: https://turne.example.org/residens/fjallvind-1/")
    assert timed(page="").all("URL") == []


def test_a_place_on_the_map_goes_with_its_words() -> None:
    assert timed().one("GEO").value == "63.816670;16.400000"
    assert (timed(where="").all("GEO"), timed(lat=None).all("GEO")) == ([], [])
