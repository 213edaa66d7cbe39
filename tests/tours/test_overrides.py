"""A warning is overridden with a reason that is kept; the law is not."""

from datetime import date, timedelta

import pytest

from tests.agreements import NOW, agreement
from tests.world import World
from tours import overrides
from tours.errors import NotNow, Refused
from tours.models import WarningOverride
from venues.models import WorkRuleProfile

DAY = date(2027, 2, 3)


def overridden(
    world: World, profile: WorkRuleProfile, reason: str = "Premiär", **at: object
) -> WarningOverride:
    values: dict[str, object] = {"rule": "total_day", "on": DAY, **at}
    return overrides.override(world.tour, profile, reason=reason, by=world.producer, now=NOW, **values)  # type: ignore[arg-type]


def test_the_reason_is_kept_with_who_and_when(world: World) -> None:
    made = overridden(world, agreement(world), " Premiär ")
    made.refresh_from_db()
    assert (made.reason, made.by, made.at, made.withdrawn_at) == ("Premiär", world.producer, NOW, None)


def test_the_law_is_not_overridden(world: World) -> None:
    profile = agreement(world)
    WorkRuleProfile.objects.update(severity="block")
    profile.refresh_from_db()
    with pytest.raises(Refused, match="is the law"):
        overridden(world, profile)


def test_it_takes_a_reason(world: World) -> None:
    with pytest.raises(Refused) as refused:
        overridden(world, agreement(world), "  ")
    assert refused.value.field == "reason"


@pytest.mark.parametrize("wrong", [{"rule": "lunch"}, {"on": date(2026, 1, 1)}])
def test_what_is_no_warning_of_the_tour_is_refused(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        overridden(world, agreement(world), **wrong)


def test_an_agreement_that_the_tour_has_not_chosen_is_refused(world: World) -> None:
    profile = agreement(world)
    world.tour.work_rules.clear()
    with pytest.raises(Refused):
        overridden(world, profile)


def test_a_warning_is_overridden_once(world: World) -> None:
    profile = agreement(world)
    overridden(world, profile)
    with pytest.raises(NotNow):
        overridden(world, profile, "En gång till")
    assert WarningOverride.objects.count() == 1


def test_withdrawn_it_warns_again_and_stays_to_be_read(world: World) -> None:
    profile = agreement(world)
    later = NOW + timedelta(hours=1)
    gone = overrides.withdraw(overridden(world, profile), by=world.producer, now=later)
    again = overridden(world, profile, "Ändå")
    rows = WarningOverride.objects.values_list("reason", "withdrawn_at")
    assert (list(rows), gone.withdrawn_by, again.withdrawn_at) == (
        [("Premiär", later), ("Ändå", None)],
        world.producer,
        None,
    )


def test_a_decision_is_withdrawn_once(world: World) -> None:
    gone = overrides.withdraw(overridden(world, agreement(world)), by=world.producer, now=NOW)
    with pytest.raises(NotNow):
        overrides.withdraw(gone, by=world.producer, now=NOW)
