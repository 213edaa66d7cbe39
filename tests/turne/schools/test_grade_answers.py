"""What a school says of its grades, and what they get."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bookings import allotment_publishing, allotting
from tests import allotments
from tests.allotments import NOW
from tests.bookings.visits import STARTS_AT, visit
from tests.world import World
from tours.models import Allotment, GradeAnswer, Wish
from turne.web.schools.tasks import tasks_of
from turne.web.wish_texts import groups_texts
from venues.dates import moment_text

pytestmark = pytest.mark.usefixtures("while_schools_answer")


def page(world: World) -> str:
    return reverse("grade-answers", args=[world.school.slug, world.season.slug])


def contact(world: World, as_user) -> Client:
    return as_user(world.school_contact)


def test_each_grade_has_its_form(world: World, as_user) -> None:
    allotments.set_ground(world)
    forms = contact(world, as_user).get(page(world)).context["forms"]
    assert [(form.grade.grade, form.grade.pupils) for form in forms] == [("4", 42), ("5", 25)]


def test_what_is_sent_is_kept(world: World, as_user) -> None:
    allotments.set_ground(world)
    sent = {
        "ak-4-weeks": ["2027-W09"],
        "ak-4-wheelchair": "1",
        "ak-4-stays": "on",
        "ak-5-message": "Helst vår",
    }
    assert contact(world, as_user).post(page(world), sent).status_code == 302
    found = GradeAnswer.objects.values_list("grade", "weeks", "needs", "can_travel", "message")
    assert list(found) == [
        ("4", ["2027-W09"], {"wheelchair": 1}, False, ""),
        ("5", [], {}, True, "Helst vår"),
    ]


def test_what_is_wrong_is_told_and_nothing_kept(world: World, as_user) -> None:
    allotments.set_ground(world)
    response = contact(world, as_user).post(
        page(world), {"ak-4-wheelchair": "43", "ak-5-weeks": ["2027-W60"]}
    )
    errors = [set(form.errors) for form in response.context["forms"]]
    assert (response.status_code, errors, GradeAnswer.objects.count()) == (
        422,
        [{"wheelchair"}, {"weeks"}],
        0,
    )


def test_after_the_day_it_is_closed(world: World, as_user) -> None:
    allotments.made(world, answers_by=NOW - timedelta(days=1))
    response = contact(world, as_user).post(page(world), {})
    assert (response.status_code, GradeAnswer.objects.count()) == (409, 0)


def test_others_read_and_do_not_write(world: World, as_user, coordinator) -> None:
    allotments.set_ground(world)
    browser = as_user(coordinator)
    assert (browser.get(page(world)).status_code, browser.post(page(world), {}).status_code) == (200, 404)


def test_a_stranger_sees_nothing(world: World, as_user) -> None:
    assert as_user(world.presenter).get(page(world)).status_code == 404


def test_without_groups_it_says_what_to_do(world: World, as_user) -> None:
    response = contact(world, as_user).get(page(world))
    assert (response.status_code, response.context["forms"]) == (200, [])


def test_a_decided_grade_is_shown_and_the_others_are_saved(world: World, as_user) -> None:
    found = allotments.made(world, grades=["5"])
    Allotment.objects.filter(pk=found.pk).update(state="published")
    allotting.make(
        world.season, allotments.terms(world, name="Fyran", grades=["4"]), by=world.officer, now=NOW
    )
    response = contact(world, as_user).get(page(world))
    assert [form.grade.is_decided for form in response.context["forms"]] == [False, True]
    assert not response.context["is_decided"]
    sent = {"ak-4-message": "Gärna tidigt", "ak-5-message": "För sent"}
    assert contact(world, as_user).post(page(world), sent).status_code == 302
    assert list(GradeAnswer.objects.values_list("grade", "message")) == [("4", "Gärna tidigt")]


def test_what_the_grades_get_once_it_is_published(world: World, as_user) -> None:
    allotment_publishing.publish(allotments.computed(world), by=world.officer, now=NOW)
    context = contact(world, as_user).get(page(world)).context
    given = context["given"]
    assert context["is_decided"]
    assert [(row["group"].name, row["production"]) for row in given] == [
        ("4A", world.production),
        ("4B", world.production),
        ("5A", world.production),
    ]


def test_the_schools_list_says_when_answers_are_wanted(world: World) -> None:
    wanted = NOW + timedelta(days=2)
    allotments.made(world, answers_by=wanted)
    [row] = [row for row in tasks_of(world.school.school, NOW, acts=True) if "allotted" in row["text"]]
    assert row["end"] == f"Closes {moment_text(wanted)}"


def test_what_is_given_stands_on_the_schools_page_until_it_has_a_day(world: World, as_user) -> None:
    allotments.published(world)
    client = contact(world, as_user)
    rows = client.get(f"/skola/{world.school.slug}/hem/").context["given"]
    assert {name for row in rows for name in ("4A", "4B", "5A") if name in row["text"]} == {"4A", "4B", "5A"}
    assert {row["url"] for row in rows} == {page(world)}
    html = client.get(page(world), headers={"accept-language": "en"}).content.decode()
    assert ("What your grades get</h1>" in html, "What you answered" in html) == (True, True)
    for day, wish in enumerate(Wish.objects.exclude(allotted=None)):
        visit(world, STARTS_AT + timedelta(days=day), wish=wish)
    assert client.get(f"/skola/{world.school.slug}/hem/").context["given"] == []


def test_a_guest_schools_group_has_its_schools_name_in_the_wish(world: World) -> None:
    allotments.published(world)
    wishes = Wish.objects.with_ground().exclude(allotted=None).filter(organisation=world.school)
    told = " ".join(text for wish in wishes for text in groups_texts(wish))
    assert ("4A" in told, "Krokoms skola 4A" in told, "Östersunds skola 4" in told) == (True, False, True)
