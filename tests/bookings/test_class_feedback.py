"""A class tells what it thought: once, without names, by a link of its own, and for some days it may think again."""

from datetime import timedelta
from typing import Any

import pytest

from bookings import class_feedback, lifecycle, reporting
from bookings.class_feedback import CHANGEABLE, GOOD_FOR
from bookings.errors import LinkProblem
from bookings.models import Booking, ClassFeedback, ClassLink, Notice, VisitGroup
from bookings.secrets_in_mail import without_token
from tests import factories as make
from tests.agreements import DAY
from tests.school import NOW, OVER, SHOW_AT, confirmed_visit, group, later
from tests.world import World
from tours.errors import NotNow, Refused

MOMENT = timedelta(seconds=1)
MORNING = later(22)  # 9.15 the day after


@pytest.fixture
def visit(world: World) -> Booking:
    """Two shows, a class at each."""
    return confirmed_visit(world, [group(world, "4A"), group(world, "4B")], 2)


@pytest.fixture
def row(visit: Booking) -> VisitGroup:
    return class_feedback.read(visit.groups.all()[0].pk)


def tell(row: VisitGroup, now=OVER, **other: Any) -> ClassFeedback:
    usual = {"glad": 20, "so_so": 3, "sad": 1, "answers": {"fits": 4, "gave": 3}, "comment": " Tack! "}
    return class_feedback.tell(row, now=now, **(usual | other))


def test_faces_answers_and_a_word(row: VisitGroup) -> None:
    told = tell(row)
    assert (told.faces, told.answers, told.comment) == ((20, 3, 1), {"fits": 4, "gave": 3}, "Tack!")


def test_once_a_class_and_the_later_counts(row: VisitGroup) -> None:
    tell(row)
    tell(row, now=OVER + DAY, glad=10)
    told = ClassFeedback.objects.get()
    assert (told.glad_count, told.told_at, told.changed_at) == (10, OVER, OVER + DAY)


def test_after_some_days_it_comes_to_rest(row: VisitGroup) -> None:
    tell(row)
    tell(row, now=OVER + CHANGEABLE - MOMENT, glad=9)
    with pytest.raises(NotNow, match="come to rest"):
        tell(class_feedback.read(row.pk), now=OVER + CHANGEABLE)


def test_not_before_the_class_has_seen_it(row: VisitGroup) -> None:
    with pytest.raises(NotNow):
        tell(row, now=SHOW_AT)
    assert tell(row, now=later(0.75)).glad_count == 20


def test_not_of_what_was_not_played(world: World, visit: Booking, row: VisitGroup) -> None:
    reporting.report_not_played(visit, by=world.producer, now=OVER, reason="Snö.", cause="weather")
    with pytest.raises(NotNow, match="not played"):
        tell(row)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"glad": 21}, "glad"),
        ({"sad": -1}, "glad"),
        ({"glad": 0, "so_so": 0, "sad": 0, "answers": {}}, "glad"),
        ({"answers": {"fits": 5}}, "answers"),
        ({"answers": {"who": 1}}, "answers"),
        ({"comment": "x" * 501}, "comment"),
    ],
)
def test_what_can_not_be(row: VisitGroup, other: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as caught:
        tell(row, **other)
    assert (caught.value.field, ClassFeedback.objects.count()) == (field, 0)


def test_more_came_than_were_told(row: VisitGroup) -> None:
    VisitGroup.objects.filter(pk=row.pk).update(came_count=26)
    assert tell(row, glad=22).glad_count == 22


# -- links ---------------------------------------


def test_a_link_leads_to_its_class_for_some_weeks(row: VisitGroup) -> None:
    token = class_feedback.make_link(row, OVER)
    assert class_feedback.find_group(token, OVER + GOOD_FOR) == row
    assert token not in ClassLink.objects.get().token_digest
    with pytest.raises(LinkProblem) as caught:
        class_feedback.find_group(token, OVER + GOOD_FOR + MOMENT)
    assert caught.value.code == "expired"


def test_a_link_that_is_none(db: None) -> None:
    with pytest.raises(LinkProblem) as caught:
        class_feedback.find_group("none", OVER)
    assert caught.value.code == "unknown"


def test_the_morning_after_each_school_gets_the_links_of_its_classes_once(
    world: World, visit: Booking
) -> None:
    guest = make.GroupFactory(name="1C")
    visit.groups.create(group=guest, pupils_count=9)
    assert class_feedback.ask_due(later(20)) == 0
    assert (class_feedback.ask_due(MORNING), class_feedback.ask_due(MORNING + DAY)) == (1, 0)
    mails = {mail.to_email: mail.body_text for mail in Notice.objects.filter(kind="class_feedback")}
    links = {to: body.count("/klass/") for to, body in mails.items()}
    assert links == {world.school.email: 2, guest.school.organisation.email: 1}
    assert ClassLink.objects.count() == 3


def test_the_mail_tells_no_price_and_its_secrets_are_cut_for_others(world: World, visit: Booking) -> None:
    class_feedback.ask_due(MORNING)
    body = Notice.objects.get(kind="class_feedback").body_text
    words = body.split()
    assert ("SEK" in words, "kr" in words, "9,800" in body) == (False, False, False)
    assert without_token(body).count("/klass/…/") == 2


def test_nobody_is_asked_of_a_cancelled_visit(world: World, visit: Booking) -> None:
    lifecycle.cancel(visit, by=world.producer, now=NOW, reason="Sjukdom.")
    assert class_feedback.ask_due(MORNING) == 0
