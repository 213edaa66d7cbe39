"""What the schema of the API calls the choices of fields, where several fields have the same name."""

ENUM_NAMES = {
    "Floor": "venues.models.rooms.RoomFacts.Floor",
    "Blackout": "venues.models.rooms.RoomFacts.Blackout",
    "PriceKind": "bookings.models.price.Kind",
    "CostKind": "bookings.models.report.CostLine.Kind",
    "Side": "bookings.models.report.Side",
    "CancelCause": "bookings.models.change.VisitCancellation.Cause",
    "ItemState": "bookings.models.advancing.ChecklistItem.State",
    "StateEnum": "tours.models.tour.Proposal.State",
    "AllotmentState": "tours.models.allotment.Allotment.State",
    "StatusEnum": "bookings.models.booking.Status",
    "SchoolStatus": "venues.models.schools.School.Status",
    "OwnerKind": "venues.models.schools.SchoolOwner.Kind",
    "BusStatus": "bookings.models.transport.BusOrder.Status",
    "BusState": "bookings.transport.State",
    "BusParty": "bookings.models.transport.PARTY_WORDS",
    "WorkshopStatus": "bookings.models.workshop.Workshop.Status",
    "WorkshopKind": "bookings.models.workshop.Workshop.Kind",
    "WorkshopRequestStatus": "bookings.models.workshop_request.WorkshopRequest.Status",
    "ProductionKind": "tours.models.production.Production.Kind",
}
