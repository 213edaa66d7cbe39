"""An invented panel for the invented call that has closed: who applied, who reads, and scores that are half done."""

from datetime import datetime, timedelta
from decimal import Decimal

from bookings.demo.names import DOMAIN
from programmes import applications, assignments, conflicts, panels, reviews
from programmes.applications import ApplicationInput, Line, Person, Sample
from programmes.models import Assessment, Assessor, Call
from programmes.panels import PanelInput
from programmes.reviews import Given, ReviewInput
from tours.models import Production
from venues import people
from venues.models import Municipality, User

DAY = timedelta(days=1)
#: Who applies is nobody to log in as: the list of demo people would be long.
APPLICANTS = f"sokande.{DOMAIN}"
MEMBER, SECOND, EXTERNAL = f"bedomare@{DOMAIN}", f"bedomare2@{DOMAIN}", f"sakkunnig@{DOMAIN}"
#: Who sits: address, name, as what.
SEATS = (
    (MEMBER, "Bedömare", Assessor.Kind.MEMBER),
    (SECOND, "Bedömare två", Assessor.Kind.MEMBER),
    (EXTERNAL, "Extern sakkunnig", Assessor.Kind.EXTERNAL),
)
#: Who applies and for what: name, ensemble, art form, title, in short. All of it is made up.
APPLIED = (
    ("Påhittade Lav", "Lavgruppen (påhittad)", Production.ArtForm.DANCE, "Marken minns", "Dans på kalfjället."),
    ("Påhittade Mossa", "Mosstrion (påhittad)", Production.ArtForm.MUSIC, "Sju vatten", "Nya visor om sju sjöar."),
    ("Påhittade Ripa", "Riporna (påhittade)", Production.ArtForm.THEATRE, "Sista bussen", "Pjäs om en busslinje."),
    ("Påhittade Sipp", "", Production.ArtForm.MUSIC, "Snöns ljud", "Konsertserie för små lokaler."),
    ("Påhittade Tall", "Tallverket (påhittat)", Production.ArtForm.THEATRE, "Barkbröd", "Berättelser för skolor."),
)  # fmt: skip


def make_panel(call: Call, by: User, now: datetime) -> str:
    """Applications to a call that has closed, its panel, and some scores; what was done, a sentence."""
    opened, closed = call.opens_at + DAY, call.closes_at + DAY
    for number, row in enumerate(APPLIED):
        apply(call, number, row, opened)
    terms = PanelInput(5, 2, (now + 5 * DAY).date())
    assessment = panels.set_up(call, terms, version=0, by=by, now=opened)
    for email, name, kind in SEATS:
        version = Assessment.objects.get(pk=assessment.pk).version
        panels.seat(call, email, kind, name=name, version=version, by=by, now=opened)
    seats = {one.user.email: one for one in Assessor.objects.filter(call=call).select_related("user", "call")}
    for email, seat in seats.items():
        close = {"Påhittade Mossa": "Har spelat tillsammans (påhittat)."} if email == SECOND else {}
        seen = [one.name for one in conflicts.names(seat)]
        conflicts.declare(seat, seen=seen, conflicts=close, by=seat.user, now=closed)
    assessment = Assessment.objects.get(pk=assessment.pk)
    assignments.deal(assessment, version=assessment.version, by=by, now=closed)
    _score(seats[MEMBER], [(4, 3), (3, 5)], closed + DAY)
    _score(seats[EXTERNAL], [(5, 4), (2, 3), (4, 4)], closed + DAY)
    return "5 invented applications to the closed call; a panel of 3 has begun to score them."


def apply(call: Call, number: int, row: tuple[str, str, str, str, str], now: datetime) -> None:
    """One of APPLIED has sent in."""
    name, group, art_form, title, summary = row
    who = people.applicant(f"s{number + 1}@{APPLICANTS}", "sv")
    who.name = name
    who.save(update_fields=["name"])
    homes = Municipality.objects.filter(region=call.region_id).order_by("name")
    data = ApplicationInput(
        applicant_name=name,
        group_name=group,
        home=homes[number % homes.count()],
        is_first_time=number % 2 == 0,
        art_form=art_form,
        title=f"{title} (påhittat)",
        summary=summary,
        description=(
            f"{summary} Vi arbetar i åtta veckor, provar för en liten publik och spelar sedan i tre kommuner.\n\n"
            f"Allt i den här ansökan är påhittat. Undertecknat {name}."
        ),
        access_needs="Ramp till scenen (påhittat).",
        budget=[
            Line("Arvoden", Decimal(80_000 + 10_000 * number)),
            Line("Resor", Decimal(12_000)),
            Line("Egen insats", Decimal(20_000), is_income=True),
        ],
        collaborators=[Person(f"Påhittad medverkande {number + 1}", "medverkande")],
        work_samples=[Sample("Inspelning (påhittad)", f"https://{DOMAIN}/prov-{number + 1}")],
    )
    made = applications.save(call, data, by=who, now=now)
    applications.send_in(made, by=who, version=made.version, now=now)


def _score(seat: Assessor, given: list[tuple[int, int]], now: datetime) -> None:
    """The first of one's applications are scored, the last of these still as a draft."""
    criteria = list(seat.call.criteria.all())
    mine = [one.application for one in reviews.mine(seat)]
    for number, (application, points) in enumerate(zip(mine, given, strict=False)):
        scores = {
            one.pk: Given(points[at % len(points)], "Påhittat omdöme.") for at, one in enumerate(criteria)
        }
        is_last = number == len(given) - 1
        if is_last:
            scores[criteria[-1].pk] = Given()
        reviews.save(
            seat, application, ReviewInput(scores, "Ett påhittat omdöme i sin helhet."), finish=not is_last,
            version=0, by=seat.user, now=now,
        )  # fmt: skip
