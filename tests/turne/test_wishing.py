"""Wishes through their pages: the form, the list, and questions after closing."""

from datetime import date, datetime, time

import pytest
from django.test import Client

from bookings import wishes
from bookings.models import Booking, Production, Wish, WishChangeRequest
from tests import factories as make
from tests.turne.pages import CLOSED, ENGLISH, NOW, text_of
from tests.world import World
from venues.models import SchoolBreak

NEW = "/onskemal/ny/?produktion=fjallfolk&sasong=varen-2027"


@pytest.fixture(autouse=True)
def _fixed(monkeypatch, settings) -> None:
    settings.SESSION_COOKIE_AGE = 10**8  # a session outlives the leaps of the clock
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def later(monkeypatch):
    """Let the clock stand at another moment."""
    return lambda now: monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def production(world: World) -> Production:
    """One more production on the menu, not yet wished for."""
    found = make.ProductionFactory(ensemble=world.ensemble, title="Fjällfolk", slug="fjallfolk")
    make.RiderFactory(production=found)
    world.season.productions.add(found)
    return found


def fields(world: World, **other: object) -> dict:
    usual = {
        "venue": world.venue.pk,
        "audience": "public",
        "audience_expected": "60",
        "shows_count": "1",
        "weeks": ["2027-6"],
        "earliest": "09:00",
        "latest": "19:00",
        "rank": "2",
        "message": "",
        "days-TOTAL_FORMS": "2",
        "days-INITIAL_FORMS": "0",
    }
    return {name: value for name, value in (usual | other).items() if value is not None}


def get(client: Client, url: str):
    return client.get(url, headers=ENGLISH)


def post(client: Client, url: str, sent: dict | None = None, **more: object):
    return client.post(url, sent or {}, headers=ENGLISH, **more)


def errors(response) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {name: list(sentences) for name, sentences in response.context["form"].errors.items()}


def spans(wish: Wish) -> list[tuple[date, date, time, time]]:
    return list(wish.spans.values_list("starts_on", "ends_on", "earliest", "latest"))


# -- a new wish ---------------------------------------


def test_the_form_begins_with_what_is_likely(world: World, production: Production, as_user) -> None:
    response = get(as_user(world.presenter), NEW)
    form = response.context["form"]
    assert (form["rank"].value(), form["audience"].value(), form["latest"].value()) == (2, "public", time(19))
    assert [v.name for v in form.fields["venue"].queryset] == ["Backe bygdegård, salen"]
    assert "Backe bygdegård, salen ✓ Fits" in text_of(response)


def test_a_school_is_asked_about_mornings(world: World, production: Production, as_user) -> None:
    form = get(as_user(world.school_contact), NEW).context["form"]
    assert (form["audience"].value(), form["latest"].value()) == ("school", time(13))


def test_weeks_show_their_days_and_breaks(world: World, production: Production, as_user) -> None:
    ground = world.presenting.municipality
    SchoolBreak.objects.create(
        municipality=ground, name="Sportlov", starts_on=date(2027, 3, 8), ends_on=date(2027, 3, 12)
    )
    told = text_of(get(as_user(world.presenter), NEW))
    assert "week 9 1–7 Mar week 10 8–14 Mar Sportlov week 11 15–21 Mar" in told


def test_weeks_become_a_wish(world: World, production: Production, as_user) -> None:
    sent = fields(world, weeks=["2027-6", "2027-7"], message="Gärna kväll.")
    response = post(as_user(world.presenter), NEW, sent)
    assert (response.status_code, response["Location"]) == (302, "/onskemal/?arrangor=backe-bygdegard")
    wish = Wish.objects.get(production=production)
    assert (wish.rank, wish.message, wish.created_by) == (2, "Gärna kväll.", world.presenter)
    assert spans(wish) == [(date(2027, 2, 8), date(2027, 2, 21), time(9), time(19))]


def test_certain_days_become_a_wish(world: World, production: Production, as_user) -> None:
    days = {
        "days-0-starts_on": "2027-03-04",
        "days-1-starts_on": "2027-03-08",
        "days-1-ends_on": "2027-03-10",
    }
    sent = fields(world, weeks=None, **days, **{"days-1-earliest": "17:00"})
    post(as_user(world.presenter), NEW, sent)
    assert spans(Wish.objects.get(production=production)) == [
        (date(2027, 3, 4), date(2027, 3, 4), time(9), time(19)),
        (date(2027, 3, 8), date(2027, 3, 10), time(17), time(19)),
    ]


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"weeks": None}, "weeks", "Say when you can: choose weeks or days."),
        ({"rank": "1"}, "rank", "Trumman och tystnaden already has rank 1. Choose 2 and move it"),
        ({"audience_expected": "121"}, "audience_expected", "Fjällfolk takes at most 120 at each show."),
        (
            {"earliest": "06:30"},
            "earliest",
            "Get-in takes 1\N{NO-BREAK SPACE}h 15\N{NO-BREAK SPACE}min and begins",
        ),
        ({"latest": "23:00"}, "latest", "Playing and get-out take"),
        ({"earliest": "24:30"}, "earliest", "Write the time as 10:00, from 00:00 to 23:59."),
        (
            {"weeks": ["2027-30"]},
            "weeks",
            "Select a valid choice. 2027-30 is not one of the available choices.",
        ),
        ({"shows_count": "3"}, "shows_count", "Select a valid choice."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    world: World, production: Production, as_user, sent: dict, field: str, sentence: str
) -> None:
    told = errors(post(as_user(world.presenter), NEW, fields(world, **sent)))
    assert [field] == list(told)
    assert told[field][0].startswith(sentence)
    assert not Wish.objects.filter(production=production).exists()


def test_an_impossible_day_is_told_as_such(world: World, production: Production, as_user) -> None:
    sent = fields(world, **{"days-0-starts_on": "2027-04-31"})
    response = post(as_user(world.presenter), NEW, sent)
    assert "There is no day 31 in April 2027, which has 30 days." in text_of(response)
    assert list(errors(response)) == ["__all__"]


def test_a_last_day_without_a_first(world: World, production: Production, as_user) -> None:
    response = post(as_user(world.presenter), NEW, fields(world, **{"days-0-ends_on": "2027-04-30"}))
    assert (response.status_code, "Give the first day too." in text_of(response)) == (422, True)


def test_somebody_elses_venue_is_no_choice(world: World, production: Production, as_user) -> None:
    told = errors(post(as_user(world.presenter), NEW, fields(world, venue=world.neighbour_venue.pk)))
    assert list(told) == ["venue"]


def test_a_second_wish_for_the_same_leads_to_the_first(world: World, as_user) -> None:
    response = get(as_user(world.presenter), "/onskemal/ny/?produktion=trumman-och-tystnaden")
    assert response["Location"] == f"/onskemal/{world.wish.pk}/"


@pytest.mark.parametrize("query", ["", "?produktion=x", "?produktion=fjallfolk&sasong=x"])
def test_without_a_production_one_is_sent_to_the_menu(
    world: World, production: Production, as_user, query: str
) -> None:
    response = get(as_user(world.presenter), f"/onskemal/ny/{query}")
    assert (response.status_code, response["Location"]) == (302, "/utbud/")


def test_after_closing_one_is_sent_to_the_menu(world: World, production: Production, as_user, later) -> None:
    client = as_user(world.presenter)
    later(world.season.closes_at)
    assert post(client, NEW, fields(world))["Location"] == "/utbud/"
    assert not Wish.objects.filter(production=production).exists()


def test_without_a_room_the_page_says_what_to_do(world: World, production: Production, as_user) -> None:
    world.venue.is_closed_down = True
    world.venue.save()
    assert "You have no room in use yet" in text_of(get(as_user(world.presenter), NEW))


def test_whoever_acts_for_two_chooses_for_which(world: World, production: Production, as_user) -> None:
    make.MembershipFactory(user=world.presenter, organisation=world.neighbouring)
    client = as_user(world.presenter)
    url = NEW + "&arrangor=folkets-hus-stromsund"
    response = get(client, url)
    assert [(c["label"], c["current"]) for c in response.context["organisation_chips"]] == [
        ("Backe bygdegård", False),
        ("Folkets hus Strömsund", True),
    ]
    post(client, url, fields(world, venue=world.neighbour_venue.pk))
    assert Wish.objects.get(production=production).organisation == world.neighbouring


def test_for_somebody_elses_organisation_there_is_no_form(
    world: World, production: Production, as_user
) -> None:
    assert get(as_user(world.presenter), NEW + "&arrangor=krokoms-skola").status_code == 404


# -- changing ---------------------------------------


def url_of(wish: Wish, step: str = "") -> str:
    return f"/onskemal/{wish.pk}/{step}"


def test_the_form_shows_the_wish_as_it_stands(world: World, as_user) -> None:
    wish = world.wish
    make.WishSpanFactory(
        wish=wish, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 14), earliest=time(9), latest=time(19)
    )
    make.WishSpanFactory(
        wish=wish, starts_on=date(2027, 4, 5), ends_on=date(2027, 4, 11), earliest=time(17), latest=time(18)
    )
    form = get(as_user(world.presenter), url_of(wish)).context["form"]
    assert form["weeks"].value() == ["2027-9", "2027-10"]
    assert form.rows.initial == [
        {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 2, 12)},
        {
            "starts_on": date(2027, 4, 5),
            "ends_on": date(2027, 4, 11),
            "earliest": time(17),
            "latest": time(18),
        },
    ]


def test_a_form_sent_back_as_shown_changes_nothing(world: World, as_user) -> None:
    make.WishSpanFactory(
        wish=world.wish,
        starts_on=date(2027, 3, 1),
        ends_on=date(2027, 3, 14),
        earliest=time(9),
        latest=time(19),
    )
    make.WishSpanFactory(
        wish=world.wish,
        starts_on=date(2027, 4, 5),
        ends_on=date(2027, 4, 6),
        earliest=time(17),
        latest=time(18),
    )
    before = spans(world.wish)
    client = as_user(world.presenter)
    form = get(client, url_of(world.wish)).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    sent |= {"days-TOTAL_FORMS": len(form.rows.forms), "days-INITIAL_FORMS": len(form.rows.initial)}
    for row in form.rows:
        sent |= {row.add_prefix(n): row[n].value() for n in row.fields if row[n].value() is not None}
    assert post(client, url_of(world.wish), sent).status_code == 302
    assert spans(world.wish) == before


def test_no_more_rows_of_days_are_drawn_than_there_may_be(world: World, as_user) -> None:
    sent = fields(world, rank="1") | {"days-TOTAL_FORMS": "9" * 9}
    answer = post(as_user(world.presenter), url_of(world.wish), sent)
    assert (answer.status_code, len(answer.context["form"].rows.forms)) == (422, 13)


def test_changing_a_wish(world: World, as_user) -> None:
    sent = fields(world, rank="1", shows_count="2", is_reserve="on")
    assert post(as_user(world.presenter), url_of(world.wish), sent).status_code == 302
    world.wish.refresh_from_db()
    assert (world.wish.shows_count, world.wish.is_reserve) == (2, True)
    assert spans(world.wish) == [(date(2027, 2, 8), date(2027, 2, 14), time(9), time(19))]


def test_after_closing_a_change_is_a_question(world: World, as_user, later) -> None:
    client = as_user(world.presenter)
    later(CLOSED)
    assert post(client, url_of(world.wish), fields(world))["Location"] == url_of(world.wish, "andring/")


def test_withdrawing(world: World, as_user) -> None:
    response = post(as_user(world.presenter), url_of(world.wish, "aterkalla/"), follow=True)
    assert not Wish.objects.standing().filter(pk=world.wish.pk).exists()
    assert "Your wish for Trumman och tystnaden is withdrawn." in text_of(response)


def test_withdrawing_after_closing_says_why_not(world: World, as_user, later) -> None:
    client = as_user(world.presenter)
    later(CLOSED)
    response = post(client, url_of(world.wish, "aterkalla/"), follow=True)
    assert Wish.objects.standing().filter(pk=world.wish.pk).exists()
    assert "Ask the producer for a change instead." in text_of(response)


@pytest.mark.parametrize("step", ["", "andring/"])
def test_somebody_elses_wish_is_not_there(world: World, as_user, step: str) -> None:
    assert get(as_user(world.neighbour), url_of(world.wish, step)).status_code == 404


@pytest.mark.parametrize("step", ["aterkalla/", "flytta/"])
def test_actions_are_never_done_by_looking(world: World, as_user, step: str) -> None:
    assert get(as_user(world.presenter), url_of(world.wish, step)).status_code == 405
    assert post(as_user(world.neighbour), url_of(world.wish, step)).status_code == 404


# -- the list ---------------------------------------


@pytest.fixture
def second(world: World, production: Production) -> Wish:
    """The presenter's wish number 2."""
    wish = make.WishFactory(
        season=world.season, production=production, organisation=world.presenting, venue=world.venue, rank=2
    )
    make.WishSpanFactory(wish=wish, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 14))
    return wish


def order(client: Client) -> list[str]:
    (found,) = get(client, "/onskemal/").context["lists"]
    return [row["wish"].production.title for row in found["ranked"]]


def test_the_list_in_order(world: World, second: Wish, as_user) -> None:
    client = as_user(world.presenter)
    told = text_of(get(client, "/onskemal/"))
    assert order(client) == ["Trumman och tystnaden", "Fjällfolk"]
    assert "Open until Tue 15 Dec 2026 at 01:00 Room for 6 wishes more." in told
    assert (
        "Fjällfolk week 9–10, start 09:00–19:00 Backe bygdegård, salen · 1 show · 60 expected, public" in told
    )


def test_reserves_stand_apart(world: World, second: Wish, as_user) -> None:
    Wish.objects.filter(pk=second.pk).update(is_reserve=True)
    (found,) = get(as_user(world.presenter), "/onskemal/").context["lists"]
    assert [row["wish"] for row in found["reserves"]] == [second]


def test_moving_a_wish_up(world: World, second: Wish, as_user) -> None:
    client = as_user(world.presenter)
    response = post(client, url_of(second, "flytta/"), {"direction": "up"})
    assert response["Location"] == "/onskemal/?arrangor=backe-bygdegard"
    assert order(client) == ["Fjällfolk", "Trumman och tystnaden"]


def test_moving_with_htmx_gives_the_list_alone(world: World, second: Wish, as_user) -> None:
    client = as_user(world.presenter)
    url = url_of(world.wish, "flytta/")
    response = client.post(url, {"direction": "down"}, headers=ENGLISH | {"hx-request": "true"})
    assert [t.name for t in response.templates][0] == "wishes/list.html"
    assert order(client) == ["Fjällfolk", "Trumman och tystnaden"]


def test_moving_after_closing_says_why_not(world: World, second: Wish, as_user, later) -> None:
    client = as_user(world.presenter)
    later(CLOSED)
    told = text_of(post(client, url_of(second, "flytta/"), {"direction": "up"}, follow=True))
    assert "Ask the producer for a change instead." in told
    assert order(client) == ["Trumman och tystnaden", "Fjällfolk"]


def test_an_empty_list_leads_to_the_menu(world: World, as_user) -> None:
    Wish.objects.all().delete()
    told = text_of(get(as_user(world.presenter), "/onskemal/"))
    assert "No wishes yet Choose productions on the menu" in told


def test_without_a_season_the_list_says_so(world: World, as_user, later) -> None:
    client = as_user(world.presenter)
    Wish.objects.all().delete()
    later(CLOSED)
    assert "No season is open for wishes" in text_of(get(client, "/onskemal/"))


def test_an_offer_shows_in_the_list_but_a_hold_does_not(world: World, as_user) -> None:
    booking = Booking.objects.create(
        tour=world.tour,
        wish=world.wish,
        presenter=world.presenting,
        venue=world.venue,
        occupied_from=datetime(2027, 2, 2, 8, tzinfo=NOW.tzinfo),
        occupied_to=datetime(2027, 2, 2, 12, tzinfo=NOW.tzinfo),
        price=0,
        currency="SEK",
        changed_at=NOW,
    )
    (found,) = get(as_user(world.presenter), "/onskemal/").context["lists"]
    assert (found["ranked"][0]["booking"], found["ranked"][0]["can_change"]) == (None, False)
    Booking.objects.filter(pk=booking.pk).update(status="offered")
    (found,) = get(as_user(world.presenter), "/onskemal/").context["lists"]
    assert found["ranked"][0]["booking"] == booking


def test_the_list_takes_as_many_queries_for_many(
    world: World, second: Wish, as_user, django_assert_max_num_queries
) -> None:
    for rank in range(3, 8):
        wish = make.WishFactory(
            season=world.season,
            production=make.ProductionFactory(ensemble=world.ensemble),
            organisation=world.presenting,
            venue=world.venue,
            rank=rank,
        )
        make.WishSpanFactory(wish=wish)
    client = as_user(world.presenter)
    with django_assert_max_num_queries(12):
        get(client, "/onskemal/")


# -- questions after closing ---------------------------------------


@pytest.fixture
def closed(world: World, as_user, later) -> World:
    later(CLOSED)
    return world


def ask(world: World) -> WishChangeRequest:
    return wishes.ask_change(world.wish, "Vecka 7 i stället", world.presenter, CLOSED)


def test_asking_for_a_change(closed: World, as_user) -> None:
    url = url_of(closed.wish, "andring/")
    response = post(as_user(closed.presenter), url, {"message": "Vecka 7 i stället"}, follow=True)
    assert closed.wish.change_requests.get().message == "Vecka 7 i stället"
    assert "Your question is with the producer" in text_of(response)


def test_asking_for_nothing(closed: World, as_user) -> None:
    assert list(errors(post(as_user(closed.presenter), url_of(closed.wish, "andring/")))) == ["message"]


def test_the_producer_sees_the_question_and_says_yes(closed: World, as_user) -> None:
    request = ask(closed)
    client = as_user(closed.producer)
    told = text_of(get(client, "/andringar/"))
    assert "Backe bygdegård · Trumman och tystnaden Vecka 7 i stället" in told
    response = post(client, f"/andringar/{request.pk}/", {"decision": "yes"}, follow=True)
    assert "Backe bygdegård has your answer." in text_of(response)
    (found,) = get(as_user(closed.presenter), "/onskemal/").context["lists"]
    assert found["ranked"][0]["can_change"] is True


def test_a_no_needs_a_reason(closed: World, as_user) -> None:
    request = ask(closed)
    client = as_user(closed.producer)
    response = post(client, f"/andringar/{request.pk}/", {"decision": "no"})
    assert (response.status_code, "Say why not" in text_of(response)) == (422, True)
    post(client, f"/andringar/{request.pk}/", {"decision": "no", f"{request.pk}-answer": "Fullt."})
    told = text_of(get(as_user(closed.presenter), "/onskemal/"))
    assert "Change refused: Fullt." in told


def test_answering_twice(closed: World, as_user) -> None:
    request = ask(closed)
    client = as_user(closed.producer)
    for _time in range(2):
        response = post(client, f"/andringar/{request.pk}/", {"decision": "yes"})
    assert response.status_code == 422
    request.refresh_from_db()
    assert request.status == "granted"


def test_somebody_elses_questions_are_not_there(closed: World, as_user) -> None:
    request = ask(closed)
    other = make.MembershipFactory(organisation=make.OrganisationFactory(roles=["producer"]), role="producer")
    client = as_user(other.user)
    assert "Nothing to answer" in text_of(get(client, "/andringar/"))
    assert post(client, f"/andringar/{request.pk}/", {"decision": "yes"}).status_code == 404


@pytest.mark.parametrize("who", ["producer", "officer", "stranger"])
def test_only_hosts_have_wishes(world: World, as_user, who: str) -> None:
    assert get(as_user(getattr(world, who)), "/onskemal/").status_code == 404
