"""Conflicts of interest: declared by name before anything of an application is shown, found later, taken back.

Names are declared apart from the applications: where names are hidden, nobody may see by the list whose which is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from bookings.permissions import Person, organisations_of
from programmes import assignments, submissions
from programmes.assessment_steps import WHY_MAX, checked_why, lock, lock_seat, note
from programmes.models import Application, Assessment, AssessmentChange, Assessor, Call, Declaration
from programmes.models.applications import Applications
from tours.errors import NotNow, Refused
from tours.lengths import check_length
from tours.models import Ensemble
from venues.models import Membership, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

Action = AssessmentChange.Action


def hidden_from(user: Person) -> Applications:
    """The applications of which the person may not see anything, whatever else they are: officer, host or producer.

    Those in conflict, for good; those not declared yet, while one sits on the panel; one's own, of which one sees what
    an applicant sees and nothing of how it is assessed; and all others of a call to which one has applied: they are
    rivals for the same places.
    """
    if not isinstance(user, User):
        return Application.objects.none()
    of_it = Declaration.objects.filter(application=OuterRef("pk"), assessor__user=user)
    sits = Assessor.objects.active().of_user(user).filter(call=OuterRef("call"))
    declared = of_it.filter(assessor__removed_at=None)
    applies = Application.objects.sent_in().filter(applicant=user, call=OuterRef("call"))
    own = Q(applicant=user) | Exists(applies)
    return Application.objects.filter(own | Exists(of_it.conflicts()) | (Exists(sits) & ~Exists(declared)))


def hidden_in(call: Call, user: User) -> set[int]:
    """The ids of those of the call."""
    return set(hidden_from(user).filter(call=call).values_list("pk", flat=True))


@dataclass(frozen=True)
class Named:
    """A name to declare by: of an applicant, an ensemble or somebody in it.

    Attributes:
        titles: of what is applied for; empty where names are hidden.
        is_hinted: whether something tells that the assessor may be close to them.
    """

    name: str
    titles: tuple[str, ...] = ()
    is_hinted: bool = False


def to_declare(assessor: Assessor) -> Applications:
    """The applications about which the assessor has not said anything yet."""
    said = Declaration.objects.filter(application=OuterRef("pk"))
    own, ever = said.filter(assessor=assessor), said.conflicts().filter(assessor__user=assessor.user_id)
    found = Application.objects.filter(call=assessor.call_id).sent_in()
    return found.exclude(Exists(own) | Exists(ever))


def names(assessor: Assessor) -> list[Named]:
    """All names in the applications to the call, in their order, without those in conflict already.

    All, also when only one application is new: a list of the new ones would tell whose it is.
    """
    by_name: dict[str, Named] = {}
    hinted = _hinted(assessor)
    for application in _open_to(assessor).order_by("number"):
        for name in names_in(application):
            key = _folded(name)
            known = by_name.get(key) or Named(name)
            titles = () if assessor.call.is_blind else (*known.titles, _title(application))
            is_hinted = known.is_hinted or key in hinted or _shares_domain(assessor.user, application)
            by_name[key] = Named(known.name, titles, is_hinted)
    return [by_name[key] for key in sorted(by_name)]


def names_in(application: Application) -> list[str]:
    """Who stands in what was sent in: the applicant, the ensemble, and whom they work with; each name once."""
    who = submissions.sent_facts(application).get("who", {})
    others = [one["name"] for one in who.get("collaborators", ())]
    found = [who.get("applicant_name"), who.get("group_name"), *others]
    return list({_folded(name): " ".join(name.split()) for name in found if name and name.strip()}.values())


@transaction.atomic
def declare(
    assessor: Assessor, *, seen: Collection[str], conflicts: Mapping[str, str], by: User, now: datetime
) -> tuple[int, int]:
    """Say with which names there is a conflict of interest, and so that there is none with the others.

    Args:
        seen: the names that the list had; an application with another is not declared by it.
        conflicts: name -> which connection, which may be empty.

    Returns:
        With how many applications there is a conflict now, and with how many there is none.

    Raises:
        NotNow: the call has not closed, the seat is gone, or the list has changed.
        Refused: it is somebody else's seat, or a reason is too long.
    """
    assessment, assessor = lock_seat(assessor, by, now, closed=True)
    told = {_folded(name): why.strip() for name, why in conflicts.items()}
    known = {_folded(name) for name in seen}
    for why in told.values():
        check_length(why, WHY_MAX, "why")
    found = list(_open_to(assessor))
    if told.keys() - {_folded(name) for one in found for name in names_in(one)}:
        raise NotNow(_("The list of names has changed. Look at it again."), call=assessment.call_id)
    undeclared = set(to_declare(assessor).values_list("pk", flat=True))
    close, free = [], []
    for application in found:
        theirs = [_folded(name) for name in names_in(application)]
        if hits := [name for name in theirs if name in told]:
            close.append((application, "; ".join(told[name] for name in hits if told[name])[:WHY_MAX]))
        elif application.pk in undeclared and known.issuperset(theirs):
            free.append(application)
    for application, why in close:
        _close(assessment, assessor, application, why, by, now)
    Declaration.objects.bulk_create(
        Declaration(assessor=assessor, application=one, has_conflict=False, at=now) for one in free
    )
    note(
        assessment, Action.DECLARED, by, now, assessor=assessor,
        details={"conflicts": len(close), "none": len(free)},
    )  # fmt: skip
    if close:
        assignments.refill(assessment, now)
    return len(close), len(free)


@transaction.atomic
def find(assessor: Assessor, application: Application, *, why: str, by: User, now: datetime) -> Declaration:
    """A conflict that somebody finds while reading: from here on it is hidden, and what they scored is set aside.

    Raises:
        NotNow: the seat is gone, or it is in conflict already.
        Refused: it is somebody else's seat, or the reason is too long.
    """
    assessment, assessor = lock_seat(assessor, by, now, closed=True)
    check_length(why.strip(), WHY_MAX, "why")
    if not _open_to(assessor).filter(pk=application.pk).exists():
        raise NotNow(_("It is hidden from you already."), call=assessment.call_id)
    made = _close(assessment, assessor, application, why.strip(), by, now)
    assignments.refill(assessment, now)
    return made


@transaction.atomic
def lift(declaration: Declaration, *, why: str, version: int, by: User, now: datetime) -> Assessment:
    """Take a conflict back that was declared by mistake: the assessor may declare anew, nobody does it for them.

    Raises:
        NotNow: it is taken back already, or the assessment was changed since that version.
        Refused: it is one's own, one is in conflict oneself, or no reason is given.
    """
    assessor, application = declaration.assessor, declaration.application
    assessment = lock(assessor.call, version, closed=True)
    if assessor.user_id == by.pk:
        raise Refused(_("Nobody takes back a conflict of interest of their own."))
    if hidden_from(by).filter(pk=application.pk).exists():
        raise Refused(_("It is hidden from you already."))
    why = checked_why(why)
    theirs = Declaration.objects.conflicts().filter(assessor__user=assessor.user_id, application=application)
    if not theirs.filter(pk=declaration.pk).exists():
        raise NotNow(_("The conflict of interest is taken back already."), call=assessment.call_id)
    theirs.delete()
    note(
        assessment, Action.LIFTED, by, now, assessor=assessor, application=application, why=why, bump=True
    )  # fmt: skip
    return assessment


def standing(call: Call, user: User) -> "QuerySet[Declaration]":
    """The conflicts of the call's panel as the reader may see them: without those about what is hidden from them."""
    found = Declaration.objects.conflicts().filter(assessor__call=call)
    found = found.exclude(application__in=hidden_from(user).values("pk"))
    return found.select_related("assessor__user", "assessor__call", "application").order_by("pk")


def _close(
    assessment: Assessment, assessor: Assessor, application: Application, why: str, by: User, now: datetime
) -> Declaration:
    made, _is_new = Declaration.objects.update_or_create(
        assessor=assessor,
        application=application,
        defaults={"has_conflict": True, "why": why, "at": now},
    )
    assignments.let_go(assessor, [application.pk], "conflict", now)
    note(assessment, Action.CONFLICT, by, now, assessor=assessor, application=application, why=why)
    return made


def _open_to(assessor: Assessor) -> Applications:
    """Those of the call that one is not in conflict with."""
    ever = Declaration.objects.conflicts().filter(application=OuterRef("pk"), assessor__user=assessor.user_id)
    found = Application.objects.filter(call=assessor.call_id).sent_in().exclude(Exists(ever))
    return found.select_related("applicant").prefetch_related("submissions")


def _title(application: Application) -> str:
    return str(submissions.sent_facts(application).get("title", ""))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


# -- Hints ---------------------------------------

#: Addresses that everybody may have say nothing about who belongs together.
_ANYBODYS = {
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "live.se",
    "icloud.com",
    "telia.com",
    "yahoo.com",
    "yahoo.se",
}


def _hinted(assessor: Assessor) -> set[str]:
    """One's own name, the bodies that one belongs to, and the ensembles of those that produce."""
    own = organisations_of(assessor.user, Membership.Role.PRODUCER)
    ensembles = Ensemble.objects.filter(producer__in=own.values("pk")).values_list("name", flat=True)
    bodies = assessor.user.memberships.values_list("organisation__name", flat=True)
    return {_folded(name) for name in (assessor.user.name, *ensembles, *bodies) if name}


def _shares_domain(user: User, application: Application) -> bool:
    theirs, own = (one.email.rpartition("@")[2].casefold() for one in (application.applicant, user))
    return theirs == own and own not in _ANYBODYS
