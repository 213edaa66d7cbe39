"""Schools are asked once a year to confirm what is told of them, and not once they have."""

from datetime import UTC, date, datetime

import pytest

from bookings import school_reminders
from bookings.models import Notice
from tests import factories as make
from tests.world import World
from venues import groups, school_confirming
from venues.groups import GroupInput
from venues.models import School

MAY = datetime(2027, 5, 11, 9, tzinfo=UTC)
AUGUST = datetime(2027, 8, 24, 9, tzinfo=UTC)


def mails() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(kind="school_unconfirmed").order_by("created_at")
    return list(rows.values_list("to_email", "subject"))


@pytest.mark.parametrize(
    ("today", "since"),
    [
        (date(2027, 5, 9), None),
        (date(2027, 5, 10), date(2027, 5, 10)),
        (date(2027, 5, 23), date(2027, 5, 10)),
        (date(2027, 5, 24), None),
        (date(2027, 9, 20), date(2027, 9, 15)),
        (date(2027, 1, 1), None),
    ],
)
def test_days_of_asking(today: date, since: date | None) -> None:
    assert school_reminders.asked_on(today) == since


def test_a_school_is_asked_once_in_spring_and_once_when_the_year_begins(world: World) -> None:
    asked = [school_reminders.remind_due(now) for now in (MAY, MAY, AUGUST, AUGUST)]
    to = ("krokoms-skola@example.org", "Krokoms skola: is this right for 2027/28?")
    world.school.language = "en"
    assert (asked, [email for email, _subject in mails()]) == ([1, 0, 1, 0], [to[0]] * 2)


def test_who_has_confirmed_or_ceased_is_not_asked(world: World) -> None:
    groups.add(world.school.school, 2027, GroupInput("4A", "4", 24))
    school_confirming.confirm(world.school.school, by=world.school_contact, now=MAY)
    make.SchoolFactory(status="ceased")
    assert (school_reminders.remind_due(MAY), mails()) == (0, [])


def test_the_mail_leads_to_the_page_and_can_be_ended(world: World) -> None:
    world.school.language = "en"
    world.school.save()
    school_reminders.remind_due(MAY)
    mail = Notice.objects.get(kind="school_unconfirmed")
    assert mail.subject == "Krokoms skola: is this right for 2027/28?"
    assert (mail.link.endswith("/skola/krokoms-skola/bekrafta/"), bool(mail.unsubscribe_url)) == (True, True)


def test_the_administrator_sees_the_mail(world: World) -> None:
    school_reminders.remind_due(MAY)
    people = (world.administrator, world.producer, world.school_contact)
    assert [Notice.objects.visible_to(person).count() for person in people] == [1, 0, 0]


def test_it_is_noted_when_a_school_was_asked(world: World) -> None:
    school_reminders.remind_due(MAY)
    assert School.objects.get(pk=world.school.school.pk).confirm_asked_at == MAY
