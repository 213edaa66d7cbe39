"""The grades there are, how old their pupils are, and grades as people write them ("F–3", "4-6 och 8", "gy 1")."""

import re
from collections.abc import Iterable

#: From preschool (ages 1-5) to the last year of upper secondary school, in order.
#: Source: skollagen (2010:800) 8, 9, 10, 12, 16 and 19 kap.: preschool, preschool class, nine grades (ten in a special
#: school), three years (four in an adapted upper secondary school).
GRADES = ("förskola", "F", *(str(grade) for grade in range(1, 11)), "gy1", "gy2", "gy3", "gy4")
#: Grades of few schools: a span that only passes them ("7–gy1") does not mean them.
RARE = frozenset({"10", "gy4"})
#: Youngest and oldest in each grade. Source: skollagen 8 kap. 3 § (preschool from one year), 7 kap. 10 § (school begins
#: in the autumn of the year in which a child turns six) and one year for each grade.
AGES = {
    "förskola": (1, 5),
    "F": (6, 6),
    **{str(grade): (6 + grade, 6 + grade) for grade in range(1, 11)},
    **{f"gy{year}": (15 + year, 15 + year) for year in range(1, 5)},
}
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
_UPPER = re.compile(r"\b(?:gymnasiet|gymnasium|gy)\b\s*\.?\s*([1-4])\b")
_ONE = r"förskola|gy[1-4]|f|10|[1-9]"
_NOISE = re.compile(r"\b(?:åk|årskurs(?:er)?|klass|grades?|år)\b\.?")
_AGE = re.compile(r"\d+(?:-\d+)?\s*(?:år|years?)\b(?!\s*\d)")
#: A span of which one end is no grade ("1-12", "0-6") is none: half of it would be a wrong answer.
_SPAN = re.compile(rf"(?<!\w)(?<!\d-)({_ONE})(?:-({_ONE}))?(?!\w)(?!-\d)")


def grades_of(text: str) -> frozenset[str]:
    """The grades that a text names, as `GRADES` has them; nothing where it names none.

    Ages ("6–9 år") are none. Spans may have any dash and run from the higher to the lower; after "gy" they go on in
    upper secondary school.
    """
    found: set[str] = set()
    for first, last in _SPAN.findall(_plain(text)):
        found |= _between(first, last or first)
    return frozenset(found)


def rank(grade: str) -> int:
    """By what grades are sorted: their place in `GRADES`, and after them all what is no grade."""
    return GRADES.index(grade) if grade in GRADES else len(GRADES)


def in_order(grades: Iterable[str]) -> list[str]:
    """The grades in the order of `GRADES`, each once; what is no grade is left out."""
    told = set(grades)
    return [grade for grade in GRADES if grade in told]


def ages_of(grades: Iterable[str]) -> tuple[int, int] | None:
    """How old the youngest and the oldest in these grades are; None where there are no grades."""
    ages = [AGES[grade] for grade in grades]
    return (min(low for low, _high in ages), max(high for _low, high in ages)) if ages else None


def label_of(grades: Iterable[str]) -> str:
    """The grades as spans: "F–3, 5". Nothing where there are none."""
    spans: list[list[str]] = []
    for grade in in_order(grades):
        if spans and _follows(spans[-1][-1], grade):
            spans[-1].append(grade)
        else:
            spans.append([grade])
    return ", ".join(span[0] if len(span) == 1 else f"{span[0]}–{span[-1]}" for span in spans)


def _follows(grade: str, other: str) -> bool:
    """Whether a span goes on from one grade to the other: it does not from preschool, nor over to "gy"."""
    if grade == "förskola" or grade.startswith("gy") != other.startswith("gy"):
        return False
    return GRADES.index(other) == GRADES.index(grade) + 1


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
    if first.startswith("gy") and last in {"1", "2", "3", "4"}:
        last = f"gy{last}"
    low, high = sorted((names.index(first), names.index(last)))
    return {grade for grade in GRADES[low : high + 1] if grade not in RARE - {GRADES[low], GRADES[high]}}
