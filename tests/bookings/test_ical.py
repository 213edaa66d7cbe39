"""A performance becomes the right VEVENT: the words, beyond what the rules themselves ask (`test_ical_rules`)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings import ical
from bookings.ical import one_line
from tests.bookings.ical_entries import BASE, ENTRY, UID, body, event, parsed
from tests.bookings.ical_reader import read
from tours.models import Production, Wish

#: What a person can not see the loss of: everything else must come through.
WORDS = st.text(alphabet='åäöÅÄÖ😀\\nN;,:"^abc ', min_size=1, max_size=200).map(one_line).filter(bool)


# -- Bytes ---------------------------------------


@settings(max_examples=200, deadline=None)
@given(title=WORDS)
def test_R38_title_comes_back_through_icalendar(title):
    assert str(parsed(title=title)["SUMMARY"]) == title


def test_R38_typed_backslash_before_capital_n_is_no_line_break():
    assert event(title=r"Vägen \Norrut").one("SUMMARY").value == r"Vägen \\Norrut"


def test_R07_control_characters_are_left_out():
    assert event(title="Tru\x00mm\x1ban\u2028och\x85jag\tnu").text("SUMMARY") == "Trumman och jag nu"


# -- The calendar ---------------------------------------


def test_R16_an_empty_calendar_still_has_a_component():
    assert [block.name for block in read(body()).blocks] == ["VTIMEZONE"]


# -- State ---------------------------------------


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


# -- Words ---------------------------------------


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


def test_R45_categories_are_art_form_and_audience():
    assert event(audience="school").one("CATEGORIES").value == "Teater,Skolföreställning"


def test_R45_every_art_form_and_audience_has_a_word():
    assert set(ical.ART_FORMS) == set(Production.ArtForm.values)
    assert set(ical.AUDIENCES) == set(Wish.Audience.values)


# -- Where, and the link ---------------------------------------


def test_R41_location_says_each_thing_once():
    assert event(address="", place="Krokom", municipality="Krokom").text("LOCATION") == "Stora salen, Krokom"


def test_R41_position_as_numbers_without_exponent():
    assert event(lat=0.00001, lon=-0.00001).text("GEO") == "0.000010;-0.000010"


def test_R43_apple_gets_the_position_with_a_title():
    line = event(venue='Salen "Örnen", ^nedre').one("X-APPLE-STRUCTURED-LOCATION")
    assert line.value == "geo:63.816670,16.400000"
    assert line.params == {"VALUE": "URI", "X-APPLE-RADIUS": "100", "X-TITLE": "Salen 'Örnen', nedre"}


def test_R44_link_is_the_address_of_the_page():
    assert ical.PAGE.format(uid=UID) == reverse("performance", args=[UID])


# -- The same again ---------------------------------------


def test_R50_equal_values_give_equal_bytes():
    assert body(replace(ENTRY)) == body(ENTRY)
