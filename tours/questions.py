"""What the producers of the seasons now and ahead want to know of a room and nobody has told."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from tours.models import Production, Rider, Wish
from tours.rooms import Verdict, room_check, verdict_of
from venues.models import Venue

#: Which fact of a venue answers a line of the room check.
ANSWERS = {
    "capacity": "seats",
    "stage_width": "stage_width_m",
    "stage_depth": "stage_depth_m",
    "height": "usable_height_m",
    "blackout": "blackout",
    "floor": "floor_type",
    "flat_floor": "floor_flat",
    "piano": "piano",
    "sound": "sound_system",
    "light": "lighting_fixtures",
    "warm_floor": "temperature_ok_dance",
    "vehicle": "vehicle_access",
    "dressing_rooms": "dressing_rooms",
}
OUTLETS = {"16a": "power_16a", "32a": "power_32a_cee", "63a": "power_63a_cee"}


@dataclass(frozen=True)
class Question:
    """A fact that is not known of a room; how many productions ask for it, and how many of them wishes name."""

    fact: str
    label: str
    asked_count: int
    wished_count: int = 0


@dataclass(frozen=True)
class Fits:
    """How many of the productions that ask fit into a room as it is known."""

    fits: int
    unknown: int
    asked: int


def asking(on: date) -> list[Production]:
    """The productions on the menu of a season that does not end before the day, with what they need."""
    menu = Production.objects.filter(seasons__ends_on__gte=on)
    return list(menu.select_related("rider").distinct().order_by("pk"))


def wished(rooms: Iterable[int], on: date) -> dict[int, set[int]]:
    """By their number the productions for which each of the rooms stands in a wish for such a season."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    wishes = Wish.objects.standing().filter(venue__in=list(rooms), season__ends_on__gte=on)
    for room, production in wishes.order_by().values_list("venue", "production"):
        found[room].add(production)
    return found


def open_questions(
    venue: Venue, productions: Iterable[Production], wished_for: Collection[int] = ()
) -> list[Question]:
    """What is asked for and unknown: first what wishes for the room hang on, then the most asked. No query."""
    asked: Counter[str] = Counter()
    own: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for production in productions:
        for line in room_check(production.rider, production, venue):
            if line.verdict == Verdict.UNKNOWN:
                fact = fact_of(production.rider, line.key)
                asked[fact] += 1
                own[fact] += production.pk in wished_for
                labels[fact] = line.label
    found = [Question(fact, labels[fact], count, own[fact]) for fact, count in asked.most_common()]
    return sorted(found, key=lambda question: (-question.wished_count, -question.asked_count))


def fits(venue: Venue, productions: Iterable[Production]) -> Fits:
    """How many of the productions are known to fit, and of how many it cannot be said. No query."""
    verdicts = [verdict_of(room_check(one.rider, one, venue)) for one in productions]
    return Fits(verdicts.count(Verdict.FITS), verdicts.count(Verdict.UNKNOWN), len(verdicts))


def fact_of(rider: Rider, line: str) -> str:
    """The fact of a venue that answers a line of the room check."""
    return OUTLETS[rider.power] if line == "power" else ANSWERS[line]
