"""Factories: one valid row each, with as little as it takes."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory as Factory

from tours import models as tours
from venues import models as venues
from venues.school_forms import STAGES


class RegionFactory(Factory):
    class Meta:
        model = venues.Region
        django_get_or_create = ("slug",)

    slug = "jamtland-harjedalen"
    name = "Jämtland Härjedalen"
    code = "23"
    country = "SE"
    currency = "SEK"
    is_served = True


class MunicipalityFactory(Factory):
    class Meta:
        model = venues.Municipality
        django_get_or_create = ("code",)

    region = factory.SubFactory(RegionFactory)
    code = "2309"
    name = "Krokom"
    slug = factory.LazyAttribute(lambda m: f"kommun-{m.code}")


class PlaceFactory(Factory):
    class Meta:
        model = venues.Place

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"Ort {n}")
    slug = factory.Sequence(lambda n: f"annan-ort-{n}")  # the world's places are ort-0 to ort-4
    kind = "tätort"
    lat = 63.3
    lon = 14.4
    has_lodging = True


class RoadFactory(Factory):
    class Meta:
        model = venues.Road

    start = factory.SubFactory(PlaceFactory)
    end = factory.SubFactory(PlaceFactory)
    km = 60.0
    kmh = 80


class OrganisationFactory(Factory):
    class Meta:
        model = venues.Organisation
        skip_postgeneration_save = True

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"Organisation {n}")
    slug = factory.Sequence(lambda n: f"organisation-{n}")
    email = factory.LazyAttribute(lambda o: f"{o.slug}@example.org")

    @factory.post_generation
    def roles(self, create: bool, extracted: list[str] | None, **kwargs: object) -> None:
        for role in extracted or ["presenter"]:
            venues.OrganisationRole.objects.create(organisation=self, role=role)


class UserFactory(Factory):
    class Meta:
        model = venues.User

    email = factory.Sequence(lambda n: f"person-{n}@example.org")
    name = "Person"


class MembershipFactory(Factory):
    class Meta:
        model = venues.Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "presenter"


class VenueFactory(Factory):
    class Meta:
        model = venues.Venue

    organisation = factory.SubFactory(OrganisationFactory)
    place = factory.SubFactory(PlaceFactory)
    name = factory.Sequence(lambda n: f"Bygdegård {n}")
    slug = factory.Sequence(lambda n: f"bygdegard-{n}")


class SchoolFactory(Factory):
    class Meta:
        model = venues.School
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory, roles=["school"])
    place = factory.SubFactory(PlaceFactory)

    @factory.post_generation
    def stage(self, create: bool, extracted: str | None, **kwargs: object) -> None:
        """Its forms by a stage ("7-9"), F-6 if not told."""
        forms = STAGES[extracted or "f-6"].items()
        venues.OfferedForm.objects.bulk_create(
            venues.OfferedForm(school=self, form=form, grades=list(grades)) for form, grades in forms
        )


class GroupFactory(Factory):
    class Meta:
        model = venues.Group

    school = factory.SubFactory(SchoolFactory)
    name = factory.Sequence(lambda n: f"Grupp {n}")
    grade = "4"
    school_year = "2026/27"
    pupils_count = 24
    adults_count = 2


class EnsembleFactory(Factory):
    class Meta:
        model = tours.Ensemble

    producer = factory.SubFactory(OrganisationFactory, roles=["producer"])
    name = factory.Sequence(lambda n: f"Ensemble {n}")
    slug = factory.Sequence(lambda n: f"ensemble-{n}")
    home = factory.SubFactory(PlaceFactory)


class ProductionFactory(Factory):
    class Meta:
        model = tours.Production

    ensemble = factory.SubFactory(EnsembleFactory)
    title = factory.Sequence(lambda n: f"Produktion {n}")
    slug = factory.Sequence(lambda n: f"produktion-{n}")
    synopsis = "En berättelse."
    art_form = "theatre"
    duration_min = 45
    audience_max = 120
    languages = ["sv"]
    fee = Decimal(9800)
    fee_next_show = Decimal(4900)


class RiderFactory(Factory):
    class Meta:
        model = tours.Rider

    production = factory.SubFactory(ProductionFactory)
    get_in_min = 75
    get_out_min = 45


class SeasonFactory(Factory):
    class Meta:
        model = tours.Season

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"Våren {2027 + n}")
    slug = factory.Sequence(lambda n: f"varen-{2027 + n}")
    opens_at = datetime(2026, 9, 1, tzinfo=UTC)
    closes_at = datetime(2026, 12, 15, tzinfo=UTC)
    starts_on = date(2027, 1, 11)
    ends_on = date(2027, 5, 28)


class TourFactory(Factory):
    class Meta:
        model = tours.Tour

    production = factory.SubFactory(ProductionFactory)
    season = factory.SubFactory(SeasonFactory)
    name = factory.Sequence(lambda n: f"Turné {n}")
    slug = factory.Sequence(lambda n: f"turne-{n}")
    starts_on = date(2027, 2, 1)
    ends_on = date(2027, 2, 12)


class WishFactory(Factory):
    class Meta:
        model = tours.Wish

    season = factory.SubFactory(SeasonFactory)
    production = factory.SubFactory(ProductionFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    venue = factory.LazyAttribute(lambda w: VenueFactory(organisation=w.organisation))
    rank = 1
    audience_expected = 60
    created_by = factory.SubFactory(UserFactory)


class WishSpanFactory(Factory):
    class Meta:
        model = tours.WishSpan

    wish = factory.SubFactory(WishFactory)
    starts_on = date(2027, 2, 1)
    ends_on = date(2027, 2, 12)
    earliest = time(9)
    latest = time(19)


class ClosureFactory(Factory):
    class Meta:
        model = venues.Closure

    starts_at = datetime(2027, 2, 8, tzinfo=UTC)
    ends_at = datetime(2027, 2, 9, tzinfo=UTC)
    reason = "Årsmöte"
