"""What each kind of reader is told of the same performance, and what none of them is."""

from datetime import timedelta

import pytest

from bookings import ical
from tests.bookings.ical_entries import BASE, ENTRY, FULL, SPAN, of
from tests.bookings.ical_reader import vevents


def lines(version: ical.Version, **changes: object) -> list[str]:
    return of(version, **changes).text("DESCRIPTION").split("\n")


def test_a_school_reads_grade_place_and_week_in_the_title() -> None:
    event = of("school", place="Krokom", was_at=None, was_in="")
    assert event.text("SUMMARY") == "Åk 4–6: Trumman och tystnaden, Krokom v. 5"


@pytest.mark.parametrize(
    ("grades", "before"),
    [("F-3", "Åk F–3: "), ("åk 5", "Åk 5: "), ("gy 1", "Gy 1: "), ("förskola", "Förskola: "), ("", "")],
)
def test_grades_as_they_stand_before_a_title(grades: str, before: str) -> None:
    title = of("school", grades=grades, was_at=None, was_in="").text("SUMMARY")
    assert title == f"{before}Trumman och tystnaden, Backe v. 5"


@pytest.mark.parametrize(
    ("was_at", "was_in", "after"),
    [
        (None, "", ""),
        (FULL.was_at, "", " (ny tid)"),
        (None, "Matsalen", " (ny lokal)"),
        (FULL.was_at, "Matsalen", " (ny tid och lokal)"),
        (FULL.starts_at, FULL.venue, ""),
    ],
)
def test_what_is_new_stands_beside_the_title(was_at: object, was_in: str, after: str) -> None:
    assert (
        of("presenter", was_at=was_at, was_in=was_in).text("SUMMARY").endswith(f"(skolföreställning){after}")
    )


def test_a_school_reads_all_that_it_has_to_know() -> None:
    assert lines("school") == [
        "Flyttad från tisdag 2 februari kl. 18.00.",
        "Ny lokal: Stora salen. Den var Matsalen.",
        "Publiken på plats kl. 17.45, insläpp kl. 17.50.",
        "Börjar kl. 18.00, slutar kl. 18.45.",
        "Längd: 45 minuter. Från 6 år.",
        "Årskurs: 4-6.",
        "Vecka 5.",
        "Språk: svenska, sydsamiska.",
        "Att tänka på: Stroboskop.",
        "Spelas av Trio Norr.",
        "Arrangör: Backe bygdegård.",
        "Lärarhandledning: https://example.org/guide.pdf",
        "Att förbereda:",
        "– Läs boken i förväg.",
        "– Gå på toaletten innan.",
        "– Värmen i lokalen är ordnad",
        "Tillgänglighet: teckenspråkstolkning, syntolkning, entré utan trappsteg, rullstolsplatser: 4, ingen hiss.",
        f"Ses digitalt: {FULL.stream_url}",
        f"Läs mer: {BASE}/forestallning/{FULL.uid}/",
    ]


def test_another_year_is_told() -> None:
    assert FULL.was_at
    assert (
        lines("school", was_at=FULL.was_at - timedelta(days=300))[0]
        == "Flyttad från onsdag 8 april 2026 kl. 19.00."
    )


def test_a_presenter_reads_get_in_and_which_roles_are_taken() -> None:
    told = lines("presenter")
    assert "Inbygge kl. 16.00, utrivningen klar kl. 19.45." in told
    assert "Arrangörens roller: Artistvärd." in told
    assert "Ensemblens roller: Ensemblen på vägen (inte utsedd)." in told


def test_who_travels_reads_where_and_when_to_be_ready() -> None:
    assert of("working").text("SUMMARY").startswith("Trumman och tystnaden, Backe (skolföreställning)")
    assert "Ensemblen redo kl. 17.25." in lines("working")


def test_all_read_access_and_where_it_was_moved_from() -> None:
    told = lines("public", audience="public")
    assert told[0] == "Flyttad från tisdag 2 februari kl. 18.00."
    assert [line for line in told if line.startswith("Tillgänglighet: teckenspråkstolkning")]


def test_what_nobody_knows_of_the_room_is_not_told() -> None:
    assert [line for line in lines("school", access=(), services=()) if "Tillgänglighet" in line] == []


def test_what_is_only_digital_says_nothing_of_a_room() -> None:
    told = lines("school", is_online=True)
    assert [line for line in told if line.startswith(("Publiken", "Tillgänglighet"))] == [
        "Tillgänglighet: teckenspråkstolkning, syntolkning."
    ]


def test_a_bare_performance_says_the_same_to_all_but_its_times() -> None:
    public = of("public", ENTRY).text("DESCRIPTION").split("\n")
    for version in ("school", "presenter", "working"):
        told = of(version, ENTRY).text("DESCRIPTION").split("\n")
        assert [line for line in told if not line.startswith("Börjar kl.")] == public


def test_a_span_without_a_title_is_still_something() -> None:
    bare = ical.Span(
        SPAN.uid, 0, "tentative", SPAN.starts_on, SPAN.ends_on, SPAN.created_at, SPAN.changed_at, "", ""
    )
    (event,) = vevents(ical.calendar("", [ical.render_span(bare, BASE)]))
    assert (event.text("SUMMARY"), event.text("STATUS")) == ("Hela dagar", "TENTATIVE")
