"""Logging in by a mailed code, the closed sign-up, demo people, the profile, and the language of the pages."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bookings import reach, relay
from bookings.models import Notice
from bookings.models.outgoing import LOGIN_CODE
from tests import factories as make
from tests.agreements import offered
from tests.world import World
from venues.models import User

LOGIN = "/konto/logga-in/"
CODE = "/konto/logga-in/kod/"


@pytest.fixture(autouse=True)
def fresh_rate_limits() -> None:
    cache.clear()


@pytest.fixture
def user(db: None) -> User:
    return make.UserFactory(email="maj@example.org", name="Maj", language="sv")


def mailed_code() -> str:
    found = re.search(r"^ {4}(\S+)$", Notice.objects.latest("created_at").body_text, re.MULTILINE)
    assert found
    return found[1]


def ask(client: Client, email: str = "maj@example.org", **more: str) -> Any:
    return client.post(LOGIN, {"email": email, **more})


class TestLogin:
    def test_a_code_by_mail_logs_in(self, user: User, client: Client) -> None:
        assert ask(client)["Location"] == CODE
        response = client.post(CODE, {"code": mailed_code()})
        assert response["Location"] == reverse("my-week")
        assert client.session["_auth_user_id"] == str(user.pk)

    def test_goes_on_to_where_one_was_going(self, user: User, client: Client) -> None:
        assert ask(client, next="/inkorg/")["Location"] == f"{CODE}?next=%2Finkorg%2F"
        response = client.post(CODE, {"code": mailed_code(), "next": "/inkorg/"})
        assert response["Location"] == "/inkorg/"

    def test_never_to_another_site(self, user: User, client: Client) -> None:
        ask(client, next="https://evil.example/")
        response = client.post(CODE, {"code": mailed_code(), "next": "https://evil.example/"})
        assert response["Location"] == reverse("my-week")

    def test_the_code_goes_through_the_outbox_and_is_wiped(self, user: User, client: Client) -> None:
        ask(client)
        code = mailed_code()
        assert mail.outbox == []  # nothing is sent inside a request
        relay.send_pending(timezone.now())
        notice = Notice.objects.get()
        assert code in mail.outbox[0].body
        assert (notice.kind, notice.state, notice.body_text) == (LOGIN_CODE, "sent", "")

    @pytest.mark.parametrize("language", ["sv", "en"])
    def test_the_mail_is_in_the_users_language(self, client: Client, db: None, language: str) -> None:
        make.UserFactory(email="maj@example.org", language=language)
        ask(client)
        notice = Notice.objects.get()
        assert (notice.language, notice.to_email) == (language, "maj@example.org")

    def test_whatever_case_the_address_is_typed_in(self, user: User, client: Client) -> None:
        ask(client, "Maj@Example.ORG")
        assert client.post(CODE, {"code": mailed_code()})["Location"] == reverse("my-week")

    def test_known_and_unknown_addresses_get_the_same_answer(self, user: User) -> None:
        answers = []
        for email in ("maj@example.org", "nobody@example.org"):
            client = Client()
            asked = ask(client, email)
            page = client.get(CODE).content.decode().replace(email, "ADDRESS")
            page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
            answers.append((asked.status_code, asked["Location"], page))
        assert answers[0] == answers[1]

    def test_an_unknown_address_is_told_so_by_mail_only(self, db: None, client: Client) -> None:
        ask(client, "nobody@example.org")
        notice = Notice.objects.get()
        assert notice.to_email == "nobody@example.org"
        assert reverse("account_signup") in notice.body_text

    @pytest.mark.parametrize("code", ["", "x", "000000"])
    def test_a_wrong_code(self, user: User, client: Client, code: str) -> None:
        ask(client)
        assert client.post(CODE, {"code": code}).status_code == 200
        assert "_auth_user_id" not in client.session

    def test_after_three_wrong_codes_one_begins_anew(self, user: User, client: Client) -> None:
        ask(client)
        code = mailed_code()
        answers = [client.post(CODE, {"code": "wrong"}) for _ in range(3)]
        assert answers[-1]["Location"] == LOGIN
        client.post(CODE, {"code": code})
        assert "_auth_user_id" not in client.session

    def test_a_code_is_good_in_its_own_browser_only(self, user: User, client: Client) -> None:
        ask(client)
        other = Client()
        assert other.post(CODE, {"code": mailed_code()})["Location"] == LOGIN

    def test_a_code_is_old_after_a_quarter_of_an_hour(
        self, user: User, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ask(client)
        code = mailed_code()
        later = timezone.now().timestamp() + 15 * 60 + 1
        monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)
        assert client.post(CODE, {"code": code})["Location"] == LOGIN

    def test_somebody_who_left_gets_no_code(self, client: Client, db: None) -> None:
        make.UserFactory(email="gone@example.org", is_active=False)
        ask(client, "gone@example.org")
        with pytest.raises(AssertionError):
            mailed_code()

    def test_asking_again_and_again_is_stopped(self, user: User, client: Client) -> None:
        answers = [ask(Client()).status_code for _ in range(4)]
        assert answers == [302, 302, 302, 200]
        assert Notice.objects.count() == 3

    def test_log_out(self, world: World, as_user: Any) -> None:
        client = as_user(world.presenter)
        assert client.get("/konto/logga-ut/").status_code == 200
        assert client.post("/konto/logga-ut/").status_code == 302
        assert "_auth_user_id" not in client.session


class TestWhatIsNotOffered:
    def test_sign_up_says_how_to_get_an_account(self, db: None, client: Client) -> None:
        assert client.get(reverse("account_signup")).status_code == 200
        assert client.post(reverse("account_signup"), {"email": "x@example.org"}).status_code == 405
        assert User.objects.count() == 0

    @pytest.mark.parametrize(
        "name",
        ["account_email", "account_change_password", "account_set_password", "account_reset_password"],
    )
    def test_no_passwords_and_no_second_address(self, name: str) -> None:
        with pytest.raises(NoReverseMatch):
            reverse(name)


class TestDemoLogin:
    @pytest.fixture
    def demo(self, db: None) -> User:
        user = make.UserFactory(email="maj@demo.turne.example", name="Maj", language="en")
        make.MembershipFactory(user=user)
        return user

    def test_one_click(self, demo: User, client: Client, settings: Any) -> None:
        settings.DEMO_LOGIN = True
        assert list(client.get(LOGIN).context["demo_users"]) == [demo]
        response = client.post(f"/konto/demo/{demo.pk}/", {"next": "/inkorg/"})
        assert (response["Location"], client.session["_auth_user_id"]) == ("/inkorg/", str(demo.pk))

    @pytest.mark.parametrize("language", ["sv", "en"])
    def test_the_visitor_keeps_the_language_of_the_page(
        self, demo: User, client: Client, settings: Any, language: str
    ) -> None:
        settings.DEMO_LOGIN = True
        response = client.post(f"/konto/demo/{demo.pk}/", headers={"accept-language": language})
        assert response.cookies["django_language"].value == language

    def test_one_of_each_role_stands_first(self, demo: User, client: Client, settings: Any) -> None:
        settings.DEMO_LOGIN = True
        for name, role in [("Ada", "presenter"), ("Bo", "producer"), ("Cia", "officer")]:
            user = make.UserFactory(email=f"{name}@demo.turne.example", name=name)
            make.MembershipFactory(user=user, role=role)
        shown = client.get(LOGIN).context["demo_users"]
        assert [person.name for person in shown] == ["Bo", "Ada", "Cia", "Maj"]
        page = client.get(LOGIN).content.decode()
        assert page.count("/konto/demo/") == 4
        assert page.rpartition('<details class="more"')[2].count("/konto/demo/") == 1

    def test_who_has_an_offer_to_answer_before_others(
        self, world: World, client: Client, settings: Any
    ) -> None:
        settings.DEMO_LOGIN = True
        User.objects.filter(pk=world.neighbour.pk).update(email="a@demo.turne.example", name="A")
        User.objects.filter(pk=world.presenter.pk).update(email="b@demo.turne.example", name="B")
        offered(world)
        page = client.get(LOGIN)
        shown = [(person.name, person.asked) for person in page.context["demo_users"]]
        assert shown == [("B", True), ("A", False)]
        assert page.content.decode().count("Har ett erbjudande att svara på.") == 1

    def test_never_to_another_site(self, demo: User, client: Client, settings: Any) -> None:
        settings.DEMO_LOGIN = True
        response = client.post(f"/konto/demo/{demo.pk}/", {"next": "//evil.example/"})
        assert response["Location"] == reverse("my-week")

    def test_there_is_no_such_thing_when_it_is_off(self, demo: User, client: Client, settings: Any) -> None:
        settings.DEMO_LOGIN = False
        assert "maj@demo" not in client.get(LOGIN).content.decode()
        assert list(client.get(LOGIN).context["demo_users"]) == []
        assert client.post(f"/konto/demo/{demo.pk}/").status_code == 404

    def test_not_as_a_real_person(self, user: User, client: Client, settings: Any) -> None:
        settings.DEMO_LOGIN = True
        assert client.post(f"/konto/demo/{user.pk}/").status_code == 404

    def test_not_by_a_link(self, demo: User, client: Client, settings: Any) -> None:
        settings.DEMO_LOGIN = True
        assert client.get(f"/konto/demo/{demo.pk}/").status_code == 405

    def test_as_many_queries_for_three_as_for_one(
        self, demo: User, client: Client, settings: Any, django_assert_num_queries: Any
    ) -> None:
        settings.DEMO_LOGIN = True
        for number in range(3):
            with django_assert_num_queries(3):
                client.get(LOGIN)
            other = make.UserFactory(email=f"{number}@demo.turne.example")
            make.MembershipFactory(user=other)


class TestProfile:
    def test_name_and_language(self, world: World, as_user: Any) -> None:
        client = as_user(world.presenter)
        response = client.post("/konto/", {"name": "Maj Lund", "language": "en"})
        world.presenter.refresh_from_db()
        assert (world.presenter.name, world.presenter.language) == ("Maj Lund", "en")
        assert response.cookies["django_language"].value == "en"

    def test_nothing_else(self, world: World, as_user: Any) -> None:
        as_user(world.presenter).post(
            "/konto/", {"name": "Maj", "language": "sv", "email": "x@example.org", "is_staff": "1"}
        )
        world.presenter.refresh_from_db()
        assert (world.presenter.email, world.presenter.is_staff) == ("presenter@example.org", False)

    def test_an_unknown_language(self, world: World, as_user: Any) -> None:
        response = as_user(world.presenter).post("/konto/", {"name": "Maj", "language": "tlh"})
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["language"])

    def test_asks_to_log_in(self, db: None, client: Client) -> None:
        assert client.get("/konto/").status_code == 302


class TestLanguage:
    def test_is_remembered_for_who_is_logged_in(self, world: World, as_user: Any) -> None:
        client = as_user(world.presenter)
        response = client.post("/sprak/", {"language": "en", "next": "/min-vecka/"})
        world.presenter.refresh_from_db()
        assert (response["Location"], world.presenter.language) == ("/min-vecka/", "en")

    def test_an_unknown_one_changes_nothing(self, world: World, as_user: Any) -> None:
        as_user(world.presenter).post("/sprak/", {"language": "tlh"})
        world.presenter.refresh_from_db()
        assert world.presenter.language == "sv"

    def test_somebody_passing_by_has_it_in_a_cookie(self, db: None, client: Client) -> None:
        client.post("/sprak/", {"language": "en"})
        assert '<html lang="en">' in client.get(LOGIN).content.decode()

    def test_never_to_another_site(self, db: None, client: Client) -> None:
        response = client.post("/sprak/", {"language": "en", "next": "https://evil.example/"})
        assert "evil" not in response["Location"]

    def test_looking_changes_nothing(self, world: World, as_user: Any) -> None:
        as_user(world.presenter).get("/sprak/", {"language": "en"})
        world.presenter.refresh_from_db()
        assert world.presenter.language == "sv"

    def test_logging_in_brings_it_back(self, client: Client, db: None) -> None:
        make.UserFactory(email="maj@example.org", language="en")
        ask(client)
        client.post(CODE, {"code": mailed_code()})
        assert client.cookies["django_language"].value == "en"


class TestReminders:
    """The switch of the account page, which was only in the mails."""

    def switch(self, client: Client, email: str, **more: str) -> int:
        return client.post("/konto/paminnelser/", {"email": email, **more}).status_code

    def test_stopped_and_started_again(self, user: User, client: Client) -> None:
        client.force_login(user)
        self.switch(client, user.email)
        stopped = reach.wants_reminders(user.email)
        self.switch(client, user.email, on="1")
        assert (stopped, reach.wants_reminders(user.email)) == (False, True)

    def test_the_houses_address_is_there_for_who_acts_for_it(self, world: World, as_user: Any) -> None:
        switches = as_user(world.presenter).get("/konto/").context["switches"]
        assert [switch["email"] for switch in switches] == [world.presenting.email, world.presenter.email]
        assert self.switch(as_user(world.presenter), world.presenting.email) == 302
        assert not reach.wants_reminders(world.presenting.email)

    def test_nobody_elses(self, world: World, as_user: Any) -> None:
        assert self.switch(as_user(world.stranger), world.presenting.email) == 404
        assert reach.wants_reminders(world.presenting.email)
