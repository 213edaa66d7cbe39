"""The ways to one calendar: into calendar programs, onto other sites, and by a picture that a telephone reads."""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from turne.web.feed_kinds import Kind

#: Kinds with a short address of their subscription page, for posters.
SHORT = {"presenter": "presenter-calendar", "school": "school-calendar"}


@dataclass(frozen=True)
class Links:
    """The ways into calendar programs from one feed address."""

    https: str
    name: str

    @property
    def webcal(self) -> str:
        """Opens the program of the machine itself."""
        return self.https.replace(urlsplit(self.https).scheme, "webcal", 1)

    @property
    def google(self) -> str:
        return "https://calendar.google.com/calendar/render?" + urlencode({"cid": self.webcal})

    @property
    def outlook(self) -> str:
        """Outlook.com, for accounts of one's own."""
        return self._outlook("outlook.live.com")

    @property
    def outlook_work(self) -> str:
        """The same page for accounts of a municipality, a region or a school."""
        return self._outlook("outlook.office.com")

    def _outlook(self, host: str) -> str:
        return f"https://{host}/calendar/0/addfromweb?" + urlencode({"url": self.https, "name": self.name})


@dataclass(frozen=True)
class Chosen:
    """A public calendar that is asked for: its kind, its row's name in addresses, and what narrows it."""

    kind: Kind
    slug: str
    query: str = ""

    @property
    def feed(self) -> str:
        """The calendar itself."""
        return self._with_query(settings.BASE_URL + reverse(f"feed-{self.kind.key}", args=[self.slug]))

    @property
    def asked(self) -> str:
        """What stands after "?" on the pages about it."""
        which = urlencode({"vad": self.kind.word, "vilken": self.slug})
        return f"{which}&{self.query}" if self.query else which

    @property
    def page(self) -> str:
        """Its subscription page, as short as it can be."""
        if self.kind.key in SHORT and not self.query:
            return settings.BASE_URL + reverse(SHORT[self.kind.key], args=[self.slug])
        return f"{settings.BASE_URL}{reverse('subscribe')}?{self.asked}"

    @property
    def sheet(self) -> str:
        """The sheet to print."""
        return f"{reverse('subscribe-sheet')}?{self.asked}"

    def listed(self, form: str = "") -> str:
        """Its list for other sites, in a form of `turne.web.outlets`."""
        name = f"list-{form}" if form else "list"
        return self._with_query(settings.BASE_URL + reverse(name, args=[self.kind.word, self.slug]))

    def _with_query(self, address: str) -> str:
        return f"{address}?{self.query}" if self.query else address


@dataclass(frozen=True)
class Outlets:
    """Where other sites and readers get a calendar's list, for a page about it."""

    chosen: Chosen
    name: str

    @property
    def json(self) -> str:
        return self.chosen.listed("json")

    @property
    def alternates(self) -> list[tuple[str, str, str]]:
        """Content type, address and title of what a page's head names."""
        calendar = ("text/calendar", self.chosen.feed, self.name)
        if not self.chosen.kind.has_list:
            return [calendar]
        return [
            calendar,
            ("application/atom+xml", self.chosen.listed("atom"), f"{self.name} (Atom)"),
            ("application/rss+xml", self.chosen.listed("rss"), f"{self.name} (RSS)"),
            ("application/feed+json", self.chosen.listed("jsonfeed"), f"{self.name} (JSON Feed)"),
        ]

    @property
    def iframe(self) -> str:
        """What to paste into a page of another site."""
        source, name = escape(self.chosen.listed()), escape(self.name)
        return f'<iframe src="{source}" title="{name}" width="100%" height="480" loading="lazy"></iframe>'


def qr(address: str) -> SafeString:
    """The address as a QR code: SVG with the quiet zone that readers need, black on white in every colour scheme."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        border=4, omitsize=True, light="#fff", svgclass="qr", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - paths that segno has drawn; the address is not in it as text
