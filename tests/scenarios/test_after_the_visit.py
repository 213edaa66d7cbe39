"""From a visit that is over to a claim that lacks nothing: the mail, the link, the settlement, the pack."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bookings import report_reminders
from bookings.models import Booking, Notice
from tests.agreements import DAY, SHOW_AT, confirmed
from tests.world import World
from venues.models import SubsidyScheme

AFTER = SHOW_AT + 2 * DAY


@pytest.fixture
def scheme(world: World) -> SubsidyScheme:
    rules = {
        "per": "show", "cap": "5000", "currency": "SEK", "covers": ["travel", "lodging", "fee"],
        "mileage_per_km": {"car": "3.75"}, "criteria": [{"kind": "presenters", "count": 1, "within": "region"}],
    }  # fmt: skip
    return SubsidyScheme.objects.create(
        region=world.season.region,
        key="s",
        label="Bidraget",
        rules=rules,
        valid_from=SHOW_AT.date(),
        source="sidan",
    )


@pytest.mark.usefixtures("scheme")
def test_from_the_mail_to_the_claim(world: World, as_user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    booking = confirmed(world)
    monkeypatch.setattr(timezone, "now", lambda: AFTER)
    pack = as_user(world.presenter).get("/bidrag/").context["packs"][0]
    assert (pack["ready"], pack["claims"][0]["is_ready"]) == ("0\u00a0kr", False)

    assert report_reminders.remind_due(AFTER) == 1
    mail = Notice.objects.get(kind="report_wanted")
    link = re.search(r"/rapportera/[\w-]+/", mail.body_text)
    assert link
    telephone = Client()
    version = telephone.get(link[0]).context["version"]
    telephone.post(link[0], {"version": version, "audience_1": "80", "young_1": "70"})

    producer = as_user(world.producer)
    sheet = f"/bokning/{booking.pk}/avrakning/"
    version = producer.get(sheet).context["version"]
    producer.post(sheet, {"version": version, "amount_fee": "9800", "vat_fee": "0"})
    version = producer.get(sheet).context["version"]
    producer.post(f"/bokning/{booking.pk}/settle/", {"version": version})
    assert producer.get(sheet).context["state"] == "settled"

    pack = as_user(world.presenter).get("/bidrag/").context["packs"][0]
    assert (pack["missing"], pack["ready"], pack["claims"][0]["young"]) == ("", pack["amount"], "70")
    assert report_reminders.remind_due(AFTER + timedelta(days=30)) == 0
    actions = list(Booking.objects.get().changes.values_list("action", flat=True))
    assert actions == ["hold", "offer", "confirm", "report", "invoice", "settle"]
