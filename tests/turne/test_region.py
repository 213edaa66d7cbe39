"""The region's pages: who sees them, what they change, and what they say when they can not."""

from datetime import UTC, datetime, timedelta

import pytest

from bookings.models import Season
from tests import factories as make
from tests.bookings.visits import NOW, STARTS_AT, visit
from venues import geocoding, travel
from venues.errors import GeocoderOutage
from venues.models import Closure, Membership, Organisation, TravelOverride, Venue

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


@pytest.fixture
def en(as_user, client):
    """Log in as somebody who reads English."""

    def log_in(user):
        client.cookies["django_language"] = "en"
        return as_user(user)

    return log_in


def said(answer) -> list[str]:
    """The messages on the page that follows."""
    return [str(message) for message in answer.context["messages"]]


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
    (f"{VENUE}stangt/", {"starts_on": "2027-03-01", "ends_on": "2027-03-02"}, {"presenter"}),
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


# -- People ---------------------------------------


def test_an_organisation_is_added_with_its_role(world, as_user):
    data = {"name": "Lits bygdegård", "roles": ["presenter"], "municipality": "", "email": ""}
    answer = as_user(world.administrator).post("/personer/lagg-till/", data)
    assert answer["Location"] == "/personer/lits-bygdegard/"
    assert Organisation.objects.get(slug="lits-bygdegard").roles.get().role == "presenter"


def test_a_name_that_is_taken_is_said_beside_the_name(world, as_user):
    data = {
        "name": "backe bygdegård",
        "roles": ["presenter"],
        "municipality": world.places["Backe"].municipality.pk,
    }
    answer = as_user(world.administrator).post("/personer/lagg-till/", data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])


def test_a_role_that_does_not_fit_is_not_offered(world, as_user):
    answer = as_user(world.administrator).get("/personer/backe-bygdegard/")
    assert [value for value, _label in answer.context["fitting"]] == ["presenter"]


def test_a_role_that_does_not_fit_is_refused_all_the_same(world, as_user):
    data = {"email": "ny@example.org", "role": "administrator"}
    answer = as_user(world.administrator).post("/personer/backe-bygdegard/ny/", data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["role"])


def test_a_removed_member_is_one_press_from_coming_back(world, en):
    membership = Membership.objects.get(user=world.presenter)
    answer = en(world.administrator).post(f"/personer/medlemskap/{membership.pk}/ta-bort/", follow=True)
    assert said(answer) == [
        "Presenter is no longer presenter. To undo it, press Add: the form below is filled in."
    ]
    assert answer.context["form"].initial["email"] == "presenter@example.org"


def test_the_last_administrator_can_not_remove_himself(world, en):
    membership = Membership.objects.get(user=world.administrator)
    answer = en(world.administrator).post(f"/personer/medlemskap/{membership.pk}/ta-bort/", follow=True)
    assert "is the last administrator" in said(answer)[0]
    assert Membership.objects.filter(pk=membership.pk).exists()


def test_an_officer_removes_nobody(world, as_user):
    membership = Membership.objects.get(user=world.presenter)
    assert as_user(world.officer).post(f"/personer/medlemskap/{membership.pk}/ta-bort/").status_code == 404
    assert Membership.objects.filter(pk=membership.pk).exists()


@pytest.mark.parametrize("words", ["BYGDEGÅRD", "bygdegard", "backe"])
def test_an_organisation_is_found_whatever_the_letters(world, as_user, words):
    shown = as_user(world.officer).get("/personer/", {"namn": words}).context["organisations"]
    assert [organisation.name for organisation in shown] == ["Backe bygdegård"]


def test_organisations_are_listed_by_what_they_are(world, as_user):
    shown = as_user(world.officer).get("/personer/?roll=school").context["organisations"]
    assert [organisation.name for organisation in shown] == ["Krokoms skola"]


# -- Venues ---------------------------------------


def test_ones_own_venues_come_first(world, as_user):
    context = as_user(world.presenter).get("/lokaler/").context
    assert [row["venue"] for row in context["mine"]] == [world.venue]
    assert context["others"] == []


def test_a_producer_reads_every_venue(world, as_user):
    assert len(as_user(world.producer).get("/lokaler/").context["others"]) == 3


def test_a_venue_is_found_whatever_the_letters(world, as_user):
    found = as_user(world.producer).get("/lokaler/", {"namn": "STRÖMSUND"}).context["others"]
    assert [row["venue"] for row in found] == [world.neighbour_venue]


@pytest.mark.parametrize(("value", "known"), [("True", True), ("False", False), ("", None)])
def test_a_fact_is_yes_no_or_not_known(world, as_user, value, known):
    as_user(world.presenter).post(VENUE, {"name": "Salen", "kind": "theatre", "hearing_loop": value})
    assert Venue.objects.get(pk=world.venue.pk).hearing_loop is known


def test_what_is_left_empty_is_not_known(world, as_user):
    as_user(world.presenter).post(VENUE, {"name": "Salen", "kind": "theatre", "seats": ""})
    assert Venue.objects.get(pk=world.venue.pk).seats is None


def test_the_form_shows_what_is_known(world, as_user):
    Venue.objects.filter(pk=world.venue.pk).update(hearing_loop=False, lift=True)
    page = as_user(world.presenter).get(VENUE).content.decode()
    checked = [line for line in page.split("<label>") if "checked" in line]
    assert any('name="hearing_loop" value="False"' in line for line in checked)
    assert any('name="lift" value="True"' in line for line in checked)
    assert any('name="shower" value=""' in line for line in checked)


def test_every_fact_stands_in_the_form_once(world, as_user):
    form = as_user(world.presenter).get(VENUE).context["form"]
    shown = [field.name for _heading, fields in form.sections() for field in fields]
    assert sorted(shown) == sorted(set(form.fields) - {"name", "kind"})


def test_an_impossible_fact_is_refused_beside_it(world, as_user):
    data = {"name": "Salen", "kind": "theatre", "seats": "-4", "width_m": "bred"}
    answer = as_user(world.presenter).post(VENUE, data)
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, ["seats", "width_m"])
    assert Venue.objects.get(pk=world.venue.pk).seats == 120


def test_what_producers_ask_and_nobody_told_is_shown(world, as_user):
    world.production.rider.needs_piano = True
    world.production.rider.save()
    questions = as_user(world.presenter).get(VENUE).context["questions"]
    assert [question.fact for question in questions] == ["piano"]


def test_the_gazetteer_finds_the_place_of_an_address(world, as_user):
    matches = as_user(world.presenter).get(VENUE, {"adress": "Storgatan 1, Strömsund"}).context["matches"]
    assert matches[0].place == world.places["Strömsund"]


def test_a_place_that_was_found_is_taken(world, as_user):
    as_user(world.presenter).post(f"{VENUE}ort/", {"place": world.places["Åre"].slug, "address": "Torget 1"})
    venue = Venue.objects.select_related("place").get(pk=world.venue.pk)
    assert (venue.place.name, venue.address) == ("Åre", "Torget 1")


def test_the_address_server_is_offered_only_where_there_is_one(world, as_user, settings):
    client = as_user(world.presenter)
    before = "sok-adress" in client.get(VENUE).content.decode()
    settings.GEOCODER = "nominatim"
    assert (before, "sok-adress" in client.get(VENUE).content.decode()) == (False, True)


def test_a_position_from_the_address_server_is_kept(world, en, monkeypatch):
    monkeypatch.setattr(geocoding, "look_up", lambda address: geocoding.Spot(63.8, 16.4, "Byvägen, Backe"))
    answer = en(world.presenter).post(f"{VENUE}sok-adress/", follow=True)
    assert said(answer) == ["Found: Byvägen, Backe."]
    assert Venue.objects.get(pk=world.venue.pk).lat == 63.8


def test_an_unknown_address_is_told_from_an_outage(world, en, monkeypatch):
    def out(address):
        raise GeocoderOutage("The address server does not answer.")

    client, answers = en(world.presenter), []
    for look_up in (lambda address: None, out):
        monkeypatch.setattr(geocoding, "look_up", look_up)
        answers += said(client.post(f"{VENUE}sok-adress/", follow=True))
    assert answers == ["The address server does not know Backe.", "The address server does not answer."]


def test_a_closure_of_whole_days_lasts_from_midnight_to_midnight(world, as_user):
    as_user(world.presenter).post(
        f"{VENUE}stangt/", {"starts_on": "2027-03-01", "ends_on": "2027-03-02", "reason": "Slipning"}
    )
    closure = Closure.objects.get()
    assert (closure.starts_at, closure.ends_at) == (
        datetime(2027, 2, 28, 23, tzinfo=UTC),
        datetime(2027, 3, 2, 23, tzinfo=UTC),
    )


def test_a_closure_may_have_hours(world, as_user):
    data = {"starts_on": "2027-03-01", "starts_at": "08:00", "ends_on": "2027-03-01", "ends_at": "12:00"}
    as_user(world.presenter).post(f"{VENUE}stangt/", data)
    assert Closure.objects.get().ends_at == datetime(2027, 3, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"starts_on": "2027-04-31", "ends_on": "2027-05-01"}, "starts_on"),
        ({"starts_on": "2027-03-02", "ends_on": "2027-03-01"}, "ends_on"),
        ({"starts_on": "2026-03-01", "ends_on": "2026-03-02"}, "ends_on"),
    ],
)
def test_an_impossible_closure_is_refused(world, as_user, data, field):
    answer = as_user(world.presenter).post(f"{VENUE}stangt/", data)
    assert (answer.status_code, list(answer.context["closure_form"].errors)) == (422, [field])
    assert Closure.objects.count() == 0


def test_a_closure_over_a_visit_points_it_out(world, en):
    visit(world)
    answer = en(world.presenter).post(
        f"{VENUE}stangt/", {"starts_on": "2027-02-04", "ends_on": "2027-02-04"}, follow=True
    )
    assert said(answer)[1] == "1 visit is booked then. It still stands: call its producer."


def test_only_the_venues_own_closures_are_taken_away(world, as_user):
    theirs = Closure.objects.create(venue=world.neighbour_venue, starts_at=NOW, ends_at=NOW + DAY)
    answer = as_user(world.presenter).post(f"{VENUE}stangt/{theirs.pk}/ta-bort/")
    assert (answer.status_code, Closure.objects.count()) == (404, 1)


def test_a_closure_is_taken_away(world, as_user):
    mine = Closure.objects.create(venue=world.venue, starts_at=NOW, ends_at=NOW + DAY)
    as_user(world.presenter).post(f"{VENUE}stangt/{mine.pk}/ta-bort/")
    assert Closure.objects.count() == 0


# -- Roads ---------------------------------------


def pair(world, start: str = "Östersund", end: str = "Strömsund") -> str:
    return f"/vagar/?fran={world.places[start].slug}&till={world.places[end].slug}"


def test_a_drive_is_looked_up(world, as_user):
    leg = as_user(world.producer).get(pair(world)).context["leg"]
    assert (leg.km, leg.minutes) == (103.0, 74)


def test_a_drive_that_no_road_joins_says_so(world, as_user):
    make.PlaceFactory(name="Ingenstans", slug="ingenstans")
    answer = as_user(world.producer).get(f"/vagar/?fran=ingenstans&till={world.places['Åre'].slug}")
    assert "Ingenstans" in answer.context["no_road"]


def test_what_a_producer_types_counts_from_then_on(world, as_user):
    client = as_user(world.producer)
    answer = client.post(pair(world), {"minutes": 95, "km": "103", "reason": "Vinterväg"})
    assert answer.status_code == 302
    assert client.get(pair(world)).context["leg"].minutes == 95
    assert TravelOverride.objects.get().by == world.producer


def test_an_impossible_drive_is_refused_with_the_reason(world, as_user):
    answer = as_user(world.producer).post(pair(world), {"minutes": 10, "km": "103", "reason": "Fort"})
    assert answer.status_code == 422
    assert TravelOverride.objects.count() == 0


def test_the_list_says_who_and_the_graph_can_decide_again(world, as_user):
    travel.set_override(world.places["Östersund"], world.places["Åre"], 90, 100, "Mätt", world.producer)
    client = as_user(world.producer)
    assert [row.by for row in client.get("/vagar/").context["overrides"]] == [world.producer]
    client.post(f"/vagar/{TravelOverride.objects.get().pk}/ta-bort/")
    assert TravelOverride.objects.count() == 0


def test_roads_of_another_region_are_its_own_producers(world, as_user):
    far = make.RegionFactory(slug="g", name="Gotland", code="09", is_served=True)
    make.MembershipFactory(
        user=world.stranger,
        organisation=make.OrganisationFactory(region=far, roles=["producer"]),
        role="producer",
    )
    typed = travel.set_override(
        world.places["Östersund"], world.places["Åre"], 90, 100, "Mätt", world.producer
    )
    client = as_user(world.stranger)
    assert list(client.get("/vagar/").context["overrides"]) == []
    assert client.post(f"/vagar/{typed.pk}/ta-bort/").status_code == 404
    client.post(pair(world), {"minutes": 95, "km": "103", "reason": "Vinterväg"})
    assert list(TravelOverride.objects.values_list("drive_min", flat=True)) == [90]


def test_a_road_may_lead_into_a_neighbouring_region(world, as_user):
    near = make.RegionFactory(slug="n", name="Norr", code="24")
    near.neighbours.add(world.season.region)
    town = make.PlaceFactory(municipality=make.MunicipalityFactory(region=near, code="2401"), slug="bortom")
    url = f"/vagar/?fran={world.places['Åre'].slug}&till={town.slug}"
    as_user(world.producer).post(url, {"minutes": 95, "km": "103", "reason": "Vinterväg"})
    assert TravelOverride.objects.get().drive_min == 95


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
