"""The ranking on paper: a row is a line or two, many on a page, and none is cut in two."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.site import Visitor

pytestmark = pytest.mark.browser

RANKING = "/utlysningar/arbetsstipendium-utdelat-pahittat/rangordning/"
#: The demo's five applications, seven times: as many as a call of a region gets.
REPEAT = """() => { const body = document.querySelector(".ranking > tbody"), rows = [...body.children];
  for (let turn = 1; turn < 7; turn++) rows.forEach(row => body.append(row.cloneNode(true))); }"""


def sheets(person: Visitor) -> list[str]:
    paper = person.page.pdf(format="A4", prefer_css_page_size=True)
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(paper)).pages]


@pytest.fixture
def officer(visitor: Callable[..., Visitor]) -> Visitor:
    person = visitor()
    person.log_in_as("Kulturutvecklare")
    person.go(RANKING)
    return person


def test_thirty_five_applications_are_three_sheets_and_no_row_is_cut_in_two(officer: Visitor) -> None:
    """A row begins with its title, (påhittat), and ends with the deviation, σ; the last sheet explains the sign too."""
    officer.page.evaluate(REPEAT)
    found = sheets(officer)
    rows = [(text.count(" av 2"), text.count(", σ ")) for text in found]
    assert (len(found), sum(begun for begun, _ended in rows)) == (3, 35)
    assert [begun for begun, _ended in rows] == [ended for _begun, ended in rows]


def test_what_was_said_is_printed_of_those_that_the_reader_has_opened(officer: Visitor) -> None:
    def said() -> int:
        return sum(text.count("Sammanvägt") for text in sheets(officer))

    closed = said()
    officer.page.locator(".ranking summary").first.click()
    assert (closed, said()) == (0, 1)
