"""The invented calls of the demo region."""

import pytest

from programmes.call_words import state
from programmes.demo import APPLICANT, make_calls
from programmes.demo_panel import APPLICANTS, APPLIED, EXTERNAL, MEMBER, SECOND
from programmes.models import Application, Assessor, Call, Declaration, Review
from tests.conftest import DEMO_NOON
from tours.models import Production
from venues.models import Region

pytestmark = pytest.mark.django_db


def test_one_is_open_one_comes_and_one_is_closed(demo_region: Region) -> None:
    lines = make_calls(demo_region, DEMO_NOON)
    found = {call.kind: state(call, DEMO_NOON) for call in Call.objects.all()}
    assert found == {"residency": "open", "working_grant": "coming", "project_grant": "closed"}
    assert len(lines) == 2


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
    assert (Review.objects.finished().count(), Review.objects.filter(finished_at=None).count()) == (3, 2)


def test_whoever_applies_to_it_is_invented_and_marked(demo_region: Region) -> None:
    make_calls(demo_region, DEMO_NOON)
    found = Application.objects.sent_in().filter(call__kind="project_grant")
    assert {one.applicant.email.rpartition("@")[2] for one in found} == {APPLICANTS}
    assert all("hittat" in one.title and "hittad" in one.applicant_name for one in found)
    assert found.count() == len(APPLIED)


def test_a_second_time_adds_nothing(demo_region: Region) -> None:
    make_calls(demo_region, DEMO_NOON)
    assert (make_calls(demo_region, DEMO_NOON), Call.objects.count()) == ([], 3)
