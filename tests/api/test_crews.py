"""Crews by the API: counts and roles alone, a visit's tasks, and votes."""

from typing import Any

import pytest

from bookings import crew_invitations, crews
from tests.agreements import NOW, confirmed
from tests.api.callers import API, caller, other_producer
from tests.crews import crew_of, hosted, menu_of, template
from tests.world import World
from tours import votes
from venues.crews import add_member, set_item
from venues.models.school_years import bounds, school_year_of

pytestmark = pytest.mark.usefixtures("season_is_open")


def told(world: World, path: str, **headers: str) -> Any:
    return caller(world.presenter, **headers).get(f"{API}/{path}").json()


class TestCrews:
    def test_members_are_told_by_role_and_never_by_nickname(self, world: World) -> None:
        crew = crew_of(world.presenting)
        for nickname in ("Kim", "Sam"):
            add_member(crew, "presenter", today=NOW.date(), nickname=nickname)
        set_item(crew, "shirt", "m", total_count=5, lent_count=2)
        answer = caller(world.presenter).get(f"{API}/crews/{crew.pk}")
        assert bounds(school_year_of(NOW.date()))[0] <= NOW.date()
        assert answer.json()["members"] == [{"role": "presenter", "is_mentor": False, "count": 2}]
        assert answer.json()["items"] == [{"kind": "shirt", "size": "m", "total_count": 5, "lent_count": 2}]
        assert "Kim" not in answer.content.decode()

    def test_the_list_has_ones_own_and_is_narrowed(self, world: World) -> None:
        own = crew_of(world.presenting)
        crew_of(world.neighbouring, name="Andra")
        assert [row["id"] for row in told(world, "crews")["results"]] == [own.pk]
        assert told(world, "crews?is_active=false")["results"] == []


class TestVisits:
    def test_a_crew_takes_ticks_and_leaves(self, world: World) -> None:
        template(world)
        booking, crew, client = confirmed(world), crew_of(world.presenting), caller(world.presenter)
        address = f"{API}/bookings/{booking.pk}/crew"
        assert client.post(address, {"crew": crew.pk}).json()["done_count"] == 0
        ticked = client.put(f"{address}/tasks/doors-0", {"is_done": True, "nickname": "Kim"})
        assert (ticked.json()["is_done"], ticked["ETag"], "Kim" in ticked.content.decode()) == (
            True,
            '"1"',
            False,
        )
        assert client.get(address).json()["done_count"] == 1
        assert (client.delete(address).status_code, client.get(address).status_code) == (204, 404)

    def test_a_tick_over_what_somebody_else_ticked_is_stale(self, world: World) -> None:
        visit = hosted(world)
        crews.tick(visit, "doors-0", is_done=True, version=0, now=NOW)
        client = caller(world.presenter, **{"If-Match": '"0"'})
        answer = client.put(f"{API}/bookings/{visit.booking_id}/crew/tasks/doors-0", {"is_done": False})
        assert (answer.status_code, answer.json()["code"]) == (412, "stale")

    def test_another_houses_crew_is_refused(self, world: World) -> None:
        template(world)
        other = crew_of(world.neighbouring)
        answer = caller(world.presenter).post(
            f"{API}/bookings/{confirmed(world).pk}/crew", {"crew": other.pk}
        )
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/crew")

    def test_what_a_crew_hosts_is_listed(self, world: World) -> None:
        visit = hosted(world)
        (row,) = told(world, f"crews/{visit.crew_id}/visits")["results"]
        assert (row["booking"], row["is_void"], len(row["tasks"])) == (visit.booking_id, False, 5)

    def test_there_is_no_other_task(self, world: World) -> None:
        visit = hosted(world)
        answer = caller(world.presenter).get(f"{API}/bookings/{visit.booking_id}/crew/tasks/dance-0")
        assert answer.status_code == 404


class TestAtAnotherHouse:
    def test_a_crew_is_asked_and_comes(self, world: World) -> None:
        template(world)
        booking, crew = confirmed(world), crew_of(world.neighbouring, name="Ridån")
        host, guest = caller(world.presenter), caller(world.neighbour)
        made = host.post(f"{API}/bookings/{booking.pk}/crew/ask", {"crew": crew.pk}).json()
        assert [row["id"] for row in guest.get(f"{API}/crew-invitations").json()["results"]] == [made["id"]]
        answer = guest.post(f"{API}/crew-invitations/{made['id']}/accept")
        assert (answer.status_code, answer.json()["outcome"]) == (200, "accepted")
        assert guest.get(f"{API}/bookings/{booking.pk}/crew").json()["crew"]["name"] == "Ridån"
        assert guest.get(f"{API}/bookings/{booking.pk}").status_code == 404

    def test_one_that_is_answered_is_a_conflict(self, world: World) -> None:
        template(world)
        crew = crew_of(world.neighbouring, name="Ridån")
        made = crew_invitations.invite(confirmed(world), crew, by=world.presenter, now=NOW)
        address = f"{API}/crew-invitations/{made.pk}"
        caller(world.neighbour).post(f"{address}/decline")
        answer = caller(world.presenter).post(f"{address}/take-back")
        assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


class TestVotes:
    def test_a_vote_is_written_and_summed_for_its_producer(self, world: World) -> None:
        crew, menu = crew_of(world.presenting), menu_of(world, 2)
        address = f"{API}/crews/{crew.pk}/votes/{world.season.slug}"
        body = {"productions": [menu[1].slug, menu[0].slug], "hands_count": 5}
        answer = caller(world.presenter, **{"If-Match": '"0"'}).put(address, body)
        assert (answer.status_code, answer["ETag"]) == (200, '"1"')
        sums = caller(world.producer).get(f"{API}/seasons/{world.season.slug}/votes").json()
        assert [(row["production"]["name"], row["points"]) for row in sums] == [("B", 5), ("A", 4)]
        assert sums[0]["places"] == [{"crew": "Lyktan", "place": 1}]

    def test_over_a_vote_that_was_not_seen_it_is_stale(self, world: World) -> None:
        crew = crew_of(world.presenting)
        votes.vote(
            crew, world.season, [world.production], hands_count=5, version=0, now=NOW.replace(month=11)
        )
        address = f"{API}/crews/{crew.pk}/votes/{world.season.slug}"
        body = {"productions": [world.production.slug], "hands_count": 4}
        assert caller(world.presenter, **{"If-Match": '"0"'}).put(address, body).status_code == 412

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [({"hands_count": 8}, "#/hands_count"), ({"productions": []}, "#/productions")],
    )
    def test_what_can_not_be_points_at_its_field(self, world: World, change: Any, pointer: str) -> None:
        crew = crew_of(world.presenting)
        body = {"productions": [world.production.slug], "hands_count": 4, **change}
        answer = caller(world.presenter).put(f"{API}/crews/{crew.pk}/votes/{world.season.slug}", body)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)

    def test_a_producer_reads_nothing_of_anothers(self, world: World) -> None:
        crew = crew_of(world.presenting)
        votes.vote(
            crew, world.season, [world.production], hands_count=5, version=0, now=NOW.replace(month=11)
        )
        other = f"{API}/seasons/{world.season.slug}/votes"
        assert caller(other_producer()).get(other).json() == []
