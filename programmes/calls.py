"""The verbs of a call: written as a draft, published, changed in the open, kept open for longer, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes import answers_to_calls
from programmes.call_kinds import Kind, kinds
from programmes.models import Call, CallChange, CallPeriod, CallPlace, Criterion
from programmes.models.calls import CHOSEN_MAX, WEEKS_MAX, WEIGHT_MAX
from tours.errors import NotNow, Refused
from tours.models import Production
from venues.dates import moment_text
from venues.models import Municipality, Organisation, Region, User
from venues.slugs import slug_of, taken_slugs

#: Of a call at the most. Source: the house's choice: what can be read on a page.
PERIODS_MAX, PLACES_MAX, CRITERIA_MAX = 12, 30, 10
#: Words that are addresses of their own beside calls.
RESERVED_SLUGS = ("ny",)
Change = dict[str, list[str]]


@dataclass(frozen=True)
class Weighed:
    """A criterion with its weight, per cent."""

    title: str
    weight: int
    title_en: str = ""


@dataclass(frozen=True)
class Place:
    """A municipality, or a host in it."""

    municipality: Municipality
    host: Organisation | None = None


@dataclass(frozen=True)
class CallInput:
    """All that a call says. Periods have both days included; `closes_at` itself is too late."""

    title: str
    purpose: str
    who_may_apply: str
    opens_at: datetime
    closes_at: datetime
    answers_on: date
    title_en: str = ""
    purpose_en: str = ""
    who_may_apply_en: str = ""
    art_forms: Sequence[str] = ()
    stipend: Decimal | None = None
    paid_weeks: int | None = None
    gives_housing: bool = False
    gives_room: bool = False
    gives_travel: bool = False
    given_more: str = ""
    given_more_en: str = ""
    chosen_count: int = 1
    is_blind: bool = False
    periods: Sequence[tuple[date, date]] = ()
    places: Sequence[Place] = ()
    criteria: Sequence[Weighed] = ()


#: What is rows of its own; the rest is columns of the call.
_ROWS = {"periods", "places", "criteria"}
_COLUMNS = [field.name for field in fields(CallInput) if field.name not in _ROWS]
#: What whoever has begun to apply relies on: it stands once the call is public.
SETTLED = ("criteria", "opens_at", "is_blind")


@transaction.atomic
def make(region: Region, owner: Organisation, kind: str, data: CallInput, *, by: User, now: datetime) -> Call:
    """A draft that only those who run it see.

    Raises:
        Refused: something cannot be; `field` names it.
    """
    if kind not in kinds():
        raise Refused(_("There is no such kind of call."), field="kind")
    if owner.region_id != region.pk:
        raise Refused(_("Whoever publishes it must belong to the region."), field="owner")
    _check(data, kinds()[kind], now)
    call = Call(region=region, owner=owner, kind=kind, currency=region.currency)
    taken = [*taken_slugs(Call), *RESERVED_SLUGS]
    call.slug = slug_of(data.title, taken=taken, beside=str(data.closes_at.year), longest=120)
    _write(call, data)
    _note(call, CallChange.Action.MADE, by, now)
    return call


@transaction.atomic
def change(call: Call, data: CallInput, *, version: int, by: User, now: datetime) -> Call:
    """Say it anew. Of a public call the criteria, the opening and blindness stand, and it closes no earlier.

    What is changed after it was published is shown on its page.

    Raises:
        NotNow: it is withdrawn or closed, or somebody has changed it since that version.
        Refused: something cannot be; `field` names it.
    """
    call = _lock(call, version)
    if call.withdrawn_at:
        raise NotNow(_("The call is withdrawn."), call=call.pk)
    if call.is_public and call.closes_at <= now:
        raise NotNow(_("The call has closed: what it says stands."), call=call.pk)
    _check(data, kinds()[call.kind], now)
    before = told(call)
    if call.is_public:
        _check_settled(call, before, data)
        _check_complete(data, kinds()[call.kind])
    _write(call, data)
    details = _difference(before, told(Call.objects.with_ground().get(pk=call.pk)))
    if details:
        is_longer = call.is_public and "closes_at" in details
        action = CallChange.Action.EXTENDED if is_longer else CallChange.Action.CHANGED
        _note(call, action, by, now, details)
    return call


@transaction.atomic
def publish(call: Call, *, version: int, by: User, now: datetime) -> Call:
    """Let everybody read it; it takes applications from its opening on.

    Raises:
        NotNow: it is public already, it would have closed, or somebody has changed it since that version.
        Refused: something is missing; `field` names it.
    """
    call = _lock(call, version)
    if call.is_public:
        raise NotNow(_("The call is public already."), call=call.pk)
    if call.closes_at <= now:
        raise NotNow(
            _("It would have closed %(when)s. Give it another closing date first.")
            % {"when": moment_text(call.closes_at)},
            call=call.pk,
        )
    _check_complete(standing(call), kinds()[call.kind])
    call.published_at = now
    call.save(update_fields=["published_at"])
    _note(call, CallChange.Action.PUBLISHED, by, now)
    return call


@transaction.atomic
def withdraw(call: Call, *, why: str, version: int, by: User, now: datetime) -> Call:
    """Take it back; its page stays and says why. Answers that wait do not leave.

    Raises:
        NotNow: it is a draft, withdrawn already, its answers have left, or somebody has changed it since that version.
        Refused: no reason is given.
    """
    call = _lock(call, version)
    if not call.is_public:
        raise NotNow(_("Nobody sees the draft: delete it instead."), call=call.pk)
    if call.withdrawn_at:
        raise NotNow(_("The call is withdrawn."), call=call.pk)
    if not why.strip():
        raise Refused(_("Say why: whoever was about to apply reads it."), field="why")
    answers_to_calls.call_off(call, now)
    call.withdrawn_at, call.withdrawn_why = now, why.strip()
    call.save(update_fields=["withdrawn_at", "withdrawn_why"])
    _note(call, CallChange.Action.WITHDRAWN, by, now)
    return call


@transaction.atomic
def delete(call: Call, *, version: int) -> None:
    """Take a draft away.

    Raises:
        NotNow: it is public, or somebody has changed it since that version.
    """
    call = _lock(call, version)
    if call.is_public:
        raise NotNow(_("The call is public. Withdraw it instead, so that whoever has seen it learns of it."))
    call.delete()


def standing(call: Call) -> CallInput:
    """All that it says now."""
    columns = {name: getattr(call, name) for name in _COLUMNS}
    return CallInput(
        **columns,
        periods=[(row.starts_on, row.ends_on) for row in call.periods.all()],
        places=[Place(row.municipality, row.host) for row in call.places.all()],
        criteria=[Weighed(row.title, row.weight, row.title_en) for row in call.criteria.all()],
    )


def told(call: Call) -> dict[str, str]:
    """Each thing that it says, as text, for comparing."""
    now = standing(call)
    rows = {
        "periods": "; ".join(f"{first} – {last}" for first, last in now.periods),
        "places": "; ".join(str(place.host or place.municipality) for place in now.places),
        "criteria": "; ".join(f"{one.title} {one.weight} %" for one in now.criteria),
        "art_forms": ", ".join(now.art_forms),
    }
    plain = {name: _text(getattr(now, name)) for name in _COLUMNS if name not in rows}
    return {**plain, **rows}


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return "" if value is None else str(value)


def _difference(before: dict[str, str], after: dict[str, str]) -> Change:
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def _lock(call: Call, version: int) -> Call:
    found = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if found.version != version:
        raise NotNow(_("Somebody has changed the call since you opened the page. Look again."), call=call.pk)
    return found


def _note(
    call: Call, action: CallChange.Action, by: User, now: datetime, details: Change | None = None
) -> None:
    CallChange.objects.create(call=call, action=action, by=by, at=now, details=details or {})
    Call.objects.filter(pk=call.pk).update(version=call.version + 1)
    call.version += 1


def _write(call: Call, data: CallInput) -> None:
    for name in _COLUMNS:
        setattr(call, name, getattr(data, name))
    call.art_forms = list(data.art_forms)
    call.save()
    _write_periods(call, data)
    _write_places(call, data)
    call.criteria.all().delete()
    Criterion.objects.bulk_create(
        Criterion(call=call, number=number, title=one.title, title_en=one.title_en, weight=one.weight)
        for number, one in enumerate(data.criteria, 1)
    )


def _write_periods(call: Call, data: CallInput) -> None:
    """Those that stand are kept, for somebody may have wished for them."""
    standing_ones = {(row.starts_on, row.ends_on): row for row in call.periods.all()}
    gone = [row.pk for days, row in standing_ones.items() if days not in data.periods]
    _let_go(CallPeriod.objects.filter(pk__in=gone), "periods")
    CallPeriod.objects.bulk_create(
        CallPeriod(call=call, starts_on=first, ends_on=last)
        for first, last in sorted(set(data.periods) - standing_ones.keys())
    )


def _write_places(call: Call, data: CallInput) -> None:
    standing_ones = {(row.municipality_id, row.host_id): row for row in call.places.all()}
    wanted = {(place.municipality.pk, place.host.pk if place.host else None): place for place in data.places}
    gone = [row.pk for key, row in standing_ones.items() if key not in wanted]
    _let_go(CallPlace.objects.filter(pk__in=gone), "places")
    CallPlace.objects.bulk_create(
        CallPlace(call=call, municipality=place.municipality, host=place.host)
        for key, place in wanted.items()
        if key not in standing_ones
    )


def _let_go(rows: "QuerySet[Any]", field: str) -> None:
    """Take rows away that nobody has wished for.

    Raises:
        Refused: somebody has.
    """
    try:
        rows.delete()
    except ProtectedError as error:
        raise Refused(
            _("Somebody who applies has wished for one that you take away. Let it stand."), field=field
        ) from error


# -- What a call must be ---------------------------------------


def _check(data: CallInput, kind: Kind, now: datetime) -> None:
    for name in ("title", "purpose", "who_may_apply"):
        if not getattr(data, name).strip():
            raise Refused(_("This must be filled in."), field=name)
    _check_days(data)
    _check_numbers(data)
    _check_rows(data, kind)
    if unknown := set(data.art_forms) - set(Production.ArtForm.values):
        raise Refused(_("There is no art form “%(name)s”.") % {"name": min(unknown)}, field="art_forms")


def _check_days(data: CallInput) -> None:
    if data.closes_at <= data.opens_at:
        raise Refused(_("It must close after it opens."), field="closes_at")
    if data.answers_on < timezone.localdate(data.closes_at):
        raise Refused(_("The answer can not come before the call closes."), field="answers_on")


def _check_numbers(data: CallInput) -> None:
    if data.stipend is not None and data.stipend < 0:
        raise Refused(_("Write 0 or more."), field="stipend")
    if data.paid_weeks is not None and not 1 <= data.paid_weeks <= WEEKS_MAX:
        raise Refused(_("Write %(low)d to %(high)d.") % {"low": 1, "high": WEEKS_MAX}, field="paid_weeks")
    if not 1 <= data.chosen_count <= CHOSEN_MAX:
        raise Refused(_("Write %(low)d to %(high)d.") % {"low": 1, "high": CHOSEN_MAX}, field="chosen_count")


def _check_rows(data: CallInput, kind: Kind) -> None:
    if not kind.has_stay and (data.periods or data.places):
        raise Refused(_("Only a call for a stay has periods and places."), field="periods")
    for first, last in data.periods:
        if last < first:
            raise Refused(_("A period ends before it begins: %(day)s.") % {"day": first}, field="periods")
    in_order = sorted(data.periods)
    for (_first, last), (next_first, _last) in zip(in_order, in_order[1:], strict=False):
        if next_first <= last:
            raise Refused(_("Two periods share the day %(day)s.") % {"day": next_first}, field="periods")
    if len({(place.municipality.pk, place.host and place.host.pk) for place in data.places}) < len(
        data.places
    ):
        raise Refused(_("A place stands there twice."), field="places")
    titles = [one.title.strip().casefold() for one in data.criteria]
    if not all(titles) or len(set(titles)) < len(titles):
        raise Refused(_("Each criterion needs words of its own."), field="criteria")
    if any(not 1 <= one.weight <= WEIGHT_MAX for one in data.criteria):
        raise Refused(_("Each weight is 1 to 100 per cent."), field="criteria")
    for name, most in (("periods", PERIODS_MAX), ("places", PLACES_MAX), ("criteria", CRITERIA_MAX)):
        if len(getattr(data, name)) > most:
            raise Refused(_("Write at most %(most)d.") % {"most": most}, field=name)


def _check_complete(data: CallInput, kind: Kind) -> None:
    """What a public call must have beside what a draft has."""
    total = sum(one.weight for one in data.criteria)
    if total != 100:
        raise Refused(
            _("The weights of the criteria are %(total)d per cent together; they must be 100.")
            % {"total": total},
            field="criteria",
        )
    if kind.has_stay and not data.periods:
        raise Refused(_("Say in which periods one may stay."), field="periods")
    if kind.has_stay and not data.places:
        raise Refused(_("Say where one may stay."), field="places")


def _check_settled(call: Call, before: dict[str, str], data: CallInput) -> None:
    after = {
        "criteria": "; ".join(f"{one.title} {one.weight} %" for one in data.criteria),
        "opens_at": _text(data.opens_at),
        "is_blind": str(data.is_blind),
    }
    for name in SETTLED:
        if before[name] != after[name]:
            raise Refused(
                _("The call is public: this stands, for somebody may have begun to apply by it."), field=name
            )
    if data.closes_at < call.closes_at:
        raise Refused(_("A public call may be open for longer, but not close earlier."), field="closes_at")
