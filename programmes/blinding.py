"""An application's facts without what tells who applies. Plain Python: facts in, facts out.

Who stands apart in the facts and goes as a whole: names, contacts, people and work samples. Names that somebody has
written into the description are covered there too.
"""

import re
from typing import Any

Facts = dict[str, Any]
#: What stands instead of a name.
COVER = "█████"
#: Parts of a person's name that are shorter hide more words than they cover. Source: the house's choice.
PART_LEAST = 3
_TEXTS = ("title", "summary", "description")


def without_names(facts: Facts) -> Facts:
    """The same facts with nothing of `who`, and its names covered where they stand in the texts."""
    kept = {name: value for name, value in facts.items() if name != "who"}
    found = _pattern(facts.get("who", {}))
    if found is None:
        return kept
    for name in _TEXTS:
        kept[name] = found.sub(COVER, str(kept.get(name, "")))
    kept["budget"] = [
        {**line, "words": found.sub(COVER, str(line["words"]))} for line in kept.get("budget", ())
    ]
    if "files" in kept:
        kept["files"] = [{**file, "title": found.sub(COVER, str(file["title"]))} for file in kept["files"]]
    return kept


def _pattern(who: Facts) -> re.Pattern[str] | None:
    """What finds them: whole names however they are written, and the parts of people's names as names are written."""
    people = [who.get("applicant_name"), *(one.get("name") for one in who.get("collaborators", ()))]
    addresses = [one.get("url") for one in who.get("work_samples", ())]
    whole = [*people, who.get("group_name"), who.get("email"), who.get("phone"), *addresses]
    parts = {part.strip(".,") for name in people if name for part in name.split()}
    shown = {part for part in parts if len(part) >= PART_LEAST and part[0].isupper()}
    found = [f"(?i:{_spaced(name)})" for name in whole if name and name.strip()]
    found += [re.escape(part) for part in shown]
    if not found:
        return None
    found.sort(key=len, reverse=True)  # the longest first, so that nothing is left of it
    return re.compile(r"(?<!\w)(?:" + "|".join(found) + r")(?:s\b)?(?!\w)")


def _spaced(name: str) -> str:
    return r"\s+".join(re.escape(part) for part in name.split())
