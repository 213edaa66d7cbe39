"""Residencies as they are read by whoever is in them: the list, and one with all that is agreed."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bookings.models import Residency
from bookings.residencies import ending, money, next_steps, permissions, reserving
from bookings.residencies.contract_words import period_text
from bookings.residencies.days import that_can_be_split
from bookings.residencies.residency_words import action_text, hours_text
from programmes import conflicts
from programmes import permissions as call_permissions
from programmes.models import Decision
from turne.web.form_fields import slug_in
from turne.web.logged_in import user_of
from turne.web.residencies import tour_notices
from turne.web.residencies.form_pages import sides_of
from turne.web.residencies.found import residency_of
from turne.web.residencies.tabs import tabs_of
from venues.models import Dwelling, Municipality, Organisation, User, Venue

Row = dict[str, Any]
Status = Residency.Status
#: Lines of history on the page. Source: the house's choice; all of them on asking.
HISTORY = 12


@login_required
@require_safe
def residencies(request: HttpRequest) -> HttpResponse:
    """One's own: as host, as artist, or those of the region; ?lage=, ?ar=, ?vard= and ?kommun= narrow them."""
    visible = permissions.visible_residencies(request.user)
    asked = {name: slug_in(request.GET.get(name)) for name in ("lage", "ar", "vard", "kommun")}
    found = visible
    if asked["lage"] in Status.values:
        found = found.filter(status=asked["lage"])
    if asked["ar"].isdecimal() and len(asked["ar"]) == 4 and int(asked["ar"]) > 0:
        year = int(asked["ar"])
        found = found.between(date(year, 1, 1), date(year, 12, 31))
    if asked["vard"]:
        found = found.filter(host__slug=asked["vard"])
    if asked["kommun"]:
        found = found.filter(place__municipality__slug=asked["kommun"])
    rows = sorted((_row(one) for one in found.with_ground()), key=lambda row: (row["last"], row["first"]))
    today = timezone.localdate()
    coming = [row for row in rows if row["last"] >= today and row["residency"].status != Status.CANCELLED]
    others = [row for row in reversed(rows) if row not in coming]
    parts = [(_("Now and to come"), coming), (_("Over or cancelled"), others)]
    context = {
        "sections": [{"title": title, "rows": shown} for title, shown in parts if shown],
        "is_narrowed": any(asked.values()),
        "filters": _filters(visible, asked),
        "may_plan": permissions.hosts_chosen_by(request.user).exists(),
    }
    return render(request, "residencies/list.html", context)


@login_required
@require_safe
def residency(request: HttpRequest, pk: int) -> HttpResponse:
    """One residency, for those who are in it: what comes next, and all that is planned and agreed."""
    found, now = residency_of(request, pk), timezone.now()
    sides = sides_of(request, found)
    runs = permissions.can_run(request.user, found)
    lines, steps = money.standing(found), next_steps.steps(found, now)
    is_open = found.status != Status.CANCELLED
    history = list(permissions.history_read_by(request.user, found)[: HISTORY + 1])
    context = {
        "residency": found,
        "tabs": tabs_of(found, "residency", runs=runs),
        "notices": tour_notices.notices(request, found),
        "runs": runs,
        "edits": runs and is_open,
        "steps": steps,
        "sends": runs and any(step.key == "send" for step in steps),
        "answers": [side for side in sides if side != "region" and next_steps.waits_on(found, side)],
        "periods": _periods(found),
        "things": _things(found),
        "lines": lines,
        "sums": money.sums(lines),
        "contacts": found.contacts.all(),
        "may_split": that_can_be_split(found, now).exists(),
        "sees_needs": permissions.can_see_needs(request.user, found),
        "contract": permissions.contracts_read_by(request.user, found).first(),
        "may_cancel": bool(sides) and ending.can_cancel(found, now),
        "may_move": runs and ending.can_move(found),
        **_comes_of(found, user_of(request)),
        "history": [{"line": line, "text": action_text(line)} for line in history[:HISTORY]],
        "is_more": len(history) > HISTORY,
        "is_artist": found.artist_id == request.user.pk,
    }
    return render(request, "residencies/residency.html", context)


def _row(found: Residency) -> Row:
    spans = [(row.starts_on, row.ends_on) for row in found.periods.all()]
    return {
        "residency": found,
        "first": min(first for first, _last in spans),
        "last": max(last for _first, last in spans),
        "periods": [period_text(*span) for span in spans],
    }


def _comes_of(found: Residency, reader: User) -> Row:
    """The decision that it comes of; its case is for those who run the call, and are in no conflict with it."""
    decision = Decision.objects.filter(residency=found).select_related("application__call").first()
    if decision is None:
        return {}
    application = decision.application
    hidden = conflicts.hidden_from(reader).filter(pk=application.pk).exists()
    return {
        "decision": decision,
        "sees_case": not hidden and call_permissions.can_run(reader, application.call),
    }


def _periods(found: Residency) -> list[Row]:
    things = reserving.standing(found)
    rooms = Venue.objects.in_bulk([thing.venue for thing in things if thing.venue])
    homes = Dwelling.objects.select_related("place").in_bulk([one.dwelling for one in things if one.dwelling])
    rows = []
    for period in found.periods.all():
        theirs = [thing for thing in things if thing.period == period.pk]
        rows.append(
            {
                "period": period,
                "text": period_text(period.starts_on, period.ends_on),
                "rooms": [f"{rooms[one.venue]} ({hours_text(one.hours)})" for one in theirs if one.venue],
                "homes": [str(homes[one.dwelling]) for one in theirs if one.dwelling],
            }
        )
    return rows


def _things(found: Residency) -> list[Row]:
    """What it has reserved, each once, for letting it go."""
    rows = found.allocations.filter(period__isnull=False).select_related("venue", "dwelling__place")
    things = {}
    for row in rows:
        key = f"venue-{row.venue_id}" if row.venue_id else f"dwelling-{row.dwelling_id}"
        things[key] = {"key": key, "name": str(row.venue or row.dwelling)}
    return sorted(things.values(), key=lambda thing: thing["name"])


def _filters(visible: Any, asked: dict[str, str]) -> list[Row]:
    """The lists to narrow by, each only where there is a choice."""
    spans = Residency.objects.filter(pk__in=visible.values("pk")).values_list(
        "periods__starts_on", "periods__ends_on"
    )
    years = {day.year for span in spans for day in span if day}
    hosts = (
        Organisation.objects.filter(residencies__in=visible)
        .order_by("name")
        .values_list("slug", "name")
        .distinct()
    )
    grounds = Municipality.objects.filter(places__residencies__in=visible).order_by("name")
    given: list[tuple[str, str, list[tuple[str, Any]]]] = [
        ("lage", _("State"), [(value, label) for value, label in Status.choices]),
        ("ar", _("Year"), [(str(year), str(year)) for year in sorted(years)]),
        ("vard", _("Host"), list(hosts)),
        ("kommun", _("Municipality"), list(grounds.values_list("slug", "name").distinct())),
    ]
    return [
        {"name": name, "label": label, "choices": choices, "chosen": asked[name]}
        for name, label, choices in given
        if len(choices) > 1
    ]
