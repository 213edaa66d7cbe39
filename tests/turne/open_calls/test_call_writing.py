"""A call written by form: begun by its kind, saved, published, changed, withdrawn; and what is put right where."""

from typing import Any

import pytest
from django.test import Client

from programmes.calls import Weighed, standing
from programmes.models import Call
from tests.programmes.open_calls import AUGUST, MAY, NOW, OPEN, draft, office, published
from tests.turne.pages import errors_of, get, post, text_of
from tests.world import World

PAGE = "/utlysningar/residens-for-folkmusik/"


@pytest.fixture(autouse=True)
def on_monday(later: Any) -> None:
    later(NOW)


@pytest.fixture
def officer(world: World, en: Any) -> Client:
    return en(world.officer)


def written(world: World, **changes: Any) -> dict[str, Any]:
    """What is sent for a call as `tests.programmes.open_calls.said` has it."""
    sent = {
        "owner": office(world).pk, "title": "Residens för folkmusik", "purpose": "Tid att arbeta.",
        "who_may_apply": "Yrkesverksamma.", "art_forms": ["music"], "opens_at": "2027-01-13T10:00",
        "closes_at": "2027-02-03T10:00", "answers_on": "2027-03-01", "chosen_count": "2", "stipend": "30000",
        "paid_weeks": "4", "gives_housing": "on", "municipalities": [world.school.municipality_id],
        "hosts": [world.venue.organisation_id], "period_1_from": "2027-05-03", "period_1_to": "2027-05-16",
        "period_3_from": "2027-08-09", "period_3_to": "2027-08-22", "criterion_1": "Kvalitet",
        "criterion_1_weight": "60", "criterion_2": "Genomförbarhet", "criterion_2_weight": "40",
    }  # fmt: skip
    return {**sent, **changes}


def test_it_begins_with_the_criteria_of_its_kind_and_four_weeks(officer: Client, world: World) -> None:
    form = get(officer, "/utlysningar/ny/?slag=working_grant").context["form"]
    assert form.initial["criteria"] == [
        Weighed("Kvalitet", 50, "Quality"),
        Weighed("Innehåll", 50, "Content"),
    ]
    assert (form.period_rows, form.where) == (0, [])


def test_a_draft_is_saved_with_all_its_rows(officer: Client, world: World) -> None:
    answer = post(officer, "/utlysningar/ny/", written(world))
    call = Call.objects.with_ground().get()
    data = standing(call)
    assert answer.headers["Location"] == PAGE
    assert (data.periods, [str(one) for one in call.places.all()], call.owner) == (
        [MAY, AUGUST],
        ["Krokom", "Backe bygdegård"],
        office(world),
    )
    assert data.criteria == [Weighed("Kvalitet", 60), Weighed("Genomförbarhet", 40)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"closes_at": "2027-01-13T10:00"}, "closes_at"),
        ({"period_1_to": ""}, "period_1_to"),
        ({"period_1_to": "2027-08-10"}, "period_1_from"),
        ({"criterion_2_weight": ""}, "criterion_2_weight"),
        ({"criterion_2": "Kvalitet"}, "criterion_1"),
        ({"paid_weeks": "53"}, "paid_weeks"),
        ({"municipalities": ["99999999999999999999"]}, "municipalities"),
        ({"owner": "0"}, "owner"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_saved(
    officer: Client, world: World, changes: dict[str, Any], field: str
) -> None:
    answer = officer.post("/utlysningar/ny/", written(world, **changes))
    assert (answer.status_code, list(errors_of(answer)), Call.objects.count()) == (422, [field], 0)


def test_a_host_publishes_a_call_of_its_own_and_of_nobody_else(world: World, en: Any) -> None:
    host = en(world.presenter)
    own = get(host, "/utlysningar/ny/").context["form"].fields["owner"].queryset
    assert [one.name for one in own] == ["Backe bygdegård"]
    refused = host.post("/utlysningar/ny/", written(world))
    assert (refused.status_code, list(errors_of(refused))) == (422, ["owner"])
    post(host, "/utlysningar/ny/", written(world, owner=world.venue.organisation_id))
    assert Call.objects.get().owner == world.venue.organisation


def test_it_is_published_and_then_changed_in_the_open(officer: Client, world: World) -> None:
    call = draft(world)
    post(officer, f"{PAGE}publicera/", {"version": call.version})
    form = get(officer, f"{PAGE}andra/").context["form"]
    assert (form.criteria, "opens_at" in form.fields, "is_blind" in form.fields) == ([], False, False)
    call = Call.objects.get()
    sent = written(world, closes_at="2027-02-05T10:00", chosen_count="3")
    post(officer, f"{PAGE}andra/", sent | {"version": call.version})
    changed = Call.objects.get()
    assert (changed.chosen_count, changed.changes.last().action, changed.criteria.count()) == (
        3,
        "extended",
        2,
    )


def test_an_incomplete_draft_says_what_is_missing(officer: Client, world: World) -> None:
    call = draft(world, periods=[])
    answer = officer.post(f"{PAGE}publicera/", {"version": call.version}, follow=True)
    assert "Say in which periods one may stay." in text_of(answer)


def test_two_who_write_at_once_the_second_is_told(officer: Client, world: World) -> None:
    call = draft(world)
    post(officer, f"{PAGE}andra/", written(world) | {"version": call.version})
    late = officer.post(f"{PAGE}andra/", written(world, title="Annat") | {"version": call.version})
    assert (late.status_code, Call.objects.get().title) == (409, "Residens för folkmusik")
    assert "Somebody has changed the call" in text_of(late)


def test_it_is_withdrawn_with_a_reason(officer: Client, world: World, later: Any) -> None:
    call = published(world)
    later(OPEN)
    without = officer.post(f"{PAGE}dra-tillbaka/", {"version": call.version, "why": " "})
    post(officer, f"{PAGE}dra-tillbaka/", {"version": call.version, "why": "Värden har stängt."})
    assert (without.status_code, Call.objects.get().withdrawn_why) == (422, "Värden har stängt.")


def test_each_form_says_which_call_it_is_about(officer: Client, world: World) -> None:
    """A draft that is deleted and made anew has the same address and version, and is another call."""
    call = draft(world)
    field = f'name="utlysning" value="{call.pk}"'
    assert [get(officer, page).content.decode().count(field) for page in (PAGE, f"{PAGE}andra/")] == [2, 1]


def test_a_draft_is_deleted(officer: Client, world: World) -> None:
    call = draft(world)
    answer = post(officer, f"{PAGE}ta-bort/", {"version": call.version})
    assert (answer.headers["Location"], Call.objects.count()) == ("/utlysningar/", 0)
