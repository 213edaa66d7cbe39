"""Subscribing in a real browser: the preview follows what is chosen, the list stands elsewhere, nothing is blocked."""

import re
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.browser.site import Site, Visitor
from tests.browser.test_pages import NARROW, PHONE, PRESENTER, WIDE, faults_of

pytestmark = pytest.mark.browser

REGION = "/prenumerera/?vad=region"


class OtherSite(BaseHTTPRequestHandler):
    """A page of somebody else's with the list in it."""

    framed = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f'<link rel="icon" href="data:,"><iframe id="list" src="{self.framed}">'.encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def other_site(site: Site) -> Iterator[str]:
    """Where that page is."""
    OtherSite.framed = f"{site.address}/lista/region/jamtland-harjedalen/"
    with ThreadingHTTPServer(("127.0.0.1", 0), OtherSite) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_the_preview_follows_what_is_chosen(visitor: Callable[..., Visitor], width: int) -> None:
    person = visitor(width, "en-GB")
    person.go(REGION)
    rows = person.page.locator("#chosen .rows li")
    everything = rows.count()
    person.page.locator(".narrow > summary").click()
    person.page.locator("[name=audience][value=school]").check()
    person.page.wait_for_url("**audience=school**")
    person.page.wait_for_selector("#chosen input[value*='audience=school']")
    assert everything > 0
    assert all("school" in text for text in rows.all_inner_texts())
    assert [fault for at in (width, NARROW) for fault in faults_of(person, at)] == []


def test_what_is_typed_is_followed_too(visitor: Callable[..., Visitor]) -> None:
    person = visitor(WIDE, "en-GB")
    person.go(REGION)
    person.page.locator(".narrow > summary").click()
    person.page.locator("[name=age]").press_sequentially("120")
    person.page.wait_for_selector("#chosen input[value*='age=120']")
    person.page.locator("[name=age]").press_sequentially("x")
    person.page.wait_for_selector("#chosen .notice--error")
    person.page.go_back()
    person.page.wait_for_selector("#feed-address")
    assert person.complaints == []


def test_without_script_the_button_does_the_same(browser, site) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(site.address + REGION)
    page.locator(".narrow > summary").click()
    page.locator("[name=audience][value=school]").check()
    page.get_by_role("button", name="Show the calendar").click()
    assert page.locator("#feed-address").input_value().endswith("?audience=school")
    context.close()


@pytest.mark.parametrize(
    "path", ["/prenumerera/blad/?vad=region", "/lista/region/jamtland-harjedalen/", "/kommun/ostersund/"]
)
def test_its_other_pages_are_accessible_and_fit(visitor: Callable[..., Visitor], path: str) -> None:
    person = visitor(WIDE, "sv-SE")
    person.go(path)
    assert [fault for at in (WIDE, PHONE, NARROW) for fault in faults_of(person, at)] == []


@pytest.mark.parametrize("narrowed", ["", "&art_form=theatre,dance&audience=public&grade=4-6&age=7&spans=1"])
def test_the_sheet_is_one_page_of_paper(visitor: Callable[..., Visitor], narrowed: str) -> None:
    person = visitor(WIDE, "sv-SE")
    person.go(f"/prenumerera/blad/?vad=region{narrowed}")
    paper = person.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_the_data_for_search_engines_is_not_blocked(visitor: Callable[..., Visitor]) -> None:
    person = visitor(WIDE, "sv-SE")
    person.go("/prenumerera/?vad=region&audience=public,family")
    person.go(str(person.page.locator("#chosen .row-title a").first.get_attribute("href")))
    told = person.page.locator("script[type='application/ld+json']").text_content()
    assert person.page.evaluate("text => JSON.parse(text)['@context']", told) == "https://schema.org"
    assert person.complaints == []


def test_the_list_stands_in_another_site(visitor: Callable[..., Visitor], other_site: str) -> None:
    person = visitor(WIDE, "sv-SE")
    person.page.goto(other_site)
    assert person.page.frame_locator("#list").locator("li a").first.get_attribute("target") == "_blank"
    assert (person.page.context.cookies(), person.complaints) == ([], [])


def test_a_private_link_is_changed_and_given_anew(visitor: Callable[..., Visitor]) -> None:
    person = visitor(PHONE, "en-GB")
    person.log_in_as(PRESENTER)
    person.go("/prenumerera/privat/")
    person.page.locator("[name=name]").fill("Kiosken")
    person.page.locator("form.form button").click()
    first = person.page.locator("#feed-address").input_value()
    row = person.page.locator(".rows li", has_text="Kiosken").first
    row.get_by_role("link").click()
    person.page.locator(".narrow > summary").click()
    assert faults_of(person, PHONE) == []
    person.page.locator("[name=held][value='0']").check()
    person.page.locator("form.form button").click()
    row.locator("summary").first.click()
    row.locator("form button").first.click()
    assert person.page.locator("#feed-address").input_value() != first
    assert faults_of(person, PHONE) == []
