"""Answers as officers send them and applicants read them: never before their time, on any page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bookings.models import Notice
from programmes import applications
from programmes.models import Application, Call, Decision, Meeting, Sighting
from tests.programmes.deciding import ANSWERED, DECIDING, MINUTE, WORDS, decided, fix, told
from tests.turne.pages import errors_of, get, post, text_of
from tests.world import World

CALL = "/utlysningar/residens-for-folkmusik/"
ANSWERS, MAIL = f"{CALL}besked/", f"{CALL}utskick/"


def version() -> str:
    return str(Meeting.objects.get().version)


@pytest.fixture
def made(world: World, later: Any) -> dict[str, Application]:
    """Answers wait to be sent."""
    found = told(world)
    later(DECIDING)
    return found


def test_they_are_written_moved_and_taken_back(world: World, later: Any, as_user: Any) -> None:
    call = decided(world)["Anna"].call
    later(DECIDING)
    client = as_user(world.officer)
    assert "First the minutes are fixed" in text_of(get(client, ANSWERS))
    fix(call, world.officer)
    assert get(client, ANSWERS).context["form"].initial["at"] == ANSWERED
    post(client, ANSWERS, {"at": "2027-03-01T09:00", "version": version()})
    assert Meeting.objects.get().answers_at == ANSWERED
    post(client, ANSWERS, {"at": "2027-03-02T09:00", "version": version()})
    assert Meeting.objects.get().answers_at == ANSWERED + timedelta(days=1)
    post(client, f"{ANSWERS}ta-tillbaka/", {"version": version()})
    assert Meeting.objects.get().answers_at is None


def test_a_time_that_has_passed_is_refused_beside_the_field(world: World, later: Any, as_user: Any) -> None:
    fix(decided(world)["Anna"].call, world.officer)
    later(DECIDING)
    sent = {"at": "2027-02-03T09:00", "version": version()}
    assert list(errors_of(post(as_user(world.officer), ANSWERS, sent))) == ["at"]


def test_nobody_is_told_before_on_any_page(
    world: World, made: dict[str, Application], later: Any, client: Client, as_user: Any
) -> None:
    """The applicant's pages, the public ones, the feed and the API, a minute before; and the applicant's own after."""
    addresses = [
        CALL, "/utlysningar/", "/mina-ansokningar/", f"{CALL}ansokan/", "/min-vecka/", "/ical/utlysningar.ics",
        "/api/v1/calls", "/api/v1/calls/residens-for-folkmusik",
    ]  # fmt: skip
    later(ANSWERED - MINUTE)
    for user in (None, made["Anna"].applicant, made["Cilla"].applicant):
        client.logout()
        if user:
            as_user(user)
        for address in addresses:
            text = get(client, address).content.decode()
            found = [word for word in (WORDS, "besked", "How it went", "not granted") if word in text]
            assert (address, found) == (address, [])
    later(ANSWERED)
    page = text_of(get(as_user(made["Anna"].applicant), f"{CALL}ansokan/"))
    assert ("Granted , 30,000 kr" in page, WORDS in page) == (True, True)
    assert "Not granted" in text_of(get(as_user(made["Cilla"].applicant), f"{CALL}ansokan/"))


def test_a_reserve_is_called_in_when_one_withdraws(
    world: World, made: dict[str, Application], later: Any, as_user: Any
) -> None:
    later(ANSWERED)
    client = as_user(world.officer)
    assert "They can be called in when" in text_of(get(client, ANSWERS))
    anna = made["Anna"]
    applications.withdraw(anna, by=anna.applicant, version=anna.version, now=ANSWERED)
    assert "1 place is free" in text_of(get(client, ANSWERS))
    post(client, f"{ANSWERS}reserv/", {"version": "1"})
    assert Decision.objects.get(application=made["Bosse"]).outcome == "granted"
    assert Notice.objects.filter(kind="call_moved_up").count() == 1


# -- the mail ---------------------------------------


def test_the_mail_of_a_call_is_listed_with_its_state(
    world: World, made: dict[str, Application], as_user: Any
) -> None:
    page = text_of(get(as_user(world.officer), MAIL))
    for words in ("6 mails", "Application granted", "Receipt of an application", "leaves Mon 1 Mar 2027"):
        assert words in page
    rows = get(as_user(world.officer), f"{MAIL}?visa=sent").context["rows"]
    assert rows == []


def test_whose_mail_it_is_is_noted_as_seen(
    world: World, made: dict[str, Application], later: Any, as_user: Any
) -> None:
    """But not as long as nobody's is shown."""
    later(made["Anna"].call.closes_at - MINUTE)
    get(as_user(world.officer), MAIL)
    assert not Sighting.objects.exists()
    later(DECIDING)
    get(as_user(world.officer), MAIL)
    assert list(Sighting.objects.values_list("what", "user")) == [("names", world.officer.pk)]


def test_before_the_call_closes_only_how_many_are_told(
    world: World, made: dict[str, Application], later: Any, as_user: Any
) -> None:
    call = made["Anna"].call
    later(call.closes_at - MINUTE)
    answer = get(as_user(world.officer), MAIL)
    assert (answer.context["rows"], answer.context["total"]) == ([], 6)
    assert made["Anna"].applicant.email not in answer.content.decode()


def test_who_withdrew_before_the_answers_is_not_told(
    world: World, made: dict[str, Application], later: Any, as_user: Any
) -> None:
    """Nor by the mail of it; who withdraws afterwards has been told and decided about."""
    early, late = made["Anna"], made["Bosse"]
    applications.withdraw(early, by=early.applicant, version=early.version, now=DECIDING)
    later(ANSWERED)
    applications.withdraw(late, by=late.applicant, version=late.version, now=ANSWERED)
    page = get(as_user(world.officer), MAIL).content.decode()
    assert [one.applicant.email in page for one in (early, late)] == [False, True]


def test_one_that_was_given_up_is_tried_again(
    world: World, made: dict[str, Application], as_user: Any
) -> None:
    mail = Notice.objects.filter(kind="call_refused").get()
    Notice.objects.filter(pk=mail.pk).update(state="failed", attempts=15)
    post(as_user(world.officer), f"{MAIL}{mail.pk}/igen/")
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("waiting", 0)


def test_another_calls_mail_is_not_found(world: World, made: dict[str, Application], as_user: Any) -> None:
    other = Notice.objects.create(
        kind="offered", to_email="a@example.org", send_after=DECIDING, state="failed"
    )
    assert post(as_user(world.officer), f"{MAIL}{other.pk}/igen/").status_code == 404


def test_calls_are_told_apart(world: World, made: dict[str, Application]) -> None:
    assert {one.call_id for one in made.values()} == {Call.objects.get().pk}
