"""Background work as Celery tasks: thin, safe to run twice, and without arguments.

turne/schedule.py says when each runs: Celery beat follows it in production, `manage.py work` without
a broker. Nothing publishes a task inside a request: the database says what there is to do.
"""

import structlog
from celery import shared_task
from django.utils import timezone

from bookings import (
    advancing,
    allotment_runs,
    bus_orders,
    calendar_marks,
    changing,
    claim_reminders,
    class_feedback,
    clockwork,
    contacts,
    deciding,
    holds,
    lifecycle,
    needs,
    offers,
    relay,
    repeats,
    report_reminders,
    running,
    school_reminders,
    season_plan,
    spent,
    stored_feeds,
    table_statistics,
    young_words,
)
from bookings.residencies import contracts, follow_ups, people_to_reach, residency_reports
from venues.incoming import keeping
from venues.models import IncomingCalendar

#: Calendars in one turn: a slow server may take twenty seconds, and other work waits. Source: the house's choice.
CALENDARS_A_TURN = 3
log = structlog.get_logger("turne.work")


@shared_task  # type: ignore[untyped-decorator]
def send_notices() -> int:
    """Send the mails that are due; how many were sent."""
    return _told("notices sent", relay.send_all(timezone.now))


@shared_task  # type: ignore[untyped-decorator]
def run_proposals() -> int:
    """Compute the plans that producers have asked for; how many."""
    return _told("proposals computed", running.run_queued(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def run_seasons() -> int:
    """Plan the tours that producers have asked to plan together; how many seasons."""
    return _told("seasons planned", season_plan.run_queued(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def run_allotments() -> int:
    """Compute the allotments that somebody has asked for; how many."""
    return _told("allotments computed", allotment_runs.run_queued(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def expire_agreements() -> int:
    """Let offers and holds lapse whose time has passed, and challenges take effect; how many."""
    return _told("agreements expired", lifecycle.expire_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def lapse_changes() -> int:
    """Let changes lapse that nobody answered in time; how many."""
    return _told("changes lapsed", changing.lapse_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def remind_of_holds() -> int:
    """Remind producers of holds that end soon; how many."""
    return _told("holds reminded of", holds.remind_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def remind_of_reports() -> int:
    """Ask for the reports of visits that are over; how many."""
    return _told("reports asked for", report_reminders.remind_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def ask_after_stays() -> int:
    """Ask for the reports of residencies that are over, and a year later what became of them; how many."""
    now = timezone.now()
    return _told("residencies asked about", residency_reports.ask_due(now) + follow_ups.ask_due(now))


@shared_task  # type: ignore[untyped-decorator]
def ask_classes() -> int:
    """Ask the classes of visits that are over what they thought; of how many visits."""
    return _told("classes asked", class_feedback.ask_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def remind_of_checklists() -> int:
    """Tell the sides of visits that come soon what they have left to settle; how many visits."""
    return _told("checklists reminded of", advancing.remind_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def remind_of_confirmations() -> int:
    """Ask the schools that have not confirmed what is told of them; how many."""
    return _told("schools asked to confirm", school_reminders.remind_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def remind_of_claims() -> int:
    """Remind those who may claim a subsidy of a deadline that is near; how many houses."""
    return _told("claims reminded of", claim_reminders.remind_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def forget_contacts() -> int:
    """Forget the contacts of visits and residencies that ended long ago; how many."""
    now = timezone.now()
    return _told("contacts forgotten", contacts.forget_due(now) + people_to_reach.forget_due(now))


@shared_task  # type: ignore[untyped-decorator]
def forget_bus_needs() -> int:
    """Forget how many came in wheelchairs to visits that are over; of how many orders."""
    return _told("bus needs forgotten", bus_orders.forget_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def forget_needs() -> int:
    """Forget what some in groups, and artists in residence, needed; of how many groups and residencies."""
    now = timezone.now()
    return _told("needs forgotten", needs.forget_due(now) + people_to_reach.forget_needs(now))


@shared_task  # type: ignore[untyped-decorator]
def remind_of_offers() -> int:
    """Remind presenters of offers whose answer date comes near; how many."""
    return _told("offers reminded of", offers.remind_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def remind_of_contracts() -> int:
    """Remind whoever has not answered to a residency's contract, before its answer date; of how many."""
    return _told("contracts reminded of", contracts.remind_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def turn_tours() -> int:
    """Let tours pass their cut-off, begin and end with their days; how many."""
    return _told("tours turned", deciding.turn_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def take_in_calendars() -> int:
    """Note whose calendars what was written concerns, where nobody has read one since; how many marks."""
    return calendar_marks.take_in()


@shared_task  # type: ignore[untyped-decorator]
def move_windows() -> int:
    """Make some of the calendars for the new day before they are asked for; how many."""
    return _told("calendars made for the day", stored_feeds.move_windows(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def refresh_statistics() -> int:
    """Let SQLite look at its tables anew; 1 if the database is one."""
    return int(table_statistics.refresh())


@shared_task  # type: ignore[untyped-decorator]
def forget_answers() -> int:
    """Delete the answers that were kept long enough for programs that ask again; how many."""
    return _told("kept answers deleted", repeats.forget_old(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def forget_spent() -> int:
    """Delete links, tokens, sessions and login codes that nobody can use any more; how many rows."""
    return _told("spent secrets deleted", spent.forget_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def forget_young_words() -> int:
    """Forget nicknames, notes and comments of young people whose time is over; of how many rows."""
    return _told("young people's words forgotten", young_words.forget_due(timezone.now()))


@shared_task  # type: ignore[untyped-decorator]
def read_calendars() -> int:
    """Read the calendars that come in and are due, one after the other; how many were read.

    One worker at a time: slow servers must not keep them all from the mails.
    """
    now = timezone.now()
    if IncomingCalendar.objects.being_read(now).exists():
        return 0
    due = IncomingCalendar.objects.due(now).with_ground()[:CALENDARS_A_TURN]
    return _told("calendars read", clockwork.for_each(keeping.refresh, due, now))


def _told(what: str, count: int) -> int:
    if count:
        log.info(what, count=count)
    return count
