"""What schools say of their grades before productions are allotted: the verbs, and who has not answered."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tours.errors import NotNow, Refused, SeasonClosed
from tours.models import Allotment, GradeAnswer, Need, Season, SeasonWay
from tours.wish_rules import weeks_of
from venues.dates import moment_text
from venues.grades import GRADES
from venues.models import Group, School, User
from venues.models.groups import GROUP_MAX
from venues.models.school_years import school_year_of, year_label


@dataclass(frozen=True)
class Answer:
    """What a school says of one grade. `weeks` are (year, week); none: any of the season. `needs`: need -> how many."""

    weeks: Collection[tuple[int, int]] = ()
    needs: Mapping[str, int] = field(default_factory=dict)
    can_travel: bool = True
    message: str = ""


@dataclass(frozen=True)
class Grade:
    """A grade of a school that is asked about, with how many pupils it has and what was answered.

    `is_decided`: what it gets is published, so that it is too late to answer.
    """

    school: School
    grade: str
    pupils: int
    groups: int
    answer: GradeAnswer | None
    is_decided: bool = False


def week_name(week: tuple[int, int]) -> str:
    """A week as it is stored: "2027-W09"."""
    return f"{week[0]}-W{week[1]:02d}"


def week_in(name: str) -> tuple[int, int] | None:
    """The week behind such a name, or None where it is none."""
    try:
        monday = date.fromisocalendar(int(name[:4]), int(name[6:]), 1)
    except ValueError:
        return None
    week = monday.isocalendar()[:2]
    return week if week_name(week) == name else None


def school_year_in(season: Season) -> str:
    """The school year ("2026/27") in which the season is played."""
    return year_label(school_year_of(season.starts_on))


def seasons_asking(school: School, on: date) -> "QuerySet[Season]":
    """The seasons, not over on that day, in which grades of the school's municipality are given performances."""
    given = SeasonWay.objects.filter(municipality=school.organisation.municipality_id).exclude(
        way=SeasonWay.Way.MENU
    )
    return Season.objects.filter(ways__in=given, ends_on__gte=on).order_by("starts_on", "pk")


def closes_at(season: Season, school: School) -> datetime | None:
    """Until when the school may answer: the last day that an allotment it is in has set; None where none asks it."""
    asking = asking_of(season, school).exclude(answers_by=None).order_by("-answers_by")
    return asking.values_list("answers_by", flat=True).first()


def wanted(season: Season, schools: Iterable[School], now: datetime) -> dict[int, datetime]:
    """Whose answers are wanted now, by key, and until when: their allotment's day, else when the season closes.

    Nobody's before the season opens, and not of schools of which it is decided what they get.
    """
    asking = season.allotments.order_by("answers_by").values_list("municipalities", "answers_by")
    until: dict[int | None, datetime] = {town: end for town, end in asking if end}
    published = season.allotments.filter(state=Allotment.State.PUBLISHED)
    decided = set(published.values_list("municipalities", flat=True))
    towns = {school.pk: school.organisation.municipality_id for school in schools}
    found = {pk: until.get(town, season.closes_at) for pk, town in towns.items() if town not in decided}
    return {pk: end for pk, end in found.items() if season.opens_at <= now < end}


def asking_of(season: Season, school: School) -> "QuerySet[Allotment]":
    """The allotments of the season that the school is in."""
    return Allotment.objects.filter(season=season, municipalities=school.organisation.municipality_id)


def is_decided(season: Season, school: School) -> bool:
    """Whether what is allotted to all grades that the school is asked about is published: nothing is left to answer."""
    asked = asked_grades(season, [school])
    return bool(asked) and all(grade.is_decided for grade in asked)


def asked_grades(season: Season, schools: Collection[School]) -> list[Grade]:
    """The grades that are asked about, by school in the given order: those with groups this school year.

    Where there are allotments for the school's municipality their grades count, else all.
    """
    groups = Group.objects.filter(school__in=schools, school_year=school_year_in(season))
    answers = {(a.school_id, a.grade): a for a in season.grade_answers.filter(school__in=schools)}
    targets = _targets(season.allotments.all())
    decided = _targets(season.allotments.filter(state=Allotment.State.PUBLISHED))
    sizes: dict[tuple[int, str], list[int]] = {}
    for school, grade, pupils in groups.values_list("school", "grade", "pupils_count"):
        sizes.setdefault((school, grade), []).append(pupils)
    return [
        Grade(
            school,
            grade,
            sum(sizes[key]),
            len(sizes[key]),
            answers.get(key),
            grade in decided.get(school.organisation.municipality_id or 0, ()),
        )
        for school in schools
        for grade in GRADES
        if (key := (school.pk, grade)) in sizes
        and grade in targets.get(school.organisation.municipality_id or 0, GRADES)
    ]


def _targets(allotments: "QuerySet[Allotment]") -> dict[int, set[str]]:
    """By municipality, the grades that these allotments are for."""
    found: dict[int, set[str]] = {}
    for municipality, grades in allotments.values_list("municipalities", "grades"):
        found.setdefault(municipality, set()).update(grades)
    return found


@transaction.atomic
def answer(
    season: Season, school: School, answers: Mapping[str, Answer], *, by: User, now: datetime
) -> list[GradeAnswer]:
    """Write what the school says of its grades: all of them or none.

    Raises:
        SeasonClosed: the day by which to answer has passed.
        NotNow: what was allotted to one of these grades has been published.
        Refused: a week, a need or a number can not be; `field` is "grade.part".
    """
    School.objects.select_for_update(no_key=True, of=("self",)).get(pk=school.pk)
    _check_open(season, school, now)
    asked = {grade.grade: grade for grade in asked_grades(season, [school])}
    for grade, told in answers.items():
        _check(season, asked.get(grade), grade, told)
    return [_write(season, school, asked[grade], told, by, now) for grade, told in answers.items()]


def _check_open(season: Season, school: School, now: datetime) -> None:
    closed = closes_at(season, school)
    if closed and closed <= now:
        raise SeasonClosed(
            _("Answers were wanted by %(moment)s. Ask your municipality's coordinator for a change.")
            % {"moment": moment_text(closed)},
            season=season.pk,
        )


def _check(season: Season, asked: Grade | None, grade: str, told: Answer) -> None:
    if asked is None:
        raise Refused(
            _("The school has no groups in grade %(grade)s this school year.") % {"grade": grade}, field=grade
        )
    if asked.is_decided:
        raise NotNow(
            _("What grade %(grade)s gets has been decided. Ask your municipality's coordinator for a change.")
            % {"grade": grade}
        )
    if strange := set(told.weeks) - set(weeks_of(season)):
        year, week = min(strange)
        raise Refused(
            _("Week %(week)d %(year)d is outside the season.") % {"week": week, "year": year},
            field=f"{grade}.weeks",
        )
    for need, count in told.needs.items():
        if need not in Need.values:
            raise Refused(_("There is no such need."), field=f"{grade}.needs")
        if not 0 <= count <= min(asked.pupils, GROUP_MAX):
            raise Refused(
                _("Grade %(grade)s has %(pupils)d pupils: write how many of them need it.")
                % {"grade": grade, "pupils": asked.pupils},
                field=f"{grade}.{need}",
            )


def _write(
    season: Season, school: School, asked: Grade, told: Answer, by: User, now: datetime
) -> GradeAnswer:
    row = asked.answer or GradeAnswer(season=season, school=school, grade=asked.grade, version=0)
    row.weeks = [week_name(week) for week in sorted(set(told.weeks))]
    row.needs = {need: count for need, count in told.needs.items() if count}
    row.can_travel, row.message = told.can_travel, told.message.strip()[:500]
    row.by, row.at, row.version = by, now, row.version + 1
    row.save()
    return row
