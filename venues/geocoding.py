"""Where an address is: by the region's own gazetteer always, by an address server only when one is set up.

The gazetteer knows places, not streets: it says which place an address belongs to. The server (Nominatim
or Photon, TURNE_GEOCODER) gives a position; it is asked at most once a second, its answers are cached, and an
outage is never mistaken for "not found".
"""

import re
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext as _
from geopy.exc import GeopyError
from geopy.geocoders import Nominatim, Photon

from venues.errors import GeocoderOff, GeocoderOutage
from venues.models import Municipality, Place, Region
from venues.slugs import LETTERS

#: Swedish 842 31 and Norwegian 7030, with or without country letters, before the post town.
POST_TOWN = re.compile(r"(?:(?:se|s|no|n)[- ])?(?:\d{3} ?\d{2}|\d{4}) +(\D+)", re.IGNORECASE)
BRACKETS = re.compile(r"\s*\(.*\)")
#: How alike a misspelt name must be. Source: our choice; "Strömsnud" is found, "Stockholm" is not.
ALIKE = 0.85
WAIT_S = 5
TURN_S = 1  # Source: Nominatim's usage policy, at most one request a second
FOUND_S, NOT_FOUND_S = 30 * 24 * 3600, 24 * 3600
LONGEST = 300
SERVERS = {"nominatim": "nominatim.openstreetmap.org", "photon": "photon.komoot.io"}


class Kind(StrEnum):
    """How a text led to a place, the surest first."""

    IN_MUNICIPALITY = "in_municipality"  # "Backe, Strömsund"
    NAME = "name"  # "Backe"
    POST_TOWN = "post_town"  # "Storgatan 1, 880 50 Backe": the address may lie outside the place
    MUNICIPALITY = "municipality"  # "Krokoms kommun": its centre
    WORDS = "words"  # "Backe Folkets hus"
    ELSEWHERE = "elsewhere"  # "Backe, Krokom": the name, but not where the text says
    SIMILAR = "similar"  # "Strömsnud"


SCORES = {
    Kind.IN_MUNICIPALITY: 1.0,
    Kind.NAME: 0.95,
    Kind.POST_TOWN: 0.8,
    Kind.MUNICIPALITY: 0.7,
    Kind.WORDS: 0.6,
    Kind.ELSEWHERE: 0.5,
    Kind.SIMILAR: 0.4,
}


@dataclass(frozen=True)
class Match:
    """A place that a text may mean; `score` from 0 to 1 ranks, it is no probability."""

    place: Place
    score: float
    kind: Kind


@dataclass(frozen=True)
class Spot:
    """A position that the address server gave, and how it calls it."""

    lat: float
    lon: float
    label: str


# -- The gazetteer ---------------------------------------


def find(text: str, region: Region | None = None) -> list[Match]:
    """Places that an address or a place's name may mean.

    Args:
        text: such as "Backe, Strömsund", "storgatan 4, 842 31 SVEG" or "Ostersund"; case and marks may be off.
        region: look in it and its neighbours only.

    Returns:
        Best first, then the region's own, then by name; several when the name is ambiguous; empty when none fits.
    """
    return Gazetteer(region).find(text)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A text without case, marks and punctuation: `Änge (Offerdal)` gives `ange offerdal`."""
    apart = unicodedata.normalize("NFKD", text.translate(LETTERS).casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


class Gazetteer:
    """The places of a region and its neighbours, read once to look many texts up; one query."""

    def __init__(self, region: Region | None = None) -> None:
        rows = Place.objects.select_related("municipality__region").order_by("name", "pk")
        if region:
            rows = rows.filter(
                Q(municipality__region=region) | Q(municipality__region__neighbours=region)
            ).distinct()
        self.region = region
        self.places = list(rows)
        self.names = {place.pk: _names(place) for place in self.places}
        self.bare = {key: {folded(name) for name in names} for key, names in self.names.items()}

    def find(self, text: str) -> list[Match]:
        """As `venues.geocoding.find`."""
        parts = [
            part.strip() for part in unicodedata.normalize("NFC", text[:LONGEST]).split(",") if folded(part)
        ]
        found = self._by_parts(parts) or self._by_words(parts) or self._alike(parts)
        return sorted(found, key=self._rank)

    def named(self, name: str, municipality: str = "") -> list[Place]:
        """Places of exactly this name (case and marks may be off), in the municipality if one is given."""
        places = self._named(unicodedata.normalize("NFC", name))
        return [p for p in places if not municipality or is_called(p.municipality, municipality)]

    def _rank(self, match: Match) -> tuple[Any, ...]:
        is_ours = match.place.municipality.region == self.region
        return (-match.score, not is_ours, match.place.name, match.place.pk)

    def _named(self, name: str) -> list[Place]:
        """Places of the name. Whoever writes the marks means them, so Ånge is not Änge, but Ange may be either."""
        written = name.strip().casefold()
        exact = [place for place in self.places if written in self.names[place.pk]]
        if exact and not written.isascii():
            return exact
        bare = folded(name)
        return [place for place in self.places if bare in self.bare[place.pk]]

    def _by_parts(self, parts: list[str]) -> list[Match]:
        """The first part that names a place, the others as where it lies."""
        for at, part in enumerate(parts):
            post_town = POST_TOWN.fullmatch(part)
            places = self._named(post_town[1] if post_town else part)
            if places:
                others = parts[:at] + parts[at + 1 :]
                return self._placed(places, others, Kind.POST_TOWN if post_town else Kind.NAME)
        return _matches((place for part in parts for place in self._centres(part)), Kind.MUNICIPALITY)

    def _placed(self, places: list[Place], others: list[str], kind: Kind) -> list[Match]:
        """The places in the light of the other parts, which may name a municipality or be a street."""
        inside = [place for place in places if any(is_called(place.municipality, other) for other in others)]
        if inside:
            return _matches(inside, Kind.IN_MUNICIPALITY)
        named = [place for other in others for place in self._named(other) or self._centres(other)]
        if named:
            return _matches(places, Kind.ELSEWHERE) + _matches(named, Kind.ELSEWHERE)
        return _matches(places, kind)

    def _centres(self, text: str) -> list[Place]:
        """The centre of the municipality that the text means; all its places when no centre is known."""
        meant = [place for place in self.places if is_called(place.municipality, text)]
        return [place for place in meant if place.municipality.centre in ("", place.name)]

    def _by_words(self, parts: list[str]) -> list[Match]:
        """Places whose whole name stands somewhere in a part: "Backe Folkets hus"."""
        said = [f" {folded(part)} " for part in parts]
        return _matches(
            (place for place in self.places if any(f" {folded(place.name)} " in part for part in said)),
            Kind.WORDS,
        )

    def _alike(self, parts: list[str]) -> list[Match]:
        names = {folded(place.name) for place in self.places}
        alike = {name for part in parts for name in get_close_matches(folded(part), names, 3, ALIKE)}
        return _matches((place for place in self.places if folded(place.name) in alike), Kind.SIMILAR)


def is_called(municipality: Municipality, text: str) -> bool:
    """Whether the text means the municipality: its code, its name, or "Krokoms kommun"."""
    said = folded(text).removesuffix(" kommun").removesuffix(" kommune")
    name = folded(municipality.name)
    return text.strip().casefold() == municipality.code.casefold() or said in {name, f"{name}s"}


def _names(place: Place) -> set[str]:
    name = place.name.casefold()
    return {name, BRACKETS.sub("", name)}


def _matches(places: Iterable[Place], kind: Kind) -> list[Match]:
    return [Match(place, SCORES[kind], kind) for place in places]


# -- The address server ---------------------------------------


def look_up(address: str, *, sleep: Callable[[float], None] = time.sleep) -> Spot | None:
    """Ask the address server that TURNE_GEOCODER names; None when it does not know the address.

    Args:
        address: one line; what lies beyond 300 characters is not sent.
        sleep: how to wait for a turn, as requests are at least a second apart.

    Raises:
        GeocoderOff: no server is set up.
        GeocoderOutage: it does not answer, refuses, answers nonsense, or too many ask at once.
    """
    if not settings.GEOCODER:
        raise GeocoderOff(_("No address server is set up. Type the position, or have TURNE_GEOCODER set."))
    asked = " ".join(address.split())[:LONGEST]
    if not asked:
        return None
    server = f"{settings.GEOCODER} {settings.GEOCODER_DOMAIN}"
    key = f"geocoder-{sha256(f'{server} {asked.casefold()}'.encode()).hexdigest()}"
    known = cache.get(key)
    if known is None:
        _wait_for_turn(sleep)
        known = (_ask(asked),)  # in a tuple, so that a cached "not found" is not taken for "not cached"
        cache.set(key, known, FOUND_S if known[0] else NOT_FOUND_S)
    spot: Spot | None = known[0]
    return spot


def _wait_for_turn(sleep: Callable[[float], None]) -> None:
    """Claim the next second in the cache, which all processes share that share a cache."""
    step = 0.1
    for _try in range(round(WAIT_S / step)):
        if cache.add("geocoder-turn", 1, TURN_S):
            return
        sleep(step)
    raise GeocoderOutage(_("Too many look up addresses just now. Try again in a moment."))


def _ask(address: str) -> Spot | None:
    try:
        found = _client().geocode(address, exactly_one=True)
        return _spot(found) if found else None
    except (GeopyError, KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        # The built-in ones: geopy stumbles with them over an answer of another shape than it expects.
        text = _("The address server does not answer as it should. Try again later, or type the position.")
        raise GeocoderOutage(text) from error


def _client() -> "Nominatim | Photon":
    scheme, _mark, domain = (settings.GEOCODER_DOMAIN or SERVERS[settings.GEOCODER]).rpartition("://")
    make = Nominatim if settings.GEOCODER == "nominatim" else Photon
    return make(
        domain=domain, scheme=scheme or "https", user_agent=settings.GEOCODER_USER_AGENT, timeout=WAIT_S
    )


def _spot(found: Any) -> Spot:
    lat, lon = float(found.latitude), float(found.longitude)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is not on earth")
    return Spot(lat, lon, str(found.address))
