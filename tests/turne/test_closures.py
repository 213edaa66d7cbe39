"""The pages of closed days: whose they are, what is shown before they are saved, and when they are changed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import factories as make
from tests.bookings.visits import NOW, visit
from tests.turne.pages import said
from venues.models import Closure

pytestmark = pytest.mark.usefixtures("in_january")
DAY = timedelta(days=1)
ROOM = {"what": "lokal-backe-bygdegard-salen"}
ON_THE_VISIT = {"starts_on": "2027-02-04", "ends_on": "2027-02-04"}


def rows(answer: Any) -> list[str]:
    return [row["what"] for row in answer.context["rows"]]


@pytest.fixture
def mine(world) -> Closure:
    return Closure.objects.create(venue=world.venue, starts_at=NOW + DAY, ends_at=NOW + 2 * DAY)


def test_whole_days_last_from_midnight_to_midnight(world, as_user):
    as_user(world.presenter).post(
        "/stangt/ny/", {**ROOM, "starts_on": "2027-03-01", "ends_on": "2027-03-02", "reason": "Slipning"}
    )
    closure = Closure.objects.get()
    assert (closure.venue, closure.starts_at, closure.ends_at) == (
        world.venue,
        datetime(2027, 2, 28, 23, tzinfo=UTC),
        datetime(2027, 3, 2, 23, tzinfo=UTC),
    )


def test_it_may_have_hours(world, as_user):
    days = {"starts_on": "2027-03-01", "starts_at": "08:00", "ends_on": "2027-03-01", "ends_at": "12:00"}
    as_user(world.presenter).post("/stangt/ny/", {**ROOM, **days})
    assert Closure.objects.get().ends_at == datetime(2027, 3, 1, 11, tzinfo=UTC)


def test_the_whole_house_and_the_years_after(world, as_user):
    days = {"starts_on": "2027-03-01", "ends_on": "2027-03-01", "years": "2"}
    as_user(world.presenter).post("/stangt/ny/", {"what": "hus-backe-bygdegard", **days})
    found = Closure.objects.filter(organisation=world.presenting)
    assert [(closure.starts_at + DAY).date().isoformat() for closure in found] == [
        "2027-03-01",
        "2028-03-01",
        "2029-03-01",
    ]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"starts_on": "2027-04-31", "ends_on": "2027-05-01"}, "starts_on"),
        ({"starts_on": "2027-03-02", "ends_on": "2027-03-01"}, "ends_on"),
        ({"starts_on": "2026-03-01", "ends_on": "2026-03-02"}, "ends_on"),
        ({"starts_on": "2027-03-01", "ends_on": "2027-03-01", "what": "lokal-krokoms-skola-salen"}, "what"),
    ],
)
def test_an_impossible_closure_is_refused(world, as_user, data, field):
    answer = as_user(world.presenter).post("/stangt/ny/", {**ROOM, **data})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Closure.objects.count() == 0


def test_what_is_booked_then_is_shown_before_it_is_saved(world, as_user):
    booking = visit(world).booking
    answer = as_user(world.presenter).post("/stangt/ny/", {**ROOM, **ON_THE_VISIT})
    assert (answer.status_code, [row["booking"] for row in answer.context["hit"]]) == (422, [booking])
    assert Closure.objects.count() == 0


def test_who_knows_of_it_closes_all_the_same(world, en):
    visit(world)
    sent = {**ROOM, **ON_THE_VISIT, "despite": "on"}
    answer = en(world.presenter).post("/stangt/ny/", sent, follow=True)
    assert said(answer) == ["1 closure is noted. Nothing new will be planned then."]
    assert [len(row["visits"]) for row in answer.context["rows"]] == [1]


def test_not_over_an_offer(world, as_user):
    visit(world, status="offered", answer_by=NOW + DAY)
    answer = as_user(world.presenter).post("/stangt/ny/", {**ROOM, **ON_THE_VISIT, "despite": "on"})
    assert (answer.status_code, answer.context["conflict"].code) == (422, "offers_to_answer")


@pytest.mark.parametrize(("query", "chosen"), [("lokal", "lokal"), ("hus", "hus")])
def test_the_form_begins_with_what_the_link_names(world, as_user, query, chosen):
    slug = {"lokal": world.venue.slug, "hus": world.presenting.slug}[query]
    form = as_user(world.presenter).get(f"/stangt/ny/?{query}={slug}").context["form"]
    assert form["what"].value() == f"{chosen}-{slug}"


def test_other_days_and_another_reason(world, as_user, mine):
    sent = {"starts_on": "2027-03-01", "ends_on": "2027-03-01", "reason": "Bröllop"}
    as_user(world.presenter).post(f"/stangt/{mine.pk}/", sent)
    mine.refresh_from_db()
    assert (mine.starts_at, mine.reason) == (datetime(2027, 2, 28, 23, tzinfo=UTC), "Bröllop")


def test_the_form_shows_what_is_known(world, as_user, mine):
    form = as_user(world.presenter).get(f"/stangt/{mine.pk}/").context["form"]
    assert (str(form["starts_on"].value()), str(form["starts_at"].value())) == ("2027-01-21", "10:00:00")


def test_it_is_taken_away(world, as_user, mine):
    as_user(world.presenter).post(f"/stangt/{mine.pk}/ta-bort/")
    assert Closure.objects.count() == 0


@pytest.mark.parametrize("address", ["", "ta-bort/"])
def test_others_are_out_of_reach(world, as_user, mine, address):
    client = as_user(world.neighbour)
    assert client.post(f"/stangt/{mine.pk}/{address}").status_code == 404
    assert Closure.objects.count() == 1


def test_ahead_and_earlier(world, as_user, mine):
    Closure.objects.create(organisation=world.presenting, starts_at=NOW - 9 * DAY, ends_at=NOW - 8 * DAY)
    client = as_user(world.presenter)
    found = [len(client.get(f"/stangt/{query}").context["rows"]) for query in ("", "?visa=tidigare")]
    assert found == [1, 1]


def test_who_has_several_houses_chooses_one(world, as_user, mine):
    make.MembershipFactory(user=world.presenter, organisation=world.neighbouring, role="presenter")
    Closure.objects.create(venue=world.neighbour_venue, starts_at=NOW, ends_at=NOW + DAY)
    client = as_user(world.presenter)
    assert len(client.get("/stangt/").context["rows"]) == 2
    assert rows(client.get("/stangt/?hus=backe-bygdegard")) == [str(world.venue)]
