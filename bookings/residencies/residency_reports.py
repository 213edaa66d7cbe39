"""The final report of a residency: asked for by the clock when the stay is over, written by either side.

The house's choice, as with visits: artist and host are asked the morning after the last day, then every fortnight,
three times in all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.clockwork import for_each
from bookings.models import Residency, ResidencyFollowUp, ResidencyReport
from bookings.residencies import after_mail, locking, money
from tours.errors import NotNow, Refused
from tours.lengths import check_column
from tours.windows import midnight
from venues.models import User

MORNING = timedelta(hours=9)
EVERY = timedelta(days=14)
MOST = 3
#: A stay that ended longer ago, and of which nobody has been asked yet, is not asked for. Source: the house's choice.
STALE = timedelta(days=60)
#: As the columns have it, for people and days alike.
COUNT_MAX = 10_000


@dataclass(frozen=True)
class ReportInput:
    """The report as it is written.

    Attributes:
        host_words: None leaves them as they are: they are the host's alone.
        costs: number of a line of the costs -> what it became; lines that are left out stand.
    """

    days_worked: int
    artists_count: int
    words: str
    local_count: int | None = None
    host_words: str | None = None
    costs: "Mapping[int, Decimal | None] | None" = None


_COLUMNS = ("days_worked", "artists_count", "local_count", "words")


def can_be_written(residency: Residency, today: date) -> bool:
    """Whether the stay is agreed and over, so that it can be told of."""
    last = residency.last_day
    return residency.status == Residency.Status.CONFIRMED and last is not None and last <= today


@transaction.atomic
def write(
    residency: Residency, data: ReportInput, *, version: int, by: User, now: datetime
) -> ResidencyReport:
    """The report, or another wording of it; what it said before is kept in the history.

    Args:
        version: of the report that was seen; 0 where there was none.

    Raises:
        ItemChanged: somebody has written it since.
        NotNow: the stay is not agreed, or not over.
        Refused: something can not be; `field` names it.
    """
    residency = locking.lock_standing(residency)
    if not can_be_written(residency, timezone.localdate(now)):
        raise NotNow(_("The report is written when the stay is over."), residency=residency.pk)
    report = ResidencyReport.objects.filter(residency=residency).first()
    locking.check_version(version, report.version if report else 0, residency=residency.pk)
    _check(data)
    before = _told(residency, report) if report else {}
    report = report or ResidencyReport(residency=residency, version=0)
    for name in _COLUMNS:
        setattr(report, name, getattr(data, name))
    report.words = data.words.strip()
    if data.host_words is not None:
        report.host_words = data.host_words.strip()
    report.by, report.at, report.version = by, now, report.version + 1
    report.save()
    _write_costs(residency, data.costs or {})
    ResidencyFollowUp.objects.filter(residency=residency).update(report_next_at=None)
    locking.note(residency, "report", by, now, details={"before": before} if before else {})
    return report


def ask_due(now: datetime) -> int:
    """Note what is over since, and ask for the reports that are due; how many were asked for."""
    _begin(now)
    due = Residency.objects.filter(follow_up__report_next_at__lte=now).order_by("pk")
    return for_each(_ask, due, now)


def year_after(day: date) -> date:
    """The same day a year later; for 29 February the day before."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _begin(now: datetime) -> None:
    """A row with the days of asking for each stay that is over and has none."""
    today = timezone.localdate(now)
    agreed = Residency.objects.filter(status=Residency.Status.CONFIRMED, follow_up=None)
    over = agreed.annotate(last_on=Max("periods__ends_on")).filter(
        last_on__lt=today, last_on__gte=today - STALE
    )
    reported = set(ResidencyReport.objects.filter(residency__in=over).values_list("residency", flat=True))
    ResidencyFollowUp.objects.bulk_create(
        [
            ResidencyFollowUp(
                residency_id=pk,
                due_on=year_after(last_on),
                report_next_at=None if pk in reported else _first_at(last_on),
            )
            for pk, last_on in over.values_list("pk", "last_on")
        ],
        ignore_conflicts=True,  # another worker was here at the same time
    )


def _first_at(last_on: date) -> datetime:
    return midnight(last_on + timedelta(days=1)) + MORNING


@transaction.atomic
def _ask(residency: Residency, now: datetime) -> int:
    residency = locking.lock(residency)
    asking = ResidencyFollowUp.objects.get(residency=residency)
    if asking.report_next_at is None or asking.report_next_at > now:
        return 0  # asked for by another worker, or reported in the meantime
    is_wanted = residency.status == Residency.Status.CONFIRMED and not hasattr(residency, "report")
    asking.report_asked_count += is_wanted
    is_last = not is_wanted or asking.report_asked_count >= MOST
    asking.report_next_at = None if is_last else now + EVERY
    asking.save(update_fields=["report_asked_count", "report_next_at"])
    if not is_wanted:
        return 0
    after_mail.report_asked(residency, now)
    return 1


def _write_costs(residency: Residency, costs: "Mapping[int, Decimal | None]") -> None:
    lines = {line.number: line for line in residency.costs.all()}
    for number, amount in costs.items():
        if number not in lines:
            raise Refused(_("There is no such line of costs."), field="costs")
        if amount is not None and not 0 <= amount <= money.AMOUNT_MAX:
            raise Refused(_("Write 0 or more."), field="costs")
        lines[number].actual = amount
        lines[number].save(update_fields=["actual"])


def _told(residency: Residency, report: ResidencyReport) -> dict[str, object]:
    """A wording of the report, for the history."""
    plain: dict[str, object] = {name: getattr(report, name) for name in (*_COLUMNS, "host_words")}
    plain["at"] = timezone.localtime(report.at).strftime("%Y-%m-%d %H:%M")
    plain["costs"] = {
        str(line.number): None if line.actual is None else str(line.actual) for line in residency.costs.all()
    }
    return plain


def _check(data: ReportInput) -> None:
    for name in ("days_worked", "artists_count", "local_count"):
        count = getattr(data, name)
        if count is not None and not 0 <= count <= COUNT_MAX:
            raise Refused(_("Give a number from 0 to %(most)d.") % {"most": COUNT_MAX}, field=name)
    if not data.words.strip():
        raise Refused(_("This must be filled in."), field="words")
    for name in ("words", "host_words"):
        check_column(ResidencyReport, name, getattr(data, name) or "")
