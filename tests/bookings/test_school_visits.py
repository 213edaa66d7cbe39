"""Groups at a school's visit: copied when it is held, counted by the school, set by the producer, told of after."""

import pytest

from bookings import changing, group_words, lifecycle, school_visits
from bookings.errors import SlotTaken
from bookings.models import Booking, BookingChange, Notice
from bookings.permissions import steps_for
from bookings.school_visits import Counts
from tests import factories as make
from tests.agreements import DAY
from tests.school import (
    NOW,
    OVER,
    SHOW_AT,
    choice,
    confirmed_visit,
    group,
    held_visit,
    later,
    other_tour,
)
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import Group


@pytest.fixture
def groups(world: World) -> list[Group]:
    """4A and 4B, 26 with the adults each."""
    return [group(world, "4A"), group(world, "4B")]


def stands(booking: Booking) -> list[tuple[str, int, int, int]]:
    rows = Booking.objects.get(pk=booking.pk).groups.all()
    return [(row.group.name, row.show_number, row.pupils_count, row.adults_count) for row in rows]


def set_groups(world: World, booking: Booking, *choices, now=NOW) -> Booking:
    return school_visits.set_groups(booking, by=world.producer, now=now, choices=choices)


def told(world: World, booking: Booking, counts: dict[Group, Counts], now=NOW) -> Booking:
    return school_visits.tell_counts(
        booking,
        by=world.school_contact,
        now=now,
        schools=[world.school],
        counts={of.pk: count for of, count in counts.items()},
    )


# -- held ---------------------------------------


def test_a_held_visit_has_the_groups_of_its_wish(world: World, groups: list[Group]) -> None:
    visit = held_visit(world, groups, 2, wheelchair=1)
    assert stands(visit) == [("4A", 1, 24, 2), ("4B", 2, 24, 2)]
    assert [row.needs for row in visit.groups.all()] == [{"wheelchair": 1}] * 2


def test_what_is_held_again_has_the_groups_that_it_had(world: World, groups: list[Group]) -> None:
    first = held_visit(world, groups, 2)
    set_groups(world, first, choice(groups[0], 2))
    lifecycle.release(first, by=world.producer, now=NOW)
    values = {"tour": world.tour, "wish": world.school_wish, "by": world.producer, "now": NOW}
    again = lifecycle.hold(**values, starts_at=SHOW_AT, like=first)
    assert stands(again) == [("4A", 2, 24, 2)]


def test_a_visit_without_groups_stays_possible(world: World) -> None:
    visit = held_visit(world)
    assert (stands(visit), visit.audience_expected) == ([], 60)


# -- a group once a day ---------------------------------------


def hold_other(world: World, groups: list[Group], starts_at=None) -> Booking:
    tour = other_tour(world)
    booking = lifecycle.hold(
        tour=tour,
        wish=tour.production.wishes.get(),
        starts_at=starts_at or later(5),
        by=world.producer,
        now=NOW,
    )
    return set_groups(world, booking, *(choice(of) for of in groups))


def test_a_group_twice_on_a_day_is_refused_by_name(world: World, groups: list[Group]) -> None:
    held_visit(world, groups)
    with pytest.raises(SlotTaken, match="4A of Krokoms skola comes to Trumman och tystnaden"):
        hold_other(world, groups[:1])


def test_another_day_and_another_group_are_free(world: World, groups: list[Group]) -> None:
    held_visit(world, groups[:1])
    assert stands(hold_other(world, groups[1:])) == [("4B", 1, 24, 2)]


def test_a_visit_is_not_moved_to_a_day_on_which_its_group_sees_another(
    world: World, groups: list[Group]
) -> None:
    visit = held_visit(world, groups)
    hold_other(world, groups[:1], later(24 + 5))
    with pytest.raises(SlotTaken, match="4A of Krokoms skola"):
        lifecycle.move(visit, by=world.producer, now=NOW, starts_at=later(24))


def test_a_visit_that_came_to_nothing_takes_no_day(world: World, groups: list[Group]) -> None:
    lifecycle.release(held_visit(world, groups), by=world.producer, now=NOW)
    assert len(stands(hold_other(world, groups))) == 2


# -- the producer sets ---------------------------------------


def test_the_producer_sets_everything(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups, 2)
    guest = make.GroupFactory(name="F", pupils_count=8, adults_count=1)
    set_groups(world, visit, choice(groups[0], 2, pupils=20), choice(guest, 2))
    assert stands(visit) == [("4A", 2, 20, 2), ("F", 2, 8, 1)]
    assert Booking.objects.get(pk=visit.pk).audience_expected == 31


def elsewhere(*, beside: bool) -> Group:
    """A group of a school in another region."""
    region = make.RegionFactory(slug="langt-bort", code="25", name="Långt bort", is_served=True)
    guest = make.GroupFactory(name="Bortas", school__organisation__region=region)
    if beside:
        region.neighbours.add(make.RegionFactory())
    return guest


def test_whose_school_is_far_away_is_not_added_and_not_named(world: World, groups: list[Group]) -> None:
    """A program may send any number: it neither gets to know a school's classes by it nor takes their day."""
    visit = confirmed_visit(world, groups[:1])
    with pytest.raises(Refused, match="from its region or one beside it") as caught:
        set_groups(world, visit, choice(groups[0]), choice(elsewhere(beside=False)))
    assert ("Bortas" in str(caught.value), caught.value.field) == (False, "groups")
    with pytest.raises(Refused, match="the visit's school year"):
        set_groups(world, visit, choice(groups[0]), choice(group(world, "6A", school_year="2024/25")))
    assert len(stands(visit)) == 1


def test_a_school_in_the_region_beside_may_come(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups[:1])
    set_groups(world, visit, choice(groups[0]), choice(elsewhere(beside=True)))
    assert len(stands(visit)) == 2


def test_a_show_never_has_more_than_it_takes(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups, 2)
    many = group(world, "Alla", pupils_count=110)
    with pytest.raises(Refused, match="Show 2 would have 138 persons, and takes at most 120"):
        set_groups(world, visit, choice(groups[0], 1), choice(groups[1], 2), choice(many, 2))
    assert len(stands(visit)) == 2


def test_the_history_says_who_comes_and_not_what_they_need(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups)
    set_groups(world, visit, choice(groups[0], needs={"hearing_loop": 1}))
    line = BookingChange.objects.filter(action="groups").get()
    row = {"group": "4A", "school": "Krokoms skola", "show": 1, "pupils": 24, "adults": 2}
    assert line.details == {"groups": [row], "was": [row, row | {"group": "4B"}]}


def test_the_school_hears_of_it(world: World, groups: list[Group]) -> None:
    set_groups(world, confirmed_visit(world, groups), choice(groups[0]))
    mail = Notice.objects.filter(kind="groups_changed").get()
    assert (mail.to_email, "föreställning 1, 24 elever och 2 vuxna" in mail.body_text) == (
        world.school.email,
        True,
    )


def test_nobody_hears_of_what_is_only_held(world: World, groups: list[Group]) -> None:
    set_groups(world, held_visit(world, groups), choice(groups[0]))
    assert not Notice.objects.filter(kind="groups_changed").exists()


def test_a_visit_for_the_public_has_no_groups(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups)
    Booking.objects.filter(pk=visit.pk).update(audience="public")
    with pytest.raises(Refused, match="Only a visit of a school"):
        set_groups(world, visit, choice(groups[0]))


def test_when_it_has_begun_nothing_is_set(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups)
    with pytest.raises(NotNow):
        set_groups(world, visit, choice(groups[0]), now=visit.occupied_from)


# -- the school counts ---------------------------------------


def test_the_school_tells_counts_and_needs(world: World, groups: list[Group]) -> None:
    visit = told(world, confirmed_visit(world, groups), {groups[0]: Counts(22, 3, {"wheelchair": 2})})
    assert stands(visit) == [("4A", 1, 22, 3), ("4B", 1, 24, 2)]
    assert visit.groups.get(group=groups[0]).needs == {"wheelchair": 2}
    assert Notice.objects.filter(kind="groups_changed").get().to_email == world.producing.email


def test_the_whole_show_is_counted(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups)
    with pytest.raises(Refused, match="121 persons"):
        told(world, visit, {groups[0]: Counts(93, 2)})
    assert stands(told(world, visit, {groups[0]: Counts(92, 2)}))[0] == ("4A", 1, 92, 2)


def test_a_school_tells_of_its_own_groups_only(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups[:1])
    guest = make.GroupFactory(name="F")
    set_groups(world, visit, choice(groups[0]), choice(guest))
    for strange in (guest, groups[1]):
        with pytest.raises(Refused, match="your own groups"):
            told(world, visit, {strange: Counts(9, 1)})


def test_one_tells_of_all_of_ones_schools_at_once(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups[:1])
    guest = make.GroupFactory(name="F")
    set_groups(world, visit, choice(groups[0]), choice(guest))
    before, mails = visit.changes.count(), Notice.objects.filter(kind="groups_changed").count()
    school_visits.tell_counts(
        visit,
        by=world.school_contact,
        now=NOW,
        schools=[world.school, guest.school.organisation],
        counts={groups[0].pk: Counts(20, 2), guest.pk: Counts(9, 1)},
    )
    assert sorted(row[2] for row in stands(visit)) == [9, 20]
    assert visit.changes.count() == before + 1
    assert Notice.objects.filter(kind="groups_changed").count() == mails + 1


def test_the_history_says_what_was_changed(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups[:1])
    guest = make.GroupFactory(name="F", school__organisation__name="Byskolan")
    set_groups(world, visit, choice(groups[0], pupils=22), choice(guest))
    told(world, visit, {groups[0]: Counts(22, 1)})
    set_groups(world, visit, choice(groups[0], pupils=22, adults=1))
    lines = [group_words.changed(change.details) for change in visit.changes.order_by("pk")]
    assert [line for line in lines if line] == [
        ["Krokoms skola 4A: 24 → 22 pupils", "Byskolan F comes: 24 pupils and 2 adults"],
        ["Krokoms skola 4A: 2 → 1 adults"],
        ["Byskolan F does not come any more"],
    ]


@pytest.mark.parametrize("counts", [Counts(0, 1), Counts(10, -1), Counts(401, 0)])
def test_counts_that_can_not_be(world: World, groups: list[Group], counts: Counts) -> None:
    with pytest.raises(Refused, match="4A: give 1 to 400 pupils"):
        told(world, confirmed_visit(world, groups), {groups[0]: counts})


# -- a school merges nothing and cancels nothing ---------------------------------------


def test_fewer_shows_are_a_question_to_the_producer(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups, 2)
    changing.propose_change(visit, by=world.school_contact, now=NOW, reason="Alla ihop.", shows_count=1)
    assert [row[1] for row in stands(visit)] == [1, 2]
    asked = Booking.objects.with_ground().get(pk=visit.pk)
    changing.accept_change(asked, by=world.producer, now=NOW + DAY)
    assert [row[1] for row in stands(visit)] == [1, 1]


def test_a_school_has_no_step_by_which_it_merges_or_cancels(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups, 2)
    steps = steps_for(world.school_contact, visit, NOW)
    assert {step.name: step.target for step in steps} == {"propose_change": None, "ask_to_cancel": None}


def test_fewer_shows_than_whole_groups_need_are_refused_when_asked(world: World) -> None:
    visit = confirmed_visit(
        world, [group(world, "A", pupils_count=80), group(world, "B", pupils_count=80)], 2
    )
    with pytest.raises(Refused, match="Whole groups need 2 shows"):
        changing.propose_change(visit, by=world.school_contact, now=NOW, reason="Ihop.", shows_count=1)


# -- who came ---------------------------------------


def came(world: World, visit: Booking, counts: dict[Group, int | None], now=OVER) -> Booking:
    return school_visits.tell_came(
        visit,
        by=world.school_contact,
        now=now,
        came={of.pk: count for of, count in counts.items()},
        schools=[world.school],
    )


def test_who_came_is_told_group_by_group_and_sums_to_the_audience(world: World, groups: list[Group]) -> None:
    visit = confirmed_visit(world, groups, 2)
    came(world, visit, {groups[0]: 21})
    assert school_visits.attendance_of(visit) is None
    came(world, visit, {groups[1]: 0})
    assert school_visits.attendance_of(visit) == [(23, 21, 2), (0, 0, 0)]


def test_nobody_has_come_before_it_is_over(world: World, groups: list[Group]) -> None:
    with pytest.raises(NotNow):
        came(world, confirmed_visit(world, groups), {groups[0]: 21}, now=SHOW_AT)


def test_a_number_that_can_not_be(world: World, groups: list[Group]) -> None:
    with pytest.raises(Refused, match="from 0 to 400"):
        came(world, confirmed_visit(world, groups), {groups[0]: 401})
