"""The demo's allotment: groups in every grade, answers, and a plan that is asked for."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from bookings import allotting
from bookings.allotting import Terms
from bookings.demo.hosts import Hosts
from bookings.demo.names import DOMAIN
from tours import grade_answers, ways
from tours.grade_answers import Answer
from tours.models import Season, SeasonWay
from tours.wish_rules import weeks_of
from venues.grades import GRADES, grades_of
from venues.models import Group, Municipality, Region, School, User
from venues.models.school_years import school_year_of, year_label

#: Each of these gets one: one grade a stage, as many programmes for schools have it. Source: an example.
TARGET = ("2", "5", "8")
#: Of so many schools one has not answered yet, and of so many answers one names weeks.
SILENT, PICKY = 7, 3
#: Pupils in a class, and in the whole grade of a small school.
CLASS, SMALL = (14, 27), (4, 13)


def allot(region: Region, season: Season, hosts: Hosts, random: Random, now: datetime) -> list[str]:
    """Groups, ways, answers and an allotment that waits to be computed; what was done."""
    schools = [School.objects.with_forms().get(organisation=venue.organisation_id) for venue in hosts.schools]
    year = school_year_of(season.starts_on)
    for school in schools:
        _groups(school, year, random)
    groups = Group.objects.filter(school__in=schools, school_year=year_label(year)).count()
    officer = User.objects.get(email=f"kulturutvecklare@{DOMAIN}")
    towns = list(Municipality.objects.filter(region=region, organisations__school__in=schools).distinct())
    ways.set_ways(season, dict.fromkeys(towns, SeasonWay.Way.BOTH), by=officer, now=now)
    asked = _allotment(season, towns, officer, now)
    answered = sum(_answer(season, school, hosts, random, now) for school in schools)
    allotting.ask(asked, by=officer, now=now)
    return [
        f"{groups} groups in {len(schools)} schools.",
        f"{asked}: {answered} schools have answered, and a plan has been asked for.",
    ]


def _groups(school: School, year: int, random: Random) -> None:
    """One or two groups in each grade that has none. A small school has one small group."""
    is_small = random.random() < 0.4
    known = set(school.groups.filter(school_year=year_label(year)).values_list("grade", flat=True))
    made = []
    for grade in school.grades:
        count = 1 if is_small else random.choice([1, 2])
        for letter in "AB"[:count] if grade not in known else "":
            made.append(
                Group(
                    school=school,
                    name=f"{grade}{letter}" if count > 1 else grade,
                    grade=grade,
                    school_year=year_label(year),
                    pupils_count=random.randint(*(SMALL if is_small else CLASS)),
                    adults_count=random.choice([1, 2]),
                )
            )
    Group.objects.bulk_create(made)


def _allotment(season: Season, towns: list[Municipality], by: User, now: datetime) -> Any:
    closes = timezone.make_aware(
        datetime.combine(timezone.localdate(now) + timedelta(days=10), time(17)),
        timezone.get_current_timezone(),
    )
    suits = [one for one in season.productions.all() if grades_of(one.grades) & set(TARGET)]
    name = f"Årskurs {', '.join(TARGET[:-1])} och {TARGET[-1]}"
    terms = Terms(
        name, towns, suits, [grade for grade in GRADES if grade in TARGET], closes, {"unknown_fits": True}
    )
    return allotting.make(season, terms, by=by, now=now)


def _answer(season: Season, school: School, hosts: Hosts, random: Random, now: datetime) -> bool:
    """What most schools say; some have not said anything yet."""
    grades = [one.grade for one in grade_answers.asked_grades(season, [school])]
    if not grades or random.randrange(SILENT) == 0:
        return False
    weeks = weeks_of(season)[3:-3]
    answers = {
        grade: Answer(
            weeks=sorted(random.sample(weeks, 8)) if random.randrange(PICKY) == 0 else (),
            needs={"hearing_loop": 1} if random.randrange(12) == 0 else {},
        )
        for grade in grades
    }
    speaker = hosts.speakers[school.organisation_id]
    grade_answers.answer(season, school, answers, by=speaker, now=now)
    return True
