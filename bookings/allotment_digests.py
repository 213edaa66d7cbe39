"""A digest of every row that an allotment's brief reads: as long as it is the same, so is the brief.

Writing the brief of a county anew takes many seconds, reading its rows less than one. A digest that differs says only
that something may have changed: then the brief is written, and its fingerprint decides.
"""

import hashlib
from collections.abc import Iterator

from django.db.models import Model, QuerySet

from bookings.allotment_ground import rooms_in
from bookings.models import Booking, VisitGroup
from tours.models import (
    Allotment,
    AllottedGroup,
    AllottedVisit,
    Ensemble,
    EnsembleDayOff,
    GradeAnswer,
    Production,
    Rider,
    Season,
    Tour,
    Wish,
)
from venues.models import Group, Municipality, Organisation, Place, Region, Road, School, TravelOverride

#: Of the allotment itself what a run, a publishing or somebody's look at it changes; orders are no part of the brief.
NOT_READ = frozenset(
    {
        "asked_at", "at", "by", "changed_at", "claimed_until", "error", "fingerprint", "finished_at", "ground_digest",
        "name", "plan", "problem", "progress", "published_at", "published_by", "seconds", "seed", "state",
        "stop_asked_at", "version", "answers_by",
    }
)  # fmt: skip


def digest_of(allotment: Allotment) -> str:
    """SHA-256 over all columns of these rows, in the order of their keys."""
    found = hashlib.sha256()
    rules = {field.attname: getattr(allotment, field.attname) for field in Allotment._meta.concrete_fields
             if field.name not in NOT_READ}  # fmt: skip
    found.update(repr(sorted(rules.items())).encode())
    for rows in read(allotment):
        found.update(rows.model._meta.label.encode())
        for row in rows.order_by("pk").values_list().iterator(chunk_size=2000):
            found.update(repr(row).encode())
    return found.hexdigest()


def read(allotment: Allotment) -> Iterator["QuerySet[Model]"]:
    """The rows that the brief reads, and some more: those of a table are narrowed only where that is simple."""
    season = allotment.season
    region = season.region_id
    ensembles = Production.objects.filter(seasons=season).values("ensemble")
    given = AllottedVisit.objects.exclude(allotment=allotment)
    yield from (
        Region.objects.filter(pk=region),
        Season.objects.filter(pk=season.pk),
        Season.productions.through.objects.filter(season=season),
        Allotment.municipalities.through.objects.filter(allotment=allotment),
        Allotment.productions.through.objects.filter(allotment=allotment),
        Municipality.objects.all(),
        Organisation.objects.all(),
        Place.objects.all(),
        Road.objects.all(),
        TravelOverride.objects.all(),
        School.objects.filter(organisation__municipality__region=region),
        Group.objects.filter(school__organisation__municipality__region=region),
        rooms_in(season.region).select_related(None),
        GradeAnswer.objects.filter(season=season),
        Production.objects.filter(seasons=season),
        Rider.objects.filter(production__seasons=season),
        Ensemble.objects.filter(pk__in=ensembles),
        EnsembleDayOff.objects.filter(ensemble__in=ensembles),
        Tour.objects.filter(pk__in=Booking.objects.values("tour")),
        Booking.objects.all(),
        VisitGroup.objects.all(),
        Wish.objects.filter(pk__in=given.values("wish")),
        given,
        AllottedGroup.objects.filter(visit__in=given),
    )
