"""The pages of calendars that come in: whose they are, what is shown of them, and that no address is ever told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.own_calendars import busy_at
from tests.turne.pages import said
from tests.venues.incoming.hostile import calendar, event
from tours import own_calendars
from venues.incoming import keeping
from venues.models import IncomingCalendar

SECRET = "https://calendar.example.org/private-8f3a/basic.ics"
PAGE = "/egna-kalendrar/"
ROOM = {"what": "lokal-backe-bygdegard-salen"}
HOUR = timedelta(hours=1)


def upload(days: int = 30) -> SimpleUploadedFile:
    start = timezone.now() + timedelta(days=days)
    data = calendar(event(f"DTSTART:{start:%Y%m%dT%H%M%SZ}", "DURATION:PT1H", "SUMMARY:Läkare"))
    return SimpleUploadedFile("kalender.ics", data, "text/calendar")


@pytest.fixture
def mine(world) -> IncomingCalendar:
    return keeping.give_address(world.venue, SECRET, "Bokningar", now=timezone.now())


def row_of(answer: Any) -> dict[str, Any]:
    [row] = answer.context["rows"]
    return row


class TestGive:
    def test_an_address(self, world, en) -> None:
        answer = en(world.presenter).post(
            PAGE, {**ROOM, "address": SECRET, "label": "Bokningar"}, follow=True
        )
        assert said(answer) == ["The address is saved. The calendar is read within a minute."]
        assert (IncomingCalendar.objects.get().venue, row_of(answer)["title"]) == (world.venue, "Bokningar")

    def test_a_file(self, world, en) -> None:
        answer = en(world.presenter).post(
            PAGE, {"what": "hus-backe-bygdegard", "file": upload()}, follow=True
        )
        assert said(answer) == ["The file is read. Its busy times count from now on."]
        assert (row_of(answer)["count"], IncomingCalendar.objects.get().organisation) == (
            "1 busy time to come",
            world.presenting,
        )

    @pytest.mark.parametrize(
        ("data", "field"),
        [
            ({}, "address"),
            ({"address": "http://example.org/a.ics"}, "address"),
            ({"address": "https://maj:hemligt@example.org/"}, "address"),
            ({"what": "lokal-krokoms-skola-salen", "address": SECRET}, "what"),
            ({"file": SimpleUploadedFile("a.ics", b"hej")}, "file"),
            ({"file": SimpleUploadedFile("a.ics", b"x" * (2 * 1024**2 + 1))}, "file"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, world, as_user, data, field) -> None:
        answer = as_user(world.presenter).post(PAGE, {**ROOM, **data})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert IncomingCalendar.objects.count() == 0

    def test_another_kind_of_file_is_not_called_an_address(self, world, en) -> None:
        answer = en(world.presenter).post(PAGE, {**ROOM, "file": SimpleUploadedFile("a.ics", b"hej")})
        assert answer.context["form"].errors["file"] == [
            "This is no calendar but a page or another kind of file."
        ]

    def test_not_both_at_once(self, world, as_user) -> None:
        answer = as_user(world.presenter).post(PAGE, {**ROOM, "address": SECRET, "file": upload()})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["address"])

    def test_of_an_ensemble_by_part(self, world, as_user) -> None:
        url = f"/repertoar/ensembler/{world.ensemble.slug}/kalendrar/"
        as_user(world.producer).post(url, {"what": "ensemble", "address": SECRET, "label": "Violinen"})
        assert [one.label for one in own_calendars.calendars_of(world.ensemble)] == ["Violinen"]

    def test_a_file_of_an_ensemble(self, world, as_user) -> None:
        url = f"/repertoar/ensembler/{world.ensemble.slug}/kalendrar/"
        as_user(world.producer).post(url, {"what": "ensemble", "file": upload()})
        assert own_calendars.calendars_of(world.ensemble).get().busy_times.count() == 1


class TestShown:
    def test_nothing_of_the_address_but_its_server(self, world, mine, en) -> None:
        page = en(world.presenter).get(PAGE).content.decode()
        assert ("calendar.example.org" in page, "private-8f3a" in page, "basic.ics" in page) == (
            True,
            False,
            False,
        )

    def test_nor_where_it_failed_or_is_asked_for(self, world, mine, en, caplog) -> None:
        IncomingCalendar.objects.update(error="no_answer", error_at=timezone.now() - HOUR)
        client = en(world.presenter)
        page = client.get(PAGE).content.decode()
        client.post(f"{PAGE}{mine.pk}/las/")
        assert "private-8f3a" not in page + caplog.text

    def test_what_is_wrong_in_plain_words_and_what_still_counts(self, world, mine, en) -> None:
        then = timezone.now() - HOUR
        IncomingCalendar.objects.update(error="no_answer", error_at=then, read_at=then, checked_at=then)
        row = row_of(en(world.presenter).get(PAGE))
        assert row["warnings"][0].startswith("The calendar's server did not answer. Last tried ")
        assert row["warnings"][0].endswith("What was read before still counts.")
        assert row["read"].startswith("Last read ")

    def test_a_zone_that_was_assumed_and_a_calendar_that_is_suddenly_empty(
        self, world, mine, as_user
    ) -> None:
        IncomingCalendar.objects.update(is_zone_assumed=True, empty_since=timezone.now())
        assert len(row_of(as_user(world.presenter).get(PAGE))["warnings"]) == 2

    def test_not_the_calendars_of_others(self, world, mine, as_user) -> None:
        assert as_user(world.neighbour).get(PAGE).context["rows"] == []


class TestAct:
    def test_it_is_read_anew(self, world, mine, en) -> None:
        IncomingCalendar.objects.update(next_refresh_at=timezone.now() + HOUR)
        answer = en(world.presenter).post(f"{PAGE}{mine.pk}/las/", follow=True)
        assert said(answer) == ["The calendar is read within a minute."]
        assert IncomingCalendar.objects.due(timezone.now()).count() == 1

    def test_not_again_and_again(self, world, mine, en) -> None:
        IncomingCalendar.objects.update(checked_at=timezone.now())
        answer = en(world.presenter).post(f"{PAGE}{mine.pk}/las/", follow=True)
        assert said(answer) == ["It was read a moment ago. Wait a minute."]

    def test_it_is_believed_to_be_empty(self, world, mine, en) -> None:
        IncomingCalendar.objects.update(empty_since=timezone.now())
        answer = en(world.presenter).post(f"{PAGE}{mine.pk}/tom/", follow=True)
        assert (said(answer), IncomingCalendar.objects.get().empty_since) == (
            ["The earlier busy times are gone."],
            None,
        )

    def test_it_is_taken_away(self, world, mine, as_user) -> None:
        as_user(world.presenter).post(f"{PAGE}{mine.pk}/ta-bort/")
        assert IncomingCalendar.objects.count() == 0

    def test_there_is_nothing_else_to_do(self, world, mine, as_user) -> None:
        assert as_user(world.presenter).post(f"{PAGE}{mine.pk}/stjal/").status_code == 404


def test_matching_says_on_how_many_days_a_presenter_is_busy(world, en) -> None:
    day = datetime(2027, 2, 3, 12, tzinfo=UTC)
    busy_at(world, "venue", (day, day + HOUR))
    page = en(world.producer).get(f"/matchning/{world.season.slug}/{world.production.slug}/").content.decode()
    assert page.count("Busy in own calendar on 1 day<") == 1
