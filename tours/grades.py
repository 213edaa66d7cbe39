"""School grades as people write them ("F–3", "4-6 och 8", "gy 1"), read as the grades that they mean."""

import re

#: From preschool (ages 1-5) to the last year of upper secondary school, in order.
#: Source: skollagen (2010:800) 8, 9, 10 and 16 kap.: preschool, preschool class, nine grades, three years.
GRADES = ("förskola", "F", *(str(grade) for grade in range(1, 10)), "gy1", "gy2", "gy3")
_WORDS = {
    "förskoleklass": "f",
    "preschool class": "f",
    "förskolan": "förskola",
    "preschool": "förskola",
    "lågstadiet": "f-3",
    "mellanstadiet": "4-6",
    "högstadiet": "7-9",
    "gymnasiet": "gy1-gy3",
    "gymnasium": "gy1-gy3",
    "gymnasieskolan": "gy1-gy3",
    "gy": "gy1-gy3",
    "upper secondary": "gy1-gy3",
}
_DASHES = re.compile(r"\s*(?:[-–—−]|\btill\b|\bto\b)\s*")
_UPPER = re.compile(r"\b(?:gymnasiet|gymnasium|gy)\b\s*\.?\s*([1-3])\b")
_ONE = r"förskola|gy[1-3]|f|[1-9]"
_NOISE = re.compile(r"\b(?:åk|årskurs(?:er)?|klass|grades?|år)\b\.?")
_AGE = re.compile(r"\d+(?:-\d+)?\s*(?:år|years?)\b(?!\s*\d)")
_SPAN = re.compile(rf"(?<![\w])({_ONE})(?:-({_ONE}))?(?![\w])")


def grades_of(text: str) -> frozenset[str]:
    """The grades that a text names, as `GRADES` has them; nothing where it names none.

    Ages ("6–9 år") are none. Spans may have any dash and run from the higher to the lower; after "gy" they go on in
    upper secondary school.
    """
    found: set[str] = set()
    for first, last in _SPAN.findall(_plain(text)):
        found |= _between(first, last or first)
    return frozenset(found)


def _plain(text: str) -> str:
    """The text in small letters with known words as grades, one kind of dash, and "gy1" for "gy 1"."""
    plain = _AGE.sub(" ", _DASHES.sub("-", text.lower()))
    plain = _DASHES.sub("-", _NOISE.sub(" ", plain))
    plain = _UPPER.sub(r"gy\1", plain)
    for word, meaning in _WORDS.items():
        plain = re.sub(rf"\b{word}\b", meaning, plain)
    return plain


def _between(first: str, last: str) -> set[str]:
    names = [name.lower() for name in GRADES]
    if first.startswith("gy") and last in {"1", "2", "3"}:
        last = f"gy{last}"
    low, high = sorted((names.index(first), names.index(last)))
    return set(GRADES[low : high + 1])
