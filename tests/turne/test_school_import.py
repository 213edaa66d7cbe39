"""A register of schools on its page: looked at first, and written as it was looked at."""

from dataclasses import replace
from typing import Any

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import factories as make
from tests.turne.pages import get, post, said, text_of
from tests.venues.units import Told, documents, table
from tests.world import World
from venues.models import RegisterImport, School

pytestmark = pytest.mark.usefixtures("in_january")
URL = "/skolor/register/fil/"
UNIT = Told()
OTHER = Told(code="22222222", name="Ljungskolan")


@pytest.fixture
def officer(world: World, as_user) -> Client:
    return as_user(world.officer)


def sent(client: Client, *units: Told, form: Any = documents) -> Any:
    """The page after a file was chosen."""
    file = form(*units)
    return post(client, URL, {"file": SimpleUploadedFile(file.name, file.read())})


def kept(answer: Any) -> dict[str, str]:
    """The form of the page with the changes, as a browser would send it."""
    return {"held": answer.context["held"]}


def test_a_file_is_looked_at_before_anything_is_written(officer: Client) -> None:
    before = School.objects.count()
    answer = sent(officer, UNIT, OTHER)
    assert (answer.status_code, School.objects.count()) == (200, before)
    text = text_of(answer)
    assert [
        word for word in ("skolenheter.json", "2 new", "Ripskolan", "Import 2 changes") if word not in text
    ] == []


@pytest.mark.parametrize("form", [documents, table])
def test_what_was_looked_at_is_written(officer: Client, world: World, form: Any) -> None:
    answer = post(officer, URL, kept(sent(officer, UNIT, OTHER, form=form)))
    assert (answer.status_code, answer["Location"]) == (302, "/skolor/register/")
    page = get(officer, "/skolor/register/")
    assert said(page) == ["Imported: 2 schools are new."]
    assert "Last imported" in text_of(page)
    assert School.objects.filter(unit_code__in=["11111111", "22222222"]).count() == 2
    assert RegisterImport.objects.get().by == world.officer


def test_each_change_is_shown_with_what_stands_and_what_will(officer: Client) -> None:
    post(officer, URL, kept(sent(officer, UNIT, OTHER)))
    text = text_of(sent(officer, replace(UNIT, name="Nya Ripskolan", status="VILANDE")))
    assert "was Ripskolan → becomes Nya Ripskolan" in text
    assert "was active → becomes dormant" in text
    assert "Not in the file 1" in text


def test_what_stands_already_is_nothing_to_import(officer: Client) -> None:
    post(officer, URL, kept(sent(officer, UNIT)))
    assert "Everything stands so already." in text_of(sent(officer, UNIT))


def test_every_fault_is_named_and_nothing_is_kept(officer: Client) -> None:
    answer = sent(officer, UNIT, replace(OTHER, code="1", kind="HMANUTL"))
    assert answer.status_code == 422
    text = text_of(answer)
    assert "Nothing is imported: 2 things to put right" in text
    assert "Row 2, schoolUnitCode: “1” is not a school-unit code." in text
    assert "held" not in answer.context


def test_of_very_many_faults_the_first_are_shown_and_the_others_counted(officer: Client) -> None:
    units = [replace(UNIT, code="1", name=f"Skola {number}") for number in range(130)]
    assert "and 30 more" in text_of(sent(officer, *units))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[" * 9999, b'{"x": 1}', b"PK\x03\x04"])
def test_a_file_that_is_no_register_is_refused_in_words(officer: Client, content: bytes) -> None:
    answer = post(officer, URL, {"file": SimpleUploadedFile("x.json", content)})
    assert answer.status_code == 422


def test_without_a_file_nothing_happens(officer: Client) -> None:
    assert post(officer, URL).status_code == 422


def test_schools_that_changed_meanwhile_are_shown_anew(officer: Client) -> None:
    looked_at = kept(sent(officer, UNIT, OTHER))
    post(officer, URL, kept(sent(officer, OTHER)))
    answer = post(officer, URL, looked_at)
    assert answer.status_code == 409
    assert "The schools have been changed since you looked." in text_of(answer)
    assert not School.objects.filter(unit_code="11111111").exists()
    assert post(officer, URL, kept(answer)).status_code == 302


@pytest.mark.parametrize("held", ["", "x", "a:b:c"])
def test_what_was_not_signed_here_is_not_written(officer: Client, held: str) -> None:
    post(officer, URL, {"held": held})
    assert not RegisterImport.objects.exists()


def test_what_one_looked_at_another_does_not_write(officer: Client, world: World, as_user) -> None:
    looked_at = kept(sent(officer, UNIT))
    post(as_user(world.administrator), URL, looked_at)
    assert not RegisterImport.objects.exists()


def test_the_page_holds_no_persons_name(officer: Client) -> None:
    answer = sent(officer, UNIT, form=table)
    user = answer.wsgi_request.user.pk
    assert "Någon" not in str(signing.loads(answer.context["held"], salt=f"school-register:{user}"))


def test_units_of_another_region_are_left_alone(officer: Client) -> None:
    region = make.RegionFactory(slug="vn", name="Västernorrland", code="22")
    make.MunicipalityFactory(code="2283", name="Sollefteå", slug="solleftea", region=region)
    answer = sent(officer, UNIT, replace(OTHER, municipality="2283"))
    assert "1 unit of other regions is left alone." in text_of(answer)
    post(officer, URL, kept(answer))
    assert not School.objects.filter(unit_code="22222222").exists()
