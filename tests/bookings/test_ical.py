"""A performance becomes the right VEVENT, whatever its texts: tests carry the ids of the content rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings import ical
from bookings.ical import one_line, render
from tests.bookings.ical_entries import BASE, ENTRY, UID, body, event, parsed
from tests.bookings.ical_reader import physical_lines, read, vevents
from tours.models import Production, Wish

TEXTS = st.text(max_size=200) | st.text(alphabet='åäöÅÄÖé😀\\nN;,:"^\r\n\t\x00\x85\u2028 ab', max_size=300)
#: What a person can not see the loss of: everything else must come through.
WORDS = st.text(alphabet='åäöÅÄÖ😀\\nN;,:"^abc ', min_size=1, max_size=200).map(one_line).filter(bool)


# -- R01-R08: bytes ---------------------------------------


@settings(max_examples=300, deadline=None)
@given(title=TEXTS, venue=TEXTS, presenter=TEXTS, name=TEXTS)
def test_R01_R08_lines_are_well_formed_whatever_the_texts(title, venue, presenter, name):
    made = body(replace(ENTRY, title=title, venue=venue, presenter=presenter), name=name)
    assert len(vevents(made)) == 1
    assert not made.startswith(b"\xef\xbb\xbf")


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="åäöÅÄÖ", min_size=60, max_size=400))
def test_R05_R06_folding_never_splits_a_letter(text):
    lines = physical_lines(render(replace(ENTRY, title=text), BASE))
    assert "".join(line.decode().removeprefix(" ") for line in lines if line).count(text) == 1


def test_R06_a_decomposed_letter_becomes_one_character():
    assert event(title="A\u030are").text("SUMMARY") == "Åre"


@settings(max_examples=200, deadline=None)
@given(title=WORDS)
def test_R38_title_comes_back_through_an_independent_reader(title):
    assert event(title=title).text("SUMMARY") == title


@settings(max_examples=200, deadline=None)
@given(title=WORDS)
def test_R38_title_comes_back_through_icalendar(title):
    assert str(parsed(title=title)["SUMMARY"]) == title


def test_R38_typed_backslash_before_capital_n_is_no_line_break():
    assert event(title=r"Vägen \Norrut").one("SUMMARY").value == r"Vägen \\Norrut"


def test_R07_control_characters_are_left_out():
    assert event(title="Tru\x00mm\x1ban\u2028och\x85jag\tnu").text("SUMMARY") == "Trumman och jag nu"


# -- R09-R16: the calendar ---------------------------------------


def test_R09_R12_one_calendar_with_version_and_prodid_and_no_method():
    found = read(body(ENTRY))
    assert found.name == "VCALENDAR"
    assert (found.text("VERSION"), found.text("PRODID")) == ("2.0", "-//Turne//Turne 1//SV")
    assert found.all("METHOD") == []


def test_R13_name_stands_twice():
    found = read(body(ENTRY, name="Scenkonst; i, Åre"))
    assert found.text("NAME") == found.text("X-WR-CALNAME") == "Scenkonst; i, Åre"


def test_R14_R15_refresh_is_a_duration_of_an_hour():
    found = read(body(ENTRY))
    refresh = found.one("REFRESH-INTERVAL")
    assert (refresh.params, refresh.value) == ({"VALUE": "DURATION"}, "PT1H")
    assert found.one("X-PUBLISHED-TTL").value == "PT1H"


def test_R16_only_events_and_time_zones():
    assert [block.name for block in read(body(ENTRY)).blocks] == ["VTIMEZONE", "VEVENT"]


def test_R16_an_empty_calendar_still_has_a_component():
    assert [block.name for block in read(body()).blocks] == ["VTIMEZONE"]


# -- R17-R23: identity and age ---------------------------------------


@pytest.mark.parametrize("name", ["UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "SEQUENCE"])
def test_R17_R19_once_each(name):
    assert len(event().all(name)) == 1


def test_R20_uid_comes_from_the_performance_alone():
    moved = {"starts_at": ENTRY.starts_at - timedelta(days=9), "title": "Annat", "status": "cancelled"}
    assert event().text("UID") == event(**moved).text("UID") == f"{UID}@turne"


def test_R20_uid_does_not_follow_the_address_of_the_site():
    assert b"UID:" + str(UID).encode() + b"@turne\r\n" in render(ENTRY, "https://other.example.org")


def test_R21_R22_stamps_are_the_last_change_in_utc():
    found = event()
    assert found.text("DTSTAMP") == found.text("LAST-MODIFIED") == "20270110T123000Z"
    assert found.text("CREATED") == "20261101T080000Z"


def test_R23_sequence_is_the_performances():
    assert event().text("SEQUENCE") == "2"


# -- R34-R36: state ---------------------------------------


@pytest.mark.parametrize(
    ("changes", "status", "transp", "summary"),
    [
        ({}, "CONFIRMED", "OPAQUE", "Trumman och tystnaden"),
        ({"status": "held"}, "TENTATIVE", "OPAQUE", "Option: Trumman och tystnaden"),
        (
            {"status": "held", "hold_rank": 2},
            "TENTATIVE",
            "TRANSPARENT",
            "Option 2: Trumman och tystnaden",
        ),
        ({"status": "offered"}, "TENTATIVE", "OPAQUE", "Erbjudande: Trumman och tystnaden"),
        ({"status": "cancelled"}, "CANCELLED", "TRANSPARENT", "INSTÄLLT: Trumman och tystnaden"),
        ({"status": "postponed"}, "CANCELLED", "TRANSPARENT", "UPPSKJUTET: Trumman och tystnaden"),
    ],
)
def test_R34_R35_state_is_a_property_and_a_word(changes, status, transp, summary):
    found = event(**changes)
    assert (found.text("STATUS"), found.text("TRANSP"), found.text("SUMMARY")) == (status, transp, summary)


def test_R35_a_cancelled_one_keeps_its_place_in_time():
    assert event(status="cancelled").text("DTSTART") == event().text("DTSTART")


def test_R35_a_cancelled_one_says_so_first_in_the_description():
    assert event(status="cancelled").text("DESCRIPTION").startswith("Föreställningen är inställd.\n")


# -- R37-R40, R45, R47-R49: words ---------------------------------------


def test_description_says_what_to_know_before_going():
    assert event(age_max=12, grades="F–3").text("DESCRIPTION").split("\n") == [
        "Längd: 45 minuter. För 6–12 år.",
        "Årskurs: F–3.",
        "Vecka 5.",
        "Spelas av Trio Norr.",
        "Arrangör: Backe bygdegård.",
        f"Läs mer: {BASE}/forestallning/{UID}/",
    ]


@pytest.mark.parametrize(
    ("age_min", "age_max", "words"),
    [
        (0, None, "För alla åldrar."),
        (6, None, "Från 6 år."),
        (3, 5, "För 3–5 år."),
        (6, 6, "För 6 år."),
    ],
)
def test_ages_in_words(age_min, age_max, words):
    assert (
        event(age_min=age_min, age_max=age_max)
        .text("DESCRIPTION")
        .startswith(f"Längd: 45 minuter. {words}\n")
    )


def test_week_is_that_of_the_local_day():
    late_on_sunday_in_utc = datetime(2027, 2, 7, 23, 30, tzinfo=UTC)
    found = event(starts_at=late_on_sunday_in_utc, ends_at=late_on_sunday_in_utc + timedelta(hours=1))
    assert "Vecka 6." in found.text("DESCRIPTION")


def test_a_school_performance_is_told_apart():
    found = event(audience="school")
    assert found.text("SUMMARY") == "Trumman och tystnaden (skolföreställning)"
    assert found.text("DESCRIPTION").startswith("Skolföreställning, inte öppen för allmänheten.\n")


def test_R39_html_is_taken_out():
    assert event(title="<b>Trumman</b> &lt;3 <br/>och 1 < 2").text("SUMMARY") == "Trumman &lt;3 och 1 < 2"


@pytest.mark.parametrize("title", ["", "\x00", " \n ", "<br>"])
def test_R49_summary_is_never_empty(title):
    assert event(title=title).text("SUMMARY") == "Föreställning"


def test_R40_what_is_missing_leaves_no_trace():
    bare = {
        "art_form": "",
        "audience": "",
        "ensemble": "",
        "presenter": "",
        "venue": "",
        "address": "",
        "place": "",
        "municipality": "",
        "is_public": False,
    }
    found = event(**bare)
    assert not {"LOCATION", "GEO", "URL", "CATEGORIES"} & {line.name for line in found.lines}
    assert all(line.value not in {"", "None"} for line in found.lines)
    assert found.text("DESCRIPTION") == "Längd: 45 minuter. Från 6 år.\nVecka 5."


def test_R37_R47_R48_nobody_is_named_and_nothing_rings():
    found = event()
    assert not {"ATTENDEE", "ORGANIZER", "CONTACT", "VALARM"} & {line.name for line in found.lines}
    assert found.blocks == []


def test_R45_categories_are_art_form_and_audience():
    assert event(audience="school").one("CATEGORIES").value == "Teater,Skolföreställning"


def test_R45_every_art_form_and_audience_has_a_word():
    assert set(ical.ART_FORMS) == set(Production.ArtForm.values)
    assert set(ical.AUDIENCES) == set(Wish.Audience.values)


# -- R41-R44: where, and the link ---------------------------------------


def test_R41_location_from_room_to_municipality():
    assert event().text("LOCATION") == "Stora salen, Storgatan 1, Backe, Strömsund"


def test_R41_location_says_each_thing_once():
    assert event(address="", place="Krokom", municipality="Krokom").text("LOCATION") == "Stora salen, Krokom"


def test_R41_position_as_numbers_without_exponent():
    assert event(lat=0.00001, lon=-0.00001).text("GEO") == "0.000010;-0.000010"


@pytest.mark.parametrize("unknown", ["lat", "lon"])
def test_R42_no_position_when_the_venues_own_is_unknown(unknown):
    found = event(**{unknown: None})
    assert found.all("GEO") == found.all("X-APPLE-STRUCTURED-LOCATION") == []


def test_R43_apple_gets_the_position_with_a_title():
    line = event(venue='Salen "Örnen", ^nedre').one("X-APPLE-STRUCTURED-LOCATION")
    assert line.value == "geo:63.816670,16.400000"
    assert line.params == {"VALUE": "URI", "X-APPLE-RADIUS": "100", "X-TITLE": "Salen 'Örnen', nedre"}


def test_R44_link_stands_in_url_and_description():
    link = f"{BASE}/forestallning/{UID}/"
    assert event().text("URL") == link
    assert event().text("DESCRIPTION").endswith(f"\nLäs mer: {link}")


def test_R44_link_is_the_address_of_the_page():
    assert ical.PAGE.format(uid=UID) == reverse("performance", args=[UID])


def test_R44_no_link_to_a_page_that_is_not_public():
    found = event(is_public=False)
    assert found.all("URL") == []
    assert "http" not in found.text("DESCRIPTION")


# -- R50: the same again ---------------------------------------


def test_R50_order_is_the_one_given():
    other = replace(ENTRY, uid=UUID(int=7))
    assert [e.text("UID") for e in vevents(body(other, ENTRY))] == [f"{UUID(int=7)}@turne", f"{UID}@turne"]


def test_R50_equal_values_give_equal_bytes():
    assert body(replace(ENTRY)) == body(ENTRY)
