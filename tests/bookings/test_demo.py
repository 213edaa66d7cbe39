"""The demo is large enough, says that it is invented, and is the same each time."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from bookings import demo, visible
from bookings.checklists import list_of
from bookings.models import Booking, CrewInvitation, CrewVisit, Notice, VisitContact
from bookings.states import shown_state
from tests.conftest import DEMO_NOON
from tours.models import (
    Allotment,
    CrewBallot,
    Ensemble,
    GradeAnswer,
    PanelOpinion,
    Production,
    Proposal,
    Season,
    Tour,
    Wish,
)
from venues.models import (
    Closure,
    Crew,
    MeetingSignup,
    Membership,
    Organisation,
    Region,
    School,
    SchoolBreak,
    SchoolHours,
    User,
    Venue,
)

pytestmark = pytest.mark.django_db


def test_hosts_stand_in_all_eight_municipalities(demo_region: Region) -> None:
    venues = Venue.objects.filter(is_demo=True)
    assert venues.values("place__municipality").distinct().count() == 8


def test_there_are_presenters_and_schools_as_promised(demo_region: Region) -> None:
    presenters = Organisation.objects.with_role("presenter").count()
    assert (presenters, School.objects.count()) == (45, 32)


def test_there_is_a_repertoire(demo_region: Region) -> None:
    riders = Production.objects.filter(rider__isnull=False).count()
    assert (Production.objects.count(), Ensemble.objects.count(), riders) == (9, 6, 9)


def test_the_open_season_has_some_150_wishes(demo_region: Region) -> None:
    season = Season.objects.get(opens_at__lte=DEMO_NOON, closes_at__gt=DEMO_NOON)
    assert (season.name, season.wishes.count()) == ("Våren 2027", 151)


def test_sixty_wish_for_the_production_that_is_being_planned(demo_region: Region) -> None:
    proposal = Proposal.objects.get(state=Proposal.State.QUEUED)
    wishes = Wish.objects.filter(season=proposal.tour.season, production=proposal.tour.production)
    assert (wishes.count(), (proposal.tour.ends_on - proposal.tour.starts_on).days + 1) == (60, 42)


def test_the_running_season_has_every_kind_of_answer(demo_region: Region) -> None:
    states = set(Booking.objects.values_list("status", flat=True))
    assert states == {"held", "offered", "confirmed", "declined", "cancelled"}


def test_some_of_it_has_been_played_and_some_is_to_come(demo_region: Region) -> None:
    confirmed = Booking.objects.filter(status="confirmed")
    past, future = confirmed.filter(outcome="held"), confirmed.filter(occupied_from__gt=DEMO_NOON)
    assert (past.count() > 10, future.count() > 5) == (True, True)


def test_no_visit_was_made_after_it_was_changed_last(demo_region: Region) -> None:
    assert Booking.objects.filter(created_at__gt=F("changed_at")).count() == 0


def test_tours_are_closed_running_and_open(demo_region: Region) -> None:
    stages = list(Tour.objects.order_by("starts_on").values_list("stage", flat=True))
    assert stages == ["closed", "running", "open", "confirmed", "draft"]


def test_everything_is_marked_as_invented(demo_region: Region) -> None:
    real = [
        model.objects.filter(is_demo=False).count() for model in (Organisation, Venue, Ensemble, Production)
    ]
    assert real == [0, 0, 0, 0]


def test_nobody_can_be_reached_by_a_demo_address(demo_region: Region) -> None:
    addresses = [
        *User.objects.values_list("email", flat=True),
        *Organisation.objects.values_list("email", flat=True),
        *VisitContact.objects.values_list("email", flat=True),
    ]
    assert [a for a in addresses if not a.endswith("@demo.turne.example")] == []


def test_every_confirmed_visit_has_a_list_and_some_are_advanced(demo_region: Region) -> None:
    confirmed = list(Booking.objects.filter(status="confirmed").with_ground())
    coming = [booking for booking in confirmed if booking.occupied_from > DEMO_NOON]
    shown = {shown_state(booking, DEMO_NOON) for booking in coming}
    assert ([b for b in confirmed if not list_of(b)], shown) == ([], {"confirmed", "advanced"})


def test_numbers_of_contacts_belong_to_nobody(demo_region: Region) -> None:
    numbers = VisitContact.objects.values_list("phone", flat=True)
    assert {number[:10] for number in numbers} == {"070-174 06"}


def test_there_is_a_user_for_every_role(demo_region: Region) -> None:
    roles = set(Membership.objects.values_list("role", flat=True))
    assert roles == {str(role) for role in Membership.Role}


def test_there_are_closures_and_school_breaks(demo_region: Region) -> None:
    assert Closure.objects.exists()
    assert SchoolBreak.objects.values("municipality").distinct().count() == 8
    sources = set(SchoolBreak.objects.values_list("source", flat=True))
    assert sources == {"exempel: veckor som i Jämtland 2020/21, att ersätta med kommunens egna"}


def test_unknown_facts_are_part_of_it(demo_region: Region) -> None:
    assert Venue.objects.filter(stage_width_m=None).exists()


def test_only_young_mail_leaves(demo_region: Region) -> None:
    waiting = Notice.objects.filter(state=Notice.State.WAITING)
    assert [n for n in waiting if (DEMO_NOON - n.send_after).days > 2] == []


def test_loading_twice_changes_nothing(demo_region: Region) -> None:
    before = Booking.objects.count(), Wish.objects.count(), User.objects.count()
    lines = demo.load(demo_region, now=DEMO_NOON)
    assert "already" in lines[0]
    assert (Booking.objects.count(), Wish.objects.count(), User.objects.count()) == before


def test_without_a_region_the_command_says_what_to_do(db: None) -> None:
    with pytest.raises(CommandError, match="load_region"):
        call_command("load_demo", region="nowhere")


def test_crews_host_vote_and_meet_and_a_group_has_seen_the_menu(demo_region: Region) -> None:
    season = Season.objects.get(opens_at__lte=DEMO_NOON, closes_at__gt=DEMO_NOON)
    counts = (Crew.objects.count(), CrewBallot.objects.filter(season=season).count())
    hosted = CrewVisit.objects.standing()
    held = hosted.filter(booking__outcome=Booking.Outcome.HELD)
    assert (*counts, held.exists(), hosted.count() > counts[0]) == (4, 3, True, True)
    assert MeetingSignup.objects.count() == 2
    assert PanelOpinion.objects.filter(season=season).exclude(comment="").count() == 2


def test_crews_stand_in_invented_houses_alone(demo_region: Region) -> None:
    assert not Crew.objects.filter(organisation__is_demo=False).exists()


def test_an_allotment_waits_to_be_computed_and_most_schools_have_answered(demo_region: Region) -> None:
    answered = GradeAnswer.objects.values("school").distinct().count()
    assert (Allotment.objects.get().state, answered > School.objects.count() / 2) == ("queued", True)


def test_the_coordinator_keeps_the_schools_of_the_municipality(demo_region: Region) -> None:
    user = User.objects.get(memberships__role=Membership.Role.COORDINATOR)
    municipality = user.memberships.get().organisation.municipality
    kept = visible.schools(user).filter(organisation__municipality=municipality)
    assert (kept.exists(), visible.school_owners(user).count()) == (True, 1)


def test_the_report_of_a_school_visit_counts_the_groups_that_came(demo_region: Region) -> None:
    visits = Booking.objects.filter(audience="school", outcome=Booking.Outcome.HELD).exclude(groups=None)
    shows = [show for visit in visits.distinct() for show in visit.performances.all()]
    told = [
        sum(show.booking.groups.filter(show_number=show.number).values_list("came_count", flat=True))
        for show in shows
    ]
    assert told == [show.attendance_young for show in shows]
    assert len(told) > 5


def test_short_sessions_are_played_several_a_day_at_preschools_and_libraries(demo_region: Region) -> None:
    visits = Booking.objects.filter(tour__production__kind="session", status="confirmed")
    shows = [(visit.venue.kind, visit.performances.count()) for visit in visits.order_by("occupied_from")]
    assert shows == [("school", 3), ("school", 2), ("library", 4)]


def test_a_crew_is_asked_to_host_at_another_house(demo_region: Region) -> None:
    asked = CrewInvitation.objects.get()
    assert (asked.outcome, asked.crew.organisation == asked.booking.presenter) == ("", False)


def test_preschools_have_a_contact_as_schools_have(demo_region: Region) -> None:
    roles = Membership.objects.filter(organisation__name__startswith="Förskolan").values_list(
        "role", flat=True
    )
    assert set(roles) == {"school_contact"}


def test_some_schools_have_told_their_hours_and_further_rooms(demo_region: Region) -> None:
    told = School.objects.exclude(hours=None).distinct()
    lunches = SchoolHours.objects.exclude(lunch_starts=None).values("school").distinct()
    rooms = Venue.objects.filter(name="Musiksalen", is_demo=True)
    assert (told.count(), lunches.count(), rooms.count()) == (15, 15, 6)
