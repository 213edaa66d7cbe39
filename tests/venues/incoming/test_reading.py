"""What a calendar's file says of busy times, and files that would cost too much: each guard has one that it stops."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.ical import UID_DOMAIN
from tests.venues.incoming.hostile import CRLF, calendar, event, many
from venues.incoming import child, limits, rules
from venues.incoming.errors import CalendarError
from venues.incoming.fetching import Limits
from venues.incoming.lines import EVENTS_MAX
from venues.incoming.reading import AHEAD, BEFORE, Busy, merged, read

NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEN = ("DTSTART:20270201T100000Z", "DTEND:20270201T110000Z")
FEB_1 = datetime(2027, 2, 1, 10, tzinfo=UTC)
WINDOW = (NOW - BEFORE, NOW + AHEAD)


def told(data: bytes) -> dict[str, object]:
    """In this very process, which is quicker and says which line fails."""
    return child.busy_in(data, zone="Europe/Stockholm", start=WINDOW[0], end=WINDOW[1])


def spans(data: bytes) -> list[tuple[datetime, datetime]]:
    rows: list[list[int]] = told(data)["busy"]  # type: ignore[assignment]
    return [(datetime.fromtimestamp(row[0], UTC), datetime.fromtimestamp(row[1], UTC)) for row in rows]


def starts(data: bytes) -> list[str]:
    return [f"{start:%m-%d %H:%M}" for start, _end in spans(data)]


def code_of(data: bytes) -> str:
    with pytest.raises(CalendarError) as caught:
        told(data)
    return caught.value.code


def outside(data: bytes, **costs: int) -> str:
    """What the process of its own says, and that it says so in time."""
    started = time.monotonic()
    with pytest.raises(CalendarError) as caught:
        read(data, zone="Europe/Stockholm", now=NOW, salt="s", **costs)
    assert time.monotonic() - started < 30
    return caught.value.code


def test_the_limits_are_those_of_the_contract() -> None:
    assert Limits() == Limits(connect_s=5, total_s=20, bytes_max=2 * 1024 * 1024, redirects_max=3)
    assert (limits.CPU_S, limits.MEMORY, EVENTS_MAX, child.BUSY_MAX) == (5, 1024**3, 5000, 2000)
    assert (timedelta(days=1), timedelta(days=548)) == (BEFORE, AHEAD)  # 18 months


class TestBusy:
    def test_an_event(self) -> None:
        assert spans(calendar(event(*TEN))) == [(FEB_1, FEB_1 + HOUR)]

    def test_with_a_length_instead_of_an_end(self) -> None:
        assert spans(calendar(event(TEN[0], "DURATION:PT1H"))) == [(FEB_1, FEB_1 + HOUR)]

    def test_a_whole_day_is_one_of_the_region(self) -> None:
        day = datetime(2027, 6, 30, 22, tzinfo=UTC)
        assert spans(calendar(event("DTSTART;VALUE=DATE:20270701"))) == [(day, day + 24 * HOUR)]

    @pytest.mark.parametrize(
        "line",
        ["TRANSP:TRANSPARENT", "transp:transparent", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"],
    )
    def test_not_what_is_free_or_called_off(self, line: str) -> None:
        assert spans(calendar(event(*TEN, line))) == []

    def test_not_turnes_own_visits_that_came_back(self) -> None:
        assert f"@{UID_DOMAIN}" == rules.OWN_UIDS
        assert spans(calendar(event(*TEN, uid="9f1c@turne"))) == []

    @pytest.mark.parametrize("end", ["20270201T100000Z", "20270101T000000Z"])
    def test_not_what_takes_no_time(self, end: str) -> None:
        assert spans(calendar(event(TEN[0], f"DTEND:{end}"))) == []

    def test_a_series_with_a_day_that_is_called_off_and_one_that_moves(self) -> None:
        moved = event("RECURRENCE-ID:20270202T100000Z", "DTSTART:20270202T150000Z", "DTEND:20270202T160000Z")
        off = event("RECURRENCE-ID:20270203T100000Z", "DTSTART:20270203T100000Z", "STATUS:CANCELLED")
        series = event(*TEN, "RRULE:FREQ=DAILY;COUNT=5", "EXDATE:20270204T100000Z")
        assert starts(calendar(series, moved, off)) == ["02-01 10:00", "02-02 15:00", "02-05 10:00"]

    def test_a_series_keeps_its_hour_when_the_clocks_change(self) -> None:
        zone = ";TZID=Europe/Stockholm:"
        weekly = event(f"DTSTART{zone}20270326T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20270403")
        assert starts(calendar(weekly)) == ["03-26 09:00", "04-02 08:00"]

    def test_times_that_are_stated_without_events(self) -> None:
        told_busy = "FREEBUSY:20270201T100000Z/PT1H,20270202T100000Z/20270202T120000Z"
        free = "FREEBUSY;FBTYPE=FREE:20270203T100000Z/PT1H"
        stated = calendar("BEGIN:VFREEBUSY", told_busy, free, "END:VFREEBUSY")
        assert starts(stated) == ["02-01 10:00", "02-02 10:00"]

    def test_not_an_alarm_a_task_or_a_journal(self) -> None:
        alarm = CRLF.join(["BEGIN:VALARM", "DURATION:P9D", "TRIGGER:-PT1H", "END:VALARM"])
        task = CRLF.join(["BEGIN:VTODO", *TEN, "END:VTODO"])
        assert spans(calendar(event(*TEN, alarm), task)) == [(FEB_1, FEB_1 + HOUR)]

    def test_what_goes_on_in_the_next_line(self) -> None:
        assert starts(calendar(event("DTSTART:2027\r\n 0201T10", "\t0000Z", TEN[1]))) == ["02-01 10:00"]

    def test_two_events_of_the_same_name_both_count(self) -> None:
        other = event("DTSTART:20270202T100000Z", "DURATION:PT1H")
        assert starts(calendar(event(*TEN), other)) == ["02-01 10:00", "02-02 10:00"]

    def test_what_has_begun_and_what_goes_beyond_is_cut(self) -> None:
        assert spans(calendar(event("DTSTART:20260101T000000Z", "DTEND:20300101T000000Z"))) == [WINDOW]

    def test_no_more_than_can_be_kept_and_until_when(self) -> None:
        often = [event(f"DTSTART:20270111T{hour:02d}0000Z", "DURATION:PT30M", "RRULE:FREQ=DAILY", uid=str(hour))
                 for hour in range(8)]  # fmt: skip
        found = told(calendar(*often))
        until = datetime(2027, 1, 11, tzinfo=UTC) + timedelta(days=250)
        assert (len(found["busy"]), found["read_until"]) == (2000, until.timestamp())  # type: ignore[arg-type]

    def test_an_empty_calendar_is_one(self) -> None:
        assert told(calendar()) == {"busy": [], "read_until": None, "is_zone_assumed": False}


class TestZones:
    @pytest.mark.parametrize(
        "zone",
        [
            "America/New_York",
            '"America/New_York"',
            "Eastern Standard Time",
            "/freeassociation.sourceforge.net/America/New_York",
            "/citadel.org/20210210_1/America/New_York",
        ],
    )
    def test_a_zone_that_is_known(self, zone: str) -> None:
        found = told(calendar(event(f"DTSTART;TZID={zone}:20270201T100000", "DURATION:PT1H")))
        assert (found["busy"][0][0], found["is_zone_assumed"]) == (  # type: ignore[index]
            datetime(2027, 2, 1, 15, tzinfo=UTC).timestamp(),
            False,
        )

    def test_a_zone_that_the_file_explains(self) -> None:
        zone = ["BEGIN:VTIMEZONE", "TZID:Kontoret", "X-LIC-LOCATION:America/New_York", "END:VTIMEZONE"]
        found = calendar(*zone, event("DTSTART;TZID=Kontoret:20270201T100000", "DURATION:PT1H"))
        assert starts(found) == ["02-01 15:00"]

    @pytest.mark.parametrize("zone", ["", ";TZID=Kontoret", ";TZID=Mars/Olympus", ";TZID=../../etc/passwd"])
    def test_the_regions_is_assumed_and_said(self, zone: str) -> None:
        data = calendar(event(f"DTSTART{zone}:20270701T100000", "DURATION:PT1H"))
        assert (starts(data), told(data)["is_zone_assumed"]) == (["07-01 08:00"], True)

    def test_the_files_own_reckoning_of_a_zone_is_never_read(self) -> None:
        """A rule in a VTIMEZONE costs as much as one in an event."""
        zone = ["BEGIN:VTIMEZONE", "TZID:Z", "BEGIN:STANDARD", "DTSTART:00010101T000000", "RRULE:FREQ=SECONDLY",
                "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "END:STANDARD", "END:VTIMEZONE"]  # fmt: skip
        assert starts(calendar(*zone, event("DTSTART;TZID=Z:20270201T100000", "DURATION:PT1H"))) == [
            "02-01 09:00"
        ]


class TestTooMuch:
    """Files that would take for ever: refused before anything is reckoned out."""

    @pytest.mark.parametrize(
        ("rule", "code"),
        [
            ("FREQ=SECONDLY", "too_often"),
            ("FREQ=MINUTELY;UNTIL=99991231T235959Z", "too_often"),
            ("FREQ=HOURLY;COUNT=1", "too_often"),
            ("FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=1,2,3,4,5", "too_often"),
            ("FREQ=DAILY;INTERVAL=0", "bad_rule"),
            ("FREQ=DAILY;INTERVAL=-1", "bad_rule"),
            ("FREQ=DAILY;INTERVAL=" + "9" * 5000, "bad_rule"),
            ("FREQ=DAILY;COUNT=0", "bad_rule"),
            ("FREQ=DAILY;COUNT=" + "9" * 5000, "bad_rule"),
            ("FREQ=DAILY;BYDAY=" + ",".join(["MO"] * 400), "bad_rule"),
            ("FREQ=DAILY;BYDAY=" + "M" * 100, "bad_rule"),
            ("FREQ=YEARLY;RSCALE=CHINESE", "bad_rule"),
            ("INTERVAL=1", "bad_rule"),
            ("FREQ=", "bad_rule"),
            ("", "bad_rule"),
            ("FREQ=DAILY;UNTIL=tomorrow", "malformed"),
        ],
    )
    def test_a_rule(self, rule: str, code: str) -> None:
        assert code_of(calendar(event(*TEN, f"RRULE:{rule}"))) == code

    @pytest.mark.parametrize("end", ["", ";COUNT=999999999", ";UNTIL=99991231", ";UNTIL=99991231T235959Z"])
    def test_a_rule_without_a_near_end_goes_as_far_as_the_window(self, end: str) -> None:
        found = spans(calendar(event(*TEN, f"RRULE:FREQ=DAILY{end}")))
        assert (len(found), found[-1][0].date() <= WINDOW[1].date()) == (527, True)

    def test_too_many_events(self) -> None:
        assert code_of(many(50_000)) == "too_many_events"

    def test_too_many_stated_times(self) -> None:
        lines = ["FREEBUSY:20270201T100000Z/PT1H"] * 5001
        assert code_of(calendar("BEGIN:VFREEBUSY", *lines, "END:VFREEBUSY")) == "too_many_events"

    @pytest.mark.parametrize("name", ["RDATE", "EXDATE"])
    def test_a_flood_of_single_dates(self, name: str) -> None:
        assert code_of(calendar(event(*TEN, f"{name}:" + ",".join([TEN[0][8:]] * 6000)))) == "too_many_dates"

    def test_a_flood_in_many_lines(self) -> None:
        assert code_of(calendar(event(*TEN, *["RDATE:20270301T100000Z"] * 6000))) == "too_many_dates"

    def test_a_line_without_end(self) -> None:
        assert code_of(calendar(event(*TEN, "RDATE:" + "2" * 300_000))) == "too_many_dates"

    def test_components_inside_each_other(self) -> None:
        assert code_of(calendar(*["BEGIN:VEVENT"] * 50_000)) == "malformed"

    def test_a_file_that_is_too_large(self) -> None:
        assert outside(calendar("X:" + "\r\n a" * 600_000)) == "too_large"


class TestMalformed:
    @pytest.mark.parametrize(
        "lines",
        [
            ("DTEND:20270201T110000Z",),
            ("DTSTART:20270230T100000Z",),
            ("DTSTART:00000101",),
            ("DTSTART:now",),
            ("DTSTART:２０２７０２０１",),  # noqa: RUF001 - digits of another script
            ("DTSTART",),
            ("DTSTART;X=\"20270201T100000Z",),
            (TEN[0], "DURATION:P"),
            (TEN[0], "DURATION:-PT1H"),
            (TEN[0], "DURATION:P99999999999D"),
            (TEN[0], "RDATE:20270201T100000Z,20270201"),
            ("DTSTART:20270201T100000Z,20270202T100000Z",),
        ],
    )  # fmt: skip
    def test_a_time_that_is_none(self, lines: tuple[str, ...]) -> None:
        assert code_of(calendar(event(*lines))) == "malformed"

    @pytest.mark.parametrize(
        "data", [b"<!doctype html>", b"", b"\0" * 100, bytes(range(256)) * 99, b"PK\3\4"]
    )
    def test_no_calendar_at_all(self, data: bytes) -> None:
        assert code_of(data) == "not_calendar"

    def test_broken_off(self) -> None:
        assert code_of(calendar(event(*TEN))[: -len("END:VCALENDAR\r\n")]) == "cut_off"

    def test_ends_that_cross(self) -> None:
        assert code_of(calendar("BEGIN:VEVENT", *TEN, "END:VCALENDAR")) == "malformed"

    def test_no_text_of_the_file_gets_any_further(self) -> None:
        """Signs that some readers take for the end of a line would put a rule of their own in."""
        signs = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
        sly = [f"{sign}RRULE:FREQ=SECONDLY" for sign in signs]
        data = calendar(event(*TEN, f"STATUS:{sly[0]}", f"TRANSP:{sly[6]}", uid=f"a{''.join(sly)}"))
        assert spans(data) == [(FEB_1, FEB_1 + HOUR)]

    @given(st.lists(st.sampled_from([*TEN, "RRULE:FREQ=DAILY;COUNT=2", "BEGIN:VEVENT", "END:VEVENT", "UID:1", "RDATE:",
           "DTSTART;TZID=", "RECURRENCE-ID:20270201T100000Z", "DURATION:P1D", ":", ";", '"', " x", "EXDATE;:20270201"]),
           max_size=12))  # fmt: skip
    def test_whatever_comes_there_is_a_reading_or_a_plain_error(self, lines: list[str]) -> None:
        try:
            told(calendar(*lines))
        except CalendarError:
            return
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            return  # of the libraries; the process of its own says "malformed"


class TestProcess:
    """The process of its own, which the machine ends."""

    def test_what_comes_back(self) -> None:
        found = read(calendar(event(*TEN)), zone="Europe/Stockholm", now=NOW, salt="s")
        [one] = found.busy
        assert (one, found.read_until, found.is_zone_assumed) == (
            Busy(FEB_1, FEB_1 + HOUR, one.uid_hash),
            WINDOW[1],
            False,
        )

    def test_names_are_hashed_with_the_calendars_own_salt(self) -> None:
        data = calendar(event(*TEN, uid="maj.lund@example.org"))
        hashes = {read(data, zone="UTC", now=NOW, salt=salt).busy[0].uid_hash for salt in ("a", "b", "a")}
        assert (len(hashes), {len(found) for found in hashes}) == (2, {32})

    def test_too_much_of_the_processor(self) -> None:
        """Each rule is lawful: every day since the year 1."""
        since = ["DTSTART:00010101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"]
        assert outside(calendar(*(event(*since, uid=str(n)) for n in range(50))), cpu_s=1) == "too_heavy"

    def test_too_much_memory(self) -> None:
        assert outside(calendar(event(*TEN)), memory=16 * 1024**2) == "too_heavy"

    def test_what_the_libraries_stumble_over(self) -> None:
        far = event(
            "DTSTART:99991230T000000Z",
            "DURATION:P999999D",
            "RRULE:FREQ=DAILY;COUNT=9",
            "RDATE:20270201T100000Z",
        )
        assert outside(calendar(far)) == "malformed"

    @pytest.mark.parametrize(
        "said", ["", "[", "[]", "{}", '{"error": "x"}', '{"busy": [[1e99, 2, "a"]]}', "7"]
    )
    def test_nonsense_that_comes_out_of_it_is_no_reading(
        self, said: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("venues.incoming.reading._START", f"print({said!r})")
        assert outside(calendar()) == "malformed"

    def test_it_knows_nothing_of_the_house(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TURNE_SECRET_KEY", "hidden")
        monkeypatch.setattr(
            "venues.incoming.reading._START",
            "import os, sys, json; print(json.dumps({'error': 'malformed' if 'TURNE_SECRET_KEY' not in os.environ "
            "and 'django.conf' not in sys.modules else 'own'}))",
        )
        assert outside(calendar()) == "malformed"


MINUTES = st.integers(0, 300).map(lambda minute: NOW + timedelta(minutes=minute))
SPANS = st.lists(st.tuples(MINUTES, st.integers(1, 60)).map(lambda s: (s[0], s[0] + timedelta(minutes=s[1]))))


class TestMerged:
    @given(SPANS)
    def test_every_minute_is_taken_as_before(self, given_spans: list[tuple[datetime, datetime]]) -> None:
        def minutes(of: list[tuple[datetime, datetime]]) -> set[int]:
            return {
                minute
                for minute in range(400)
                if any(start <= NOW + timedelta(minutes=minute) < end for start, end in of)
            }

        assert minutes(merged(given_spans)) == minutes(given_spans)

    @given(SPANS)
    def test_in_order_and_apart(self, given_spans: list[tuple[datetime, datetime]]) -> None:
        found = merged(given_spans)
        assert all(one[1] < other[0] for one, other in zip(found, found[1:], strict=False))
