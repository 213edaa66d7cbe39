"""The columns of a register of schools, by what their headings may say, and what their cells mean.

Headings and words of Skolverket's register (`venues.skolverket`) are known beside this house's own.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from venues.cells import BadCell, Column, day, field_column, plain
from venues.codes import check_org_number, check_unit_code, is_of_person, plain_org_number
from venues.errors import NotPossible
from venues.grades import grades_of
from venues.models import Organisation, School, SchoolOwner
from venues.school_forms import GRADES_OF_FORM, STAGES, SchoolForm, forms_of
from venues.schools import plain_forms
from venues.skolverket import FORM_CODES, NO_SCHOOLS, OWNER_CODES, STATUS_CODES

#: What stands between forms, grades and codes in one cell.
_BETWEEN = re.compile(r"[;,/|]|\boch\b|\band\b")
#: What people write of forms beside their labels and Skolverket's codes.
_FORM_WORDS = {
    "förskola": SchoolForm.PRESCHOOL,
    "pedagogisk omsorg": SchoolForm.FAMILY_DAY_CARE,
    "förskoleklass": SchoolForm.PRESCHOOL_CLASS,
    "grundskola": SchoolForm.COMPULSORY,
    "grundskolan": SchoolForm.COMPULSORY,
    "anpassad grundskola": SchoolForm.ADAPTED_COMPULSORY,
    "grundsärskola": SchoolForm.ADAPTED_COMPULSORY,
    "sameskola": SchoolForm.SAMI,
    "specialskola": SchoolForm.SPECIAL,
    "fritidshem": SchoolForm.AFTER_SCHOOL,
    "öppen fritidsverksamhet": SchoolForm.AFTER_SCHOOL,
    "gymnasieskola": SchoolForm.UPPER,
    "gymnasium": SchoolForm.UPPER,
    "anpassad gymnasieskola": SchoolForm.ADAPTED_UPPER,
    "gymnasiesärskola": SchoolForm.ADAPTED_UPPER,
    "komvux": SchoolForm.ADULT,
    "kommunal vuxenutbildning": SchoolForm.ADULT,
    "kulturskola": SchoolForm.CULTURE_SCHOOL,
    "folkhögskola": SchoolForm.FOLK_HIGH_SCHOOL,
}
_STATUS_WORDS = {
    "aktiv": "active",
    "vilande": "dormant",
    "planerad": "planned",
    "upphört": "ceased",
    "upphörd": "ceased",
    "nedlagd": "ceased",
}
_OWNER_WORDS = {
    "kommun": "municipal",
    "kommunal": "municipal",
    "kommunalförbund": "municipal",
    "enskild": "independent",
    "fristående": "independent",
    "stat": "state",
    "statlig": "state",
    "region": "region",
}
#: Forms of which the register tells no grades: they are taken to have all of them.
#: Source: skollagen 16 kap. 15 § and 19 kap. 17 §: every programme has three, or four, years.
_UNTOLD = (SchoolForm.UPPER, SchoolForm.ADAPTED_UPPER)
#: Headings that only a register of school units has: such a file may have columns that nobody here asks for.
OFFICIAL = frozenset(
    plain(heading)
    for heading in ("schoolUnitCode", "Skolenhetsnamn", "Kommunkod", "Huvudmannatyp", "Skolenhetstyp")
)


def _words(*tables: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Each word as `plain` has it -> what it stands for."""
    return {plain(word): str(meant) for table in tables for word, meant in table}


def _one_of(name: str, model: Any, *tables: dict[str, str]) -> Callable[[str], str]:
    """A reader of a field with choices that knows further words."""
    words = _words(*(table.items() for table in tables))
    own = field_column(model, name)
    return lambda text: words.get(plain(text)) or str(own.read(text))


# -- Forms and grades ---------------------------------------


@cache
def _form_words() -> dict[str, str]:
    """Each word for a form, in every language of the pages: they are asked for by every row."""
    known = _words(FORM_CODES.items(), _FORM_WORDS.items())
    for form in SchoolForm:
        known.update(dict.fromkeys(Column(form.value, form.label, str).names, form.value))
    return known


def forms_in(text: str) -> dict[str, list[str]]:
    """The forms that a cell names, with the grades behind each: "Förskoleklass; Grundskola 1-6".

    A form without grades in the text has none in the answer, except upper secondary ones, which have all theirs.

    Raises:
        BadCell: a form that nobody knows, or a grade that its form has not.
    """
    known = _form_words()
    found: dict[str, list[str]] = {}
    form = ""
    for part in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        named = _named(part, known)
        if named:
            form, rest = named
            found.setdefault(form, [])
        elif not form:
            raise _no_form(part)
        else:
            rest = part
        found[form] += _grades(form, rest)
    return _checked({form: _all_untold(form, grades) for form, grades in found.items()})


def _named(part: str, known: dict[str, str]) -> tuple[str, str] | None:
    """The form that a part begins with, and what follows: of "grundskola 1-6" "1-6"."""
    said = plain(part)
    fitting = [word for word in known if said == word or said.startswith((f"{word} ", f"{word}:"))]
    if not fitting:
        return None
    word = max(fitting, key=len)
    return known[word], said[len(word) :].lstrip(": ")


def _grades(form: str, text: str) -> list[str]:
    if not text:
        return []
    if form in _UNTOLD:  # "gymnasieskola 1-3" can only mean its own years
        text = re.sub(r"(?<![\w])([1-4])(?![\w])", r"gy\1", text)
    grades = grades_of(text)
    if not grades:
        raise _no_form(text)
    return sorted(grades)


def _no_form(text: str) -> BadCell:
    told = {"text": text, "known": ", ".join(str(form.label) for form in SchoolForm)}
    return BadCell(_("“%(text)s” is no school form and no grade. Known forms: %(known)s.") % told)


def _all_untold(form: str, grades: list[str]) -> list[str]:
    return list(GRADES_OF_FORM[form]) if form in _UNTOLD and not grades else grades


def _checked(forms: dict[str, list[str]]) -> dict[str, list[str]]:
    try:
        return plain_forms(forms)
    except NotPossible as error:
        raise BadCell(str(error)) from None


def stage_in(text: str) -> dict[str, list[str]]:
    """The forms and grades that a stage or its grades stand for: "F-6", "7-9", "gymnasium", "förskola"."""
    known = STAGES.get(text.casefold().replace("–", "-"))
    forms = known or forms_of(grades_of(text))
    if not forms:
        told = {"text": text, "known": ", ".join(STAGES)}
        raise BadCell(_("“%(text)s” names no grades. Write for example one of: %(known)s.") % told)
    return {form: list(grades) for form, grades in forms.items()}


def grades_in(text: str) -> list[str]:
    """The grades of a cell that stands beside the forms."""
    if grades := grades_of(text):
        return sorted(grades)
    raise BadCell(_("“%(text)s” names no grade. Write for example F–6.") % {"text": text})


def with_grades(forms: dict[str, list[str]], grades: list[str]) -> dict[str, list[str]]:
    """The forms with grades that stand in a cell of their own.

    Raises:
        BadCell: none of the forms has one of the grades, or two of them could.
    """
    open_ones = [form for form in forms if not forms[form] and GRADES_OF_FORM[form]]
    told = {form: list(own) for form, own in forms.items()}
    for grade in grades:
        having = [form for form in open_ones if grade in GRADES_OF_FORM[form]]
        if len(having) > 1:
            raise BadCell(
                _("Several of the forms have the grade %(grade)s. Write the grades behind each form.")
                % {"grade": grade}
            )
        if having:
            told[having[0]].append(grade)
        elif not any(grade in own for own in forms.values()):
            raise BadCell(_("None of the school's forms has the grade %(grade)s.") % {"grade": grade})
    return _checked(told)


# -- Codes ---------------------------------------


def _unit_code(text: str) -> str:
    return _valid(text.replace(" ", ""), check_unit_code)


def _org_number(text: str) -> str | None:
    """The number; None for a person's, which is not kept."""
    number = plain_org_number(text)
    return None if is_of_person(number) else _valid(number, check_org_number)


def _valid(text: str, check: Callable[[str], None]) -> str:
    try:
        check(text)
    except ValidationError as error:
        raise BadCell(" ".join(error.messages)) from None
    return text


def _codes(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _municipality(text: str) -> str:
    """A code of four digits that a spreadsheet took for a number has its nought again."""
    return text.zfill(4) if re.fullmatch(r"[0-9]{3}", text) else text


def _is_school(text: str) -> bool:
    return text.upper() not in NO_SCHOOLS


#: Contact facts of an organisation. What a register says of them stands only where nobody here has said anything.
CONTACT_FACTS = ["email", "phone", "language"]
COLUMNS: list[Column] = [
    field_column(
        Organisation, "name", is_required=True, also=("displayName", "skolenhetsnamn", "skolenhet", "skola")
    ),
    Column("place", gettext_lazy("place"), str),
    Column(
        "municipality",
        gettext_lazy("municipality"),
        _municipality,
        also=("municipalityCode", "kommunkod", "lägeskommun"),
    ),
    field_column(Organisation, "email", also=("e-postadress", "e-post")),
    field_column(Organisation, "phone", also=("phoneNumber", "telefonnummer", "telefon")),
    field_column(Organisation, "language"),
    Column(
        "unit_code",
        gettext_lazy("school-unit code"),
        _unit_code,
        also=("schoolUnitCode", "skolenhetskod"),
        may_be_unknown=True,
    ),
    Column("own_id", gettext_lazy("own id"), str, also=("ownId", "eget id")),
    Column("unit_type", gettext_lazy("type of unit"), _is_school, also=("schoolUnitType", "skolenhetstyp")),
    Column("status", gettext_lazy("status"), _one_of("status", School, STATUS_CODES, _STATUS_WORDS)),
    Column("forms", gettext_lazy("school forms"), forms_in, also=("schoolTypes", "skolformer", "skolform")),
    Column("grades", gettext_lazy("grades"), grades_in, also=("årskurser", "årskurs")),
    Column("stage", gettext_lazy("stage"), stage_in, also=("stadium", "stadier")),
    Column("owner", gettext_lazy("owner"), str, also=("organizerName", "huvudman", "huvudmannens namn")),
    Column(
        "org_number",
        gettext_lazy("organisation number"),
        _org_number,
        also=("organizationNumber", "PeOrgNr", "huvudman orgnr", "organisationsnummer", "orgnr"),
    ),
    Column(
        "owner_kind",
        gettext_lazy("kind of owner"),
        _one_of("kind", SchoolOwner, OWNER_CODES, _OWNER_WORDS),
        also=("organizerType", "huvudmannatyp"),
    ),
    Column("opened_on", gettext_lazy("opened on"), day, also=("startDate", "startdatum")),
    Column("ceased_on", gettext_lazy("ceased on"), day, also=("endDate", "slutdatum", "upphör")),
    field_column(School, "address", also=("streetAddress", "besöksadress", "gatuadress")),
    Column("postal_code", gettext_lazy("postcode"), str, also=("postalCode", "postnummer", "postnr")),
    Column("locality", gettext_lazy("post town"), str, also=("locality", "postort")),
    field_column(School, "lat", also=("latitude", "latitud")),
    field_column(School, "lon", also=("longitude", "longitud")),
    Column("successors", gettext_lazy("successors"), _codes, also=("efterträdare", "går över i")),
]
