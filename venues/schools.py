"""A school's forms, and whether it is still there: the verbs."""

from collections.abc import Mapping, Sequence
from datetime import date

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from venues.dates import day_text
from venues.errors import NotPossible
from venues.grades import in_order
from venues.models import OfferedForm, School, User
from venues.school_forms import GRADES_OF_FORM, SchoolForm

log = structlog.get_logger(__name__)
#: Form of school -> its grades.
Forms = Mapping[str, Sequence[str]]


def plain_forms(forms: Forms) -> dict[str, list[str]]:
    """The forms in the order of `SchoolForm`, each with its grades in order, and with its only one where it has one.

    Raises:
        NotPossible: a form that is none, or a grade that the form has not.
    """
    for form, grades in forms.items():
        _check(form, grades)
    found = {form: in_order(forms[form]) for form in SchoolForm.values if form in forms}
    return {form: grades or _of_itself(form) for form, grades in found.items()}


def _of_itself(form: str) -> list[str]:
    """The grade of a form that has only one."""
    return list(GRADES_OF_FORM[form]) if len(GRADES_OF_FORM[form]) == 1 else []


def _check(form: str, grades: Sequence[str]) -> None:
    if form not in GRADES_OF_FORM:
        raise NotPossible(_("There is no school form “%(form)s”.") % {"form": form}, field="forms")
    if strange := [grade for grade in grades if grade not in GRADES_OF_FORM[form]]:
        told = {"form": SchoolForm(form).label, "grades": ", ".join(strange)}
        raise NotPossible(_("%(form)s has no grade %(grades)s.") % told, field="forms")


@transaction.atomic
def set_forms(school: School, forms: Forms) -> bool:
    """Give a school these forms with these grades, and no others; whether that changed anything.

    Raises:
        NotPossible: as `plain_forms`.
    """
    told = plain_forms(forms)
    standing = {row.form: row for row in school.forms.select_for_update()}
    if told == {form: standing[form].grades for form in SchoolForm.values if form in standing}:
        return False
    school.forms.exclude(form__in=told).delete()
    for form, grades in told.items():
        row = standing.get(form) or OfferedForm(school=school, form=form)
        if row.pk is None or row.grades != grades:
            row.grades = grades
            row.save()
    return True


@transaction.atomic
def set_status(school: School, status: str, ceased_on: date | None, by: User, today: date) -> bool:
    """Note by hand whether a school is active, planned, dormant or ceased; whether that changed anything.

    Args:
        ceased_on: the first day on which it is no more, or will be; empty: nobody knows, or it goes on.

    Raises:
        NotPossible: the day does not go with the status, or it lies before the school opened.
    """
    row = School.objects.select_for_update().select_related("organisation").get(pk=school.pk)
    if ceased_on and row.opened_on and ceased_on < row.opened_on:
        told = {"opened": day_text(row.opened_on)}
        raise NotPossible(_("It opened %(opened)s. Choose a later day.") % told, field="ceased_on")
    if status == School.Status.CEASED and ceased_on and ceased_on > today:
        text = _("That day has not come. Leave the status as it is: from that day on it counts as ceased.")
        raise NotPossible(text, field="status")
    if status != School.Status.CEASED and ceased_on and ceased_on <= today:
        text = _("A school that has ceased has that status. Choose it, or leave the day empty.")
        raise NotPossible(text, field="ceased_on")
    if (row.status, row.ceased_on) == (status, ceased_on):
        return False
    row.status, row.ceased_on = status, ceased_on
    row.save(update_fields=["status", "ceased_on"])
    log.info("school status set", school=row.pk, status=status, by=by.pk)
    return True
