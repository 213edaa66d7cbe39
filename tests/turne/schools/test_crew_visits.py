"""A visit that a crew hosts, with an account: taken and left on the visit's page, tasks ticked, the run sheet."""

from collections.abc import Callable

import pytest
from django.test import Client

from bookings import crew_invitations, crews, lifecycle
from bookings.models import CrewInvitation, CrewTask, CrewVisit
from tests.agreements import NOW, confirmed
from tests.crews import crew_of, fresh, hosted, template
from tests.turne.pages import get, post, said, text_of
from tests.world import World
from turne.web import paper

Login = Callable[..., Client]


class TestOnThePageOfTheVisit:
    def test_a_crew_is_let_take_it(self, world: World, en: Login) -> None:
        template(world)
        booking, crew, client = confirmed(world), crew_of(world.presenting), en(world.presenter)
        assert "Which crew hosts the visit?" in text_of(get(client, f"/bokning/{booking.pk}/"))
        response = post(client, f"/crew/besok/{booking.pk}/ta/", {"crew": crew.pk}, follow=True)
        assert "Lyktan hosts the visit. Here are its tasks." in said(response)
        assert "The crew Lyktan hosts the visit" in text_of(get(client, f"/bokning/{booking.pk}/"))

    def test_where_there_is_no_crew_nothing_is_said(self, world: World, en: Login) -> None:
        shown = text_of(get(en(world.presenter), f"/bokning/{confirmed(world).pk}/"))
        assert "Which crew hosts" not in shown

    def test_the_producer_sees_who_hosts_and_how_far_it_is(self, world: World, en: Login) -> None:
        booking = hosted(world).booking
        shown = text_of(get(en(world.producer), f"/bokning/{booking.pk}/"))
        assert "KulturCrew 0 of 5 done" in shown
        assert "The crew does not host it" not in shown

    def test_it_is_left(self, world: World, en: Login) -> None:
        booking = hosted(world).booking
        post(en(world.presenter), f"/crew/besok/{booking.pk}/lamna/")
        assert crews.visit_of(booking) is None

    def test_a_refusal_is_said_there(self, world: World, en: Login) -> None:
        booking, crew = confirmed(world), crew_of(world.presenting)
        response = post(en(world.presenter), f"/crew/besok/{booking.pk}/ta/", {"crew": crew.pk}, follow=True)
        assert said(response)[0].endswith("They come with the region's data.")

    @pytest.mark.parametrize("sent", ["", "x", "99999999999999999999"])
    def test_a_crew_that_is_none_is_not_found(self, world: World, en: Login, sent: str) -> None:
        booking = confirmed(world)
        assert post(en(world.presenter), f"/crew/besok/{booking.pk}/ta/", {"crew": sent}).status_code == 404


class TestAtAnotherHouse:
    def test_its_house_is_asked_and_says_yes(self, world: World, en: Login) -> None:
        template(world)
        booking, crew = confirmed(world), crew_of(world.neighbouring, name="Ridån")
        host = en(world.presenter)
        shown = f"/bokning/{booking.pk}/"
        assert "A crew of another house in the municipality" in text_of(get(host, shown))
        post(host, f"/crew/besok/{booking.pk}/fraga/", {"crew": crew.pk})
        assert "has been asked to host the visit since" in text_of(get(host, shown))
        guest = en(world.neighbour)
        assert "asked to host 1 visit" in text_of(get(guest, "/crew/"))
        assert "Asked to host" in text_of(get(guest, f"/crew/{crew.pk}/"))
        invitation = CrewInvitation.objects.get()
        response = post(guest, f"/crew/inbjudan/{invitation.pk}/", {"answer": "yes"}, follow=True)
        assert "Ridån hosts the visit. Here are its tasks." in said(response)
        assert get(guest, shown).status_code == 404
        assert "Folkets hus Strömsund hosts the visit" in text_of(get(en(world.presenter), shown))

    def test_it_ticks_and_leaves(self, world: World, en: Login) -> None:
        template(world)
        booking, crew = confirmed(world), crew_of(world.neighbouring, name="Ridån")
        asked = crew_invitations.invite(booking, crew, by=world.presenter, now=NOW)
        crew_invitations.accept(asked, by=world.neighbour, now=NOW)
        guest, page = en(world.neighbour), f"/crew/besok/{booking.pk}/"
        assert "The crew does not host it" in text_of(get(guest, page))
        post(guest, page, {"task": "doors-0", "state": "done", "version": 0})
        assert CrewTask.objects.get().is_done
        assert post(guest, f"{page}lamna/")["Location"] == "/crew/"
        assert crews.visit_of(booking) is None

    def test_it_says_no_and_the_house_asks_no_longer(self, world: World, en: Login) -> None:
        template(world)
        booking, crew = confirmed(world), crew_of(world.neighbouring, name="Ridån")
        asked = crew_invitations.invite(booking, crew, by=world.presenter, now=NOW)
        post(en(world.neighbour), f"/crew/inbjudan/{asked.pk}/", {"answer": "no"})
        crew_invitations.invite(booking, crew, by=world.presenter, now=NOW)
        post(en(world.presenter), f"/crew/besok/{booking.pk}/fraga/aterta/")
        outcomes = list(CrewInvitation.objects.order_by("pk").values_list("outcome", flat=True))
        assert outcomes == ["declined", "taken_back"]


class TestTasks:
    def page(self, visit: CrewVisit) -> str:
        return f"/crew/besok/{visit.booking_id}/"

    def test_one_is_ticked(self, world: World, en: Login) -> None:
        visit, client = hosted(world), en(world.presenter)
        post(
            client, self.page(visit), {"task": "doors-0", "state": "done", "version": "0", "nickname": "Kim"}
        )
        assert "done by Kim" in text_of(get(client, self.page(visit)))

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"task": "x"}, "The visit has no such task. Reload the page."),
            ({"nickname": "Kim Berg"}, "Write one nickname in letters only"),
            ({"note": "x" * 201}, "Ensure this value has at most 200 characters"),
            ({"version": "7"}, "Somebody has set “Open the doors”"),
        ],
    )
    def test_a_refusal_is_said(self, world: World, en: Login, changes: dict[str, str], sentence: str) -> None:
        visit = hosted(world)
        sent = {"task": "doors-0", "state": "done", "version": "0", **changes}
        response = post(en(world.presenter), self.page(visit), sent, follow=True)
        assert sentence in said(response)[0]
        assert not CrewTask.objects.exists()

    def test_called_off_it_only_reads(self, world: World, en: Login) -> None:
        visit = hosted(world)
        lifecycle.cancel(visit.booking, by=world.producer, now=NOW, reason="Sjukdom.")
        shown = get(en(world.presenter), self.page(visit))
        assert "nothing is done now" in text_of(shown)
        assert 'class="tick"' not in shown.content.decode()


class TestTheRunSheet:
    def test_has_the_times_and_the_tasks(self, world: World, en: Login) -> None:
        visit = hosted(world)
        crews.tick(visit, "meet-0", is_done=True, version=0, now=NOW)
        shown = text_of(get(en(world.presenter), f"/crew/besok/{visit.booking_id}/korschema/"))
        assert "11:15–12:00 Performance" in shown
        assert "11:05 Audience host ☐ Open the doors" in shown
        assert "☑ Meet them (done)" in shown

    @pytest.mark.skipif(not paper.is_available(), reason="no PDFs can be made here")
    def test_as_pdf(self, world: World, en: Login) -> None:
        visit = fresh(hosted(world))
        response = en(world.presenter).get(f"/crew/besok/{visit.booking_id}/korschema.pdf")
        assert (response["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")
