"""The contract of a residency: read, sent, answered, on paper; and the residency cancelled, or with another host."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bookings import kept_facts
from bookings.agreement_words import Difference
from bookings.models import Residency, ResidencyContract
from bookings.residencies import contract_words, contracts, ending, next_steps, permissions
from turne.web import paper
from turne.web.form_fields import number_in, words_in
from turne.web.logged_in import user_of
from turne.web.once import once
from turne.web.refusals import done
from turne.web.residencies.form_pages import form_page, side_sent, sides_of, version_sent
from turne.web.residencies.found import agreed_by, residency_of, run_by
from turne.web.residencies.stay_forms import MoveForm, SendForm, WhyForm
from turne.web.residencies.tabs import tabs_of

Side, Status = Residency.Side, Residency.Status
ANSWERING = (Side.HOST, Side.ARTIST)
PAPER = "papers/residency_contract.html"


@login_required
@require_safe
def residency_contract(request: HttpRequest, pk: int) -> HttpResponse:
    """The contract that counts, what differs from the one before, and the buttons of whoever is asked to answer."""
    found, kept = agreed_by(request, pk)
    if not permissions.visible_residencies(request.user).filter(pk=pk).exists():
        return redirect("residency-contract-version", pk, kept[0].number)  # it has another host now
    is_changed, declined = contracts.is_changed_since(found), contracts.declined_by(found)
    context = {
        "residency": found,
        "is_settled": bool(kept) and not is_changed and not declined,
        "tabs": tabs_of(found, "residency-contract", runs=permissions.can_run(request.user, found)),
        "runs": permissions.can_run(request.user, found),
        "contract": kept[0] if kept else None,
        "versions": kept,
        "sections": contract_words.sections(kept[0].facts) if kept else [],
        "differences": _differences(kept, kept[0]) if kept else [],
        "is_with_host": bool(kept) and kept[0].host_id == found.host_id,
        "is_changed": is_changed,
        "declined": declined,
        "asked": _asked(request, found),
        "why": WhyForm(),
    }
    return render(request, "residencies/contract.html", context)


@login_required
@require_safe
def residency_contract_version(
    request: HttpRequest, pk: int, number: int, *, as_pdf: bool = False
) -> HttpResponse:
    """One contract as it was sent, to print or as a PDF; whoever was its host then reads it too."""
    found, kept = agreed_by(request, pk)
    asked = next((one for one in kept if one.number == number), None)
    if asked is None:
        raise Http404
    is_last = asked == contracts.last_of(found)
    is_inside = permissions.visible_residencies(request.user).filter(pk=pk).exists()
    context = {
        "language": get_language(),
        "title": contract_words.title(asked.facts),
        "author": asked.facts["host"]["name"],
        "body_class": "agreement",
        "contract": asked,
        "versions": kept,
        "is_last": asked == kept[0],
        "is_whole": kept_facts.is_whole(asked),
        "agreed": _agreed(found) if is_last and asked.host_id == found.host_id else [],
        "sections": contract_words.sections(asked.facts),
        "differences": _differences(kept, asked),
        "back_url": reverse("residency-contract", args=[found.pk]) if is_inside else reverse("residencies"),
        "back_label": _("To the residency") if is_inside else _("To the residencies"),
        "pdf_url": reverse("residency-contract-pdf", args=[found.pk, asked.number]),
    }
    name = f"residens-{found.slug}-{asked.number}"
    return paper.answer(request, name, PAPER, context, as_pdf=as_pdf)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the contract to both sides."""
    found = run_by(request, pk)
    initial = {"answer_by": (timezone.localtime() + contracts.ANSWER_WITHIN).replace(hour=16, minute=0)}
    form = SendForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> None:
        contracts.send(
            found,
            answer_by=form.cleaned_data["answer_by"],
            version=version_sent(request),
            by=user_of(request),
            now=timezone.now(),
        )

    facts = contracts.facts_of(found)
    last = contracts.last_of(found)
    return form_page(
        request,
        found,
        form,
        act,
        _("Sent. Host and artist are asked to answer."),
        title=_("Send the contract"),
        lead=_("This is what both get to read. They answer on its page."),
        submit=_("Send to host and artist"),
        to="residency-contract",
        sections=contract_words.sections(facts),
        differences=contract_words.differences(last.facts, facts)
        if last and last.host_id == found.host_id
        else [],
        unsaid=next_steps.before_sending(found, timezone.now()),
    )


@login_required
@require_POST
@once
def residency_agree(request: HttpRequest, pk: int) -> HttpResponse:
    """Say yes for one's side to the contract that was read."""
    found = residency_of(request, pk)
    side = side_sent(request, found, [str(one) for one in ANSWERING])

    def act() -> None:
        number = number_in(request.POST.get("number"))
        contracts.agree(found, side, number=number, by=user_of(request), now=timezone.now())

    return done(request, act, _("You have agreed."), "residency-contract", pk)


@login_required
@require_POST
@once
def residency_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no for one's side, and why."""
    found = residency_of(request, pk)
    side = side_sent(request, found, [str(one) for one in ANSWERING])

    def act() -> None:
        contracts.decline(
            found,
            side,
            why=words_in(request.POST.get("why"), contracts.WHY_MAX),
            number=number_in(request.POST.get("number")),
            by=user_of(request),
            now=timezone.now(),
        )

    return done(request, act, _("You have said no. The others are told why."), "residency-contract", pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The host or the artist withdraws, or the region cancels."""
    found = residency_of(request, pk)
    sides = sides_of(request, found)
    form = WhyForm(request.POST if request.method == "POST" else None)
    side = side_sent(request, found, sides) if request.method == "POST" else (sides or [""])[0]

    def act() -> None:
        ending.cancel(
            found,
            side,
            why=form.cleaned_data["why"],
            version=version_sent(request),
            by=user_of(request),
            now=timezone.now(),
        )

    return form_page(
        request,
        found,
        form,
        act,
        _("Cancelled. Everybody is told, and what was reserved is free."),
        title=_("Cancel the residency"),
        lead=_("Rooms and dwellings are free at once, and host, artist and region are told why."),
        submit=_("Cancel the residency"),
        sides=[(one, Side(one).label) for one in sides],
        side=side,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def residency_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan it with another host; ?vard= and ?ort= are chosen already."""
    found = run_by(request, pk)
    if not ending.can_move(found):
        raise Http404
    asked = {"host": number_in(request.GET.get("vard")), "place": number_in(request.GET.get("ort"))}
    hosts = permissions.hosts_chosen_by(request.user)
    form = MoveForm(hosts, request.POST if request.method == "POST" else None, initial=asked)

    def act() -> None:
        read = form.cleaned_data
        ending.move(
            found,
            read["host"],
            read["place"],
            version=version_sent(request),
            by=user_of(request),
            now=timezone.now(),
        )

    title = _("Another host")
    lead = _("Artist, work, days and the money of others are kept. Rooms and dwellings are chosen anew.")
    return form_page(
        request, found, form, act, _("It has another host."), title=title, lead=lead, submit=title
    )


def _differences(kept: list[ResidencyContract], asked: ResidencyContract) -> list[Difference]:
    before = next((one for one in kept if one.number == asked.number - 1), None)
    return contract_words.differences(before.facts, asked.facts) if before else []


def _asked(request: HttpRequest, residency: Residency) -> list[dict[str, Any]]:
    """The sides of the user that have not answered yet."""
    return [
        {"side": side, "label": Side(side).label}
        for side in sides_of(request, residency)
        if side in ANSWERING and next_steps.waits_on(residency, side)
    ]


def _agreed(residency: Residency) -> list[dict[str, Any]]:
    """Who has agreed to the last contract, and when."""
    rows = [
        (residency.host.name, residency.host_agreed_at),
        (residency.artist_name, residency.artist_agreed_at),
    ]
    return [{"who": who, "at": at} for who, at in rows]
