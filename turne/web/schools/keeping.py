"""What the pages of one school share: which school it is, who may see it, and the way from one page to the next."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import school_permissions
from bookings.permissions import Person
from venues.models import School
from venues.models.school_years import school_year_of, year_label

#: School years that have a page: so many before and after the one of today. Source: the house's choice.
YEARS_BACK, YEARS_AHEAD = 5, 2
May = Callable[[Person, School], bool]


def school_or_404(request: HttpRequest, slug: str, may: May = school_permissions.can_keep_school) -> School:
    """The school of an address, with its forms and ground, if the user may; otherwise it does not exist."""
    schools = School.objects.with_forms().select_related("organisation__region", "confirmed_by")
    school = get_object_or_404(schools, organisation__slug=slug)
    if not may(request.user, school):
        raise Http404
    return school


def head(school: School, current: str) -> dict[str, Any]:
    """What each page of a school shows at its head.

    Args:
        current: the name of the page's address.
    """
    slug = school.organisation.slug
    labels = {
        "school-home": _("Start"),
        "school-groups": _("Classes and groups"),
        "school-hours": _("When we receive"),
        "school-days": _("Days"),
        "school-rooms": _("Rooms"),
        "school-confirm": _("Confirm"),
    }
    tabs = [
        {"label": label, "url": reverse(name, args=[slug]), "current": name == current}
        for name, label in labels.items()
    ]
    year = school_year_of(timezone.localdate())
    own = {"label": _("Own days off"), "url": reverse("school-year", args=["skola", slug, year])}
    return {"school": school, "tabs": [*tabs[:4], own, *tabs[4:]]}


def year_asked(request: HttpRequest) -> int:
    """The school year in the address (`ar`: the year in which it begins), or the one of today."""
    today = school_year_of(timezone.localdate())
    asked = request.GET.get("ar", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else today
    return year if today - YEARS_BACK <= year <= today + YEARS_AHEAD else today


def year_chips(year: int, url: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    """The school years beside this one as links, each with how many pupils it has.

    Args:
        counts: pupils by school year, "2026/27".
    """
    today = school_year_of(timezone.localdate())
    years = sorted(
        {today, today + 1, year} | {n for n in range(today - YEARS_BACK, today) if year_label(n) in counts}
    )
    return [
        {
            "label": year_label(one),
            "url": f"{url}?ar={one}",
            "current": one == year,
            "count": counts.get(year_label(one), 0),
        }
        for one in years
    ]
