"""No pupil is named: no table of a school's side has a field for it, and what some need is told to nobody else."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from bookings import feeds, stored_feeds
from bookings.feeds import Address
from bookings.models import Feed, Notice, VisitGroup
from tests.agreements import NOW
from tests.api.callers import API, caller
from tests.school import confirmed_visit, group
from tests.turne.pages import get, text_of
from tests.world import World
from tours.models import WishGroup
from venues.models import Group

#: The tables that are about pupils, and every text or free value in them with what it is.
ABOUT_PUPILS = {
    "Group": {"name", "grade", "form", "school_year", "languages"},
    "WishGroup": {"needs"},
    "VisitGroup": {"needs"},
    "AllottedGroup": {"how"},
    "GradeAnswer": {"grade", "weeks", "needs", "message"},
    "SubEvent": {"kind", "title", "title_en", "about", "room", "cancelled_why", "outcome"},
    "ClassFeedback": {"answers", "comment"},
    "Workshop": {"kind", "place", "status"},
    "WorkshopRequest": {"kind", "wish", "status", "answer"},
    "GroupChange": {"name", "school_year", "what", "details"},
}
FREE = (models.CharField, models.TextField, models.JSONField, models.FileField, models.BinaryField)
#: Parts of a field's name by which a pupil would be known. Who a person is stands with `User` and contacts alone.
NAMING = ("pupil_name", "first_name", "last_name", "birth", "personnummer", "guardian", "diagnosis", "allerg")
WHEELCHAIR = ("wheelchair", "rullstol")


def ours() -> Iterator[type[models.Model]]:
    for app in ("venues", "tours", "bookings", "programmes"):
        yield from apps.get_app_config(app).get_models()


def leads_to_pupils(model: type[models.Model]) -> bool:
    """Whether rows of the table belong to a group, directly or by a group at a visit."""
    return any(
        field.is_relation and field.related_model in (Group, VisitGroup, WishGroup)
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
    )


def test_tables_about_pupils_have_no_field_that_could_name_one() -> None:
    found = {
        model.__name__: {field.name for field in model._meta.concrete_fields if isinstance(field, FREE)}
        for model in ours()
        if model.__name__ in ABOUT_PUPILS
    }
    assert found == ABOUT_PUPILS


def test_no_table_beside_these_belongs_to_a_group() -> None:
    known = {*ABOUT_PUPILS, "ClassLink"}
    unknown = {m.__name__ for m in ours() if leads_to_pupils(m) and not m._meta.auto_created} - known
    assert unknown == set()


def test_no_field_of_any_table_is_called_after_what_names_a_pupil() -> None:
    fields = [f"{m.__name__}.{f.name}" for m in ours() for f in m._meta.get_fields()]
    assert [name for name in fields if any(part in name.lower() for part in NAMING)] == []


def test_counts_are_numbers() -> None:
    counts = [f for f in Group._meta.concrete_fields if f.name.endswith("_count")]
    assert {type(field) for field in counts} == {models.PositiveSmallIntegerField}


# -- what some need ---------------------------------------


@pytest.fixture
def told(world: World) -> World:
    """A published visit whose group needs a place for a wheelchair."""
    confirmed_visit(world, [group(world, "4B")], wheelchair=1)
    return world


def names_it(text: str) -> bool:
    return any(word in text.lower() for word in WHEELCHAIR)


@pytest.mark.parametrize(
    "path", ["/", "/kalender/", "/skola/krokoms-skola/", "/arrangor/krokoms-skola/", "/karta/", "/utbud/"]
)
def test_no_open_page_says_what_some_need(told: World, client: Client, path: str) -> None:
    """It says the same whether somebody needs something or not; what a room has it may tell."""
    before = text_of(get(client, path))
    VisitGroup.objects.update(needs={})
    assert text_of(get(client, path)) == before


def test_no_open_calendar_names_a_group_and_none_at_all_says_what_some_need(told: World) -> None:
    addresses = [
        Address("school", told.school.slug),
        Address("municipality", told.school_venue.place.municipality.slug),
        feeds.private_address(Feed.Scope.PRESENTER, told.school.pk),
        feeds.private_address(Feed.Scope.PRODUCER, told.producing.pk),
    ]
    made = [stored_feeds.make(address, NOW) for address in addresses]
    bodies = [found.body.decode() for found in made if found]
    assert [names_it(body) for body in bodies] == [False] * 4
    assert ["4B (" in body for body in bodies] == [False, False, True, True]


def test_no_mail_says_what_some_need(told: World) -> None:
    assert [n for n in Notice.objects.all() if names_it(n.body_text + n.body_html + n.subject)] == []


@pytest.mark.parametrize(
    "path", ["wishes", "bookings", "performances", "organisations", "workshops", "crews"]
)
def test_no_list_of_the_api_says_it(told: World, path: str) -> None:
    people = (told.school_contact, told.producer, told.officer, told.stranger)
    assert [names_it(caller(user).get(f"{API}/{path}").content.decode()) for user in people] == [False] * 4
