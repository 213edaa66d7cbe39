"""Claims in each state, made by the verbs themselves, by a scheme of the small world's region."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from bookings import claim_handling, claiming, reporting, settling
from bookings.claim_handling import ClaimDecision
from bookings.claiming import ClaimInput
from bookings.claims import Pack
from bookings.models import Booking, SubsidyClaim
from tests.agreements import DAY, SHOW_AT, confirmed
from tests.world import World
from venues.models import Region, SubsidyScheme

#: A week after the visit, when it is reported and settled.
AFTER = SHOW_AT + 7 * DAY
ASK = {"key": "audience", "label": {"sv": "Ny publik", "en": "New audience"}, "max": 40}
RULES: dict[str, Any] = {
    "per": "show", "cap": "1000", "currency": "SEK", "covers": ["travel", "lodging", "fee"],
    "mileage_per_km": {"car": "3.75"}, "criteria": [{"kind": "presenters", "count": 1, "within": "region"}],
    "deadlines": ["06-12"],
    "claim": {"corrects": ["audience", "young", "travel", "lodging", "fee"], "asks": [ASK]},
}  # fmt: skip
ANSWERS = {"audience": "Vi bjöd in en skola."}


def rules(**claim: Any) -> dict[str, Any]:
    """The scheme's rules, with other words about claims."""
    return {**RULES, "claim": {**RULES["claim"], **claim}}


def scheme(world: World, region: Region | None = None, **fields: Any) -> SubsidyScheme:
    """A scheme that pays for the world's visits."""
    values = {
        "key": "s",
        "label": "Bidraget",
        "rules": RULES,
        "valid_from": date(2024, 1, 1),
        "source": "sidan",
    }
    return SubsidyScheme.objects.create(region=region or world.season.region, **{**values, **fields})


def settled(world: World, **changes: Any) -> Booking:
    """The presenter's visit, played by eighty of whom seventy were young, and settled as agreed."""
    booking = confirmed(world, **changes)
    reporting.report_played(booking, by=world.presenter, now=AFTER, figures=[(80, 70)])
    return settling.settle(booking, by=world.producer, now=AFTER)


def draft(world: World, booking: Booking | None = None) -> SubsidyClaim:
    """Begun, with nothing written."""
    return claiming.begin(booking or settled(world), by=world.presenter, now=AFTER)


def written(world: World, data: ClaimInput | None = None) -> SubsidyClaim:
    """Begun, and all that is asked for answered."""
    claim = draft(world)
    said = data or ClaimInput(answers=ANSWERS)
    return claiming.write(claim, said, by=world.presenter, version=claim.version, now=AFTER)


def sent(world: World, data: ClaimInput | None = None) -> SubsidyClaim:
    """Sent in a week after the visit."""
    return send(written(world, data), world)


def send(claim: SubsidyClaim, world: World, now: Any = AFTER) -> SubsidyClaim:
    """The same, sent in as it stands."""
    claiming.send_in(claim, by=world.presenter, version=claim.version, now=now)
    return again(claim)


def decided(world: World, granted: int | str = 1000, why: str = "") -> SubsidyClaim:
    """Decided by the officer the day after."""
    return decide(sent(world), world, granted, why)


def decide(claim: SubsidyClaim, world: World, granted: int | str = 1000, why: str = "") -> SubsidyClaim:
    """The claim, decided by the officer the day after."""
    decision = ClaimDecision(Decimal(granted), why, "KUL 2027/12")
    return claim_handling.decide(claim, decision, by=world.officer, version=claim.version, now=AFTER + DAY)


def paid(world: World) -> SubsidyClaim:
    """Paid out two days after the decision."""
    claim = decided(world)
    day = (AFTER + 3 * DAY).date()
    return claim_handling.note_paid(
        claim, by=world.officer, version=claim.version, now=AFTER + 3 * DAY, paid_on=day
    )


def returned(world: World) -> SubsidyClaim:
    """Given back the day after, to be completed in two weeks."""
    claim = sent(world)
    return claim_handling.return_for_completing(
        claim, by=world.officer, version=claim.version, now=AFTER + DAY, why="Kvittot saknas."
    )


def of_an_older_version(packs: Sequence[Pack]) -> list[Pack]:
    """The packs as they are where their first visit is claimed by an older version of the scheme's rules."""
    return [replace(pack, scheme=replace(pack.scheme, row=0)) for pack in packs]


def again(claim: SubsidyClaim) -> SubsidyClaim:
    """The claim as it is stored."""
    return SubsidyClaim.objects.with_ground().get(pk=claim.pk)
