"""What every page shows around its content: where one can go, and as whom one is logged in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from venues.models import Membership, User

Role = Membership.Role
#: Name of the address -> its word in the bar, in the order of the bar; each role sees some of them.
LABELS: dict[str, str | Promise] = {
    "my-week": _("My week"),
    "school-choose": _("Our schools"),
    "inbox": _("Inbox"),
    "wishes": _("Wishes"),
    "residencies": _("Residencies"),
    "claims": _("Subsidies"),
    "claims-received": _("Subsidies"),
    "allotments": _("Allotment"),
    "tours": _("Tours"),
    "repertoire": _("Repertoire"),
    "outbox": _("Mail"),
    "coverage": _("Follow-up"),
    "people": _("People"),
    "crews": _("KulturCrew"),
    "crew-overview": _("KulturCrew"),
    "venues": _("Venues"),
    "school-register": _("Register"),
    "school-years": _("School years"),
    "buses": _("Buses"),
    "creative-school": _("Skapande skola"),
    "workshops": _("Workshops"),
    "travel": _("Roads"),
    "beds": _("Beds"),
    "calendar": _("Calendar"),
    "season-menu": pgettext_lazy("navigation", "Productions"),
    "map": _("Map"),
    "open-calls": _("Open calls"),
    "public-residencies": _("Residencies"),
    "subscribe": _("Subscribe"),
}
PUBLIC = {"calendar", "season-menu", "map", "open-calls", "public-residencies", "subscribe"}
#: What has no room in a bar stands below each page: the calendar, the map and subscribing.
HOST = {
    "my-week",
    "inbox",
    "wishes",
    "residencies",
    "open-calls",
    "claims",
    "crews",
    "venues",
    "season-menu",
    "calendar",
}
#: What has a line of its own, in the order of that line: where a role has several of them, the bar leads to the first.
SECTIONS: dict[str | Promise, tuple[str, ...]] = {
    pgettext_lazy("navigation", "Schools"): (
        "school-choose",
        "school-register",
        "allotments",
        "crews",
        "crew-overview",
        "buses",
        "creative-school",
        "workshops",
        "school-years",
    ),
    pgettext_lazy("navigation", "Support"): ("residencies", "open-calls", "claims", "claims-received"),
}
OFFICE = {
    "my-week",
    "residencies",
    "open-calls",
    "allotments",
    "coverage",
    "crew-overview",
    "claims-received",
    "people",
    "venues",
    "school-register",
    "school-choose",
    "school-years",
    "buses",
    "creative-school",
    "repertoire",
    "calendar",
}
OF_ROLE: dict[str, set[str]] = {
    Role.PRESENTER: HOST,
    Role.SCHOOL_CONTACT: HOST - {"calendar", "residencies", "open-calls"}
    | {"school-years", "school-choose", "allotments"},
    Role.COORDINATOR: {
        "my-week",
        "allotments",
        "school-choose",
        "school-years",
        "buses",
        "creative-school",
        "season-menu",
        "calendar",
    },
    Role.PRODUCER: {
        "my-week",
        "tours",
        "allotments",
        "repertoire",
        "outbox",
        "venues",
        "travel",
        "beds",
        "buses",
    },
    Role.PEDAGOGUE: {"my-week", "workshops", "season-menu", "calendar"},
    Role.OFFICER: OFFICE,
    Role.ADMINISTRATOR: OFFICE - {"calendar"} | {"outbox"},
}
#: Pages that stand under a link of the bar, by way of others where a role has no link to these.
UNDER = {
    **dict.fromkeys(
        (
            "residency",
            "residency-new",
            "residency-edit",
            "residency-periods",
            "residency-split",
            "residency-contacts",
            "residency-needs",
            "residency-room",
            "residency-dwelling",
            "residency-costs",
            "residency-contract",
            "residency-send",
            "residency-cancel",
            "residency-move",
            "residency-from-decision",
            "residency-fits",
            "residency-combine",
            "residency-days",
            "residency-report",
            "residency-results",
            "residency-day-line",
            "residency-travel",
            "residency-journey",
            "residency-production-new",
            "sub-event",
            "sub-event-new",
            "sub-event-change",
            "dwellings",
            "dwelling-new",
            "dwelling-edit",
        ),
        "residencies",
    ),
    **dict.fromkeys(
        (
            "open-call",
            "application-enter",
            "application",
            "application-write",
            "my-applications",
            "assessments",
            "assessment",
            "assessment-declare",
            "assessment-read",
            "panel",
            "panel-terms",
            "panel-invite",
            "panel-remove",
            "panel-lift",
            "sightings",
            "open-call-new",
            "open-call-edit",
            "open-call-withdraw",
            "panel-close",
            "call-applications",
            "call-application",
            "call-ranking",
            "call-meeting",
            "call-case",
            "call-minutes",
            "call-answers",
            "call-mail",
            "call-statistics",
        ),
        "open-calls",
    ),
    "change-requests": "my-week",
    "booking": "inbox",
    "booking-act": "inbox",
    "booking-report": "inbox",
    "booking-settlement": "inbox",
    "booking-costs": "inbox",
    "claim": "claims",
    "claim-write": "claims",
    "claim-send": "claims",
    "claim-decide": "claims-received",
    "booking-prepare": "inbox",
    "booking-practical": "inbox",
    "booking-showing": "inbox",
    "booking-contact": "inbox",
    "checklist-item": "inbox",
    "booking-day": "inbox",
    "answer-several": "inbox",
    "own-calendar": "inbox",
    "visit-groups": "inbox",
    "workshop": "workshops",
    "workshop-new": "workshops",
    "workshop-move": "workshops",
    "workshop-request": "workshops",
    "workshop-ask": "inbox",
    "visit-history": "inbox",
    "outbox-notice": "outbox",
    "mail-samples": "outbox",
    "calls": "tours",
    "home": "calendar",
    "performance": "calendar",
    "production": "season-menu",
    "wish-new": "wishes",
    "wish-edit": "wishes",
    "public-residency": "public-residencies",
    "allotment": "allotments",
    "allotment-new": "allotments",
    "allotment-edit": "allotments",
    "allotment-grade": "allotments",
    "allotment-try": "allotments",
    "season-ways": "allotments",
    "season-answers": "allotments",
    "grade-answers": "allotments",
    "pupil-coverage": "coverage",
    "board": "tours",
    "proposal": "tours",
    "tour-new": "tours",
    "tour-edit": "tours",
    "tour-settlement": "tours",
    "tour-advancing": "tours",
    "own-checklist": "tours",
    "tour-offers": "tours",
    "tour-stage": "tours",
    "production-new": "repertoire",
    "production-edit": "repertoire",
    "ensemble-new": "repertoire",
    "ensemble-edit": "repertoire",
    "day-off-add": "repertoire",
    "ensemble-calendars": "repertoire",
    "season-new": "repertoire",
    "season-edit": "repertoire",
    "matching": "repertoire",
    "organisation": "people",
    "organisation-new": "people",
    "venue-edit": "venues",
    "closures": "venues",
    "closure-new": "venues",
    "closure-edit": "venues",
    "own-calendars": "venues",
    "beds-add": "beds",
    "school-register-import": "school-register",
    "school-unit": "school-register",
    "school-unit-status": "school-register",
    "school-unit-link": "school-register",
    "bus": "buses",
    "bus-act": "buses",
    "bus-rules": "buses",
    "bus-rule-choose": "buses",
    "bus-rule-new": "buses",
    "creative-grant": "creative-school",
    "creative-grant-new": "creative-school",
    "creative-grant-edit": "creative-school",
    "proofs": "repertoire",
    "school-year": "school-years",
    "school-year-edit": "school-years",
    "school-year-copy": "school-years",
    "school-year-import": "school-years",
    "school-home": "school-choose",
    "school-confirm": "school-choose",
    "school-groups": "school-choose",
    "school-groups-write": "school-choose",
    "school-hours": "school-choose",
    "school-days": "school-choose",
    "school-rooms": "school-choose",
    "school-overview": "school-choose",
    "crew": "crews",
    "crew-new": "crews",
    "crew-edit": "crews",
    "crew-visit": "crews",
    "crew-link-new": "crews",
    "meeting-new": "crew-overview",
    "meeting-edit": "crew-overview",
    "panels": "crew-overview",
    "panel-edit": "crew-overview",
    "panel-link-new": "crew-overview",
    "young-opinions": "repertoire",
}


def frame(request: HttpRequest) -> dict[str, Any]:
    """The bar's links and the account's label, from one query, and only where a page shows them."""
    memberships = SimpleLazyObject(lambda: _memberships(request))
    return {
        "nav_items": SimpleLazyObject(lambda: nav_items(request, memberships)),
        "section_label": SimpleLazyObject(lambda: str(_section_here(request, memberships)[0])),
        "section_items": SimpleLazyObject(lambda: section_items(request, memberships)),
        "account_label": SimpleLazyObject(lambda: account_label(request, memberships)),
        "demo_notice": SimpleLazyObject(lambda: any(m.organisation.is_demo for m in memberships)),
    }


def nav_items(request: HttpRequest, memberships: Any) -> list[dict[str, Any]]:
    """The links for the roles that the user has; the public ones for everybody else."""
    mine = _names(memberships)
    if mine == PUBLIC and isinstance(getattr(request, "user", None), User):
        mine = PUBLIC | {"my-week"}  # an artist in residence, who belongs to no organisation
    here, sections = _here(request, mine), _sections(mine)
    section_of = {name: label for label, names in sections.items() for name in names}
    shown = [n for n in LABELS if n in mine and (n not in section_of or n == sections[section_of[n]][0])]
    return [
        {
            "url": reverse(name),
            "label": section_of.get(name, LABELS[name]),
            "current": name == here or (name in section_of and section_of.get(here) == section_of[name]),
        }
        for name in shown
    ]


def section_items(request: HttpRequest, memberships: Any) -> list[dict[str, Any]]:
    """The second line of links, on the pages of a section of which a role has several."""
    _label, names = _section_here(request, memberships)
    here = _here(request, _names(memberships))
    return [{"url": reverse(name), "label": LABELS[name], "current": name == here} for name in names]


def account_label(request: HttpRequest, memberships: Any) -> str:
    """ "Maj Lund · Backe bygdegård"; the name alone for somebody with several organisations."""
    names = {str(membership.organisation) for membership in memberships}
    return f"{request.user} · {names.pop()}" if len(names) == 1 else str(request.user)


def _names(memberships: Any) -> set[str]:
    return set().union(*(OF_ROLE.get(membership.role, set()) for membership in memberships)) or PUBLIC


def _sections(mine: set[str]) -> dict[str | Promise, list[str]]:
    """The sections that the role has several links of: label -> these links."""
    found = {label: [name for name in names if name in mine] for label, names in SECTIONS.items()}
    return {label: names for label, names in found.items() if len(names) > 1}


def _section_here(request: HttpRequest, memberships: Any) -> tuple[str | Promise, list[str]]:
    """The section that the page stands in, its label and links; empty if in none."""
    mine = _names(memberships)
    here = _here(request, mine)
    return next(((label, names) for label, names in _sections(mine).items() if here in names), ("", []))


def _here(request: HttpRequest, mine: set[str]) -> str:
    """The link under which the page stands."""
    here = request.resolver_match.url_name if request.resolver_match else ""
    while here in UNDER and here not in mine:
        here = UNDER[here]
    return here or ""


def _memberships(request: HttpRequest) -> list[Membership]:
    user = getattr(request, "user", None)
    if not isinstance(user, User) and not getattr(user, "is_authenticated", False):
        return []
    return list(Membership.objects.filter(user=user).select_related("organisation"))
