"""Workshops on their pages: a pedagogue's list and forms, the school's answer, and the calendar."""

import pytest

from bookings import feed_links, feeds, stored_feeds
from bookings.feeds import Address
from bookings.models import Booking, Feed, Workshop, WorkshopRequest
from tests import factories as make
from tests.agreements import DAY, NOW, SHOW_AT
from tests.bookings.ical_reader import vevents
from tests.school import confirmed_visit, group, held_visit, pedagogue, workshop
from tests.turne.pages import errors_of, get, post, source_of, text_of
from tests.turne.test_visit_groups import at
from tests.world import World
from venues.models import User
from venues.people import remove_member

__all__ = ["at"]
BEFORE = SHOW_AT - DAY


@pytest.fixture
def visit(world: World, at) -> Booking:
    return confirmed_visit(world, [group(world, "4A"), group(world, "4B")], 2)


@pytest.fixture
def who(world: World) -> User:
    return pedagogue(world)


# -- asked for by a school ---------------------------------------


def asked(world: World, visit: Booking, as_user, **other: object) -> WorkshopRequest:
    """4A's wish, sent by the school's own form."""
    groups = [visit.groups.get(group__name="4A").group_id]
    told = {"kind": "before", "groups": groups, "wish": "Helst en tisdag"} | other
    post(as_user(world.school_contact), f"/bokning/{visit.pk}/workshop/onska/", told)
    return WorkshopRequest.objects.get()


def of(wanted: WorkshopRequest, step: str = "") -> str:
    return f"/skolor/workshoppar/onskan/{wanted.pk}/{step}"


def test_a_school_asks_and_the_pedagogue_proposes(world: World, visit: Booking, who: User, as_user) -> None:
    wanted, client = asked(world, visit, as_user), as_user(who)
    (row,) = get(client, "/skolor/workshoppar/").context["wanted"]
    assert (row["wanted"], row["groups"]) == (wanted, "4A")
    form = get(client, f"/bokning/{visit.pk}/workshop/?onskan={wanted.pk}").context["form"]
    assert form.initial == {"kind": "before", "groups": [str(visit.groups.get(group__name="4A").group_id)]}
    post(client, f"/bokning/{visit.pk}/workshop/", sent(visit, onskan=wanted.pk))
    wanted.refresh_from_db()
    assert (wanted.status, wanted.workshop) == ("proposed", Workshop.objects.get())
    assert get(client, "/skolor/workshoppar/").context["wanted"] == []


def test_a_pedagogue_says_no_and_why(world: World, visit: Booking, who: User, as_user) -> None:
    wanted, client = asked(world, visit, as_user), as_user(who)
    assert post(client, of(wanted, "nej/"), {"reason": ""}).status_code == 422
    post(client, of(wanted, "nej/"), {"reason": "Alla veckor är fulla."})
    school = get(as_user(world.school_contact), f"/bokning/{visit.pk}/grupper/")
    (row,) = school.context["wanted"]
    assert (row["wanted"].status, school.context["may_ask"]) == ("declined", True)
    assert "Alla veckor är fulla." in text_of(school)


def test_a_school_asks_once_and_takes_it_back(world: World, visit: Booking, as_user) -> None:
    wanted, client = asked(world, visit, as_user), as_user(world.school_contact)
    groups = get(client, f"/bokning/{visit.pk}/grupper/").context
    assert (len(groups["wanted"]), groups["may_ask"]) == (1, False)
    again = {"kind": "after", "groups": [visit.groups.get(group__name="4B").group_id]}
    assert post(client, f"/bokning/{visit.pk}/workshop/onska/", again).status_code == 422
    assert get(client, of(wanted)).status_code == 200
    post(client, of(wanted, "ta-tillbaka/"), {})
    wanted.refresh_from_db()
    assert wanted.status == "taken_back"


def test_a_guest_answers_for_its_own_groups(world: World, visit: Booking, who: User, as_user) -> None:
    theirs = make.GroupFactory(name="1C", school__organisation__name="Byskolan")
    contact = make.MembershipFactory(organisation=theirs.school.organisation, role="school_contact").user
    visit.groups.create(group=theirs, pupils_count=9)
    row = workshop(visit, who, BEFORE, groups=[theirs])
    answer = get(as_user(contact), page(row))
    assert (f'href="/bokning/{visit.pk}/grupper/"' in source_of(answer), "Byskolan" in text_of(answer)) == (
        True,
        True,
    )
    yes = {"version": row.version}
    assert post(as_user(world.school_contact), page(row, "bekrafta/"), yes).status_code == 403
    post(as_user(contact), page(row, "bekrafta/"), yes)
    row.refresh_from_db()
    assert row.status == "confirmed"


def test_what_is_wrong_stands_with_its_field(world: World, visit: Booking, as_user) -> None:
    answer = post(as_user(world.school_contact), f"/bokning/{visit.pk}/workshop/onska/", {"kind": "before"})
    assert (answer.status_code, list(errors_of(answer))) == (422, ["groups"])


def page(row: Workshop, step: str = "") -> str:
    return f"/skolor/workshoppar/{row.pk}/{step}"


def sent(visit: Booking, **other: object) -> dict:
    groups = [row.group_id for row in visit.groups.all()]
    usual = {
        "kind": "before",
        "starts_at": "2027-02-02T09:00",
        "minutes": 60,
        "place": "4B",
        "groups": groups,
    }
    return usual | other


def test_the_list_has_ones_own_by_week_and_visits_without(world: World, visit: Booking, who, as_user) -> None:
    client = as_user(who)
    assert [row.pk for row in get(client, "/skolor/workshoppar/").context["visits"]] == [visit.pk]
    workshop(visit, who, BEFORE)
    context = get(client, "/skolor/workshoppar/").context
    assert ([week["label"] for week in context["weeks"]], list(context["visits"])) == (["week 5"], [])


def test_a_pedagogue_proposes_and_the_school_says_yes(world: World, visit: Booking, who, as_user) -> None:
    post(as_user(who), f"/bokning/{visit.pk}/workshop/", sent(visit))
    row = Workshop.objects.get()
    assert "Workshop before the visit, Tue 2 Feb 2027 at 09:00–10:00" in text_of(
        get(as_user(world.school_contact), f"/bokning/{visit.pk}/")
    )
    post(as_user(world.school_contact), page(row, "bekrafta/"), {"version": row.version})
    assert Workshop.objects.get().status == "confirmed"


def test_a_school_says_yes_to_what_it_has_seen(world: World, visit: Booking, who, at, as_user) -> None:
    row = workshop(visit, who, BEFORE)
    shown = get(as_user(world.school_contact), page(row)).context["workshop"].version
    post(as_user(who), page(row, "flytta/"), sent(visit, place="Gymnastiksalen"))
    answer = post(as_user(world.school_contact), page(row, "bekrafta/"), {"version": shown}, follow=True)
    assert "The workshop has changed since you opened the page" in text_of(answer)
    assert Workshop.objects.get().status == "proposed"


def test_what_can_not_be_stands_beside_its_field(world: World, visit: Booking, who, as_user) -> None:
    answer = post(as_user(who), f"/bokning/{visit.pk}/workshop/", sent(visit, starts_at="2027-02-03T11:00"))
    assert list(errors_of(answer)) == ["minutes"]


def test_a_visit_that_is_not_agreed_is_not_shown_to_a_pedagogue(world: World, at, who, as_user) -> None:
    held = held_visit(world, [group(world, "4A")])
    assert as_user(who).get(f"/bokning/{held.pk}/workshop/").status_code == 404


def test_another_regions_pedagogue_has_nothing_to_do_with_it(
    world: World, visit: Booking, who, as_user
) -> None:
    elsewhere = make.RegionFactory(slug="gotland", name="Gotland", code="09")
    world.school.region.organisations.filter(slug="kulturkontoret").update(region=elsewhere)
    assert get(as_user(who), f"/bokning/{visit.pk}/workshop/").status_code == 404


def test_a_pedagogue_moves_cancels_and_tells(world: World, visit: Booking, who, at, as_user) -> None:
    row, client = workshop(visit, who, BEFORE), as_user(who)
    post(client, page(row, "flytta/"), sent(visit, place="Gymnastiksalen"))
    assert Workshop.objects.get().place == "Gymnastiksalen"
    assert post(client, page(row, "stall-in/"), {"reason": ""}).status_code == 422
    post(client, page(row, "stall-in/"), {"reason": "Sjukdom."})
    assert Workshop.objects.get().status == "cancelled"


def test_how_many_took_part(world: World, visit: Booking, who, at, as_user) -> None:
    row = workshop(visit, who, BEFORE)
    Workshop.objects.update(status="confirmed")
    at(SHOW_AT)
    post(as_user(who), page(row, "deltog/"), {"took_part": 40})
    assert "40 pupils" in text_of(get(as_user(world.producer), page(row)))


# -- calendars ---------------------------------------


def summaries(address: Address) -> list[tuple[str, str]]:
    made = stored_feeds.make(address, NOW)
    return [(e.text("SUMMARY"), e.text("STATUS")) for e in vevents(made.body)] if made else []


def test_a_pedagogue_has_an_own_calendar(world: World, visit: Booking, who) -> None:
    address = feeds.private_address(Feed.Scope.PEDAGOGUE, who.pk)
    assert summaries(address) == []
    row = workshop(visit, who, BEFORE)
    title = "Workshop: Trumman och tystnaden, Krokoms skola"
    assert summaries(address) == [(f"Förslag: {title}", "TENTATIVE")]
    Workshop.objects.filter(pk=row.pk).update(status="confirmed")
    assert summaries(address) == [(title, "CONFIRMED")]


def test_the_schools_secret_calendar_has_it_and_the_open_one_not(world: World, visit: Booking, who) -> None:
    workshop(visit, who, BEFORE)
    secret = feeds.private_address(Feed.Scope.PRESENTER, world.school.pk)
    assert len(summaries(secret)) == 3
    assert len(summaries(Address("school", world.school.slug))) == 2


def test_the_link_is_made_by_the_pedagogue(world: World, who) -> None:
    whose = next(w for w in feed_links.keeps(who) if w.scope == Feed.Scope.PEDAGOGUE)
    feed, token = feed_links.create_feed(whose, "Telefonen", who)
    assert (feed.person, feed_links.find_feed(token), list(feed_links.feeds_of(who))) == (who, feed, [feed])
    assert not feed_links.feeds_of(world.officer).exists()


def test_whoever_is_no_pedagogue_any_more_has_no_calendar(world: World, visit: Booking, who, client) -> None:
    """Though it was stored, with the schools' classes in it, while they were one."""
    workshop(visit, who, BEFORE)
    whose = next(w for w in feed_links.keeps(who) if w.scope == Feed.Scope.PEDAGOGUE)
    _feed, token = feed_links.create_feed(whose, "Telefonen", who)
    assert client.get(f"/ical/privat/{token}.ics").status_code == 200
    remove_member(who.memberships.get())
    assert client.get(f"/ical/privat/{token}.ics").status_code == 404
