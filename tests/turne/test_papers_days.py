"""Day sheets and the tour book on paper: who sees what, what stands in them, and tagged PDFs."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from bookings import contacts
from bookings.day_sheets import DaySheet, Line, What
from bookings.models import Booking
from tests.agreements import DAY, NOW, SHOW_AT, confirmed, held, offered
from tests.checklists import fresh, prepared
from tests.turne.pages import queries_of, text_of
from tests.turne.test_tour_plan import kinds
from tests.world import World
from tours.models import Tour
from turne.web import paper, papers_days

pytestmark = pytest.mark.usefixtures("before_the_tour")
LATER = SHOW_AT + timedelta(hours=6)


@pytest.fixture
def on_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that makes no PDFs."""
    monkeypatch.setattr(paper, "is_available", lambda: False)


def of_visit(client: Client, booking: Booking, form: str = "") -> Any:
    return client.get(reverse(f"booking-day-sheet{form}", args=[booking.pk]))


def of_day(client: Client, world: World, day: str = "2027-02-03", form: str = "") -> Any:
    return client.get(reverse(f"tour-day-sheet{form}", args=[world.tour.slug, day]))


def book(client: Client, world: World, form: str = "") -> Any:
    return client.get(reverse(f"tour-book{form}", args=[world.tour.slug]))


def named(booking: Booking, world: World) -> Booking:
    """With somebody to call on the presenter's side."""
    said = {"name": "Vaktmästaren", "phone": "070-174 06 01", "email": ""}
    contacts.name(booking, "artist_host", **said, by=world.presenter, now=NOW)
    return fresh(booking)


class TestThePresentersSheet:
    def test_has_times_address_contacts_and_the_list_of_the_day(self, world: World, en: Any) -> None:
        booking = named(prepared(world, needs={"helpers_in": 2}, address="Byvägen 1"), world)
        text = text_of(of_visit(en(world.presenter), booking))
        parts = ["10:00–11:15 Get-in", "11:15–12:00 Show", "Byvägen 1", "Artist host", "070-174 06 01",
                 "2 helpers at get-in", "Met (presenter)"]  # fmt: skip
        assert [part for part in parts if part not in text] == []

    def test_has_nothing_of_the_rest_of_the_day(self, world: World, en: Any) -> None:
        booking = confirmed(world)
        held(world, wish=world.neighbour_wish, starts_at=LATER)
        text = text_of(of_visit(en(world.presenter), booking))
        assert [word for word in ("Strömsund", "Drive", "Night", "km", "kr") if word in text.split()] == []

    def test_a_cancelled_visit_says_so(self, world: World, producer: Client) -> None:
        booking = confirmed(world)
        Booking.objects.filter(pk=booking.pk).update(status=Booking.Status.CANCELLED)
        assert "The visit is cancelled." in text_of(of_visit(producer, booking))

    def test_there_is_none_of_an_offer(self, world: World, producer: Client) -> None:
        assert of_visit(producer, offered(world)).status_code == 404

    @pytest.mark.pdf
    def test_is_one_tagged_page(self, world: World, producer: Client) -> None:
        read = pdf(of_visit(producer, named(prepared(world), world), "-pdf"))
        assert (len(read.pages), {"/Table", "/H1", "/H2"} <= tags(read)) == (1, True)


class TestTheEnsemblesSheet:
    def test_has_all_of_the_day(self, world: World, producer: Client) -> None:
        confirmed(world)
        held(world, wish=world.neighbour_wish, starts_at=LATER)
        text = text_of(of_day(producer, world))
        parts = ["Call time Östersund", "Drive Östersund – Backe, 158 km", "Folkets hus Strömsund (held)",
                 "Night: at home in Östersund"]  # fmt: skip
        assert [part for part in parts if part not in text] == []

    def test_says_no_price(self, world: World, producer: Client) -> None:
        confirmed(world)
        assert "9,800" not in text_of(of_day(producer, world))

    def test_a_free_day_says_so(self, world: World, producer: Client) -> None:
        confirmed(world)
        assert "Nothing is driven or played" in text_of(of_day(producer, world, "2027-02-08"))

    @pytest.mark.parametrize("day", ["2027-05-01", "2027-02-03"])
    def test_there_is_none_outside_the_tour_or_without_visits(
        self, world: World, producer: Client, day: str
    ) -> None:
        if day.startswith("2027-05"):
            confirmed(world)
        assert of_day(producer, world, day).status_code == 404

    def test_where_the_days_cannot_be_drawn_the_visits_stand_and_it_is_said(
        self, world: World, producer: Client
    ) -> None:
        confirmed(world)
        Tour.objects.filter(pk=world.tour.pk).update(ends_on=world.tour.starts_on)
        text = text_of(of_day(producer, world))
        assert ("11:15–12:00 Show" in text, "The days cannot be drawn" in text) == (True, True)

    def test_the_board_leads_to_it(self, world: World, producer: Client) -> None:
        confirmed(world)
        shown = producer.get(f"{reverse('board', args=[world.tour.slug])}?visa=avtal").content.decode()
        assert reverse("tour-day-sheet", args=[world.tour.slug, "2027-02-03"]) in shown

    @pytest.mark.pdf
    def test_two_visits_fit_one_page(self, world: World, producer: Client) -> None:
        named(prepared(world), world)
        confirmed(world, wish=world.neighbour_wish, starts_at=LATER)
        assert len(pdf(of_day(producer, world, form="-pdf")).pages) == 1


class TestTheBook:
    def test_has_contents_route_drives_contacts_and_days(
        self, world: World, producer: Client, on_screen: None
    ) -> None:
        named(prepared(world), world)
        confirmed(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        shown = book(producer, world)
        text = text_of(shown)
        parts = ["Contents", "Wed 3 Feb 2027 · Backe bygdegård", "Drives", "All of it", "070-174 06 01",
                 "The route with 2 stops"]  # fmt: skip
        assert [part for part in parts if part not in text] == []
        assert [len(day["visits"]) for day in shown.context["days"]][:4] == [0, 1, 1, 0]

    def test_free_days_in_a_row_stand_in_one_line(self, world: World, producer: Client) -> None:
        confirmed(world)
        found = [(day["title"], day["is_free"]) for day in book(producer, world).context["days"]]
        assert found == [
            ("1–2 Feb 2027", True),
            ("Wed 3 Feb 2027", False),
            ("4–12 Feb 2027", True),
        ]

    def test_counts_the_kilometres(self, world: World, producer: Client) -> None:
        confirmed(world)
        context = book(producer, world).context
        assert ([road["way"] for road in context["roads"]], context["km"]) == (
            ["Östersund – Backe – Östersund"],
            "316\u00a0km",
        )

    def test_there_is_none_without_visits(self, world: World, producer: Client) -> None:
        assert book(producer, world).status_code == 404

    def test_more_visits_ask_no_more_of_the_database(self, world: World, producer: Client) -> None:
        confirmed(world)
        address = reverse("tour-book", args=[world.tour.slug])
        one = queries_of(producer, address)
        confirmed(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        assert queries_of(producer, address) == one

    def test_a_long_tour_comes_in_parts(self, world: World, producer: Client, monkeypatch: Any) -> None:
        monkeypatch.setattr(papers_days, "BOOK_DAYS", 1)
        confirmed(world)
        confirmed(world, wish=world.neighbour_wish, starts_at=SHOW_AT + DAY)
        found = producer.get(f"{reverse('tour-book', args=[world.tour.slug])}?del=2")
        assert "part 2 of 2" in text_of(found)
        assert [day["title"] for day in found.context["days"] if not day["is_free"]] == ["Thu 4 Feb 2027"]

    @pytest.mark.pdf
    def test_has_bookmarks_and_page_numbers_in_its_contents(self, world: World, producer: Client) -> None:
        confirmed(world)
        read = pdf(book(producer, world, "-pdf"))
        [top] = [entry for entry in read.outline if isinstance(entry, list)]
        assert [str(entry.title) for entry in top if not isinstance(entry, list)] == [
            "Contents", "The route", "Drives", "Contacts", "Wed 3 Feb 2027 week 5",
        ]  # fmt: skip
        contents = " ".join(read.pages[0].extract_text().split())
        last = next(n for n, p in enumerate(read.pages, 1) if "Call time" in p.extract_text())
        assert contents.replace(".", "").split("Backe bygdegård")[1].split()[0] == str(last)

    @pytest.mark.pdf
    def test_the_map_is_told_to_those_who_do_not_see_it(self, world: World, producer: Client) -> None:
        confirmed(world)
        read = pdf(book(producer, world, "-pdf"))
        assert alternatives(read.trailer["/Root"]["/StructTreeRoot"]) == ["The route with 1 stop: Backe"]
        assert str(read.trailer["/Root"]["/Lang"]) == "en"


def test_parts_have_at_most_so_many_days_and_keep_all_of_them() -> None:
    lines = [Line(SHOW_AT, None, What.CALL, "Backe")]
    sheets = [DaySheet((SHOW_AT + n * DAY).date(), lines if n % 2 else []) for n in range(300)]
    parts = papers_days.parts_of(sheets)
    assert [sum(not sheet.is_free for sheet in part) for part in parts] == [60, 60, 30]
    assert [sheet for part in parts for sheet in part] == sheets


def pdf(answer: Any) -> PdfReader:
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


def tags(read: PdfReader) -> set[str]:
    return kinds(read.trailer["/Root"]["/StructTreeRoot"])


def alternatives(node: Any) -> list[str]:
    """The words that stand for pictures in the tree of tags."""
    node = node.get_object()
    if not isinstance(node, dict):
        return []
    children = node.get("/K", [])
    own = [str(node["/Alt"])] if node.get("/S") == "/Figure" else []
    return own + [
        text
        for child in (children if isinstance(children, list) else [children])
        for text in alternatives(child)
    ]
