"""Applications to calls of the small world, made by the verbs."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from programmes import applications
from programmes.applications import ApplicationInput, Line, Person, Sample
from programmes.models import Application, Call, Submission
from tests.factories import UserFactory
from tests.programmes.open_calls import OPEN
from venues.models import User

LATER = OPEN + timedelta(hours=3)


def artist(name: str = "Musiker") -> User:
    """Somebody who belongs to no organisation."""
    made: User = UserFactory(name=name, language="en")
    return made


def said(call: Call, **changes: Any) -> ApplicationInput:
    """A whole application."""
    data = ApplicationInput(
        applicant_name="Musiker",
        group_name="Trion",
        art_form="music",
        title="Vindens väg",
        summary="Låtar om vind.",
        description="Vi skriver låtar och spelar dem för skolor.",
        access_needs="Hiss.",
        budget=[Line("Arvoden", Decimal(40_000)), Line("Egen insats", Decimal(10_000), is_income=True)],
        collaborators=[Person("Fiolspelare", "fiol")],
        work_samples=[Sample("Demo", "https://musik.example/demo")],
        periods=list(call.periods.all())[:1],
        places=list(call.places.all())[:1],
    )
    return replace(data, **changes)


def draft(call: Call, by: User, now: datetime = OPEN, **changes: Any) -> Application:
    return applications.save(call, said(call, **changes), by=by, now=now)


def send(application: Application, now: Any = OPEN) -> Submission:
    return applications.send_in(application, by=application.applicant, version=application.version, now=now)


def sent(call: Call, by: User, **changes: Any) -> Application:
    """Written and sent in."""
    made = draft(call, by, **changes)
    send(made)
    return Application.objects.with_ground().get(pk=made.pk)
