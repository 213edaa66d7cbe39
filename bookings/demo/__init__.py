"""An invented season on the region's real map, so that a first start has something true to show.

Every body, venue, ensemble and production here is invented and marked as such (`is_demo`); places, roads and
distances are real. The same seed and moment give the same demo. Nothing here is used outside the demo.
"""

from datetime import datetime
from random import Random

from django.db import transaction

from bookings.demo.classes import make_classes
from bookings.demo.crews import make_crews
from bookings.demo.hosts import make_hosts
from bookings.demo.menu import make_menu
from bookings.demo.sessions import make_sessions
from bookings.demo.story import tell
from tours.errors import Refused
from venues.models import Organisation, Region


@transaction.atomic
def load(region: Region, *, now: datetime, seed: int = 1) -> list[str]:
    """Add the demo to a region that has been loaded; what was done, a sentence a line.

    Raises:
        Refused: the region has no places yet.
    """
    if Organisation.objects.filter(region=region, is_demo=True).exists():
        return [f"The demo is in {region} already; nothing was changed."]
    if not region.municipalities.filter(places__isnull=False).exists():
        raise Refused(f"{region} has no places yet. Run manage.py load_region first.")
    random = Random(seed)  # noqa: S311 - a demo, not a secret
    hosts = make_hosts(region, random, now)
    menu = make_menu(region)
    told = tell(region, hosts, menu, random, now)
    of_classes = make_classes(hosts, now)
    of_crews = make_crews(region, hosts, now)
    of_sessions = make_sessions(region, hosts, now)
    return [*hosts.lines(), *menu.lines(), *told, *of_classes, *of_crews, *of_sessions]
