"""Everybody's home: what waits for whom; and the bar around every page."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from bookings import change_words, changing, counters, lifecycle, postponing, reporting, settling
from bookings.models import Notice
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, countered, held, offered
from tests.world import World
from tours.models import Season, SeasonWay, Tour, Wish, WishChangeRequest
from turne.web import my_week
from venues.dates import moment_text
from venues.models import Organisation, User


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


Sections = Callable[[User, Any], list[my_week.Section]]


def titles(sections: Sections, user: User, number: int, now: Any = NOW) -> list[str]:
    """What the rows of one section are called."""
    return [str(row["title"]) for row in sections(user, now)[number].rows]


class TestHost:
    def test_offers_to_answer(self, world: World) -> None:
        offered(world)
        assert titles(my_week.host_sections, world.presenter, 0) == ["Trumman och tystnaden"]
        assert titles(my_week.host_sections, world.neighbour, 0) == []

    def test_a_change_to_answer_stands_among_offers_by_its_deadline(self, world: World) -> None:
        booking = confirmed(world)
        other = make.TourFactory(
            production=make.RiderFactory().production, season=world.season, starts_on=world.tour.starts_on
        )
        wish = make.WishFactory(
            production=other.production, season=world.season, organisation=world.presenting, rank=2
        )
        offer = offered(world, tour=other, wish=wish, starts_at=SHOW_AT + 5 * DAY)
        changing.propose_change(
            booking, by=world.producer, now=NOW, reason="Bussen.", starts_at=SHOW_AT + timedelta(minutes=30)
        )
        section = my_week.host_sections(world.presenter, NOW)[0]
        assert [row["booking"].pk for row in section.rows] == [booking.pk, offer.pk]
        assert section.rows[0]["state"] == "change_waits"

    def test_visits_of_the_next_seven_days(self, world: World) -> None:
        confirmed(world)
        found = {
            days: titles(my_week.host_sections, world.presenter, 1, SHOW_AT - timedelta(days=days, hours=2))
            for days in (8, 6, 0)
        }
        assert found == {8: [], 6: ["Trumman och tystnaden"], 0: ["Trumman och tystnaden"]}
        assert titles(my_week.host_sections, world.presenter, 1, SHOW_AT + DAY) == []

    def test_visits_to_report_until_they_are(self, world: World) -> None:
        booking = confirmed(world)
        assert titles(my_week.host_sections, world.presenter, 3, SHOW_AT - DAY) == []
        assert titles(my_week.host_sections, world.presenter, 3, SHOW_AT + DAY) == ["Trumman och tystnaden"]
        reporting.report_played(booking, by=world.producer, now=SHOW_AT + DAY, figures=[(80, 70)])
        assert titles(my_week.host_sections, world.presenter, 3, SHOW_AT + DAY) == []

    def test_a_cancelled_visit_is_said_too(self, world: World) -> None:
        lifecycle.cancel(confirmed(world), by=world.producer, now=NOW, reason="Sjukdom.")
        [row] = my_week.host_sections(world.presenter, SHOW_AT - DAY)[1].rows
        assert row["state"] == "cancelled"

    def test_an_open_season_is_a_task_until_something_is_wished_for(self, world: World) -> None:
        Season.objects.update(closes_at=NOW + DAY)
        [row] = my_week.host_sections(world.presenter, NOW)[2].rows
        assert (row["title"], row["is_task"]) == ("Våren 2027", False)
        Wish.objects.all().delete()
        [row] = my_week.host_sections(world.presenter, NOW)[2].rows
        assert row["is_task"] is True

    def test_a_school_wishes_where_its_municipality_has_a_menu(self, world: World) -> None:
        Season.objects.update(closes_at=NOW + DAY)
        told = []
        for way in ("menu", "both", "allotment"):
            SeasonWay.objects.update_or_create(
                season=world.season,
                municipality=world.school.municipality,
                defaults={"way": way, "by": world.officer, "at": NOW},
            )
            told.append(titles(my_week.host_sections, world.school_contact, 2))
        assert told == [["Våren 2027"], ["Våren 2027"], []]

    def test_what_was_given_is_no_wish_of_ones_own(self, world: World) -> None:
        Season.objects.update(closes_at=NOW + DAY)
        Wish.objects.update(is_allotted=True)
        [row] = my_week.host_sections(world.presenter, NOW)[2].rows
        assert (row["text"], row["is_task"]) == ("You have not wished for anything yet.", True)

    def test_a_closed_season_is_not_shown(self, world: World) -> None:
        assert titles(my_week.host_sections, world.presenter, 2) == []

    def test_another_regions_season_is_not_shown(self, world: World) -> None:
        region = make.RegionFactory(slug="annan", code="99", name="Annan")
        make.SeasonFactory(region=region, closes_at=NOW + DAY)
        assert titles(my_week.host_sections, world.presenter, 2) == []


class TestProducer:
    def test_answers_of_the_last_seven_days(self, world: World) -> None:
        confirmed(world)
        assert titles(my_week.producer_sections, world.producer, 0) == ["Backe bygdegård"]
        assert titles(my_week.producer_sections, world.producer, 0, NOW + 7 * DAY) == []

    def test_another_date_is_an_answer_with_its_words(self, world: World) -> None:
        lifecycle.counter(
            offered(world),
            by=None,
            now=NOW,
            starts_on=date(2027, 2, 8),
            ends_on=date(2027, 2, 9),
            earliest=time(9),
            latest=time(12),
            message="Friluftsdag.",
        )
        [row] = my_week.producer_sections(world.producer, NOW)[0].rows
        assert row["state"] == "proposed"
        assert "Friluftsdag." in row["text"]

    def answered(self, world: World) -> tuple[str, str]:
        """What the only answer says: what was answered, and what has become of it."""
        with translation.override("en"):
            [row] = my_week.producer_sections(world.producer, NOW)[0].rows
        return row["state"], row["end"]

    def test_an_answer_that_stands_is_said_alone(self, world: World) -> None:
        confirmed(world)
        assert self.answered(world) == ("confirmed", "")

    def test_a_yes_that_was_cancelled_later_is_a_yes(self, world: World) -> None:
        lifecycle.cancel(confirmed(world), by=world.producer, now=NOW, reason="Sjukdom.")
        assert self.answered(world) == ("confirmed", "Since then: cancelled")

    def test_an_answer_says_how_its_visit_stands_by_now(self, world: World) -> None:
        booking = countered(world)
        counters.take(booking, by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
        assert self.answered(world) == ("proposed", "Since then: confirmed")

    def test_what_one_did_oneself_is_no_news(self, world: World) -> None:
        lifecycle.confirm(offered(world), by=world.producer, now=NOW)
        assert titles(my_week.producer_sections, world.producer, 0) == []

    @pytest.mark.parametrize(("days", "found"), [(2, ["Backe bygdegård"]), (4, [])])
    def test_offers_that_run_out(self, world: World, days: int, found: list[str]) -> None:
        lifecycle.offer(held(world), by=world.producer, now=NOW, answer_by=NOW + days * DAY)
        assert titles(my_week.producer_sections, world.producer, 1) == found

    def test_a_tour_without_a_visit_is_to_be_planned(self, world: World) -> None:
        [row] = my_week.producer_sections(world.producer, NOW)[4].rows
        assert (row["title"], row["url"]) == (world.tour.name, reverse("board", args=[world.tour.slug]))
        held(world)
        assert titles(my_week.producer_sections, world.producer, 4) == []

    def test_options_that_nobody_has_been_told_of(self, world: World) -> None:
        booking = held(world)
        [row] = my_week.producer_sections(world.producer, NOW)[5].rows
        assert (row["title"], row["url"]) == (world.tour.name, reverse("tour-offer", args=[world.tour.slug]))
        assert row["text"] == "1 visit is held. The presenter has not been told yet."
        lifecycle.offer(booking, by=world.producer, now=NOW, answer_by=NOW + DAY)
        assert titles(my_week.producer_sections, world.producer, 5) == []

    def test_an_option_whose_day_has_passed_is_not_offered(self, world: World) -> None:
        held(world)
        assert titles(my_week.producer_sections, world.producer, 5, SHOW_AT) == []

    def test_questions_about_wishes(self, world: World) -> None:
        WishChangeRequest.objects.create(wish=world.wish, message="Annan vecka?", asked_by=world.presenter)
        assert titles(my_week.producer_sections, world.producer, 6) == ["Backe bygdegård"]
        WishChangeRequest.objects.update(status="granted")
        assert titles(my_week.producer_sections, world.producer, 6) == []

    def test_mail_that_was_not_sent(self, world: World) -> None:
        offered(world)
        Notice.objects.update(state="failed", last_error="550 no such mailbox")
        [row] = my_week.producer_sections(world.producer, NOW)[7].rows
        assert "550 no such mailbox" in row["text"]

    def test_another_producer_sees_none_of_it(self, world: World) -> None:
        confirmed(world)
        Notice.objects.update(state="failed")
        WishChangeRequest.objects.create(wish=world.wish, message="Annan vecka?", asked_by=world.presenter)
        other = make.MembershipFactory(role="producer", organisation__roles=["producer"]).user
        assert [section.rows for section in my_week.producer_sections(other, NOW)] == [[]] * 10

    @pytest.mark.parametrize(("who", "listed"), [("presenter", [1, 0]), ("producer", [0, 1])])
    def test_a_change_waits_for_who_did_not_ask_for_it(
        self, world: World, who: str, listed: list[int]
    ) -> None:
        changing.propose_change(
            confirmed(world),
            by=getattr(world, who),
            now=NOW,
            reason="Bussen.",
            starts_at=SHOW_AT + timedelta(minutes=30),
        )
        to_answer, asked = my_week.producer_sections(world.producer, NOW)[2:4]
        assert [len(to_answer.rows), len(asked.rows)] == listed
        assert [to_answer.tasks, asked.tasks] == [listed[0], 0]

    def test_a_change_says_what_it_asks_for_and_by_when(self, world: World) -> None:
        booking = changing.propose_change(
            confirmed(world),
            by=world.presenter,
            now=NOW,
            reason="Bussen.",
            starts_at=SHOW_AT + timedelta(minutes=30),
        )
        [row] = my_week.producer_sections(world.producer, NOW)[2].rows
        assert (row["title"], row["url"]) == ("Backe bygdegård", f"/bokning/{booking.pk}/#change")
        assert change_words.new_version(booking, booking.waiting_change) in row["text"]
        assert row["end"] == f"Answer by {moment_text(booking.waiting_change.answer_by)}"

    def test_a_reported_visit_is_to_be_settled_until_it_is(self, world: World) -> None:
        booking, later = confirmed(world), SHOW_AT + DAY
        assert titles(my_week.producer_sections, world.producer, 9, later) == []
        reporting.report_played(booking, by=world.presenter, now=later, figures=[(80, 70)])
        [row] = my_week.producer_sections(world.producer, later)[9].rows
        assert (row["title"], row["url"]) == ("Backe bygdegård", f"/bokning/{booking.pk}/avrakning/")
        settling.settle(booking, by=world.producer, now=later)
        assert titles(my_week.producer_sections, world.producer, 9, later) == []

    def test_what_is_not_shown_is_counted(self) -> None:
        section = my_week.Section("To settle", [{"title": "Backe"}], "", total=9)
        assert (section.count, section.tasks) == (9, 9)


class TestOffice:
    def test_municipalities_with_the_fewest_first(self, world: World) -> None:
        confirmed(world)
        section = my_week.officer_sections(world.officer, NOW)[0]
        assert section.extra["coverage"] == [(0, "Krokom"), (0, "Åre"), (0, "Östersund"), (1, "Strömsund")]

    def test_open_seasons(self, world: World) -> None:
        Season.objects.update(closes_at=NOW + DAY)
        assert titles(my_week.officer_sections, world.officer, 1) == ["Våren 2027"]

    def test_the_outbox_for_administrators(self, world: World) -> None:
        offered(world)
        assert len(my_week.administrator_sections(world.administrator)[0].rows) == 1
        Notice.objects.update(state="failed")
        [row] = my_week.administrator_sections(world.administrator)[0].rows
        assert row["url"] == "/utskick/?visa=inte-skickade"

    def test_invented_data_are_said_to_be(self, world: World) -> None:
        assert my_week.administrator_sections(world.administrator)[1].rows == []
        Organisation.objects.update(is_demo=True)
        assert len(my_week.administrator_sections(world.administrator)[1].rows) == 1

    def test_what_waits_for_a_decision(self, world: World) -> None:
        countered(world)
        Tour.objects.update(stage="open", cut_off_on=NOW.date(), cut_off_told_at=NOW)
        found = titles(my_week.producer_sections, world.producer, 8)
        assert found == ["Trumman våren 2027", "Backe bygdegård"]

    def test_a_postponed_visit_waits_for_a_date(self, world: World) -> None:
        postponing.postpone(confirmed(world), by=world.producer, now=NOW, reason="Sjukdom.")
        [row] = my_week.producer_sections(world.producer, NOW)[8].rows
        assert (row["title"], row["state"]) == ("Backe bygdegård", "postponed")


class TestPage:
    @pytest.mark.parametrize(
        ("who", "sections"),
        [
            ("presenter", 5),
            ("school_contact", 5),
            ("producer", 11),
            ("officer", 3),
            ("administrator", 4),
            ("stranger", 0),
        ],
    )
    def test_by_role(self, world: World, as_user: Any, who: str, sections: int) -> None:
        response = as_user(getattr(world, who)).get("/min-vecka/")
        assert (response.status_code, len(response.context["sections"])) == (200, sections)

    def test_who_has_several_roles_sees_all(self, world: World, as_user: Any) -> None:
        make.MembershipFactory(user=world.producer, organisation=world.presenting, role="presenter")
        assert len(as_user(world.producer).get("/min-vecka/").context["sections"]) == 15

    def test_counts_what_waits(self, world: World, as_user: Any) -> None:
        offered(world)
        assert as_user(world.presenter).get("/min-vecka/").context["tasks"] == 1

    def test_what_waits_stands_first(self, world: World, as_user: Any) -> None:
        held(world)
        sections = as_user(world.producer).get("/min-vecka/").context["sections"]
        assert [section.tasks for section in sections] == [1, *[0] * 10]
        assert sections[0].rows[0]["url"] == reverse("tour-offer", args=[world.tour.slug])

    def test_asks_to_log_in(self, db: None, client: Client) -> None:
        assert client.get("/min-vecka/").status_code == 302

    def test_as_many_queries_for_three_as_for_one(
        self, world: World, as_user: Any, django_assert_num_queries: Any
    ) -> None:
        client = as_user(world.presenter)
        offered(world)
        with django_assert_num_queries(PRESENTER_QUERIES):
            client.get("/min-vecka/")
        for number in (1, 2):
            production = make.RiderFactory().production
            tour = make.TourFactory(production=production, season=world.season)
            wish = make.WishFactory(
                production=production, season=world.season, organisation=world.presenting, rank=1 + number
            )
            offered(world, tour=tour, wish=wish)
        with django_assert_num_queries(PRESENTER_QUERIES):
            client.get("/min-vecka/")

    def test_as_many_queries_for_a_producer_with_three_answers_as_with_one(
        self, world: World, as_user: Any, django_assert_num_queries: Any
    ) -> None:
        client = as_user(world.producer)
        confirmed(world)
        with django_assert_num_queries(PRODUCER_QUERIES):
            client.get("/min-vecka/")
        confirmed(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        confirmed(world, wish=world.school_wish, starts_at=SHOW_AT + 2 * DAY)
        with django_assert_num_queries(PRODUCER_QUERIES):
            client.get("/min-vecka/")


class TestFrame:
    def names(self, client: Client, path: str = "/min-vecka/") -> list[str]:
        return [item["url"] for item in client.get(path).context["nav_items"]]

    @pytest.mark.parametrize(
        "who", ["presenter", "school_contact", "producer", "officer", "administrator", "stranger"]
    )
    def test_every_link_of_the_bar_opens(self, world: World, as_user: Any, who: str) -> None:
        client = as_user(getattr(world, who))
        answers = {url: client.get(url).status_code for url in self.names(client)}
        assert set(answers.values()) == {200}, answers

    def test_the_public_links_open(self, world: World, client: Client) -> None:
        answers = {url: client.get(url).status_code for url in self.names(client, "/konto/logga-in/")}
        public = ("/utlysningar/", "/residens/", "/kalender/", "/utbud/", "/karta/", "/prenumerera/")
        assert answers == dict.fromkeys(public, 200)

    def test_the_page_one_is_on_is_marked(self, world: World, as_user: Any) -> None:
        booking = offered(world)
        page = as_user(world.presenter).get(f"/bokning/{booking.pk}/")
        assert [item["url"] for item in page.context["nav_items"] if item["current"]] == ["/inkorg/"]

    def test_says_as_whom_one_is_logged_in(self, world: World, as_user: Any) -> None:
        page = as_user(world.presenter).get("/min-vecka/").content.decode()
        assert "Presenter · Backe bygdegård" in page

    def test_with_several_organisations_the_name_alone(self, world: World, as_user: Any) -> None:
        make.MembershipFactory(user=world.presenter, organisation=world.neighbouring)
        assert str(as_user(world.presenter).get("/min-vecka/").context["account_label"]) == "Presenter"

    def test_one_query(self, world: World, as_user: Any, django_assert_num_queries: Any) -> None:
        client = as_user(world.presenter)
        with django_assert_num_queries(3):  # session, user, memberships
            client.get("/konto/nytt/")

    def test_none_for_somebody_passing_by(
        self, db: None, client: Client, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(0):
            client.get("/konto/nytt/")


def test_a_house_finds_all_of_its_calendars(world: World, as_user) -> None:
    page = as_user(world.school_contact).get("/min-vecka/").content.decode()
    ways = [reverse(name) for name in ("subscribe", "subscribe-sheet", "private-feeds", "own-calendars")]
    card = page[page.index('aria-labelledby="calendars"') :]
    assert [way in card for way in ways] == [True] * 4


#: Session, user, roles; offers and their shows, soon and theirs, seasons; rooms, who asks, wishes; calendars; stays,
#: calls that one runs and has applied to; the bar.
PRESENTER_QUERIES = 24
PRODUCER_QUERIES = 28
