"""People to reach at a stay, and what an artist needs: kept for its sake, and forgotten after it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from bookings import tasks
from bookings.models import ResidencyContact
from bookings.residencies import ending, people_to_reach
from bookings.residencies.people_to_reach import Contact
from tests.bookings.residencies.stays_made import NOW, Stay, planned
from tests.world import World
from tours.errors import Refused

CARETAKER = Contact("Vaktmästare", "Nils Nyckel", "070-000 00 00", "nyckel@example.org")
#: The evening of the last day of the stay.
ENDS = datetime(2027, 8, 22, 20, 0, tzinfo=UTC)


@pytest.fixture
def stay(world: World) -> Stay:
    made = planned(world)
    people_to_reach.set_contacts(made.residency, [CARETAKER], **made.act())
    return made


def test_they_are_kept_and_the_history_names_nobody(stay: Stay) -> None:
    line = stay.residency.changes.last()
    assert line is not None
    assert people_to_reach.standing(stay.residency) == [CARETAKER]
    assert (line.action, line.details, line.reason) == ("contacts", {}, "")


@pytest.mark.parametrize(
    "one", [Contact("", "Nils"), Contact("Vakt", " "), Contact("Vakt", "Nils", "", "ingen")]
)
def test_one_that_cannot_be_is_refused(stay: Stay, one: Contact) -> None:
    with pytest.raises(Refused) as refused:
        people_to_reach.set_contacts(stay.residency, [one], **stay.act())
    assert (refused.value.field, people_to_reach.standing(stay.residency)) == ("contacts", [CARETAKER])


def test_they_are_forgotten_some_days_after_the_last_period(stay: Stay, settings: Any) -> None:
    settings.CONTACTS_KEPT_DAYS = 30
    counts = [people_to_reach.forget_due(ENDS + timedelta(days=days)) for days in (29, 30, 31)]
    assert (counts, ResidencyContact.objects.count()) == ([0, 0, 1], 0)


def test_and_after_it_was_cancelled(stay: Stay, settings: Any) -> None:
    settings.CONTACTS_KEPT_DAYS = 30
    ending.cancel(stay.residency, "host", why="Taket.", **stay.act())
    assert people_to_reach.to_forget(NOW + timedelta(days=31)).count() == 1


def test_needs_are_forgotten_a_week_after_it(stay: Stay) -> None:
    counts = [people_to_reach.forget_needs(ENDS + timedelta(days=days)) for days in (7, 8, 9)]
    assert (counts, stay.fresh().access_needs) == ([0, 1, 0], "")


def test_the_tasks_that_forget_visits_contacts_and_needs_forget_these(
    stay: Stay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.timezone, "now", lambda: ENDS + timedelta(days=1000))
    assert (tasks.forget_contacts(), tasks.forget_needs()) == (1, 1)


def test_a_person_is_exported_and_erased(stay: Stay, capsys: pytest.CaptureFixture[str]) -> None:
    assert people_to_reach.exported("NYCKEL@example.org") == [
        {
            "residency": "Vindens väg",
            "role": "Vaktmästare",
            "name": "Nils Nyckel",
            "phone": "070-000 00 00",
            "email": "nyckel@example.org",
        }
    ]
    call_command("contacts", "erase", "Nils Nyckel")
    assert (capsys.readouterr().out, ResidencyContact.objects.count()) == ("1 contacts erased.\n", 0)
