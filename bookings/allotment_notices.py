"""What schools, halls and producers are told of an allotment: given, to be planned, taken back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from bookings import letters, notices
from bookings.models import Notice
from tours.models import Allotment, AllottedVisit, Tour
from venues.models import HOSTS, Membership, Organisation, School


def given(
    allotment: Allotment, visits: Iterable[AllottedVisit], tours: Mapping[int, Tour], now: datetime
) -> None:
    """Each school hears what its grades get, the owner of another's room who comes there, and the producer for whom."""
    visits = list(visits)
    schools = _schools()
    for receiver, production, those in _by_receiver(visits):
        more = {"allotment": allotment, "lines": lambda those=those, to=receiver: lines(those, to)}
        link = _page_of(receiver, allotment, schools)
        _about_tour("allotted", tours[production], receiver, HOSTS, now, link=link, more=more)
    for production, tour in tours.items():
        mine = [visit for visit in visits if visit.wish.production_id == production]
        reached = {one.group.school_id for visit in mine for one in visit.groups.all()}
        more = {"allotment": allotment, "schools": len(reached), "visits": len(mine)}
        link = settings.BASE_URL + reverse("board", args=[tour.slug])
        producer = tour.production.ensemble.producer
        _about_tour("to_plan", tour, producer, [Membership.Role.PRODUCER], now, link=link, more=more)


def taken_back(
    allotment: Allotment, visits: Iterable[AllottedVisit], tours: Mapping[int, Tour], now: datetime
) -> None:
    """Whoever was told that something was given hears that it is not any more; of a tour that is gone, nobody."""
    schools = _schools()
    for receiver, production, those in _by_receiver(visits):
        if production in tours:
            more = {"allotment": allotment, "lines": lambda those=those, to=receiver: lines(those, to)}
            link = _page_of(receiver, allotment, schools)
            _about_tour("unallotted", tours[production], receiver, HOSTS, now, link=link, more=more)


def _schools() -> set[int]:
    """The organisations that are schools; read once, for a county has hundreds of receivers."""
    return set(School.objects.values_list("organisation", flat=True))


def _page_of(receiver: Organisation, allotment: Allotment, schools: Collection[int]) -> str:
    """Where a school sees what its grades get; the owner of another's room sees its wishes."""
    if receiver.pk in schools:
        return settings.BASE_URL + reverse("grade-answers", args=[receiver.slug, allotment.season.slug])
    return settings.BASE_URL + reverse("wishes")


def lines(visits: Iterable[AllottedVisit], receiver: Organisation) -> list[str]:
    """What one of them is told, a line for each grade and room: "4: 4A, 4B in Aulan, at the school"."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for visit in visits:
        for one in visit.groups.all():
            group, own = one.group, one.group.school.organisation_id == receiver.pk
            who = group.grade if own else f"{group.school}, {group.grade}"
            found[(who, str(visit.wish.venue), str(one.get_how_display()))].append(group.name)
    return [
        _("Grade %(grade)s: %(groups)s in %(venue)s, %(how)s")
        % {"grade": grade, "groups": ", ".join(dict.fromkeys(groups)), "venue": venue, "how": how}
        for (grade, venue, how), groups in found.items()
    ]


def _by_receiver(
    visits: Iterable[AllottedVisit],
) -> list[tuple[Organisation, int, list[Any]]]:
    """Who is told of which production's visits: every school whose groups come, and the owner of the room."""
    found: dict[tuple[Organisation, int], list[AllottedVisit]] = defaultdict(list)
    for visit in visits:
        concerned = {one.group.school.organisation for one in visit.groups.all()}
        concerned |= {visit.wish.venue.organisation}
        for receiver in sorted(concerned, key=lambda organisation: organisation.pk):
            found[(receiver, visit.wish.production_id)].append(visit)
    return [(receiver, production, those) for (receiver, production), those in found.items()]


def _about_tour(
    kind: str,
    tour: Tour,
    receiver: Organisation,
    roles: Sequence[str],
    now: datetime,
    *,
    link: str,
    more: Mapping[str, Any],
) -> int:
    """An organisation hears something of a tour that is about no visit of it; to how many addresses it goes."""
    producer = tour.production.ensemble.producer

    def write(email: str, language: str) -> Notice:
        with translation.override(language):
            letter = letters.write_about_tour(kind, tour, link, more)
        return Notice.objects.create(
            **notices.said(kind, letter, email, language, now),
            reply_to="" if receiver == producer else producer.email,
            link=link,
            tour=tour,
            producer=producer,
            send_after=notices.after_quiet(now, receiver),
        )

    return notices.tell_each(kind, receiver, roles, write)
