"""A residency's way: from the open call over the panel and the decision to the stay, its showing, and a tour."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar, Component

from tests.browser.site import Site, Visitor
from tests.browser.staying import ENSEMBLE, HOST, KNOWN, MUNICIPALITY, NewStay
from tests.browser.test_pages import OFFICER, PHONE, PRESENTER, PRODUCER
from tests.browser.test_schools import PATIENCE_MS, looks_right, press

pytestmark = pytest.mark.browser

SAVE = "main form .btn--primary"
SAMPLE = b"Skiss till ett verk om sn\xc3\xb6. Allt \xc3\xa4r p\xc3\xa5hittat.\n"


def fill(person: Visitor, fields: dict[str, str]) -> None:
    """Write into fields of the page's main form, by name."""
    for name, value in fields.items():
        person.page.fill(f"main [name={name}]", value)


def code_in(site: Site, mail: str) -> str:
    """The newest code that was mailed to an address."""
    body = site.mail(mail, "kod").get_body(("plain",))
    found = re.search(r"^\s*([A-Z0-9]{3,5}-?[A-Z0-9]{3,5})\s*$", body.get_content(), re.MULTILINE)  # type: ignore[union-attr]
    assert found
    return found[1]


def enter_by_code(person: Visitor, site: Site, mail: str, path: str = "/konto/logga-in/") -> None:
    """Ask for a code at a page, and type what was mailed."""
    person.go(path)
    looks_right(person, path)
    person.page.fill("main form:has([type=email]) [type=email]", mail)
    press(person, "main form:has([type=email]) .btn--primary")
    person.page.fill("[name=code]", code_in(site, mail))
    press(person, "button[value=verify]")


def write_the_call(officer: Visitor, new: NewStay) -> str:
    """A draft with a host and two periods, published; its path."""
    now = timezone.localtime()
    officer.go("/utlysningar/ny/?slag=residency")
    at = "%Y-%m-%dT%H:%M"
    dates = {
        "opens_at": (now - timedelta(hours=1)).strftime(at),
        "closes_at": (now + timedelta(days=14)).strftime(at),
        "answers_on": (now + timedelta(days=40)).strftime("%Y-%m-%d"),
    }
    words = {"title": new.call, "purpose": "Tid att arbeta nära dem som bor där.", "who_may_apply": "Alla."}
    fill(officer, words | dates | {"stipend": "30000", "paid_weeks": "2"})
    for number, (first, last) in enumerate(new.periods, 1):
        fill(officer, {f"period_{number}_from": f"{first}", f"period_{number}_to": f"{last}"})
    officer.page.select_option("[name=hosts]", label=HOST)
    for name in ("gives_housing", "gives_room", "is_blind"):
        officer.page.check(f"[name={name}]")
    looks_right(officer, "call form")
    press(officer, SAVE)
    looks_right(officer, "draft")
    press(officer, "form[action$='/publicera/'] button")
    looks_right(officer, "published call")
    return officer.page.url.removeprefix(officer.site.address)


def apply(artist: Visitor, site: Site, call: str, new: NewStay) -> None:
    """Without an account, by a mailed code: written, a file added, sent in; the receipt is mailed."""
    page, mail = artist.page, new.mail("konstnar")
    artist.go(call)
    looks_right(artist, "open call")
    enter_by_code(artist, site, mail, f"{call}sok/")
    who = {"applicant_name": new.artist, "title": new.work, "summary": "Visor om snö."}
    fill(artist, who | {"description": f"Vi skriver visor med byn. Undertecknat {new.artist}."})
    fill(artist, {"budget_1_words": "Arvode", "budget_1_amount": "30000"})
    page.select_option("[name=art_form]", "music")
    for row in ("period_1", "period_2", "place_1"):
        page.select_option(f"[name={row}]", index=2 if row == "period_2" else 1)
    looks_right(artist, "application form")
    press(artist, SAVE)
    looks_right(artist, "draft of an application")
    page.set_input_files("[name=file]", {"name": "skiss.txt", "mimeType": "text/plain", "buffer": SAMPLE})
    page.fill("form[action$='/filer/'] [name=title]", "Skiss")
    page.uncheck("form[action$='/filer/'] [name=is_identifying]")
    press(artist, "form[action$='/filer/'] .btn")
    assert page.get_by_role("heading", name="Skiss").is_visible()
    press(artist, "form[action$='/skicka/'] button")
    looks_right(artist, "sent in")
    digest = page.locator(".digest").inner_text()
    assert digest in site.mail(mail, "Kvitto").get_body(("plain",)).get_content()  # type: ignore[union-attr]


def stands_in_calendars(person: Visitor, new: NewStay) -> None:
    """The last day to apply, as a whole day that takes nobody's time."""
    last = timezone.localdate() + timedelta(days=14)
    found = [event for event in events(person, "/ical/utlysningar.ics") if new.call in str(event["SUMMARY"])]
    assert [(event["DTSTART"].dt, event["TRANSP"]) for event in found] == [(last, "TRANSPARENT")]


def events(person: Visitor, path: str) -> list[Component]:
    """All that a feed tells."""
    answer = person.page.request.get(person.site.address + path)
    assert answer.status == 200
    return Calendar.from_ical(answer.body()).walk("VEVENT")


def seat_a_panel(officer: Visitor, call: str, new: NewStay) -> None:
    """Terms, then a member and an external expert, invited by mail."""
    officer.go(f"{call}panel/")
    looks_right(officer, "no panel yet")
    press(officer, "main a[href$='/panel/villkor/']")
    looks_right(officer, "terms")
    press(officer, SAVE)
    for who, kind in (("ledamot", "member"), ("sakkunnig", "external")):
        fill(officer, {"email": new.mail(who), "name": f"Påhittad {who}"})
        officer.page.select_option("[name=kind]", kind)
        press(officer, "form[action$='/bjud-in/'] .btn--primary")
    looks_right(officer, "panel")


def declare(assessor: Visitor, site: Site, call: str, mail: str, *known: str) -> None:
    """Log in by a mailed code, and say with whom one has to do."""
    enter_by_code(assessor, site, mail)
    assessor.go("/bedomning/")
    looks_right(assessor, "what one assesses")
    assessor.go(f"/bedomning/{call.strip('/').split('/')[-1]}/jav/")
    for name in known:
        assessor.page.locator("label.choice", has_text=name).locator("input").check()
    looks_right(assessor, "conflicts")
    press(assessor, SAVE)
    looks_right(assessor, "one's applications")


def deal(officer: Visitor, call: str) -> None:
    """The applications are dealt to whoever has no conflict."""
    officer.go(f"{call}panel/")
    press(officer, "form[action$='/fordela/'] button")
    assert officer.page.get_by_role("row").filter(has_text=KNOWN).count() == 0
    looks_right(officer, "dealt")


def score(assessor: Visitor, call: str, numbers: list[int], points: str, new: NewStay) -> None:
    """Each application that was dealt is read without its names, and scored."""
    home = f"/bedomning/{call.strip('/').split('/')[-1]}/"
    assessor.go(home)
    links = assessor.page.locator(".row-title a")
    assert [int(link.inner_text().split(".")[0]) for link in links.all()] == numbers
    for number in numbers:
        assessor.go(f"{home}{number}/")
        assert new.artist not in assessor.page.locator("main").inner_text()
        for choice in assessor.page.locator(f".score-form [type=radio][value='{points}']").all():
            choice.check()
        assessor.page.fill(".score-form [name=comment]", "Tydlig idé.")
        looks_right(assessor, "scoring")
        press(assessor, ".score-form [value=klar]")


def decide(officer: Visitor, call: str, new: NewStay) -> None:
    """The assessment is closed, the meeting held, each case decided with a motivation, and the minutes fixed."""
    page = officer.page
    for path in ("ansokningar/", "rangordning/", "sammantrade/"):
        officer.go(f"{call}{path}")
        looks_right(officer, path)
    press(officer, "a[href$='/panel/stang/']")
    looks_right(officer, "closing")
    page.check("[name=despite_missing]")
    press(officer, "main form .btn--primary")
    fill(officer, {"chair": "Påhittad ordförande"})
    for seat in page.locator("[name=present]").all():
        seat.check()
    press(officer, ".meeting-form .btn--primary")
    looks_right(officer, "meeting")
    for number, outcome in ((1, "granted"), (2, "refused")):
        officer.go(f"{call}sammantrade/{number}/")
        page.check(f"[name=outcome][value={outcome}]")
        fill(officer, {"motivation": f"Påhittat skäl {new.number}."})
        looks_right(officer, "case")
        press(officer, ".case-decision .btn--primary")
    officer.go(f"{call}protokoll/")
    looks_right(officer, "minutes")
    press(officer, "form[action$='/faststall/'] button")
    looks_right(officer, "fixed minutes")


def answer(officer: Visitor, artist: Visitor, site: Site, call: str, new: NewStay) -> None:
    """Written for a later time, the answer is told on no page before, and then by mail."""
    officer.go(f"{call}besked/")
    press(officer, SAVE)
    looks_right(officer, "answers wait")
    artist.go(f"{call}ansokan/")
    assert artist.page.locator("#besked").count() == 0
    slug = call.strip("/").split("/")[-1]
    site.does(f"from tests.browser.staying import let_answers_leave; let_answers_leave({slug!r})")
    body = site.mail(new.mail("konstnar"), "Beviljad").get_body(("plain",))
    assert f"Påhittat skäl {new.number}." in body.get_content()  # type: ignore[union-attr]
    artist.go(f"{call}ansokan/")
    assert artist.page.locator("#besked").is_visible()
    looks_right(artist, "answered")
    for path in ("besked/", "utskick/", "statistik/"):
        officer.go(f"{call}{path}")
        looks_right(officer, path)


def plan_the_stay(officer: Visitor, call: str, new: NewStay) -> str:
    """From the decision: the residency, its room and dwelling, and the contract that is sent; its path."""
    page = officer.page
    officer.go(f"{call}sammantrade/1/")
    press(officer, "main a[href*='/av-beslut/']")
    assert page.input_value("[name=artist_name]") == new.artist
    page.select_option("[name=ensemble]", label=ENSEMBLE)
    looks_right(officer, "from the decision")
    press(officer, SAVE)
    stay = page.url.removeprefix(officer.site.address)
    for step, name in (("lokal", "venue"), ("bostad", "dwelling")):
        officer.go(f"{stay}{step}/")
        page.select_option(f"[name={name}]", index=1)
        looks_right(officer, step)
        press(officer, SAVE)
    looks_right(officer, "planned residency")
    officer.go(f"{stay}avtal/skicka/")
    looks_right(officer, "contract to send")
    press(officer, SAVE)
    return stay


def agree(person: Visitor, stay: str) -> None:
    """One side reads the contract, and says yes."""
    person.go(f"{stay}avtal/")
    looks_right(person, "contract")
    press(person, "form[action$='/avtal/ja/'] button")


def show_it(artist: Visitor, stay: str, new: NewStay) -> None:
    """The artist adds a showing for everybody, and makes the residency public."""
    artist.go(stay)
    looks_right(artist, "confirmed residency")
    artist.go(f"{stay}delar/ny/")
    artist.page.check("[name=kind][value=showing]")
    fill(
        artist,
        {"title": f"Visning {new.number}", "on": f"{new.shown_on}", "starts": "18:00", "ends": "19:30"},
    )
    artist.page.check("[name=is_public]")
    looks_right(artist, "new sub-event")
    press(artist, SAVE)
    looks_right(artist, "sub-event")
    artist.go(f"{stay}dagar/")
    looks_right(artist, "day by day")
    artist.go(f"{stay}resultat/")
    press(artist, "form[action$='/publicera/'] button")
    looks_right(artist, "results")


def is_public(anybody: Visitor, new: NewStay) -> str:
    """The showing is a timed event of the municipality's calendar, each period whole days; the page's path."""
    feed = events(anybody, f"/ical/kommun/{MUNICIPALITY}.ics")
    shown = [event for event in feed if f"Visning {new.number}" in str(event["SUMMARY"])]
    start = timezone.make_aware(datetime.combine(new.shown_on, time(18)))
    assert [event["DTSTART"].dt for event in shown] == [start]
    days = [e for e in feed if new.work in str(e["SUMMARY"]) and not isinstance(e["DTSTART"].dt, datetime)]
    told = [(event["DTSTART"].dt, event["DTEND"].dt, event["TRANSP"]) for event in days]
    assert sorted(told) == [(first, last + timedelta(days=1), "TRANSPARENT") for first, last in new.periods]
    anybody.go("/residens/")
    looks_right(anybody, "public residencies")
    press(anybody, f"main a:has-text('{new.work}')")
    assert anybody.page.get_by_text(f"Visning {new.number}").first.is_visible()
    looks_right(anybody, "public residency")
    return anybody.page.url.removeprefix(anybody.site.address)


def begin_the_production(producer: Visitor, stay: str) -> str:
    """Of what the residency tells; its slug."""
    producer.go(f"{stay}resultat/")
    press(producer, "main a[href$='/ny-produktion/']")
    looks_right(producer, "new production")
    press(producer, SAVE)
    return producer.page.url.strip("/").split("/")[-1]


def tour_with_it(producer: Visitor, site: Site, stay: str, production: str) -> None:
    """Presenters wish for it, the producer makes the tour, and the planner's plan is adopted."""
    page = producer.page
    site.does(f"from tests.browser.staying import wish_for; wish_for({production!r})")
    producer.go(f"{stay}resultat/")
    press(producer, "main a[href*='/turneer/ny/']")
    first = date.fromisoformat(page.input_value("[name=starts_on]"))
    fill(producer, {"ends_on": f"{first + timedelta(days=27)}"})
    looks_right(producer, "new tour")
    press(producer, SAVE)
    compute_and_adopt(producer)


def compute_and_adopt(producer: Visitor) -> None:
    """On the tour's board: the planner looks for a plan, and the first visits are held."""
    page = producer.page
    press(producer, "form[action$='/planera/'] button")
    page.wait_for_selector("form[action$='/anta/'] button", timeout=PATIENCE_MS)
    looks_right(producer, "proposed plan")
    press(producer, "form[action$='/anta/'] button")
    assert page.locator("main a[href^='/bokning/']").count() > 0
    looks_right(producer, "adopted plan")


def test_a_residencys_way(visitor: Callable[..., Visitor], site: Site) -> None:
    new = NewStay()
    officer, artist, anybody = visitor(), visitor(), visitor()
    officer.log_in_as(OFFICER)
    call = write_the_call(officer, new)
    slug = call.strip("/").split("/")[-1]
    stands_in_calendars(anybody, new)
    apply(artist, site, call, new)
    other = new.mail("medsokande")
    site.does(f"from tests.browser.staying import apply_too; apply_too({slug!r}, {other!r})")
    seat_a_panel(officer, call, new)
    site.does(f"from tests.browser.staying import let_it_close; let_it_close({slug!r})")
    member, expert = visitor(), visitor(PHONE)
    declare(member, site, call, new.mail("ledamot"))
    declare(expert, site, call, new.mail("sakkunnig"), KNOWN)
    deal(officer, call)
    score(member, call, [1, 2], "4", new)
    score(expert, call, [1], "5", new)
    decide(officer, call, new)
    answer(officer, artist, site, call, new)
    stay = plan_the_stay(officer, call, new)
    host, producer = visitor(), visitor()
    host.log_in_as(PRESENTER)
    for side in (host, artist):
        agree(side, stay)
    show_it(artist, stay, new)
    public = is_public(anybody, new)
    producer.log_in_as(PRODUCER)
    production = begin_the_production(producer, stay)
    tour_with_it(producer, site, stay, production)
    anybody.go(public)
    assert anybody.page.locator(f"main a[href*='/{production}/']").is_visible()
    looks_right(anybody, "public residency with its production")
