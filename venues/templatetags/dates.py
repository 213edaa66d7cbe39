"""`{% load dates %}`: the texts of `venues.dates` as template filters."""

from datetime import date, datetime, time
from decimal import Decimal

from django import template

from venues import dates

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """tors 4 feb 2027"""
    return dates.day_text(value) if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """tors 4 feb"""
    return dates.short_day_text(value) if value else ""


@register.filter
def clock(value: datetime | time | None) -> str:
    """10.00"""
    return dates.clock(value) if value is not None else ""


@register.filter
def moment(value: datetime | None) -> str:
    """tors 4 feb 2027 kl. 10.00"""
    return dates.moment_text(value) if value else ""


@register.filter
def week(value: date | datetime | None) -> str:
    """v. 5"""
    return dates.week_text(value) if value else ""


@register.filter
def weeks(first: date, last: date) -> str:
    """v. 5–10: `{{ tour.starts_on|weeks:tour.ends_on }}`"""
    return dates.weeks_text(first, last)


@register.filter
def until(first: date, last: date) -> str:
    """1–12 feb 2027: `{{ tour.starts_on|until:tour.ends_on }}`"""
    return dates.span_text(first, last)


@register.filter
def money(amount: Decimal | int | float | None, currency: str = "SEK") -> str:
    """9 800 kr"""
    return dates.money_text(amount, currency) if amount is not None else ""


@register.filter
def duration(minutes: int | None) -> str:
    """1 h 15 min"""
    return dates.duration_text(minutes) if minutes is not None else ""
