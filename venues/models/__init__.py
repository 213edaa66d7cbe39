"""People, places, schools and their years, closures, beds, roads and the region's terms."""

from venues.models.calendars import Closure
from venues.models.crews import (
    Crew,
    CrewItem,
    CrewLink,
    CrewMember,
    CrewTaskTemplate,
    CrewTraining,
    MeetingSignup,
    NetworkMeeting,
)
from venues.models.dwellings import Dwelling
from venues.models.group_changes import GroupChange
from venues.models.groups import Group, SchoolHours
from venues.models.incoming import BusyTime, IncomingCalendar
from venues.models.lodging import NoBeds
from venues.models.marks import CalendarMark
from venues.models.names import FormerName
from venues.models.people import HOSTS, Membership, Organisation, OrganisationRole, User
from venues.models.places import Municipality, Place, Region, Venue
from venues.models.roads import Road, TravelOverride
from venues.models.school_terms import BusRule, BusRuleChoice, GrantScheme
from venues.models.school_years import SchoolBreak, SchoolYear, SchoolYearChange
from venues.models.schools import OfferedForm, RegisterImport, School, SchoolOwner, Succession
from venues.models.terms import (
    ChecklistTemplate,
    EmissionFactor,
    RateTable,
    SubsidyScheme,
    WorkRuleProfile,
)
from venues.school_forms import SchoolForm

__all__ = [
    "HOSTS",
    "BusRule",
    "BusRuleChoice",
    "BusyTime",
    "CalendarMark",
    "ChecklistTemplate",
    "Closure",
    "Dwelling",
    "Crew",
    "CrewItem",
    "CrewLink",
    "CrewMember",
    "CrewTaskTemplate",
    "CrewTraining",
    "EmissionFactor",
    "FormerName",
    "GrantScheme",
    "Group",
    "GroupChange",
    "IncomingCalendar",
    "MeetingSignup",
    "Membership",
    "Municipality",
    "NetworkMeeting",
    "NoBeds",
    "OfferedForm",
    "Organisation",
    "OrganisationRole",
    "Place",
    "RateTable",
    "RegisterImport",
    "Region",
    "Road",
    "School",
    "SchoolBreak",
    "SchoolForm",
    "SchoolHours",
    "SchoolOwner",
    "SchoolYear",
    "SchoolYearChange",
    "SubsidyScheme",
    "Succession",
    "TravelOverride",
    "User",
    "Venue",
    "WorkRuleProfile",
]
