"""What was changed of a call since it was public, in words: which thing, from what to what."""

from typing import Any

from django.utils.translation import gettext as _

from programmes.models import Call, CallChange

Row = dict[str, Any]
#: Things whose old and new words are too long for a line: only that they were changed is said.
LONG = {"purpose", "purpose_en", "who_may_apply", "who_may_apply_en", "given_more", "given_more_en"}


def changes_of(call: Call) -> list[Row]:
    """The changes since it was published, the newest first: {at, action, lines}."""
    since = [row for row in call.changes.all() if call.published_at and row.at >= call.published_at]
    shown = [row for row in since if row.action in (CallChange.Action.CHANGED, CallChange.Action.EXTENDED)]
    return [{"at": row.at, "lines": _lines(row)} for row in reversed(shown)]


def _lines(row: CallChange) -> list[str]:
    return [_line(name, before, after) for name, (before, after) in row.details.items()]


def _line(name: str, before: str, after: str) -> str:
    what = _field(name)
    if name in LONG:
        return _("%(what)s is written anew.") % {"what": what}
    told = {"what": what, "before": _value(before), "after": _value(after)}
    return _("%(what)s: %(before)s → %(after)s") % told


def _field(name: str) -> str:
    rows = {"periods": _("Periods"), "places": _("Places"), "criteria": _("Criteria")}
    if name in rows:
        return rows[name]
    label = str(Call._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _value(text: str) -> str:
    return {"": _("nothing"), "True": _("yes"), "False": _("no")}.get(text, text)
