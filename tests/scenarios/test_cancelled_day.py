"""An actor is ill, in a real browser on a telephone: from the board to the day, its other days, and the new offers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.site import Visitor
from tests.browser.test_pages import PRODUCER, RUNNING

pytestmark = pytest.mark.browser

BOARD = f"/turneer/staare-sjunger-{RUNNING}/?visa=avtal"


def test_a_day_is_cancelled_and_its_visits_offered_anew(visitor: Callable[..., Visitor]) -> None:
    person = visitor(390)
    page = person.page
    person.log_in_as(PRODUCER)
    person.go(BOARD)
    day = page.locator(".day", has=page.locator("a[href$='/stall-in/']")).first
    day.locator("summary").click()
    day.locator("a[href$='/stall-in/']").click()
    page.wait_for_url("**/stall-in/")
    address = page.url.removeprefix(person.site.address)
    assert (person.accessibility_faults(), person.sideways()) == ([], [])

    hits = page.locator("fieldset.card")
    expect(hits.first.locator("input[type=radio]").first).to_be_checked()
    page.locator("#id_reason").fill("En skådespelare är sjuk.")
    hits.first.locator("input[type=radio]").nth(1).check()
    chosen = hits.first.locator("input[type=radio]").nth(1).get_attribute("value") or ""
    page.locator("button.btn--danger").click()

    page.wait_for_url("**/?visa=avtal")
    expect(page.locator("#messages .notice--success")).to_be_visible()
    expect(page.locator(f"a[href*='/dag/{chosen[:10]}/stall-in/']")).to_have_count(1)
    person.go(address)
    expect(page.locator(".empty")).to_be_visible()
    assert person.complaints == []
