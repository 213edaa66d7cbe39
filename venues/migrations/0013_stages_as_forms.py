"""What a school's stage said is said by its forms and their grades; a code of another form than eight digits is an own id."""

import re
from typing import Any

from django.db import migrations

_COMPULSORY = [str(grade) for grade in range(1, 10)]
FORMS: dict[str, dict[str, list[str]]] = {
    "preschool": {"preschool": ["förskola"]},
    "f-3": {"preschool_class": ["F"], "compulsory": _COMPULSORY[:3]},
    "f-6": {"preschool_class": ["F"], "compulsory": _COMPULSORY[:6]},
    "f-9": {"preschool_class": ["F"], "compulsory": _COMPULSORY},
    "7-9": {"compulsory": _COMPULSORY[6:]},
    "upper": {"upper": ["gy1", "gy2", "gy3"]},
}
UNIT_CODE = re.compile(r"[0-9]{8}")


def forms_from_stages(apps: Any, editor: Any) -> None:
    """A row for each form that the stage stands for."""
    school = apps.get_model("venues", "School")
    form = apps.get_model("venues", "OfferedForm")
    stages = school.objects.using(editor.connection.alias).values_list("pk", "stage")
    form.objects.using(editor.connection.alias).bulk_create(
        form(school_id=pk, form=name, grades=grades)
        for pk, stage in stages
        for name, grades in FORMS.get(stage, {}).items()
    )


def stages_from_forms(apps: Any, editor: Any) -> None:
    """The stage with the most of a school's grades and the fewest others; the first where several are as near."""
    school = apps.get_model("venues", "School")
    for one in school.objects.using(editor.connection.alias).prefetch_related("forms"):
        told = {grade for form in one.forms.all() for grade in form.grades}
        one.stage = min(FORMS, key=lambda stage: len(told ^ set(sum(FORMS[stage].values(), []))))
        one.save(update_fields=["stage"])
    apps.get_model("venues", "OfferedForm").objects.using(editor.connection.alias).all().delete()


def own_ids_from_codes(apps: Any, editor: Any) -> None:
    """A code that no register gave stays as what a school is known again by."""
    school = apps.get_model("venues", "School")
    for one in school.objects.using(editor.connection.alias).exclude(unit_code=None):
        if not UNIT_CODE.fullmatch(one.unit_code):
            one.own_id, one.unit_code = one.unit_code or None, None
            one.save(update_fields=["own_id", "unit_code"])


def codes_from_own_ids(apps: Any, editor: Any) -> None:
    """The other way: what fits into a code is one again."""
    school = apps.get_model("venues", "School")
    for one in school.objects.using(editor.connection.alias).filter(unit_code=None).exclude(own_id=None):
        if len(one.own_id) <= 12:  # noqa: PLR2004 - as long as the field was
            one.unit_code = one.own_id
            one.save(update_fields=["unit_code"])


class Migration(migrations.Migration):
    dependencies = [
        ("venues", "0012_school_register"),
    ]

    operations = [
        migrations.RunPython(forms_from_stages, stages_from_forms),
        migrations.RunPython(own_ids_from_codes, codes_from_own_ids),
    ]
