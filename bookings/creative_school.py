"""What a grant to an owner of schools has led to: pupils promised and reached, and its visits with their evidence.

A pupil is counted once a year: of each group the most that came to one of its visits. Encounters are counted beside it.
Who came and is not told is never counted as reached.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import settlement
from bookings.models import Booking, FundedVisit, ProfessionalProof, SchoolGrant, VisitGroup
from bookings.models.booking import Bookings, Status
from bookings.models.price import Kind
from bookings.settlement import Sheet, sheet_of
from tours.models import Ensemble
from tours.money import Money, total
from tours.windows import midnight
from venues.models.school_years import bounds, school_year_of

#: What the rules call a cost -> the lines of an invoice that it is.
COVERED = {"fee": (Kind.FEE, Kind.NEXT_SHOWS), "travel": (Kind.TRAVEL,), "lodging": (Kind.LODGING,)}


@dataclass(frozen=True)
class Came:
    """One group at one visit: how many were to come, and how many did; None is not told.

    `counts`: whether the visit is played or still to be, so that its pupils may count.
    """

    group: int
    expected: int
    came: int | None
    counts: bool = True


@dataclass(frozen=True)
class Reach:
    """Pupils: reached as far as it is told, hoped for with what is still to come or not told, and encounters told."""

    reached: int
    hoped: int
    encounters: int


@dataclass(frozen=True)
class Line:
    """A visit that the grant pays, with its evidence.

    Attributes:
        groups: those of the owner's schools.
        proof: the best that there is of its ensemble; None where there is none.
        is_proved: whether somebody has seen it, and it held on the day.
        covered: what the grant pays of the visit: as noted, else the lines that it covers as they are invoiced.
        missing: what is to be done or found out, a sentence each.
    """

    funded: FundedVisit
    sheet: Sheet
    groups: Sequence[VisitGroup]
    proof: ProfessionalProof | None
    is_proved: bool
    covered: Money
    missing: Sequence[str]

    @property
    def booking(self) -> Booking:
        return self.sheet.booking

    @property
    def counts(self) -> bool:
        """Whether it is played, or still to be."""
        return stands(self.booking)

    @property
    def expected(self) -> int:
        """Pupils who are to come, or were."""
        return sum(group.pupils_count for group in self.groups)

    @property
    def came(self) -> int | None:
        """Pupils who came; None as long as it is not told of every group."""
        told = [group.came_count for group in self.groups]
        return None if None in told else sum(count or 0 for count in told)

    @property
    def schools(self) -> list[str]:
        """The owner's schools that came, each once."""
        return sorted({str(group.group.school) for group in self.groups})


@dataclass(frozen=True)
class Report:
    """All of a grant.

    Attributes:
        could_be: confirmed visits to which groups of the owner come that year, and which no grant of it pays.
        warnings: what endangers the grant, a sentence each.
    """

    grant: SchoolGrant
    lines: Sequence[Line]
    reach: Reach
    could_be: Sequence[Booking]
    warnings: Sequence[str]

    @property
    def covered(self) -> Money:
        """What the grant pays of all its visits that stand and are in its currency."""
        own = [
            line.covered
            for line in self.lines
            if line.counts and line.covered.currency == self.grant.currency
        ]
        return total(own, self.grant.currency)

    @property
    def left(self) -> Money:
        """What is left of the grant."""
        return Money(self.grant.amount, self.grant.currency) - self.covered


def reach_of(came: Iterable[Came]) -> Reach:
    """Pupils reached and hoped for, each group once, by the most that came to one of its visits."""
    reached: dict[int, int] = {}
    hoped: dict[int, int] = {}
    encounters = 0
    for one in came:
        if not one.counts:
            continue
        if one.came is not None:
            reached[one.group] = max(reached.get(one.group, 0), one.came)
            encounters += one.came
        expected = one.expected if one.came is None else one.came
        hoped[one.group] = max(hoped.get(one.group, 0), expected)
    return Reach(sum(reached.values()), sum(hoped.values()), encounters)


def is_below(count: int, promised: int, percent: int) -> bool:
    """Whether so many pupils are more than so many percent below what was promised."""
    return Decimal(count) < Decimal(promised) * (100 - percent) / 100


def report_of(grant: SchoolGrant, now: datetime) -> Report:
    """The grant with its visits in the order of their days, what could be tagged, and what endangers it."""
    groups = Prefetch("groups", VisitGroup.objects.select_related("group__school__organisation"))
    funded = {one.booking_id: one for one in grant.visits.select_related("by")}
    read = settlement.with_lines(Booking.objects.filter(pk__in=funded).with_ground()).prefetch_related(groups)
    found = sorted(read, key=lambda booking: (booking.occupied_from, booking.pk))
    proofs = proofs_of({booking.tour.production.ensemble for booking in found})
    lines = [_line(funded[booking.pk], booking, grant, proofs, now) for booking in found]
    came = [
        Came(group.group_id, group.pupils_count, group.came_count, line.counts)
        for line in lines
        for group in line.groups
    ]
    reach, open_ones = reach_of(came), list(could_be(grant).with_ground())
    return Report(grant, lines, reach, open_ones, _warnings(grant, lines, reach, len(open_ones), now))


def could_be(grant: SchoolGrant) -> Bookings:
    """Confirmed visits that the grant may pay, and that no grant of the same owner pays."""
    first, last = bounds(grant.year)
    paid = FundedVisit.objects.filter(grant__owner=grant.owner)
    coming = VisitGroup.objects.filter(group__school__owner=grant.owner)
    return (
        Booking.objects.filter(
            status=Status.CONFIRMED,
            pk__in=coming.values("booking"),
            occupied_from__gte=midnight(first),
            occupied_from__lt=midnight(last + timedelta(days=1)),
        )
        .exclude(outcome=Booking.Outcome.NOT_HELD)
        .exclude(pk__in=paid.values("booking"))
    )


def could_pay(booking: Booking) -> list[SchoolGrant]:
    """The same from the visit's side: the grants that may pay it, of owners none of whose grants does."""
    if not stands(booking):
        return []
    found = SchoolGrant.objects.filter(
        owner__schools__groups__visits__booking=booking,
        year=school_year_of(timezone.localdate(booking.occupied_from)),
    ).exclude(owner__in=FundedVisit.objects.filter(booking=booking).values("grant__owner"))
    return list(found.distinct().select_related("owner__organisation", "scheme"))


def proofs_of(ensembles: Iterable[Ensemble]) -> dict[int, list[ProfessionalProof]]:
    """By ensemble what shows that it is professional, as it was told."""
    found: dict[int, list[ProfessionalProof]] = {}
    for proof in ProfessionalProof.objects.filter(ensemble__in=list(ensembles)).select_related("seen_by"):
        found.setdefault(proof.ensemble_id, []).append(proof)
    return found


def best_proof(proofs: Sequence[ProfessionalProof], on: date) -> tuple[ProfessionalProof | None, bool]:
    """The best of an ensemble's proofs, and whether it is seen and held on the day."""
    good = [one for one in proofs if one.seen_on and (one.valid_to is None or on <= one.valid_to)]
    return (good[0], True) if good else (proofs[0] if proofs else None, False)


def stands(booking: Booking) -> bool:
    """Whether a visit is confirmed, and was not reported as not played."""
    return booking.status == Status.CONFIRMED and booking.outcome != Booking.Outcome.NOT_HELD


def _line(
    funded: FundedVisit,
    booking: Booking,
    grant: SchoolGrant,
    proofs: Mapping[int, Sequence[ProfessionalProof]],
    now: datetime,
) -> Line:
    sheet = sheet_of(booking, now)
    groups = [group for group in booking.groups.all() if group.group.school.owner_id == grant.owner_id]
    theirs = proofs.get(booking.tour.production.ensemble_id, [])
    proof, is_proved = best_proof(theirs, timezone.localdate(booking.occupied_from))
    missing = list(_missing(booking, groups, now))
    if grant.scheme.rules["needs_proof"] and not is_proved:
        missing.append(_proof_text(proof))
    return Line(funded, sheet, groups, proof, is_proved, _covered(funded, sheet, grant), missing)


def _covered(funded: FundedVisit, sheet: Sheet, grant: SchoolGrant) -> Money:
    """As noted; else the lines of the presenter that the grant covers, as invoiced where that is known."""
    currency = sheet.booking.currency
    if funded.amount is not None:
        return Money(funded.amount, currency)
    kinds = {kind for name in grant.scheme.rules["covers"] for kind in COVERED[name]}
    rows = [row for row in sheet.rows if row.kind in kinds and row.is_for_presenter]
    known = (row.agreed if row.invoiced is None else row.invoiced for row in rows)
    return total((amount for amount in known if amount is not None), currency)


def _missing(booking: Booking, groups: Sequence[VisitGroup], now: datetime) -> Iterable[str]:
    if not stands(booking):
        yield _("It was not played: its pupils and its cost do not count.")
    elif not groups:
        yield _("No group of the owner's schools comes to it any more.")
    elif booking.occupied_to <= now:
        if not booking.outcome:
            yield _("The visit has not been reported.")
        if any(group.came_count is None for group in groups):
            yield _("How many pupils came is not told for every group.")
        if booking.outcome and not booking.settled_at:
            yield _("It is not settled: the cost is what was agreed.")


def _proof_text(proof: ProfessionalProof | None) -> str:
    if proof is None:
        return _("Nothing shows that the ensemble is professional: its producer tells it.")
    if not proof.seen_on:
        return _("Nobody has looked at what shows that the ensemble is professional.")
    return _("What shows that the ensemble is professional did not hold on the day any more.")


def _warnings(
    grant: SchoolGrant, lines: Sequence[Line], reach: Reach, open_count: int, now: datetime
) -> list[str]:
    rules, promised = grant.scheme.rules, grant.promised_count
    is_over = timezone.localdate(now) > bounds(grant.year)[1]
    count = reach.reached if is_over else reach.hoped
    told = {"count": count, "promised": promised, "percent": rules["warn_below_percent"]}
    found = []
    if is_below(count, promised, rules["warn_below_percent"]):
        words = (
            _("%(count)d pupils were reached of %(promised)d promised: the grant may have to be paid back.")
            if is_over
            else _("With all visits that are tagged %(count)d pupils are reached, of %(promised)d promised.")
        )
        found.append(words % told)
    unproved = len([line for line in lines if line.counts and not line.is_proved])
    if rules["needs_proof"] and unproved:
        words = ngettext(
            "%(count)d visit has no proof of professionalism that somebody has seen.",
            "%(count)d visits have no proof of professionalism that somebody has seen.",
            unproved,
        )
        found.append(words % {"count": unproved})
    if open_count:
        words = ngettext(
            "%(count)d visit could be paid by the grant and is not tagged.",
            "%(count)d visits could be paid by the grant and are not tagged.",
            open_count,
        )
        found.append(words % {"count": open_count})
    return found
