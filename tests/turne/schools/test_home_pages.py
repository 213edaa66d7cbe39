"""A school's own pages: home, groups, hours, days, rooms, confirmation, and the municipality's overview."""

from dataclasses import replace
from datetime import datetime, time

import pytest
from django.test import Client

from bookings.models import Booking, VisitGroup
from tests import allotments
from tests import factories as make
from tests.agreements import DAY, SHOW_AT
from tests.bookings.visits import visit
from tests.turne.pages import get, post, queries_of, said, source_of, text_of
from tests.world import World
from tours import grade_answers
from tours.grade_answers import Answer
from tours.models import SeasonWay
from venues import groups as verbs
from venues.groups import GroupInput
from venues.models import Group, Membership, School, SchoolHours, User, Venue

pytestmark = pytest.mark.usefixtures("in_january")
MINE = "/skola/krokoms-skola/"
FOUR_A = GroupInput("4A", "4", 24, 2)


@pytest.fixture
def contact(world: World, as_user) -> Client:
    return as_user(world.school_contact)


@pytest.fixture
def school(world: World) -> School:
    return world.school.school


@pytest.fixture
def coordinator(world: World) -> User:
    owner = make.OrganisationFactory(
        roles=["school_owner"], municipality=world.school.municipality, name="Krokoms kommun"
    )
    return make.MembershipFactory(organisation=owner, role=Membership.Role.COORDINATOR).user


PAGES = ["hem/", "bekrafta/", "grupper/", "grupper/skriv/", "tider/", "dagar/", "salar/"]


@pytest.mark.parametrize("page", PAGES)
def test_who_keeps_the_school_opens_its_pages(world: World, coordinator: User, as_user, page: str) -> None:
    people = (world.school_contact, coordinator, world.officer, world.presenter, world.stranger)
    assert [get(as_user(person), MINE + page).status_code for person in people] == [200, 200, 200, 404, 404]


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_stand_in_swedish_too(contact: Client, school: School, page: str) -> None:
    verbs.add(school, 2026, FOUR_A)
    assert contact.get(MINE + page, headers={"accept-language": "sv"}).status_code == 200


def test_school_and_coordinator_read_who_changed_what(
    world: World, contact: Client, coordinator: User, school: School, as_user
) -> None:
    group = verbs.add(school, 2026, FOUR_A, world.school_contact)
    fields = {
        f"g{group.pk}-{name}": value
        for name, value in {
            "name": "4A",
            "grade": "4",
            "pupils_count": 26,
            "adults_count": 2,
            "languages": "",
        }.items()
    }
    post(contact, f"{MINE}grupper/{group.pk}/", fields)
    for client in (contact, as_user(coordinator)):
        history = get(client, f"{MINE}grupper/?ar=2026").context["history"]
        assert [(line["text"], line["change"].by) for line in history] == [
            ("Pupils: 24 → 26", world.school_contact),
            ("24 pupils", world.school_contact),
        ]


def test_another_municipalitys_coordinator_has_no_part(world: World, as_user) -> None:
    owner = make.OrganisationFactory(roles=["school_owner"], municipality=world.places["Åre"].municipality)
    person = make.MembershipFactory(organisation=owner, role="coordinator").user
    assert get(as_user(person), MINE + "hem/").status_code == 404


def test_a_contact_of_one_school_reads_its_page(contact: Client, school: School) -> None:
    assert get(contact, "/skola/").context["school"] == school


def test_a_coordinator_chooses_school_or_municipality(coordinator: User, as_user) -> None:
    told = text_of(get(as_user(coordinator), "/skola/"))
    assert "The schools of Krokom on a map and in a table" in told
    assert "Krokoms skola" in told


# -- Groups ---------------------------------------


def test_groups_are_shown_with_sums(contact: Client, school: School) -> None:
    for name, pupils in (("4A", 24), ("4B", 20)):
        verbs.add(school, 2026, GroupInput(name, "4", pupils, 2))
    told = text_of(get(contact, f"{MINE}grupper/?ar=2026"))
    assert "2 groups, 44 pupils" in told
    assert "Grade 4 in all 44 4" in told


def test_a_year_without_groups_says_what_to_do(contact: Client) -> None:
    assert "No groups are noted for 2026/27" in text_of(get(contact, f"{MINE}grupper/"))


def test_a_group_is_added_and_a_bad_one_is_named(contact: Client, school: School) -> None:
    sent = {"name": "4A", "grade": "4", "pupils_count": "10000", "adults_count": "2", "languages": ""}
    bad = post(contact, f"{MINE}grupper/ny/?ar=2026", sent)
    assert (bad.status_code, "A group has 1 to 400 pupils, not 10000." in text_of(bad)) == (422, True)
    post(contact, f"{MINE}grupper/ny/?ar=2026", sent | {"pupils_count": "24"})
    assert list(school.groups.values_list("name", "pupils_count")) == [("4A", 24)]


def test_a_group_is_changed_in_place_and_taken_away(contact: Client, school: School) -> None:
    group = verbs.add(school, 2026, FOUR_A)
    sent = {"name": "4 A", "grade": "4", "pupils_count": "23", "adults_count": "1", "languages": "sma, en"}
    post(
        contact, f"{MINE}grupper/{group.pk}/", {f"g{group.pk}-{name}": value for name, value in sent.items()}
    )
    group.refresh_from_db()
    assert (group.name, group.pupils_count, group.languages) == ("4 A", 23, ["sma", "en"])
    post(contact, f"{MINE}grupper/{group.pk}/ta-bort/")
    assert not Group.objects.exists()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("North Sami and english", ["se", "en"]),
        ("Nordsamiska, svenska; engelska", ["se", "en"]),
        ("sma, AR", ["sma", "ar"]),
        ("sma en", ["sma", "en"]),
    ],
)
def test_languages_are_written_by_name_or_tag(
    contact: Client, school: School, written: str, kept: list[str]
) -> None:
    sent = {"name": "4A", "grade": "4", "pupils_count": "24", "adults_count": "2", "languages": written}
    post(contact, f"{MINE}grupper/ny/?ar=2026", sent)
    assert school.groups.get().languages == kept


def test_a_language_that_nobody_knows_is_named(contact: Client, school: School) -> None:
    sent = {"name": "4A", "grade": "4", "pupils_count": "24", "adults_count": "2", "languages": "klingon"}
    answer = post(contact, f"{MINE}grupper/ny/?ar=2026", sent)
    assert (answer.status_code, "klingon is no language" in text_of(answer)) == (422, True)
    verbs.add(school, 2026, replace(FOUR_A, languages=("se", "xx")))
    assert "North Sami, xx" in text_of(get(contact, f"{MINE}grupper/"))


def test_another_schools_group_is_out_of_reach(contact: Client) -> None:
    other = verbs.add(make.SchoolFactory(), 2026, FOUR_A)
    steps = (f"grupper/{other.pk}/", f"grupper/{other.pk}/ta-bort/")
    assert [post(contact, MINE + step).status_code for step in steps] == [404, 404]


def grid(rows: list[dict[str, str]]) -> dict[str, str]:
    sent = {"rad-TOTAL_FORMS": str(len(rows)), "rad-INITIAL_FORMS": "0"}
    return sent | {f"rad-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}


def test_all_groups_are_written_at_once(contact: Client, school: School) -> None:
    group = verbs.add(school, 2026, FOUR_A)
    rows = [
        {"pk": str(group.pk), "name": "4A", "grade": "4", "pupils_count": "22", "adults_count": "2"},
        {"name": "5A", "grade": "5", "pupils_count": "19", "adults_count": ""},
        {"adults_count": "1"},
    ]
    post(contact, f"{MINE}grupper/skriv/?ar=2026", grid(rows))
    assert list(school.groups.values_list("name", "pupils_count")) == [("4A", 22), ("5A", 19)]


def test_a_wrong_line_is_named_and_nothing_is_written(contact: Client, school: School) -> None:
    rows = [
        {"name": "4A", "grade": "4", "pupils_count": "22"},
        {"name": "4a", "grade": "4", "pupils_count": "19"},
    ]
    answer = post(contact, f"{MINE}grupper/skriv/?ar=2026", grid(rows))
    assert answer.status_code == 422
    assert not school.groups.exists()
    assert "Line 2, Name : There is a group 4a already this school year." in text_of(answer)


def test_a_pasted_table_is_shown_before_it_is_saved(contact: Client, school: School) -> None:
    answer = post(contact, f"{MINE}grupper/skriv/?ar=2026", {"table": "4A\t4\t24\n5A\tfem\t20"})
    told = text_of(answer)
    assert "2 lines are read. Nothing is saved yet" in told
    assert "Line 2: “fem” is not one grade." in told
    assert [form.initial.get("name") for form in answer.context["formset"].forms[:2]] == ["4A", "5A"]
    assert not school.groups.exists()


def test_what_no_group_may_be_is_named_as_soon_as_a_table_is_read(contact: Client, school: School) -> None:
    table = "4A\t4\t24\n4A\t4\t20\n5A\t5\t0\n9A\t9\t20"
    answer = post(contact, f"{MINE}grupper/skriv/?ar=2026", {"table": table})
    assert [fault.split(":")[0] for fault in answer.context["faults"]] == ["Line 2", "Line 3", "Line 4"]
    assert answer.context["formset"].forms[0].initial["pupils_count"] == 24


def test_the_next_year_is_made_and_undone(contact: Client, school: School) -> None:
    verbs.add(school, 2026, FOUR_A)
    made = contact.post(
        f"{MINE}grupper/fran-forra-aret/?ar=2027", follow=True, headers={"accept-language": "en"}
    )
    assert said(made) == ["1 group is made. To enter anew: grade F, 1, 2, 3, 4, 6."]
    assert "1 group has last year's numbers" in text_of(made)
    post(contact, f"{MINE}grupper/angra/?ar=2027")
    assert list(school.groups.values_list("name", flat=True)) == ["4A"]


# -- Hours, days, rooms ---------------------------------------


def hours(**times: str) -> dict[str, str]:
    return {f"d0-{name}": value for name, value in times.items()}


def test_hours_are_unknown_until_they_are_told(contact: Client) -> None:
    assert "Your hours are not known." in text_of(get(contact, f"{MINE}tider/"))


def test_mondays_times_are_saved_for_all_days(contact: Client, school: School) -> None:
    sent = hours(starts="08:00", ends="14:00", lunch_starts="10:45", lunch_ends="11:30")
    post(contact, f"{MINE}tider/", {**sent, "alike": "1"})
    assert list(school.hours.values_list("weekday", "ends")) == [(day, time(14)) for day in range(5)]


def test_a_lunch_outside_the_hours_is_named(contact: Client, school: School) -> None:
    answer = post(
        contact,
        f"{MINE}tider/",
        hours(starts="08:00", ends="11:00", lunch_starts="10:45", lunch_ends="11:30"),
    )
    assert (answer.status_code, school.hours.count()) == (422, 0)
    assert "Monday, Lunch from : The lunch lies outside the hours." in text_of(answer)


def test_the_days_name_the_layer_that_says_no(world: World, contact: Client, school: School) -> None:
    SchoolHours.objects.create(
        school=school,
        weekday=3,
        starts=time(8),
        ends=time(14),
        lunch_starts=time(11),
        lunch_ends=time(11, 30),
    )
    visit(world, presenter=world.school, venue=world.school_venue, audience="school")
    told = text_of(get(contact, f"{MINE}dagar/?manad=2027-02"))
    assert "Open 08:00–11:00 , 11:30–14:00" in told
    assert "No: weekend" in told
    assert "No: Krokoms skola receives nobody on this weekday" in told
    assert "Krokoms skola has another visit" in told


def test_the_days_take_as_many_queries_for_many_visits(world: World, contact: Client) -> None:
    asked = []
    for week in range(3):
        visit(world, SHOW_AT + 7 * week * DAY, presenter=world.school, venue=world.school_venue)
        asked.append(queries_of(contact, f"{MINE}dagar/?manad=2027-02"))
    assert len(set(asked)) == 1


def test_producers_read_the_days_of_a_school_that_wishes_for_them(world: World, as_user) -> None:
    page = get(as_user(world.producer), f"{MINE}dagar/?manad=2027-02&sal={world.school_venue.slug}")
    assert (page.status_code, page.context["keeps"]) == (200, False)


def test_a_room_is_added(contact: Client, world: World) -> None:
    post(contact, f"{MINE}salar/", {"name": "Gympasalen"})
    assert Venue.objects.filter(organisation=world.school, name="Krokoms skola, Gympasalen").exists()
    again = post(contact, f"{MINE}salar/", {"name": "gympasalen"})
    assert "The school has a room called gympasalen already." in text_of(again)


# -- Home and confirmation ---------------------------------------


def test_home_tells_what_comes_with_its_groups(world: World, contact: Client, school: School) -> None:
    booking = visit(world, presenter=world.school, venue=world.school_venue, audience="school").booking
    VisitGroup.objects.create(booking=booking, group=verbs.add(school, 2026, FOUR_A), pupils_count=24)
    told = text_of(get(contact, f"{MINE}hem/"))
    assert "Trumman och tystnaden" in told
    assert "Come: 4A (24)." in told


def test_home_asks_to_confirm_until_it_is_done(contact: Client, school: School) -> None:
    refused = post(contact, f"{MINE}bekrafta/")
    assert (refused.status_code, said(refused)) == (
        422,
        ["Write the school's groups for 2026/27 first, or make them from last year's."],
    )
    verbs.add(school, 2026, FOUR_A)
    before = text_of(get(contact, f"{MINE}hem/"))
    post(contact, f"{MINE}bekrafta/")
    after = text_of(get(contact, f"{MINE}hem/"))
    wanted = "Confirm the school for 2026/27"
    assert (wanted in before, wanted in after) == (True, False)


def test_home_leads_to_the_grades_that_are_asked_about(
    world: World, contact: Client, school: School, in_the_open_season: datetime
) -> None:
    SeasonWay.objects.create(
        season=world.season,
        municipality=world.school.municipality,
        way="allotment",
        by=world.officer,
        at=allotments.NOW,
    )
    page = f"/skola/krokoms-skola/tilldelning/{world.season.slug}/"
    for name in ("4", "5"):
        verbs.add(school, 2026, GroupInput(name, name, 20, 1))
    before = source_of(get(contact, f"{MINE}hem/"))
    answers = {"4": Answer(), "5": Answer()}
    grade_answers.answer(world.season, school, answers, by=world.school_contact, now=in_the_open_season)
    assert (page in before, page in source_of(get(contact, f"{MINE}hem/"))) == (True, False)


# -- The municipality ---------------------------------------


def test_the_overview_counts_whom_the_season_reaches(
    world: World, coordinator: User, school: School, as_user
) -> None:
    group = verbs.add(school, 2026, FOUR_A)
    verbs.add(school, 2026, GroupInput("5A", "5", 24))
    booking = visit(world, presenter=world.school, venue=world.school_venue, audience="school").booking
    VisitGroup.objects.create(booking=booking, group=group, pupils_count=24)
    page = get(as_user(coordinator), "/kommun/kommun-2309/skolor/")
    (line,) = page.context["lines"]
    told = (
        line.pupils,
        line.groups,
        line.is_confirmed,
        line.has_hours,
        line.visits,
        line.reached,
        line.share,
    )
    assert told == (48, 2, False, False, 1, 24, 0.5)
    assert Booking.objects.count() == 1


def test_the_overview_is_narrowed_by_the_address(coordinator: User, as_user) -> None:
    client = as_user(coordinator)
    shown = [
        len(get(client, f"/kommun/kommun-2309/skolor/?visa={key}").context["lines"])
        for key in ("utan-besok", "erbjudanden")
    ]
    assert shown == [1, 0]


def test_the_overview_is_a_table_to_download(coordinator: User, as_user) -> None:
    rows = (
        get(as_user(coordinator), "/kommun/kommun-2309/skolor.csv").content.decode("utf-8-sig").splitlines()
    )
    assert rows[1].startswith("Krokoms skola;0;0;no;no;0;0;0")


@pytest.mark.parametrize("asked", ["%00", "a%00b", "var"])
def test_a_season_that_there_is_not(coordinator: User, as_user, asked: str) -> None:
    """PostgreSQL takes no NUL."""
    for page in ("skolor/", "skolor.csv"):
        assert get(as_user(coordinator), f"/kommun/kommun-2309/{page}?sasong={asked}").status_code == 404


@pytest.mark.parametrize("name", ["produktion", "sasong"])
def test_a_wish_for_what_has_no_such_name(contact: Client, name: str) -> None:
    assert contact.get(f"/onskemal/ny/?{name}=%00").status_code < 500


def test_a_contact_has_no_overview(contact: Client) -> None:
    assert get(contact, "/kommun/kommun-2309/skolor/").status_code == 404


def test_a_printed_page_says_whose_it_is_and_has_no_forms(contact: Client, school: School) -> None:
    verbs.add(school, 2026, FOUR_A)
    source = source_of(get(contact, f"{MINE}grupper/"))
    head = source[source.index('<p class="eyebrow') :].split("</p>")[0]
    assert ("no-print" in head, "Krokoms skola" in head) == (False, True)
    assert '<td class="no-print"><details' in source
