"""What can be claimed for visits once they are played: the scheme, the figures, the evidence, and what is missing.

A visit is judged with all that stands of its tour, as on the board, by what is invoiced where that is known. Only the
best scheme of a visit is claimed: nobody is paid twice for the same cost. Where it has refused, the next best is.
"""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import settlement, standing
from bookings.accounts import Account, Ground, Invoiced, VisitAccount, account_of
from bookings.candidates import candidate_id
from bookings.claim_rules import rules_of
from bookings.models import Booking, BookingChange, FundedVisit, SubsidyClaim
from bookings.models.booking import Bookings, Status
from bookings.models.price import Kind
from bookings.models.subsidy_claims import ClaimState
from bookings.settlement import Sheet, sheet_of
from tours import planner
from tours.errors import Refused, TurneError
from tours.models import Tour
from tours.money import MixedCurrencies, Money, total, zero
from tours.subsidies import Answer, Funding, Scheme
from tours.subsidy_words import open_texts
from tours.terms import read_terms
from venues.errors import NoRoad

#: The lines of an invoice that are costs of the road, and what the account calls them.
ROAD = {Kind.TRAVEL: "mileage", Kind.LODGING: "lodging", Kind.PER_DIEM: "per_diem"}


@dataclass(frozen=True)
class Claim:
    """What one visit may claim.

    Attributes:
        agreed_at: when it was confirmed; None where the history does not say.
        claim_by: the scheme's next deadline after the visit; None where the rules have none.
        missing: what has to be done or found out before it is claimed, a sentence each.
    """

    sheet: Sheet
    account: VisitAccount
    funding: Funding
    agreed_at: datetime | None
    claim_by: date | None
    missing: Sequence[str]

    @property
    def booking(self) -> Booking:
        return self.sheet.booking

    @property
    def is_ready(self) -> bool:
        return not self.missing

    @property
    def dates(self) -> list[datetime]:
        """When its shows were played."""
        return [show.starts_at for show in self.booking.performances.all()]

    @property
    def km(self) -> int:
        """The visit's part of the tour's road, in whole kilometres."""
        return round(self.account.km)

    @property
    def audience(self) -> int | None:
        """Who came to all its shows; None as long as nobody has told."""
        return _added(show.attendance for show in self.booking.performances.all())

    @property
    def young(self) -> int | None:
        """How many of them were children or young people."""
        return _added(show.attendance_young for show in self.booking.performances.all())


@dataclass
class Pack:
    """A scheme with the visits that claim by it, in the order of their days."""

    scheme: Scheme
    claims: list[Claim] = field(default_factory=list)

    @property
    def claimed_by(self) -> str:
        """The side that claims, as the rules say; the presenter where they say nothing."""
        return rules_of(self.scheme.rules).side

    @property
    def amount(self) -> Money:
        """All that may be claimed, ready or not."""
        return self._sum(self.claims)

    @property
    def ready(self) -> Money:
        """What lacks nothing."""
        return self.ready_beside(())

    def ready_beside(self, claimed: Container[int]) -> Money:
        """The same without the visits that have been claimed for, by their keys."""
        ready = (claim for claim in self.claims if claim.is_ready)
        return self._sum(claim for claim in ready if claim.booking.pk not in claimed)

    @property
    def unreported(self) -> int:
        """How many of the visits have not been reported."""
        return sum(not claim.booking.outcome for claim in self.claims)

    def _sum(self, claims: Iterable[Claim]) -> Money:
        return total((claim.funding.amount for claim in claims), self.scheme.rules["currency"])


@dataclass(frozen=True)
class Claims:
    """Packs by scheme, and the tours that could not be reckoned, each with why."""

    packs: Sequence[Pack]
    faults: Sequence[str]


def gather(bookings: Bookings, now: datetime) -> Claims:
    """The packs of those of the bookings that are over, and were not reported as not played.

    Each tour is reckoned with all its visits, also those of others: three presenters near each other qualify together.
    """
    mine = _played(bookings).filter(occupied_to__lte=now)
    agreed = dict(
        BookingChange.objects.filter(booking__in=mine, action="confirm").values_list("booking", "at")
    )
    packs: dict[tuple[int, str], Pack] = {}
    faults: list[str] = []
    wanted = set(mine.values_list("pk", flat=True))
    refused = _refused(mine)
    for tour in Tour.objects.filter(pk__in=mine.values("tour")).with_ground():
        try:
            found = _of_tour(tour, now)
        except TurneError as error:
            faults.append(str(error))
            continue
        for sheet, account in found:
            if sheet.booking.pk in wanted and (best := best_of(account, refused.get(sheet.booking.pk, ()))):
                claim = _claim(sheet, account, best, agreed.get(sheet.booking.pk))
                key = best.scheme.region, best.scheme.key
                packs.setdefault(key, Pack(best.scheme)).claims.append(claim)
    for pack in packs.values():
        pack.claims.sort(key=lambda claim: (claim.booking.occupied_from, claim.booking.pk))
    return Claims([packs[key] for key in sorted(packs)], faults)


def of_visit(booking: Booking, now: datetime, scheme: int = 0) -> Claim | None:
    """What one visit may claim by its best scheme, or what that stored scheme says of it, whatever it says.

    None: no scheme is known to pay for it, or that one is no scheme of its place and days.

    Raises:
        Refused: the visit's tour cannot be reckoned.
    """
    tour = Tour.objects.with_ground().get(pk=booking.tour_id)
    sheet, account = next(
        (pair for pair in _of_tour(tour, now) if pair[0].booking.pk == booking.pk), (None, None)
    )
    if sheet is None or account is None:
        return None
    if scheme:
        funding = next((one for one in account.funding if one.scheme.row == scheme), None)
    else:
        refused = _refused(Booking.objects.filter(pk=booking.pk))
        funding = best_of(account, refused.get(booking.pk, ()))
    if funding is None:
        return None
    agreed = BookingChange.objects.filter(booking=booking, action="confirm").order_by("at").last()
    return _claim(sheet, account, funding, agreed.at if agreed else None)


def best_of(account: VisitAccount, refused: Collection[int]) -> Funding | None:
    """The best scheme that the visit qualifies for, or may, and that has not refused it."""
    return next(
        (one for one in account.funding if one.answer != Answer.NOT_MET and one.scheme.row not in refused),
        None,
    )


def account_after(tour: Tour, sheets: Mapping[str, Sheet]) -> Account | None:
    """The tour's account by the visits that stand, at what is invoiced where that is known; None without visits.

    Args:
        sheets: by candidate those visits' sheets, with everything that a page shows read along.

    Raises:
        NoRoad, PlannerError: its days cannot be drawn.
    """
    grounds: dict[str, Ground] = {name: sheet.booking for name, sheet in sheets.items()}
    adopted = tour.proposals.filter(adopted_at__isnull=False).order_by("-adopted_at").first()
    course = standing.as_driven(tour, [sheet.booking for sheet in sheets.values()], adopted)
    if course is None:
        return None
    known = {name: _invoiced(sheet) for name, sheet in sheets.items() if sheet.booking.settled_at}
    return account_of(read_terms(tour), course, grounds, known)


def sheets_of(bookings: Bookings, now: datetime) -> dict[str, Sheet]:
    """The sheets of the visits that stand, by the planner's names of them, in the order of their days."""
    found = settlement.with_lines(_played(bookings).with_ground()).order_by("occupied_from", "pk")
    return {candidate_id(booking=booking): sheet_of(booking, now) for booking in found}


def missing_text(pack: Pack) -> str:
    """What keeps the whole pack from being claimed, in a sentence or two; empty where nothing does."""
    silent, waiting = pack.unreported, sum(not claim.is_ready for claim in pack.claims) - pack.unreported
    reports = ngettext("%(count)d visit is not reported.", "%(count)d visits are not reported.", silent)
    others = ngettext(
        "%(count)d visit lacks something else.", "%(count)d visits lack something else.", waiting
    )
    told = [text % {"count": count} for text, count in ((reports, silent), (others, waiting)) if count]
    return " ".join(told)


def _of_tour(tour: Tour, now: datetime) -> list[tuple[Sheet, VisitAccount]]:
    """The tour's visits with what the account says of each. Raises Refused where it cannot be reckoned."""
    try:
        sheets = sheets_of(Booking.objects.filter(tour=tour), now)
        account = account_after(tour, sheets)
    except (NoRoad, planner.PlannerError, TurneError, MixedCurrencies) as error:
        raise Refused(
            _("%(tour)s cannot be reckoned: %(why)s") % {"tour": tour, "why": error}, tour=tour.pk
        ) from error
    return [(sheets[visit.candidate], visit) for visit in account.visits] if account else []


def _refused(bookings: Bookings) -> dict[int, set[int]]:
    """By visit the stored schemes that have refused a claim of it."""
    found: dict[int, set[int]] = {}
    claims = SubsidyClaim.objects.filter(booking__in=bookings, state=ClaimState.REFUSED)
    for booking, scheme in claims.order_by().values_list("booking", "scheme"):
        found.setdefault(booking, set()).add(scheme)
    return found


def _played(bookings: Bookings) -> Bookings:
    """Those that stand: confirmed, and not reported as not played."""
    return bookings.filter(Q(status=Status.CONFIRMED) & ~Q(outcome=Booking.Outcome.NOT_HELD))


def _claim(sheet: Sheet, account: VisitAccount, funding: Funding, agreed_at: datetime | None) -> Claim:
    booking = sheet.booking
    missing = [] if booking.outcome else [_("The visit has not been reported.")]
    if booking.outcome and not booking.settled_at:
        missing.append(_("It is not settled: the costs are what was agreed."))
    missing += [f"{text}." for text in open_texts(funding)]
    missing += [
        _("%(grant)s pays the visit: the same cost is not claimed twice.") % {"grant": one.grant.scheme}
        for one in FundedVisit.objects.filter(booking=booking).select_related("grant__scheme")
    ]
    by = deadline_after(funding.scheme, timezone.localdate(booking.occupied_to))
    return Claim(sheet, account, funding, agreed_at, by, missing)


def deadline_after(scheme: Scheme, day: date) -> date | None:
    """The scheme's first deadline on a day or after it; None where its rules name none."""
    return rules_of(scheme.rules).deadline_after(day)


def _invoiced(sheet: Sheet) -> Invoiced:
    """The invoice with what it says of the road; an invoice of one price leaves that to the tour's account."""
    told = {row.kind: row.invoiced for row in sheet.rows if row.kind in ROAD and row.invoiced is not None}
    shares = {name: told.get(kind, zero(sheet.booking.currency)) for kind, name in ROAD.items()}
    return Invoiced(sheet.invoice.amount, shares if told else None)


def _added(numbers: Iterable[int | None]) -> int | None:
    told = list(numbers)
    return None if None in told else sum(number or 0 for number in told)
