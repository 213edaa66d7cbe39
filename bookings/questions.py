"""What the producers of the seasons now and ahead want to know of a room and nobody has told."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from bookings.models import Production
from bookings.rooms import Verdict, room_check
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
    """A fact that is not known of a room, and how many productions ask for it."""

    fact: str
    label: str
    asked_count: int


def open_questions(venue: Venue, on: date) -> list[Question]:
    """What is asked for and unknown, the most asked first; one query.

    Args:
        on: productions on the menu of a season that ends before this day no longer ask.
    """
    asking = Production.objects.filter(seasons__ends_on__gte=on).select_related("rider").distinct()
    asked: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for production in asking:
        for line in room_check(production.rider, production, venue):
            if line.verdict == Verdict.UNKNOWN:
                fact = OUTLETS[production.rider.power] if line.key == "power" else ANSWERS[line.key]
                asked[fact] += 1
                labels[fact] = line.label
    return [Question(fact, labels[fact], count) for fact, count in asked.most_common()]
