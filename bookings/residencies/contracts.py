"""The contract of a residency: its facts are kept as they were sent, both sides agree to the one that they saw.

The facts are data with their SHA-256, and no later change of the residency reaches them. What the artist needs to take
part and whom to reach are not among them. Whatever is changed after it was sent is agreed anew by sending it anew.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.clockwork import for_each
from bookings.kept_facts import Facts, digest_of
from bookings.models import Residency, ResidencyContract
from bookings.residencies import contract_words, locking, money, reserving, staying, telling
from tours.errors import NotNow, Refused
from tours.lengths import check_length
from venues.models import Dwelling, User, Venue

Side = Residency.Side
#: Raised when the shape of the facts changes; older ones stay readable (`contract_words`).
SCHEMA = 2
#: So long before the answer date whoever has not answered is reminded. Source: the house's choice, as for offers.
REMIND_BEFORE = timedelta(days=3)
#: Letters of a no. Source: the house's choice, as of whoever cancels.
WHY_MAX = 500
#: By when an answer is asked for, where nobody says otherwise. Source: the house's choice; two weeks.
ANSWER_WITHIN = timedelta(days=14)


def facts_of(residency: Residency, schema: int = SCHEMA) -> Facts:
    """What is agreed, as the residency stands.

    Args:
        schema: 1: as it was written when all dwellings had the same hours, to compare with what was sent then.
    """
    return {
        "schema": schema,
        "region": residency.region.name,
        "host": {
            "name": residency.host.name,
            "municipality": str(residency.host.municipality or ""),
        },
        "artist": {
            "name": residency.artist_name,
            "ensemble": str(residency.ensemble or ""),
            "people": residency.people_count,
        },
        "work": {"title": residency.title, "about": residency.about, "art_form": residency.art_form},
        "place": str(residency.place),
        "periods": [
            {
                "from": row.starts_on.isoformat(),
                "to": row.ends_on.isoformat(),
                **_reserved(residency, row.pk, schema),
            }
            for row in residency.periods.all()
        ],
        "costs": [
            {"kind": one.kind, "words": one.words, "paid_by": one.paid_by, "amount": str(one.planned)}
            for one in money.standing(residency)
        ],
        "currency": residency.currency,
    }


def last_of(residency: Residency) -> ResidencyContract | None:
    """The one that counts: the last that was sent. Who may read it: `permissions.contracts_read_by`."""
    return residency.contracts.order_by("-number").first()


def is_changed_since(residency: Residency) -> bool:
    """Whether what is planned differs from the last contract that was sent."""
    last = last_of(residency)
    return last is not None and not _is_as_sent(_whole(residency), last)


def _is_as_sent(residency: Residency, contract: ResidencyContract) -> bool:
    """Whether what is planned is what was sent, written as it was then."""
    return digest_of(facts_of(residency, contract.facts["schema"])) == contract.digest


@transaction.atomic
def send(
    residency: Residency, *, answer_by: datetime, version: int, by: User, now: datetime
) -> ResidencyContract:
    """Send the contract as the residency stands to both sides, who are asked to agree to it; earlier yeses are void.

    Raises:
        NotNow: nothing has changed since the last one, nobody can answer for the artist, it is cancelled, or somebody
            has changed it since that version.
        Refused: the answer date has passed or lies after the stay (field "answer_by").
    """
    residency = locking.begin(residency, version)
    staying.check_artist(residency)
    _check_answer_by(residency, answer_by, now)
    whole = _whole(residency)
    facts = facts_of(whole)
    last = last_of(residency)
    if last and _is_as_sent(whole, last) and residency.status != Residency.Status.PLANNED:
        raise NotNow(_("Nothing has changed since the last contract was sent."), residency=residency.pk)
    contract = ResidencyContract.objects.create(
        residency=residency,
        number=last.number + 1 if last else 1,
        host=residency.host,
        made_at=now,
        by=by,
        facts=facts,
        digest=digest_of(facts),
    )
    was, residency.status = residency.status, Residency.Status.OFFERED
    residency.host_agreed_at = residency.artist_agreed_at = None
    residency.answer_by, remind_at = answer_by, answer_by - REMIND_BEFORE
    residency.answer_remind_at = remind_at if remind_at > now else None
    locking.write(
        residency, "send", by, now, fields=_AGREEING, details={"contract": contract.number}, before=was
    )
    before = last if last and last.host_id == residency.host_id else None
    telling.contract_sent(whole, contract, before, answer_by, now)
    return contract


@transaction.atomic
def agree(residency: Residency, side: str, *, number: int, by: User, now: datetime) -> Residency:
    """One side says yes to the contract of that number, which it saw; when both have, the residency is confirmed.

    Raises:
        NotNow: a later contract counts, it is being changed, that side has agreed already, or it is cancelled.
        Refused: there is no such side.
    """
    if side not in (Side.HOST, Side.ARTIST):
        raise Refused(_("Only the host and the artist agree."), field="side")
    residency = _begin_answering(residency, side, number)
    setattr(residency, f"{side}_agreed_at", now)
    before, is_agreed = residency.status, bool(residency.host_agreed_at and residency.artist_agreed_at)
    if is_agreed:
        residency.status, residency.answer_remind_at = Residency.Status.CONFIRMED, None
    details = {"side": str(side), "contract": number}
    locking.write(residency, "agree", by, now, fields=_AGREEING, details=details, before=before)
    if is_agreed:
        telling.confirmed(_whole(residency), now)
    return residency


@transaction.atomic
def decline(residency: Residency, side: str, *, why: str, number: int, by: User, now: datetime) -> Residency:
    """One side says no to the contract of that number, and why; the other and the region hear of it.

    It stays sent: whoever runs the residency changes it and sends it anew, or cancels it.

    Raises:
        NotNow: as `agree`.
        Refused: there is no such side, no reason, or too long a one.
    """
    if side not in (Side.HOST, Side.ARTIST):
        raise Refused(_("Only the host and the artist agree."), field="side")
    if not why.strip():
        raise Refused(_("Say why: the other side gets these words."), field="why")
    check_length(why.strip(), WHY_MAX, "why")
    residency = _begin_answering(residency, side, number)
    details = {"side": str(side), "contract": number}
    residency.answer_remind_at = None
    locking.write(
        residency, "decline", by, now, fields=["answer_remind_at"], reason=why.strip(), details=details
    )
    telling.declined(_whole(residency), side, why.strip(), now)
    return residency


def declined_by(residency: Residency) -> str:
    """The side that has said no to the contract that counts, and nobody has sent another since; "" where none has."""
    said = residency.changes.filter(action__in=("send", "decline", "agree")).order_by("at", "pk").last()
    return str(said.details.get("side", "")) if said and said.action == "decline" else ""


def remind_due(now: datetime) -> int:
    """Remind those who have not answered, each once; of how many residencies."""
    due = Residency.objects.filter(status=Residency.Status.OFFERED, answer_remind_at__lte=now).order_by("pk")
    return for_each(_remind, due, now)


@transaction.atomic
def _remind(residency: Residency, now: datetime) -> int:
    residency = locking.lock(residency)
    at = residency.answer_remind_at
    if residency.status != Residency.Status.OFFERED or at is None or at > now:
        return 0  # answered, changed or cancelled in the meantime
    residency.answer_remind_at = None
    residency.save(update_fields=["answer_remind_at"])
    telling.reminded(_whole(residency), now)
    return 1


_AGREEING = ["status", "host_agreed_at", "artist_agreed_at", "answer_by", "answer_remind_at"]


def _begin_answering(residency: Residency, side: str, number: int) -> Residency:
    """Locked, if the side may answer to that contract. What else was done since it was opened does not matter."""
    found = locking.lock_standing(residency)
    last = last_of(found)
    if last is None or last.number != number:
        raise NotNow(
            _("Another contract was sent since you opened the page. Read that one."), residency=found.pk
        )
    if getattr(found, f"{side}_agreed_at"):
        raise NotNow(_("You have agreed already."), residency=found.pk)
    is_planned_anew = (
        found.status == Residency.Status.PLANNED
    )  # with another host, or with the same once more
    if is_planned_anew or not _is_as_sent(_whole(found), last):
        raise NotNow(
            _("The residency was changed after the contract was sent. A new one comes; answer to that."),
            residency=found.pk,
        )
    return found


def _check_answer_by(residency: Residency, answer_by: datetime, now: datetime) -> None:
    if answer_by <= now:
        raise Refused(_("That moment has passed. Choose a later one."), field="answer_by")
    last = residency.last_day
    if last and timezone.localdate(answer_by) > last:
        raise Refused(_("The answer must come before the stay is over."), field="answer_by")


def _whole(residency: Residency) -> Residency:
    return Residency.objects.with_ground().get(pk=residency.pk)


def _reserved(residency: Residency, period: int, schema: int) -> Facts:
    things = [thing for thing in reserving.standing(residency) if thing.period == period]
    rooms = Venue.objects.in_bulk([thing.venue for thing in things if thing.venue])
    homes = Dwelling.objects.select_related("place").in_bulk(
        [thing.dwelling for thing in things if thing.dwelling]
    )
    return {
        "rooms": sorted(
            (
                {
                    "name": rooms[thing.venue].name,
                    "hours": _hours(thing),
                }
                for thing in things
                if thing.venue
            ),
            key=lambda room: str(room["name"]),
        ),
        "dwellings": sorted(
            (_dwelling(homes[thing.dwelling], _hours(thing), schema) for thing in things if thing.dwelling),
            key=lambda home: str(home["name"]),
        ),
    }


def _dwelling(home: Dwelling, hours: list[str], schema: int) -> Facts:
    told = {"name": str(home), "beds": home.beds}
    has_none = schema == 1 and hours == contract_words.HOURS_BEFORE
    return told if has_none else told | {"hours": hours}


def _hours(thing: reserving.Thing) -> list[str]:
    return [f"{at:%H:%M}" for at in (thing.hours.start, thing.hours.end)] if thing.hours else []
