"""The verbs of an application: written and saved as often as one likes, sent in, withdrawn.

Until the call closes the last one that was sent in counts; from the closing moment on nothing is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bookings.kept_facts import digest_of
from programmes import answers_to_calls, panels, receipts, stored_files, submissions
from programmes.call_kinds import Kind, kinds
from programmes.models import (
    Application,
    BudgetLine,
    Call,
    CallPeriod,
    CallPlace,
    Collaborator,
    Submission,
    WishedPeriod,
    WishedPlace,
    WorkSample,
)
from tours.errors import NotNow, Refused
from tours.lengths import check_column
from venues.dates import moment_text
from venues.models import Municipality, User

#: Of an application at the most. Source: the house's choice: what a panel can read.
LINES_MAX, COLLABORATORS_MAX, SAMPLES_MAX = 40, 20, 10
#: The largest amount of a line. Source: the house's choice, far beyond any grant here.
AMOUNT_MAX = Decimal(100_000_000)
_is_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Line:
    """A line of the budget: what it costs, or who pays."""

    words: str
    amount: Decimal
    is_income: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody to work with, and as what."""

    name: str
    role: str


@dataclass(frozen=True)
class Sample:
    """Something to see, hear or read, by its address."""

    title: str
    url: str


@dataclass(frozen=True)
class ApplicationInput:
    """All that an application says; periods and places by how well they are liked, the best first."""

    applicant_name: str = ""
    group_name: str = ""
    phone: str = ""
    home: Municipality | None = None
    is_first_time: bool | None = None
    art_form: str = ""
    title: str = ""
    summary: str = ""
    description: str = ""
    access_needs: str = ""
    budget: Sequence[Line] = ()
    collaborators: Sequence[Person] = ()
    work_samples: Sequence[Sample] = ()
    periods: Sequence[CallPeriod] = ()
    places: Sequence[CallPlace] = ()


_ROWS = {"budget", "collaborators", "work_samples", "periods", "places"}
_COLUMNS = [field.name for field in fields(ApplicationInput) if field.name not in _ROWS]


@transaction.atomic
def save(
    call: Call, data: ApplicationInput, *, by: User, seen: int = 0, version: int = 0, now: datetime
) -> Application:
    """Keep what has been written so far, complete or not; nobody but the applicant sees it.

    Args:
        seen, version: the application that was looked at, and its version; 0 where there is none yet. The version
            alone does not tell: whoever withdraws and begins again has it anew.

    Raises:
        NotNow: the call takes no applications now, or the application was changed elsewhere meanwhile.
        Refused: something cannot be; `field` names it.
    """
    call = lock_open(call, now)
    found = Application.objects.standing().of_applicant(by).filter(call=call).first()
    if (seen, version) != ((found.pk, found.version) if found else (0, 0)):
        raise NotNow(
            _("You have changed the application in another window. Open it again and look."), call=call.pk
        )
    _check(call, data)
    application = found or Application(call=call, applicant=by, made_at=now, version=0)
    for name in _COLUMNS:
        setattr(application, name, getattr(data, name))
    application.changed_at = now
    application.version += 1
    application.save()
    _write_rows(application, data)
    return application


@transaction.atomic
def send_in(application: Application, *, by: User, version: int, now: datetime) -> Submission:
    """Hand it in as it stands, with a receipt by mail. It may be changed and handed in again until the call closes.

    Raises:
        NotNow: the call takes no applications now, it is withdrawn, changed meanwhile, or sent in like this already.
        Refused: something is missing (`field` names it), or the applicant sits on the call's panel.
    """
    call = lock_open(application.call, now)
    panels.check_does_not_sit(call, by)
    application = lock_own(application, by, version)
    _check_complete(call, application)
    facts = submissions.facts_of(application)
    digest = digest_of(facts)
    last = application.submissions.last()
    if last and submissions.read(last) == facts:
        raise NotNow(_("It is sent in already, just as it stands."), application=application.pk)
    if application.number is None:
        numbers = Application.objects.filter(call=call).aggregate(last=Max("number"))
        application.number = (numbers["last"] or 0) + 1
        application.save(update_fields=["number"])
    made = Submission.objects.create(
        application=application, number=last.number + 1 if last else 1, facts=facts, digest=digest, at=now
    )
    receipts.sent_in(application, made, now)
    return made


@transaction.atomic
def withdraw(application: Application, *, by: User, version: int, now: datetime) -> Application:
    """Take it back; a new one can be written as long as the call is open. A draft that was never sent is deleted.

    An answer to it that has not left does not leave.

    Raises:
        NotNow: it is withdrawn already, or was changed meanwhile.
    """
    Call.objects.select_for_update(no_key=True).get(pk=application.call_id)
    application = lock_own(application, by, version)
    if application.number is None:
        stored_files.drop(application.files.all())
        application.delete()
        return application
    application.withdrawn_at, application.version = now, application.version + 1
    application.save(update_fields=["withdrawn_at", "version"])
    answers_to_calls.keep_from(application, now)
    receipts.withdrawn(application, now)
    return application


def standing(application: Application) -> ApplicationInput:
    """All that it says now."""
    return ApplicationInput(
        **{name: getattr(application, name) for name in _COLUMNS},
        budget=[Line(row.words, row.amount, row.is_income) for row in application.budget.all()],
        collaborators=[Person(row.name, row.role) for row in application.collaborators.all()],
        work_samples=[Sample(row.title, row.url) for row in application.work_samples.all()],
        periods=[row.period for row in application.periods.all()],
        places=[row.place for row in application.places.all()],
    )


def missing(application: Application) -> dict[str, str]:
    """What it lacks before it can be sent in: field -> sentence. Empty: nothing."""
    kind, call, said = kinds()[application.call.kind], application.call, standing(application)
    needed = {
        "applicant_name": _("Your name is missing."),
        "title": _("The title of the work is missing."),
        "summary": _("Say in short what it is."),
        "description": _("The description is missing."),
        "art_form": _("Choose an art form."),
    }
    lacks = {name: told for name, told in needed.items() if not getattr(said, name).strip()}
    if said.art_form and call.art_forms and said.art_form not in call.art_forms:
        lacks["art_form"] = _("The call is for other art forms.")
    for file in submissions.files_of(application):
        if file.scan_state == file.Scan.REFUSED:
            lacks["files"] = _("Remove the file “%(title)s”: the virus scanner has refused it.") % {
                "title": file.title
            }
    return lacks | _missing_rows(said, kind)


def _missing_rows(said: ApplicationInput, kind: Kind) -> dict[str, str]:
    lacks = {}
    if kind.has_stay and not said.periods:
        lacks["periods"] = _("Choose a period in which you can stay.")
    if kind.has_stay and not said.places:
        lacks["places"] = _("Choose where you would stay.")
    if kind.has_budget and not any(not line.is_income for line in said.budget):
        lacks["budget"] = _("Say in the budget what the work costs.")
    return lacks


def lock_open(call: Call, now: datetime) -> Call:
    """The call, locked first of all, if it takes applications now.

    Raises:
        NotNow: it does not; why.
    """
    call = Call.objects.select_for_update(no_key=True).get(pk=call.pk)
    if call.is_open(now):
        return call
    if call.withdrawn_at:
        raise NotNow(_("The call was withdrawn: %(why)s") % {"why": call.withdrawn_why}, call=call.pk)
    if not call.is_public or now < call.opens_at:
        raise NotNow(_("The call is not open yet."), call=call.pk)
    raise NotNow(
        _("The call closed %(when)s. What you sent in before that counts, and nothing more can be written.")
        % {"when": moment_text(call.closes_at)},
        call=call.pk,
    )


def lock_own(application: Application, by: User, version: int) -> Application:
    """One's own application as it stands, locked; its call is locked before.

    Raises:
        NotNow: it is withdrawn, or was changed meanwhile.
    """
    found = Application.objects.select_for_update(of=("self",), no_key=True).get(
        pk=application.pk, applicant=by
    )
    if found.withdrawn_at:
        raise NotNow(_("The application is withdrawn."), application=found.pk)
    if found.version != version:
        raise NotNow(
            _("You have changed the application in another window. Open it again and look."),
            application=found.pk,
        )
    return found


def _write_rows(application: Application, data: ApplicationInput) -> None:
    for rows in (
        application.budget, application.collaborators, application.work_samples, application.periods,
        application.places,
    ):  # fmt: skip
        rows.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(application=application, number=n, is_income=x.is_income, words=x.words, amount=x.amount)
        for n, x in enumerate(data.budget, 1)
    )
    Collaborator.objects.bulk_create(
        Collaborator(application=application, number=n, name=x.name, role=x.role)
        for n, x in enumerate(data.collaborators, 1)
    )
    WorkSample.objects.bulk_create(
        WorkSample(application=application, number=n, title=x.title, url=x.url)
        for n, x in enumerate(data.work_samples, 1)
    )
    WishedPeriod.objects.bulk_create(
        WishedPeriod(application=application, period=x, rank=n) for n, x in enumerate(data.periods, 1)
    )
    WishedPlace.objects.bulk_create(
        WishedPlace(application=application, place=x, rank=n) for n, x in enumerate(data.places, 1)
    )


# -- What an application must be ---------------------------------------


def _check(call: Call, data: ApplicationInput) -> None:
    for name in _COLUMNS:
        check_column(Application, name, str(getattr(data, name) or ""))
    for name, most in (
        ("budget", LINES_MAX),
        ("collaborators", COLLABORATORS_MAX),
        ("work_samples", SAMPLES_MAX),
    ):
        if len(getattr(data, name)) > most:
            raise Refused(_("Write at most %(most)d.") % {"most": most}, field=name)
    for line in data.budget:
        if not line.words.strip() or not 0 <= line.amount <= AMOUNT_MAX:
            raise Refused(_("Each line needs words and an amount of 0 or more."), field="budget")
    for person in data.collaborators:
        if not (person.name.strip() and person.role.strip()):
            raise Refused(_("Write a name and as what."), field="collaborators")
    _check_samples(data.work_samples)
    _check_wished(call, data)


def _check_samples(samples: Sequence[Sample]) -> None:
    for sample in samples:
        try:
            _is_address(sample.url)
        except ValidationError:
            raise Refused(
                _("“%(url)s” is no address that can be opened. It begins with https://.")
                % {"url": sample.url[:80]},
                field="work_samples",
            ) from None
        if not sample.title.strip():
            raise Refused(_("Say what the work sample is."), field="work_samples")


def _check_wished(call: Call, data: ApplicationInput) -> None:
    for name in ("periods", "places"):
        rows = [row.pk for row in getattr(data, name)]
        if len(set(rows)) < len(rows):
            raise Refused(_("Each is chosen once."), field=name)
        if any(row.call_id != call.pk for row in getattr(data, name)):
            raise Refused(_("Choose among those of the call."), field=name)


def _check_complete(call: Call, application: Application) -> None:
    for name, told in missing(application).items():
        raise Refused(told, field=name)
