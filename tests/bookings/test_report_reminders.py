"""Asking for the report: when, whom, how often, and until when."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bookings import lifecycle, report_links, report_reminders, reporting
from bookings.models import Booking, Notice, ReportReminder
from tests.agreements import DAY, NOW, confirmed
from tests.world import World
from venues.models import Membership, Organisation

STOCKHOLM = ZoneInfo("Europe/Stockholm")
#: The morning after the visit on 3 February.
MORNING = datetime(2027, 2, 4, 9, tzinfo=STOCKHOLM)
MINUTE = timedelta(minutes=1)


def next_at(booking: Booking) -> datetime | None:
    return ReportReminder.objects.get(booking=booking).next_at


def asked() -> list[str]:
    return list(Notice.objects.filter(kind="report_wanted").values_list("to_email", flat=True))


def test_the_next_reminder_is_stored_when_the_visit_is_over(world: World) -> None:
    booking = confirmed(world)
    assert (report_reminders.remind_due(booking.occupied_to), next_at(booking)) == (0, MORNING)


def test_nothing_is_stored_before(world: World) -> None:
    report_reminders.remind_due(confirmed(world).occupied_to - MINUTE)
    assert ReportReminder.objects.count() == 0


def test_the_presenter_is_asked_in_the_morning(world: World) -> None:
    confirmed(world)
    assert (report_reminders.remind_due(MORNING - MINUTE), report_reminders.remind_due(MORNING)) == (0, 1)
    assert asked() == [world.presenting.email]


def test_then_once_a_week_and_five_times_in_all(world: World) -> None:
    booking = confirmed(world)
    report_reminders.remind_due(booking.occupied_to)
    found = [report_reminders.remind_due(MORNING + n * DAY) for n in range(60)]
    assert [n for n, count in enumerate(found) if count] == [0, 7, 14, 21, 28]
    assert next_at(booking) is None


def test_never_twice_for_the_same_moment(world: World) -> None:
    confirmed(world)
    assert [report_reminders.remind_due(MORNING) for _time in range(3)] == [1, 0, 0]


def test_it_ends_with_the_report(world: World) -> None:
    booking = confirmed(world)
    report_reminders.remind_due(booking.occupied_to)
    reporting.report_played(booking, by=world.producer, now=booking.occupied_to, figures=[(80, 70)])
    assert (report_reminders.remind_due(MORNING), next_at(booking)) == (0, None)


def test_what_is_cancelled_is_not_asked_for(world: World) -> None:
    booking = confirmed(world)
    lifecycle.cancel(booking, by=world.producer, now=NOW, reason="Sjukdom")
    assert report_reminders.remind_due(MORNING) == 0


def test_what_was_over_long_ago_is_not_asked_for(world: World) -> None:
    booking = confirmed(world)
    assert report_reminders.remind_due(booking.occupied_to + 31 * DAY) == 0


def test_the_producer_is_asked_where_no_mail_reaches_the_presenter(world: World) -> None:
    confirmed(world)
    Organisation.objects.filter(pk=world.presenting.pk).update(email="")
    Membership.objects.filter(organisation=world.presenting).delete()
    report_reminders.remind_due(MORNING)
    assert asked() == [world.producing.email]


def test_the_mail_has_a_link_that_works(world: World) -> None:
    booking = confirmed(world)
    report_reminders.remind_due(MORNING)
    body = Notice.objects.get(kind="report_wanted").body_text
    token = body.split("/rapportera/")[1].split("/")[0]
    assert report_links.find_link(token, MORNING).booking_id == booking.pk
