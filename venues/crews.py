"""The verbs of a KulturCrew: how many they are, who does what by nickname, what they have learnt and what they have."""

import re
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from venues.errors import NotPossible
from venues.models import Crew, CrewItem, CrewMember, CrewTraining, Organisation
from venues.models.crews import (
    AGE_LIMITS,
    MENTORS_LIMITS,
    NICKNAME_MAX,
    PUPILS_LIMITS,
    USUAL_MENTORS,
    USUAL_PUPILS,
    CrewRole,
    Topic,
)
from venues.models.school_years import school_year_of

#: Letters, and one hyphen or apostrophe inside ("Anna-Li"): no surname, number or address can be written so.
INSIDE = re.compile("['’-]")
#: Of one thing a crew has at most so many. Source: the house's choice; beyond it is a slip of the pen.
ITEMS_MAX = 200
#: A training is noted at most so long after it, and not before. Source: the house's choice.
TRAININGS_BACK = timedelta(days=5 * 365)


@dataclass(frozen=True)
class CrewWords:
    """What is told of a crew; ages in years, `languages` and `skills` as codes."""

    name: str
    pupils_count: int
    mentors_count: int
    age_from: int
    age_to: int
    languages: Sequence[str] = ()
    skills: Sequence[str] = ()
    is_active: bool = True


@transaction.atomic
def make_crew(organisation: Organisation, told: CrewWords, *, known_languages: Collection[str] = ()) -> Crew:
    """A new crew of a school or another presenter.

    Raises:
        NotPossible: as `change_crew` says.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    return _write(Crew(organisation=organisation), told, known_languages)


@transaction.atomic
def change_crew(crew: Crew, told: CrewWords, *, version: int, known_languages: Collection[str] = ()) -> Crew:
    """Tell anew what the crew is.

    Args:
        version: of the crew as it was shown.
        known_languages: those that there are; others are refused.

    Raises:
        NotPossible: somebody has changed it since; no name, or that of another crew of the house; a size, an age, a
            skill or a language that can not be. `field` names which.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=crew.organisation_id)
    crew = Crew.objects.get(pk=crew.pk)
    if crew.version != version:
        raise NotPossible(_("Somebody has changed the crew since you opened the page. Look again."))
    crew.version += 1
    return _write(crew, told, known_languages)


def size_warnings(crew: Crew) -> list[str]:
    """What is unusual about the crew's size, a sentence each. Source: see `USUAL_PUPILS`."""
    warnings = []
    if not USUAL_PUPILS[0] <= crew.pupils_count <= USUAL_PUPILS[1]:
        warnings.append(
            _("A crew usually has %(low)d to %(high)d pupils; this one has %(count)d.")
            % {"low": USUAL_PUPILS[0], "high": USUAL_PUPILS[1], "count": crew.pupils_count}
        )
    if not USUAL_MENTORS[0] <= crew.mentors_count <= USUAL_MENTORS[1]:
        warnings.append(
            _("A crew usually has %(low)d or %(high)d mentors; this one has %(count)d.")
            % {"low": USUAL_MENTORS[0], "high": USUAL_MENTORS[1], "count": crew.mentors_count}
        )
    return warnings


def nickname_of(text: str) -> str:
    """A nickname as it may be stored; empty stays empty.

    Raises:
        NotPossible: it is longer than 20 characters, or has spaces, digits or signs: it could be somebody's full
            name, number or address.
    """
    name = text.strip()
    if not name:
        return ""
    if len(name) > NICKNAME_MAX:
        raise NotPossible(
            _("Write a nickname of at most %(count)d letters.") % {"count": NICKNAME_MAX}, field="nickname"
        )
    if not _is_of_letters(name):
        raise NotPossible(
            _("Write one nickname in letters only, such as Kim: no surname, number or address."),
            field="nickname",
        )
    return name


def _is_of_letters(name: str) -> bool:
    """By `str.isalpha`: what a regular expression takes for a word has signs such as ² in it."""
    parts = INSIDE.split(name)
    return len(parts) <= 2 and all(part.isalpha() for part in parts)


@transaction.atomic
def add_member(
    crew: Crew, role: str, *, today: date, nickname: str = "", is_mentor: bool = False
) -> CrewMember:
    """Note that somebody does something in the crew this school year; who it is need not be said.

    Raises:
        NotPossible: there is no such role, the nickname can not be, or the crew has no more pupils or mentors.
    """
    crew = Crew.objects.select_for_update(no_key=True).get(pk=crew.pk)
    if role not in CrewRole.values:
        raise NotPossible(_("Choose one of the roles."), field="role")
    most = crew.mentors_count if is_mentor else crew.pupils_count
    if crew.members.of_year(today).filter(is_mentor=is_mentor).count() >= most:
        raise NotPossible(
            _("The crew has %(count)d of them, and each is in the list. Change the number first.")
            % {"count": most},
            field="is_mentor",
        )
    return CrewMember.objects.create(
        crew=crew,
        role=role,
        nickname=nickname_of(nickname),
        is_mentor=is_mentor,
        school_year=school_year_of(today),
    )


def remove_member(crew: Crew, key: int) -> None:
    """Somebody does it no longer: the line goes. One of another crew, or that is gone already, changes nothing."""
    crew.members.filter(pk=key).delete()


def members(crew: Crew, today: date) -> "QuerySet[CrewMember]":
    """Who does what this school year, pupils first."""
    return crew.members.of_year(today)


@transaction.atomic
def add_training(
    crew: Crew, *, held_on: date, hours: Decimal, topics: Sequence[str], attended_count: int, today: date
) -> CrewTraining:
    """Note a training day that the crew has had.

    Raises:
        NotPossible: it is to come or long past, lasts longer than a day, is about nothing known, or more were there
            than the crew has.
    """
    if not today - TRAININGS_BACK <= held_on <= today:
        raise NotPossible(_("Write a day that has been, within the last five years."), field="held_on")
    if not 0 < hours <= 24:
        raise NotPossible(_("Write between half an hour and 24 hours."), field="hours")
    if not topics or set(topics) - set(Topic.values):
        raise NotPossible(_("Choose what the training was about."), field="topics")
    if not 1 <= attended_count <= crew.pupils_count:
        raise NotPossible(
            _("Between 1 and %(count)d pupils of the crew can have been there.")
            % {"count": crew.pupils_count},
            field="attended_count",
        )
    return CrewTraining.objects.create(
        crew=crew,
        held_on=held_on,
        hours=hours,
        topics=[topic for topic in Topic.values if topic in topics],
        attended_count=attended_count,
    )


def remove_training(crew: Crew, key: int) -> None:
    """A training day was noted by mistake: it goes. One of another crew, or that is gone, changes nothing."""
    crew.trainings.filter(pk=key).delete()


@transaction.atomic
def set_item(crew: Crew, kind: str, size: str, *, total_count: int, lent_count: int) -> CrewItem | None:
    """Say how many T-shirts of a size, or folders, the crew has; with none in all the line goes.

    Raises:
        NotPossible: there is no such thing, more are lent than there are, or it is a slip of the pen.
    """
    Crew.objects.select_for_update(no_key=True).get(pk=crew.pk)
    shirt = kind == CrewItem.Kind.SHIRT
    if kind not in CrewItem.Kind.values or size not in CrewItem.Size.values or bool(size) != shirt:
        raise NotPossible(_("Choose T-shirts with a size, or folders."), field="what")
    if not 0 <= total_count <= ITEMS_MAX:
        raise NotPossible(_("Write 0 to %(most)d.") % {"most": ITEMS_MAX}, field="total_count")
    if not 0 <= lent_count <= total_count:
        raise NotPossible(_("No more can be lent than there are."), field="lent_count")
    if not total_count:
        CrewItem.objects.filter(crew=crew, kind=kind, size=size).delete()
        return None
    item, _made = CrewItem.objects.update_or_create(
        crew=crew, kind=kind, size=size, defaults={"total_count": total_count, "lent_count": lent_count}
    )
    return item


def _write(crew: Crew, told: CrewWords, known_languages: Collection[str]) -> Crew:
    for name, value in asdict(told).items():
        setattr(crew, name, value)
    crew.name = " ".join(told.name.split())
    crew.languages, crew.skills = list(told.languages), list(told.skills)
    _check(crew, known_languages)
    crew.save()
    return crew


def _check(crew: Crew, known_languages: Collection[str]) -> None:
    if not crew.name:
        raise NotPossible(_("Give the crew a name."), field="name")
    alike = Crew.objects.filter(organisation=crew.organisation_id).exclude(pk=crew.pk)
    # Compared here, because SQLite knows no large and small å.
    if crew.name.casefold() in (name.casefold() for name in alike.values_list("name", flat=True)):
        raise NotPossible(_("There is a crew with that name already."), field="name")
    for field, (low, high) in {"pupils_count": PUPILS_LIMITS, "mentors_count": MENTORS_LIMITS}.items():
        if not low <= getattr(crew, field) <= high:
            raise NotPossible(_("Write %(low)d to %(high)d.") % {"low": low, "high": high}, field=field)
    if not AGE_LIMITS[0] <= crew.age_from <= crew.age_to <= AGE_LIMITS[1]:
        raise NotPossible(
            _("Write ages from %(low)d to %(high)d, the youngest first.")
            % {"low": AGE_LIMITS[0], "high": AGE_LIMITS[1]},
            field="age_from",
        )
    if set(crew.skills) - set(CrewRole.values):
        raise NotPossible(_("Choose one of the roles."), field="skills")
    if set(crew.languages) - set(known_languages):
        raise NotPossible(_("Choose at least one of the languages."), field="languages")
