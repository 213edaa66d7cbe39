"""What a list of claims is narrowed to by its address: state, scheme and season; and the links that do it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from bookings.models.subsidy_claims import ClaimState, SubsidyClaims
from tours.models import Season
from turne.web.form_fields import slug_in
from venues.models import SubsidyScheme

Chips = list[dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """What the address asks for; empty: no matter which."""

    state: str = ""
    scheme: str = ""
    season: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.state or self.scheme or self.season)

    def of(self, found: SubsidyClaims) -> SubsidyClaims:
        """Those of the claims that it asks for."""
        if self.state:
            found = found.filter(state=self.state)
        if self.scheme:
            found = found.filter(scheme__key=self.scheme)
        return found.filter(booking__tour__season__slug=self.season) if self.season else found

    def query(self) -> dict[str, str]:
        """As the address says it."""
        told = {"lage": self.state, "stod": self.scheme, "sasong": self.season}
        return {name: value for name, value in told.items() if value}


def asked(query: Mapping[str, str]) -> Asked:
    """What the address asks for; a state that there is not, or what is no name of a row, is nothing."""
    state = query.get("lage", "")
    return Asked(
        state if state in ClaimState.values else "", slug_in(query.get("stod")), slug_in(query.get("sasong"))
    )


def chips(everything: SubsidyClaims, narrowed: Asked, url: str) -> list[dict[str, Any]]:
    """Groups of links, each narrowing by one thing and keeping the others; a group of one is none."""
    states = {state for (state,) in everything.order_by().values_list("state").distinct()}
    schemes = SubsidyScheme.objects.filter(pk__in=everything.order_by().values("scheme"))
    named = {scheme.key: scheme.label for scheme in schemes}
    seasons = Season.objects.filter(tours__bookings__subsidy_claims__in=everything.order_by())
    in_time = {season.slug: season.name for season in seasons.distinct().order_by("-starts_on")}
    told = {one.value: str(one.label).capitalize() for one in ClaimState if one.value in states}
    groups = [
        (_("State"), "state", told),
        (_("Scheme"), "scheme", named),
        (_("Season"), "season", in_time),
    ]
    return [
        {"label": label, "chips": _chips(name, choices, narrowed, url)}
        for label, name, choices in groups
        if len(choices) > 1 or getattr(narrowed, name)
    ]


def _chips(name: str, choices: Mapping[str, str], narrowed: Asked, url: str) -> Chips:
    chosen = getattr(narrowed, name)
    every = [("", _("All")), *choices.items()]
    return [
        {
            "label": label,
            "url": f"{url}?{urlencode(replace(narrowed, **{name: key}).query())}",
            "current": key == chosen,
            "count": None,
        }
        for key, label in every
    ]
