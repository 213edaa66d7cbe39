"""Addresses of the API. They are written into other people's programs: never change one, only add."""

from typing import Any

from django.urls import path

from api.views import (
    bookings,
    days,
    docs,
    ground,
    lodging,
    performances,
    planner,
    repertoire,
    tokens,
    tours,
    wishes,
)

#: Address -> view -> name, in the order of the guide.
ROUTES: list[tuple[str, Any, str]] = [
    ("me", ground.Me, "api-me"),
    ("municipalities", ground.MunicipalityList, "api-municipalities"),
    ("municipalities/<slug:slug>", ground.MunicipalityDetail, "api-municipality"),
    ("places", ground.PlaceList, "api-places"),
    ("places/<slug:slug>", ground.PlaceDetail, "api-place"),
    ("organisations", ground.OrganisationList, "api-organisations"),
    ("organisations/<slug:slug>", ground.OrganisationDetail, "api-organisation"),
    ("venues", ground.VenueList, "api-venues"),
    ("venues/<slug:slug>", ground.VenueDetail, "api-venue"),
    ("venues/<slug:slug>/room", ground.VenueRoom, "api-venue-room"),
    ("travel", ground.Travel, "api-travel"),
    ("no-beds", lodging.NoBedsList, "api-no-beds"),
    ("no-beds/<int:pk>", lodging.NoBedsDetail, "api-no-beds-detail"),
    ("no-beds/<int:pk>/end", lodging.EndNoBeds, "api-no-beds-end"),
    ("productions", repertoire.ProductionList, "api-productions"),
    ("productions/<slug:slug>", repertoire.ProductionDetail, "api-production"),
    ("seasons", repertoire.SeasonList, "api-seasons"),
    ("seasons/<slug:slug>", repertoire.SeasonDetail, "api-season"),
    ("seasons/<slug:season>/productions/<slug:slug>/matches", repertoire.Matches, "api-matches"),
    ("wishes", wishes.WishList, "api-wishes"),
    ("wishes/<int:pk>", wishes.WishDetail, "api-wish"),
    ("wishes/<int:pk>/withdraw", wishes.WithdrawWish, "api-wish-withdraw"),
    ("tours", tours.TourList, "api-tours"),
    ("tours/<slug:slug>", tours.TourDetail, "api-tour"),
    ("tours/<slug:slug>/propose", tours.ProposeTour, "api-tour-propose"),
    ("tours/<slug:slug>/proposals", tours.ProposalList, "api-proposals"),
    ("tours/<slug:slug>/days/<day:day>/make-up", days.DayMakeUp, "api-day-make-up"),
    ("tours/<slug:slug>/days/<day:day>/cancel", days.CancelDay, "api-day-cancel"),
    ("proposals/<int:pk>", tours.ProposalDetail, "api-proposal"),
    ("proposals/<int:pk>/adopt", tours.AdoptProposal, "api-proposal-adopt"),
    ("bookings", bookings.BookingList, "api-bookings"),
    ("bookings/<int:pk>", bookings.BookingDetail, "api-booking"),
    ("bookings/<int:pk>/offer", bookings.OfferBooking, "api-booking-offer"),
    ("bookings/<int:pk>/confirm", bookings.ConfirmBooking, "api-booking-confirm"),
    ("bookings/<int:pk>/decline", bookings.DeclineBooking, "api-booking-decline"),
    ("bookings/<int:pk>/counter", bookings.CounterBooking, "api-booking-counter"),
    ("bookings/<int:pk>/withdraw", bookings.WithdrawBooking, "api-booking-withdraw"),
    ("bookings/<int:pk>/promote", bookings.PromoteBooking, "api-booking-promote"),
    ("bookings/<int:pk>/challenge", bookings.ChallengeBooking, "api-booking-challenge"),
    ("bookings/<int:pk>/extend", bookings.ExtendBooking, "api-booking-extend"),
    ("bookings/<int:pk>/release", bookings.ReleaseBooking, "api-booking-release"),
    ("bookings/<int:pk>/move", bookings.MoveBooking, "api-booking-move"),
    ("bookings/<int:pk>/cancel", bookings.CancelBooking, "api-booking-cancel"),
    ("bookings/<int:pk>/publish", bookings.PublishBooking, "api-booking-publish"),
    ("bookings/<int:pk>/report", bookings.ReportBooking, "api-booking-report"),
    ("performances", performances.PerformanceList, "api-performances"),
    ("performances/<uuid:uid>", performances.PerformanceDetail, "api-performance"),
    ("planner/solve", planner.Solve, "api-planner-solve"),
    ("planner/schema", planner.Schema, "api-planner-schema"),
    ("tokens", tokens.TokenList, "api-tokens"),
    ("tokens/<slug:key>", tokens.TokenDetail, "api-token"),
]

urlpatterns = [
    path("", docs.Root.as_view(), name="api-root"),
    path("schema/", docs.Schema.as_view(), name="api-schema"),
    path("docs/", docs.Docs.as_view(), name="api-docs"),
    *(path(address, view.as_view(), name=name) for address, view, name in ROUTES),
    # With a slash at the end too: a redirect would lose what was sent.
    *(path(f"{address}/", view.as_view()) for address, view, _name in ROUTES),
    path("<path:rest>", docs.Unknown.as_view(), name="api-unknown"),
]
