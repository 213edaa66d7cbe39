"""A served Turne with the demo, and a browser that looks at it."""

import email
import email.policy
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.processes import HOME, run, running, until
from tests.template import copy_template

#: Chromium without its own network traffic; it may reach this machine only.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
HEIGHT = 900
#: WCAG 2.0 to 2.2, levels A and AA: what the law asks for, and the next version of it.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Only the faults leave the browser: most of axe's time went into describing what is as it should be.
FAULTS = """rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
    .then(found => found.violations.flatMap(
        fault => fault.nodes.map(node => `${fault.id}: ${node.html.slice(0, 120)}`)))"""


@dataclass
class Site:
    """Where it answers, the folder with its database, its mail and what it says, and what its programs are told."""

    address: str
    folder: Path
    variables: dict[str, str]

    @property
    def said(self) -> str:
        """What its start has told."""
        return (self.folder / "serve.log").read_text()

    def does(self, script: str) -> None:
        """Run a script of Python over its database, under the settings that it is served with."""
        done = run("manage.py", "shell", "-c", script, TURNE_BASE_URL=self.address, **self.variables)
        assert done.returncode == 0, done.stderr

    def mails(self, to: str) -> list[email.message.EmailMessage]:
        """Everything that was sent to an address, oldest first."""
        found: list[email.message.EmailMessage] = []
        for path in sorted((self.folder / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime):
            for part in re.split(rb"^-{70,}\n", path.read_bytes(), flags=re.MULTILINE):
                if part.strip():
                    found.append(email.message_from_bytes(part, policy=email.policy.default))
        return [mail for mail in found if to in str(mail["To"])]

    def mail(self, to: str, subject: str) -> email.message.EmailMessage:
        """The newest mail to an address whose subject has these words; waits until the worker has sent it."""

        def newest() -> object:
            return [mail for mail in self.mails(to) if subject in str(mail["Subject"])][-1:]

        return until(newest)[0]  # type: ignore[index]


@contextmanager
def served_demo(folder: Path, *, is_new: bool = True) -> Iterator[Site]:
    """`manage.py serve --demo` on a port of its own, with its own database and mailbox."""
    if is_new:
        copy_template(folder / "turne.sqlite3")
    log, command = folder / "serve.log", [sys.executable, "manage.py", "serve", "--demo", "--port", "0"]
    told = {
        **HOME,
        "DATABASE_URL": f"sqlite:///{folder}/turne.sqlite3",
        "TURNE_EMAIL_URL": f"filemail:///{folder}/mail",
        # Tests are also run at night and on Sundays.
        "TURNE_QUIET_FROM": "0",
        "TURNE_QUIET_TO": "0",
        "TURNE_QUIET_SUNDAYS": "0",
    }
    with running(*command, log=log, **told) as process:

        def address() -> str:
            assert process.poll() is None, log.read_text()
            found = re.search(r"Turne is at (http://\S+)/", log.read_text())
            return found[1] if found else ""

        yield Site(str(until(address, 120)), folder, told)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser, driven by Playwright."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody with a browser window. Collects what the browser complains about."""

    page: Page
    site: Site
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def go(self, path: str) -> None:
        """Open an address of the site."""
        answer = self.page.goto(self.site.address + path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"

    def log_in_as(self, words: str) -> None:
        """One click on the first demo person at the login page whose line has these words."""
        self.go("/konto/logga-in/")
        self.page.locator("details:has(form[action*=demo]) > summary").click()
        self.page.locator("form[action*=demo]", has_text=words).first.get_by_role("button").click()
        self.page.wait_for_url("**/min-vecka/")

    def widen(self, width: int) -> None:
        """Make the window so wide, in CSS pixels."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})

    def accessibility_faults(self) -> list[str]:
        """What axe finds: "rule: element", one for each element."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found: list[str] = self.page.evaluate(FAULTS, RULES)
        return found

    def bar_lines(self) -> int:
        """How many lines the bar above the page takes; 0 where there is none."""
        tops = "parts => new Set(parts.filter(part => part.offsetHeight).map(part => part.offsetTop)).size"
        return int(self.page.locator(".bar > *").evaluate_all(tops))

    def hidden_columns(self) -> list[str]:
        """Tables that must be scrolled sideways to be read, by their first words."""
        found: list[str] = self.page.locator(".table-wrap").evaluate_all(
            """wraps => wraps.filter(wrap => wrap.scrollWidth > wrap.clientWidth)
                .map(wrap => wrap.innerText.slice(0, 60))"""
        )
        return found

    def sideways(self) -> list[str]:
        """By how much the page is wider than the window; nothing where it is not."""
        over = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return [f"{over} px too wide"] if over > 0 else []
