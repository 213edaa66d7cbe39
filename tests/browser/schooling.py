"""Two invented schools that come into a served Turne by a register file, and what others do for them meanwhile.

The functions below the data are run in the site's own database (`Site.does`): what another person would do, and time
that passes.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from secrets import randbelow

from django.db.models import F, Q
from django.utils import timezone

from bookings import class_feedback, lifecycle
from bookings.feedback_questions import QUESTIONS
from bookings.models import Allocation, Booking
from tours import grade_answers
from tours.grade_answers import Answer
from tours.models import Season, Tour, Wish
from venues import groups
from venues.groups import GroupInput
from venues.models import Membership, School, User
from venues.models.school_years import school_year_of

TUESDAY = 1
HEADINGS = (
    "Skolenhetskod;Skolenhetsnamn;Kommunkod;Status;Skolformer;Huvudman;Huvudman orgnr;Huvudmannatyp;"
    "Besöksadress;Postnummer;Postort;Latitud;Longitud;E-post"
)
FORMS = "Förskoleklass, Grundskola 1–6"
OWNER = "Exempelkommunen Krokom;2129990004;Kommun"
#: The class, its grade, its pupils and the adults with it. Three classes in grade 5: from three on answers are shown.
CLASSES = (("2A", "2", 17, 2), ("5A", "5", 21, 2), ("5B", "5", 19, 2), ("5C", "5", 20, 1))


@dataclass(frozen=True)
class NewSchools:
    """Names and codes that no other run has: Ugglan gets a room and a visit, Tjädern has no room and cannot travel."""

    number: int = field(default_factory=lambda: 91_000_000 + 2 * randbelow(4_000_000))

    @property
    def name(self) -> str:
        """What the first school is called."""
        return f"Exempelskolan Ugglan {self.number % 10_000}"

    @property
    def far_name(self) -> str:
        """What the second is called."""
        return f"Exempelskolan Tjädern {self.number % 10_000}"

    @property
    def mail(self) -> str:
        """The first school's role address."""
        return f"ugglan-{self.number}@example.org"

    @property
    def file(self) -> bytes:
        """Both as a register's table (docs/examples)."""
        near = f"Exempelvägen 1;83531;KROKOM;63.3262;14.4502;{self.mail}"
        far = f"Exempelgränd 3;83524;FÖLLINGE;63.6742;14.6135;tjadern-{self.number}@example.org"
        rows = [(self.number, self.name, near), (self.number + 1, self.far_name, far)]
        lines = [f"{code};{name};2309;Aktiv;{FORMS};{OWNER};{where}" for code, name, where in rows]
        return "\n".join([HEADINGS, *lines]).encode()


def make_contact(slug: str) -> None:
    """Somebody of the demo who speaks for the school; the officer lets such a person in by the page of people."""
    school = School.objects.get(organisation__slug=slug)
    user = User.objects.create_user(f"skola.{slug}@demo.turne.example", "Skolkontakt")
    Membership.objects.create(
        user=user, organisation=school.organisation, role=Membership.Role.SCHOOL_CONTACT
    )


def tell_of_far(slug: str, season: str) -> None:
    """What the second school's contact tells: one class, which cannot go anywhere."""
    make_contact(slug)
    school, running = (
        School.objects.with_forms().get(organisation__slug=slug),
        Season.objects.get(slug=season),
    )
    groups.add(school, school_year_of(running.starts_on), GroupInput("5", "5", 9, 1))
    by = User.objects.get(email=f"skola.{slug}@demo.turne.example")
    answers = {"5": Answer(can_travel=False)}
    grade_answers.answer(running, school, answers, by=by, now=timezone.now())


def offer_a_day(slug: str) -> None:
    """The producer holds a Tuesday for grade 5 and offers it."""
    now = timezone.now()
    given = Wish.objects.standing().filter(organisation__slug=slug)
    wish = given.get(groups__group__name="5A", groups__group__school__organisation__slug=slug)
    tour = Tour.objects.get(production=wish.production_id, season=wish.season_id)
    by = tour.production.ensemble.producer.memberships.filter(role=Membership.Role.PRODUCER)[0].user
    day = tour.starts_on + timedelta(days=14 + (TUESDAY - tour.starts_on.weekday()) % 7)
    held = lifecycle.hold(
        tour=tour,
        wish=wish,
        starts_at=timezone.make_aware(datetime.combine(day, time(9, 30))),
        by=by,
        now=now,
    )
    lifecycle.offer(held, by=by, now=now)


def let_it_pass(pk: int) -> None:
    """Move a visit into the past, to a day on which its ensemble is free: nobody can wait for it to be played.

    No verb can do that, so the rows are written as time would have left them; then what the clockwork does on the
    morning after is done.
    """
    now = timezone.now()
    visit = Booking.objects.get(pk=pk)
    back = timedelta(days=(visit.occupied_to - now).days + 3)
    while not _is_free(visit, back):
        back += timedelta(days=1)
    occupied = {name: F(name) - back for name in ("occupied_from", "occupied_to")}
    Booking.objects.filter(pk=pk).update(**occupied)
    visit.allocations.update(**occupied)
    visit.performances.update(**{name: F(name) - back for name in ("starts_at", "ends_at")})
    class_feedback.ask_due(now)


def _is_free(visit: Booking, back: timedelta) -> bool:
    own = visit.allocations.all()
    same = Q(ensemble__in=own.values("ensemble")) | Q(shared__in=own.values("shared"))
    others = Allocation.objects.filter(same, is_blocking=True).exclude(booking=visit)
    first, last = visit.occupied_from - back, visit.occupied_to - back
    return not others.filter(occupied_from__lt=last, occupied_to__gt=first).exists()


def tell_the_others(pk: int) -> None:
    """The classes that have not answered do it as well."""
    for row in Booking.objects.get(pk=pk).groups.filter(feedback=None):
        answers = dict.fromkeys((question.key for question in QUESTIONS), 3)
        found = class_feedback.read(row.pk)
        class_feedback.tell(found, now=timezone.now(), glad=12, so_so=4, sad=1, answers=answers)
