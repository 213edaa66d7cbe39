"""The public's pages: only what is published, with words for everything that colour says."""

import uuid
from datetime import datetime, timedelta

import pytest

from bookings.models import Performance
from tests.bookings.visits import NOW, STARTS_AT, visit
from tours.models import Production
from venues.models import Municipality, SchoolBreak, Venue

pytestmark = pytest.mark.usefixtures("in_january")

FEBRUARY = "/kalender/?manad=2027-02"
ENGLISH = {"accept-language": "en"}
DAY = timedelta(days=1)
STATIC_PAGES = ["/tillganglighet/", "/om-uppgifterna/"]


def text_of(client, url: str) -> str:
    answer = client.get(url, headers=ENGLISH)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def pages_of(world, performance: Performance) -> list[str]:
    """Every public page on which the performance may be shown."""
    world.places["Backe"].municipality.refresh_from_db()
    return [
        "/",
        FEBRUARY,
        f"{FEBRUARY}&vy=lista",
        "/kalender/?vecka=2027-W05",
        f"/kommun/{world.places['Backe'].municipality.slug}/",
        "/arrangor/backe-bygdegard/",
        f"/forestallning/{performance.uid}/",
    ]


# -- What is shown at all ---------------------------------------


def test_a_published_performance_is_on_every_page(world, client):
    performance = visit(world)
    found = [url for url in pages_of(world, performance) if "Trumman och tystnaden" in text_of(client, url)]
    assert found == pages_of(world, performance)


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": None},
        {"status": "held"},
        {"status": "offered"},
        {"status": "cancelled", "published_at": None},
    ],
)
def test_what_is_not_published_is_on_no_page(world, client, fields):
    performance = visit(world, **fields)
    *lists, its_own = pages_of(world, performance)
    assert not [url for url in lists if str(performance.uid) in text_of(client, url)]
    assert client.get(its_own).status_code == 404


def test_a_page_of_nothing_does_not_exist(world, client):
    wrong = [f"/forestallning/{uuid.uuid4()}/", "/kommun/ingenstans/", "/arrangor/ingen/", "/skola/ingen/"]
    assert [client.get(url).status_code for url in wrong] == [404] * 4


@pytest.mark.parametrize("url", [*STATIC_PAGES, "/", "/kalender/", "/karta/"])
def test_the_pages_stand_without_any_data(db, client, url):
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("url", ["/", FEBRUARY, "/karta/", "/tillganglighet/"])
def test_the_pages_only_read(world, client, url):
    assert client.post(url).status_code == 405


# -- The calendar ---------------------------------------


def test_the_day_has_time_and_place(world, client):
    visit(world)
    entry = text_of(client, FEBRUARY).split('class="event"')[1].split("</a>")[0]
    assert "18:00" in entry
    assert "Backe" in entry


def test_weeks_are_numbered(world, client):
    page = text_of(client, FEBRUARY)
    assert [number for number in range(1, 54) if f"</span>{number}</th>" in page] == [5, 6, 7, 8]


def test_a_cancelled_performance_stays_and_says_so(world, client):
    visit(world, status="cancelled")
    page = text_of(client, FEBRUARY)
    assert "event--cancelled" in page
    assert "CANCELLED" in page


def test_a_postponed_performance_stays_and_says_so(world, client):
    page = page_of(client, visit(world, status="postponed"))
    assert "POSTPONED" in page
    assert 'h1 class="is-cancelled"' in page
    assert "Add to my calendar" not in page


def test_a_cancelled_performance_is_not_counted(world, client):
    visit(world, status="cancelled")
    visit(world, STARTS_AT + DAY)
    assert "1 performance in 1 place" in text_of(client, FEBRUARY)


def test_a_school_performance_says_so_in_words(world, client):
    visit(world, audience="school")
    entry = text_of(client, FEBRUARY).split("event--school")[1].split("</a>")[0]
    assert "School" in entry


def test_school_performances_can_be_chosen(world, client):
    visit(world, audience="school", presenter=world.school, venue=world.school_venue)
    visit(world, STARTS_AT + DAY)
    page = text_of(client, f"{FEBRUARY}&publik=school&vy=lista")
    assert (page.count('class="event event--school"'), page.count('class="event"')) == (1, 0)


def test_a_municipality_can_be_chosen(world, client):
    visit(world)
    visit(world, STARTS_AT + DAY, presenter=world.school, venue=world.school_venue)
    krokom = Municipality.objects.get(name="Krokom")
    page = text_of(client, f"{FEBRUARY}&kommun={krokom.slug}")
    assert "1 performance in 1 place" in page


@pytest.mark.parametrize(("age", "count"), [(3, 0), (6, 1), (9, 1), (10, 0)])
def test_an_age_can_be_given(world, client, age, count):
    Production.objects.update(age_min=6, age_max=9)
    visit(world)
    assert text_of(client, f"{FEBRUARY}&alder={age}").count('class="event"') == count


def test_an_art_form_can_be_chosen(world, client):
    visit(world)
    counts = [
        text_of(client, f"{FEBRUARY}&konstform={form}").count('class="event"')
        for form in ("dance", "theatre")
    ]
    assert counts == [0, 1]


def test_the_month_ends_at_local_midnight(world, client):
    visit(world, datetime.fromisoformat("2027-01-31T23:30:00+00:00"))  # 1 February, 00.30
    assert text_of(client, FEBRUARY).count('class="event"') == 1
    assert text_of(client, "/kalender/?manad=2027-01").count('class="event"') == 0


def test_an_empty_month_leads_to_the_next_performance(world, client):
    visit(world)
    page = text_of(client, "/kalender/?manad=2027-01&konstform=theatre")
    assert "manad=2027-02&amp;konstform=theatre" in page.split('class="empty')[1]


def test_an_empty_month_after_the_last_performance_leads_back(world, client):
    visit(world)
    assert (
        "manad=2027-02"
        in text_of(client, "/kalender/?manad=2027-07").split('class="empty')[1].split("</div>")[0]
    )


def test_filters_without_any_performance_can_be_taken_away(world, client):
    visit(world)
    page = text_of(client, f"{FEBRUARY}&konstform=circus")
    assert 'href="/kalender/?manad=2027-02"' in page.split('class="empty')[1].split("</div>")[0]


def test_an_impossible_month_is_said_and_the_current_one_shown(world, client):
    answer = client.get("/kalender/?manad=2027-13", headers=ENGLISH)
    assert answer.context["asked"].first.month == 1
    assert "There is no month 2027-13." in answer.content.decode()


def test_a_break_that_all_schools_have_is_shown(world, client):
    for municipality in Municipality.objects.all():
        SchoolBreak.objects.create(
            municipality=municipality, name="Sportlov", starts_on="2027-02-08", ends_on="2027-02-12"
        )
    assert text_of(client, FEBRUARY).count("is-break") == 5


def test_a_break_of_one_municipality_is_shown_in_its_own_calendar(world, client):
    krokom = Municipality.objects.get(name="Krokom")
    SchoolBreak.objects.create(municipality=krokom, name="Lov", starts_on="2027-02-08", ends_on="2027-02-08")
    shown = [text_of(client, url).count("is-break") for url in (FEBRUARY, f"{FEBRUARY}&kommun={krokom.slug}")]
    assert shown == [0, 1]


@pytest.mark.parametrize(("language", "name"), [("sv", "Trettondedag jul"), ("en", "Epiphany")])
def test_a_holiday_is_named_in_the_readers_language(world, client, language, name):
    page = client.get("/kalender/?manad=2027-01", headers={"accept-language": language}).content.decode()
    assert name in page


# -- One performance ---------------------------------------


def page_of(client, performance: Performance) -> str:
    return text_of(client, f"/forestallning/{performance.uid}/")


def test_a_performance_says_when_with_its_week(world, client):
    page = page_of(client, visit(world))
    assert "Thu 4 Feb 2027, week 5" in page
    assert "18:00–18:45" in page


def test_access_has_three_values(world, client):
    Venue.objects.filter(pk=world.venue.pk).update(step_free_entrance=True, hearing_loop=False)
    page = page_of(client, visit(world))
    signs = [page.count(f"fit--{value}") for value in ("yes", "no", "unknown")]
    assert signs == [1, 1, 1]
    assert "accessible toilet" in page.split("fit--unknown")[1]


def test_a_cancelled_performance_says_so_on_its_page(world, client):
    page = page_of(client, visit(world, status="cancelled"))
    assert "CANCELLED" in page
    assert 'h1 class="is-cancelled"' in page


def test_warnings_and_language_are_told(world, client):
    Production.objects.update(content_warnings="Strobe", languages=["sma"])
    page = page_of(client, visit(world))
    assert "Strobe" in page
    assert "South Sami" in page


def test_a_school_performance_leads_to_the_school(world, client):
    performance = visit(world, audience="school", presenter=world.school, venue=world.school_venue)
    page = page_of(client, performance)
    assert "/skola/krokoms-skola/" in page
    assert "not open to the public" in page


def test_more_dates_are_of_the_same_production_and_not_cancelled(world, client):
    performance = visit(world)
    other, gone = visit(world, STARTS_AT + DAY), visit(world, STARTS_AT + 2 * DAY, status="cancelled")
    page = page_of(client, performance)
    assert (str(other.uid) in page, str(gone.uid) in page) == (True, False)


def test_no_price_and_no_address_of_a_person_is_public(world, client):
    page = page_of(client, visit(world))
    assert "9800" not in page.replace("\u00a0", "").replace(" ", "")
    assert "@example.org" not in page


def test_a_performance_can_be_put_in_ones_calendar(world, client):
    performance = visit(world)
    assert f'class="btn btn--primary" href="/ical/forestallning/{performance.uid}.ics"' in page_of(
        client, performance
    )


def test_nothing_to_put_in_the_calendar_when_cancelled_or_over(world, client):
    pages = [page_of(client, visit(world, status="cancelled")), page_of(client, visit(world, NOW - 7 * DAY))]
    assert ['.ics"' in page.partition("<body>")[2] for page in pages] == [False, False]


# -- Institutions and the map ---------------------------------------


def test_a_school_has_its_page_and_its_feed(world, client):
    visit(world, audience="school", presenter=world.school, venue=world.school_venue)
    page = text_of(client, "/skola/krokoms-skola/")
    assert "/ical/skola/krokoms-skola.ics" in page
    assert "Trumman och tystnaden" in page


def test_what_was_played_is_the_latest_and_not_coming(world, client):
    visit(world, NOW - 7 * DAY)
    answer = client.get("/arrangor/backe-bygdegard/")
    assert (answer.context["count"], len(answer.context["past"])) == (0, 1)


def test_a_producer_alone_has_no_presenters_page(world, client):
    assert client.get("/arrangor/scenlaget/").status_code == 404


def test_the_map_counts_by_municipality_without_cancelled_ones(world, client):
    visit(world)
    visit(world, STARTS_AT + DAY, status="cancelled")
    rows = {row["municipality"].name: row["count"] for row in client.get("/karta/").context["rows"]}
    assert rows == {"Krokom": 0, "Strömsund": 1, "Åre": 0, "Östersund": 0}


def test_the_map_leads_to_the_month_where_something_is_played(world, client):
    visit(world)
    row = next(row for row in client.get("/karta/").context["rows"] if row["count"])
    assert row["url"] == f"/kalender/?manad=2027-02&kommun={row['municipality'].slug}"


def test_the_map_shows_a_season_that_is_over(world, client):
    visit(world, NOW - 7 * DAY)
    totals = [client.get(url).context["total"] for url in ("/karta/", "/karta/?sasong=varen-2027")]
    assert totals == [0, 1]


def test_the_front_page_shows_the_coming_week_first(world, client):
    visit(world, NOW + 2 * DAY)
    visit(world)
    context = client.get("/").context
    assert (context["is_soon"], len(context["cards"])) == (True, 1)


def test_the_front_page_says_when_a_season_takes_wishes(world, client):
    world.season.closes_at = NOW + 9 * DAY
    world.season.save()
    assert "Våren 2027: schools and presenters wish until Fri 29 Jan 2027" in text_of(client, "/")


def test_invented_data_are_called_so(world, client):
    Production.objects.update(is_demo=True)
    visit(world)
    assert "invented" in text_of(client, FEBRUARY)


def test_the_statement_says_where_to_report(client, settings, db):
    settings.DEFAULT_FROM_EMAIL = "Turne <hjalp@example.org>"
    assert 'href="mailto:hjalp@example.org"' in text_of(client, "/tillganglighet/")


# -- What it costs ---------------------------------------


def queries(client, url: str, django_assert_max_num_queries) -> int:
    with django_assert_max_num_queries(20) as counted:
        client.get(url)
    return len(counted)


@pytest.mark.parametrize("index", range(7))
def test_a_page_asks_no_more_for_three_than_for_one(world, client, index, django_assert_max_num_queries):
    url = pages_of(world, visit(world))[index]
    before = queries(client, url, django_assert_max_num_queries)
    visit(world, STARTS_AT + DAY, presenter=world.neighbouring, venue=world.neighbour_venue)
    visit(world, STARTS_AT + 2 * DAY, presenter=world.school, venue=world.school_venue, audience="school")
    assert queries(client, url, django_assert_max_num_queries) == before


def test_the_map_asks_no_more_for_three_than_for_one(world, client, django_assert_max_num_queries):
    visit(world)
    before = queries(client, "/karta/", django_assert_max_num_queries)
    visit(world, STARTS_AT + DAY, presenter=world.neighbouring, venue=world.neighbour_venue)
    visit(world, STARTS_AT + 2 * DAY, presenter=world.school, venue=world.school_venue)
    assert queries(client, "/karta/", django_assert_max_num_queries) == before
