"""Mails: who gets which, in which language, and how the relay keeps its promise."""

import pytest
from django.conf import settings
from django.db import transaction

from bookings import lifecycle
from bookings.models import Booking, Notice
from bookings.models.booking import Status
from tests import agreements
from tests.agreements import DAY, NOW, confirmed, held, mailed_token, offered
from tests.world import World
from venues.models import Organisation


def told(booking: Booking) -> set[tuple[str, str]]:
    return set(booking.notices.values_list("kind", "to_email"))


class TestWhoIsTold:
    def test_an_offer_goes_to_the_presenter(self, world: World) -> None:
        assert told(offered(world)) == {("offered", world.presenting.email)}

    def test_a_yes_goes_to_both(self, world: World) -> None:
        assert told(confirmed(world)) == {
            ("offered", world.presenting.email),
            ("confirmed", world.presenting.email),
            ("answered", world.producing.email),
        }

    def test_a_no_goes_to_the_producer_with_its_reason(self, world: World) -> None:
        booking = lifecycle.decline(offered(world), by=None, now=NOW, reason="Taket läcker.")
        notice = booking.notices.get(kind="answered")
        assert notice.to_email == world.producing.email
        assert "Taket läcker." in notice.body_text

    def test_what_is_written_with_a_yes_reaches_the_producer(self, world: World) -> None:
        booking = lifecycle.confirm(offered(world), by=None, now=NOW, message="Ta med mattor.")
        assert "Ta med mattor." in booking.notices.get(kind="answered").body_text

    def test_a_withdrawal_goes_to_the_presenter(self, world: World) -> None:
        booking = lifecycle.withdraw(agreements.told(world), by=world.producer, now=NOW, reason="Ny plan.")
        notice = booking.notices.get(kind="withdrawn")
        assert (notice.to_email, "Ny plan." in notice.body_text) == (world.presenting.email, True)

    @pytest.mark.parametrize("kind", ["expired", "cancelled"])
    def test_both_hear_of_what_ended(self, world: World, kind: str) -> None:
        if kind == "expired":
            booking = offered(world)
            lifecycle.expire_due(NOW + 15 * DAY)
        else:
            booking = confirmed(world)
            booking.notices.all().delete()
            lifecycle.cancel(booking, by=world.producer, now=NOW, reason="Sjukdom.")
        assert told(booking) >= {(kind, world.presenting.email), ("answered", world.producing.email)}

    def test_without_a_role_address_the_members_who_act(self, world: World) -> None:
        Organisation.objects.filter(pk=world.presenting.pk).update(email="")
        world.presenting.memberships.create(user=world.stranger, role="officer")
        assert told(offered(world)) == {("offered", world.presenter.email)}

    def test_members_who_left_are_not_written_to(self, world: World) -> None:
        Organisation.objects.filter(pk=world.presenting.pk).update(email="")
        world.presenting.memberships.create(user=world.stranger, role="presenter")
        type(world.presenter).objects.filter(pk=world.presenter.pk).update(is_active=False)
        assert told(offered(world)) == {("offered", world.stranger.email)}

    def test_an_answer_comes_back_to_the_other_side(self, world: World) -> None:
        booking = confirmed(world)
        answers = dict(booking.notices.values_list("kind", "reply_to"))
        assert answers == {
            "offered": world.producing.email,
            "confirmed": world.producing.email,
            "answered": world.presenting.email,
        }


class TestLanguage:
    def test_the_receivers_not_the_senders(self, world: World) -> None:
        Organisation.objects.filter(pk=world.presenting.pk).update(language="en")
        booking = confirmed(world)
        languages = dict(booking.notices.values_list("kind", "language"))
        assert languages == {"offered": "en", "confirmed": "en", "answered": "sv"}

    def test_days_are_written_in_that_language(self, world: World) -> None:
        Organisation.objects.filter(pk=world.presenting.pk).update(language="en")
        booking = confirmed(world)
        assert "Wed 3 Feb 2027" in booking.notices.get(kind="confirmed").body_text
        assert "ons 3 feb 2027" in booking.notices.get(kind="answered").body_text

    def test_the_html_part_says_its_language(self, world: World) -> None:
        assert '<html lang="sv">' in offered(world).notices.get().body_html


class TestWhatAMailSays:
    def test_the_offer(self, world: World) -> None:
        notice = offered(world).notices.get()
        for part in [
            "Trumman och tystnaden",
            "11.15",
            "10.00",
            "Backe bygdegård, salen",
            "9\u00a0800\u00a0kr",
        ]:
            assert part in notice.body_text
            assert part in notice.body_html

    def test_the_offers_link_is_a_whole_address(self, world: World) -> None:
        booking = offered(world)
        link = f"{settings.BASE_URL}/svar/{mailed_token(booking)}/"
        assert link in booking.notices.get().body_text
        assert f'href="{link}"' in booking.notices.get().body_html

    def test_words_of_people_are_not_read_as_html(self, world: World) -> None:
        booking = lifecycle.decline(offered(world), by=None, now=NOW, reason="<b>5 < 7 & 8</b>")
        notice = booking.notices.get(kind="answered")
        assert "<b>5 < 7 & 8</b>" in notice.body_text
        assert "&lt;b&gt;5 &lt; 7 &amp; 8&lt;/b&gt;" in notice.body_html

    def test_no_name_or_number_brings_markup_along(self, world: World) -> None:
        Organisation.objects.update(name="<b>5 < 7 & 8</b>", phone="<b>5 < 7 & 8</b>")
        for notice in confirmed(world).notices.all():
            assert "<b>5 <" not in notice.body_html
            assert "<b>5 < 7 & 8</b>" in notice.body_text

    def test_long_names_fit_the_subject(self, world: World) -> None:
        type(world.production).objects.update(title="x" * 160)
        Organisation.objects.filter(pk=world.presenting.pk).update(name="y" * 160)
        booking = lifecycle.decline(offered(world), by=None, now=NOW, reason="Nej.")
        assert max(len(notice.subject) for notice in booking.notices.all()) <= 250

    def test_a_subject_is_not_turned_around_by_what_is_not_seen(self, world: World) -> None:
        world.production.title = "Tru\u202emman\u200b \u2028och"
        world.production.save()
        assert "Trumman och " in offered(world).notices.get().subject

    def test_a_subject_is_one_line(self, world: World) -> None:
        type(world.production).objects.update(title="En\nBcc: alla@example.org")
        subjects = offered(world).notices.values_list("subject", flat=True)
        assert ["\n" in subject for subject in subjects] == [False]


def test_a_rolled_back_verb_leaves_no_mail(world: World) -> None:
    booking = held(world)

    def offer_and_die() -> None:
        with transaction.atomic():
            lifecycle.offer(booking, by=world.producer, now=NOW)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError):
        offer_and_die()
    assert Notice.objects.count() == 0
    booking.refresh_from_db()
    assert booking.status == Status.HELD


def test_a_confirmation_leads_to_the_checklist(world: World) -> None:
    booking = confirmed(world)
    mail = booking.notices.get(kind="confirmed")
    address = f"/bokning/{booking.pk}/forberedelser/"
    assert (address in mail.body_text, address in mail.body_html) == (True, True)
