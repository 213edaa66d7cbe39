"""From an adopted plan to a settled visit, with a no, another date and a cancellation, in a real browser."""

import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import icalendar
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.site import Site, Visitor
from tests.processes import until
from tests.scenarios.test_main_job import coming_season

pytestmark = pytest.mark.browser

PRODUCER = "Exempelscenen Jämtland Härjedalen"
PRODUCTION = "Staare sjunger"
TOUR = "/turneer/sangens-vag/"
WHY_NOT = "Salen är uthyrd den kvällen."
WHAT_HAPPENED = ["Option", "Erbjuden", "Bekräftad", "Klart", "Spelades", "Avräknat"]
WHY_CANCELLED = "Spelplatsens värme har gått sönder."
#: Moves a visit two days back from today, and lets the clock ask for its report: no page can do the first.
TIME_PASSES = """
from datetime import timedelta
from django.db.models import F
from django.utils import timezone
from bookings import report_reminders
from bookings.models import Allocation, Booking, Performance
booking, now = Booking.objects.get(pk={pk}), timezone.now()
ago = timezone.localdate(booking.occupied_to) - timezone.localdate(now) + timedelta(days=2)
for model in (Booking.objects.filter(pk={pk}), Allocation.objects.filter(booking={pk})):
    model.update(occupied_from=F("occupied_from") - ago, occupied_to=F("occupied_to") - ago)
Performance.objects.filter(booking={pk}).update(starts_at=F("starts_at") - ago, ends_at=F("ends_at") - ago)
report_reminders.remind_due(now)
"""


@dataclass(frozen=True)
class Host:
    """A presenter who has been offered a visit: the name, and the address to which the mail goes."""

    name: str
    address: str

    @property
    def slug(self) -> str:
        """As in bookings/demo: the address is made of it."""
        return self.address.partition("@")[0]


def days_on_the_road() -> tuple[date, date]:
    """Days of the demo's open season for a tour of its own; most of its wishes are for one of them."""
    first, last = coming_season()
    first = max(first, timezone.localdate() + timedelta(days=41)) + timedelta(days=14)
    return first, min(first + timedelta(days=100), last - timedelta(days=14))


def adopt(producer: Visitor) -> None:
    """Make the tour, stop the planner as soon as it works, and have the visits of its plan held."""
    page, (first, last) = producer.page, days_on_the_road()
    producer.go("/turneer/ny/")
    page.select_option("select[name=production]", label=PRODUCTION)
    season = page.locator("select[name=season] option").nth(1).get_attribute("value")
    page.select_option("select[name=season]", season)
    page.fill("input[name=name]", "Sångens väg")
    page.fill("input[name=starts_on]", first.isoformat())
    page.fill("input[name=ends_on]", last.isoformat())
    page.locator("main form.form button.btn--primary").click()
    page.wait_for_url(f"**{TOUR}")
    page.locator("form[action$='/planera/'] button").first.click()
    page.locator("form[action$='/stoppa/'] button").click(timeout=20_000)
    page.locator("form[action$='/anta/'] button").first.click(timeout=30_000)
    expect(page.locator(f"a[href='{TOUR}erbjud/']").first).to_be_visible()


def look_at_a_hold(producer: Visitor) -> None:
    """A held visit says until when it is held, and who waits for its time."""
    producer.page.locator(".history a[href*='/bokning/']").first.click()
    expect(producer.page.locator(".status--held").first).to_be_visible()
    expect(producer.page.locator("main")).to_contain_text("Gäller till")


def offer(producer: Visitor) -> list[Host]:
    """Send every held visit's offer; the presenters whose visits are public."""
    producer.go(f"{TOUR}erbjud/")
    letters = producer.page.locator(".letter > label").all_inner_texts()
    producer.page.locator("main form button.btn--primary").click()
    producer.page.wait_for_url(f"**{TOUR}?visa=avtal")
    found = [Host(text.split("\n")[0].strip(), re.findall(r"\S+@[\w.-]+\w", text)[0]) for text in letters]
    return [host for host in found if "skola" not in host.name]


def link(site: Site, host: Host, page: str) -> str:
    """The address of that page in the newest mail to the presenter that has one; waits until it has come."""

    def newest() -> list[str]:
        texts = [mail.get_body(("plain",)).get_content() for mail in site.mails(host.address)]
        about = [text for text in texts if PRODUCTION in text]
        return re.findall(rf"http\S+?(/{page}/[\w-]{{20,}}/)", "\n".join(about))[-1:]

    return until(newest, 20)[0]


def tap(phone: Visitor, button: str) -> None:
    """Press it on a telephone, on a page that is no wider than that, below a bar of one line."""
    phone.page.wait_for_load_state()
    assert (phone.sideways(), phone.bar_lines()) == ([], 1)
    phone.page.locator(button).first.click()


def say_yes(phone: Visitor, path: str) -> None:
    """One tap."""
    phone.go(path)
    tap(phone, "button[value=confirm]")
    phone.page.wait_for_url("**/klart/")
    expect(phone.page.locator(".status--confirmed")).to_be_visible()


def say_no(phone: Visitor, path: str) -> None:
    """A no in the presenter's own words."""
    phone.go(path)
    tap(phone, "a[href='?answer=decline']")
    phone.page.fill("textarea[name=reason]", WHY_NOT)
    tap(phone, "button[value=decline]")
    phone.page.wait_for_url("**/klart/")


def ask_for_another_date(phone: Visitor, path: str) -> str:
    """Press the first of the free times; which it was, as "2027-03-01T17:00"."""
    phone.go(path)
    tap(phone, "a[href='?answer=counter']")
    time = phone.page.locator("button[name=first]").first.get_attribute("value")
    tap(phone, "button[name=first]")
    phone.page.wait_for_url("**/klart/")
    return time


def open_visit(producer: Visitor, host: Host) -> str:
    """Go to a visit by the tour's list of offers; its address."""
    producer.go(f"{TOUR}erbjudanden/")
    producer.page.get_by_role("link", name=host.name).first.click()
    producer.page.wait_for_url("**/bokning/*/")
    return producer.page.url.removeprefix(producer.site.address)


def take(producer: Visitor, host: Host) -> None:
    """Say yes to the time that the presenter has asked for."""
    open_visit(producer, host)
    producer.page.locator("form[action$='/take/'] button").click()
    expect(producer.page.locator(".status--confirmed")).to_be_visible()


def cancel(producer: Visitor, host: Host) -> None:
    """Cancel a confirmed visit; its presenter is told why."""
    open_visit(producer, host)
    producer.page.locator("a[href$='/cancel/']").click()
    producer.page.fill("textarea[name=reason]", WHY_CANCELLED)
    producer.page.locator("main form button.btn--danger").click()
    expect(producer.page.locator(".status--cancelled")).to_be_visible()
    texts = lambda: [mail.get_body(("plain",)).get_content() for mail in producer.site.mails(host.address)]  # noqa: E731
    until(lambda: any(WHY_CANCELLED in text for text in texts()), 20)


def prepare(person: Visitor, visit: str, count: int | None = None) -> None:
    """Tick what is to be done before the visit, or the first so many; say how the room's open needs are met."""
    person.go(f"{visit}forberedelser/")
    before = person.page.locator("section[aria-labelledby=phase-before]")
    ticks, needs = (
        before.locator(".tick[aria-pressed=false]"),
        before.locator(".check:not(.is-settled) .check-sign"),
    )
    for left in reversed(range(ticks.count())[-(count or 100) :]):
        ticks.first.click()
        expect(ticks).to_have_count(left)
    for left in reversed(range(0 if count else needs.count())):
        before.locator(".check:not(.is-settled) .check-acts a").last.click()
        person.page.fill("textarea[name=note]", "Vi ordnar det före besöket.")
        person.page.locator("main form.form button.btn--primary").click()
        expect(needs).to_have_count(left)


def let_time_pass(site: Site, visit: str) -> None:
    """The visit was the day before yesterday."""
    site.does(TIME_PASSES.format(pk=visit.split("/")[2]))


def report(phone: Visitor, path: str) -> None:
    """Two numbers on a telephone."""
    phone.go(path)
    phone.page.fill("input[name=audience_1]", "40")
    phone.page.fill("input[name=young_1]", "25")
    tap(phone, "main form button.btn--primary")
    expect(phone.page.locator("main")).to_contain_text("40 kom")


def settle(producer: Visitor, visit: str) -> None:
    """From the visit to its sheet, and settle it."""
    producer.go(visit)
    expect(producer.page.locator(".status--played")).to_be_visible()
    producer.page.locator(f"a[href='{visit}avrakning/']").click()
    producer.page.locator(f"a[href='{visit}settle/']").click()
    producer.page.locator("main form button.btn--primary").click()
    expect(producer.page.locator(".status--settled")).to_be_visible()


def timeline(person: Visitor, visit: str) -> list[str]:
    """What has happened to the visit, oldest first: the first word of each line, once where it is repeated.

    How the room's open needs are met is left out: not every room has some.
    """
    person.go(visit)
    lines = reversed(person.page.locator(".history strong").all_inner_texts())
    return [word for word, _lines in groupby(line.split()[0].strip(",:") for line in lines) if word != "Löst"]


def in_calendar(site: Site, host: Host) -> list[tuple[str, str, int]]:
    """What the presenter's feed says of this tour: start, STATUS and SEQUENCE. Another tour with the same production
    is on the road before the season begins."""
    with urllib.request.urlopen(f"{site.address}/ical/arrangor/{host.slug}.ics", timeout=10) as answer:  # noqa: S310
        events = icalendar.Calendar.from_ical(answer.read()).walk("VEVENT")
    today, (first, _last) = timezone.localdate(), days_on_the_road()
    return [
        (f"{event['DTSTART'].dt:%Y-%m-%dT%H:%M}", str(event["STATUS"]), event["SEQUENCE"])
        for event in events
        if PRODUCTION in event["SUMMARY"] and not today <= event["DTSTART"].dt.date() < first
    ]


def test_from_an_adopted_plan_to_a_settled_visit(visitor: Callable[..., Visitor], site: Site) -> None:
    producer, phone = visitor(), visitor(390)
    producer.log_in_as(PRODUCER)
    adopt(producer)
    look_at_a_hold(producer)
    welcoming, refusing, other, unlucky = offer(producer)[:4]

    say_yes(phone, link(site, welcoming, "svar"))
    say_no(phone, link(site, refusing, "svar"))
    time = ask_for_another_date(phone, link(site, other, "svar"))
    say_yes(phone, link(site, unlucky, "svar"))
    take(producer, other)
    cancel(producer, unlucky)

    visit = open_visit(producer, welcoming)
    prepare(producer, visit, count=2)
    phone.log_in_as(welcoming.name)
    prepare(phone, visit)
    expect(phone.page.locator(".status--advanced")).to_be_visible()

    let_time_pass(site, visit)
    report(visitor(390), link(site, welcoming, "rapportera"))
    settle(producer, visit)
    assert timeline(producer, visit) == WHAT_HAPPENED

    calendars = [in_calendar(site, host) for host in (welcoming, refusing, other, unlucky)]
    states = [[(status, sequence) for _start, status, sequence in events] for events in calendars]
    assert states == [[("CONFIRMED", 0)], [], [("CONFIRMED", 1)], [("CANCELLED", 1)]]
    assert calendars[2][0][0] == time
    assert [*producer.complaints, *phone.complaints] == []
