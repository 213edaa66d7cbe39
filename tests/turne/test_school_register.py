"""The pages of the register of schools: the list and what narrows it, one school, and what it goes on as."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from tests import factories as make
from tests.turne.pages import get, post, queries_of, said, source_of, text_of
from tests.world import World
from venues.models import School, SchoolOwner, Succession

pytestmark = pytest.mark.usefixtures("in_january")
LIST = "/skolor/register/"
RIPAN, LJUNGEN = f"{LIST}enhet/ripskolan/", f"{LIST}enhet/ljungskolan/"


@pytest.fixture
def officer(world: World, as_user) -> Client:
    """The region's officer, and three schools: Krokoms skola F–6, Ripskolan 7–9, and Ljungskolan, which has ceased."""
    owner = SchoolOwner.objects.create(
        organisation=make.OrganisationFactory(name="Enris AB", roles=["school_owner"]), kind="independent"
    )
    for name, stage, more in (
        ("Ripskolan", "7-9", {"owner": owner, "unit_code": "11111111"}),
        ("Ljungskolan", "f-6", {"status": "ceased", "ceased_on": date(2026, 6, 30)}),
    ):
        place = world.places["Åre"]
        body = make.OrganisationFactory(
            name=name, slug=name.lower(), municipality=place.municipality, roles=["school"]
        )
        make.SchoolFactory(organisation=body, place=place, stage=stage, **more)
    return as_user(world.officer)


def school(name: str) -> School:
    return School.objects.get(organisation__name=name)


def listed(client: Client, query: str = "") -> list[str]:
    return [str(one) for one in get(client, f"{LIST}?{query}").context["page"]]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Krokoms skola", "Ripskolan"]),
        ("status=alla", ["Krokoms skola", "Ljungskolan", "Ripskolan"]),
        ("status=ceased", ["Ljungskolan"]),
        ("status=planned", []),
        ("kommun=kommun-2321", ["Ripskolan"]),
        ("form=preschool_class", ["Krokoms skola"]),
        ("huvudman=independent", ["Ripskolan"]),
        ("namn=ripsk", ["Ripskolan"]),
        ("namn=11111111", ["Ripskolan"]),
        ("namn=are", ["Ripskolan"]),
        ("kommun=nowhere&form=x&status=y", ["Krokoms skola", "Ripskolan"]),
        ("obekraftad=on", ["Krokoms skola"]),
    ],
)
def test_the_list_shows_what_the_address_asks_for(officer: Client, query: str, names: list[str]) -> None:
    School.objects.filter(organisation__name="Ripskolan").update(confirmed_for=2026)
    assert listed(officer, query) == names


def test_what_was_confirmed_for_last_school_year_is_asked_for_again(officer: Client) -> None:
    School.objects.update(confirmed_for=2025)
    assert listed(officer, "obekraftad=on") == ["Krokoms skola", "Ripskolan"]


@pytest.mark.parametrize(("year", "is_told"), [(2025, True), (2026, False)])
def test_what_is_confirmed_in_spring_holds_for_the_year_that_comes(
    officer: Client, year: int, is_told: bool
) -> None:
    School.objects.update(confirmed_for=year, confirmed_at=datetime(2026, 6, 30, tzinfo=UTC))
    assert ("not for 2026/27" in text_of(get(officer, RIPAN))) is is_told


def test_schools_of_another_region_are_not_there(officer: Client) -> None:
    region = make.RegionFactory(slug="vn", name="Västernorrland", code="22")
    body = make.OrganisationFactory(name="Sollefteå skola", slug="solleftea-skola", region=region)
    make.SchoolFactory(organisation=body)
    assert "Sollefteå skola" not in listed(officer, "status=alla")
    assert get(officer, f"{LIST}enhet/solleftea-skola/").status_code == 404


def test_an_empty_list_says_what_to_do(officer: Client) -> None:
    assert "No school answers that" in text_of(get(officer, f"{LIST}?namn=zzz"))
    School.objects.all().delete()
    assert "No school is in the register yet" in text_of(get(officer, LIST))


def test_the_list_takes_as_many_queries_for_many_schools(officer: Client, world: World) -> None:
    before = queries_of(officer, LIST)
    for _number in range(4):
        make.SchoolFactory(place=world.places["Krokom"])
    assert queries_of(officer, LIST) == before


# -- One school ---------------------------------------


def test_a_schools_page_says_what_is_known(officer: Client) -> None:
    text = text_of(get(officer, RIPAN))
    told = ("11111111", "compulsory school 7–9", "Enris AB", "independent", "Åre")
    assert [word for word in told if word not in text] == []


def test_a_schools_page_leads_to_what_the_school_has_told(officer: Client) -> None:
    School.objects.filter(organisation__slug="ripskolan").update(lat="63.3262", lon="14.4502")
    page = officer.get(RIPAN, headers={"accept-language": "sv"})
    assert "/skola/ripskolan/hem/" in source_of(page)
    assert "63.3262, 14.4502" in source_of(page)


def test_a_school_that_has_ceased_says_so(officer: Client) -> None:
    assert "This school has ceased." in text_of(get(officer, LJUNGEN))


def test_a_successor_is_noted_by_hand(officer: Client, world: World) -> None:
    answer = post(officer, f"{LJUNGEN}gar-over-i/", {"successor": "ripskolan", "on": "2026-06-30"})
    assert (answer.status_code, answer["Location"]) == (302, LJUNGEN)
    link = Succession.objects.get()
    assert (str(link), link.on, link.by) == ("Ljungskolan → Ripskolan", date(2026, 6, 30), world.officer)
    assert "It goes on as: Ripskolan" in text_of(get(officer, LJUNGEN))
    assert "Ljungskolan" in text_of(get(officer, RIPAN))


def test_a_successor_that_is_taken_away_can_be_noted_again_as_it_was(officer: Client) -> None:
    post(officer, f"{LJUNGEN}gar-over-i/", {"successor": "ripskolan", "on": "2026-06-30"})
    answer = officer.post(
        f"{LJUNGEN}gar-over-i/ripskolan/ta-bort/", follow=True, headers={"accept-language": "en"}
    )
    assert (said(answer)[1:], Succession.objects.count()) == (
        ["Ripskolan is taken away. To undo it, press “Note it”: the form below is filled in."],
        0,
    )
    form = answer.context["successor_form"]
    assert (form["successor"].value(), form["on"].value()) == ("ripskolan", "2026-06-30")


def test_a_circle_is_refused_beside_its_field(officer: Client, world: World) -> None:
    post(officer, f"{LJUNGEN}gar-over-i/", {"successor": "ripskolan"})
    answer = post(officer, f"{RIPAN}gar-over-i/", {"successor": "ljungskolan"})
    assert answer.status_code in (409, 422)
    assert answer.context["successor_form"].errors["successor"] == [
        "Ljungskolan came before Ripskolan, or is the same. Choose another school."
    ]


@pytest.mark.parametrize("sent", [{}, {"successor": "nobody"}, {"successor": "ripskolan", "on": "x"}])
def test_a_successor_that_is_none_is_named(officer: Client, sent: dict[str, Any]) -> None:
    answer = post(officer, f"{LJUNGEN}gar-over-i/", sent)
    assert (answer.status_code, Succession.objects.count()) == (422, 0)


def test_a_schools_status_is_noted(officer: Client) -> None:
    post(officer, f"{RIPAN}status/", {"status": "ceased", "ceased_on": "2026-12-31"})
    assert (school("Ripskolan").status, school("Ripskolan").ceased_on) == ("ceased", date(2026, 12, 31))
    post(officer, f"{RIPAN}status/", {"status": "active", "ceased_on": ""})
    assert (school("Ripskolan").status, school("Ripskolan").ceased_on) == ("active", None)


def test_a_day_that_does_not_go_with_the_status_is_named(officer: Client) -> None:
    answer = post(officer, f"{RIPAN}status/", {"status": "active", "ceased_on": "2026-12-31"})
    assert answer.status_code in (409, 422)
    assert "ceased_on" in answer.context["status_form"].errors
    assert school("Ripskolan").ceased_on is None


# -- The bar ---------------------------------------


def current(client: Client, url: str) -> tuple[list[str], list[str]]:
    """What is marked in the bar, and in the line of what is about schools."""
    context = get(client, url).context
    bar, line = (context[name] for name in ("nav_items", "section_items"))
    return [item["url"] for item in bar if item["current"]], [item["url"] for item in line if item["current"]]


def test_what_is_about_schools_has_a_line_of_its_own(officer: Client) -> None:
    assert current(officer, "/lasar/skola/krokoms-skola/2026/") == (["/skola/"], ["/lasar/"])
    assert current(officer, f"{LIST}fil/") == (["/skola/"], [LIST])


def test_other_pages_have_no_such_line(officer: Client) -> None:
    assert get(officer, "/min-vecka/").context["section_items"] == []


def test_so_has_what_gives_support(officer: Client) -> None:
    assert current(officer, "/utlysningar/") == (["/residenser/"], ["/utlysningar/"])


def test_a_schools_contact_has_one_too(world: World, as_user) -> None:
    marked = current(as_user(world.school_contact), "/lasar/skola/krokoms-skola/2026/")
    assert marked == (["/skola/"], ["/lasar/"])
