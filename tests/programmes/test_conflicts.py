"""Conflicts of interest: declared by name before anything is shown, found later, taken back by others alone."""

from datetime import timedelta

import pytest

from programmes import applications, conflicts, panels, reviews
from programmes.conflicts import Named, hidden_from
from programmes.models import Application, AssessmentChange, Declaration, Review
from tests.factories import MembershipFactory
from tests.programmes.assessing import (
    READING,
    Panel,
    deal,
    dealt_panel,
    declare,
    make_panel,
    readers,
    score,
    seat,
)  # fmt: skip
from tests.programmes.open_calls import CLOSES
from tests.world import World
from tours.errors import NotNow, Refused
from venues.models import User


@pytest.fixture
def panel(world: World) -> Panel:
    return make_panel(world)


def find(panel: Panel, at: int, application: Application) -> Declaration:
    seat = panel.seats[at]
    return conflicts.find(seat, application, why="Känner igen verket.", by=seat.user, now=READING)


def lift(panel: Panel, declaration: Declaration, by: User, why: str = "Fel person.") -> None:
    conflicts.lift(declaration, why=why, version=panel.assessment.version, by=by, now=READING)


# -- declared ---------------------------------------


def test_names_stand_in_their_order_with_what_they_apply_for(panel: Panel) -> None:
    found = conflicts.names(panel.seats[0])
    assert found[:3] == [
        Named("Fiktiva Frost", ("Verk av F",)),
        Named("Fiktiva Gran", ("Verk av G",)),
        Named("Fiktiva Hed", ("Verk av H",)),
    ]
    assert found[3] == Named("Fiolspelare", ("Verk av F", "Verk av G", "Verk av H"))
    assert [one.name for one in found[4:]] == ["Frosttrion", "Grantrion", "Hedtrion"]


def test_where_names_are_hidden_nothing_tells_what_they_apply_for(world: World) -> None:
    panel = make_panel(world, is_blind=True)
    assert {one.titles for one in conflicts.names(panel.seats[0])} == {()}


def test_one_conflict_is_said_and_none_with_the_others(panel: Panel) -> None:
    assert declare(panel.seats[0], "frosttrion") == (1, 2)
    assert list(hidden_from(panel.seats[0].user)) == [panel.applications[0]]
    assert conflicts.to_declare(panel.seats[0]).count() == 0


def test_a_name_that_stands_in_several_is_in_conflict_with_all_of_them(panel: Panel) -> None:
    assert declare(panel.seats[0], "Fiolspelare") == (3, 0)


def test_an_application_whose_names_were_not_seen_is_not_declared(panel: Panel) -> None:
    seat = panel.seats[0]
    seen = [one.name for one in conflicts.names(seat) if one.name != "Hedtrion"]
    assert conflicts.declare(seat, seen=seen, conflicts={}, by=seat.user, now=READING) == (0, 2)
    assert list(conflicts.to_declare(seat)) == [panel.applications[2]]


def test_a_later_round_shows_all_names_so_that_none_tells_whose_is_new(world: World) -> None:
    panel = make_panel(world, is_blind=True)
    seat = panel.seats[0]
    before = conflicts.names(seat)
    conflicts.declare(seat, seen=["Fiktiva Hed"], conflicts={}, by=seat.user, now=READING)
    assert conflicts.names(seat) == before


def test_nobody_declares_for_another(panel: Panel) -> None:
    with pytest.raises(Refused, match="for themselves"):
        conflicts.declare(panel.seats[0], seen=[], conflicts={}, by=panel.world.officer, now=READING)


def test_nothing_is_declared_before_the_call_has_closed(panel: Panel) -> None:
    seat, before = panel.seats[0], CLOSES - timedelta(seconds=1)
    with pytest.raises(NotNow, match="is open until"):
        conflicts.declare(seat, seen=[], conflicts={}, by=seat.user, now=before)
    assert conflicts.declare(seat, seen=[], conflicts={}, by=seat.user, now=CLOSES) == (0, 0)


def test_a_name_that_is_not_there_is_told(panel: Panel) -> None:
    with pytest.raises(NotNow, match="list of names"):
        declare(panel.seats[0], "Någon annan")
    assert Declaration.objects.count() == 0


def test_an_own_ensemble_and_the_same_domain_are_hinted_at(panel: Panel) -> None:
    user, applicant = panel.seats[0].user, panel.applications[1].applicant
    MembershipFactory(user=user, organisation=panel.world.producing, role="producer")
    panel.world.ensemble.name = "Frosttrion"
    panel.world.ensemble.save()
    applicant.email = "nagon@jury.example"
    applicant.save()
    found = [one.name for one in conflicts.names(panel.seats[0]) if one.is_hinted]
    assert found == ["Fiktiva Gran", "Fiolspelare", "Frosttrion", "Grantrion"]


# -- hidden ---------------------------------------


def test_nothing_is_shown_to_who_has_not_declared_also_as_officer(world: World, panel: Panel) -> None:
    seat(panel.call, world.officer.email, world.officer)
    assert hidden_from(world.officer).count() == 3
    assert hidden_from(world.administrator).count() == 0


def test_a_conflict_is_the_persons_and_outlasts_the_seat(world: World, panel: Panel) -> None:
    declare(panel.seats[0], "Fiktiva Frost")
    panels.remove(
        panel.seats[0], why="Sjuk.", version=panel.assessment.version, by=world.officer, now=READING
    )
    assert list(hidden_from(panel.seats[0].user)) == [panel.applications[0]]
    back = seat(panel.call, panel.seats[0].user.email, world.officer)
    declare(back)
    assert list(hidden_from(back.user)) == [panel.applications[0]]


def test_who_has_applied_sees_nothing_of_how_it_is_assessed(panel: Panel) -> None:
    assert list(hidden_from(panel.applications[0].applicant).order_by("pk")) == panel.applications
    applicant = panel.applications[0].applicant
    applications.withdraw(
        panel.applications[0], by=applicant, version=panel.applications[0].version, now=READING
    )
    assert list(hidden_from(applicant)) == [panel.applications[0]]


# -- found later ---------------------------------------


def test_a_conflict_found_while_reading_ends_access_and_sets_the_scores_aside(world: World) -> None:
    panel = dealt_panel(world, applicants=1, members=3)
    seat = panel.seats[0]
    (application,) = panel.applications
    score(seat, application)
    find(panel, 0, application)
    assert list(reviews.mine(seat)) == []
    assert (Review.objects.finished().count(), Review.objects.counting().count()) == (1, 0)
    assert readers(application) == ["Member 1", "Member 2"]
    with pytest.raises(NotNow, match="not yours"):
        score(seat, application)


def test_a_conflict_is_found_once(world: World) -> None:
    panel = dealt_panel(world)
    find(panel, 0, panel.applications[0])
    with pytest.raises(NotNow, match="already"):
        find(panel, 0, panel.applications[0])


def test_a_conflict_is_found_at_the_meeting_too(world: World) -> None:
    panel = dealt_panel(world)
    panels.close(
        panel.call, despite_missing=True, version=panel.assessment.version, by=world.officer, now=READING
    )
    find(panel, 0, panel.applications[0])
    assert list(hidden_from(panel.seats[0].user)) == [panel.applications[0]]


# -- taken back ---------------------------------------


def test_a_conflict_that_is_taken_back_is_declared_anew_and_logged(world: World, panel: Panel) -> None:
    declare(panel.seats[0], "Fiktiva Frost")
    lift(panel, Declaration.objects.conflicts().get(), world.officer)
    last = AssessmentChange.objects.first()
    assert last is not None
    assert (last.action, last.why, last.by) == ("lifted", "Fel person.", world.officer)
    assert list(conflicts.to_declare(panel.seats[0])) == [panel.applications[0]]
    assert list(hidden_from(panel.seats[0].user)) == [panel.applications[0]]
    declare(panel.seats[0])
    assert list(hidden_from(panel.seats[0].user)) == []


def test_nobody_takes_back_their_own_or_one_that_is_hidden_from_them(world: World, panel: Panel) -> None:
    own, other = seat(panel.call, world.officer.email, world.officer), panel.seats[0]
    for one in (own, other):
        declare(one, "Fiktiva Frost")
    mine, theirs = Declaration.objects.conflicts().order_by("pk")
    with pytest.raises(Refused, match="of their own"):
        lift(panel, mine, world.officer)
    with pytest.raises(Refused, match="hidden from you"):
        lift(panel, theirs, world.officer)
    lift(panel, theirs, world.administrator)


def test_taking_back_needs_a_reason_and_happens_once(world: World, panel: Panel) -> None:
    declare(panel.seats[0], "Fiktiva Frost")
    declaration = Declaration.objects.conflicts().get()
    with pytest.raises(Refused, match="Say why"):
        lift(panel, declaration, world.officer, " ")
    lift(panel, declaration, world.officer)
    with pytest.raises(NotNow, match="already"):
        lift(panel, declaration, world.officer)


def test_what_is_hidden_from_the_officer_is_not_among_the_conflicts_they_read(
    world: World, panel: Panel
) -> None:
    own = seat(panel.call, world.officer.email, world.officer)
    for one in (own, panel.seats[0]):
        declare(one, "Fiktiva Frost")
    assert list(conflicts.standing(panel.call, world.officer)) == []
    assert conflicts.standing(panel.call, world.administrator).count() == 2


def test_who_is_in_conflict_is_dealt_nothing_of_it(world: World, panel: Panel) -> None:
    declare(panel.seats[0], "Fiktiva Frost")
    declare(panel.seats[1])
    declare(panel.seats[2])
    deal(panel)
    assert readers(panel.applications[0]) == ["Member 1", "Member 2"]
