"""The groups of a school in a school year: the verbs. Counts only: no pupil's name is ever stored."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _

from venues import group_history
from venues.errors import NotPossible
from venues.grades import GRADES, in_order, label_of
from venues.models import Group, GroupChange, School, User
from venues.models.groups import GROUP_MAX
from venues.models.school_years import year_label
from venues.school_forms import SchoolForm

What = GroupChange.What
NAME_MAX: int = Group._meta.get_field("name").max_length or 40
#: More groups than any school has in a year. Source: the house's choice; Sweden's largest schools have some sixty.
GROUPS_MAX = 120
#: A group receives no more languages beside Swedish. Source: the house's choice.
LANGUAGES_MAX = 6
_YEAR = re.compile(r"(\d{4})/(\d{2})")
#: A language tag as BCP 47 (RFC 5646, section 2.1) has it, without its rare parts.
TAG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})?", re.IGNORECASE)


@dataclass(frozen=True)
class GroupInput:
    """What is told of a group. `languages` are BCP 47 tags beside Swedish; `form` is empty where the grade says it."""

    name: str
    grade: str
    pupils_count: int
    adults_count: int = 1
    form: str = ""
    languages: tuple[str, ...] = ()

    @classmethod
    def of(cls, group: Group) -> "GroupInput":
        """What stands of a group."""
        told = (group.name, group.grade, group.pupils_count, group.adults_count, group.form)
        return cls(*told, tuple(group.languages))


@dataclass(frozen=True)
class Row:
    """A line of a year as somebody writes it: a new group, a changed one (`pk`), or with no input one to remove."""

    told: GroupInput | None
    pk: int | None = None


@dataclass(frozen=True)
class Copied:
    """What became of last year's groups: those that were made, those that have left, and grades to enter anew."""

    made: tuple[Group, ...]
    left: tuple[str, ...]
    anew: tuple[str, ...]


class GroupsWrong(NotPossible):
    """Some lines of a year can not be so, and nothing was written. `faults`: line -> what is wrong with it."""

    def __init__(self, faults: dict[int, NotPossible]) -> None:
        self.faults = faults
        super().__init__(_("Nothing is saved: %(count)d lines to put right.") % {"count": len(faults)})


def year_of(text: str) -> int:
    """The calendar year in which a school year begins, from "2026/27".

    Raises:
        NotPossible: it is not written so, or ends before it begins, or later than a year after.
    """
    found = _YEAR.fullmatch(text.strip())
    if not found:
        raise NotPossible(
            _("Write the school year as 2026/27, not “%(text)s”.") % {"text": text}, field="school_year"
        )
    year, end = int(found[1]), int(found[2])
    if end != (year + 1) % 100:
        told = {"text": text, "right": year_label(year)}
        sentence = (
            _("The school year %(text)s ends before it begins. Do you mean %(right)s?")
            if end <= year % 100 and year % 100 != 99
            else _("A school year ends in the year after: %(right)s, not %(text)s.")
        )
        raise NotPossible(sentence % told, field="school_year")
    return year


@transaction.atomic
def add(school: School, year: int, told: GroupInput, by: User | None = None) -> Group:
    """A new group in the school year that begins then. All that is done stands in the history, with who did it.

    Raises:
        NotPossible: it can not be so; `field` names what is wrong.
    """
    _lock(school)
    told = plain(told)
    check(school, told, _names(school, year))
    return _made(school, year, told, by)


@transaction.atomic
def change(group: Group, told: GroupInput, by: User | None = None) -> Group:
    """Tell something else of a group; what was a proposal is one no longer.

    Raises:
        NotPossible: it can not be so; `field` names what is wrong.
    """
    _lock(group.school)
    told = plain(told)
    check(group.school, told, _names(group.school, year_of(group.school_year), but=[group.pk]))
    return _changed(group, told, by)


@transaction.atomic
def remove(group: Group, by: User | None = None) -> None:
    """Take a group away that no wish and no visit has.

    Raises:
        NotPossible: a wish or a visit is for it; the sentence names which.
    """
    _lock(group.school)
    _remove(group, by)


@transaction.atomic
def write_year(school: School, year: int, rows: Sequence[Row], by: User | None = None) -> dict[str, int]:
    """All groups of a year as the lines have them, or nothing; groups that no line names stay.

    Returns:
        How many are "new", "changed" and "gone".

    Raises:
        GroupsWrong: some lines can not be so.
        NotPossible: too many lines.
    """
    _lock(school)
    if len(rows) > GROUPS_MAX:
        text = _("A school has at most %(most)d groups in a year. Leave some out.")
        raise NotPossible(text % {"most": GROUPS_MAX})
    standing = {group.pk: group for group in _of_year(school, year)}
    rows = [replace(row, told=plain(row.told)) if row.told else row for row in rows]
    if faults := _faults(school, rows, standing):
        raise GroupsWrong(faults)
    done = {"new": 0, "changed": 0, "gone": 0}
    for number, row in enumerate(rows):
        if row.told is None and row.pk:
            _remove_line(number, standing[row.pk], by)
            done["gone"] += 1
    _set_aside(standing[row.pk] for row in rows if row.told and row.pk)
    for row in rows:
        if row.told and row.pk:
            done["changed"] += GroupInput.of(standing[row.pk]) != row.told
            _changed(standing[row.pk], row.told, by)
        elif row.told:
            _made(school, year, row.told, by)
            done["new"] += 1
    return done


@transaction.atomic
def copy_last_year(school: School, year: int, by: User | None = None) -> Copied:
    """Make a year's groups from the year before: each a grade up, its numbers as a proposal to confirm.

    Who was in the school's last grade has left. Preschool groups stay what they are. Groups whose name the year has
    already are left alone.

    Raises:
        NotPossible: the year before has no groups.
    """
    _lock(school)
    before = list(_of_year(school, year - 1))
    if not before:
        text = _("No groups are noted for %(year)s, so there is nothing to make the next year from.")
        raise NotPossible(text % {"year": year_label(year - 1)})
    names, grades = _names(school, year), school.grades
    made, left = [], []
    for group in before:
        told = _risen(GroupInput.of(group), school)
        if told is None:
            left.append(group.name)
        elif told.name.casefold() not in names:
            made.append(_made(school, year, told, by, is_proposal=True))
    here = {group.grade for group in _of_year(school, year)}
    return Copied(tuple(made), tuple(left), tuple(grade for grade in grades if grade not in here))


@transaction.atomic
def undo_copy(school: School, year: int, by: User | None = None) -> int:
    """Take the proposals of a year away again, as far as nothing is planned for them; how many."""
    _lock(school)
    count = 0
    for group in _of_year(school, year).filter(is_proposal=True):
        try:
            _remove(group, by)
        except NotPossible:
            continue
        count += 1
    return count


@transaction.atomic
def confirm_proposals(school: School, year: int) -> int:
    """Let the proposals of a year be what is known; how many they were."""
    return _of_year(school, year).filter(is_proposal=True).update(is_proposal=False)


# -- What a group must be ---------------------------------------


def plain(told: GroupInput) -> GroupInput:
    """The same without spaces too many, the grade as `GRADES` has it."""
    grade = told.grade.strip()
    known = {one.casefold(): one for one in GRADES}
    languages = tuple(dict.fromkeys(tag.strip() for tag in told.languages if tag.strip()))
    return replace(
        told, name=" ".join(told.name.split()), grade=known.get(grade.casefold(), grade), languages=languages
    )


def check(school: School, told: GroupInput, names: Iterable[str] = ()) -> None:
    """See that a school may have such a group.

    Args:
        names: of the year's other groups, in small letters.

    Raises:
        NotPossible: it can not be so; `field` names what is wrong.
    """
    if not told.name or len(told.name) > NAME_MAX:
        raise NotPossible(
            _("Give the group a name of at most %(most)d letters.") % {"most": NAME_MAX}, field="name"
        )
    if told.name.casefold() in names:
        raise NotPossible(
            _("There is a group %(name)s already this school year.") % {"name": told.name}, field="name"
        )
    _check_grade(school, told)
    if not 1 <= told.pupils_count <= GROUP_MAX:
        text = _("A group has 1 to %(most)d pupils, not %(count)d.")
        raise NotPossible(text % {"most": GROUP_MAX, "count": told.pupils_count}, field="pupils_count")
    if not 0 <= told.adults_count <= GROUP_MAX:
        text = _("With a group come 0 to %(most)d adults, not %(count)d.")
        raise NotPossible(text % {"most": GROUP_MAX, "count": told.adults_count}, field="adults_count")
    if len(told.languages) > LANGUAGES_MAX or not all(map(TAG.fullmatch, told.languages)):
        raise NotPossible(_("Write languages as tags, such as sma, se, smj or en."), field="languages")


def _check_grade(school: School, told: GroupInput) -> None:
    grades = school.grades or list(GRADES)
    if told.grade not in grades:
        text = _("%(school)s has no grade %(grade)s. It has %(grades)s.")
        words = {"school": school, "grade": told.grade or "–", "grades": label_of(grades)}
        raise NotPossible(text % words, field="grade")
    if told.form and told.form not in forms_with(school, told.grade):
        form = SchoolForm(told.form).label if told.form in SchoolForm.values else told.form
        text = _("%(school)s has no grade %(grade)s in the form %(form)s.")
        raise NotPossible(text % {"school": school, "grade": told.grade, "form": form}, field="form")


def forms_with(school: School, grade: str) -> list[str]:
    """The school's forms that have the grade."""
    return [form.form for form in school.forms.all() if grade in form.grades]


def _faults(school: School, rows: Sequence[Row], standing: dict[int, Group]) -> dict[int, NotPossible]:
    """Line -> what is wrong with it; names are compared with the lines before and with groups that no line names."""
    named = {row.pk for row in rows if row.pk}
    names = {group.name.casefold() for pk, group in standing.items() if pk not in named}
    faults: dict[int, NotPossible] = {}
    for number, row in enumerate(rows):
        if row.pk and row.pk not in standing:
            faults[number] = NotPossible(_("Somebody has taken this group away meanwhile. Look again."))
        elif row.told:
            try:
                check(school, row.told, names)
            except NotPossible as error:
                faults[number] = error
            names.add(row.told.name.casefold())
    return faults


# -- Writing ---------------------------------------


def _lock(school: School) -> None:
    School.objects.select_for_update(no_key=True).get(pk=school.pk)


def _of_year(school: School, year: int) -> "QuerySet[Group]":
    return Group.objects.filter(school=school, school_year=year_label(year)).order_by("pk")


def _names(school: School, year: int, *, but: Sequence[int] = ()) -> set[str]:
    names = _of_year(school, year).exclude(pk__in=but).values_list("name", flat=True)
    return {name.casefold() for name in names}


def _made(
    school: School, year: int, told: GroupInput, by: User | None, *, is_proposal: bool = False
) -> Group:
    group = Group.objects.create(
        school=school, school_year=year_label(year), is_proposal=is_proposal, **_fields(told)
    )
    group_history.note(
        group, What.COPIED if is_proposal else What.ADDED, by, {"pupils_count": [None, told.pupils_count]}
    )
    return group


def _changed(group: Group, told: GroupInput, by: User | None) -> Group:
    before, was_called = GroupInput.of(group), group.name
    for name, value in (_fields(told) | {"is_proposal": False}).items():
        setattr(group, name, value)
    group.save()
    if changed := group_history.difference(vars(before), vars(told)):
        group_history.note(group, What.CHANGED, by, changed, name=was_called)
    return group


def _fields(told: GroupInput) -> dict[str, object]:
    return {**vars(told), "languages": list(told.languages)}


def _set_aside(groups: Iterable[Group]) -> None:
    """Give groups names that are nobody's, so that two may change theirs with each other."""
    for group in groups:
        Group.objects.filter(pk=group.pk).update(name=f"\x7f{group.pk}")


def _remove_line(number: int, group: Group, by: User | None) -> None:
    try:
        _remove(group, by)
    except NotPossible as error:
        raise GroupsWrong({number: error}) from error


def _remove(group: Group, by: User | None) -> None:
    try:
        with transaction.atomic():
            group_history.note(group, What.REMOVED, by, {"pupils_count": [group.pupils_count, None]})
            group.delete()
    except ProtectedError as error:
        which = sorted({str(one).removesuffix(f": {group}") for one in error.protected_objects})
        text = _(
            "%(group)s can not be taken away: a wish or a visit has it (%(which)s). Leave it out there first."
        )
        raise NotPossible(text % {"group": group.name, "which": ", ".join(which)}) from error


# -- A grade up ---------------------------------------


def _risen(told: GroupInput, school: School) -> GroupInput | None:
    """The group a year later; None where it has left the school."""
    if told.grade == "förskola":
        return told
    grades = school.grades or list(GRADES)
    after = GRADES[GRADES.index(told.grade) + 1 :][:1] if told.grade in GRADES else ()
    if not after or after[0] not in in_order(grades):
        return None
    forms = forms_with(school, after[0])
    if told.form and told.form not in forms and told.form != SchoolForm.PRESCHOOL_CLASS:
        return None
    form = told.form if told.form in forms else ""
    return replace(told, name=name_risen(told.name, told.grade, after[0]), grade=after[0], form=form)


def name_risen(name: str, grade: str, after: str) -> str:
    """The name a grade later: "4A" is "5A", "FA" is "1A", "Klass 4" is "Klass 5"; what has no grade in it stays."""
    old, new = grade.removeprefix("gy"), after.removeprefix("gy")
    if grade == "F":
        return re.sub(r"^(?:förskoleklass(?:en)?\s*|F(?=[A-ZÅÄÖ]?$|[\s\-]))", new, name, flags=re.IGNORECASE)
    return re.sub(rf"(?<!\d){re.escape(old)}(?!\d)", new, name, count=1)
