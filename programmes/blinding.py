"""An application's facts without what tells who applies. Plain Python: facts in, facts out.

Who stands apart in the facts and goes as a whole: names, contacts, people and work samples. Names that somebody has
written into the description are covered there too.
"""

import re
from typing import Any
from unicodedata import normalize

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
        kept[name] = _covered(found, kept.get(name, ""))
    kept["budget"] = [{**line, "words": _covered(found, line["words"])} for line in kept.get("budget", ())]
    if "files" in kept:
        kept["files"] = [{**file, "title": _covered(found, file["title"])} for file in kept["files"]]
    return kept


def _covered(found: re.Pattern[str], text: Any) -> str:
    """Å may be one sign or two, as programs write it."""
    return found.sub(COVER, normalize("NFC", str(text)))


def _pattern(who: Facts) -> re.Pattern[str] | None:
    """What finds them: whole names however they are written, and the parts of people's names as names are written."""
    people = [normalize("NFC", name) for name in _people(who) if name]
    addresses = [one.get("url") for one in who.get("work_samples", ())]
    others = [who.get("group_name"), who.get("email"), who.get("phone"), *addresses]
    whole = [*people, *(normalize("NFC", other) for other in others if other)]
    parts = {part.strip(".,") for name in people for part in _as_name(name).split()}
    shown = {part for part in parts if len(part) >= PART_LEAST and part[0].isupper()}
    found = [f"(?i:{_spaced(name)})" for name in whole if name.strip()]
    found += [f"{re.escape(part[0])}(?i:{re.escape(part[1:])})" for part in shown]
    if not found:
        return None
    found.sort(key=len, reverse=True)  # the longest first, so that nothing is left of it
    return re.compile(r"(?<!\w)(?:" + "|".join(found) + r")(?i:s\b)?(?!\w)")


def _people(who: Facts) -> list[Any]:
    return [who.get("applicant_name"), *(one.get("name") for one in who.get("collaborators", ()))]


def _as_name(name: str) -> str:
    """With capitals where somebody has written it without any."""
    return name.title() if name == name.lower() else name


def _spaced(name: str) -> str:
    return r"\s+".join(re.escape(part) for part in name.split())
