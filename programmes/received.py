"""The applications to a call as those read them who run it: what counts, and nothing before it closes."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from programmes import blinding, conflicts, permissions, submissions
from programmes.models import Application, Assessment, Assessor, Call, Decision, Submission
from programmes.models.applications import Applications
from tours.models import Production
from venues.models import Municipality, User


@dataclass(frozen=True)
class Received:
    """One application.

    Attributes:
        submission: what counts: the last that was sent in.
        is_masked: the reader has a conflict of interest in it: nothing of it is told but its number.
        shows_names: who applies may be told to the reader.
        home: the municipality where they live; None: outside the region.
    """

    application: Application
    submission: Submission
    home: Municipality | None
    is_masked: bool = False
    shows_names: bool = True

    @property
    def number(self) -> int:
        """In its call."""
        assert self.application.number is not None  # it was sent in
        return self.application.number

    @property
    def facts(self) -> dict[str, Any]:
        """As it was sent in, without what tells who it is where names are hidden; empty where it is masked."""
        if self.is_masked:
            return {}
        facts = submissions.read(self.submission)
        return facts if self.shows_names else blinding.without_names(facts)

    @property
    def title(self) -> str:
        """Of the work; empty where it is masked."""
        return str(self.facts.get("title", ""))

    @property
    def who(self) -> str:
        """Who applies, with the ensemble; empty where names are hidden."""
        if not self.shows_names:
            return ""
        who = self.facts.get("who", {})
        return ", ".join(filter(None, (who.get("applicant_name", ""), who.get("group_name", ""))))

    @property
    def art_form(self) -> str:
        """A value of Production.ArtForm."""
        return str(self.facts.get("art_form", ""))

    @property
    def art_form_text(self) -> str:
        """The same in words."""
        return str(Production.ArtForm(self.art_form).label) if self.art_form in Production.ArtForm else ""

    @property
    def is_first_time(self) -> bool | None:
        """Whether they apply here for the first time; None: not said."""
        return self.facts.get("is_first_time")

    @property
    def periods(self) -> list[tuple[date, date]]:
        """Wished for, the best first; both days included."""
        return [
            (date.fromisoformat(first), date.fromisoformat(last))
            for first, last in self.facts.get("periods", [])
        ]

    @property
    def places(self) -> list[str]:
        """Wished for, the best first."""
        return list(self.facts.get("places", []))

    @property
    def asked(self) -> Decimal:
        """What is asked for: what the work costs beyond its other income. 0 without a budget."""
        return asked_in(self.facts)

    @property
    def decision(self) -> Decision | None:
        """What was decided, if anything; None where it is masked."""
        return None if self.is_masked else getattr(self.application, "decision", None)


def asked_in(facts: dict[str, Any]) -> Decimal:
    """What the facts of an application ask for: the costs of its budget less its income, at least 0."""
    lines = facts.get("budget", [])
    sums = [Decimal(line["amount"]) * (-1 if line["is_income"] else 1) for line in lines]
    return max(sum(sums, Decimal(0)), Decimal(0))


def of_call(call: Call, reader: User | None, now: datetime) -> list[Received]:
    """Those that count, by their numbers; none before the call has closed.

    Args:
        reader: None: nobody reads them, they are reckoned with; nothing is masked.
    """
    return _read(call.applications.sent_in(), call, reader, now)


def withdrawn_from(call: Call, now: datetime) -> list[Application]:
    """Those that were sent in and taken back: their numbers and days are told, and nothing of what they said."""
    if not permissions.is_readable(call, now):
        return []
    gone = call.applications.filter(number__isnull=False, withdrawn_at__isnull=False)
    return list(gone.only("number", "withdrawn_at", "call").order_by("number"))


def one(call: Call, number: int, reader: User, now: datetime) -> Received | None:
    """The application of that number; None where there is none, it is withdrawn, or nothing may be read yet."""
    found = _read(call.applications.sent_in().filter(number=number), call, reader, now)
    return found[0] if found else None


def shows_scores(call: Call, reader: User) -> bool:
    """Whether the others' scores are told: whoever scores learns of them when no score is changed any more.

    Source: the house's choice: who knows what others think does not think for themselves.
    """
    if Assessment.objects.filter(call=call, closed_at__isnull=False).exists():
        return True
    return not Assessor.objects.active().of_user(reader).filter(call=call).exists()


def _read(found: Applications, call: Call, reader: User | None, now: datetime) -> list[Received]:
    if not permissions.is_readable(call, now):
        return []
    rows = list(
        found.select_related("decision", "applicant").prefetch_related("submissions").order_by("number")
    )
    hidden = set(conflicts.hidden_from(reader).values_list("pk", flat=True)) if reader else set()
    named = not (reader and permissions.names_are_hidden(reader, call))
    homes = {row.code: row for row in Municipality.objects.filter(region=call.region_id)}
    return [_received(row, homes, hidden, named) for row in rows]


def _received(row: Application, homes: dict[str, Municipality], hidden: set[int], named: bool) -> Received:
    last = list(row.submissions.all())[-1]
    is_masked = row.pk in hidden
    home = None if is_masked else homes.get(submissions.read(last)["home"])
    return Received(row, last, home, is_masked, named and not is_masked)
