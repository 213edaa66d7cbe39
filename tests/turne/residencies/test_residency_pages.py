"""The private pages of residencies: for the host, the artist and the region."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import Residency
from bookings.residencies import contracts, ending
from tests.bookings.residencies.stays_made import NOW, Stay, confirmed, offered, planned
from tests.turne.pages import get, post, text_of
from tests.world import World
from turne.web.residencies.tabs import PLANNING, TABS
from venues.models import Dwelling, Venue


@pytest.fixture(autouse=True)
def on_monday(later: Any) -> None:
    later(NOW)


@pytest.fixture
def stay(world: World) -> Stay:
    return offered(world)


def url(stay: Stay, page: str = "") -> str:
    return f"/residenser/{stay.residency.pk}/{page}"


def sent(stay: Stay, **more: Any) -> dict[str, Any]:
    return {"version": stay.fresh().version, "residens": stay.residency.pk, **more}


class TestTheList:
    def test_each_sees_ones_own(self, stay: Stay, en: Any) -> None:
        seen = [
            "Vindens väg" in text_of(get(en(user), "/residenser/"))
            for user in (stay.world.presenter, stay.artist, stay.world.officer, stay.world.neighbour)
        ]
        assert seen == [True, True, True, False]

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("lage=offered", True),
            ("lage=planned", False),
            ("ar=2027", True),
            ("ar=2028", False),
            ("ar=0000", True),
            ("vard=backe-bygdegard", True),
            ("vard=scenlaget", False),
            ("lage=x%00", True),
        ],
    )
    def test_it_is_narrowed_in_the_address(self, stay: Stay, en: Any, query: str, found: bool) -> None:
        assert ("Vindens väg" in text_of(get(en(stay.world.officer), f"/residenser/?{query}"))) is found

    def test_nobodys_list_says_so(self, world: World, en: Any) -> None:
        assert "No residency yet" in text_of(get(en(world.neighbour), "/residenser/"))


class TestTheNeeds:
    """By name: what the artist needs is for the host and the artist alone."""

    def test_the_officer_reads_them_nowhere(self, stay: Stay, en: Any) -> None:
        officer = en(stay.world.officer)
        pages = ["", "avtal/", "avtal/1/", "andra/", "avtal/skicka/"]
        assert ["Hiss." in text_of(get(officer, url(stay, page))) for page in pages] == [False] * len(pages)
        assert officer.get(url(stay, "behov/")).status_code == 404

    def test_the_host_and_the_artist_do(self, stay: Stay, en: Any) -> None:
        seen = ["Hiss." in text_of(get(en(user), url(stay))) for user in (stay.world.presenter, stay.artist)]
        assert seen == [True, True]

    def test_the_artist_tells_them(self, stay: Stay, en: Any) -> None:
        post(en(stay.artist), url(stay, "behov/"), sent(stay, access_needs="Hörslinga."))
        assert stay.fresh().access_needs == "Hörslinga."


class TestTheContract:
    def test_both_agree_and_it_is_confirmed(self, stay: Stay, en: Any) -> None:
        for side, user in (("host", stay.world.presenter), ("artist", stay.artist)):
            post(en(user), url(stay, "avtal/ja/"), sent(stay, side=side, number=1))
        assert stay.fresh().status == "confirmed"

    def test_nobody_agrees_for_another(self, stay: Stay, en: Any) -> None:
        answers = [
            en(user).post(url(stay, "avtal/ja/"), sent(stay, side=side, number=1)).status_code
            for user, side in (
                (stay.world.officer, "host"),
                (stay.artist, "host"),
                (stay.world.presenter, "artist"),
            )
        ]
        assert (answers, stay.fresh().status) == ([404, 404, 404], "offered")

    def test_a_no_is_shown_with_who_said_it(self, stay: Stay, en: Any) -> None:
        post(en(stay.artist), url(stay, "avtal/nej/"), sent(stay, side="artist", number=1, why="Datumen."))
        assert "has said no" in text_of(get(en(stay.world.presenter), url(stay, "avtal/")))

    @pytest.mark.parametrize("why", ["Datumen.\0", "x" * 501])
    def test_a_no_in_words_that_nobody_can_keep_is_none(self, stay: Stay, en: Any, why: str) -> None:
        post(en(stay.artist), url(stay, "avtal/nej/"), sent(stay, side="artist", number=1, why=why))
        assert contracts.declined_by(stay.fresh()) == ""

    def test_it_is_sent_and_what_differs_shown(self, stay: Stay, en: Any) -> None:
        officer = en(stay.world.officer)
        line = {"kind_1": "stipend", "paid_by_1": "region", "planned_1": "30000"}
        post(officer, url(stay, "pengar/"), sent(stay, **line))
        assert "What differs" in text_of(get(officer, url(stay, "avtal/skicka/")))
        post(officer, url(stay, "avtal/skicka/"), sent(stay, answer_by="2027-02-01T16:00"))
        assert list(stay.residency.contracts.values_list("number", flat=True)) == [1, 2]

    def test_what_it_would_not_say_is_told_before_it_is_sent(self, world: World, en: Any) -> None:
        stay, host = planned(world), en(world.presenter)
        told = text_of(get(host, url(stay, "avtal/skicka/")))
        line = {"kind_1": "stipend", "paid_by_1": "region", "planned_1": "0"}
        post(host, url(stay, "pengar/"), sent(stay, **line))
        again = text_of(get(host, url(stay, "avtal/skicka/")))
        words = (
            "No room is reserved",
            "Nothing is said about money yet",
            "“stipend” is planned to cost nothing",
        )
        assert [[one in page for one in words] for page in (told, again)] == [
            [True, True, False],
            [True, False, True],
        ]

    def test_it_goes_on_paper(self, stay: Stay, en: Any) -> None:
        page = text_of(get(en(stay.artist), url(stay, "avtal/1/")))
        assert ("Fingerprint" in page, stay.residency.contracts.get().digest in page) == (True, True)

    def test_it_waits_in_the_week_of_whoever_is_asked(self, stay: Stay, en: Any) -> None:
        asked = [
            "Read the contract" in text_of(get(en(one), "/min-vecka/"))
            for one in (stay.artist, stay.world.presenter)
        ]
        assert asked == [True, True]
        assert "Read the contract" not in text_of(get(en(stay.world.officer), "/min-vecka/"))


class TestWriting:
    def test_a_host_plans_one(self, world: World, en: Any) -> None:
        form = {
            "host": world.presenting.pk, "place": world.places["Backe"].pk, "first": "2027-05-03", "last": "2027-05-16",
            "title": "Skogens väg", "artist_name": "Duon", "art_form": "dance", "people_count": 2, "click": "1",
            "artist_email": "duon@example.org",
        }  # fmt: skip
        answer = post(en(world.presenter), "/residenser/ny/", form)
        made = Residency.objects.get()
        assert answer.headers["Location"] == f"/residenser/{made.pk}/"
        assert (made.title, made.periods.count(), str(made.artist)) == ("Skogens väg", 1, "duon@example.org")

    def test_the_only_host_is_chosen_already(self, world: World, en: Any) -> None:
        chosen = [get(en(one), "/residenser/ny/").context["form"] for one in (world.presenter, world.officer)]
        assert [(form["host"].value(), form["place"].value()) for form in chosen] == [
            (world.presenting.pk, world.venue.place_id),
            (None, None),
        ]

    def test_a_host_plans_none_for_another(self, world: World, en: Any) -> None:
        form = {"host": world.neighbouring.pk, "place": world.places["Backe"].pk, "click": "1"}
        assert en(world.presenter).post("/residenser/ny/", form).status_code == 422
        assert Residency.objects.count() == 0

    def test_rooms_and_dwellings_are_reserved_and_let_go(self, world: World, en: Any) -> None:
        stay = planned(world)
        host: Client = en(world.presenter)
        post(host, url(stay, "lokal/"), sent(stay, venue=world.venue.pk, start="09:00", end="12:00"))
        post(host, url(stay, "bostad/"), sent(stay, dwelling=stay.dwelling.pk))
        assert stay.fresh().allocations.count() == 30
        post(host, url(stay, "slapp/"), sent(stay, what=f"venue-{world.venue.pk}"))
        assert stay.fresh().allocations.count() == 2

    def test_a_host_chooses_among_its_own_rooms(self, world: World, en: Any) -> None:
        stay = planned(world)
        answer = en(world.presenter).post(url(stay, "lokal/"), sent(stay, venue=world.neighbour_venue.pk))
        assert (answer.status_code, stay.fresh().allocations.count()) == (422, 0)

    def test_the_hosts_own_stand_first_and_others_with_whose_they_are(self, world: World, en: Any) -> None:
        stay, officer = planned(world), en(world.officer)
        Venue.objects.filter(pk=world.venue.pk).update(name="Ö")
        other = Dwelling.objects.create(
            owner=world.neighbouring, place=world.places["Backe"], name="A", beds=1
        )
        rooms = get(officer, url(stay, "lokal/")).context["form"]["venue"].field
        homes = get(officer, url(stay, "bostad/")).context["form"]["dwelling"].field.queryset
        labels = [rooms.label_from_instance(one) for one in rooms.queryset]
        neighbours = world.neighbour_venue
        assert (labels[0], f"{neighbours}, {neighbours.organisation}" in labels) == ("Ö", True)
        assert list(homes) == [stay.dwelling, other]

    def test_without_a_dwelling_to_choose_it_says_where_they_are_written(self, world: World, en: Any) -> None:
        stay = planned(world)
        stay.dwelling.delete()
        assert 'href="/bostader/"' in get(en(world.presenter), url(stay, "bostad/")).content.decode()

    def test_a_taken_room_is_said_with_by_what(self, world: World, en: Any) -> None:
        confirmed(world)
        stay = planned(world, title="Skogens väg")
        answer = en(world.presenter).post(url(stay, "lokal/"), sent(stay, venue=world.venue.pk))
        assert (answer.status_code, "(Vindens väg)" in text_of(answer)) == (409, True)

    def test_a_period_is_split(self, stay: Stay, en: Any) -> None:
        host, first = en(stay.world.presenter), stay.residency.periods.all()[0]
        fields = {"period": first.pk, "on": "2027-05-10"}
        assert url(stay, "perioder/dela/") in get(host, url(stay)).content.decode()
        post(host, url(stay, "perioder/dela/"), sent(stay, **fields))
        assert [(one.ends_on - one.starts_on).days for one in stay.fresh().periods.all()] == [6, 6, 13]

    def test_what_can_not_be_split_has_no_page(self, stay: Stay, en: Any) -> None:
        Residency.objects.filter(pk=stay.residency.pk).update(status="cancelled", cancelled_at=NOW)
        host = en(stay.world.presenter)
        assert host.get(url(stay, "perioder/dela/")).status_code == 404
        assert "perioder/dela/" not in get(host, url(stay)).content.decode()

    def test_periods_are_changed_in_rows(self, stay: Stay, en: Any) -> None:
        rows = {"period_1_from": "2027-06-07", "period_1_to": "2027-06-13"}
        post(en(stay.world.presenter), url(stay, "perioder/"), sent(stay, **rows))
        assert [str(row) for row in stay.fresh().periods.all()] == ["2027-06-07 – 2027-06-13"]

    def test_people_to_reach_are_seen_by_the_artist(self, stay: Stay, en: Any) -> None:
        who = {"role_1": "Vaktmästare", "name_1": "Nils", "phone_1": "070", "email_1": ""}
        post(en(stay.world.presenter), url(stay, "kontakter/"), sent(stay, **who))
        assert "Nils" in text_of(get(en(stay.artist), url(stay)))


class TestEnding:
    def test_the_host_withdraws_and_the_region_finds_another(self, stay: Stay, en: Any) -> None:
        post(en(stay.world.presenter), url(stay, "stall-in/"), sent(stay, side="host", why="Taket läcker."))
        assert "Taket läcker." in text_of(get(en(stay.artist), url(stay)))
        form = {"host": stay.world.neighbouring.pk, "place": stay.world.places["Strömsund"].pk}
        post(en(stay.world.officer), url(stay, "annan-vard/"), sent(stay, **form))
        assert stay.fresh().host == stay.world.neighbouring
        assert en(stay.world.presenter).get(url(stay)).status_code == 404

    def test_nobody_cancels_for_another(self, stay: Stay, en: Any) -> None:
        answer = en(stay.artist).post(url(stay, "stall-in/"), sent(stay, side="region", why="Nej."))
        assert (answer.status_code, stay.fresh().status) == (404, "offered")

    def test_a_cancelled_one_is_not_changed(self, stay: Stay, en: Any) -> None:
        ending.cancel(stay.residency, "region", why="Pengarna.", **stay.act())
        answer = en(stay.world.officer).post(url(stay, "pengar/"), sent(stay))
        assert answer.status_code == 409


def test_the_artist_alone_makes_a_private_link_of_it(stay: Stay, en: Any) -> None:
    link = f"/prenumerera/privat/?vems=artist-{stay.artist.pk}"
    shown = [
        f'href="{link}"' in get(en(user), url(stay)).content.decode()
        for user in (stay.world.presenter, stay.artist)
    ]
    assert shown == [False, True]
    assert get(en(stay.artist), link).context["form"]["whose"].initial == f"artist-{stay.artist.pk}"


@pytest.mark.parametrize("page", TABS)
def test_whoever_runs_it_comes_to_the_planning_from_each_page(stay: Stay, en: Any, page: str) -> None:
    address = reverse(page, args=[stay.residency.pk])
    counts = [len(get(en(user), address).context["tabs"]) for user in (stay.world.presenter, stay.artist)]
    assert counts == [len(TABS | PLANNING), len(TABS)]


def test_what_was_done_is_folded(stay: Stay, en: Any) -> None:
    page = get(en(stay.world.officer), url(stay)).content.decode()
    assert '<details class="more no-print"><summary>What was done</summary>' in page
