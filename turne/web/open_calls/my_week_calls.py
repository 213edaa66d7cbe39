"""What of calls waits in somebody's week: one's own applications, and what comes next in the calls that one runs."""

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.languages import in_language
from programmes import answers_to_calls, call_words, decision_words, permissions
from programmes.models import Application, Assessment, Call, Meeting
from turne.web.my_week_sections import SHOWN, Row, Section
from venues.dates import day_text, moment_text
from venues.models import User

#: So long after its call has closed an application stands here. Source: the house's choice; the list has it still.
RECENT = timedelta(days=365)


def applicant_sections(user: User, now: datetime) -> list[Section]:
    """What one has applied for or begun to, the latest first; nothing for who has not applied."""
    mine = Application.objects.of_applicant(user).standing().with_ground()
    found = list(mine.filter(call__withdrawn_at=None, call__closes_at__gt=now - RECENT)[: SHOWN + 1])
    if not found:
        return []
    more = reverse("my-applications"), _("My applications")
    return [Section(_("Applications"), [_applied(one, now) for one in found[:SHOWN]], "", more)]


def running_sections(user: User, now: datetime) -> list[Section]:
    """The calls that one runs until their answers have left, with what comes next; nothing without any."""
    run = permissions.calls_run_by(user).filter(withdrawn_at=None).exclude(meeting__answers_at__lte=now)
    counting = Q(applications__number__isnull=False, applications__withdrawn_at=None)
    run = run.annotate(sent_count=Count("applications", filter=counting))
    run = run.filter(Q(closes_at__gt=now) | Q(published_at=None) | Q(sent_count__gt=0))
    found = list(run.select_related("meeting", "assessment").order_by("closes_at", "pk"))
    if not found:
        return []
    rows = sorted((_run(call, now) for call in found), key=lambda row: not row["is_task"])
    more = reverse("open-calls"), _("Open calls")
    return [Section(_("Your calls"), rows[:SHOWN], "", more, total=len(rows) if len(rows) > SHOWN else 0)]


def _applied(application: Application, now: datetime) -> Row:
    call = application.call
    decision = answers_to_calls.told_to_applicant(application, now)
    is_draft = application.number is None
    end = call_words.state_text(call, now)
    if decision:
        end = capfirst(decision_words.decision_text(decision))
    elif is_draft:
        end = f"{_('Draft, not sent in')}. {end}"
    return {
        "title": application.title or _("Application without a title"),
        "url": reverse("application", args=[call.slug]),
        "text": in_language(call, "title"),
        "end": end,
        "is_task": is_draft and call.is_open(now),
        "waits": is_draft and call.is_open(now),
    }


def _run(call: Call, now: datetime) -> Row:
    name, text, is_task = _next(call, now)
    return {
        "title": in_language(call, "title"),
        "url": reverse(name, args=[call.slug]),
        "text": text,
        "end": call_words.state_text(call, now),
        "is_task": is_task,
        "waits": is_task,
    }


def _next(call: Call, now: datetime) -> tuple[str, str, bool]:
    """The page of what comes next, what it is, and whether it is to be done now."""
    assessment: Assessment | None = getattr(call, "assessment", None)
    meeting: Meeting | None = getattr(call, "meeting", None)
    if call.published_at is None:
        return "open-call", _("A draft: publish it when it is right."), True
    if now < call.closes_at:
        sent: int = call.sent_count  # type: ignore[attr-defined]
        text = ngettext("%(count)d application so far.", "%(count)d applications so far.", sent)
        return "open-call", text % {"count": sent} if call.is_open(now) else "", False
    if assessment is None:
        return "panel", _("Set up the assessment, and invite a panel."), True
    if assessment.closed_at is None:
        due = {"day": day_text(assessment.due_on)}
        return "panel", _("The panel scores until %(day)s.") % due, now.date() > assessment.due_on
    if meeting is None:
        return "call-meeting", _("The scores stand: hold the meeting."), True
    if meeting.fixed_at is None:
        return "call-meeting", _("Decide the cases, and fix the minutes."), True
    if meeting.answers_at is None:
        return "call-answers", _("Choose when the answers leave."), True
    return "call-answers", _("The answers leave %(when)s.") % {"when": moment_text(meeting.answers_at)}, False
