"""How lists are narrowed."""

# mypy: allow-subclassing-any

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework.request import Request

from api.parameters import PAGING, refuse_unknown
from bookings.models import Booking, Performance
from bookings.models.booking import Bookings, Performances
from bookings.models.report import Side
from bookings.models.subsidy_claims import ClaimState
from tours.models import Production, Tour, Wish
from tours.models.production import Productions
from venues.models import (
    Closure,
    Crew,
    Municipality,
    NoBeds,
    Organisation,
    Place,
    School,
    SchoolForm,
    SchoolOwner,
    Venue,
)

#: Days for which midnight exists in every time zone.
SENSIBLE = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class KnownFilters(filters.DjangoFilterBackend):
    """Filters by the view's filter set, and refuses parameters that it does not have."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The rows that are asked for."""
        filterset_class = self.get_filterset_class(view, queryset)
        known = filterset_class.base_filters if filterset_class else ()
        refuse_unknown(request, [*PAGING, *known])
        return super().filter_queryset(request, queryset, view)


class SlugFilter(filters.CharFilter):
    """Rows that lead to the row of that slug."""

    def __init__(self, leads_to: str, **more: Any) -> None:
        super().__init__(field_name=f"{leads_to}__slug", **more)


class ClaimFilters(filters.FilterSet):
    """Claims of subsidies in a state, by a scheme, for visits of a season."""

    state = filters.ChoiceFilter(choices=ClaimState.choices)
    scheme = filters.CharFilter(field_name="scheme__key")
    season = SlugFilter("booking__tour__season")


class PlaceFilters(filters.FilterSet):
    """Places of a municipality, and those with or without beds."""

    municipality = SlugFilter("municipality")
    has_lodging = filters.BooleanFilter()

    class Meta:
        model = Place
        fields: list[str] = []


class NoBedsFilters(filters.FilterSet):
    """Full towns by place; those with a night from a day on, or up to one."""

    place = SlugFilter("place")

    class Meta:
        model = NoBeds
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> Any:
        """With `from` and `to`, both included: a word that Python keeps for itself."""
        days = {
            "from": filters.DateFilter("last_night", "gte", help_text="First night, included."),
            "to": filters.DateFilter("first_night", "lte", help_text="Last night, included."),
        }
        return {**super().get_filters(), **days}


class MunicipalityFilters(filters.FilterSet):
    """Municipalities of a region."""

    region = SlugFilter("region")

    class Meta:
        model = Municipality
        fields: list[str] = []


class OrganisationFilters(filters.FilterSet):
    """Organisations in a municipality or with a role."""

    municipality = SlugFilter("municipality")
    role = filters.ChoiceFilter(choices=Organisation.Role.choices, method="with_role")

    class Meta:
        model = Organisation
        fields: list[str] = []

    def with_role(self, rows: Any, name: str, role: str) -> Any:
        """Those that have the role."""
        return rows.with_role(role)


class SchoolFilters(filters.FilterSet):
    """Schools in a municipality, with a form, by kind of owner and status, or with a unit code."""

    municipality = SlugFilter("organisation__municipality")
    form = filters.ChoiceFilter("forms__form", choices=SchoolForm.choices)
    owner_kind = filters.ChoiceFilter("owner__kind", choices=SchoolOwner.Kind.choices)
    status = filters.ChoiceFilter(choices=School.Status.choices)
    unit_code = filters.CharFilter()

    class Meta:
        model = School
        fields: list[str] = []


class CrewFilters(filters.FilterSet):
    """Crews of a house or a municipality; those that host now, or do not."""

    organisation = SlugFilter("organisation")
    municipality = SlugFilter("organisation__municipality")
    is_active = filters.BooleanFilter()

    class Meta:
        model = Crew
        fields: list[str] = []


class VenueFilters(filters.FilterSet):
    """Venues in a municipality or place, of an organisation, of a kind."""

    municipality = SlugFilter("place__municipality")
    place = SlugFilter("place")
    organisation = SlugFilter("organisation")
    kind = filters.ChoiceFilter(choices=Venue.Kind.choices)

    class Meta:
        model = Venue
        fields: list[str] = []


class ProductionFilters(filters.FilterSet):
    """Productions on a season's menu, of an art form, for an age."""

    season = SlugFilter("seasons")
    producer = SlugFilter("ensemble__producer")
    art_form = filters.ChoiceFilter(choices=Production.ArtForm.choices)
    age = filters.NumberFilter(min_value=0, max_value=120, decimal_places=0, method="for_age")

    class Meta:
        model = Production
        fields: list[str] = []

    def for_age(self, rows: Productions, name: str, age: Any) -> Productions:
        """Those that suit somebody of that age."""
        return rows.for_age(int(age))


class WishFilters(filters.FilterSet):
    """Wishes of a season, for a production, of an organisation; standing ones or withdrawn ones."""

    season = SlugFilter("season")
    production = SlugFilter("production")
    organisation = SlugFilter("organisation")
    withdrawn = filters.BooleanFilter(field_name="withdrawn_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Wish
        fields: list[str] = []


class TourFilters(filters.FilterSet):
    """Tours of a season, of a production, in a stage."""

    season = SlugFilter("season")
    production = SlugFilter("production")
    stage = filters.ChoiceFilter(choices=Tour.Stage.choices)

    class Meta:
        model = Tour
        fields: list[str] = []


class BookingFilters(filters.FilterSet):
    """Visits of a tour, to a presenter, in a state; those that wait for the answer of one side."""

    tour = SlugFilter("tour")
    presenter = SlugFilter("presenter")
    status = filters.ChoiceFilter(choices=Booking.Status.choices)
    waits_for = filters.ChoiceFilter(
        choices=Side.choices,
        method="of_side",
        help_text="Whose answer they wait for: to an offer, another date, or a change of what is confirmed.",
    )

    class Meta:
        model = Booking
        fields: list[str] = []

    def of_side(self, rows: Bookings, name: str, side: str) -> Bookings:
        """Those that wait for that side."""
        waiting = rows.waiting_for_presenter() if side == Side.PRESENTER else rows.waiting_for_producer()
        return waiting.order_by("occupied_from", "pk")


class PastVisitFilters(filters.FilterSet):
    """Past visits to a presenter, of a season, of a production."""

    presenter = SlugFilter("presenter")
    season = SlugFilter("tour__season")
    production = SlugFilter("tour__production")

    class Meta:
        model = Booking
        fields: list[str] = []


class ClosureFilters(filters.FilterSet):
    """Closures of a room, or of a house as a whole; those that are not over before a moment."""

    venue = SlugFilter("venue")
    organisation = SlugFilter("organisation")
    ends_after = filters.IsoDateTimeFilter("ends_at", "gt", help_text="A moment; those that end after it.")

    class Meta:
        model = Closure
        fields: list[str] = []


class PerformanceFilters(filters.FilterSet):
    """Performances by where, when, what and for whom."""

    municipality = SlugFilter("booking__venue__place__municipality")
    art_form = filters.ChoiceFilter(
        field_name="booking__tour__production__art_form", choices=Production.ArtForm.choices
    )
    audience = filters.ChoiceFilter(field_name="booking__audience", choices=Wish.Audience.choices)
    production = SlugFilter("booking__tour__production")
    presenter = SlugFilter("booking__presenter")

    class Meta:
        model = Performance
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> Any:
        """With `from` and `to`, days in local time, both included: a word that Python keeps for itself."""
        days = {
            "from": filters.DateFilter(
                method="from_day", help_text="First day, included.", validators=SENSIBLE
            ),
            "to": filters.DateFilter(method="to_day", help_text="Last day, included.", validators=SENSIBLE),
        }
        return {**super().get_filters(), **days}

    def from_day(self, rows: Performances, name: str, day: date) -> "QuerySet[Performance]":
        """Those that start on the day or later."""
        return rows.filter(starts_at__gte=_midnight(day))

    def to_day(self, rows: Performances, name: str, day: date) -> "QuerySet[Performance]":
        """Those that start on the day or earlier."""
        return rows.filter(starts_at__lt=_midnight(day + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
