"""Wishes through their pages: the form, the list, and questions after closing."""

from datetime import date, time

import pytest

from tests import factories as make
from tests.turne.pages import CLOSED, address_of, errors_of, get, post, text_of
from tests.world import World
from tours.models import Production, Wish
from venues.models import SchoolBreak

pytestmark = pytest.mark.usefixtures("in_the_open_season")


NEW = "/onskemal/ny/?produktion=fjallfolk&sasong=varen-2027"


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


def test_weeks_show_a_schools_own_days(world: World, production: Production, as_user) -> None:
    monday = date(2027, 3, 8)
    for kind, name in (("staff", "Studiedag"), ("open", "Skola som vanligt")):
        SchoolBreak.objects.create(
            school=world.school.school, kind=kind, name=name, starts_on=monday, ends_on=monday
        )
    told = text_of(get(as_user(world.school_contact), NEW))
    assert "week 10 8–14 Mar Studiedag week 11 15–21 Mar" in told


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
    told = errors_of(post(as_user(world.presenter), NEW, fields(world, **sent)))
    assert [field] == list(told)
    assert told[field][0].startswith(sentence)
    assert not Wish.objects.filter(production=production).exists()


def test_an_impossible_day_is_told_as_such(world: World, production: Production, as_user) -> None:
    sent = fields(world, **{"days-0-starts_on": "2027-04-31"})
    response = post(as_user(world.presenter), NEW, sent)
    assert "There is no day 31 in April 2027, which has 30 days." in text_of(response)
    assert list(errors_of(response)) == ["__all__"]


def test_a_last_day_without_a_first(world: World, production: Production, as_user) -> None:
    response = post(as_user(world.presenter), NEW, fields(world, **{"days-0-ends_on": "2027-04-30"}))
    assert (response.status_code, "Give the first day too." in text_of(response)) == (422, True)


def test_somebody_elses_venue_is_no_choice(world: World, production: Production, as_user) -> None:
    told = errors_of(post(as_user(world.presenter), NEW, fields(world, venue=world.neighbour_venue.pk)))
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


def test_the_form_shows_the_wish_as_it_stands(world: World, as_user) -> None:
    wish = world.wish
    make.WishSpanFactory(
        wish=wish, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 14), earliest=time(9), latest=time(19)
    )
    make.WishSpanFactory(
        wish=wish, starts_on=date(2027, 4, 5), ends_on=date(2027, 4, 11), earliest=time(17), latest=time(18)
    )
    form = get(as_user(world.presenter), address_of(wish)).context["form"]
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
    form = get(client, address_of(world.wish)).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    sent |= {"days-TOTAL_FORMS": len(form.rows.forms), "days-INITIAL_FORMS": len(form.rows.initial)}
    for row in form.rows:
        sent |= {row.add_prefix(n): row[n].value() for n in row.fields if row[n].value() is not None}
    assert post(client, address_of(world.wish), sent).status_code == 302
    assert spans(world.wish) == before


def test_no_more_rows_of_days_are_drawn_than_there_may_be(world: World, as_user) -> None:
    sent = fields(world, rank="1") | {"days-TOTAL_FORMS": "9" * 9}
    answer = post(as_user(world.presenter), address_of(world.wish), sent)
    assert (answer.status_code, len(answer.context["form"].rows.forms)) == (422, 13)


def test_changing_a_wish(world: World, as_user) -> None:
    sent = fields(world, rank="1", shows_count="2", is_reserve="on")
    assert post(as_user(world.presenter), address_of(world.wish), sent).status_code == 302
    world.wish.refresh_from_db()
    assert (world.wish.shows_count, world.wish.is_reserve) == (2, True)
    assert spans(world.wish) == [(date(2027, 2, 8), date(2027, 2, 14), time(9), time(19))]


def test_after_closing_a_change_is_a_question(world: World, as_user, later) -> None:
    client = as_user(world.presenter)
    later(CLOSED)
    assert post(client, address_of(world.wish), fields(world))["Location"] == address_of(
        world.wish, "andring/"
    )


def test_withdrawing(world: World, as_user) -> None:
    response = post(as_user(world.presenter), address_of(world.wish, "aterkalla/"), follow=True)
    assert not Wish.objects.standing().filter(pk=world.wish.pk).exists()
    assert "Your wish for Trumman och tystnaden is withdrawn." in text_of(response)


def test_withdrawing_after_closing_says_why_not(world: World, as_user, later) -> None:
    client = as_user(world.presenter)
    later(CLOSED)
    response = post(client, address_of(world.wish, "aterkalla/"), follow=True)
    assert Wish.objects.standing().filter(pk=world.wish.pk).exists()
    assert "Ask the producer for a change instead." in text_of(response)


@pytest.mark.parametrize("step", ["", "andring/"])
def test_somebody_elses_wish_is_not_there(world: World, as_user, step: str) -> None:
    assert get(as_user(world.neighbour), address_of(world.wish, step)).status_code == 404


@pytest.mark.parametrize("step", ["aterkalla/", "flytta/"])
def test_actions_are_never_done_by_looking(world: World, as_user, step: str) -> None:
    assert get(as_user(world.presenter), address_of(world.wish, step)).status_code == 405
    assert post(as_user(world.neighbour), address_of(world.wish, step)).status_code == 404
