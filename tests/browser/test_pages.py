"""Every page, seen by the people it is for: no fault that axe can find, nothing blocked, no sideways scroll.

On a phone no table hides its columns either.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.text import slugify

from bookings.demo.story import half_year
from tests.browser.site import Visitor
from venues.models.school_years import school_year_of

pytestmark = pytest.mark.browser

PRODUCER = "Exempelscenen Jämtland Härjedalen"
PRESENTER = "Bygdescen Ripan, Östersund"
SCHOOL = "Lavskriksskolan, Östersund"
OFFICER = "Kulturutvecklare"
ADMINISTRATOR = "Administratör"
#: What stands beside their buttons in English, where it is another word.
IN_ENGLISH = {OFFICER: "Culture officer", ADMINISTRATOR: "Administrator"}
TUESDAY = 1

#: The demo's seasons depend on the day.
_NAME, _FIRST, _LAST = half_year(timezone.localdate())
RUNNING, COMING = slugify(_NAME), slugify(half_year(_FIRST + timedelta(days=230))[0])
SCHOOL_YEAR = school_year_of(timezone.localdate())
#: A working day of the demo's coming tour, in most weeks with visits.
COMING_DAY = next(
    day
    for day in (timezone.localdate() + timedelta(days=ahead) for ahead in range(7, 14))
    if day.weekday() == TUESDAY
)

#: Who -> the addresses that they use. "" is somebody who has not logged in.
PAGES = {
    "": [
        "/",
        "/kalender/",
        "/kalender/?vy=lista",
        "/kalender/?vy=vecka",
        "/karta/",
        "/utbud/",
        "/utbud/{coming}/trumman-och-tystnaden/",
        "/prenumerera/",
        "/prenumerera/?vad=kommun&vilken=krokom&audience=school",
        "/kommun/krokom/",
        "/tillganglighet/",
        "/om-uppgifterna/",
        "/konto/logga-in/",
        "/api/v1/docs/",
    ],
    PRODUCER: [
        "/min-vecka/",
        "/turneer/",
        "/turneer/trumman-och-tystnaden-{coming}/",
        "/turneer/trumman-och-tystnaden-{coming}/andra/",
        "/turneer/trumman-och-tystnaden-{coming}/planer/",
        "/turneer/trumman-och-tystnaden-{coming}/priser/",
        "/turneer/trumman-och-tystnaden-{coming}/jamfor/",
        "/turneer/trumman-och-tystnaden-{coming}/pa-vagen/?dag=2027-02-09",
        "/turneer/staare-sjunger-{running}/",
        "/turneer/staare-sjunger-{running}/erbjudanden/",
        "/turneer/staare-sjunger-{running}/skede/",
        "/turneer/staare-sjunger-{running}/dag/{coming_day}/stall-in/",
        "/turneer/trumman-och-tystnaden-{running}/avrakning/",
        "/bidrag/?turne=trumman-och-tystnaden-{running}",
        "/turneer/staare-sjunger-{running}/forberedelser/",
        "/checklista/",
        "/turneer/ny/",
        "/turneplan/{coming}/",
        "/matchning/{coming}/trumman-och-tystnaden/",
        "/repertoar/",
        "/repertoar/trumman-och-tystnaden/",
        "/andringar/",
        "/utskick/",
        "/vagar/",
        "/sovplatser/",
        "/lokaler/",
    ],
    PRESENTER: [
        "/min-vecka/",
        "/inkorg/",
        "/inkorg/svara/",
        "/onskemal/",
        "/onskemal/ny/?produktion=vinterns-latar",
        "/bidrag/",
        "/lokaler/",
        "/egna-kalendrar/",
        "/prenumerera/privat/",
        "/konto/",
    ],
    SCHOOL: [
        "/min-vecka/",
        "/inkorg/",
        "/onskemal/",
        "/lasar/",
        "/skola/lavskriksskolan-ostersund/hem/",
        "/skola/lavskriksskolan-ostersund/grupper/",
    ],
    OFFICER: ["/min-vecka/", "/uppfoljning/", "/personer/", "/repertoar/", "/lasar/", "/skolor/register/"],
    ADMINISTRATOR: [
        "/min-vecka/",
        "/personer/exempelscenen/",
        "/utskick/",
        "/skolor/register/fil/",
        "/skolor/register/enhet/videskolan-krokom/",
        "/lasar/kommun/krokom/{school_year}/",
        "/lasar/kommun/krokom/{school_year}/andra/",
        "/lasar/kommun/krokom/{school_year}/importera/",
    ],
}
#: What a page draws by script after it has loaded; to look earlier is to look at nothing.
DRAWN_LATER = {"/api/v1/docs/": ".opblock"}
WIDE, PHONE, NARROW = 1360, 390, 320
#: In which language, and how wide: a window that gets narrower shows the same page.
VIEWS = [("sv-SE", (WIDE, PHONE)), ("en-GB", (NARROW,))]


def enter(person: Visitor, who: str, language: str) -> None:
    """Log in as one of those above."""
    person.log_in_as(IN_ENGLISH.get(who, who) if language == "en-GB" else who)


def faults_of(person: Visitor, width: int) -> list[str]:
    """What is wrong with the page in a window of that width."""
    person.widen(width)
    found = [*person.complaints, *person.accessibility_faults(), *person.sideways()]
    if width == PHONE:
        found += [f"columns out of sight: {table}" for table in person.hidden_columns()]
    return found


@pytest.mark.parametrize(("language", "widths"), VIEWS)
@pytest.mark.parametrize("who", PAGES)
def test_pages_are_accessible_and_fit(
    visitor: Callable[..., Visitor], who: str, language: str, widths: tuple[int, ...]
) -> None:
    person = visitor(widths[0], language)
    if who:
        enter(person, who, language)
    faults: dict[tuple[str, int], list[str]] = {}
    for path in PAGES[who]:
        person.complaints.clear()
        person.widen(widths[0])
        person.go(path.format(running=RUNNING, coming=COMING, coming_day=COMING_DAY, school_year=SCHOOL_YEAR))
        if path in DRAWN_LATER:
            person.page.wait_for_selector(DRAWN_LATER[path])
        faults |= {(path, width): found for width in widths if (found := faults_of(person, width))}
    assert faults == {}


@pytest.mark.parametrize("who", PAGES)
@pytest.mark.parametrize("language", ["sv-SE", "en-GB"])
def test_the_bar_takes_one_line_at_every_width(
    visitor: Callable[..., Visitor], who: str, language: str
) -> None:
    person = visitor(WIDE, language)
    if who:
        enter(person, who, language)
    else:
        person.go("/kalender/")
    widths = range(NARROW, WIDE + 1, 40)
    assert [width for width in widths if person.widen(width) or person.bar_lines() != 1] == []


def test_on_a_phone_a_school_has_one_line_of_links(visitor: Callable[..., Visitor]) -> None:
    """The section's are in the menu then, and the page that one is on is in sight."""
    person = visitor(PHONE, "sv-SE")
    person.log_in_as(SCHOOL)
    person.go("/skola/lavskriksskolan-ostersund/dagar/")
    lines = person.page.locator(".one-line:visible")
    assert lines.count() == 1
    tops = lines.locator("a").evaluate_all("links => new Set(links.map(link => link.offsetTop)).size")
    here = lines.locator("[aria-current]").bounding_box()
    assert here is not None
    assert (tops, 0 <= here["x"] <= PHONE - here["width"]) == (1, True)
    person.page.locator(".bar-menu summary").click()
    assert person.page.locator(".bar-section a:visible").count() > 1
    person.widen(WIDE)
    assert lines.count() == 2
