"""Offers in a served Turne as their mails bring them: made by the verbs, in its own database."""

import re
from datetime import datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone

from bookings import lifecycle, offers
from bookings.models import Booking
from tests import factories as make
from tests.browser.site import Site
from tours.models import Ensemble, Season


def mailed_link(site: Site, count: int = 1) -> str:
    """The path of the link in a mail with so many offers, to a house that did not exist before."""
    name = f"svarslokalen-{uuid4().hex[:8]}"
    site.does(f"from tests.browser.offering import make_offers; make_offers({name!r}, {count})")
    body = site.mail(f"{name}@example.org", "").get_body(("plain",))
    found = re.search(r"/svar/(flera/)?[\w-]+/", body.get_content())  # type: ignore[union-attr]
    assert found
    return found[0]


def make_offers(name: str, count: int) -> None:
    """So many visits of a new tour, offered to a new house in one mail."""
    now, today = timezone.now(), timezone.localdate()
    ensemble, season = Ensemble.objects.order_by("pk")[0], Season.objects.order_by("pk")[0]
    by = ensemble.producer.memberships.filter(role="producer")[0].user
    house = make.OrganisationFactory(region=season.region, name="Svarslokalen", slug=name)
    venue = make.VenueFactory(
        organisation=house, place=ensemble.home, name="Salen", slug=f"{name}-salen", seats=90
    )
    group = make.EnsembleFactory(producer=ensemble.producer, home=ensemble.home, slug=f"{name}-ensemble")
    made = []
    for number in range(count):
        slug = f"{name}-{number}"
        production = make.ProductionFactory(ensemble=group, title="Stenar som sjunger", slug=slug)
        make.RiderFactory(production=production)
        days = {"starts_on": today + timedelta(days=30), "ends_on": today + timedelta(days=60)}
        tour = make.TourFactory(production=production, season=season, slug=slug, **days)
        wish = make.WishFactory(
            season=season,
            production=production,
            organisation=house,
            venue=venue,
            rank=number + 1,
            created_by=by,
        )
        day = timezone.make_aware(datetime.combine(today + timedelta(days=33 + number), time(13)))
        booking = lifecycle.hold(tour=tour, wish=wish, starts_at=day, by=by, now=now)
        made.append(lifecycle.offer(booking, by=by, now=now, mails=False))
    offers.mail_together(
        "offered", list(Booking.objects.with_ground().filter(pk__in=[one.pk for one in made])), now
    )
