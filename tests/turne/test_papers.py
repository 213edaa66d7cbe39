"""The agreement on paper: from what was kept, every version, and as a PDF that a screen reader can follow."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from bookings import lifecycle, postponing
from bookings.models import Agreement, Booking
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, in_state, offered
from tests.turne.pages import said, text_of
from tests.turne.test_tour_plan import kinds
from tests.world import World
from tours.models import Production
from turne.web import paper

pytestmark = pytest.mark.usefixtures("before_the_tour")


def page(client: Client, booking: Booking, number: int | None = None, *, name: str = "") -> Any:
    if number is None:
        return client.get(reverse("booking-agreement", args=[booking.pk]))
    return client.get(reverse(name or "booking-agreement-version", args=[booking.pk, number]))


def confirmed_twice(world: World) -> Booking:
    """Postponed by a day and confirmed anew."""
    booking = postponing.postpone(confirmed(world), by=world.producer, now=NOW, reason="Snö")
    postponing.reschedule(booking, by=world.producer, now=NOW, starts_at=SHOW_AT + DAY)
    return lifecycle.confirm(booking, by=world.producer, now=NOW)


class TestTheAgreement:
    @pytest.mark.parametrize("who", ["presenter", "producer", "officer"])
    def test_both_sides_and_the_officer_read_it(self, world: World, en: Any, who: str) -> None:
        text = text_of(page(en(getattr(world, who)), confirmed(world)))
        parts = ["Agreement, version 1 of 1", "Scenlaget", "11:15–12:00", "9,800 kr, all included",
                 "Backe bygdegård, logged in", "Appendix 1: Plan of the visit", "Fingerprint (SHA-256)"]  # fmt: skip
        assert [part for part in parts if part not in text] == []

    def test_reads_as_it_was(self, world: World, producer: Client) -> None:
        booking = confirmed(world)
        Production.objects.filter(pk=world.production.pk).update(title="Annan titel")
        shown = page(producer, booking)
        assert shown.context["title"] == "Trumman och tystnaden at Backe bygdegård"
        assert "Annan titel" not in text_of(shown)

    def test_every_version_is_listed_and_readable(self, world: World, producer: Client) -> None:
        booking = confirmed_twice(world)
        newest, first = page(producer, booking), page(producer, booking, 1)
        assert "Version 1" in text_of(newest)
        assert ("Wed 3 Feb 2027" in text_of(first), "A later version holds now." in text_of(first)) == (
            True,
            True,
        )

    def test_what_differs_stands_in_the_later_one(self, world: World, producer: Client) -> None:
        text = text_of(page(producer, confirmed_twice(world)))
        assert "What differs from version 1" in text
        assert "The visit: Day Wed 3 Feb 2027, week 5 Thu 4 Feb 2027, week 5" in text

    def test_what_has_become_of_the_visit_is_said_on_the_page(self, world: World, producer: Client) -> None:
        booking = lifecycle.cancel(confirmed(world), by=world.producer, now=NOW, reason="Sjukdom")
        assert "The visit is cancelled now." in text_of(page(producer, booking))

    def test_facts_that_do_not_fit_are_told(self, world: World, producer: Client) -> None:
        booking = confirmed(world)
        known = Agreement.objects.get(booking=booking)
        Agreement.objects.create(
            booking=booking, number=2, made_at=NOW, facts=known.facts, digest="0" * 64, by=None
        )
        assert "the fingerprint does not fit" in text_of(page(producer, booking))

    def test_there_is_none_before_it_is_confirmed(self, world: World, producer: Client) -> None:
        assert page(producer, offered(world)).status_code == 404

    def test_an_unknown_version_is_not_found(self, world: World, producer: Client) -> None:
        assert page(producer, confirmed(world), 2).status_code == 404

    def test_the_visits_page_leads_to_it(self, world: World, producer: Client) -> None:
        booking = confirmed(world)
        shown = producer.get(reverse("booking", args=[booking.pk])).content.decode()
        assert reverse("booking-agreement", args=[booking.pk]) in shown


class TestOfAnOlderVisit:
    def test_either_side_keeps_it(self, world: World, producer: Client) -> None:
        booking = in_state(world, Booking.Status.CONFIRMED)
        assert "Nothing is kept yet" in text_of(page(producer, booking))
        sent = producer.post(reverse("booking-agreement", args=[booking.pk]))
        assert (sent.status_code, Agreement.objects.filter(booking=booking).count()) == (302, 1)

    def test_keeping_it_twice_is_refused(self, world: World, producer: Client) -> None:
        sent = producer.post(reverse("booking-agreement", args=[confirmed(world).pk]), follow=True)
        assert said(sent) == ["The agreement is kept already. Reload the page."]

    def test_an_officer_does_not_keep_it(self, world: World, en: Any) -> None:
        booking = in_state(world, Booking.Status.CONFIRMED)
        shown = page(en(world.officer), booking)
        assert b"Keep the agreement" not in shown.content


class TestAsPdf:
    def test_without_the_extra_it_is_the_page(
        self, world: World, producer: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paper, "is_available", lambda: False)
        shown = page(producer, confirmed(world), 1, name="booking-agreement-pdf")
        assert "Print with the browser" in text_of(shown)
        assert "As PDF" not in text_of(shown)

    @pytest.mark.pdf
    def test_it_is_tagged_titled_and_in_its_language(self, world: World, producer: Client) -> None:
        read = pdf(page(producer, confirmed(world), 1, name="booking-agreement-pdf"))
        root = read.trailer["/Root"]
        assert (root["/MarkInfo"]["/Marked"], str(root["/Lang"])) == (True, "en")
        assert read.metadata.title == "Trumman och tystnaden at Backe bygdegård"
        assert {"/Table", "/TH", "/H1", "/H2"} <= kinds(root["/StructTreeRoot"])

    @pytest.mark.pdf
    def test_a_usual_one_is_one_page_that_says_it_all(self, world: World, producer: Client) -> None:
        read = pdf(page(producer, confirmed(world), 1, name="booking-agreement-pdf"))
        text = " ".join(read.pages[0].extract_text().split())
        assert (len(read.pages), "Backe bygdegård, salen" in text, "Appendix 4" in text) == (1, True, True)


def pdf(answer: Any) -> PdfReader:
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))
