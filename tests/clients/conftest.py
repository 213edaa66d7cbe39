"""The demo region's calendars, as programs of others get them."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from api.feed_urls import WORDS
from bookings import feed_links, feeds
from bookings.feed_scopes import KINDS
from bookings.models import Feed, Performance
from tests.clients.readers import Reading, ours
from tests.clients.serving import get, serving
from tests.conftest import DEMO_NOON
from tours.models import Ensemble
from venues.models import Organisation, Region, User


class Served(NamedTuple):
    """Where the demo region answers, at noon on 23 November 2026, and its feeds: name -> address."""

    site: str
    addresses: dict[str, str]


@pytest.fixture(scope="module")
def served(demo_region: Region) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch, serving() as site:
        patch.setattr("django.utils.timezone.now", lambda: DEMO_NOON)
        paths = {**_public(), **_private()}
        yield Served(site, {name: site + path for name, path in paths.items()})


@pytest.fixture(scope="module")
def bodies(served: Served) -> dict[str, bytes]:
    """Name of a feed -> what is sent at its address."""
    answers = {name: get(address) for name, address in served.addresses.items()}
    assert {answer.status for answer in answers.values()} == {200}
    return {name: answer.body for name, answer in answers.items()}


@pytest.fixture(scope="module")
def read_by_us(bodies: dict[str, bytes]) -> Reading:
    return ours(bodies)


def _public() -> dict[str, str]:
    """For every kind of feed the one that shows most, and the same with whole days where tours have them."""
    found = {}
    for word, kind in WORDS.items():
        if not KINDS[kind].has_shows:
            continue
        rows = KINDS[kind].rows()
        shown = Performance.objects.public().between(*feeds.window(DEMO_NOON))
        keys = shown.filter(**{f"{KINDS[kind].where}__in": rows}).values_list(KINDS[kind].where, flat=True)
        ((fullest, _count),) = Counter(keys).most_common(1)
        found[word] = f"/ical/{word}/{rows.get(pk=fullest).slug}.ics"
    return {**found, **{f"{word} med hela dagar": found[word] + "?spans=1" for word in ("turne", "region")}}


def _private() -> dict[str, str]:
    """A private link to everything that a presenter, a producer, an ensemble and who travels with it may see."""
    visits = Performance.objects.between(*feeds.window(DEMO_NOON)).select_related(
        "booking__presenter", "booking__tour__production__ensemble__producer"
    )
    ensembles = Counter(visit.booking.tour.production.ensemble for visit in visits)
    presenters = Counter(visit.booking.presenter for visit in visits)
    ensemble: Ensemble = ensembles.most_common(1)[0][0]
    presenter: Organisation = presenters.most_common(1)[0][0]
    by = User.objects.order_by("pk")[0]
    return {
        f"privat {scope}": f"/ical/privat/{feed_links.create_feed(whose, 'Programmet', by)[1]}.ics"
        for scope, whose in {
            "arrangör": feed_links.Whose(presenter, Feed.Scope.PRESENTER),
            "producent": feed_links.Whose(ensemble.producer, Feed.Scope.PRODUCER),
            "ensemble": feed_links.Whose(ensemble.producer, Feed.Scope.ENSEMBLE, ensemble),
            "resande": feed_links.Whose(ensemble.producer, Feed.Scope.CREW, ensemble),
        }.items()
    }
