"""The history of a school's groups: what is noted when one is written, and what pages read of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from venues.models import Group, GroupChange, School, User

#: So many lines a page shows of a year. Source: the house's choice: some changes of each class of a large school.
SHOWN = 100
LABELS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "grade": gettext_lazy("Grade"),
    "pupils_count": gettext_lazy("Pupils"),
    "adults_count": gettext_lazy("Adults"),
    "form": gettext_lazy("School form"),
    "languages": gettext_lazy("Languages"),
}


def note(
    group: Group, what: str, by: User | None, details: Mapping[str, Sequence[Any]], name: str = ""
) -> GroupChange:
    """Add a line; `details` are {field: [before, after]}, and `name` what the group was called before."""
    return GroupChange.objects.create(
        school_id=group.school_id,
        group=group,
        school_year=group.school_year,
        name=name or group.name,
        what=what,
        details=dict(details),
        by=by,
    )


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What is another than it was: {field: [before, after]}."""
    return {name: [before[name], after[name]] for name in before if before[name] != after[name]}


def of_year(school: School, school_year: str) -> list[GroupChange]:
    """The newest lines of a school year, "2026/27", the last first."""
    found = GroupChange.objects.filter(school=school, school_year=school_year).select_related("by")
    return list(found[:SHOWN])


def words(change: GroupChange) -> str:
    """ "Pupils: 24 → 26; Name: 4A → 4 Röd", or how many pupils the group has or had."""
    if change.what == GroupChange.What.CHANGED:
        pairs = ((label, change.details.get(name)) for name, label in LABELS.items())
        return "; ".join(f"{label}: {_told(pair[0])} → {_told(pair[1])}" for label, pair in pairs if pair)
    count = next((count for count in change.details.get("pupils_count", ()) if count is not None), 0)
    return ngettext("%(count)d pupil", "%(count)d pupils", count) % {"count": count}


def _told(value: Any) -> str:
    text = ", ".join(value) if isinstance(value, list | tuple) else str(value)
    return text or _("nothing")
