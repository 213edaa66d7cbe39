"""The producer's board as a tool, in a real browser: plan, drag over a rule, undo, lock, plan again, adopt."""

from collections.abc import Callable
from io import BytesIO
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from tests.browser.site import Visitor
from tests.browser.test_pages import COMING, PRODUCER

pytestmark = pytest.mark.browser

BOARD = f"/turneer/trumman-och-tystnaden-{COMING}/"


def planned(person: Visitor, meanwhile: str = "") -> None:
    """Ask for a plan of ten seconds, stop it after two, and have its board with stops that can be taken.

    Args:
        meanwhile: a script that runs while the planner is at work.
    """
    person.go(BOARD)
    person.page.locator("form[action$='/planera/'] button").first.click()
    expect(person.page.locator(".progress")).to_contain_text(" av 10 s", timeout=20_000)
    if meanwhile:
        person.page.evaluate(meanwhile)
    person.page.locator("form[action$='/stoppa/'] button").click()
    person.page.wait_for_selector(".board[data-hand]", timeout=30_000)


def stop(person: Visitor, number: int) -> Locator:
    """A stop that can be moved, by its place on the board."""
    return person.page.locator(".visit[data-candidate]").nth(number)


def drag(person: Visitor, what: Locator, hours: float) -> None:
    """Take a stop by mouse and carry it so many hours to the right; it is not let go."""
    bar = what.locator(".onsite")
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    track = what.locator("xpath=..").bounding_box()
    board = person.page.locator(".board")
    first, last = (int(board.get_attribute(name) or 0) for name in ("data-first", "data-last"))
    assert track is not None
    person.page.mouse.move(x, y)
    person.page.mouse.down()
    person.page.mouse.move(x + hours * 60 / (last - first) * track["width"], y, steps=8)


def test_a_run_is_followed_while_it_works(visitor: Callable[..., Visitor]) -> None:
    person = visitor()
    page = person.page
    person.log_in_as(PRODUCER)
    person.go(BOARD)
    page.locator("form[action$='/planera/'] button").first.click()
    expect(page.locator(".chip[aria-current]")).to_contain_text("%", timeout=20_000)
    expect(page.locator(".progress .muted")).to_be_visible()
    first = page.locator("#board-totals").inner_text()
    expect(page.locator("#board-totals")).not_to_have_text(first, timeout=12_000)
    page.locator("form[action$='/stoppa/'] button").click()
    page.wait_for_selector(".board[data-hand]", timeout=30_000)
    assert person.complaints == []


def test_parts_that_take_a_place_carry_no_style_over(visitor: Callable[..., Visitor]) -> None:
    person = visitor()
    person.log_in_as(PRODUCER)
    planned(person, "document.querySelectorAll('[id]').forEach(part => part.style.color = '')")
    assert person.complaints == []


def test_on_a_phone_one_week_is_open_and_an_address_opens_its_own(visitor: Callable[..., Visitor]) -> None:
    person = visitor(390)
    page = person.page
    person.log_in_as(PRODUCER)
    planned(person)
    open_now = "weeks => weeks.map((week, i) => week.open ? i : -1).filter(i => i >= 0)"
    weeks = page.locator("details.board-week")
    assert weeks.evaluate_all(open_now) == [0]
    tools = weeks.last.locator("[id^=stopp-]").first
    person.go(f"{BOARD}?{urlsplit(page.url).query}&fran=lank#{tools.get_attribute('id')}")
    assert weeks.evaluate_all(open_now) == [0, weeks.count() - 1]
    expect(tools).to_be_in_viewport()
    page.emulate_media(media="print")
    expect(page.locator("details.board-week:not([open])")).to_have_count(0)


def test_a_tour_of_six_weeks_is_a_few_sheets_of_upright_paper_and_no_line_is_alone_on_the_last(
    visitor: Callable[..., Visitor],
) -> None:
    person = visitor()
    person.log_in_as(PRODUCER)
    person.go(BOARD)
    sheets = [sheet.extract_text() for sheet in PdfReader(BytesIO(person.page.pdf(format="A4"))).pages]
    assert (len(sheets) <= 6, "Kommungränser" in sheets[-1], "Exempeldata" in sheets[-1]) == (
        True,
        True,
        True,
    )


def test_an_address_that_names_nothing_folds_the_weeks_all_the_same(visitor: Callable[..., Visitor]) -> None:
    """A cut-off address ends in a sign that is none."""
    person = visitor(390)
    person.log_in_as(PRODUCER)
    person.go(f"{BOARD}#besok-w1%")
    person.page.set_viewport_size({"width": 1360, "height": 900})
    expect(person.page.locator("details.board-week:not([open])")).to_have_count(0)
    assert person.complaints == []


@pytest.mark.parametrize("width", [1360, 1000])
def test_a_visits_times_are_seen_whole_however_little_room_there_is(
    visitor: Callable[..., Visitor], width: int
) -> None:
    person = visitor(width)
    person.log_in_as(PRODUCER)
    person.go(BOARD)
    cut = """names => names.filter(name => {
        const times = name.querySelector('.times'), room = name.getBoundingClientRect();
        return times.getBoundingClientRect().right > room.right || name.scrollWidth > name.clientWidth;
    }).map(name => name.textContent)"""
    assert person.page.locator(".visit-name").evaluate_all(cut) == []


def test_the_board_as_a_tool(visitor: Callable[..., Visitor]) -> None:
    person = visitor()
    page = person.page
    person.log_in_as(PRODUCER)
    planned(person)

    taken = stop(person, 3)
    name = taken.get_attribute("data-candidate")
    before = page.url
    drag(person, taken, 9)
    expect(page.locator("#trial")).to_contain_text("Bryter")
    expect(page.locator("#trial-said")).to_contain_text("Bryter")
    assert page.url == before, "nothing is written before it is let go"
    page.mouse.up()
    page.wait_for_url(f"**#besok-{name}")
    expect(page.locator(".notice--error").first).to_contain_text("kan inte antas")
    expect(page.locator("form[action$='/anta/']")).to_have_count(0)

    page.get_by_role("link", name="Ångra flytten").click()
    page.wait_for_url(before)
    expect(page.locator("form[action$='/anta/']")).to_have_count(1)

    page.locator(f"#besok-{name}").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#trial-said")).not_to_be_empty()
    page.keyboard.press("Escape")
    expect(page.locator("#trial")).to_be_hidden()

    page.locator(f"#besok-{name}").evaluate(
        "link => link.closest('.day').querySelector('details').open = true"
    )
    page.locator(f"#stopp-{name} button", has_text="Lås").click()
    expect(page.locator(f"#stopp-{name}")).to_contain_text("Låst till")
    expect(page.locator("form[action$='/anta/']")).to_have_count(1)

    page.locator("button[name=nara]").click()
    page.locator("form[action$='/stoppa/'] button").click(timeout=20_000)
    page.locator("form[action$='/anta/'] button").click(timeout=40_000)
    expect(page.locator("a[href*='/erbjud/']").first).to_be_visible()
    assert person.complaints == []
