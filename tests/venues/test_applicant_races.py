"""Several requests at once from one address that nobody has yet."""

import pytest

from tests.races import at_once
from venues import people
from venues.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def test_they_make_one_account_and_all_get_it() -> None:
    outcomes = at_once(lambda email: people.applicant(email, "sv").email, ["ny@musik.example"] * 6)
    assert (outcomes, User.objects.count()) == ({"ny@musik.example": 6}, 1)
