"""From a decision to a residency: planned once, prefilled from what the call gives and what was sent in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bookings.models import Residency, ResidencyCost
from bookings.residencies import money, staying
from bookings.residencies.money import Cost
from bookings.residencies.permissions import HOST_ROLES
from bookings.residencies.staying import PEOPLE_MAX, StayInput
from programmes import answers_to_calls, conflicts, submissions
from programmes.call_kinds import kinds
from programmes.models import Decision
from tours.errors import NotNow, Refused
from venues.models import Organisation, Place, User

Span = tuple[date, date]
Kind, Side = ResidencyCost.Kind, Residency.Side


@dataclass(frozen=True)
class Prefilled:
    """What a residency would begin with; people change it before it is made, and afterwards.

    Attributes:
        periods: those that were wished for, the best liked first.
        hosts: those that were wished for, the best liked first; a municipality stands for its hosts.
    """

    data: StayInput
    periods: Sequence[Span]
    hosts: Sequence[Organisation]
    costs: Sequence[Cost]


def can_place(decision: Decision) -> bool:
    """Whether a residency may come of it: it is granted, the kind of call has a stay, and none has come yet."""
    has_stay = kinds()[decision.application.call.kind].has_stay
    return has_stay and decision.outcome == Decision.Outcome.GRANTED and decision.residency_id is None


def prefilled(decision: Decision) -> Prefilled:
    """What the call and the application say of it, as what was sent in last says it."""
    application, call = decision.application, decision.application.call
    facts = submissions.sent_facts(application) or submissions.facts_of(application)
    who = facts["who"]
    data = StayInput(
        title=facts["title"],
        artist_name=who["group_name"] or who["applicant_name"],
        art_form=facts["art_form"],
        about=facts["summary"],
        people_count=min(1 + len(who["collaborators"]), PEOPLE_MAX),
        artist_email=application.applicant.email,
    )
    wished = [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in facts["periods"]]
    periods = wished or [(row.starts_on, row.ends_on) for row in call.periods.all()[:1]]
    return Prefilled(data, periods, _hosts(decision), _costs(decision))


@transaction.atomic
def place(
    decision: Decision,
    *,
    host: Organisation,
    place: Place,
    periods: Sequence[Span],
    by: User,
    now: datetime,
    data: StayInput | None = None,
) -> Residency:
    """Plan the residency that was granted, once; what the artist needs goes to the host alone.

    Args:
        data: what is said of it instead of what is prefilled.

    Raises:
        NotNow: it is not granted, the answers have not been sent, it is planned already, or the kind has no stay.
        Refused: something cannot be (`field` names it), or whoever plans it has a conflict of interest.
    """
    found = _lock(decision, now)
    if conflicts.hidden_from(by).filter(pk=found.application_id).exists():
        raise Refused(_("You have a conflict of interest in this application, and take no part in it."))
    told = prefilled(found)
    if host.region_id != found.application.call.region_id:
        raise Refused(_("The host must belong to the call's region."), field="host")
    residency = staying.make(
        host,
        place,
        data or told.data,
        periods,
        by=by,
        now=now,
        access_needs=found.application.access_needs,
    )
    money.write(residency, told.costs)
    found.residency = residency
    found.save(update_fields=["residency"])
    return residency


def _lock(decision: Decision, now: datetime) -> Decision:
    """The decision, locked, if a residency may come of it; the second of two waits, and is told."""
    Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    found = Decision.objects.select_related("application__call__region", "application__applicant").get(
        pk=decision.pk
    )
    if found.residency_id:
        raise NotNow(_("The residency is planned already."), residency=found.residency_id)
    if not can_place(found):
        raise NotNow(_("No residency comes of this decision."), decision=found.pk)
    if not answers_to_calls.are_sent(found.application.call, now):
        raise NotNow(
            _("The answers have not been sent yet: the artist would read it here first."), decision=found.pk
        )
    return found


def _hosts(decision: Decision) -> list[Organisation]:
    """The wished places' hosts; of a municipality all that present or produce there."""
    found: list[Organisation] = []
    rows = decision.application.places.select_related("place__host", "place__municipality").order_by("rank")
    for row in rows:
        found += [row.place.host] if row.place.host else _hosts_in(row.place.municipality_id)
    return list(dict.fromkeys(found))


def _hosts_in(municipality: int) -> "QuerySet[Organisation]":
    return Organisation.objects.filter(municipality=municipality).with_role(*HOST_ROLES).order_by("name")


def _costs(decision: Decision) -> list[Cost]:
    """What the call gives, as lines: the region pays, but for the host's room and housing. Unknown amounts are 0."""
    call, lines = decision.application.call, []
    stipend = decision.amount if decision.amount is not None else call.stipend
    if stipend:
        lines.append(Cost(Kind.STIPEND, Side.REGION, stipend))
    if call.paid_weeks:
        lines.append(
            Cost(Kind.SALARY, Side.REGION, Decimal(), _("%(n)d paid weeks") % {"n": call.paid_weeks})
        )
    if call.gives_housing:
        lines.append(Cost(Kind.HOUSING, Side.HOST, Decimal()))
    if call.gives_room:
        lines.append(Cost(Kind.ROOM, Side.HOST, Decimal()))
    if call.gives_travel:
        lines.append(Cost(Kind.TRAVEL, Side.REGION, Decimal()))
    return lines
