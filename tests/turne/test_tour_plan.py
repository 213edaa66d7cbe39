"""The tour plan on paper: what stands in it, and a PDF that a screen reader can follow."""

import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import ImageFile
from pypdf import PdfReader

from bookings import planning, running
from tests import factories as make
from tests.agreements import DAY, SHOW_AT, held
from tests.turne.pages import text_of
from tests.world import World
from tours.models import Tour, Wish
from turne.web import paper

pytestmark = pytest.mark.usefixtures("before_the_tour")


@pytest.fixture
def producer(world: World, producer: Client) -> Client:
    """With a plan of the tour."""
    running.run(planning.propose(world.tour, by=world.producer, seconds=1))
    return producer


@pytest.fixture
def on_screen(monkeypatch) -> None:
    """A machine that makes no PDFs."""
    monkeypatch.setattr(paper, "is_available", lambda: False)


def plan(producer: Client, world: World):
    return producer.get(reverse("tour-plan", args=[world.tour.slug]))


def test_every_visit_stands_with_its_address_and_the_night(
    world: World, producer: Client, on_screen: None
) -> None:
    text = text_of(plan(producer, world))
    wishes = [world.wish, world.neighbour_wish, world.school_wish]
    assert [str(wish.organisation) in text and str(wish.venue) in text for wish in wishes] == [True] * 3
    assert "Night: Home" in text


def test_a_plan_that_is_not_adopted_says_so(world: World, producer: Client, on_screen: None) -> None:
    assert "a plan that has not been adopted" in text_of(plan(producer, world))


def test_each_day_drives_the_roads_of_its_day(world: World, producer: Client, on_screen: None) -> None:
    """Straight to Backe it is 90 km until the road closes on the fourth, and 158 over Strömsund from then on."""
    home, backe = world.places["Östersund"], world.places["Backe"]
    make.RoadFactory(start=home, end=backe, km=90, kmh=90, closed_from="02-04", closed_to="03-01")
    Tour.objects.filter(pk=world.tour.pk).update(cost_per_night=20_000)
    Wish.objects.filter(pk=world.neighbour_wish.pk).update(venue=make.VenueFactory(place=backe))
    world.neighbour_wish.refresh_from_db()
    for wish, starts_at in ((world.wish, SHOW_AT), (world.neighbour_wish, SHOW_AT + 2 * DAY)):
        held(world, wish=wish, starts_at=starts_at)
    board, paper = (
        producer.get(f"{reverse(name, args=[world.tour.slug])}?visa=avtal") for name in ("board", "tour-plan")
    )
    ways = dict.fromkeys(re.findall(r"drive to (Backe|Östersund), (\d+)\skm", text_of(board)))
    assert list(ways) == [(place, km) for km in ("90", "158") for place in ("Backe", "Östersund")]
    lines = [line for day in paper.context["days"] for line in day["lines"] if line[2] == "Drive"]
    assert [line[-1].split()[0] for line in lines] == ["90", "90", "158", "158"]


def test_a_day_has_a_line_for_each_drive_and_part_of_a_visit(
    world: World, producer: Client, on_screen: None
) -> None:
    days = plan(producer, world).context["days"]
    played = [[line[2] for line in day["lines"]] for day in days if len(day["lines"]) > 1]
    assert played[0][:4] == ["Drive", "Get-in", "Show", "Get-out"]


def test_a_free_day_is_one_line_without_a_table(world: World, producer: Client, on_screen: None) -> None:
    page = plan(producer, world)
    free = [day for day in page.context["days"] if day["free"]]
    assert free
    assert page.content.decode().count("<table>") == len(page.context["days"]) - len(free)


def test_the_page_leads_back_to_the_board(world: World, producer: Client, on_screen: None) -> None:
    page = plan(producer, world)
    assert reverse("board", args=[world.tour.slug]) in page.context["board_url"]
    assert "Print with the browser" in text_of(page)


def test_without_a_plan_there_is_none(world: World, as_user) -> None:
    assert plan(as_user(world.producer), world).status_code == 404


@pytest.mark.pdf
def test_the_pdf_is_tagged_titled_and_in_its_language(world: World, producer: Client) -> None:
    answer = plan(producer, world)
    read = PdfReader(BytesIO(answer.content))
    root = read.trailer["/Root"]
    assert answer["Content-Type"] == "application/pdf"
    assert (root["/MarkInfo"]["/Marked"], str(root["/Lang"])) == (True, "en")
    assert read.metadata.title == f"{world.tour}: tour plan"
    assert {"/Table", "/TH", "/H1", "/H2"} <= kinds(root["/StructTreeRoot"])


@pytest.mark.pdf
def test_the_pdf_says_what_the_page_says(world: World, producer: Client) -> None:
    read = PdfReader(BytesIO(plan(producer, world).content))
    text = " ".join(page.extract_text() for page in read.pages)
    assert str(world.wish.organisation) in " ".join(text.split())


@pytest.mark.pdf
def test_after_a_pdf_a_picture_that_is_cut_off_is_still_refused(world: World, producer: Client) -> None:
    plan(producer, world)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def kinds(node) -> set[str]:
    """The kinds of structure in the tree of tags."""
    node = node.get_object()
    if not isinstance(node, dict):
        return set()
    children = node.get("/K", [])
    found = {str(node["/S"])} if "/S" in node else set()
    for child in children if isinstance(children, list) else [children]:
        found |= kinds(child)
    return found
