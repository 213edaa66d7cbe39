"""A grant and its visits as words and rows: on the page, for the report, and for a spreadsheet."""

from collections.abc import Container, Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import creative_school, visible
from bookings.creative_school import Line, Report
from bookings.languages import reads_english
from bookings.models import Booking, FundedVisit, SchoolGrant
from bookings.school_permissions import can_keep_grant, can_see_proof, visits_coordinated_by
from turne.web.settlement_tables import amount, plain
from venues.dates import day_text, moment_text, money_text, short_day_text
from venues.models import User
from venues.school_forms import SchoolForm

Cells = dict[str, Any]
#: Action of a visit's history -> what it reads like afterwards; with its details the grant is named.
HAPPENED = {
    "fund": lambda: _("Paid by a grant"),
    "unfund": lambda: _("Not paid by the grant any more"),
}
HAPPENED_WITH = {
    "fund": lambda details: _("Paid by %(grant)s, %(owner)s %(year)s") % details,
    "unfund": lambda details: _("Not paid by %(grant)s, %(owner)s %(year)s any more") % details,
}


def lines(report: Report, user: User) -> list[Cells]:
    """The visits with their evidence, for `schools/creative.html`."""
    seen = _opened([line.booking for line in report.lines], user)
    ensembles = {line.booking.tour.production.ensemble for line in report.lines}
    proved = {ensemble.pk for ensemble in ensembles if can_see_proof(user, ensemble)}
    return [_line(line, seen, proved) for line in report.lines]


def open_ones(report: Report, user: User) -> list[Cells]:
    """Visits that could be tagged."""
    seen = _opened(report.could_be, user)
    return [
        {
            "pk": booking.pk,
            "production": str(booking.tour.production),
            "presenter": str(booking.presenter),
            "day": day_text(booking.occupied_from),
            "url": reverse("booking", args=[booking.pk]) if booking.pk in seen else "",
        }
        for booking in report.could_be
    ]


def _opened(bookings: Iterable[Booking], user: User) -> set[int]:
    """Those of the visits whose page the reader opens."""
    keys = [booking.pk for booking in bookings]
    read = (visible.bookings(user).filter(pk__in=keys), visits_coordinated_by(user).filter(pk__in=keys))
    return {pk for found in read for pk in found.values_list("pk", flat=True)}


def promised(grant: SchoolGrant) -> list[Cells]:
    """Pupils promised by form of school, where the decision says so."""
    return [
        {"form": SchoolForm(form).label, "count": count} for form, count in grant.promised_by_form.items()
    ]


def conditions(grant: SchoolGrant) -> list[Cells]:
    """What the grant asks for, in the active language, each with its source."""
    language = "en" if reads_english() else "sv"
    return [
        {"text": one[language], "source": one["source"]} for one in grant.scheme.rules.get("conditions", ())
    ]


def figures(report: Report) -> list[Cells]:
    """Promised against reached, for `components/facts.html`."""
    reach, grant = report.reach, report.grant
    share = round(100 * reach.reached / grant.promised_count)
    return [
        {"term": _("Promised"), "value": str(grant.promised_count), "sub": _("pupils")},
        {
            "term": _("Reached"),
            "value": str(reach.reached),
            "strong": True,
            "sub": _("pupils who came, each once; %(share)d percent") % {"share": share},
        },
        {
            "term": _("With what is to come"),
            "value": str(reach.hoped),
            "sub": _("those of visits ahead, or not told yet, among them"),
        },
        {"term": _("Encounters"), "value": str(reach.encounters), "sub": _("each visit of each pupil")},
        {"term": _("Granted"), "value": money_text(grant.amount, grant.currency)},
        {
            "term": _("Paid by it"),
            "value": amount(report.covered),
            "sub": _("%(left)s left") % {"left": amount(report.left)},
        },
    ]


def table(report: Report) -> list[list[str]]:
    """For the report: a line a visit; amounts as plain numbers with their currency beside them."""
    heading = [
        _("Date"),
        _("Production"),
        _("Ensemble"),
        _("Proof of professionalism"),
        _("Kept"),
        _("Seen on"),
        _("Schools"),
        _("Groups"),
        _("Pupils expected"),
        _("Pupils who came"),
        _("Paid by the grant"),
        _("Currency"),
        _("Settled on"),
        _("State"),
        _("Missing"),
    ]
    return [heading, *(_cells(line) for line in report.lines)]


def of_visit(booking: Booking, user: User) -> Cells:
    """What pays a visit, and what could, for `schools/funded.html`; empty where there is nothing to say."""
    funded = FundedVisit.objects.filter(booking=booking).select_related(
        "grant__owner__organisation", "grant__scheme"
    )
    tags = [
        {"grant": one.grant, "url": _page_of(one.grant, user), "keeps": can_keep_grant(user, one.grant.owner)}
        for one in funded
    ]
    ensemble = booking.tour.production.ensemble
    return {
        "tags": tags,
        "could": [grant for grant in creative_school.could_pay(booking) if can_keep_grant(user, grant.owner)],
        "proofs_url": reverse("proofs", args=[ensemble.slug])
        if tags and can_see_proof(user, ensemble)
        else "",
    }


def _page_of(grant: SchoolGrant, user: User) -> str:
    return reverse("creative-grant", args=[grant.pk]) if can_keep_grant(user, grant.owner) else ""


def groups_text(line: Line) -> str:
    """ "4A 24, 4B 25 (23)": those who were to come, and in brackets those who did where that differs."""
    return ", ".join(
        f"{group.group.name} {group.pupils_count}"
        + (f" ({group.came_count})" if group.came_count not in (None, group.pupils_count) else "")
        for group in line.groups
    )


def _line(line: Line, seen: Container[int], proved: Container[int]) -> Cells:
    """A visit; `seen` are the visits that the reader opens, `proved` the ensembles whose proofs the reader sees."""
    booking = line.booking
    ensemble = booking.tour.production.ensemble
    return {
        "pk": booking.pk,
        "url": reverse("booking", args=[booking.pk]) if booking.pk in seen else "",
        "day": day_text(booking.occupied_from),
        "production": str(booking.tour.production),
        "ensemble": str(ensemble),
        "proof": _proof(line),
        "is_proved": line.is_proved,
        "proofs_url": reverse("proofs", args=[ensemble.slug]) if ensemble.pk in proved else "",
        "schools": ", ".join(line.schools),
        "groups": groups_text(line),
        "expected": line.expected,
        "came": line.came,
        "paid": amount(line.covered),
        "rows": [
            f"{row.label} {amount(row.agreed if row.invoiced is None else row.invoiced)}"
            for row in line.sheet.rows
            if row.is_for_presenter
        ],
        "counts": line.counts,
        "missing": line.missing,
        "tagged": _("tagged by %(who)s, %(when)s")
        % {"who": line.funded.by, "when": moment_text(line.funded.at)},
    }


def _proof(line: Line) -> str:
    if line.proof is None:
        return _("none")
    parts = [f"{line.proof.get_kind_display()}: {line.proof.what}"]
    if line.proof.seen_on:
        parts.append(_("seen %(day)s") % {"day": short_day_text(line.proof.seen_on)})
    return ", ".join(parts)


def _cells(line: Line) -> list[str]:
    booking, proof = line.booking, line.proof
    return [
        timezone.localdate(booking.occupied_from).isoformat(),
        str(booking.tour.production),
        str(booking.tour.production.ensemble),
        f"{proof.get_kind_display()}: {proof.what}" if proof else "",
        (proof.where_kept or proof.link) if proof else "",
        proof.seen_on.isoformat() if proof and proof.seen_on else "",
        ", ".join(line.schools),
        groups_text(line),
        str(line.expected),
        "" if line.came is None else str(line.came),
        plain(line.covered),
        line.covered.currency,
        timezone.localdate(booking.settled_at).isoformat() if booking.settled_at else "",
        str(_("counts") if line.counts else _("does not count")),
        " ".join(line.missing),
    ]


def row(report: Report) -> Cells:
    """A grant in the list."""
    reach = report.reach
    visits = len([line for line in report.lines if line.counts])
    return {
        "grant": report.grant,
        "url": reverse("creative-grant", args=[report.grant.pk]),
        "promised": report.grant.promised_count,
        "reached": reach.reached,
        "hoped": reach.hoped,
        "visits": ngettext("%(count)d visit", "%(count)d visits", visits) % {"count": visits},
        "warnings": report.warnings,
    }


def list_table(reports: Iterable[Report]) -> list[list[str]]:
    """All grants of a year: a line an owner."""
    heading = [
        _("School year"),
        _("Owner"),
        _("Grant"),
        _("Reference"),
        _("Promised"),
        _("Reached"),
        _("With what is to come"),
        _("Encounters"),
        _("Granted"),
        _("Paid by it"),
        _("Currency"),
        _("Warnings"),
    ]
    return [heading, *(_list_cells(report) for report in reports)]


def _list_cells(report: Report) -> list[str]:
    grant, reach = report.grant, report.reach
    return [
        grant.label,
        str(grant.owner),
        str(grant.scheme),
        grant.reference,
        str(grant.promised_count),
        str(reach.reached),
        str(reach.hoped),
        str(reach.encounters),
        f"{grant.amount:.2f}".replace(".", ","),
        plain(report.covered),
        grant.currency,
        " ".join(report.warnings),
    ]
