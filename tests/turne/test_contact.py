"""How an organisation is reached, changed by whoever acts for it, and an address that does not work."""

from typing import Any

from django.test import Client

from bookings.models import Unreachable
from tests.agreements import NOW, confirmed
from tests.world import World


def address_of(world: World) -> str:
    return f"/konto/organisation/{world.presenting.slug}/"


def test_address_telephone_and_language(world: World, en: Any) -> None:
    client: Client = en(world.presenter)
    client.post(address_of(world), {"email": "ny@example.org", "phone": "010-1", "language": "en"})
    world.presenting.refresh_from_db()
    told = world.presenting
    assert (told.email, told.phone, told.language) == ("ny@example.org", "010-1", "en")


def test_from_then_on_mail_comes_in_that_language(world: World, en: Any) -> None:
    en(world.presenter).post(address_of(world), {"email": world.presenting.email, "language": "en"})
    world.wish.organisation.refresh_from_db()
    assert confirmed(world).notices.get(kind="confirmed").language == "en"


def test_a_wrong_address_is_told_beside_its_field(world: World, en: Any) -> None:
    answer = en(world.presenter).post(address_of(world), {"email": "boka@", "language": "sv"})
    assert (answer.status_code, "email" in answer.context["form"].errors) == (422, True)


def test_the_account_leads_there(world: World, en: Any) -> None:
    assert address_of(world) in en(world.presenter).get("/konto/").content.decode()
    assert "/konto/organisation/" not in en(world.officer).get("/konto/").content.decode()


def test_an_address_that_does_not_work_is_told_until_it_does(world: World, en: Any) -> None:
    Unreachable.objects.create(email=world.presenting.email, noted_at=NOW, reason="550")
    page = f"/personer/{world.presenting.slug}/"
    client: Client = en(world.administrator)
    assert "has come back" in client.get(page).content.decode()
    client.post(f"{page}adress/fungerar/")
    assert "has come back" not in client.get(page).content.decode()
