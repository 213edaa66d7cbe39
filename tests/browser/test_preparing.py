"""A visit is prepared on a phone: found in the tour's list, ticked by one tap, and its day opened."""

from collections.abc import Callable

import pytest

from tests.browser.site import Visitor
from tests.browser.test_pages import PHONE, PRODUCER, RUNNING, faults_of

pytestmark = pytest.mark.browser


@pytest.fixture
def producer(visitor: Callable[..., Visitor]) -> Visitor:
    """On the page of the first visit of the demo's coming tour, whatever it has left."""
    person = visitor(PHONE, "en-GB")
    person.log_in_as(PRODUCER)
    person.go(f"/turneer/staare-sjunger-{RUNNING}/forberedelser/?visa=alla")
    person.page.locator(".row-title a").first.click()
    person.page.wait_for_url("**/forberedelser/")
    return person


def test_one_tap_ticks_and_another_opens_again(producer: Visitor) -> None:
    ticks = producer.page.locator("#phase-day ~ .checks .tick")
    was = ticks.first.get_attribute("aria-pressed")
    for _tap in (1, 2):
        ticks.first.click()
        producer.page.wait_for_selector(".messages .notice")
        now = ticks.first.get_attribute("aria-pressed")
        assert now != was
        was = now


@pytest.mark.parametrize("link", ["", "The day itself", "Note, or does not apply", "Tell more"])
def test_its_pages_are_accessible_and_fit(producer: Visitor, link: str) -> None:
    if link:
        producer.page.get_by_role("link", name=link).first.click()
        producer.page.wait_for_load_state()
    assert [fault for width in (1360, PHONE, 320) for fault in faults_of(producer, width)] == []


def test_what_calendars_say_is_told_on_a_phone(producer: Visitor) -> None:
    page = producer.page
    page.locator("a[href$='/kalendern/']").click()
    page.get_by_label("Captions").check()
    page.get_by_label("Link to the stream").fill("https://play.example.org/staare")
    assert [fault for width in (1360, PHONE, 320) for fault in faults_of(producer, width)] == []
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/forberedelser/")
    assert page.locator("section:has(#showing)").get_by_role("link", name="play.example.org").is_visible()
