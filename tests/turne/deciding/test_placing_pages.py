"""Who of the chosen could stay where and when, on a page of those who run the call."""

from typing import Any

from programmes.models import Application, Decision
from tests.programmes.deciding import ANSWERED, DECIDING, conflict, decided, free, project, seat, told
from tests.programmes.open_calls import MAY
from tests.turne.pages import get, text_of
from tests.world import World

PAGE = "/utlysningar/residens-for-folkmusik/placering/"
TWO = {"Anna": "granted", "Bosse": "granted", "Cilla": "refused"}


def chosen(page: Any) -> list[str]:
    return [row["one"].title for row in page.context["rows"]]


def test_those_that_are_granted_stand_there_and_nobody_else(world: World, later: Any, as_user: Any) -> None:
    decided(world, TWO)
    later(DECIDING)
    page = get(as_user(world.officer), PAGE)
    assert chosen(page) == ["Verk av Anna", "Verk av Bosse"]
    slots = [(row["room"].host, row["fit"].option.period) for row in page.context["rows"] if row["fit"]]
    assert len(slots) == len(set(slots)) > 0


def test_residencies_are_made_of_it_once_the_answers_have_left(
    world: World, later: Any, as_user: Any
) -> None:
    told(world, TWO)
    later(DECIDING)
    before = [row["url"] for row in get(as_user(world.officer), PAGE).context["rows"]]
    later(ANSWERED)
    client = as_user(world.officer)
    rows = [row for row in get(client, PAGE).context["rows"] if row["fit"]]
    form = get(client, rows[0]["url"])
    period = rows[0]["fit"].option.period
    assert (before, form.context["form"]["host"].value()) == (["", ""], rows[0]["room"].host)
    spans = form.context["periods"].initial
    assert (spans["period_1_from"], spans["period_1_to"]) == (period.starts_on, period.ends_on)


def test_an_odd_address_is_not_filled_in(world: World, later: Any, as_user: Any) -> None:
    told(world)
    later(ANSWERED)
    pk = Decision.objects.get(outcome="granted").pk
    page = get(as_user(world.officer), f"/residenser/av-beslut/{pk}/?fran=2027-02-31&till=x&vard=x&ort=-1")
    assert page.context["periods"].initial["period_1_from"] == MAY[0]


def test_what_one_is_in_conflict_with_is_left_out(world: World, later: Any, as_user: Any) -> None:
    made = decided(world, TWO)
    later(DECIDING)
    seated = seat(made["Anna"].call, world.officer)
    conflict(seated, made["Anna"])
    free(seated, made["Bosse"], made["Cilla"])
    page = get(as_user(world.officer), PAGE)
    assert (chosen(page), page.context["masked"]) == (["Verk av Bosse"], 1)


def test_a_grant_without_a_stay_has_no_such_page(world: World, later: Any, as_user: Any) -> None:
    call = project(world)
    later(DECIDING)
    client = as_user(world.officer)
    assert get(client, f"/utlysningar/{call.slug}/placering/").status_code == 404
    assert "placering" not in get(client, f"/utlysningar/{call.slug}/ansokningar/").content.decode()


def test_before_anything_is_decided_it_says_where_that_is_done(
    world: World, later: Any, as_user: Any
) -> None:
    decided(world, {"Anna": "refused"})
    later(DECIDING)
    assert "Nobody is granted a place yet" in text_of(get(as_user(world.officer), PAGE))
    assert Application.objects.count() == 1
