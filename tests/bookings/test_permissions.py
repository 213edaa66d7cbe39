"""On which side of an agreement somebody stands, and what they may do from there; the pages' matrix has the rest."""

import pytest
from django.contrib.auth.models import AnonymousUser

from bookings import school_permissions, visible
from bookings.permissions import sides_of, steps_for
from tests import factories as make
from tests.agreements import NOW, held, offered
from tests.bookings.rivals import Rival, make_rival
from tests.world import World
from venues.models import Municipality, RegisterImport, School


@pytest.mark.parametrize(
    ("who", "sides"),
    [
        ("producer", ["producer"]),
        ("presenter", ["presenter"]),
        ("neighbour", []),
        ("officer", []),
        ("stranger", []),
    ],
)
def test_the_side_of_each(world: World, who: str, sides: list[str]) -> None:
    assert sides_of(getattr(world, who), offered(world)) == sides


def test_who_sits_on_both_sides_may_do_what_either_may_once(world: World) -> None:
    make.MembershipFactory(user=world.presenter, organisation=world.producing, role="producer")
    steps = [step.name for step in steps_for(world.presenter, offered(world), NOW)]
    assert steps == ["confirm", "decline", "recall", "withdraw", "remind", "extend_answer", "counter"]


def further_steps(world: World, rival: Rival) -> set[str]:
    """Of the two steps of a further option those that its producer is offered."""
    waiting = rival.held(rank=2)
    return {step.name for step in steps_for(rival.producer, waiting, NOW)} & {"promote", "challenge"}


def test_a_further_option_takes_what_is_free_and_challenges_what_is_held(world: World) -> None:
    rival = make_rival(world, "Lyran")
    assert further_steps(world, rival) == {"promote"}
    rival.tour.bookings.update(status="released")
    held(world)
    assert further_steps(world, rival) == {"challenge"}


def test_a_further_option_waits_for_what_is_offered(world: World) -> None:
    offered(world)
    assert further_steps(world, make_rival(world, "Lyran")) == set()


def test_who_only_looks_may_do_nothing(world: World) -> None:
    assert steps_for(world.officer, offered(world), NOW) == []


def test_officers_write_school_days_of_their_own_region_only(world: World) -> None:
    abroad = make.RegionFactory(slug="trondelag", name="Trøndelag", code="50")
    krokom = world.places["Krokom"].municipality
    elsewhere = make.MunicipalityFactory(region=abroad, code="5042", name="Lierne")
    owners = (krokom, world.school.school, elsewhere)
    assert [school_permissions.can_edit_school_days(world.officer, one) for one in owners] == [
        True,
        True,
        False,
    ]


def test_a_school_contact_writes_its_own_schools_days_and_reads_its_municipalitys(world: World) -> None:
    other = make.SchoolFactory(place=world.places["Krokom"])
    owners = (
        world.school.school,
        other,
        world.places["Krokom"].municipality,
        world.places["Åre"].municipality,
    )
    may = school_permissions.can_edit_school_days, school_permissions.can_see_school_days
    assert [[can(world.school_contact, one) for one in owners] for can in may] == [
        [True, False, False, False],
        [True, False, True, False],
    ]


def test_producers_and_presenters_have_no_school_days(world: World) -> None:
    krokom = world.places["Krokom"].municipality
    people = (world.producer, world.presenter, world.stranger, AnonymousUser())
    assert [school_permissions.can_see_school_days(one, krokom) for one in people] == [False] * 4


@pytest.mark.parametrize(
    "person", ["school_contact", "officer", "administrator", "presenter", "producer", "stranger"]
)
def test_the_list_of_school_years_has_those_that_may_be_opened(world: World, person: str) -> None:
    user = getattr(world, person)
    may = [
        [one for one in model.objects.order_by("pk") if school_permissions.can_see_school_days(user, one)]
        for model in (Municipality, School)
    ]
    listed = [visible.municipalities_of_years(user), visible.schools(user)]
    assert [list(rows.order_by("pk")) for rows in listed] == may
    assert bool(may[0]) == (person in {"school_contact", "officer", "administrator"})


@pytest.mark.parametrize(
    "person", ["officer", "administrator", "school_contact", "presenter", "producer", "stranger"]
)
def test_the_register_is_kept_by_the_regions_office(world: World, person: str) -> None:
    abroad = make.RegionFactory(slug="trondelag", name="Trøndelag", code="50")
    make.SchoolFactory(organisation=make.OrganisationFactory(region=abroad))
    user = getattr(world, person)
    kept = [one for one in School.objects.order_by("pk") if school_permissions.can_keep_register(user, one)]
    assert list(visible.schools_of_register(user).order_by("pk")) == kept
    assert kept == ([world.school.school] if person in {"officer", "administrator"} else [])


def test_imports_are_seen_by_the_region_whose_office_made_them(world: World) -> None:
    for by in (world.officer, world.stranger, None):
        RegisterImport.objects.create(by=by, at=NOW)
    assert [one.by for one in visible.register_imports(world.administrator).order_by("pk")] == [
        world.officer,
        None,
    ]
