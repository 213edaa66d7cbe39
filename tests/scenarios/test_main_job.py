"""The main job as people do it: from a wish to a calendar, through pages and mail, in a real browser."""

import re
import urllib.request
from collections.abc import Callable
from datetime import date, timedelta

import icalendar
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from bookings.demo.story import half_year
from tests.browser.site import Site, Visitor

pytestmark = pytest.mark.browser

PRODUCER = "Fria gruppen Kvistbrott"
#: It needs so little of a room that it fits this presenter's.
PRODUCTION = "Berättarkväll vid elden"
#: The address is made as in bookings/demo.
PRESENTER_ADDRESS = "arrangor.arrangorsgruppen-snobollen-nalden@demo.turne.example"
PRESENTER_SLUG = "arrangorsgruppen-snobollen-nalden"


def coming_season() -> tuple[date, date]:
    """Playing days of the demo's open season."""
    first = half_year(timezone.localdate())[1]
    return half_year(first + timedelta(days=230))[1:]


def log_in_by_code(person: Visitor, address: str) -> None:
    """As anybody does: an address, a mail, a code."""
    person.go("/konto/logga-in/")
    person.page.fill("input[type=email]", address)
    person.page.locator("main form:has(input[type=email]) button").first.click()
    person.page.wait_for_url("**/konto/logga-in/kod/")
    body = person.site.mail(address, "Turne").get_body(("plain",)).get_content()
    code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", body, re.MULTILINE)[1]
    person.page.fill("input[name=code]", code)
    person.page.locator("main form:has(input[name=code]) button").first.click()
    person.page.wait_for_url("**/min-vecka/")


def wish(person: Visitor) -> None:
    """Rank the production first on the list, for two weeks of the season."""
    person.go("/utbud/")
    person.page.get_by_role("link", name=PRODUCTION).first.click()
    person.page.locator("main a[href*='/onskemal/ny/']").first.click()
    weeks = person.page.locator("input[name=weeks]")
    for number in (7, 8):
        weeks.nth(number).check()
    person.page.locator("input[name=audience][value=public]").check()
    person.page.fill("input[name=audience_expected]", "40")
    person.page.locator("main form button.btn--primary").click()
    person.page.wait_for_url(re.compile(r"/onskemal/(\?|$)"))
    expect(person.page.locator("main")).to_contain_text(PRODUCTION)


def plan(person: Visitor, first: date, last: date) -> None:
    """Make the tour, plan it, wait for the planner, adopt the plan."""
    person.go("/turneer/ny/")
    person.page.select_option("select[name=production]", label=PRODUCTION)
    season = person.page.locator("select[name=season] option").nth(1).get_attribute("value")
    person.page.select_option("select[name=season]", season)
    person.page.fill("input[name=name]", "Vinterturnén")
    person.page.fill("input[name=starts_on]", first.isoformat())
    person.page.fill("input[name=ends_on]", last.isoformat())
    person.page.locator("main form.form button.btn--primary").click()
    person.page.wait_for_url("**/turneer/vinterturnen/")
    person.page.locator("form[action$='/planera/'] button").first.click()
    person.page.locator("form[action$='/anta/'] button").first.click(timeout=40_000)
    expect(person.page.locator("a[href*='/erbjud/'], form[action$='/erbjud/']").first).to_be_visible()


def offer_all(person: Visitor) -> None:
    """Send every held visit's offer."""
    person.go("/turneer/vinterturnen/erbjud/")
    person.page.locator("main form button.btn--primary").click()
    person.page.wait_for_url("**/turneer/vinterturnen/**")


def answer_link(site: Site) -> str:
    """The address in the offer's mail."""
    text = (
        site.mail(PRESENTER_ADDRESS.removeprefix("arrangor."), PRODUCTION).get_body(("plain",)).get_content()
    )
    return re.search(r"http\S+/svar/\S+/", text)[0].removeprefix(site.address)


def say_yes(phone: Visitor, path: str) -> None:
    """Open the mailed link on a phone, and answer with one tap."""
    phone.go(path)
    assert phone.sideways() == []
    phone.page.locator("button[value=confirm]").click()
    phone.page.wait_for_url("**/klart/")


def feed_of(site: Site, slug: str) -> icalendar.Calendar:
    """The presenter's public calendar, as a calendar program fetches it."""
    with urllib.request.urlopen(f"{site.address}/ical/arrangor/{slug}.ics", timeout=10) as answer:  # noqa: S310
        return icalendar.Calendar.from_ical(answer.read())


def test_from_a_wish_to_the_calendar(visitor: Callable[..., Visitor], site: Site) -> None:
    first, last = coming_season()
    presenter, producer, phone = visitor(), visitor(), visitor(390)
    log_in_by_code(presenter, PRESENTER_ADDRESS)
    wish(presenter)
    producer.log_in_as(PRODUCER)
    plan(producer, first + timedelta(days=20), last - timedelta(days=20))
    offer_all(producer)
    say_yes(phone, answer_link(site))
    producer.go("/turneer/vinterturnen/?visa=avtal")
    expect(producer.page.locator(".confirmed").first).to_be_attached()
    events = [e for e in feed_of(site, PRESENTER_SLUG).walk("VEVENT") if PRODUCTION in e["SUMMARY"]]
    assert [event["STATUS"] for event in events] == ["CONFIRMED"]
