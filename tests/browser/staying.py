"""A residency's way in a served Turne: names that no other run has, what others do, and time that passes.

The functions below the data are run in the site's own database (`Site.does`).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from secrets import randbelow

from django.utils import timezone

from bookings.models import Notice
from programmes import applications
from programmes.applications import ApplicationInput, Line, Person
from programmes.models import Call, Meeting
from tests import factories as make
from tours.models import Production, Season
from venues import people
from venues.models import Membership, Organisation, Venue

#: Who hosts: a presenter of the demo with a hall and a dwelling.
HOST, MUNICIPALITY = "Bygdescen Ripan, Östersund", "ostersund"
#: The one with whom an assessor has to do.
KNOWN = "Påhittade Näverlur"
#: Whom the artist is taken on the road by: an ensemble of the demo's producer.
ENSEMBLE = "Trion Isklang"
WEEK = timedelta(days=7)
#: How many presenters wish for the production that comes of it.
WISHES = 4


@dataclass(frozen=True)
class NewStay:
    """What the call, the applicant and the work are called, and when the stay is: two periods of a week each."""

    number: int = field(default_factory=lambda: 1000 + randbelow(900_000))

    @property
    def call(self) -> str:
        """The call's title."""
        return f"Residens i fjällbyn {self.number}"

    @property
    def work(self) -> str:
        """The work's title, and so the production's."""
        return f"Skarsnö {self.number}"

    @property
    def artist(self) -> str:
        """Who applies, without any account before."""
        return f"Påhittade Sälg {self.number}"

    def mail(self, who: str) -> str:
        """The address of somebody in it."""
        return f"{who}-{self.number}@example.org"

    @property
    def first(self) -> date:
        """The first day: a Monday, so far ahead that nothing of the demo is there."""
        day = timezone.localdate() + 46 * WEEK
        return day - timedelta(days=day.weekday())

    @property
    def periods(self) -> list[tuple[date, date]]:
        """Monday to Sunday, and again four weeks later."""
        starts = (self.first, self.first + 4 * WEEK)
        return [(start, start + WEEK - timedelta(days=1)) for start in starts]

    @property
    def shown_on(self) -> date:
        """The day of the public showing: the first period's Friday."""
        return self.first + timedelta(days=4)


def apply_too(slug: str, mail: str) -> None:
    """Somebody else has sent in as well."""
    now, call = timezone.now(), Call.objects.with_ground().get(slug=slug)
    who = people.applicant(mail, "sv")
    data = ApplicationInput(
        applicant_name=KNOWN,
        art_form=Production.ArtForm.MUSIC,
        title="Fäbodens toner (påhittat)",
        summary="Låtar från en fäbod som inte finns.",
        description="Vi skriver låtar i två veckor och spelar dem för bygden. Allt är påhittat.",
        budget=[Line("Arvoden", Decimal(60_000))],
        collaborators=[Person("Påhittade Ljung", "fiol")],
        periods=list(call.periods.all()),
        places=list(call.places.all()),
    )
    made = applications.save(call, data, by=who, now=now)
    applications.send_in(made, by=who, version=made.version, now=now)


def let_it_close(slug: str) -> None:
    """The call has run its time: it opened as long ago as it is open, and closes now, after all that was sent in.

    No verb can do that: what one applies by stands, and nobody can wait for weeks.
    """
    now, call = timezone.now(), Call.objects.get(slug=slug)
    opened = now - (call.closes_at - call.opens_at)
    before = opened - timedelta(days=1)
    Call.objects.filter(pk=call.pk).update(opens_at=opened, closes_at=now, published_at=before)


def let_answers_leave(slug: str) -> None:
    """The moment for which the answers were written has come."""
    now, call = timezone.now(), Call.objects.get(slug=slug)
    Meeting.objects.filter(call=call).update(answers_at=now)
    Notice.objects.filter(about_call__call=call, send_after__gt=now).update(send_after=now)


def wish_for(production: str) -> None:
    """It is on the menu of the latest season, and some presenters of the demo that had no wish yet wish for it."""
    made = Production.objects.get(slug=production)
    season = Season.objects.filter(region=made.ensemble.producer.region).order_by("-starts_on")[0]
    season.productions.add(made)
    by = made.ensemble.producer.memberships.filter(role=Membership.Role.PRODUCER)[0].user
    hosts = Organisation.objects.filter(region=season.region, is_demo=True, roles__role="presenter")
    halls = Venue.objects.filter(organisation__in=hosts.exclude(wishes__season=season)).order_by("pk")
    for hall in {hall.organisation_id: hall for hall in halls}.values():
        if made.wishes.count() < WISHES:
            host = hall.organisation
            wish = make.WishFactory(
                season=season, production=made, organisation=host, venue=hall, created_by=by
            )
            make.WishSpanFactory(wish=wish, starts_on=season.starts_on, ends_on=season.ends_on)
