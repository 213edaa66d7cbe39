"""A school asks for a workshop beside a visit: once at a time, answered by a proposal or a reason."""

from datetime import timedelta

import pytest

from bookings import lifecycle, workshop_requests, workshops
from bookings.models import Booking, Notice, WorkshopRequest
from bookings.school_permissions import can_answer_workshop, can_see_workshop
from tests import factories as make
from tests.agreements import NOW, SHOW_AT
from tests.school import confirmed_visit, group, held_visit, later, pedagogue
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import Group, Organisation, User


@pytest.fixture
def groups(world: World) -> list[Group]:
    return [group(world, "4A"), group(world, "4B")]


@pytest.fixture
def visit(world: World, groups: list[Group]) -> Booking:
    return confirmed_visit(world, groups)


@pytest.fixture
def leader(world: World) -> User:
    return pedagogue(world)


def ask(world: World, visit: Booking, *groups: Group, **more) -> WorkshopRequest:
    values = {
        "school": world.school,
        "kind": "before",
        "wish": "Helst en  tisdag",
        "by": world.school_contact,
    }
    return workshop_requests.ask(visit, groups=groups, now=NOW, **(values | more))


def mails(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("to_email", flat=True))


def propose(visit: Booking, leader: User, request: WorkshopRequest | None, *groups: Group):
    starts_at = later(-24)
    return workshops.propose(
        visit, pedagogue=leader, kind="before", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1),
        place="4A", groups=groups, by=leader, now=NOW, request=request,
    )  # fmt: skip


def test_the_pedagogues_hear_of_it(world: World, visit: Booking, groups: list[Group], leader: User) -> None:
    made = ask(world, visit, groups[0])
    assert (made.status, made.wish, mails("workshop_wanted")) == (
        "waiting",
        "Helst en tisdag",
        [leader.email],
    )
    body = Notice.objects.get(kind="workshop_wanted").body_text
    assert "Helst en tisdag" in body
    assert "4A" in body


def test_a_school_waits_for_one_answer_at_a_time(world: World, visit: Booking, groups: list[Group]) -> None:
    ask(world, visit, groups[0])
    with pytest.raises(NotNow, match="asked already"):
        ask(world, visit, groups[1])
    assert WorkshopRequest.objects.count() == 1


def test_a_proposal_answers_it(world: World, visit: Booking, groups: list[Group], leader: User) -> None:
    wanted = ask(world, visit, groups[0])
    made = propose(visit, leader, wanted, groups[0])
    wanted.refresh_from_db()
    assert (wanted.status, wanted.workshop, wanted.answered_by) == ("proposed", made, leader)
    assert mails("workshop_asked") == [world.school.email]
    with pytest.raises(NotNow, match="waits for no answer"):
        propose(visit, leader, wanted, groups[1])


def test_no_has_a_reason_that_the_school_gets(
    world: World, visit: Booking, groups: list[Group], leader: User
) -> None:
    wanted = ask(world, visit, groups[0])
    with pytest.raises(Refused, match="Say why"):
        workshop_requests.decline(wanted, by=leader, now=NOW, reason=" ")
    workshop_requests.decline(wanted, by=leader, now=NOW, reason="Alla veckor är fulla.")
    assert mails("workshop_declined") == [world.school.email]
    assert "Alla veckor är fulla." in Notice.objects.get(kind="workshop_declined").body_text
    assert ask(world, visit, groups[0]).status == "waiting"


def test_what_is_taken_back_waits_no_more(world: World, visit: Booking, groups: list[Group]) -> None:
    wanted = workshop_requests.take_back(ask(world, visit, groups[0]), by=world.school_contact, now=NOW)
    assert not WorkshopRequest.objects.waiting().exists()
    with pytest.raises(NotNow):
        workshop_requests.take_back(wanted, by=world.school_contact, now=NOW)


def test_of_a_visit_that_is_called_off_nobody_waits(
    world: World, visit: Booking, groups: list[Group]
) -> None:
    wanted = ask(world, visit, groups[0])
    lifecycle.cancel(visit, by=world.producer, now=NOW, reason="Sjukdom.")
    wanted.refresh_from_db()
    assert wanted.status == "taken_back"


def test_what_can_not_be_asked_for(world: World, visit: Booking, groups: list[Group]) -> None:
    guest = make.GroupFactory(name="F")
    visit.groups.create(group=guest, pupils_count=9)
    for strange in ([], [guest], [groups[0], guest]):
        with pytest.raises(Refused, match="your own groups"):
            ask(world, visit, *strange)
    with pytest.raises(Refused, match="has begun"):
        workshop_requests.ask(
            visit, school=world.school, kind="before", groups=groups, wish="", by=world.school_contact,
            now=SHOW_AT,
        )  # fmt: skip


def test_a_visit_that_is_not_confirmed_has_none(world: World, groups: list[Group]) -> None:
    with pytest.raises(NotNow, match="confirmed visit"):
        ask(world, held_visit(world, groups), groups[0])


def test_a_guest_asks_for_itself_and_answers_for_itself(
    world: World, visit: Booking, groups: list[Group], leader: User
) -> None:
    guest = make.GroupFactory(name="F", school__organisation__email="rektor@byskolan.example.se")
    theirs: Organisation = guest.school.organisation
    contact = make.MembershipFactory(organisation=theirs, role="school_contact").user
    visit.groups.create(group=guest, pupils_count=9)
    wanted = ask(world, visit, guest, school=theirs, by=contact)
    made = propose(visit, leader, wanted, guest)
    assert mails("workshop_asked") == ["rektor@byskolan.example.se"]
    assert (can_see_workshop(contact, made), can_answer_workshop(contact, made)) == (True, True)
    assert not can_answer_workshop(world.school_contact, made)
