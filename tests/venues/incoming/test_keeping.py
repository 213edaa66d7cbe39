"""Calendars that come in are read, kept through failures, believed when empty only after a while, and taken away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.factories import OrganisationFactory, VenueFactory
from tests.venues.incoming.hostile import Server, calendar, event, says, serving
from venues.errors import NotPossible
from venues.incoming import keeping
from venues.incoming.busy import busy_by, over
from venues.models import BusyTime, IncomingCalendar, Organisation

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FEB_1 = datetime(2027, 2, 1, 10, tzinfo=UTC)
FULL = calendar(event("DTSTART:20270201T100000Z", "DURATION:PT1H"))
OTHER = calendar(event("DTSTART:20270202T100000Z", "DURATION:PT1H"))
EMPTY = calendar()


@pytest.fixture
def house() -> Organisation:
    return OrganisationFactory()


def kept(server: Server, house: Organisation) -> IncomingCalendar:
    """A calendar on that server; its port is one that nobody could type."""
    one = keeping.give_address(house, "https://calendar.example/", "Kontoret", now=NOW)
    IncomingCalendar.objects.filter(pk=one.pk).update(address=server.address)
    return fresh(one)


def fresh(one: IncomingCalendar) -> IncomingCalendar:
    return IncomingCalendar.objects.get(pk=one.pk)


def starts(one: IncomingCalendar) -> list[datetime]:
    return list(one.busy_times.values_list("starts_at", flat=True))


class TestGive:
    def test_an_address_is_read_within_moments(self, house: Organisation) -> None:
        one = keeping.give_address(house, "webcal://example.org/a.ics", "  Bokningar ", now=NOW)
        assert (one.kind, one.organisation, one.address, one.label, one.next_refresh_at, one.read_at) == (
            "organisation",
            house,
            "https://example.org/a.ics",
            "Bokningar",
            NOW,
            None,
        )

    @pytest.mark.parametrize("address", ["http://example.org/", "https://a:b@example.org/", "hej"])
    def test_not_what_could_never_be_read(self, house: Organisation, address: str) -> None:
        with pytest.raises(NotPossible) as caught:
            keeping.give_address(house, address, "", now=NOW)
        assert (caught.value.field, IncomingCalendar.objects.count()) == ("address", 0)

    def test_not_turnes_own(self, house: Organisation) -> None:
        host = settings.BASE_URL.partition("://")[2].partition(":")[0]
        with pytest.raises(NotPossible, match="itself gives out"):
            keeping.give_address(house, f"https://{host}/ical/region/x.ics", "", now=NOW)

    def test_not_twice(self, house: Organisation) -> None:
        keeping.give_address(house, "https://example.org/a.ics", "", now=NOW)
        with pytest.raises(NotPossible, match="already"):
            keeping.give_address(house, "webcal://example.org/a.ics", "", now=NOW)

    def test_not_without_end(self, house: Organisation) -> None:
        for number in range(keeping.CALENDARS_MAX):
            keeping.give_address(house, f"https://example.org/{number}.ics", "", now=NOW)
        with pytest.raises(NotPossible, match="one calendar too many"):
            keeping.give_address(house, "https://example.org/more.ics", "", now=NOW)

    def test_a_file_of_a_room(self) -> None:
        room = VenueFactory()
        one = keeping.give_file(room, FULL, "", now=NOW)
        assert (one.kind, fresh(one).venue, starts(one), fresh(one).next_refresh_at) == (
            "venue",
            room,
            [FEB_1],
            None,
        )

    @pytest.mark.parametrize(
        ("data", "says_"), [(b"hej", "no calendar"), (EMPTY, "no busy times"), (FULL[:-20], "mistake")]
    )
    def test_a_file_that_is_none_leaves_nothing(self, house: Organisation, data: bytes, says_: str) -> None:
        with pytest.raises(NotPossible, match=says_):
            keeping.give_file(house, data, "", now=NOW)
        assert IncomingCalendar.objects.count() == 0

    def test_nothing_of_it_is_kept_but_times_and_a_hash(self, house: Organisation) -> None:
        named = event(
            "DTSTART:20270201T100000Z", "DURATION:PT1H", "SUMMARY:Läkare", uid="maj.lund@example.org"
        )
        keeping.give_file(house, calendar(named), "", now=NOW)
        [row] = BusyTime.objects.values()
        assert (set(row), len(row["uid_hash"])) == (
            {"id", "calendar_id", "starts_at", "ends_at", "uid_hash"},
            32,
        )

    def test_its_name_never_has_the_address(self, house: Organisation) -> None:
        one = keeping.give_address(house, "https://example.org/hidden.ics", "", now=NOW)
        assert "example.org" not in f"{one} {one!r}"


class TestRefresh:
    def test_it_is_read_and_asked_for_with_what_came_last(self, house: Organisation) -> None:
        with serving(says(FULL, ETag='"1"'), says(status="304 Not Modified")) as server:
            one = kept(server, house)
            assert keeping.refresh(one, NOW, server.net) == 1
            assert (starts(one), fresh(one).checked_at, fresh(one).next_refresh_at) == (
                [FEB_1],
                NOW,
                NOW + keeping.EVERY,
            )
            assert keeping.refresh(fresh(one), NOW + 3 * HOUR, server.net) == 1
            assert 'If-None-Match: "1"' in server.asked[1]
        assert (starts(one), fresh(one).checked_at, fresh(one).read_at) == ([FEB_1], NOW + 3 * HOUR, NOW)

    def test_what_is_gone_from_it_is_gone_and_what_stays_keeps_its_row(self, house: Organisation) -> None:
        both = calendar(event("DTSTART:20270201T100000Z", "DURATION:PT1H"),
                        event("DTSTART:20270203T100000Z", "DURATION:PT1H", uid="2"))  # fmt: skip
        with serving(says(both), says(FULL)) as server:
            one = kept(server, house)
            keeping.refresh(one, NOW, server.net)
            stays = one.busy_times.get(starts_at=FEB_1).pk
            keeping.refresh(fresh(one), NOW + 3 * HOUR, server.net)
        assert list(one.busy_times.values_list("pk", flat=True)) == [stays]

    def test_after_a_week_it_is_read_whole(self, house: Organisation) -> None:
        with serving(says(FULL, ETag='"1"'), says(FULL, ETag='"1"')) as server:
            one = kept(server, house)
            keeping.refresh(one, NOW, server.net)
            keeping.refresh(fresh(one), NOW + 8 * DAY, server.net)
            assert "If-None-Match" not in server.asked[1]
        assert fresh(one).read_at == NOW + 8 * DAY

    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            (says(status="500 Oops"), "status"),
            (says(b"<html>Logga in</html>"), "not_calendar"),
            (says(FULL[:-16]), "cut_off"),
            (says(b""), "not_calendar"),
            (says(calendar(event("DTSTART:20270201T100000Z", "RRULE:FREQ=SECONDLY"))), "too_often"),
        ],
    )
    def test_a_failure_leaves_the_last_good_reading_and_its_age(
        self, house: Organisation, answer: object, code: str
    ) -> None:
        with serving(says(FULL), answer) as server:  # type: ignore[arg-type]
            one = kept(server, house)
            keeping.refresh(one, NOW, server.net)
            assert keeping.refresh(fresh(one), NOW + 3 * HOUR, server.net) == 0
        now = fresh(one)
        assert (starts(one), now.checked_at, now.error, now.error_at, now.failures) == (
            [FEB_1],
            NOW,
            code,
            NOW + 3 * HOUR,
            1,
        )

    def test_failures_make_it_wait_ever_longer(self, house: Organisation) -> None:
        waits = []
        with serving(*[says(status="500 Oops")] * 9) as server:
            one = kept(server, house)
            for _attempt in range(9):
                keeping.refresh(fresh(one), NOW, server.net)
                waits.append((fresh(one).next_refresh_at or NOW) - NOW)
        assert (waits[0], waits[1], waits[8]) == (15 * MINUTE, 30 * MINUTE, DAY)

    def test_it_waits_as_long_as_the_server_asks(self, house: Organisation) -> None:
        with serving(says(status="429 Slow", Retry_After="7200")) as server:
            one = kept(server, house)
            keeping.refresh(one, NOW, server.net)
        assert fresh(one).next_refresh_at == NOW + 2 * HOUR

    def test_a_good_reading_ends_the_failures(self, house: Organisation) -> None:
        with serving(says(status="500 Oops"), says(FULL)) as server:
            one = kept(server, house)
            keeping.refresh(one, NOW, server.net)
            keeping.refresh(fresh(one), NOW + HOUR, server.net)
        assert (fresh(one).error, fresh(one).failures, fresh(one).error_at) == ("", 0, None)

    def test_two_workers_read_it_once(self, house: Organisation) -> None:
        with serving(says(FULL)) as server:
            one = kept(server, house)
            both = fresh(one), fresh(one)
            assert [keeping.refresh(mine, NOW, server.net) for mine in both] == [1, 0]

    def test_one_that_is_taken_away_meanwhile_stays_away(self, house: Organisation) -> None:
        with serving() as server:
            one = kept(server, house)

        def gone(*_: object) -> list[str]:
            keeping.remove(fresh(one))
            raise OSError

        net = type(server.net)(resolve=gone, ports=server.net.ports)
        assert (keeping.refresh(one, NOW, net), IncomingCalendar.objects.count()) == (0, 0)


class TestEmpty:
    """A calendar that had entries and comes without any: right, or a server's mistake."""

    def after(self, house: Organisation, later: timedelta, *bodies: bytes) -> IncomingCalendar:
        with serving(*(says(body, ETag='"1"') for body in bodies)) as server:
            one = kept(server, house)
            for number in range(len(bodies)):
                keeping.refresh(fresh(one), NOW + number * later, server.net)
        return fresh(one)

    def test_at_first_it_is_not_believed(self, house: Organisation) -> None:
        one = self.after(house, 3 * HOUR, FULL, EMPTY)
        assert (starts(one), one.empty_since, one.checked_at, one.etag) == ([FEB_1], NOW + 3 * HOUR, NOW, "")

    def test_after_a_day_it_is(self, house: Organisation) -> None:
        one = self.after(house, 25 * HOUR, FULL, EMPTY, EMPTY)
        assert (starts(one), one.empty_since, one.checked_at) == ([], None, NOW + 50 * HOUR)

    def test_entries_that_come_back_end_the_doubt(self, house: Organisation) -> None:
        one = self.after(house, 3 * HOUR, FULL, EMPTY, OTHER)
        assert (starts(one), one.empty_since) == ([FEB_1 + DAY], None)

    def test_one_that_never_had_any_is_believed(self, house: Organisation) -> None:
        one = self.after(house, HOUR, EMPTY)
        assert (starts(one), one.empty_since, one.checked_at) == ([], None, NOW)

    def test_its_owner_may_say_that_it_is_right(self, house: Organisation) -> None:
        one = self.after(house, 3 * HOUR, FULL, EMPTY)
        keeping.believe_empty(one, now=NOW + 4 * HOUR)
        assert (starts(one), fresh(one).empty_since, fresh(one).checked_at) == ([], None, NOW + 4 * HOUR)

    def test_of_one_that_is_not_empty_nothing_is_let_go(self, house: Organisation) -> None:
        one = self.after(house, HOUR, FULL)
        keeping.believe_empty(one, now=NOW + HOUR)
        assert starts(one) == [FEB_1]


class TestByHand:
    def test_it_is_due_at_once_and_read_whole(self, house: Organisation) -> None:
        one = keeping.give_address(house, "https://example.org/a.ics", "", now=NOW)
        IncomingCalendar.objects.update(etag='"1"', checked_at=NOW, next_refresh_at=NOW + HOUR)
        keeping.ask_again(one, now=NOW + 2 * MINUTE)
        assert (fresh(one).etag, list(IncomingCalendar.objects.due(NOW + 2 * MINUTE))) == ("", [one])

    def test_who_asks_while_it_is_read_has_it_read_once_more(self, house: Organisation) -> None:
        """What is on its way may have been fetched before whatever they have changed."""
        with serving(says(FULL, ETag='"1"')) as server:
            one = kept(server, house)

            def asked(*of: Any) -> Sequence[str]:
                keeping.ask_again(fresh(one), now=NOW + MINUTE)
                return server.net.resolve(*of)

            assert keeping.refresh(one, NOW, replace(server.net, resolve=asked)) == 1
        assert (starts(one), fresh(one).etag) == ([FEB_1], "")
        assert list(IncomingCalendar.objects.due(NOW + MINUTE)) == [one]

    def test_not_again_and_again(self, house: Organisation) -> None:
        one = keeping.give_address(house, "https://example.org/a.ics", "", now=NOW)
        IncomingCalendar.objects.update(error_at=NOW)
        with pytest.raises(NotPossible, match="Wait a minute"):
            keeping.ask_again(one, now=NOW + MINUTE / 2)

    def test_a_file_is_not_asked_for(self, house: Organisation) -> None:
        with pytest.raises(NotPossible, match="as a file"):
            keeping.ask_again(keeping.give_file(house, FULL, "", now=NOW), now=NOW)


class TestBusy:
    def test_by_room_and_house_without_overlaps(self, house: Organisation) -> None:
        room, twice = VenueFactory(organisation=house), (
            event("DTSTART:20270201T100000Z", "DURATION:PT1H"),
            event("DTSTART:20270201T103000Z", "DURATION:PT1H", uid="2"),
        )  # fmt: skip
        keeping.give_file(house, FULL, "", now=NOW)
        keeping.give_file(room, calendar(*twice), "", now=NOW)
        found = busy_by(FEB_1, FEB_1 + DAY, venues=[room.pk], organisations=[house.pk])
        assert (found.venues, found.organisations) == (
            {room.pk: [(FEB_1, FEB_1 + 1.5 * HOUR)]},
            {house.pk: [(FEB_1, FEB_1 + HOUR)]},
        )

    def test_nothing_outside_and_of_nobody_else(self, house: Organisation) -> None:
        keeping.give_file(house, FULL, "", now=NOW)
        assert busy_by(FEB_1 + HOUR, FEB_1 + DAY, organisations=[house.pk]).organisations == {}
        assert busy_by(FEB_1, FEB_1 + DAY, organisations=[house.pk + 1]).organisations == {}

    def test_what_is_over_can_go(self, house: Organisation) -> None:
        one = keeping.give_file(house, FULL, "", now=NOW)
        assert (over(FEB_1 + DAY).count(), over(FEB_1 + 2 * DAY).count()) == (0, 1)
        keeping.remove(one)
        assert BusyTime.objects.count() == 0
