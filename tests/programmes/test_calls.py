"""A call: written, published, changed in the open, kept open for longer, withdrawn; and what it must be."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from programmes import calls
from programmes.calls import Place, Weighed, standing
from programmes.models import Call
from tests.factories import OrganisationFactory, RegionFactory
from tests.programmes.open_calls import (
    AUGUST,
    CLOSED,
    CLOSES,
    MAY,
    NOW,
    OPEN,
    OPENS,
    draft,
    grant,
    published,
    said,
)
from tests.world import World
from tours.errors import NotNow, Refused


def change(world: World, call: Call, *, now: Any = NOW, **changes: Any) -> Call:
    data = replace(standing(call), **changes)
    return calls.change(call, data, version=call.version, by=world.officer, now=now)


def history(call: Call) -> list[str]:
    return [row.action for row in call.changes.all()]


# -- written ---------------------------------------


def test_what_is_written_is_what_it_says(world: World) -> None:
    call = Call.objects.with_ground().get(pk=draft(world).pk)
    assert standing(call) == said(world)
    assert (call.slug, call.currency, call.is_public) == ("residens-for-folkmusik", "SEK", False)


def test_a_second_of_the_same_name_has_an_address_of_its_own(world: World) -> None:
    assert [draft(world).slug for _ in range(3)] == [
        "residens-for-folkmusik",
        "residens-for-folkmusik-2027",
        "residens-for-folkmusik-2027-2",
    ]


def test_a_draft_named_as_an_address_beside_it_gets_another(world: World) -> None:
    assert draft(world, title="Ny").slug == "ny-2027"


def test_an_unknown_kind_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="no such kind") as refused:
        draft(world, "prize")
    assert refused.value.field == "kind"


def test_who_publishes_belongs_to_the_region(world: World) -> None:
    other = OrganisationFactory(region=RegionFactory(slug="annan", name="Annan region", code="22"))
    with pytest.raises(Refused, match="belong to the region"):
        calls.make(world.season.region, other, "residency", said(world), by=world.officer, now=NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"purpose": ""}, "purpose"),
        ({"who_may_apply": ""}, "who_may_apply"),
        ({"closes_at": OPENS}, "closes_at"),
        ({"answers_on": date(2027, 2, 2)}, "answers_on"),
        ({"stipend": Decimal(-1)}, "stipend"),
        ({"paid_weeks": 0}, "paid_weeks"),
        ({"paid_weeks": 53}, "paid_weeks"),
        ({"chosen_count": 0}, "chosen_count"),
        ({"periods": [(MAY[1], MAY[0])]}, "periods"),
        ({"periods": [MAY, (MAY[1], AUGUST[0])]}, "periods"),
        ({"criteria": [Weighed("Kvalitet", 50), Weighed("kvalitet ", 50)]}, "criteria"),
        ({"criteria": [Weighed("Kvalitet", 0)]}, "criteria"),
        ({"criteria": [Weighed("", 100)]}, "criteria"),
        ({"criteria": [Weighed(f"Nr {n}", 9) for n in range(11)]}, "criteria"),
        ({"art_forms": ["mime"]}, "art_forms"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    world: World, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        draft(world, **changes)
    assert (refused.value.field, Call.objects.count()) == (field, 0)


def test_a_place_stands_once(world: World) -> None:
    place = Place(world.school.municipality)
    with pytest.raises(Refused, match="twice"):
        draft(world, places=[place, place])


def test_a_grant_has_no_periods(world: World) -> None:
    with pytest.raises(Refused, match="Only a call for a stay"):
        draft(world, "working_grant")


# -- published ---------------------------------------


def test_it_is_open_from_its_opening_until_just_before_it_closes(world: World) -> None:
    call = published(world)
    second = timedelta(seconds=1)
    moments = [OPENS - second, OPENS, CLOSES - second, CLOSES]
    assert [call.is_open(at) for at in moments] == [False, True, True, False]
    assert [Call.objects.open_at(at).exists() for at in moments] == [False, True, True, False]


def test_a_draft_is_never_open(world: World) -> None:
    call = draft(world)
    assert (call.is_open(OPEN), Call.objects.open_at(OPEN).count()) == (False, 0)


def test_a_grant_needs_neither_place_nor_period(world: World) -> None:
    call = grant(world)
    assert calls.publish(call, version=call.version, by=world.officer, now=NOW).is_public


@pytest.mark.parametrize(
    ("lacking", "field"),
    [
        ({"criteria": [Weighed("Kvalitet", 90)]}, "criteria"),
        ({"criteria": []}, "criteria"),
        ({"periods": []}, "periods"),
        ({"places": []}, "places"),
    ],
)
def test_an_incomplete_call_stays_a_draft(world: World, lacking: dict[str, Any], field: str) -> None:
    call = draft(world, **lacking)
    with pytest.raises(Refused) as refused:
        calls.publish(call, version=call.version, by=world.officer, now=NOW)
    assert (refused.value.field, Call.objects.public().count()) == (field, 0)


def test_what_would_have_closed_is_not_published(world: World) -> None:
    call = draft(world)
    with pytest.raises(NotNow, match="would have closed"):
        calls.publish(call, version=call.version, by=world.officer, now=CLOSES)


def test_it_is_published_once(world: World) -> None:
    call = published(world)
    with pytest.raises(NotNow, match="public already"):
        calls.publish(call, version=call.version, by=world.officer, now=NOW)
    assert history(call) == ["made", "published"]


# -- changed ---------------------------------------


def test_what_was_changed_is_told_with_what_it_was(world: World) -> None:
    call = change(world, published(world), chosen_count=3)
    assert (call.changes.last().action, call.changes.last().details) == (
        "changed",
        {"chosen_count": ["2", "3"]},
    )


def test_an_unchanged_call_notes_nothing(world: World) -> None:
    call = published(world)
    assert history(change(world, call)) == ["made", "published"]


def test_a_public_call_may_be_open_for_longer_and_not_close_earlier(world: World) -> None:
    call = change(world, published(world), closes_at=CLOSES + timedelta(days=2))
    assert (call.closes_at, history(call)[-1]) == (CLOSES + timedelta(days=2), "extended")
    with pytest.raises(Refused, match="not close earlier"):
        change(world, call, closes_at=CLOSES)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"criteria": [Weighed("Kvalitet", 100)]}, "criteria"),
        ({"opens_at": OPENS + timedelta(days=1)}, "opens_at"),
        ({"is_blind": True}, "is_blind"),
    ],
)
def test_what_one_applies_by_stands_once_it_is_public(
    world: World, changes: dict[str, Any], field: str
) -> None:
    assert change(world, draft(world), **changes).changes.last().action == "changed"
    with pytest.raises(Refused) as refused:
        change(world, published(world), **changes)
    assert refused.value.field == field


def test_a_closed_call_stands_as_it_is(world: World) -> None:
    with pytest.raises(NotNow, match="has closed"):
        change(world, published(world), now=CLOSED, closes_at=CLOSED + timedelta(days=9))


def test_of_two_who_change_it_the_second_is_told(world: World) -> None:
    call = draft(world)
    change(world, Call.objects.get(pk=call.pk), chosen_count=5)
    with pytest.raises(NotNow, match="Somebody has changed"):
        change(world, call, chosen_count=7)
    assert Call.objects.get().chosen_count == 5


# -- withdrawn ---------------------------------------


def test_a_withdrawn_call_stays_with_its_reason_and_takes_nothing(world: World) -> None:
    call = published(world)
    calls.withdraw(call, why=" Värden har stängt. ", version=call.version, by=world.officer, now=OPEN)
    call = Call.objects.get()
    assert (call.withdrawn_why, call.is_open(OPEN), call.is_public) == ("Värden har stängt.", False, True)
    for verb in (
        change,
        lambda *_: calls.withdraw(call, why="x", version=call.version, by=world.officer, now=OPEN),
    ):
        with pytest.raises(NotNow, match="is withdrawn"):
            verb(world, call)


def test_without_a_reason_it_stands(world: World) -> None:
    call = published(world)
    with pytest.raises(Refused, match="Say why"):
        calls.withdraw(call, why=" ", version=call.version, by=world.officer, now=OPEN)


def test_a_draft_is_deleted_and_a_public_call_is_not(world: World) -> None:
    call = draft(world)
    with pytest.raises(NotNow, match="delete it instead"):
        calls.withdraw(call, why="x", version=call.version, by=world.officer, now=NOW)
    calls.delete(call, version=call.version)
    public = published(world)
    with pytest.raises(NotNow, match="Withdraw it instead"):
        calls.delete(public, version=public.version)
    assert [one.pk for one in Call.objects.all()] == [public.pk]
