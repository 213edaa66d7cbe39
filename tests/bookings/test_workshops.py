"""Workshops beside a school's visit: proposed, agreed, moved, cancelled; nobody is in two places."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bookings import changing, lifecycle, school_visits, workshops
from bookings.errors import SlotTaken
from bookings.models import Booking, Notice, Workshop
from tests.agreements import DAY, NOW, SHOW_AT
from tests.races import at_once
from tests.school import (
    choice,
    confirmed_visit,
    group,
    held_visit,
    later,
    other_tour,
    pedagogue,
    workshop,
)
from tests.world import World
from tours.errors import NotNow, Refused
from tours.group_rules import GroupChoice
from venues.models import Group, User

BEFORE = SHOW_AT - DAY
AFTER = SHOW_AT + DAY


@pytest.fixture
def groups(world: World) -> list[Group]:
    return [group(world, "4A"), group(world, "4B")]


@pytest.fixture
def visit(world: World, groups: list[Group]) -> Booking:
    """Two shows, 11.15 and 12.30, a group at each."""
    return confirmed_visit(world, groups, 2)


@pytest.fixture
def who(world: World) -> User:
    return pedagogue(world)


def mails(kind: str) -> list[str]:
    return list(Notice.objects.filter(kind=kind).values_list("to_email", flat=True))


def read(row: Workshop) -> Workshop:
    return Workshop.objects.get(pk=row.pk)


# -- proposed and agreed ---------------------------------------


def test_the_school_is_asked_and_says_yes(world: World, visit: Booking, who: User) -> None:
    made = workshop(visit, who, BEFORE)
    assert (made.status, made.is_blocking, mails("workshop_asked")) == (
        "proposed",
        True,
        [world.school.email],
    )
    workshops.confirm(made, by=world.school_contact, now=NOW)
    assert (read(made).status, read(made).sequence) == ("confirmed", 1)
    assert mails("workshop_agreed") == [who.email]


def test_it_is_agreed_once(world: World, visit: Booking, who: User) -> None:
    made = workshops.confirm(workshop(visit, who, BEFORE), by=world.school_contact, now=NOW)
    with pytest.raises(NotNow):
        workshops.confirm(made, by=world.school_contact, now=NOW)


def test_only_a_pedagogue_holds_one(world: World, visit: Booking) -> None:
    with pytest.raises(Refused, match="Only a performing-arts pedagogue"):
        workshop(visit, world.producer, BEFORE)


def test_it_goes_with_a_confirmed_visit(world: World, groups: list[Group], who: User) -> None:
    with pytest.raises(NotNow):
        workshop(held_visit(world, groups), who, BEFORE)


@pytest.mark.parametrize(
    ("starts_at", "minutes", "more", "field"),
    [
        (NOW, 60, {}, "starts_at"),
        (BEFORE, 10, {}, "ends_at"),
        (BEFORE, 300, {}, "ends_at"),
        (later(-0.5), 60, {}, "ends_at"),
        (later(0.5), 60, {"kind": "after"}, "starts_at"),
        (BEFORE, 60, {"place": " "}, "place"),
        (BEFORE, 60, {"groups": []}, "groups"),
    ],
)
def test_what_can_not_be(visit: Booking, who: User, starts_at, minutes: int, more: dict, field: str) -> None:
    with pytest.raises(Refused) as caught:
        workshop(visit, who, starts_at, minutes, **more)
    assert (caught.value.field, Workshop.objects.count()) == (field, 0)


def test_groups_that_do_not_come_to_the_visit(world: World, visit: Booking, who: User) -> None:
    with pytest.raises(Refused, match="groups that come to the visit"):
        workshop(visit, who, BEFORE, groups=[group(world, "5A")])


def test_right_before_the_show_and_right_after_it(visit: Booking, who: User, groups: list[Group]) -> None:
    workshop(visit, who, later(-1), groups=groups[:1])
    workshop(visit, who, later(2), kind="after")
    assert Workshop.objects.count() == 2


# -- nobody in two places ---------------------------------------


def test_a_pedagogue_is_never_in_two_places(
    world: World, visit: Booking, who: User, groups: list[Group]
) -> None:
    workshop(visit, who, BEFORE, groups=groups[:1])
    with pytest.raises(SlotTaken, match="Pedagog is at Krokoms skola"):
        workshop(visit, who, BEFORE + timedelta(minutes=59), groups=groups[1:])
    workshop(visit, who, BEFORE + timedelta(minutes=60), groups=groups[1:])


def test_the_database_says_so_too(visit: Booking, who: User) -> None:
    made = workshop(visit, who, BEFORE)
    made.pk, made.uid = None, visit.performances.all()[0].uid
    with pytest.raises(IntegrityError, match="pedagogue_booked_once"), transaction.atomic():
        made.save()


def test_nor_is_a_group(world: World, visit: Booking, who: User) -> None:
    workshop(visit, who, BEFORE)
    with pytest.raises(SlotTaken, match="One of the groups is busy"):
        workshop(visit, pedagogue(world, "En till"), BEFORE)


def other_visit(world: World, of: Group) -> Booking:
    """Another visit, two days after the first, to which the group comes."""
    tour = other_tour(world)
    wish = tour.production.wishes.get()
    held = lifecycle.hold(tour=tour, wish=wish, starts_at=later(48), by=world.producer, now=NOW)
    return school_visits.set_groups(held, by=world.producer, now=NOW, choices=[choice(of)])


def test_a_group_that_sees_another_show_then(
    world: World, visit: Booking, who: User, groups: list[Group]
) -> None:
    other_visit(world, groups[0])
    with pytest.raises(SlotTaken, match="One of the groups is busy"):
        workshop(visit, who, later(48), kind="after")
    workshop(visit, who, later(48), kind="after", groups=groups[1:])


def test_a_visit_is_not_held_over_its_groups_workshop(
    world: World, visit: Booking, who: User, groups
) -> None:
    workshop(visit, who, later(48), kind="after")
    with pytest.raises(SlotTaken, match="has a workshop"):
        other_visit(world, groups[0])


@pytest.mark.django_db(transaction=True)
def test_many_at_once_one_stands(world: World) -> None:
    visit = confirmed_visit(world, [group(world, f"4{letter}") for letter in "ABC"])
    who, rows = pedagogue(world), [row.group for row in visit.groups.select_related("group")]

    def ask(of: Group) -> str:
        return workshop(visit, who, BEFORE, groups=[of]).status

    assert at_once(ask, rows) == {"proposed": 1, "SlotTaken": 2}


# -- moved, cancelled, over ---------------------------------------


def test_moved_it_is_asked_for_anew(world: World, visit: Booking, who: User, groups: list[Group]) -> None:
    made = workshops.confirm(workshop(visit, who, BEFORE), by=world.school_contact, now=NOW)
    at = BEFORE + timedelta(hours=3)
    values = {"starts_at": at, "ends_at": at + timedelta(hours=1), "place": "Gymnastiksalen"}
    workshops.move(made, **values, groups=groups[:1], by=who, now=NOW)
    row = read(made)
    assert (row.status, row.starts_at, row.place, row.sequence) == ("proposed", at, "Gymnastiksalen", 2)
    assert [g.name for g in row.groups.all()] == ["4A"]
    assert len(mails("workshop_asked")) == 2


def test_one_that_is_over_is_not_moved(world: World, visit: Booking, who: User, groups: list[Group]) -> None:
    made = workshops.confirm(workshop(visit, who, AFTER, kind="after"), by=world.school_contact, now=NOW)
    over, at = made.ends_at, AFTER + 2 * DAY
    values = {"starts_at": at, "ends_at": at + timedelta(hours=1), "place": "Salen", "groups": groups}
    with pytest.raises(NotNow, match="The workshop is over"):
        workshops.move(made, **values, by=who, now=over)
    assert (read(made).status, read(made).starts_at) == ("confirmed", AFTER)


def test_what_may_be_done_follows_from_state_and_time(world: World, visit: Booking, who: User) -> None:
    made = workshop(visit, who, BEFORE)
    during, over = made.starts_at, made.ends_at
    asked = [workshops.steps_for(made, at) for at in (NOW, during, over)]
    agreed = workshops.confirm(made, by=world.school_contact, now=NOW)
    told = [workshops.steps_for(agreed, at) for at in (NOW, over)]
    assert asked == [{"move", "cancel", "confirm"}, {"move", "cancel"}, set()]
    assert told == [{"move", "cancel"}, {"tell"}]


def test_cancelled_the_other_side_hears_why(world: World, visit: Booking, who: User) -> None:
    made = workshop(visit, who, BEFORE)
    workshops.cancel(made, by=world.school_contact, now=NOW, reason="Friluftsdag.")
    mail = Notice.objects.get(kind="workshop_off")
    assert (mail.to_email, "Friluftsdag." in mail.body_text) == (who.email, True)
    assert (read(made).status, read(made).is_blocking) == ("cancelled", False)
    with pytest.raises(NotNow):
        workshops.confirm(made, by=world.school_contact, now=NOW)


def test_no_workshop_without_the_visit(world: World, visit: Booking, who: User) -> None:
    made = workshop(visit, who, BEFORE)
    lifecycle.cancel(visit, by=world.producer, now=NOW, reason="Sjukdom.")
    assert (read(made).status, mails("workshop_off")) == ("cancelled", [who.email])


def test_when_the_visit_moves_it_is_to_be_agreed_anew(world: World, visit: Booking, who: User) -> None:
    made = workshops.confirm(workshop(visit, who, BEFORE), by=world.school_contact, now=NOW)
    changing.propose_change(visit, by=world.producer, now=NOW, reason="Byte.", starts_at=SHOW_AT + DAY)
    asked = Booking.objects.with_ground().get(pk=visit.pk)
    changing.accept_change(asked, by=world.school_contact, now=NOW)
    assert (read(made).status, mails("workshop_moved")) == ("proposed", [who.email])


def test_who_took_part_is_counted_for_itself(world: World, visit: Booking, who: User) -> None:
    made = workshops.confirm(workshop(visit, who, BEFORE), by=world.school_contact, now=NOW)
    with pytest.raises(NotNow):
        workshops.tell_took_part(made, by=who, now=NOW, count=20)
    workshops.tell_took_part(made, by=who, now=AFTER, count=46)
    assert read(made).took_part == 46
    assert [show.attendance for show in visit.performances.all()] == [None, None]


@pytest.mark.parametrize("count", [-1, 2001])
def test_a_number_that_can_not_be(world: World, visit: Booking, who: User, count: int) -> None:
    made = workshops.confirm(workshop(visit, who, BEFORE), by=world.school_contact, now=NOW)
    with pytest.raises(Refused):
        workshops.tell_took_part(made, by=who, now=AFTER, count=count)


# -- the visit's groups change ---------------------------------------


def at_the_other_show(visit: Booking) -> list[GroupChoice]:
    """The groups of the visit, each at the show that it did not see."""
    return [choice(row.group, 3 - row.show_number) for row in visit.groups.select_related("group__school")]


def beside_the_first_show(visit: Booking, who: User) -> Workshop:
    """A workshop for the class of the second show, agreed, while the other class sees the first one."""
    first = visit.performances.all()[0]
    late = [row.group for row in visit.groups.select_related("group__school") if row.show_number == 2]
    made = workshop(visit, who, first.starts_at, 45, groups=late)
    return workshops.confirm(made, by=visit.wish.created_by, now=NOW)


def test_a_class_whose_show_comes_to_lie_in_its_workshop(world: World, visit: Booking, who: User) -> None:
    made = beside_the_first_show(visit, who)
    school_visits.set_groups(visit, by=world.producer, now=NOW, choices=at_the_other_show(visit))
    assert (read(made).status, mails("workshop_moved")) == ("proposed", [who.email])
    with pytest.raises(NotNow, match="does not fit its groups any more"):
        workshops.confirm(made, by=world.school_contact, now=NOW)


def test_a_class_that_leaves_the_visit(world: World, visit: Booking, who: User, groups: list[Group]) -> None:
    made = workshops.confirm(workshop(visit, who, BEFORE), by=world.school_contact, now=NOW)
    school_visits.set_groups(visit, by=world.producer, now=NOW, choices=[choice(groups[1])])
    with pytest.raises(NotNow, match="does not fit its groups any more"):
        workshops.confirm(made, by=world.school_contact, now=NOW)
    at = BEFORE + timedelta(hours=3)
    values = {"starts_at": at, "ends_at": at + timedelta(hours=1), "place": "Salen", "groups": groups[1:]}
    workshops.move(made, **values, by=who, now=NOW)
    assert workshops.confirm(made, by=world.school_contact, now=NOW).status == "confirmed"


def test_what_fits_still_stays_agreed(world: World, visit: Booking, who: User) -> None:
    made = workshops.confirm(workshop(visit, who, BEFORE), by=world.school_contact, now=NOW)
    school_visits.set_groups(visit, by=world.producer, now=NOW, choices=at_the_other_show(visit))
    assert (read(made).status, mails("workshop_moved")) == ("confirmed", [])


def test_a_visit_moved_onto_its_workshop(world: World, visit: Booking, who: User) -> None:
    made = workshops.confirm(workshop(visit, who, later(24), kind="after"), by=world.school_contact, now=NOW)
    changing.propose_change(visit, by=world.producer, now=NOW, reason="Byte.", starts_at=SHOW_AT + DAY)
    changing.accept_change(Booking.objects.with_ground().get(pk=visit.pk), by=world.school_contact, now=NOW)
    with pytest.raises(NotNow, match="does not fit its groups any more"):
        workshops.confirm(made, by=world.school_contact, now=NOW)
