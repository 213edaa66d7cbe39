"""A new school's way: from the register over the allotment to a visit that a crew hosts and classes evaluate."""

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from django.utils.text import slugify

from bookings.demo.story import half_year
from tests.browser.schooling import CLASSES, NewSchools
from tests.browser.site import Site, Visitor
from tests.browser.test_pages import COMING, OFFICER, PHONE, PRODUCER, WIDE, faults_of
from venues.models.school_years import school_year_of
from venues.school_confirming import year_to_confirm

pytestmark = pytest.mark.browser

#: The school year that is confirmed today, and that of the demo's coming season: one, but for some months.
_FIRST = half_year(timezone.localdate())[1]
_COMING = school_year_of(half_year(_FIRST + timedelta(days=230))[1])
SCHOOL_YEARS = sorted({year_to_confirm(timezone.localdate()), _COMING})
STAARE, TRUMMAN = "Staare sjunger", "Trumman och tystnaden"
#: For the worker of a busy machine.
PATIENCE_MS = 90_000


def looks_right(person: Visitor, name: str) -> None:
    """Nothing is wrong with the page, wide or on a phone."""
    assert {width: found for width in (WIDE, PHONE) if (found := faults_of(person, width))} == {}, name
    person.widen(WIDE)


def press(person: Visitor, button: str) -> None:
    """Press the first button that a selector finds, and wait for the page that follows."""
    with person.page.expect_navigation():
        person.page.locator(button).first.click()


def choose_only(person: Visitor, name: str, *words: str) -> None:
    """Of the checkboxes of a field only those whose label has one of the words."""
    for choice in person.page.locator(f"label:has(input[name={name}])").all():
        told = choice.inner_text().strip()
        choice.locator("input").set_checked(any(re.match(rf"{word}\b", told) for word in words))


def import_register(officer: Visitor, new: NewSchools) -> tuple[str, str]:
    """The file is looked at and imported; the slugs of both schools."""
    page = officer.page
    officer.go("/skolor/register/fil/")
    page.set_input_files(
        "input[type=file]", {"name": "register.csv", "mimeType": "text/csv", "buffer": new.file}
    )
    press(officer, "main form .btn--primary")
    assert page.get_by_text(new.far_name).first.is_visible()
    looks_right(officer, "comparison")
    press(officer, "form:has([name=held]) button")
    links = [page.get_by_role("link", name=name).first for name in (new.name, new.far_name)]
    slugs = [str(link.get_attribute("href")).rstrip("/").rsplit("/")[-1] for link in links]
    return slugs[0], slugs[1]


def enter_as_contact(contact: Visitor, site: Site, slug: str, name: str) -> None:
    """Log in as the contact of the school, who has been let in."""
    site.does(f"from tests.browser.schooling import make_contact; make_contact({slug!r})")
    contact.log_in_as(name)


def write_groups(contact: Visitor, school: str, year: int) -> None:
    """A table is pasted, looked at and saved."""
    contact.go(f"{school}grupper/skriv/?ar={year}")
    contact.page.locator("details:has([name=table]) > summary").click()
    contact.page.fill("[name=table]", "\n".join(";".join(map(str, row)) for row in CLASSES))
    press(contact, "form:has([name=table]) button")
    press(contact, "form:has([name=rad-TOTAL_FORMS]) .btn--primary")
    assert [contact.page.get_by_role("rowheader", name=name).count() for name, *_rest in CLASSES] == [1] * 4


def write_hours_and_room(contact: Visitor, school: str) -> None:
    """Monday's hours for all days; a room of which nothing else is told."""
    contact.go(f"{school}tider/")
    for part, clock in {
        "starts": "08:15",
        "ends": "14:30",
        "lunch_starts": "11:00",
        "lunch_ends": "12:00",
    }.items():
        contact.page.fill(f"[name=d0-{part}]", clock)
    press(contact, "button[name=alike]")
    assert contact.page.input_value("[name=d4-ends]") == "14:30"
    looks_right(contact, "hours")
    contact.go(f"{school}salar/")
    contact.page.fill("main [name=name]", "Aulan")
    press(contact, "main form .btn--primary")
    looks_right(contact, "rooms")


def confirm_the_year(contact: Visitor, school: str) -> None:
    """One button."""
    contact.go(f"{school}bekrafta/")
    looks_right(contact, "confirm")
    press(contact, "main form .btn--primary")
    assert contact.page.locator(".messages .notice").is_visible()
    assert contact.page.locator(".rows a[href$='/bekrafta/']").count() == 0


def answer_for_grades(contact: Visitor, school: str) -> None:
    """From the school's page: both grades stay at home, and one pupil needs a place for a wheelchair."""
    page = contact.page
    contact.go(f"{school}hem/")
    looks_right(contact, "school home")
    press(contact, ".rows a[href*='/tilldelning/']")
    for grade in ("2", "5"):
        page.check(f"[name=ak-{grade}-stays]")
    page.locator("details:has([name=ak-5-wheelchair]) > summary").click()
    page.fill("[name=ak-5-wheelchair]", "1")
    looks_right(contact, "grade answers")
    press(contact, "main form .btn--primary")
    assert page.locator(".messages .notice").is_visible()
    contact.go(f"{school}hem/")
    assert page.locator(".rows a[href*='/tilldelning/']").count() == 0


def make_allotment(officer: Visitor, name: str) -> str:
    """Two productions for two grades of one municipality; its address."""
    page = officer.page
    officer.go(f"/tilldelning/sasong/{COMING}/ny/")
    page.fill("[name=name]", name)
    choose_only(officer, "municipalities", "Krokom")
    choose_only(officer, "grades", "2", "5")
    choose_only(officer, "productions", STAARE, TRUMMAN)
    page.check("[name=unknown_fits]")
    page.locator("details:has([name=seconds]) > summary").click()
    page.fill("[name=seconds]", "3")
    looks_right(officer, "allotment form")
    press(officer, "main form .btn--primary")
    return page.url.removeprefix(officer.site.address)


def compute(officer: Visitor, allotment: str, new: NewSchools) -> None:
    """The worker looks for a plan; the page tells whom it reaches and whom not, and why."""
    page = officer.page
    press(officer, "form[action$='/berakna/'] button")
    page.wait_for_selector("a[href*='vy=saknas']", timeout=PATIENCE_MS)
    looks_right(officer, "workbench")
    officer.go(f"{allotment}?vy=saknas")
    row = page.get_by_role("row").filter(has_text=new.far_name)
    assert row.count() == 1
    assert page.get_by_role("row").filter(has_text=new.name).count() == 0
    looks_right(officer, "not reached")


def change_by_hand(officer: Visitor, allotment: str, new: NewSchools) -> str:
    """Grade 5 is tried with the other production, with figures at once, and decided so; its title."""
    page = officer.page
    officer.go(f"{allotment}?vy=skolor&q={quote(new.name)}")
    looks_right(officer, "schools and grades")
    press(officer, "tbody th a[href$='/5/']")
    choice = page.locator("select[name=production]")
    chosen = choice.locator("option:checked").inner_text()
    other = STAARE if chosen.startswith(TRUMMAN) else TRUMMAN
    choice.select_option(label=other)
    page.wait_for_selector("#trial .trial-figures")
    assert other in page.locator("#trial .trial-head").inner_text()
    looks_right(officer, "grade by hand")
    press(officer, "button[name=step][value=choose]")
    assert other in page.locator(".facts").first.inner_text()
    return other


def publish(officer: Visitor, allotment: str) -> None:
    """The schools are told, and each production has a tour to plan."""
    officer.go(allotment)
    press(officer, "form[action$='/publicera/'] button")
    assert officer.page.locator("form[action$='/ta-tillbaka/']").is_visible()
    looks_right(officer, "published")


def find_the_wish(producer: Visitor, production: str, new: NewSchools) -> None:
    """It stands at the draft tour of the production, with its school."""
    producer.go(f"/turneer/{slugify(production)}-{COMING}/")
    looks_right(producer, "draft tour")
    press(producer, ".page-head .actions a[href*='/matchning/']")
    assert producer.page.locator("td > strong", has_text=new.name).is_visible()
    looks_right(producer, "wishes")


def welcome(contact: Visitor, school: str) -> str:
    """The contact says yes from the school's page; the groups and times stand at the visit. Its address."""
    page = contact.page
    contact.go(f"{school}hem/")
    press(contact, ".rows a[href^='/bokning/']")
    press(contact, "form[action$='/confirm/'] button")
    told = page.locator("section[aria-labelledby=groups]").inner_text()
    assert [name in told for name in ("5A", "5B", "5C")] == [True] * 3
    assert re.search(r"\d\d[.:]\d\d–\d\d[.:]\d\d", told)
    looks_right(contact, "visit")
    return page.url.removeprefix(contact.site.address)


def crew_takes(contact: Visitor, visit: str) -> str:
    """The school makes a crew, which hosts the visit; the path of its class link."""
    page = contact.page
    contact.go("/crew/ny/")
    for name, value in {"name": "Ugglorna", "pupils_count": "6", "mentors_count": "1"}.items():
        page.fill(f"main [name={name}]", value)
    press(contact, "main form .btn--primary")
    crew = page.url
    contact.go(visit)
    press(contact, "form[action$='/ta/'] button")
    looks_right(contact, "crew tasks")
    page.goto(crew)
    press(contact, "form[action$='/lank/'] button")
    looks_right(contact, "crew")
    return page.input_value("#crew-address").removeprefix(contact.site.address)


def crew_ticks(phone: Visitor, link: str) -> None:
    """Without an account the crew finds its tasks and ticks one."""
    page = phone.page
    phone.go(link)
    looks_right(phone, "crew link")
    press(phone, "main a[href*='/besok/']")
    assert page.locator(".tick[aria-pressed=true]").count() == 0
    press(phone, ".checks .tick")
    assert page.locator(".tick[aria-pressed=true]").count() == 1
    looks_right(phone, "crew visit")


def class_tells(phone: Visitor, site: Site, mail: str) -> None:
    """By the mailed link, on a phone and without an account: hands for three faces, and four questions."""
    body = site.mail(mail, "Vad tyckte klasserna").get_body(("plain",))
    found = re.search(r"5A: \S+(/klass/[\w-]+/)", body.get_content())  # type: ignore[union-attr]
    assert found
    phone.go(found[1])
    for face, hands in {"glad": "15", "so_so": "4", "sad": "1"}.items():
        phone.page.fill(f"[name={face}]", hands)
    questions = phone.page.locator("fieldset:has(input[type=radio])").all()
    assert len(questions) == 4
    for question in questions:
        question.locator("input[value='4']").check()
    looks_right(phone, "class feedback")
    press(phone, "main form .btn--primary")
    assert phone.page.locator(".notice--success").is_visible()


def see_the_sums(producer: Visitor, officer: Visitor, visit: str, production: str) -> None:
    """Faces and answers in sums: at the visit for its producer, by production for the officer."""
    producer.go(visit)
    told = producer.page.locator("section[aria-labelledby=thought]")
    assert [fact.inner_text().split()[0] for fact in told.locator("dd").all()] == ["39", "12", "3"]
    assert told.locator("tbody tr").count() == 4
    looks_right(producer, "evaluated visit")
    officer.go(f"/uppfoljning/?sasong={COMING}")
    row = officer.page.locator("section[aria-labelledby=thought] tr", has_text=production)
    assert row.locator("td.num").all_inner_texts() == ["3", "39", "12", "3"]
    looks_right(officer, "coverage")


def stands_in_the_overview(officer: Visitor, new: NewSchools) -> None:
    """The municipality's table has the school with all its pupils and those that were reached."""
    officer.go(f"/kommun/krokom/skolor/?sasong={COMING}")
    row = officer.page.get_by_role("row").filter(has_text=new.name).inner_text()
    assert ("77" in row, "60" in row) == (True, True)
    looks_right(officer, "overview")


def test_a_new_schools_way(visitor: Callable[..., Visitor], site: Site) -> None:
    new = NewSchools()
    officer, contact, producer = visitor(), visitor(), visitor()
    officer.log_in_as(OFFICER)
    slug, far_slug = import_register(officer, new)
    school = f"/skola/{slug}/"
    enter_as_contact(contact, site, slug, new.name)
    for year in SCHOOL_YEARS:
        write_groups(contact, school, year)
    looks_right(contact, "groups")
    write_hours_and_room(contact, school)
    confirm_the_year(contact, school)
    answer_for_grades(contact, school)
    site.does(f"from tests.browser.schooling import tell_of_far; tell_of_far({far_slug!r}, {COMING!r})")
    allotment = make_allotment(officer, f"Krokom {new.number}")
    compute(officer, allotment, new)
    production = change_by_hand(officer, allotment, new)
    publish(officer, allotment)
    producer.log_in_as(PRODUCER)
    find_the_wish(producer, production, new)
    site.does(f"from tests.browser.schooling import offer_a_day; offer_a_day({slug!r})")
    visit = welcome(contact, school)
    crew_ticks(visitor(PHONE), crew_takes(contact, visit))
    visit_pk = int(visit.strip("/").split("/")[-1])
    site.does(f"from tests.browser.schooling import let_it_pass; let_it_pass({visit_pk})")
    class_tells(visitor(PHONE), site, new.mail)
    site.does(f"from tests.browser.schooling import tell_the_others; tell_the_others({visit_pk})")
    see_the_sums(producer, officer, visit, production)
    stands_in_the_overview(officer, new)
