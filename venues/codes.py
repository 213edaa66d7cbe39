"""Codes that Swedish registers give: school units and organisations. Their form, and what is wrong with one."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Source: Skolverket, Skolenhetsregistret's open API v2, schoolUnitCode: eight digits. No rule for a check digit is
#: published, so none is asked for.
UNIT_CODE = re.compile(r"[0-9]{8}")
#: Source: lag (1974:174) om identitetsbeteckning för juridiska personer m.fl.: ten digits.
ORG_NUMBER = re.compile(r"[0-9]{10}")
#: The third digit of a body's number, at least; a smaller one is a month, so the number is a person's.
#: Source: Skatteverket, "Organisationsnummer": the third digit is at least 2.
LEAST_THIRD = 2


def check_unit_code(code: str) -> None:
    """Raises ValidationError unless it is a school-unit code: eight digits."""
    if not UNIT_CODE.fullmatch(code):
        raise ValidationError(
            _("“%(code)s” is not a school-unit code. Write its eight digits, or leave it empty.")
            % {"code": code},
            code="unit_code",
        )


def check_org_number(number: str) -> None:
    """Raises ValidationError unless it is a body's organisation number: ten digits, the last a check digit.

    A person's number, as a sole trader has, is refused: it is personal data, and no register needs it here.
    """
    if not ORG_NUMBER.fullmatch(number):
        text = _("“%(number)s” is not an organisation number. Write its ten digits.")
        raise ValidationError(text % {"number": number}, code="org_number")
    if is_of_person(number):
        text = _("This is a person's number, which Turne does not keep. Leave it empty.")
        raise ValidationError(text, code="org_number_of_person")
    if check_digit(number[:-1]) != int(number[-1]):
        text = _("The last digit of %(number)s is not its check digit. Look the number up once more.")
        raise ValidationError(text % {"number": number}, code="org_number_check_digit")


def plain_org_number(text: str) -> str:
    """The ten digits of a number as people write it: with a hyphen, spaces, or "16" in front."""
    digits = re.sub(r"[\s\-–]", "", text)
    return digits[2:] if len(digits) == 12 and digits.startswith("16") else digits  # noqa: PLR2004


def is_of_person(number: str) -> bool:
    """Whether a number of ten digits is a person's."""
    return bool(ORG_NUMBER.fullmatch(number)) and int(number[2]) < LEAST_THIRD


def check_digit(digits: str) -> int:
    """The check digit of digits: every second one from the right doubled, and what is missing to the next ten.

    Source: ISO/IEC 7812-1, annex B (the "modulus 10" of Swedish numbers).
    """
    doubled = (int(digit) * (2 if at % 2 == 0 else 1) for at, digit in enumerate(reversed(digits)))
    return -sum(number // 10 + number % 10 for number in doubled) % 10
