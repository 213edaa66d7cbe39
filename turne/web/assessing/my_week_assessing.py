"""What waits for an assessor, as a list of everybody's home."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes import permissions
from turne.web.assessing import home
from turne.web.my_week_sections import SHOWN, Row, Section
from venues.dates import day_text
from venues.models import User


def assessor_sections(user: User, now: datetime) -> list[Section]:
    """The calls in which one has something left to declare or to score; nothing for who sits on no panel."""
    found = list(permissions.assessments_of(user))
    if not found:
        return []
    rows = [_row(one) for one in home.tasks(user, found, now)]
    return [
        Section(
            _("Applications to assess"),
            rows[:SHOWN],
            _("Nothing waits for you to score."),
            (reverse("assessments"), _("All that you assess")),
            total=len(rows),
        )
    ]


def _row(told: Row) -> Row:
    left = ngettext("%(count)d application to score.", "%(count)d applications to score.", told["left"])
    text = _("Say with whom you have a conflict of interest.") if told["undeclared"] else ""
    if told["left"]:
        text = f"{text} {left % {'count': told['left']}}".strip()
    return {
        "title": told["title"],
        "url": told["url"],
        "text": text,
        "end": _("At the latest %(day)s") % {"day": day_text(told["assessment"].due_on)},
    }
