"""What an address asks for after the question mark."""

import pytest
from django.http import QueryDict

from bookings.feed_scopes import canonical, selection
from bookings.models import Performance
from tests.bookings.stored import address
from tests.bookings.visits import visit
from tests.world import World
from tours.errors import Refused


def found(query: str) -> list[Performance]:
    return list(Performance.objects.filter(selection(query).where))


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ({}, ""),
        ({"art_form": "dance"}, "art_form=dance"),
        ({"language": "sv,sma", "age": "7"}, "age=7&language=sma,sv"),
        ({"language": " sma , ,sv,sma"}, "language=sma,sv"),
        ({"venue": "å&b=c"}, "venue=%C3%A5%26b%3Dc"),
        (QueryDict("age=7&audience=family&age=9-12,7&audience=school"), "age=7,9-12&audience=family,school"),
        (QueryDict("spans=1&spans=0"), "spans=0,1"),
    ],
)
def test_one_question_is_written_in_one_way(asked: dict, written: str):
    assert canonical(asked) == written


@pytest.mark.parametrize(
    ("query", "is_in"),
    [
        ("", True),
        ("art_form=theatre", True),
        ("art_form=dance", False),
        ("art_form=dance,theatre", True),
        ("audience=public", True),
        ("audience=school,family", False),
        ("age=8", True),
        ("age=3", False),
        ("age=3-6", True),
        ("age=2,8", True),
        ("language=sma", False),
        ("language=sma,sv", True),
        ("art_form=theatre&audience=school", False),
        ("grade=4-6", True),
        ("grade=f,7", False),
        ("grade=9,3", True),
        ("access=relaxed", True),
        ("access=sign_language", True),
        ("access=captions", False),
        ("spans=1", True),
    ],
)
def test_a_performance_is_in_what_suits_it(world: World, query: str, is_in: bool):
    world.production.art_form, world.production.languages = "theatre", ["sv"]
    world.production.age_min, world.production.age_max = 6, 9
    world.production.grades, world.production.access_services = "åk 3–5", ["relaxed"]
    world.production.save()
    visit(world, audience="public", access_services=["sign_language"])
    assert (len(found(query)) == 1) is is_in


def test_what_has_no_words_is_in_every_language(world: World):
    world.production.languages = ["none"]
    world.production.save()
    visit(world)
    assert len(found("language=sma")) == 1


def test_what_names_no_grades_is_for_all(world: World):
    world.production.grades = ""
    world.production.save()
    visit(world)
    assert len(found("grade=9")) == 1


@pytest.mark.parametrize(
    "kind", ["municipality", "place", "presenter", "venue", "production", "ensemble", "tour", "season"]
)
def test_every_kind_of_row_narrows_by_its_name(world: World, kind: str):
    visit(world)
    other = visit(world, presenter=world.neighbouring, venue=world.neighbour_venue)
    name = address(world, kind).name
    is_of_both = kind in {"municipality", "production", "ensemble", "tour", "season"}
    assert (other in found(f"{kind}={name}")) is is_of_both
    assert len(found(f"{kind}={name}")) == 1 + is_of_both


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("art_form=opera", "art_form"),
        ("art_form=", "art_form"),
        ("audience=everybody", "audience"),
        ("age=old", "age"),
        ("age=9-6", "age"),
        ("age=-1", "age"),
        ("age=700", "age"),
        ("language=klingon", "language"),
        ("grade=all", "grade"),
        ("access=lift", "access"),
        ("venue=finns-inte", "venue"),
        ("venue=%00", "venue"),
        ("school=a%00b", "school"),
        ("age=%00", "age"),
        ("%00=1", "\0"),
        ("spans=yes", "spans"),
        ("colour=red", "colour"),
        ("region=jamtland-harjedalen", "region"),
        ("age=" + ",".join(map(str, range(41))), "age"),
    ],
)
def test_what_is_not_known_is_refused_by_name(world: World, query: str, field: str):
    with pytest.raises(Refused) as refusal:
        selection(query)
    assert refusal.value.field == field


def test_a_refusal_shows_no_sign_that_is_none(world: World):
    with pytest.raises(Refused, match="venue=a�b�, which"):
        selection("venue=a%00b%1b")


def test_a_question_as_long_as_a_book_is_refused(db: None):
    with pytest.raises(Refused, match="too long"):
        selection("venue=" + "a" * 400)


def test_a_school_is_found_by_its_unit_code(world: World):
    school = world.school.school
    school.unit_code = "12345678"
    school.save()
    visit(world, presenter=world.school, venue=world.school_venue)
    assert len(found("school=12345678")) == 1
