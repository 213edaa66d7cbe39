"""The invented calls of the demo region."""

import pytest

from programmes import answers_to_calls, decisions
from programmes.call_words import state
from programmes.demo import APPLICANT, make_calls
from programmes.demo_panel import APPLICANTS, APPLIED, EXTERNAL, MEMBER, SECOND
from programmes.models import Application, Assessor, Call, CallNotice, Declaration, Review
from tests.conftest import DEMO_NOON
from tours.models import Production
from venues.models import Region

pytestmark = pytest.mark.django_db


def test_one_is_open_one_comes_and_two_are_closed(demo_region: Region) -> None:
    lines = make_calls(demo_region, DEMO_NOON)
    found = sorted((call.kind, state(call, DEMO_NOON)) for call in Call.objects.all())
    assert found == [
        ("project_grant", "closed"),
        ("residency", "open"),
        ("working_grant", "closed"),
        ("working_grant", "coming"),
    ]
    assert len(lines) == 3


def test_they_are_marked_as_invented_in_both_languages(demo_region: Region) -> None:
    make_calls(demo_region, DEMO_NOON)
    assert all("påhitta" in call.title and "invented" in call.title_en for call in Call.objects.all())


def test_somebody_has_applied(demo_region: Region) -> None:
    make_calls(demo_region, DEMO_NOON)
    found = Application.objects.sent_in().get(call__kind="residency")
    assert (found.applicant.email, found.art_form) == (APPLICANT, Production.ArtForm.MUSIC)
    assert found.applicant.memberships.count() == 0


def test_the_closed_one_is_being_assessed_by_an_invented_panel(demo_region: Region) -> None:
    make_calls(demo_region, DEMO_NOON)
    seats = {one.user.email: str(one.user) for one in Assessor.objects.select_related("user")}
    assert seats == {MEMBER: "Bedömare", SECOND: "Bedömare två", EXTERNAL: "Extern sakkunnig"}
    assert Declaration.objects.conflicts().get().assessor.user.email == SECOND
    found = Review.objects.filter(application__call__kind="project_grant")
    assert (found.finished().count(), found.filter(finished_at=None).count()) == (3, 2)


def test_last_years_was_decided_and_answered(demo_region: Region) -> None:
    make_calls(demo_region, DEMO_NOON)
    call = Call.objects.get(kind="working_grant", closes_at__lt=DEMO_NOON)
    outcomes = [one.outcome for one in decisions.of_call(call)]
    assert outcomes == ["granted", "granted", "reserve", "refused", "reserve"]
    assert answers_to_calls.are_sent(call, DEMO_NOON)
    assert CallNotice.objects.filter(call=call).answers().count() == len(APPLIED)


def test_whoever_applies_to_it_is_invented_and_marked(demo_region: Region) -> None:
    make_calls(demo_region, DEMO_NOON)
    found = Application.objects.sent_in().filter(call__kind="project_grant")
    assert {one.applicant.email.rpartition("@")[2] for one in found} == {APPLICANTS}
    assert all("hittat" in one.title and "hittad" in one.applicant_name for one in found)
    assert found.count() == len(APPLIED)


def test_a_second_time_adds_nothing(demo_region: Region) -> None:
    make_calls(demo_region, DEMO_NOON)
    assert (make_calls(demo_region, DEMO_NOON), Call.objects.count()) == ([], 4)
