"""People, places, schools, calendars, beds, roads and the region's terms."""

from venues.models.calendars import Closure, SchoolBreak
from venues.models.lodging import NoBeds
from venues.models.people import HOSTS, Membership, Organisation, OrganisationRole, User
from venues.models.places import Municipality, Place, Region, Venue
from venues.models.roads import Road, TravelOverride
from venues.models.schools import Group, School
from venues.models.terms import EmissionFactor, RateTable, SubsidyScheme, WorkRuleProfile

__all__ = [
    "HOSTS",
    "Closure",
    "EmissionFactor",
    "Group",
    "Membership",
    "Municipality",
    "NoBeds",
    "Organisation",
    "OrganisationRole",
    "Place",
    "RateTable",
    "Region",
    "Road",
    "School",
    "SchoolBreak",
    "SubsidyScheme",
    "TravelOverride",
    "User",
    "Venue",
    "WorkRuleProfile",
]
