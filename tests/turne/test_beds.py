"""The page about towns without beds: what is noted, undone and listed, and which planned nights it hits."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings import planning
from bookings.models import Booking
from tests import factories as make
from tests.agreements import night_in_backe
from tests.turne.pages import text_of
from tests.world import World
from turne.web import beds, board_notices, boards
from turne.web.desk import read_desk
from venues.models import NoBeds

pytestmark = pytest.mark.usefixtures("in_january")

URL = "/sovplatser/"
NOW = datetime(2027, 1, 20, 9, tzinfo=UTC)


def note(world: World, name: str, first: date, last: date | None = None, **fields: Any) -> NoBeds:
    return NoBeds.objects.create(
        place=world.places[name],
        first_night=first,
        last_night=last or first,
        **{"by": world.producer, **fields},
    )


def listed(client: Client, query: str = "") -> list[str]:
    return [row["noted"].place.name for row in client.get(f"{URL}{query}").context["rows"]]


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def sent(world: World, **changes: str) -> dict[str, str]:
    return {"place": world.places["Backe"].slug, "first_night": "2027-02-03", "last_night": "", **changes}


@pytest.fixture
def away(world: World) -> date:
    """The one night that the tour's adopted plan spends away, in Backe."""
    return night_in_backe(world, now=NOW)


# -- What is noted ---------------------------------------


def test_a_town_is_noted_for_one_night(world, producer):
    answer = producer.post(f"{URL}lagg-till/", sent(world, reason="Marknad"), follow=True)
    noted = NoBeds.objects.get()
    assert said(answer) == ["Noted. New plans sleep elsewhere on those nights."]
    assert (noted.place.name, noted.first_night, noted.last_night, noted.reason, noted.by) == (
        "Backe",
        date(2027, 2, 3),
        date(2027, 2, 3),
        "Marknad",
        world.producer,
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_night": "2027-02-01"}, "last_night"),
        ({"first_night": "2027-02-31"}, "first_night"),
        ({"first_night": "2027-01-01"}, "last_night"),
        ({"place": "nowhere"}, "place"),
    ],
)
def test_what_can_not_be_right_is_said_beside_the_field(world, producer, changes, field):
    answer = producer.post(f"{URL}lagg-till/", sent(world, **changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert NoBeds.objects.count() == 0


def test_a_place_without_beds_is_not_offered(world, producer):
    world.places["Åre"].has_lodging = None
    world.places["Åre"].save()
    offered = {place.name for place in producer.get(URL).context["form"].fields["place"].queryset}
    assert offered == {"Östersund", "Krokom", "Strömsund", "Backe"}


# -- What is undone ---------------------------------------


def test_what_is_taken_away_is_one_press_from_coming_back(world, producer):
    noted = note(world, "Backe", date(2027, 2, 3), date(2027, 2, 5), reason="Marknad")
    answer = producer.post(f"{URL}{noted.pk}/ta-bort/", follow=True)
    assert said(answer) == [
        "Backe, 3–5 Feb 2027, is taken away. To undo it, press Add: the form is filled in."
    ]
    assert answer.context["form"].initial == {
        "place": world.places["Backe"].slug,
        "first_night": "2027-02-03",
        "last_night": "2027-02-05",
        "reason": "Marknad",
    }
    assert NoBeds.objects.count() == 0


def test_beds_that_are_back_leave_the_nights_that_were_full(world, producer):
    noted = note(world, "Backe", date(2027, 1, 18), date(2027, 1, 24))
    answer = producer.post(f"{URL}{noted.pk}/avsluta/", follow=True)
    noted.refresh_from_db()
    form = answer.context["form"].initial
    assert noted.last_night == date(2027, 1, 19)
    assert (form["first_night"], form["last_night"]) == ("2027-01-20", "2027-01-24")


@pytest.mark.parametrize(("first", "offered"), [(date(2027, 1, 18), True), (date(2027, 1, 20), False)])
def test_only_what_has_begun_can_end(world, producer, first, offered):
    note(world, "Backe", first, date(2027, 1, 24))
    assert ("Beds again from tonight" in text_of(producer.get(URL))) is offered


# -- What is listed ---------------------------------------


def test_what_is_to_come_is_listed_by_night(world, producer):
    note(world, "Backe", date(2027, 2, 9))
    note(world, "Åre", date(2027, 2, 3))
    note(world, "Strömsund", date(2027, 1, 19))
    assert listed(producer) == ["Åre", "Backe"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?visa=over", ["Strömsund"]),
        ("?ordning=ort", ["Backe", "Åre"]),
        ("?ort=nowhere", ["Åre", "Backe"]),
    ],
)
def test_the_list_is_what_its_address_says(world, producer, query, expected):
    note(world, "Backe", date(2027, 2, 9))
    note(world, "Åre", date(2027, 2, 3))
    note(world, "Strömsund", date(2027, 1, 19))
    assert listed(producer, query) == expected


def test_the_list_of_one_town_keeps_its_filter_in_the_chips(world, producer):
    note(world, "Backe", date(2027, 2, 9))
    note(world, "Åre", date(2027, 2, 3))
    slug = world.places["Backe"].slug
    context = producer.get(f"{URL}?ort={slug}").context
    assert [row["noted"].place.name for row in context["rows"]] == ["Backe"]
    assert [(chip["url"], chip["count"]) for chip in context["chips"]] == [
        (f"?ort={slug}", 1),
        (f"?ort={slug}&visa=over", 0),
    ]


@pytest.mark.parametrize(
    ("query", "sentence"), [("", "No town is noted as full"), ("?visa=over", "Nothing is over yet")]
)
def test_an_empty_list_says_what_it_is_for(world, producer, query, sentence):
    assert sentence in text_of(producer.get(f"{URL}{query}"))


def test_a_neighbouring_regions_towns_can_be_noted_too(world, producer):
    near = make.RegionFactory(slug="n", name="Norr", code="24")
    near.neighbours.add(world.season.region)
    town = make.PlaceFactory(municipality=make.MunicipalityFactory(region=near, code="2401"), slug="bortom")
    producer.post(f"{URL}lagg-till/", sent(world, place=town.slug))
    assert NoBeds.objects.get().place == town


def test_notes_of_another_region_are_its_own_producers(world, as_user):
    far = make.RegionFactory(slug="g", name="Gotland", code="09", is_served=True)
    house = make.OrganisationFactory(region=far, roles=["producer"])
    make.MembershipFactory(user=world.stranger, organisation=house, role="producer")
    noted = note(world, "Backe", date(2027, 2, 3))
    client = as_user(world.stranger)
    assert listed(client) == []
    assert client.post(f"{URL}{noted.pk}/ta-bort/").status_code == 404
    assert client.post(f"{URL}lagg-till/", sent(world)).status_code == 422


# -- What is hit ---------------------------------------


def test_a_new_note_says_which_planned_nights_it_hits(world, producer, away):
    answer = producer.post(f"{URL}lagg-till/", sent(world, first_night=away.isoformat()), follow=True)
    assert said(answer)[1] == (
        "1 planned night was there: Trumman våren 2027: Tue 2 Feb. "
        "The tour's board shows where they sleep now, or that a bed is missing."
    )
    assert [[hit.night for hit in row["hits"]] for row in answer.context["rows"]] == [[away]]


def test_a_note_on_other_nights_hits_nothing(world, producer, away):
    answer = producer.post(f"{URL}lagg-till/", sent(world, first_night="2027-02-03"), follow=True)
    assert (len(said(answer)), answer.context["rows"][0]["hits"]) == (1, [])


def test_the_board_breaks_a_rule_on_the_night_that_is_full(world, away):
    note(world, "Backe", away)
    weeks = boards.board(read_desk(world.tour, NOW))["weeks"]
    breaches = [breach for week in weeks for row in week["rows"] for breach in row["breaches"]]
    assert [breach["detail"] for breach in breaches if breach["text"] == "No bed."] == [
        "Every bed in Backe is taken that night. Plan again to sleep elsewhere."
    ]


def test_a_plan_made_before_the_note_shows_it_too(world):
    proposal = planning.propose(world.tour, by=world.producer, seconds=0)
    home, *_rest = nights = proposal.plan["nights"]
    proposal.plan["nights"] = [home, f"p{world.places['Backe'].pk}", *nights[2:]]
    proposal.save()
    note(world, "Backe", date(2027, 2, 2))
    desk = read_desk(world.tour, NOW)
    assert desk.course is not None
    assert (desk.outdated, [b.day for b in desk.course.breaches if b.rule == "no_beds"]) == (True, [1])
    told = [notice["title"] for notice in board_notices.notices(desk)]
    assert "1 night of this plan is in a town that is full by now: Backe Tue 2 Feb." in told


def test_a_drafts_night_in_a_full_town_is_listed_and_leads_to_its_day(world, producer):
    proposal = planning.propose(world.tour, by=world.producer, seconds=0)
    home, *_rest = nights = proposal.plan["nights"]
    proposal.plan["nights"] = [home, f"p{world.places['Backe'].pk}", *nights[2:]]
    proposal.save()
    note(world, "Backe", date(2027, 2, 2))
    page = producer.get(URL)
    hits = [(hit.night, hit.draft) for row in page.context["rows"] for hit in row["hits"]]
    assert hits == [(date(2027, 2, 2), proposal.pk)]
    board = reverse("board", args=[world.tour.slug])
    assert f'href="{board}?forslag={proposal.pk}#dag-2027-02-02"' in page.content.decode()


def test_nights_that_are_chosen_anew_are_told_when_they_are_noted(world, producer, away, monkeypatch):
    monkeypatch.setattr(beds, "nights_planned", lambda tour: [(world.places["Backe"].pk, away)])
    Booking.objects.filter(wish=world.school_wish).update(status="released")
    answer = producer.post(f"{URL}lagg-till/", sent(world, first_night=away.isoformat()), follow=True)
    assert said(answer)[1].startswith("1 planned night was there: Trumman våren 2027: Tue 2 Feb.")


def test_a_page_asks_no_more_for_more_rows(world, producer, away, django_assert_max_num_queries):
    note(world, "Backe", away)
    producer.get(URL)
    with django_assert_max_num_queries(25) as before:
        producer.get(URL)
    note(world, "Åre", away)
    note(world, "Strömsund", away, by=make.UserFactory(email="ny@example.org"))
    with django_assert_max_num_queries(25) as after:
        producer.get(URL)
    assert len(after) == len(before)
