"""The page of mail templates: whole, both languages, and for administrators."""

import re
from typing import Any

import pytest
from django.test import Client

from bookings.mail_kinds import KINDS
from bookings.mail_samples import sample_kinds
from tests.world import World


@pytest.fixture
def page(world: World, en: Any) -> Any:
    return en(world.administrator).get("/mallar/")


def test_every_kind_in_the_code_is_on_it_in_every_language(page: Any) -> None:
    shown = {(row["name"], mail["language"]) for row in page.context["kinds"] for mail in row["mails"]}
    assert shown == {(name, language) for name in sample_kinds() for language in ("sv", "en")}
    ours = {name for name, kind in KINDS.items() if kind.template}
    assert {name.partition("-")[0] for name, _language in shown} == ours


def test_each_has_subject_frame_and_text(page: Any) -> None:
    body = page.content.decode()
    for name in sample_kinds():
        assert f'src="/mallar/{name}/sv/"' in body
    assert all(mail["subject"] and mail["text"] for row in page.context["kinds"] for mail in row["mails"])


def test_each_is_called_something_of_its_own_in_plain_words(page: Any) -> None:
    labels = [str(row["label"]) for row in page.context["kinds"]]
    links = re.findall(r'<li><a href="#[^"]+">([^<]+)</a></li>', page.content.decode())
    assert (links, len(set(labels))) == (labels, len(labels))
    assert not any("_" in label or label in sample_kinds() for label in labels)


def test_frames_of_ours_alone_may_stand_in_it(page: Any) -> None:
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_a_sample_may_do_nothing(world: World, en: Any) -> None:
    answer = en(world.administrator).get("/mallar/offered/en/")
    policy = answer["Content-Security-Policy"]
    assert ("sandbox" in policy, "script-src" in policy) == (True, False)
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("address", ["/mallar/nonsense/sv/", "/mallar/offered/de/"])
def test_unknown(world: World, en: Any, address: str) -> None:
    assert en(world.administrator).get(address).status_code == 404


def test_on_a_machine_of_ones_own_everybody_sees_it(world: World, en: Any, settings: Any) -> None:
    client: Client = en(world.producer)
    assert client.get("/mallar/").status_code == 404
    settings.DEBUG = True
    assert client.get("/mallar/").status_code == 200
