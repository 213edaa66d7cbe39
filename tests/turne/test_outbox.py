"""The outbox page: whose mail, what was not sent first, trying again, and no secret in sight."""

from typing import Any

import pytest
from django.test import Client

from bookings import notices
from bookings.models import Notice
from bookings.permissions import has_role
from tests import factories as make
from tests.agreements import NOW, confirmed, mailed_token, offered
from tests.world import World

FAILED = {"state": "failed", "attempts": 15, "last_error": "SMTPRecipientsRefused: 550"}


def rows(response: Any) -> list[str]:
    return [row["notice"].kind for row in response.context["rows"]]


def code_for(email: str) -> Notice:
    return notices.post_login_code(to=email, language="sv", subject="Kod", body="    ABC-123", now=NOW)


class TestWhoSees:
    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("producer", 200),
            ("administrator", 200),
            ("officer", 403),
            ("presenter", 403),
            ("school_contact", 403),
            ("stranger", 403),
        ],
    )
    def test_by_role(self, world: World, as_user: Any, who: str, status: int) -> None:
        assert as_user(getattr(world, who)).get("/utskick/").status_code == status

    def test_asks_to_log_in(self, db: None, client: Client) -> None:
        assert client.get("/utskick/").status_code == 302

    def test_a_producer_sees_its_own_visits_mail_only(self, world: World, as_user: Any) -> None:
        offered(world)
        other = make.MembershipFactory(role="producer", organisation__roles=["producer"]).user
        assert rows(as_user(other).get("/utskick/")) == []
        assert rows(as_user(world.producer).get("/utskick/")) == ["offered"]

    def test_an_administrator_sees_the_regions_codes_too(self, world: World, as_user: Any) -> None:
        offered(world)
        code_for(world.presenter.email)
        code_for("somebody@elsewhere.example")
        assert sorted(rows(as_user(world.administrator).get("/utskick/"))) == ["login_code", "offered"]
        assert rows(as_user(world.producer).get("/utskick/")) == ["offered"]

    def test_another_regions_administrator_sees_nothing(self, world: World, as_user: Any) -> None:
        notice = offered(world).notices.get()
        region = make.RegionFactory(slug="annan", code="99", name="Annan")
        office = make.OrganisationFactory(region=region, roles=["region"])
        other = make.MembershipFactory(organisation=office, role="administrator").user
        assert has_role(other, "administrator")
        client = as_user(other)
        assert rows(client.get("/utskick/")) == []
        assert client.get(f"/utskick/{notice.pk}/").status_code == 404
        assert client.post(f"/utskick/{notice.pk}/igen/").status_code == 404


class TestList:
    def test_what_was_not_sent_stands_first_with_the_reason(self, world: World, as_user: Any) -> None:
        confirmed(world)
        Notice.objects.filter(kind="offered").update(**FAILED)
        Notice.objects.filter(kind="confirmed").update(state="sent", sent_at=NOW)
        response = as_user(world.producer).get("/utskick/")
        assert rows(response) == ["offered", "answered", "confirmed"]
        assert "SMTPRecipientsRefused: 550" in response.content.decode()

    @pytest.mark.parametrize(
        ("name", "kinds"),
        [("inte-skickade", ["offered"]), ("vantar", ["answered"]), ("skickade", ["confirmed"])],
    )
    def test_filters(self, world: World, as_user: Any, name: str, kinds: list[str]) -> None:
        confirmed(world)
        Notice.objects.filter(kind="offered").update(**FAILED)
        Notice.objects.filter(kind="confirmed").update(state="sent", sent_at=NOW)
        assert rows(as_user(world.producer).get("/utskick/", {"visa": name})) == kinds

    def test_as_many_queries_for_three_as_for_one(
        self, world: World, as_user: Any, django_assert_num_queries: Any
    ) -> None:
        client = as_user(world.producer)
        booking = offered(world)
        # Session, user, role, counts, count and rows of the page, the bar.
        with django_assert_num_queries(7):
            client.get("/utskick/")
        for number in range(2):
            Notice.objects.create(
                kind="offered",
                to_email=f"{number}@example.org",
                language="sv",
                booking=booking,
                send_after=NOW,
                subject="S",
            )
        with django_assert_num_queries(7):
            assert len(rows(client.get("/utskick/"))) == 3


class TestOneMail:
    def test_its_text_without_the_links_secret(self, world: World, as_user: Any) -> None:
        booking = offered(world)
        token = mailed_token(booking)
        page = as_user(world.producer).get(f"/utskick/{booking.notices.get().pk}/").content.decode()
        assert "Backe bygdegård, salen" in page
        assert token not in page

    def test_a_login_code_is_never_shown(self, world: World, as_user: Any) -> None:
        code = code_for(world.presenter.email)
        page = as_user(world.administrator).get(f"/utskick/{code.pk}/").content.decode()
        assert "ABC-123" not in page

    def test_unknown(self, world: World, as_user: Any) -> None:
        assert as_user(world.producer).get(f"/utskick/{make.UserFactory().pk:032x}/").status_code == 404


class TestRetry:
    def retry(self, client: Client, notice: Notice) -> list[str]:
        response = client.post(f"/utskick/{notice.pk}/igen/", follow=True)
        return [message.level_tag for message in response.context["messages"]]

    def test_what_was_not_sent(self, world: World, as_user: Any) -> None:
        notice = offered(world).notices.get()
        Notice.objects.update(**FAILED)
        assert self.retry(as_user(world.producer), notice) == ["success"]
        notice.refresh_from_db()
        assert (notice.state, notice.attempts, notice.last_error) == ("waiting", 0, "")

    @pytest.mark.parametrize("state", ["waiting", "claimed", "sent"])
    def test_nothing_else(self, world: World, as_user: Any, state: str) -> None:
        notice = offered(world).notices.get()
        Notice.objects.update(state=state, attempts=3)
        assert self.retry(as_user(world.producer), notice) == ["error"]
        notice.refresh_from_db()
        assert (notice.state, notice.attempts) == (state, 3)

    def test_not_a_login_code(self, world: World, as_user: Any) -> None:
        code = code_for(world.presenter.email)
        Notice.objects.update(**FAILED)
        assert self.retry(as_user(world.administrator), code) == ["error"]

    def test_not_by_a_link(self, world: World, as_user: Any) -> None:
        notice = offered(world).notices.get()
        assert as_user(world.producer).get(f"/utskick/{notice.pk}/igen/").status_code == 405
