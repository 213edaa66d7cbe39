"""An allotment published: wishes with groups, tours to plan, mails; all or nothing, once, and taken back."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from bookings import allotment_briefs, allotment_publishing, allotting, wish_changes
from bookings.allotting import Choice
from bookings.briefing import make_brief
from bookings.errors import PlanOutdated
from bookings.models import Booking, Notice
from tests import allotments
from tests.allotments import NOW
from tests.world import World
from tours import wishes
from tours.errors import BoardChanged, NotNow, Refused
from tours.models import Allotment, AllottedGroup, AllottedVisit, GradeAnswer, Tour, Wish, WishGroup

DAY = timedelta(days=1)


def published(world: World, **changed: Any) -> Allotment:
    """What the small allotment gives: Krokom plays for itself and for Östersund, Åre is too far."""
    Wish.objects.all().delete()
    Tour.objects.all().delete()
    found = allotments.computed(world, **changed)
    allotment_publishing.publish(found, by=world.officer, now=NOW)
    found.refresh_from_db()
    return found


def answer(world: World, place: str, grade: str, **fields: Any) -> None:
    school = world.places[place].schools.get()
    GradeAnswer.objects.create(
        season=world.season, school=school, grade=grade, by=world.school_contact, at=NOW, **fields
    )


def written() -> list[int]:
    return [model.objects.count() for model in (AllottedVisit, WishGroup, Notice)]


def test_each_day_in_a_room_is_a_wish_with_its_groups(world: World) -> None:
    found = published(world)
    wishes = Wish.objects.filter(allotted__allotment=found)
    assert {(w.organisation, w.venue, w.audience, w.is_allotted, w.rank, w.season) for w in wishes} == {
        (world.school, world.school_venue, "school", True, 1, world.season)
    }
    groups = WishGroup.objects.filter(wish__in=wishes)
    assert sorted(groups.values_list("group__name", "pupils_count")) == [
        ("4", 12), ("4A", 22), ("4B", 20), ("5A", 25),
    ]  # fmt: skip


def test_how_each_group_gets_there_is_kept(world: World) -> None:
    published(world)
    found = AllottedGroup.objects.order_by("group__name").values_list("group__name", "how")
    assert list(found) == [("4", "bus"), ("4A", "own"), ("4B", "own"), ("5A", "own")]


def test_no_more_come_to_a_show_than_it_takes(world: World) -> None:
    allotments.production_for(world, "Liten", "4-6", audience_max=30, fee=Decimal(10))
    found = published(world)
    assert Wish.objects.filter(allotted__allotment=found).count() > 0
    for wish in Wish.objects.filter(allotted__allotment=found):
        shows: dict[int, int] = {}
        for one in wish.groups.all():
            shows[one.show_number] = shows.get(one.show_number, 0) + one.pupils_count + one.adults_count
        assert sorted(shows) == list(range(1, wish.shows_count + 1))
        assert max(shows.values()) == wish.audience_expected <= wish.production.audience_max


def test_each_production_has_a_draft_to_plan_from_them(world: World) -> None:
    found = published(world)
    tour = Tour.objects.get()
    wishes = Wish.objects.filter(allotted__allotment=found)
    assert (tour.stage, tour.production, tour.season) == ("draft", world.production, world.season)
    planned = {one["id"] for one in make_brief(tour).problem["candidates"]}
    assert planned == {f"w{wish.pk}" for wish in wishes}


def test_a_tour_that_is_there_takes_them_up(world: World) -> None:
    allotment_publishing.publish(allotments.computed(world), by=world.officer, now=NOW)
    assert list(Tour.objects.all()) == [world.tour]


def with_answers(world: World, **weeks: list[str]) -> Allotment:
    """Computed with the weeks that grade 4 of Krokom and Östersund have named; Krokom's 5 can as its 4."""
    Wish.objects.all().delete()
    allotments.set_ground(world)
    answer(world, "Krokom", "4", weeks=weeks["krokom"])
    answer(world, "Krokom", "5", weeks=weeks["krokom"])
    answer(world, "Östersund", "4", weeks=weeks["ostersund"])
    found = allotting.make(world.season, allotments.terms(world), by=world.officer, now=NOW)
    return allotments.run(found, world)


def weeks_of_wishes() -> list[list[int]]:
    return sorted(
        [span.starts_on.isocalendar()[1] for span in wish.spans.all()] for wish in Wish.objects.all()
    )


def test_the_weeks_that_all_can(world: World) -> None:
    found = with_answers(world, krokom=["2027-W08", "2027-W09"], ostersund=["2027-W09", "2027-W10"])
    allotment_publishing.publish(found, by=world.officer, now=NOW)
    assert weeks_of_wishes() == [[9]]


def test_who_has_no_week_in_common_comes_on_another_day(world: World) -> None:
    found = with_answers(world, krokom=["2027-W08"], ostersund=["2027-W09"])
    allotment_publishing.publish(found, by=world.officer, now=NOW)
    assert weeks_of_wishes() == [[8], [9]]


def test_weeks_outside_the_season_are_no_weeks(world: World) -> None:
    found = with_answers(world, krokom=["2027-W08"], ostersund=["2027-W40"])
    reasons = {one["unit"]: one["reason"] for one in found.plan["unreached"]}
    school = world.places["Östersund"].schools.get()
    assert reasons[f"{school.pk}:4"] == "no_week"


def test_weeks_answered_later_make_the_plan_old(world: World) -> None:
    found = allotments.computed(world)
    answer(world, "Krokom", "4", weeks=["2027-W08"])
    with pytest.raises(PlanOutdated):
        allotment_publishing.publish(found, by=world.officer, now=NOW)
    assert written() == [0, 0, 0]


def test_what_some_need_comes_once_with_the_grade(world: World) -> None:
    Wish.objects.all().delete()
    allotments.set_ground(world)
    answer(world, "Krokom", "4", needs={"quiet_room": 2})
    world.school_venue.quiet_room = True
    world.school_venue.save()
    found = allotting.make(world.season, allotments.terms(world), by=world.officer, now=NOW)
    allotment_publishing.publish(allotments.run(found, world), by=world.officer, now=NOW)
    needs = [
        one.needs for one in WishGroup.objects.filter(group__grade="4", group__school=world.school.school)
    ]
    assert sorted(needs, key=len) == [{}, {"quiet_room": 2}]


def test_schools_halls_and_producers_are_told(world: World) -> None:
    published(world)
    told = Notice.objects.exclude(kind="digest").values_list("kind", "to_email")
    assert sorted(told) == [
        ("allotted", "krokoms-skola@example.org"),
        ("allotted", "skola-" + world.places["Östersund"].slug + "@example.org"),
        ("to_plan", "scenlaget@example.org"),
    ]
    mail = Notice.objects.get(to_email__startswith="krokoms")
    assert "4A, 4B" in mail.body_text


def test_it_is_published_once(world: World) -> None:
    found = published(world)
    before = written()
    with pytest.raises(NotNow):
        allotment_publishing.publish(found, by=world.officer, now=NOW)
    assert written() == before


def test_over_changed_ground_nothing_is_published(world: World) -> None:
    found = allotments.computed(world)
    world.school.school.groups.filter(name="4A").update(pupils_count=23)
    with pytest.raises(PlanOutdated):
        allotment_publishing.publish(found, by=world.officer, now=NOW)
    assert written() == [0, 0, 0]


def test_over_changed_rules_nothing_is_published(world: World) -> None:
    found = allotments.computed(world)
    allotting.set_rules(found, {"bus_max_km": "41"}, by=world.officer, now=NOW + DAY, version=None)
    with pytest.raises(PlanOutdated):
        allotment_publishing.publish(found, by=world.officer, now=NOW)


def test_what_breaks_a_rule_by_hand_is_not_published(world: World) -> None:
    found = allotments.computed(world)
    far = Choice(world.places["Åre"].schools.get(), "4", world.production, world.school_venue)
    allotting.choose(found, far, by=world.officer, now=NOW)
    with pytest.raises(Refused):
        allotment_publishing.publish(found, by=world.officer, now=NOW)
    assert written() == [0, 0, 0]


def test_what_was_changed_by_hand_is_published_as_it_is(world: World) -> None:
    Wish.objects.all().delete()
    found = allotments.computed(world)
    allotting.choose(found, Choice(world.school.school, "5"), by=world.officer, now=NOW)
    allotment_publishing.publish(found, by=world.officer, now=NOW)
    assert sorted(WishGroup.objects.values_list("group__name", flat=True)) == ["4", "4A", "4B"]


def test_who_looked_at_another_plan_is_told(world: World) -> None:
    found = allotments.computed(world)
    with pytest.raises(BoardChanged):
        allotment_publishing.publish(found, by=world.officer, now=NOW, version=found.version - 1)


def test_a_draft_has_nothing_to_publish(world: World) -> None:
    with pytest.raises(NotNow):
        allotment_publishing.publish(allotments.made(world), by=world.officer, now=NOW)


def test_taken_back_the_wishes_are_gone_and_the_schools_told(world: World) -> None:
    found = published(world)
    assert allotment_publishing.take_back(found, by=world.officer, now=NOW + DAY) == 1
    assert (Wish.objects.standing().count(), Allotment.objects.get().state) == (0, "done")
    assert Notice.objects.filter(kind="unallotted").count() == 2


def test_taken_back_it_can_be_published_anew(world: World) -> None:
    found = published(world)
    allotment_publishing.take_back(found, by=world.officer, now=NOW + DAY)
    allotment_publishing.publish(found, by=world.officer, now=NOW + DAY)
    assert (Wish.objects.standing().count(), Tour.objects.count()) == (1, 1)


@pytest.mark.parametrize("status", ["held", "offered", "confirmed"])
def test_what_is_booked_is_not_taken_back(world: World, status: str) -> None:
    found = published(world)
    wish = Wish.objects.get()
    Booking.objects.create(
        tour=Tour.objects.get(), wish=wish, presenter=wish.organisation, venue=wish.venue, status=status,
        occupied_from=NOW + DAY, occupied_to=NOW + 2 * DAY, price=1, currency="SEK", changed_at=NOW,
        hold_expires_at=NOW + DAY, answer_by=NOW + DAY,
    )  # fmt: skip
    with pytest.raises(NotNow):
        allotment_publishing.take_back(found, by=world.officer, now=NOW)
    assert Wish.objects.standing().count() == 1


def test_what_is_not_published_is_not_taken_back(world: World) -> None:
    with pytest.raises(NotNow):
        allotment_publishing.take_back(allotments.computed(world), by=world.officer, now=NOW)


def test_the_school_cannot_take_back_what_was_given_to_a_grade(world: World) -> None:
    published(world)
    with pytest.raises(NotNow):
        wish_changes.withdraw_wish(Wish.objects.get(), world.school_contact, NOW)


def test_with_the_planners_leave_it_can(world: World) -> None:
    published(world)
    wish = Wish.objects.get()
    asked = wish_changes.ask_change(wish, "Vi är på läger", world.school_contact, NOW + DAY)
    wishes.answer_change(asked, True, "", world.producer, NOW + 2 * DAY)
    wish_changes.withdraw_wish(wish, world.school_contact, NOW + 3 * DAY)
    assert Wish.objects.standing().count() == 0


def test_a_school_may_be_given_several_days_of_one_production(world: World) -> None:
    Wish.objects.all().delete()
    allotments.set_ground(world)
    for number in range(4):
        allotments.group(world.school.school, f"5{number}", 110, grade="5")
    found = allotting.make(world.season, allotments.terms(world, grades=["5"]), by=world.officer, now=NOW)
    allotment_publishing.publish(allotments.run(found, world), by=world.officer, now=NOW)
    assert Wish.objects.filter(organisation=world.school).count() == 3


def test_what_was_given_is_outside_the_schools_own_list(world: World) -> None:
    published(world)
    assert wishes._list_of(world.school, world.season) == []


def test_what_another_allotment_has_given_they_have_had(world: World) -> None:
    published(world)
    other = allotting.make(world.season, allotments.terms(world, name="Till"), by=world.officer, now=NOW)
    units = allotment_briefs.make_brief(other).problem["units"]
    assert [(len(unit["had"]), unit["encounters"]) for unit in units] == [(1, 1), (1, 1), (1, 1), (0, 0)]
