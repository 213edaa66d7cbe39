"""What a producer sees of a tour's preparations, and the producer's own checklist."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from bookings import lifecycle
from bookings.models import OwnItem
from tests.agreements import DAY, NOW, offered
from tests.checklists import prepared, settle, template
from tests.world import World

pytestmark = pytest.mark.usefixtures("before_the_tour")
OWN = "/checklista/"
ITEM = {"text": "Filter", "phase": "before", "who": "presenter", "due_days": "-7", "production": ""}


def names(page: Any) -> list[str]:
    return [str(row["booking"].presenter) for row in page.context["rows"]]


@pytest.fixture
def tour_page(world: World) -> str:
    """Two confirmed visits: the presenter's on 3 February, and the school's on the 2nd."""
    booking = prepared(world)
    other = offered(world, wish=world.school_wish, starts_at=booking.starts_at - DAY)
    lifecycle.confirm(other, by=world.producer, now=NOW)
    for key in ("times", "heated", "guide"):
        settle(other, key, by=world.producer)
    return reverse("tour-advancing", args=[world.tour.slug])


class TestTheTour:
    def test_what_is_left_first(self, world: World, en: Any, tour_page: str) -> None:
        page = en(world.producer).get(tour_page)
        assert names(page) == ["Backe bygdegård"]
        assert [(row["count"], row["left"]) for row in page.context["rows"]] == [
            ("0 of 2", "next by Wed 13 Jan")
        ]

    def test_all_the_nearest_first(self, world: World, as_user: Any, tour_page: str) -> None:
        client = as_user(world.producer)
        assert names(client.get(tour_page, {"visa": "alla"})) == ["Krokoms skola", "Backe bygdegård"]
        assert names(client.get(tour_page, {"visa": "klara"})) == ["Krokoms skola"]

    def test_what_is_late_is_marked(self, world: World, en: Any, tour_page: str, later: Any) -> None:
        later(NOW + timedelta(days=28))
        (row,) = en(world.producer).get(tour_page).context["rows"]
        assert (row["is_late"], row["left"]) == (True, "1 late")

    def test_one_that_has_no_list_says_so(self, world: World, en: Any) -> None:
        lifecycle.confirm(offered(world), by=world.producer, now=NOW)
        (row,) = en(world.producer).get(reverse("tour-advancing", args=[world.tour.slug])).context["rows"]
        assert (row["state"], row["left"]) == ("confirmed", "no list yet")

    def test_the_board_leads_there(self, world: World, as_user: Any, tour_page: str) -> None:
        board = as_user(world.producer).get(reverse("board", args=[world.tour.slug]))
        assert tour_page in board.content.decode()

    def test_nothing_confirmed_leads_to_the_board(self, world: World, en: Any) -> None:
        page = en(world.producer).get(reverse("tour-advancing", args=[world.tour.slug]))
        assert "No confirmed visit ahead" in page.content.decode()


class TestTheOwnList:
    def test_an_item_is_added(self, world: World, en: Any) -> None:
        page = en(world.producer).post(OWN, ITEM, follow=True)
        assert [own.text for own in page.context["added"]] == ["Filter"]

    def test_a_double_click_adds_it_once(self, world: World, en: Any) -> None:
        client = en(world.producer)
        for _click in (1, 2):
            client.post(OWN, {**ITEM, "click": "a"})
        assert OwnItem.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "field"), [({"text": ""}, "text"), ({"due_days": "7"}, "due_days"), ({"who": "x"}, "who")]
    )
    def test_what_is_wrong_stands_beside_its_field(
        self, world: World, as_user: Any, changes: dict[str, str], field: str
    ) -> None:
        response = as_user(world.producer).post(OWN, {**ITEM, **changes})
        assert (response.status_code, list(response.context["form"].errors)) == (422, [field])

    def test_left_out_for_one_production_and_taken_in_again(self, world: World, en: Any) -> None:
        template(world)
        client = en(world.producer)
        client.post(reverse("own-leave-out", args=["times"]), {"produktion": world.production.slug})
        own = OwnItem.objects.get()
        assert (own.production, own.key) == (world.production, "times")
        every = client.get(OWN).context["items"]
        of_one = client.get(OWN, {"produktion": world.production.slug}).context["items"]
        assert (every[0]["left_out"], of_one[0]["left_out"]) == (None, own)
        client.post(reverse("own-take-back", args=[own.pk]))
        assert not OwnItem.objects.exists()

    def test_what_all_leave_out_is_said_at_one(self, world: World, as_user: Any) -> None:
        template(world)
        client = as_user(world.producer)
        client.post(reverse("own-leave-out", args=["times"]))
        of_one = client.get(OWN, {"produktion": world.production.slug}).context["items"]
        assert of_one[0]["is_elsewhere"] is True

    def test_what_the_region_has_not(self, world: World, en: Any) -> None:
        page = en(world.producer).post(reverse("own-leave-out", args=["juggling"]), follow=True)
        assert [str(m) for m in page.context["messages"]] == ["The region's checklist has no such item."]
