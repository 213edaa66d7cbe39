"""The forms of school there are, and which grades each can have: data, since the law changes them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.grades import GRADES

_COMPULSORY = tuple(str(grade) for grade in range(1, 10))


class SchoolForm(models.TextChoices):
    """A form of school by Swedish law, or of what is beside it."""

    PRESCHOOL = "preschool", _("preschool")
    FAMILY_DAY_CARE = "family_day_care", _("family day care")
    PRESCHOOL_CLASS = "preschool_class", _("preschool class")
    COMPULSORY = "compulsory", _("compulsory school")
    ADAPTED_COMPULSORY = "adapted_compulsory", _("adapted compulsory school")
    SAMI = "sami", _("Sami school")
    SPECIAL = "special", _("special school")
    AFTER_SCHOOL = "after_school", _("after-school centre")
    UPPER = "upper", _("upper secondary school")
    ADAPTED_UPPER = "adapted_upper", _("adapted upper secondary school")
    ADULT = "adult", _("municipal adult education")
    CULTURE_SCHOOL = "culture_school", _("culture school")
    FOLK_HIGH_SCHOOL = "folk_high_school", _("folk high school")


#: The grades that each form can have; none where it is not divided into grades.
#: Source: skollagen (2010:800) 8 and 25 kap. (preschool, family day care), 9 kap. (preschool class), 10 kap. 4 §,
#: 11 kap. 6 §, 12 kap. 4 § (ten grades), 13 kap. 4 § (six grades), 14, 16, 19 kap. (four years) and 20 kap.
GRADES_OF_FORM: dict[str, tuple[str, ...]] = {
    SchoolForm.PRESCHOOL: ("förskola",),
    SchoolForm.FAMILY_DAY_CARE: ("förskola",),
    SchoolForm.PRESCHOOL_CLASS: ("F",),
    SchoolForm.COMPULSORY: _COMPULSORY,
    SchoolForm.ADAPTED_COMPULSORY: _COMPULSORY,
    SchoolForm.SAMI: _COMPULSORY[:6],
    SchoolForm.SPECIAL: (*_COMPULSORY, "10"),
    SchoolForm.AFTER_SCHOOL: (),
    SchoolForm.UPPER: ("gy1", "gy2", "gy3"),
    SchoolForm.ADAPTED_UPPER: ("gy1", "gy2", "gy3", "gy4"),
    SchoolForm.ADULT: (),
    SchoolForm.CULTURE_SCHOOL: (),
    SchoolForm.FOLK_HIGH_SCHOOL: (),
}
#: Stages as people say them -> form -> its grades.
#: Source: the register's column "stage"; F is the preschool class, 9 kap. skollagen.
STAGES: dict[str, dict[str, tuple[str, ...]]] = {
    "preschool": {SchoolForm.PRESCHOOL: ("förskola",)},
    "f-3": {SchoolForm.PRESCHOOL_CLASS: ("F",), SchoolForm.COMPULSORY: _COMPULSORY[:3]},
    "f-6": {SchoolForm.PRESCHOOL_CLASS: ("F",), SchoolForm.COMPULSORY: _COMPULSORY[:6]},
    "f-9": {SchoolForm.PRESCHOOL_CLASS: ("F",), SchoolForm.COMPULSORY: _COMPULSORY},
    "7-9": {SchoolForm.COMPULSORY: _COMPULSORY[6:]},
    "upper": {SchoolForm.UPPER: ("gy1", "gy2", "gy3")},
}


def forms_of(grades: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The forms of an ordinary school with these grades: form -> its grades, in order.

    Preschool, preschool class, compulsory and upper secondary school; a grade 10 or a fourth year is of none of them.
    """
    ordinary = (
        SchoolForm.PRESCHOOL,
        SchoolForm.PRESCHOOL_CLASS,
        SchoolForm.COMPULSORY,
        SchoolForm.UPPER,
    )
    of_each = {
        form: tuple(g for g in GRADES if g in grades and g in GRADES_OF_FORM[form]) for form in ordinary
    }
    return {form: of_form for form, of_form in of_each.items() if of_form}
