"""Private calendar links on their pages: made, changed, given anew and revoked."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from bookings import feed_links
from bookings.models import Feed
from tests.bookings.ical_reader import vevents
from tests.bookings.stays import period, stay
from tests.bookings.visits import NOW, STARTS_AT, visit
from tests.world import World
from turne.web.private_links import used_words

PRIVATE = "/prenumerera/privat/"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def words(response) -> str:
    """The page's text, without tags."""
    return unescape(re.sub(r"<[^>]+>|\s+", " ", response.content.decode()))


def make_link(client: Client, world: World, **fields: str):
    key = f"presenter-{world.presenting.pk}"
    return client.post(PRIVATE, {"whose": key, "name": "Vaktmästaren", **fields})


def test_a_private_link_is_shown_once_and_works(world: World, as_user):
    visit(world, status="offered", published_at=None)
    client = as_user(world.presenter)
    response = make_link(client, world)
    address = response.context["made"]["links"].https
    assert address in response.content.decode()
    assert len(vevents(Client().get(urlsplit(address).path).content)) == 1
    assert address not in client.get(PRIVATE).content.decode()


def test_the_page_with_the_secret_is_not_kept_by_the_browser(world: World, as_user):
    assert "no-store" in make_link(as_user(world.presenter), world)["Cache-Control"]


def test_the_list_says_who_has_it_and_when_it_was_used(world: World, as_user):
    client = as_user(world.presenter)
    make_link(client, world)
    Feed.objects.update(last_used_at=NOW)
    assert used_words(NOW, NOW) in words(client.get(PRIVATE)).partition("Vaktmästaren")[2]


def test_sending_the_form_again_makes_no_second_link(world: World, as_user):
    client = as_user(world.presenter)
    make_link(client, world)
    again = make_link(client, world)
    assert (again.status_code, Feed.objects.count()) == (422, 1)
    assert again.context["form"].errors["name"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_link_without_a_proper_name_is_refused_beside_the_field(world: World, as_user, name: str):
    response = make_link(as_user(world.presenter), world, name=name)
    assert (response.status_code, Feed.objects.count()) == (422, 0)
    assert response.context["form"].errors["name"]


def test_nobody_makes_a_link_for_another_organisation(world: World, as_user):
    client = as_user(world.presenter)
    for key in (f"presenter-{world.neighbouring.pk}", f"producer-{world.producing.pk}", "presenter-0", ""):
        assert make_link(client, world, whose=key).status_code == 422
    assert Feed.objects.count() == 0


def test_a_link_is_revoked_by_its_organisation(world: World, as_user):
    client = as_user(world.presenter)
    path = urlsplit(make_link(client, world).context["made"]["links"].https).path
    response = client.post(reverse("private-feed-revoke", args=[Feed.objects.get().pk]))
    assert (response.status_code, response["Location"]) == (302, PRIVATE)
    assert Client().get(path).status_code == 410


@pytest.mark.parametrize("person", ["neighbour", "school_contact", "producer", "officer", "stranger"])
def test_nobody_else_sees_or_revokes_it(world: World, as_user, person: str):
    feed, _token = feed_links.create_feed(
        feed_links.Whose(world.presenting, Feed.Scope.PRESENTER), "Vaktmästaren", world.presenter
    )
    client = as_user(getattr(world, person))
    assert "Vaktmästaren" not in client.get(PRIVATE).content.decode()
    assert client.post(reverse("private-feed-revoke", args=[feed.pk])).status_code == 404
    feed.refresh_from_db()
    assert feed.revoked_at is None


def test_the_calendar_that_was_asked_for_is_chosen(world: World, as_user):
    key = f"ensemble-{world.ensemble.pk}"
    response = as_user(world.producer).get(PRIVATE, {"vems": key})
    assert response.context["form"]["whose"].initial == key
    assert as_user(world.producer).get(PRIVATE).context["form"]["whose"].initial != key


def test_a_producer_makes_a_link_for_an_ensemble(world: World, as_user):
    response = make_link(as_user(world.producer), world, whose=f"ensemble-{world.ensemble.pk}")
    assert (response.status_code, Feed.objects.get().ensemble) == (200, world.ensemble)


def test_looking_does_not_revoke(world: World, as_user):
    feed, _token = feed_links.create_feed(
        feed_links.Whose(world.presenting, Feed.Scope.PRESENTER), "Vaktmästaren", world.presenter
    )
    assert as_user(world.presenter).get(reverse("private-feed-revoke", args=[feed.pk])).status_code == 405


@pytest.mark.parametrize("person", ["officer", "administrator", "stranger"])
def test_who_keeps_no_links_is_told_whom_they_are_for(world: World, as_user, person: str):
    assert as_user(getattr(world, person)).get(PRIVATE).status_code == 403


def test_strangers_are_asked_to_log_in(world: World, client: Client):
    response = client.get(PRIVATE)
    assert (response.status_code, urlsplit(response["Location"]).path) == (302, reverse("account_login"))


def test_the_list_asks_as_many_questions_for_three_as_for_one(world: World, as_user):
    client = as_user(world.presenter)
    make_link(client, world, name="1")
    client.get(PRIVATE)
    with CaptureQueriesContext(connection) as few:
        client.get(PRIVATE)
    for name in "23":
        make_link(client, world, name=name)
    client.get(PRIVATE)
    with CaptureQueriesContext(connection) as more:
        client.get(PRIVATE)
    assert len(more) == len(few)


# -- What is in it ---------------------------------------


def count_of(response) -> int:
    """How many entries a new link shows to whoever has it."""
    path = urlsplit(response.context["made"]["links"].https).path
    return len(vevents(Client().get(path).content))


@pytest.mark.parametrize(
    ("held", "shown"),
    [
        ("", ("everything at this presenter or school, also what is not yet agreed", ["Audience: families"])),
        ("0", ("what is agreed at this presenter or school", ["Audience: families"])),
    ],
)
def test_the_list_says_what_a_link_shows(world: World, en, held: str, shown: tuple[str, list[str]]):
    [row] = make_link(en(world.presenter), world, held=held, audience="family").context["rows"]
    assert (str(row["scope"]), row["told"]) == shown


@pytest.mark.parametrize(("held", "count"), [("", 2), ("0", 1)])
def test_a_link_may_leave_out_what_is_not_agreed(world: World, as_user, held: str, count: int):
    visit(world, status="offered", published_at=None)
    visit(world, STARTS_AT.replace(day=5), published_at=None)
    assert count_of(make_link(as_user(world.presenter), world, held=held)) == count


def test_a_link_is_narrowed_like_a_public_calendar(world: World, as_user):
    visit(world, audience="school")
    visit(world, STARTS_AT.replace(day=5))
    assert count_of(make_link(as_user(world.presenter), world, audience="school")) == 1


def test_what_is_not_understood_makes_no_link(world: World, as_user):
    response = make_link(as_user(world.presenter), world, age="gammal")
    assert (response.status_code, Feed.objects.count()) == (422, 0)
    assert response.context["narrow"].errors["age"]


def test_changing_keeps_the_address(world: World, as_user):
    visit(world, status="offered", published_at=None)
    client = as_user(world.presenter)
    path = urlsplit(make_link(client, world).context["made"]["links"].https).path
    feed = Feed.objects.get()
    response = client.post(f"{PRIVATE}{feed.pk}/", {"name": "Kansliet", "held": "0"})
    feed.refresh_from_db()
    assert (response.status_code, feed.name, feed_links.query_of(feed)) == (302, "Kansliet", "held=0")
    assert len(vevents(Client().get(path).content)) == 0


def test_the_form_shows_what_the_link_has(world: World, as_user):
    client = as_user(world.presenter)
    make_link(client, world, held="0", audience=["school", "family"])
    context = client.get(f"{PRIVATE}{Feed.objects.get().pk}/").context
    assert context["form"]["name"].value() == "Vaktmästaren"
    assert context["narrow"].query() == "audience=family,school&held=0"


@pytest.mark.parametrize("fields", [{"name": ""}, {"name": "Kansliet"}, {"name": "Ny", "age": "x"}])
def test_a_change_that_will_not_do_is_explained(world: World, as_user, fields: dict):
    client = as_user(world.presenter)
    make_link(client, world, name="Kansliet")
    make_link(client, world)
    feed = Feed.objects.get(name="Vaktmästaren")
    response = client.post(f"{PRIVATE}{feed.pk}/", fields)
    assert response.status_code == 422
    assert response.context["form"].errors or response.context["narrow"].errors


def test_a_new_address_stops_the_old_one_at_once(world: World, as_user):
    visit(world)
    client = as_user(world.presenter)
    old = urlsplit(make_link(client, world, held="0").context["made"]["links"].https).path
    response = client.post(reverse("private-feed-rotate", args=[Feed.objects.get().pk]))
    new = urlsplit(response.context["made"]["links"].https).path
    assert [Client().get(path).status_code for path in (old, new)] == [410, 200]
    assert "no-store" in response["Cache-Control"]


def test_a_revoked_link_gets_no_new_address(world: World, as_user):
    client = as_user(world.presenter)
    make_link(client, world)
    feed = feed_links.revoke_feed(Feed.objects.get(), NOW)
    assert client.post(reverse("private-feed-rotate", args=[feed.pk]))["Location"] == PRIVATE
    assert client.post(f"{PRIVATE}{feed.pk}/", {"name": "Ny"}).status_code == 422
    assert Feed.objects.count() == 1


@pytest.mark.parametrize("person", ["neighbour", "school_contact", "producer"])
def test_nobody_else_changes_it(world: World, as_user, person: str):
    make_link(as_user(world.presenter), world)
    pk = Feed.objects.get().pk
    client = as_user(getattr(world, person))
    addresses = [f"{PRIVATE}{pk}/", f"{PRIVATE}{pk}/ny-adress/"]
    assert [client.post(url, {"name": "x"}).status_code for url in addresses] == [404, 404]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, "Inte använd än."),
        (0, "Senast använd i dag."),
        (1, "Senast använd i går."),
        (12, "Senast använd för 12 dagar sedan."),
        (61, "Inte använd sedan fre 20 nov 2026. Behövs den?"),
    ],
)
def test_last_used_in_plain_words(days: int | None, said: str):
    with translation.override("sv"):
        assert used_words(None if days is None else NOW - timedelta(days=days), NOW) == said


def test_an_artist_makes_a_link_of_the_own_stays(world: World, as_user):
    period(stay(world, artist=world.stranger, status="offered"))
    client = as_user(world.stranger)
    response = client.post(PRIVATE, {"whose": f"artist-{world.stranger.pk}", "name": "Min telefon"})
    address = response.context["made"]["links"].https
    assert len(vevents(Client().get(urlsplit(address).path).content)) == 1
    assert client.get(PRIVATE).status_code == 200


def test_an_artist_reads_of_a_telephone_and_not_of_a_caretaker(world: World, en):
    stay(world, artist=world.stranger)
    stay(world, artist=world.presenter)
    told = [words(en(user).get(PRIVATE)) for user in (world.stranger, world.presenter)]
    assert [("your telephone" in one, "caretaker" in one) for one in told] == [(True, False), (False, True)]


def test_nobody_makes_one_of_another_artist_s(world: World, as_user):
    for artist in (world.stranger, world.presenter):
        stay(world, artist=artist)
    response = as_user(world.presenter).post(
        PRIVATE, {"whose": f"artist-{world.stranger.pk}", "name": "Min telefon"}
    )
    assert (response.status_code, Feed.objects.count()) == (422, 0)
