"""Pupils through the years: a grade moves up one a year, so what its school's visits were to them is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from venues.grades import GRADES
from venues.models.school_years import year_label

#: The last grade of compulsory school; upper secondary school follows on it.
LAST_OF_COMPULSORY = "9"


@dataclass(frozen=True)
class Seen:
    """A grade of a school that saw a production in a school year, by the year in which that began."""

    school: int
    grade: str
    year: int
    production: int


def earlier_grade(grade: str, years: int) -> str | None:
    """In which grade the pupils of a grade were so many years ago; None where that is not known.

    Children are in preschool for several years, so those of preschool and before are all taken for preschool.
    """
    for _year in range(years):
        if grade == "gy1":
            grade = LAST_OF_COMPULSORY
        elif grade in GRADES[1:]:
            grade = GRADES[GRADES.index(grade) - 1]
        elif grade != GRADES[0]:
            return None
    return grade


def had_before(seen: Iterable[Seen], year: int, within: int) -> dict[tuple[int, str], frozenset[int]]:
    """Productions that the pupils of each grade of each school have had: (school, grade now) -> production ids.

    Who has changed schools since is not known: their new school's earlier visits are taken for theirs.

    Args:
        year: the school year that is asked about, by the year in which it begins.
        within: how many years back count; 0 counts only the year itself.
    """
    found: dict[tuple[int, str], set[int]] = {}
    for one in seen:
        ago = year - one.year
        if 0 <= ago <= within:
            for grade in GRADES:
                if earlier_grade(grade, ago) == one.grade:
                    found.setdefault((one.school, grade), set()).add(one.production)
    return {key: frozenset(productions) for key, productions in found.items()}


def year_in(label: str) -> int:
    """The year in which the school year of a label ("2026/27") begins; 0 for what is no label."""
    first = label[:4]
    return int(first) if first.isdecimal() and label == year_label(int(first)) else 0
