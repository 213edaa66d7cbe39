"""The region's pages: who sees them, what they change, and what they say when they can not."""

from datetime import timedelta

import pytest

from tests import factories as make
from tests.bookings.visits import STARTS_AT, visit
from tours.models import Season

pytestmark = pytest.mark.usefixtures("in_january")
DAY = timedelta(days=1)
VENUE = "/lokaler/backe-bygdegard-salen/"
PEOPLE = [
    "producer",
    "presenter",
    "neighbour",
    "school_contact",
    "officer",
    "administrator",
    "stranger",
]
SEEN_BY = {
    "/uppfoljning/": {"officer", "administrator"},
    "/uppfoljning.csv": {"officer", "administrator"},
    "/personer/": {"officer", "administrator"},
    "/personer/backe-bygdegard/": {"officer", "administrator"},
    "/personer/lagg-till/": {"administrator"},
    "/lokaler/": {"producer", "presenter", "neighbour", "school_contact", "officer", "administrator"},
    VENUE: {"producer", "presenter", "officer", "administrator"},
    "/vagar/": {"producer"},
}


# -- Who sees what ---------------------------------------


@pytest.mark.parametrize("url", SEEN_BY)
@pytest.mark.parametrize("who", PEOPLE)
def test_a_page_is_seen_by_those_it_is_for(world, as_user, who, url):
    expected = 200 if who in SEEN_BY[url] else 404
    assert as_user(getattr(world, who)).get(url).status_code == expected


@pytest.mark.parametrize("url", SEEN_BY)
def test_who_is_not_logged_in_is_asked_to(world, client, url):
    answer = client.get(url)
    assert (answer.status_code, "next=" in answer["Location"]) == (302, True)


def test_an_officer_of_another_region_sees_only_his_own(world, as_user):
    elsewhere = make.RegionFactory(slug="annan", code="99", name="Annan region", is_served=True)
    office = make.OrganisationFactory(region=elsewhere, roles=["region"], slug="annat-kontor")
    foreign = make.MembershipFactory(organisation=office, role="administrator").user
    client = as_user(foreign)
    shown = client.get("/personer/").context["organisations"]
    assert [organisation.slug for organisation in shown] == ["annat-kontor"]
    assert client.get("/personer/backe-bygdegard/").status_code == 404
    assert client.get("/uppfoljning/?region=jamtland-harjedalen").status_code == 404


CHANGES = [
    ("/personer/backe-bygdegard/ny/", {"email": "ny@example.org", "role": "presenter"}, {"administrator"}),
    ("/personer/backe-bygdegard/adress/", {"email": "ny@example.org"}, {"administrator"}),
    (VENUE, {"name": "Nya salen", "kind": "theatre"}, {"presenter"}),
    (f"{VENUE}ort/", {"place": "ort-1", "address": "Byvägen 1"}, {"presenter"}),
    (f"{VENUE}sok-adress/", {}, {"presenter"}),
]


@pytest.mark.parametrize(("url", "data", "allowed"), CHANGES)
@pytest.mark.parametrize("who", PEOPLE)
def test_a_change_is_made_by_those_who_may(world, as_user, who, url, data, allowed):
    expected = 302 if who in allowed else 404
    assert as_user(getattr(world, who)).post(url, data).status_code == expected


@pytest.mark.parametrize("url", [url for url, _data, _allowed in CHANGES if url != VENUE])
def test_a_change_is_never_made_by_looking(world, as_user, url):
    assert as_user(world.administrator).get(url).status_code == 405


# -- Follow-up ---------------------------------------


def test_the_follow_up_counts_the_season_that_runs(world, as_user):
    visit(world)
    visit(world, STARTS_AT + DAY, status="cancelled")
    report = as_user(world.officer).get("/uppfoljning/").context["report"]
    assert (report.total.performances, [ground.name for ground in report.silent]) == (
        1,
        ["Krokom", "Åre", "Östersund"],
    )


def test_a_season_ahead_is_not_shown_first(world, as_user):
    make.SeasonFactory(name="Hösten 2027", slug="hosten-2027", starts_on="2027-08-20", ends_on="2027-12-12")
    context = as_user(world.officer).get("/uppfoljning/").context
    assert context["season"].slug == "varen-2027"
    assert [chip["label"] for chip in context["chips"]] == ["Hösten 2027", "Våren 2027"]


def test_a_season_can_be_chosen(world, as_user):
    make.SeasonFactory(name="Hösten 2027", slug="hosten-2027", starts_on="2027-08-20", ends_on="2027-12-12")
    client = as_user(world.officer)
    assert client.get("/uppfoljning/?sasong=hosten-2027").context["season"].slug == "hosten-2027"
    assert client.get("/uppfoljning/?sasong=ingen").status_code == 404


def test_the_table_is_sorted_by_the_address(world, as_user):
    visit(world)
    client = as_user(world.officer)
    first = [
        client.get(f"/uppfoljning/?ordning={key}").context["lines"][0].ground.name
        for key in ("-antal", "kommun")
    ]
    assert first == ["Strömsund", "Krokom"]


def test_a_heading_turns_the_order(world, as_user):
    columns = as_user(world.officer).get("/uppfoljning/?ordning=-antal").context["columns"]
    assert (columns[1]["order"], columns[1]["url"]) == ("descending", "?sasong=varen-2027&ordning=antal")


def test_an_unknown_order_is_the_usual_one(world, as_user):
    assert (
        as_user(world.officer).get("/uppfoljning/?ordning=slump").context["columns"][0]["order"]
        == "ascending"
    )


def test_the_follow_up_without_a_season_says_so(world, en):
    world.tour.delete()
    Season.objects.exclude(pk=world.season.pk).delete()
    world.wish.delete(), world.neighbour_wish.delete(), world.school_wish.delete()
    world.season.delete()
    assert "There is no season yet" in en(world.officer).get("/uppfoljning/").content.decode()


def test_the_file_has_a_row_for_each_municipality_and_one_for_all(world, en):
    visit(world)
    answer = en(world.officer).get("/uppfoljning.csv")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert answer["Content-Disposition"] == 'attachment; filename="uppfoljning-varen-2027.csv"'
    assert [row.split(";")[:3] for row in rows[1:]] == [
        ["Krokom", "2309", "0"],
        ["Strömsund", "2313", "1"],
        ["Åre", "2321", "0"],
        ["Östersund", "2380", "0"],
        ["In all", "", "1"],
    ]


def test_unknown_inhabitants_are_said_to_be_unknown(world, en):
    visit(world)
    assert en(world.officer).get("/uppfoljning/").content.decode().count("unknown") >= 5


# -- What it costs ---------------------------------------


@pytest.mark.parametrize(
    ("url", "who"), [("/personer/", "officer"), ("/lokaler/", "producer"), ("/uppfoljning/", "officer")]
)
def test_a_page_asks_no_more_for_more_rows(world, as_user, url, who, django_assert_max_num_queries):
    client = as_user(getattr(world, who))
    client.get(url)
    with django_assert_max_num_queries(25) as before:
        client.get(url)
    for number in range(2):
        host = make.OrganisationFactory(municipality=world.places["Backe"].municipality)
        make.MembershipFactory(organisation=host)
        visit(world, STARTS_AT + number * DAY, presenter=host, venue=make.VenueFactory(organisation=host))
    with django_assert_max_num_queries(25) as after:
        client.get(url)
    assert len(after) == len(before)
