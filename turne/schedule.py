"""What runs by itself, and how often: Celery beat follows it in production, `manage.py work` without Celery."""

from typing import Any

#: Name for people -> (task of bookings.tasks, every so many seconds).
JOBS = {
    "send notices": ("send_notices", 5.0),
    "run proposals": ("run_proposals", 2.0),
    "run seasons": ("run_seasons", 5.0),
    "run allotments": ("run_allotments", 5.0),
    "expire agreements": ("expire_agreements", 60.0),
    "lapse changes": ("lapse_changes", 60.0),
    "remind of holds": ("remind_of_holds", 300.0),
    "remind of reports": ("remind_of_reports", 300.0),
    "ask classes": ("ask_classes", 300.0),
    "ask after stays": ("ask_after_stays", 600.0),
    "remind of checklists": ("remind_of_checklists", 300.0),
    "remind of confirmations": ("remind_of_confirmations", 3600.0),
    "remind of claims": ("remind_of_claims", 3600.0),
    "forget contacts": ("forget_contacts", 3600.0),
    "forget bus needs": ("forget_bus_needs", 3600.0),
    "forget needs": ("forget_needs", 3600.0),
    "remind of offers": ("remind_of_offers", 300.0),
    "remind of contracts": ("remind_of_contracts", 3600.0),
    "turn tours": ("turn_tours", 600.0),
    "take in calendars": ("take_in_calendars", 5.0),
    "move windows": ("move_windows", 60.0),
    "refresh statistics": ("refresh_statistics", 3600.0),
    "forget answers": ("forget_answers", 3600.0),
    "read calendars": ("read_calendars", 10.0),
    "forget spent": ("forget_spent", 3600.0),
    "forget young words": ("forget_young_words", 3600.0),
}
#: The same of programmes.tasks.
OF_PROGRAMMES = {
    "forget applicants": ("forget_applicants", 3600.0),
    "scan files": ("scan_files", 5.0),
    "sweep files": ("sweep_files", 3600.0),
    "remind assessors": ("remind_assessors", 600.0),
}
#: In Celery's form. A tick that found no worker in time is dropped: the next one is as good.
SCHEDULE: dict[str, dict[str, Any]] = {
    name: {"task": f"{app}.tasks.{task}", "schedule": every_s, "options": {"expires": 2 * every_s}}
    for app, jobs in (("bookings", JOBS), ("programmes", OF_PROGRAMMES))
    for name, (task, every_s) in jobs.items()
}
