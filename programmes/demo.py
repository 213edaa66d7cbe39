"""Invented calls for the demo region: one that is open with an application, one to come, one closed, one decided."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO

from django.db import transaction
from django.utils import timezone

from bookings.demo.names import DOMAIN
from programmes import applications, calls, demo_decided, demo_panel, file_checks, work_samples
from programmes.applications import ApplicationInput, Line, Sample
from programmes.call_kinds import kinds
from programmes.calls import CallInput, Place, Weighed
from programmes.models import Call
from tours.models import Production
from venues import people
from venues.models import Membership, Municipality, Organisation, Region, User

DAY, WEEK = timedelta(days=1), timedelta(days=7)
APPLICANT = f"musiker@{DOMAIN}"


@transaction.atomic
def make_calls(region: Region, now: datetime) -> list[str]:
    """Add them where there are none, in the name of the region's invented office; what was done, a sentence a line."""
    office = Organisation.objects.filter(region=region, is_demo=True, roles__role="region").first()
    if office is None or Call.objects.filter(owner=office).exists():
        return []
    by = office.memberships.filter(role=Membership.Role.OFFICER)[0].user
    noon = timezone.localtime(now).replace(hour=12, minute=0, second=0, microsecond=0)
    for kind, data in ((kind, said(region, noon)) for kind, said in _SAID.items()):
        before = data.opens_at - DAY  # published before it opens, when nobody was waiting yet
        made = calls.make(region, office, kind, data, by=by, now=before)
        calls.publish(made, version=made.version, by=by, now=before)
    _apply(Call.objects.with_ground().get(owner=office, kind="residency"), now)
    closed = Call.objects.with_ground().get(owner=office, kind="project_grant")
    return [
        "3 invented calls: one open, one to come, one closed; an application to the open one.",
        demo_panel.make_panel(closed, by, now),
        demo_decided.make_decided(_last_years(region, office, noon, by), by, now),
    ]


def _last_years(region: Region, office: Organisation, noon: datetime, by: User) -> Call:
    """A working grant for two that closed four months ago, with answers promised two months ago."""
    data = replace(
        _working_grant(region, noon),
        title="Arbetsstipendium, utdelat (påhittat)",
        title_en="Working grant, awarded (invented)",
        is_blind=False,
        chosen_count=2,
        opens_at=noon - 20 * WEEK,
        closes_at=noon - 16 * WEEK,
        answers_on=(noon - 8 * WEEK).date(),
    )
    before = data.opens_at - DAY
    made = calls.make(region, office, "working_grant", data, by=by, now=before)
    calls.publish(made, version=made.version, by=by, now=before)
    return Call.objects.with_ground().get(pk=made.pk)


def _criteria(kind: str) -> list[Weighed]:
    return [Weighed(one.sv, one.weight, one.en) for one in kinds()[kind].criteria]


def _residency(region: Region, noon: datetime) -> CallInput:
    """Open since ten days, for three weeks more: two stays in two periods next year, at a host or in a municipality."""
    spring = (noon + 26 * WEEK).date()
    spring -= timedelta(days=spring.weekday())
    autumn = spring + 20 * WEEK
    host = Organisation.objects.filter(region=region, is_demo=True, roles__role="presenter").order_by("name")[
        0
    ]
    assert host.municipality is not None  # every invented presenter is somewhere
    elsewhere = (
        Municipality.objects.filter(region=region).exclude(pk=host.municipality.pk).order_by("name")[0]
    )
    return CallInput(
        title="Residens för folk- och världsmusik (påhittad)",
        title_en="Residency for folk and world music (invented)",
        purpose=(
            "Betald tid att repetera och att möta dem som bor där: skolor, kulturskola och föreningar.\n\n"
            "Ur vistelsen kommer en produktion som kan turnera i länet."
        ),
        purpose_en=(
            "Paid time to rehearse and to meet the people who live there: schools, the school of arts and associations."
            "\n\nA production that can tour the county comes of the stay."
        ),
        who_may_apply="Yrkesverksamma frilansare som bor eller verkar i länet, ensamma eller i grupp.",
        who_may_apply_en="Professional freelancers who live or work in the county, alone or in a group.",
        art_forms=[Production.ArtForm.MUSIC],
        stipend=Decimal(30_000),
        paid_weeks=4,
        gives_housing=True,
        gives_room=True,
        gives_travel=True,
        chosen_count=2,
        is_blind=False,
        opens_at=noon - 10 * DAY,
        closes_at=noon + 3 * WEEK,
        answers_on=(noon + 9 * WEEK).date(),
        periods=[(spring, spring + 2 * WEEK - DAY), (autumn, autumn + 2 * WEEK - DAY)],
        places=[Place(host.municipality, host), Place(elsewhere)],
        criteria=_criteria("residency"),
    )


def _working_grant(region: Region, noon: datetime) -> CallInput:
    """To come: opens in two weeks."""
    return CallInput(
        title="Arbetsstipendium för scenkonst (påhittat)",
        title_en="Working grant for performing arts (invented)",
        purpose="Tid att arbeta, utan krav på en föreställning.",
        purpose_en="Time to work, with no performance asked for.",
        who_may_apply="Yrkesverksamma inom scenkonst som bor i länet.",
        who_may_apply_en="Professionals in the performing arts who live in the county.",
        stipend=Decimal(20_000),
        chosen_count=5,
        is_blind=True,
        opens_at=noon + 2 * WEEK,
        closes_at=noon + 6 * WEEK,
        answers_on=(noon + 12 * WEEK).date(),
        criteria=_criteria("working_grant"),
    )


def _project_grant(region: Region, noon: datetime) -> CallInput:
    """Closed since a week, and assessed without names by now."""
    return replace(
        _working_grant(region, noon),
        title="Projektbidrag (påhittat)",
        title_en="Project grant (invented)",
        purpose="Bidrag till ett projekt som är öppet för allmänheten och har annan finansiering också.",
        purpose_en="Support to a project that is open to the public and has other funding too.",
        stipend=None,
        opens_at=noon - 5 * WEEK,
        closes_at=noon - WEEK,
        answers_on=(noon + 5 * WEEK).date(),
        criteria=_criteria("project_grant"),
    )


_SAID = {"residency": _residency, "working_grant": _working_grant, "project_grant": _project_grant}


def _apply(call: Call, now: datetime) -> None:
    """An invented applicant, who belongs to no organisation, has sent in."""
    applicant = people.applicant(APPLICANT, "sv")
    applicant.name = "Musiker"
    applicant.save(update_fields=["name"])
    data = ApplicationInput(
        applicant_name="Påhittad musiker",
        home=call.places.all()[0].municipality,
        is_first_time=True,
        art_form=Production.ArtForm.MUSIC,
        title="Vindens väg",
        summary="Nya låtar om vind och väder, skrivna tillsammans med elever.",
        description="Fyra veckor i två perioder: vi skriver, provar med två klasser och spelar för bygden.",
        budget=[Line("Arvoden", Decimal(60_000)), Line("Stipendium", Decimal(30_000), is_income=True)],
        work_samples=[Sample("Inspelning (påhittad)", f"https://{DOMAIN}/inspelning")],
        periods=list(call.periods.all()),
        places=list(call.places.all())[:1],
    )
    made = applications.save(call, data, by=applicant, now=now)
    lyrics = file_checks.examine(
        BytesIO("Vinden går över fjället (påhittad låttext).\n".encode()), "text.txt"
    )
    file = work_samples.add(
        made,
        lyrics,
        title="Låttext (påhittad)",
        is_identifying=False,
        by=applicant,
        version=made.version,
        now=now,
    )
    applications.send_in(made, by=applicant, version=file.application.version, now=now)
