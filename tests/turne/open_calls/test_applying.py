"""Applying by pages: a mailed code and no account before, a draft, sent in; and nobody sees another's."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from bookings.models import Notice
from programmes.models import Application, Call, Submission
from tests.programmes.applying import artist, draft, sent
from tests.programmes.open_calls import CLOSED, OPEN, published
from tests.turne.pages import errors_of, get, post, queries_of, said, text_of
from tests.turne.test_account import mailed_code
from tests.world import World
from venues.models import User

CALL = "/utlysningar/residens-for-folkmusik/"
OWN = f"{CALL}ansokan/"


@pytest.fixture(autouse=True)
def while_it_is_open(later: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_AGE = 10**8
    later(OPEN)


@pytest.fixture
def call(world: World) -> Call:
    return Call.objects.with_ground().get(pk=published(world).pk)


@pytest.fixture
def musician(call: Call, en: Any) -> Client:
    return en(artist())


def written(call: Call, **changes: Any) -> dict[str, Any]:
    sent = {
        "ansokan": "0", "version": "0", "applicant_name": "Musiker", "art_form": "music", "title": "Vindens väg",
        "summary": "Låtar om vind.", "description": "Vi skriver låtar.", "budget_1_words": "Arvoden",
        "budget_1_amount": "40000", "budget_2_words": "Egen insats", "budget_2_amount": "10000",
        "budget_2_income": "on", "person_1_name": "Fiolspelare", "person_1_role": "fiol",
        "sample_1_title": "Demo", "sample_1_url": "https://musik.example/demo",
        "period_1": call.periods.all()[1].pk, "period_2": call.periods.all()[0].pk, "place_1": call.places.all()[0].pk,
    }  # fmt: skip
    return {**sent, **changes}


def seen() -> dict[str, int]:
    """What the forms say of the application that stands."""
    found = Application.objects.standing().get()
    return {"ansokan": found.pk, "version": found.version}


# -- the way in ---------------------------------------


def test_an_address_that_nobody_has_gets_a_code_and_leads_to_the_form(client: Client, call: Call) -> None:
    asked = post(client, f"{CALL}sok/", {"email": "ny@musik.example"})
    assert asked.headers["Location"].startswith("/konto/logga-in/kod/")
    user = User.objects.get(email="ny@musik.example")
    assert (user.memberships.count(), user.has_usable_password()) == (0, False)
    code_page = get(client, asked.headers["Location"])
    onward = code_page.context["redirect_field_value"]
    entered = post(client, "/konto/logga-in/kod/", {"code": mailed_code(), "next": onward})
    assert entered.headers["Location"] == f"{OWN}skriv/"
    assert get(client, f"{OWN}skriv/").status_code == 200


def test_who_applies_is_told_of_a_code_and_of_no_account(client: Client, call: Call) -> None:
    address = post(client, f"{CALL}sok/", {"email": "ny@musik.example"}).headers["Location"]
    page = get(client, address)
    assert ("A code is on its way" in text_of(page), "has an account" in text_of(page)) == (True, False)
    again = post(client, "/konto/logga-ut/", {"next": f"{CALL}sok/"})
    assert (f'value="{CALL}sok/"' in page.content.decode(), again.headers["Location"]) == (
        True,
        f"{CALL}sok/",
    )


def test_the_answer_is_the_same_for_an_address_that_somebody_has(
    client: Client, world: World, call: Call
) -> None:
    before = User.objects.count()
    asked = post(client, f"{CALL}sok/", {"email": world.presenter.email})
    assert asked.headers["Location"].startswith("/konto/logga-in/kod/")
    assert User.objects.count() == before


def test_what_is_no_address_makes_no_account(client: Client, call: Call) -> None:
    before = User.objects.count()
    answer = client.post(f"{CALL}sok/", {"email": "inte en adress"})
    assert (list(errors_of(answer)), User.objects.count(), Notice.objects.count()) == (["email"], before, 0)


def test_a_closed_call_leads_back_to_its_page(client: Client, call: Call, later: Any) -> None:
    later(CLOSED)
    before = User.objects.count()
    assert client.get(f"{CALL}sok/").headers["Location"] == CALL
    assert client.post(f"{CALL}sok/", {"email": "sen@musik.example"}).headers["Location"] == CALL
    assert User.objects.count() == before


def test_who_is_logged_in_needs_no_code(musician: Client) -> None:
    assert musician.get(f"{CALL}sok/").headers["Location"] == f"{OWN}skriv/"


# -- written and sent in ---------------------------------------


def test_it_is_written_saved_and_sent_in(musician: Client, call: Call) -> None:
    saved = post(musician, f"{OWN}skriv/", written(call))
    found = Application.objects.with_ground().get()
    assert saved.headers["Location"] == OWN
    assert [one.period.starts_on.month for one in found.periods.all()] == [8, 5]
    assert [(one.words, one.is_income) for one in found.budget.all()] == [
        ("Arvoden", False),
        ("Egen insats", True),
    ]
    assert "Not sent in" in text_of(get(musician, OWN))
    post(musician, f"{OWN}skicka/", {"ansokan": found.pk, "version": found.version})
    told = text_of(get(musician, OWN))
    assert "as number 1" in told
    assert Submission.objects.get().digest in told


def test_a_double_click_sends_it_in_once_and_says_so_twice(musician: Client, call: Call) -> None:
    post(musician, f"{OWN}skriv/", written(call))
    pages = [musician.post(f"{OWN}skicka/", seen(), follow=True) for _ in range(2)]
    assert [said(page)[-1] for page in pages] == ["Sent in. A receipt is on its way to you by mail."] * 2
    assert Submission.objects.count() == 1


def test_who_withdraws_and_begins_again_sends_in_anew(musician: Client, call: Call) -> None:
    """The same words and the same version are another application: nothing is taken for a click that was done."""
    for _ in range(2):
        post(musician, f"{OWN}skriv/", written(call, click=str(uuid4())))
        post(musician, f"{OWN}skicka/", seen())
        post(musician, f"{OWN}dra-tillbaka/", seen())
    assert [
        (one.number, one.submissions.count(), bool(one.withdrawn_at))
        for one in Application.objects.order_by("number")
    ] == [
        (1, 1, True),
        (2, 1, True),
    ]


def test_each_form_says_which_application_it_is_about(musician: Client, call: Call) -> None:
    post(musician, f"{OWN}skriv/", written(call))
    field = f'name="ansokan" value="{Application.objects.get().pk}"'
    pages = [get(musician, address).content.decode().count(field) for address in (OWN, f"{OWN}skriv/")]
    assert pages == [3, 1]  # to send in, to withdraw and to add a file; to write


def test_an_old_window_does_not_act_on_what_was_begun_since(musician: Client, call: Call) -> None:
    post(musician, f"{OWN}skriv/", written(call, click=str(uuid4())))
    old = seen()
    post(musician, f"{OWN}skicka/", old)
    post(musician, f"{OWN}dra-tillbaka/", old)
    post(musician, f"{OWN}skriv/", written(call, click=str(uuid4())))
    late = musician.post(f"{OWN}skriv/", written(call, **old, click=str(uuid4()), title="Gammalt"))
    musician.post(f"{OWN}skicka/", {**old, "click": str(uuid4())})
    new = Application.objects.standing().get()
    assert (late.status_code, new.title, new.number) == (409, "Vindens väg", None)


def test_a_list_of_applications_takes_no_more_queries_for_more(
    musician: Client, world: World, call: Call
) -> None:
    user = User.objects.get(pk=musician.session["_auth_user_id"])
    sent(call, user)
    one = queries_of(musician, "/mina-ansokningar/")
    for title in ("En till", "Två till"):
        other = Call.objects.with_ground().get(pk=published(world, title=title).pk)
        sent(other, user)
    assert queries_of(musician, "/mina-ansokningar/") == one


def test_a_draft_says_what_is_missing_and_offers_no_sending(musician: Client, call: Call) -> None:
    post(musician, f"{OWN}skriv/", {"version": "0", "title": "Vindens väg"})
    page = get(musician, OWN)
    assert "The description is missing." in text_of(page)
    assert f"{OWN}skicka/" not in page.content.decode()


def test_what_is_wrong_is_told_at_its_field(musician: Client, call: Call) -> None:
    for changes, field in (
        ({"budget_1_amount": ""}, "budget_1_amount"),
        ({"budget_1_amount": "-1"}, "budget_1_amount"),
        ({"person_1_role": ""}, "person_1_role"),
        ({"sample_1_url": "javascript:alert(1)"}, "sample_1_url"),
        ({"period_1": "99999999999999999999"}, "period_1"),
        ({"period_2": call.periods.all()[1].pk}, "period_1"),
    ):
        answer = musician.post(f"{OWN}skriv/", written(call, **changes))
        assert (answer.status_code, list(errors_of(answer))) == (422, [field])
    assert Application.objects.count() == 0


def test_what_belongs_to_a_row_is_not_called_optional(musician: Client, call: Call) -> None:
    """Name of the ensemble, telephone, municipality, whether one has applied before, and needs."""
    assert text_of(get(musician, f"{OWN}skriv/")).count("(optional)") == 5


def test_more_rows_come_when_it_is_saved(musician: Client, call: Call) -> None:
    post(musician, f"{OWN}skriv/", written(call))
    form = get(musician, f"{OWN}skriv/").context["form"]
    assert (form.budget_rows, form.initial["budget_2_income"], form.initial["period_1"]) == (
        4,
        True,
        str(call.periods.all()[1].pk),
    )


def test_after_the_call_has_closed_it_is_read_and_not_written(
    musician: Client, call: Call, later: Any
) -> None:
    post(musician, f"{OWN}skriv/", written(call))
    later(CLOSED)
    assert musician.get(f"{OWN}skriv/").headers["Location"] == OWN
    late = musician.post(f"{OWN}skriv/", written(call, **seen(), title="För sent"))
    assert (late.status_code, Application.objects.get().title) == (409, "Vindens väg")
    assert "never sent in" in text_of(get(musician, OWN))


def test_withdrawn_it_stands_in_the_list_as_such(musician: Client, call: Call, en: Any) -> None:
    user = artist("Den andra")
    made = sent(call, user)
    person = en(user)
    post(person, f"{OWN}dra-tillbaka/", {"ansokan": made.pk, "version": made.version})
    told = text_of(get(person, "/mina-ansokningar/"))
    assert "Withdrawn" in told
    assert person.get(OWN).headers["Location"] == f"{OWN}skriv/"


def test_the_list_of_calls_leads_who_has_applied_to_their_applications(musician: Client, call: Call) -> None:
    link = 'href="/mina-ansokningar/"'
    before = link in get(musician, "/utlysningar/").content.decode()
    post(musician, f"{OWN}skriv/", written(call))
    assert (before, link in get(musician, "/utlysningar/").content.decode()) == (False, True)


# -- nobody sees another's ---------------------------------------


def test_nobody_but_the_applicant_finds_a_draft(call: Call, world: World, en: Any) -> None:
    theirs = draft(call, artist("Den andra"), title="Hemligt verk")
    for reader in (artist("Annan"), world.presenter, world.producer, world.officer, world.administrator):
        person = en(reader)
        pages = [
            person.get(address, follow=True) for address in (OWN, "/mina-ansokningar/", CALL, f"{OWN}skriv/")
        ]
        assert not any("Hemligt verk" in page.content.decode() for page in pages)
        assert person.post(f"{OWN}skicka/", {"ansokan": theirs.pk, "version": 1}).status_code == 404
        assert person.post(f"{OWN}dra-tillbaka/", {"ansokan": theirs.pk, "version": 1}).status_code == 404


def test_who_runs_the_call_sees_how_many_have_applied(call: Call, world: World, en: Any) -> None:
    sent(call, artist("Ett"))
    draft(call, artist("Två"))
    assert "1 sent in, 1 begun" in text_of(get(en(world.officer), CALL))
    assert "sent in" not in text_of(get(en(world.presenter), CALL))


def test_an_application_is_never_kept_in_a_cache(call: Call, musician: Client) -> None:
    post(musician, f"{OWN}skriv/", written(call))
    assert "no-store" in get(musician, OWN).headers["Cache-Control"]
