"""`{% load region %}`: figures of the follow-up as people read them."""

from django import template
from django.utils.formats import number_format

register = template.Library()


@register.filter
def signed(count: int) -> str:
    """+3, −2 or ±0"""
    return f"+{count}" if count > 0 else f"−{-count}" if count else "±0"


@register.filter
def grouped(count: int) -> str:
    """3534 as "3 534"."""
    return str(number_format(count, use_l10n=True, force_grouping=True))


@register.filter
def percent(share: float) -> str:
    """0.5 as 50 %, with a space that does not break."""
    return f"{round(share * 100)}\u00a0%"
