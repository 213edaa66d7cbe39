"""The content rules of calendars about state and words, each with a test that bears its id."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bookings import ical
from tests.bookings.ical_entries import (
    ANY_VERSION,
    BASE,
    ENTRY,
    FULL,
    HARD,
    KINDS,
    SPAN,
    STREAM,
    WORKDAY,
    found,
    hard,
    of,
)
from tests.bookings.ical_reader import vevents

# -- state ---------------------------------------


@pytest.mark.parametrize("version", ical.VERSIONS)
@pytest.mark.parametrize(
    ("status", "written"),
    [
        ("held", "TENTATIVE"),
        ("offered", "TENTATIVE"),
        ("confirmed", "CONFIRMED"),
        ("cancelled", "CANCELLED"),
        ("postponed", "CANCELLED"),
    ],
)
def test_r34_status_is_a_property(version: ical.Version, status: str, written: str) -> None:
    assert of(version, status=status).text("STATUS") == written


@pytest.mark.parametrize(("is_agreed", "written"), [(True, "CONFIRMED"), (False, "TENTATIVE")])
def test_r34_status_of_a_working_day(is_agreed: bool, written: str) -> None:
    day = ical.render_workday(replace(WORKDAY, is_agreed=is_agreed))
    assert f"STATUS:{written}\r\n".encode() in day


@pytest.mark.parametrize("status", ["tentative", "confirmed", "cancelled"])
def test_r34_status_of_a_span(status: str) -> None:
    assert f"STATUS:{status.upper()}\r\n".encode() in ical.render_span(replace(SPAN, status=status), BASE)


@pytest.mark.parametrize("version", ical.VERSIONS)
def test_r35_a_cancelled_one_says_so_first_and_keeps_its_place(version: ical.Version) -> None:
    event = of(version, status="cancelled")
    assert event.text("SUMMARY").startswith("INSTÄLLT: ")
    assert event.text("DESCRIPTION").startswith("Föreställningen är inställd.\n")
    assert (event.text("TRANSP"), event.text("DTSTART")) == ("TRANSPARENT", "20270204T180000")


@pytest.mark.parametrize("version", ical.VERSIONS)
def test_r35_nobody_is_asked_to_come_to_a_cancelled_one(version: ical.Version) -> None:
    text = of(version, status="cancelled").text("DESCRIPTION")
    assert [
        word for word in ("Publiken", "Inbygge", "Att förbereda", "play.example.org") if word in text
    ] == []


def test_r35_a_cancelled_span_says_so_first() -> None:
    (event,) = vevents(ical.calendar("", [ical.render_span(replace(SPAN, status="cancelled"), BASE)]))
    assert event.text("SUMMARY") == "INSTÄLLT: Turné: Trumman och tystnaden"


def test_r36_whole_days_take_nobodys_time() -> None:
    assert found("span").text("TRANSP") == "TRANSPARENT"


# -- words ---------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_r37_nobody_is_named(kind: str) -> None:
    assert not {"ATTENDEE", "ORGANIZER", "CONTACT"} & {line.name for line in found(kind).lines}


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet="åäöÅÄÖ😀\\nN;,:^abc ", min_size=1).map(ical.one_line).filter(bool), ANY_VERSION)
def test_r38_what_was_written_comes_back(text: str, version: ical.Version) -> None:
    made = vevents(hard(text, version))[0]
    assert text in made.text("SUMMARY")
    assert f"Spelas av {text}." in made.text("DESCRIPTION").split("\n")


@pytest.mark.parametrize("version", ical.VERSIONS)
def test_r39_no_html(version: ical.Version) -> None:
    event = of(version, title="<b>Trumman</b>", preparation="<p>Läs</p><br>boken", warnings="<i>Rök</i>")
    assert not re.search("<[a-z/]", event.text("SUMMARY") + event.text("DESCRIPTION"))


@pytest.mark.parametrize("version", ical.VERSIONS)
def test_r40_what_is_missing_leaves_no_trace(version: ical.Version) -> None:
    texts = (
        "title",
        "art_form",
        "audience",
        "ensemble",
        "presenter",
        "venue",
        "address",
        "place",
        "municipality",
    )
    event = of(version, ENTRY, **dict.fromkeys(texts, ""), is_public=False)
    assert [line for line in event.lines if line.value in {"", "None"} or "None" in line.value] == []
    assert all(event.text("DESCRIPTION").split("\n"))


@pytest.mark.parametrize("version", ical.VERSIONS)
def test_r41_position_stands_beside_a_location(version: ical.Version) -> None:
    event = of(version)
    assert (event.text("LOCATION"), event.text("GEO")) == (
        "Stora salen, Storgatan 1, Backe, Strömsund",
        "63.816670;16.400000",
    )


@pytest.mark.parametrize("unknown", ["lat", "lon"])
def test_r42_no_position_that_nobody_knows(unknown: str) -> None:
    event = of("school", **{unknown: None})
    assert event.all("GEO") == event.all("X-APPLE-STRUCTURED-LOCATION") == []


def test_r42_no_position_where_there_is_no_room() -> None:
    event = of("school", is_online=True)
    assert (event.text("LOCATION"), event.all("GEO"), event.all("X-APPLE-STRUCTURED-LOCATION")) == (
        "Digitalt",
        [],
        [],
    )


def test_r43_apple_gets_it_as_uri_with_title() -> None:
    line = of("school").one("X-APPLE-STRUCTURED-LOCATION")
    assert (line.value, line.params["VALUE"], line.params["X-TITLE"]) == (
        "geo:63.816670,16.400000",
        "URI",
        "Stora salen",
    )


@pytest.mark.parametrize("version", [version for version in ical.VERSIONS if version != "guest"])
def test_r44_the_link_stands_in_url_and_description(version: ical.Version) -> None:
    event = of(version)
    assert event.text("URL") == f"{BASE}/forestallning/{FULL.uid}/"
    assert event.text("DESCRIPTION").endswith(f"Läs mer: {event.text('URL')}")


def test_r44_a_guest_is_led_to_its_groups_even_where_all_may_come() -> None:
    assert of("guest").text("URL") == f"{BASE}/bokning/7/"


@pytest.mark.parametrize(
    ("version", "count"), [("public", 0), ("school", 0), ("presenter", 1), ("working", 1)]
)
def test_r44_only_the_two_sides_get_a_link_to_what_is_not_public(version: ical.Version, count: int) -> None:
    urls = [line.value for line in of(version, is_public=False).all("URL")]
    assert urls == [f"{BASE}/bokning/7/"] * count


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"workday"}))
def test_r45_categories_without_empty_items(kind: str) -> None:
    assert all(found(kind).one("CATEGORIES").value.split(","))


@pytest.mark.parametrize("version", sorted(set(ical.VERSIONS) - {"public"}))
def test_r46_a_stream_is_a_conference_and_stands_in_the_description(version: ical.Version) -> None:
    line = of(version).one("CONFERENCE")
    assert (line.value, line.params["VALUE"], line.params["FEATURE"]) == (STREAM, "URI", "VIDEO")
    assert f"Ses digitalt: {STREAM}" in of(version).text("DESCRIPTION").split("\n")


@pytest.mark.parametrize(("audience", "count"), [("public", 1), ("family", 1), ("school", 0)])
def test_r46_the_stream_of_a_school_performance_is_not_told_to_all(audience: str, count: int) -> None:
    event = of("public", audience=audience)
    assert (len(event.all("CONFERENCE")), event.text("DESCRIPTION").count(STREAM)) == (count, count)


def test_r46_no_stream_that_is_not_https() -> None:
    assert of("school", stream_url="http://play.example.org/").all("CONFERENCE") == []


@pytest.mark.parametrize("kind", KINDS)
def test_r47_nothing_rings(kind: str) -> None:
    assert found(kind).blocks == []


@pytest.mark.parametrize("version", sorted(set(ical.VERSIONS) - {"presenter", "working"}))
def test_r48_open_calendars_tell_no_inner_workings(version: ical.Version) -> None:
    text = of(version).text("DESCRIPTION")
    assert [word for word in ("Inbygge", "roller", "Ensemblen redo") if word in text] == []


@pytest.mark.parametrize(
    ("version", "line"),
    [
        ("public", None),
        ("school", "Grupper: 2."),
        ("presenter", "Grupper, med vuxna: 4A (26), 4B (25)."),
        ("working", "Grupper, med vuxna: 4A (26), 4B (25)."),
    ],
)
def test_r48_names_of_groups_stand_in_secret_calendars_only(version: ical.Version, line: str | None) -> None:
    entry = replace(FULL, groups=(ical.Attending("4A", 26), ical.Attending("4B", 25)))
    told = [part for part in ical.description(entry, "", version).split("\n") if part.startswith("Grupper")]
    assert told == ([line] if line else [])


@pytest.mark.parametrize("version", ical.VERSIONS)
def test_a_session_is_called_no_performance(version: ical.Version) -> None:
    entry = replace(FULL, is_session=True)
    told = ical.summary(entry, version) + ical.description(replace(entry, status="cancelled"), "", version)
    assert (
        "Passet är inställt." in told,
        "öreställning" in told.replace("avslappnad föreställning", ""),
    ) == (
        True,
        False,
    )


@settings(max_examples=60, deadline=None)
@given(HARD, ANY_VERSION)
def test_r49_there_is_always_a_summary(text: str, version: ical.Version) -> None:
    assert all(event.text("SUMMARY") for event in vevents(hard(text, version)))


def test_r50_order_is_fixed() -> None:
    names = [line.name for line in of("school").lines]
    assert names == [
        *("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "CREATED", "DTSTART", "DTEND", "STATUS", "TRANSP"),
        *("SUMMARY", "LOCATION", "GEO", "X-APPLE-STRUCTURED-LOCATION", "URL", "CATEGORIES", "CONFERENCE"),
        "DESCRIPTION",
    ]


def test_r50_events_stand_in_the_given_order() -> None:
    made = [ical.render(replace(FULL, uid=UUID(int=n)), BASE, "school") for n in (5, 4)]
    assert [event.text("UID") for event in vevents(ical.calendar("", made))] == [
        f"{UUID(int=n)}@turne" for n in (5, 4)
    ]


BUSES = (
    ical.Bus(
        "Krokoms skola",
        True,
        True,
        datetime(2027, 2, 4, 15, tzinfo=UTC),
        datetime(2027, 2, 4, 19, tzinfo=UTC),
    ),
    ical.Bus("Åre skola", False, True, None, None),
    ical.Bus("Ås skola", False, False, datetime(2027, 2, 4, 8, tzinfo=UTC), None),
)


@pytest.mark.parametrize(
    ("version", "lines"),
    [
        ("public", []),
        ("working", []),
        ("school", ["Bussen från Krokoms skola går kl. 16.00 och är åter kl. 20.00."]),
        (
            "presenter",
            [
                "Bussen från Krokoms skola går kl. 16.00 och är åter kl. 20.00.",
                "Bussen från Åre skola är beställd.",
                "Bussen för Ås skola är beställd till en annan tid eller plats. Fråga den som beställer den.",
            ],
        ),
    ],
)
def test_buses_that_are_ordered_are_told_to_those_whom_they_concern(
    version: ical.Version, lines: list[str]
) -> None:
    told = ical.description(replace(FULL, buses=BUSES), "", version).splitlines()
    assert [line for line in told if line.startswith("Bussen")] == lines


def test_of_what_is_called_off_no_bus_is_told() -> None:
    told = ical.description(replace(FULL, buses=BUSES, status="cancelled"), "", "presenter")
    assert "Bussen" not in told
