"""A school whose groups go to another's visit: its calendars have it, and notice when it changes or is no more."""

import re
from datetime import timedelta

import pytest

from bookings import changing, checking_feeds, lifecycle, school_visits
from bookings.feeds import Address, private_address
from bookings.models import Booking, Feed, Notice, StoredFeed
from tests import factories as make
from tests.agreements import NOW
from tests.bookings.stored import address, body_at, dirty
from tests.school import choice, confirmed_visit, group
from tests.world import World
from venues.models import Group, Organisation


@pytest.fixture
def guest(world: World) -> Group:
    """1C of Byskolan, which goes to the other school."""
    return make.GroupFactory(
        name="1C",
        school__organisation__name="Byskolan",
        school__organisation__email="rektor@byskolan.example.se",
    )


@pytest.fixture
def visit(world: World, guest: Group) -> Booking:
    """Two shows; the guest's class sees the second."""
    made = confirmed_visit(world, [group(world, "4A"), group(world, "4B")], 2)
    made.groups.create(group=guest, show_number=2, pupils_count=9, adults_count=1)
    return made


def house(guest: Group) -> Organisation:
    return guest.school.organisation


def secret(guest: Group, query: str = "") -> Address:
    return private_address(Feed.Scope.PRESENTER, house(guest).pk, query)


def open_calendar(guest: Group) -> Address:
    return Address("school", house(guest).slug)


def text_at(where: Address) -> str:
    return body_at(where, NOW).decode().replace("\r\n ", "")


def test_its_secret_calendar_has_the_show_that_its_groups_see(visit: Booking, guest: Group) -> None:
    text = text_at(secret(guest))
    second = visit.performances.get(number=2)
    assert text.count("BEGIN:VEVENT") == 1
    assert f"UID:{second.uid}@turne" in text
    assert f"SUMMARY:Vi åker till {visit.presenter}: " in text
    assert "1C (10)" in text
    assert "4B (" not in text
    assert "Inbygge" not in text
    assert f"/bokning/{visit.pk}/grupper/" in text


def test_the_host_s_own_calendar_says_what_it_said(world: World, visit: Booking) -> None:
    text = text_at(private_address(Feed.Scope.PRESENTER, world.school.pk))
    assert text.count("BEGIN:VEVENT") == 2
    assert "Vi åker" not in text
    assert "Byskolan 1C (10)" in text


def test_its_open_calendar_has_what_is_published_with_the_same_bytes(
    world: World, visit: Booking, guest: Group
) -> None:
    Booking.objects.filter(pk=visit.pk).update(published_at=None)
    assert "BEGIN:VEVENT" not in text_at(open_calendar(guest))
    Booking.objects.filter(pk=visit.pk).update(published_at=NOW)
    theirs, host = text_at(open_calendar(guest)), text_at(address(world, "school"))
    entry = theirs[theirs.index("BEGIN:VEVENT") : theirs.rindex("END:VEVENT")]
    assert theirs.count("BEGIN:VEVENT") == 1
    assert entry in host


def test_what_is_agreed_alone(world: World, visit: Booking, guest: Group) -> None:
    Booking.objects.filter(pk=visit.pk).update(status="held")
    assert "BEGIN:VEVENT" in text_at(secret(guest))
    assert "BEGIN:VEVENT" not in text_at(secret(guest, "held=0"))


def test_a_called_off_visit_stays_as_cancelled(world: World, visit: Booking, guest: Group) -> None:
    before = text_at(secret(guest))
    lifecycle.cancel(visit, by=world.producer, now=NOW, reason="Sjukdom.")
    after = text_at(secret(guest))
    assert "STATUS:CONFIRMED" in before
    assert "STATUS:CANCELLED" in after
    assert "SUMMARY:INSTÄLLT: Vi åker till" in after


# -- told by mail ---------------------------------------


def mails(guest: Group, kind: str) -> list[str]:
    """What is written in each; an address is left out, for a token may hold any two letters."""
    found = Notice.objects.filter(kind=kind, to_email=house(guest).email)
    return [re.sub(r"https?://\S+", "", notice.body_text) for notice in found]


def test_a_guest_hears_of_its_own_groups(world: World, visit: Booking, guest: Group) -> None:
    host = [choice(row.group, row.show_number) for row in visit.groups.exclude(group=guest).order_by("pk")]
    for one in (choice(guest, 2, pupils=8), choice(guest, 2, pupils=8), None):
        school_visits.set_groups(visit, by=world.producer, now=NOW, choices=[*host, *([one] if one else [])])
    texts = mails(guest, "groups_changed")
    assert sorted("8 elever" in text for text in texts) == [False, True]
    assert sorted("1C" in text for text in texts) == [False, True]
    assert not any("4A" in text for text in texts)


def test_a_guest_hears_of_a_visit_that_is_called_off_once(world: World, visit: Booking, guest: Group) -> None:
    lifecycle.cancel(visit, by=world.producer, now=NOW, reason="Sjukdom.")
    mail = Notice.objects.get(kind="guest_off", to_email=house(guest).email)
    assert "Sjukdom." in mail.body_text
    assert f"/bokning/{visit.pk}/grupper/" in mail.body_text


def test_a_guest_hears_of_another_time(world: World, visit: Booking, guest: Group) -> None:
    starts_at = visit.starts_at + timedelta(minutes=30)
    changing.propose_change(visit, by=world.school_contact, now=NOW, reason="Lunch.", starts_at=starts_at)
    asked = Booking.objects.with_ground().get(pk=visit.pk)
    assert mails(guest, "guest_moved") == []
    changing.accept_change(asked, by=world.producer, now=NOW)
    (text,) = mails(guest, "guest_moved")
    assert "1C: " in text


@pytest.mark.parametrize("where", [secret, open_calendar])
def test_a_group_that_does_not_come_any_more_makes_its_calendars_anew(
    world: World, visit: Booking, guest: Group, where
) -> None:
    Booking.objects.filter(pk=visit.pk).update(published_at=NOW)
    assert "BEGIN:VEVENT" in text_at(where(guest))
    choices = [choice(row.group) for row in visit.groups.exclude(group=guest)]
    school_visits.set_groups(visit, by=world.producer, now=NOW, choices=choices)
    assert str(where(guest)) in dirty()
    assert "BEGIN:VEVENT" not in text_at(where(guest))


def test_a_group_that_comes_makes_its_calendars_anew(world: World, visit: Booking) -> None:
    late = make.GroupFactory(name="2D")
    assert "BEGIN:VEVENT" not in text_at(secret(late))
    visit.groups.create(group=late, pupils_count=9)
    assert "2D (10)" in text_at(secret(late))


@pytest.mark.parametrize("write", ["move", "rename", "count"])
def test_each_change_is_noticed(world: World, visit: Booking, guest: Group, write: str) -> None:
    before = text_at(secret(guest))
    if write == "move":
        show = visit.performances.get(number=2)
        show.starts_at += timedelta(minutes=5)
        show.save()
    elif write == "rename":
        Group.objects.filter(pk=guest.pk).update(name="1Q")
    else:
        visit.groups.filter(group=guest).update(pupils_count=7)
    assert text_at(secret(guest)) != before
    assert list(checking_feeds.differences(NOW)) == []
    assert StoredFeed.objects.filter(address=str(secret(guest))).exists()
