"""What was changed about the groups of a visit, in words: by the history's own details, in the active language."""

from typing import Any

from django.utils.translation import gettext as _

Told = dict[str, Any]


def changed(details: Told) -> list[str]:
    """By group what is another than it was: "4A: 24 → 26 pupils"; empty where a line does not say what was before."""
    if "was" not in details:
        return []
    before, after = _by_group(details["was"]), _by_group(details["groups"])
    lines = []
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key)
        if old is None and new is not None:
            text = _("%(group)s comes: %(pupils)d pupils and %(adults)d adults")
            lines.append(text % {"group": _name(new), **_counts(new)})
        elif new is None and old is not None:
            lines.append(_("%(group)s does not come any more") % {"group": _name(old)})
        elif old is not None and new is not None and (what := _other(old, new)):
            lines.append(f"{_name(new)}: {', '.join(what)}")
    return lines


def came(details: Told) -> str:
    """By group how many came."""
    told = [f"{group} {'–' if count is None else count}" for group, count in details.get("came", {}).items()]
    return ", ".join(told)


def _by_group(rows: list[Told]) -> dict[tuple[str, str], Told]:
    return {(row["school"], row["group"]): row for row in rows}


def _name(row: Told) -> str:
    return f"{row['school']} {row['group']}"


def _counts(row: Told) -> dict[str, int]:
    return {"pupils": row["pupils"], "adults": row["adults"]}


def _other(old: Told, new: Told) -> list[str]:
    texts = {
        "pupils": _("%(old)d → %(new)d pupils"),
        "adults": _("%(old)d → %(new)d adults"),
        "show": _("show %(old)d → %(new)d"),
    }
    return [
        text % {"old": old[name] or 1, "new": new[name] or 1}
        if name == "show"
        else text % {"old": old[name], "new": new[name]}
        for name, text in texts.items()
        if old[name] != new[name]
    ]
