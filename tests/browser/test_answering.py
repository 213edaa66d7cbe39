"""An offer is answered on a phone, from the mail, without an account: in two taps, and then it says what comes."""

from collections.abc import Callable

import pytest

from tests.browser.offering import mailed_link
from tests.browser.site import Site, Visitor
from tests.browser.test_pages import PHONE, faults_of

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(visitor: Callable[..., Visitor], site: Site) -> Callable[..., Visitor]:
    """A phone on which the link in the mail has just been opened: the first tap."""

    def opened(count: int = 1) -> Visitor:
        person = visitor(PHONE, "en-GB")
        person.go(mailed_link(site, count))
        return person

    return opened


def tap(person: Visitor, words: str) -> None:
    """One tap on the button or link with these words."""
    target = person.page.locator("main button, main a.btn").filter(has_text=words)
    target.first.click()
    person.page.wait_for_load_state()


def fits(person: Visitor) -> None:
    assert [fault for width in (PHONE, 1360, 320) for fault in faults_of(person, width)] == []
    person.widen(PHONE)


def in_sight(person: Visitor, words: str) -> bool:
    """Whether the button is on the first screen, large enough for a thumb."""
    box = person.page.locator("main button, main a.btn").filter(has_text=words).first.bounding_box()
    assert box
    return box["y"] + box["height"] <= 900 and box["height"] >= 44


def test_yes_is_one_tap_more_and_then_the_calendar_is_offered(phone: Callable[..., Visitor]) -> None:
    person = phone()
    assert in_sight(person, "Yes, we welcome it")
    fits(person)
    tap(person, "Yes, we welcome it")
    assert "comes to you on" in person.page.locator("h1").inner_text()
    assert person.page.get_by_role("heading", name="What happens next").is_visible()
    assert person.page.locator("a[href^=webcal]").first.is_visible()
    with person.page.expect_download() as file:
        tap(person, "Only this visit, as a file")
    assert file.value.suggested_filename.endswith(".ics")
    fits(person)


def test_no_is_one_tap_more_and_a_reason(phone: Callable[..., Visitor]) -> None:
    person = phone()
    tap(person, "No thanks")
    assert in_sight(person, "The day does not suit us.")
    fits(person)
    tap(person, "The day does not suit us.")
    assert "Thank you for your answer" in person.page.locator("h1").inner_text()
    assert person.page.get_by_text("You need not do anything more.").is_visible()
    fits(person)


def test_another_date_is_one_tap_on_a_free_time(phone: Callable[..., Visitor]) -> None:
    person = phone()
    tap(person, "Propose another date")
    times = person.page.locator("button[name=first]")
    assert times.count() > 1
    fits(person)
    times.first.click()
    person.page.wait_for_load_state()
    assert "passed on" in person.page.locator("h1").inner_text()
    assert person.page.get_by_role("heading", name="What happens next").is_visible()
    assert person.page.locator("a[href^=webcal]").is_visible()
    fits(person)


def test_several_are_answered_on_one_page(phone: Callable[..., Visitor]) -> None:
    person = phone(2)
    fits(person)
    choices = person.page.locator("fieldset").all()
    assert len(choices) == 2
    choices[0].locator("label.choice").filter(has_text="Yes").click()
    tap(person, "Send the answers")
    assert person.page.get_by_role("heading", name="What happens next").is_visible()
    assert person.page.locator("a[href^=webcal]").is_visible()
    fits(person)


def test_a_second_tap_on_the_link_says_what_was_answered(phone: Callable[..., Visitor]) -> None:
    person = phone()
    link = person.page.url
    tap(person, "Yes, we welcome it")
    answer = person.page.goto(link)
    assert answer
    assert answer.status == 410
    assert person.page.locator("main h1").inner_text()
