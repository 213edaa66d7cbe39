"""`{% load files %}`: facts of a file in words, as template filters."""

from django import template
from django.utils.formats import number_format

register = template.Library()
_KILO, _MEGA, _GIGA = 2**10, 2**20, 2**30


@register.filter
def file_size(count: int) -> str:
    """15728640 bytes as "15 MB", 1572864 as "1,5 MB", 300 as "1 kB", with a space that does not break.

    Kilobytes are whole and at least one; above them there is one decimal, unless it is 0. A kilobyte is 1,024 bytes, as
    in the limits that are told beside.
    """
    kilobytes = max(1, round(count / _KILO))
    if kilobytes < _KILO:
        return _with_unit(kilobytes, "kB")
    megabytes = round(count / _MEGA, 1)
    return _with_unit(megabytes, "MB") if megabytes < _KILO else _with_unit(round(count / _GIGA, 1), "GB")


def _with_unit(size: float, unit: str) -> str:
    return f"{number_format(size, decimal_pos=0 if size == int(size) else 1)}\u00a0{unit}"
