"""What the address of the calendar asks for, and how it is written again."""

from datetime import date

import pytest
from django.http import QueryDict

from turne.web.listing import Asked, CalendarForm
from venues.models import Municipality

TODAY = date(2027, 2, 4)
KROKOM = Municipality(slug="krokom", name="Krokom")


def form(query: str) -> CalendarForm:
    return CalendarForm(QueryDict(query), [KROKOM], TODAY)


def asked(query: str) -> Asked:
    return form(query).asked()


def test_without_a_query_the_current_month_is_shown():
    assert asked("") == Asked("manad", date(2027, 2, 1), is_week=False)


def test_every_filter_stands_in_the_address():
    wanted = asked("manad=2027-05&kommun=krokom&konstform=dance&publik=school&alder=7")
    assert wanted == Asked("manad", date(2027, 5, 1), False, "krokom", "dance", "school", 7)


@pytest.mark.parametrize(
    "query",
    [
        "manad=2027-05&kommun=krokom&konstform=dance&publik=school&alder=7",
        "vy=vecka&vecka=2027-W05&kommun=krokom",
        "vy=lista&manad=2027-02",
        "vy=lista&vecka=2027-W05&alder=0",
    ],
)
def test_an_address_leads_back_to_the_same_page(query):
    assert asked(query).url == f"/kalender/?{query}"


def test_a_week_alone_asks_for_the_week():
    assert asked("vecka=2027-W09") == Asked("vecka", date(2027, 3, 1), is_week=True)


def test_the_week_view_without_a_week_shows_the_current_one():
    assert asked("vy=vecka").first == date(2027, 2, 1)


def test_what_is_written_wrongly_counts_as_left_out():
    assert asked("manad=2027-13&alder=500&kommun=nowhere&vy=ring") == asked("")


def test_what_is_written_wrongly_is_said():
    wrong = form("manad=2027-13&alder=500&kommun=nowhere&vecka=2027-W60")
    wrong.is_valid()
    assert set(wrong.errors) == {"manad", "alder", "kommun", "vecka"}


def test_before_and_after_keep_the_filters():
    page = asked("manad=2027-01&kommun=krokom")
    assert (page.before().url, page.after().url) == (
        "/kalender/?manad=2026-12&kommun=krokom",
        "/kalender/?manad=2027-02&kommun=krokom",
    )


def test_weeks_follow_each_other():
    page = asked("vecka=2026-W53")
    assert (page.before().first, page.after().first) == (date(2026, 12, 21), date(2027, 1, 4))


def test_a_month_seen_by_week_opens_where_it_begins():
    assert asked("manad=2027-04").as_view("vecka").url == "/kalender/?vy=vecka&vecka=2027-W13"


def test_a_week_seen_by_month_is_its_month():
    assert asked("vecka=2027-W05").as_view("manad").first == date(2027, 2, 1)


def test_a_day_is_found_in_its_month_or_week():
    assert asked("").on(date(2027, 5, 19)).first == date(2027, 5, 1)
    assert asked("vecka=2027-W05").on(date(2027, 5, 19)).first == date(2027, 5, 17)


def test_all_filters_can_be_taken_away():
    page = asked("manad=2027-05&kommun=krokom&alder=0")
    assert (page.is_filtered, page.without_filters()) == (True, Asked("manad", date(2027, 5, 1), False))


def test_the_week_that_is_shown_can_be_chosen_though_it_is_over():
    weeks = [key for key, _label in form("vecka=2026-W40").fields["vecka"].widget.choices]
    assert weeks[:3] == ["", "2026-W40", "2027-W05"]
