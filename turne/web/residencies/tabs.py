"""The tabs of a residency's private pages; each part of its pages adds its own."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.models import Residency

#: Name of the address (which takes the residency's number) -> the tab's word, in the order of the tabs.
TABS: dict[str, str | Promise] = {
    "residency": _("Overview"),
    "residency-contract": _("Contract"),
    "residency-days": _("Days"),
    "residency-report": _("Report"),
    "residency-results": _("What comes of it"),
}
#: The same for those alone who run it.
PLANNING: dict[str, str | Promise] = {
    "residency-fits": _("What fits"),
    "residency-combine": _("With school visits"),
}


def tabs_of(residency: Residency, here: str, *, runs: bool = False) -> list[dict[str, Any]]:
    """The tabs as `residencies/_tabs.html` shows them; `here` is the name of the page's address.

    Args:
        runs: whether the reader runs the residency, and may plan it.
    """
    names = TABS | PLANNING if runs else TABS
    return [
        {"url": reverse(name, args=[residency.pk]), "label": label, "current": name == here, "count": None}
        for name, label in names.items()
    ]
