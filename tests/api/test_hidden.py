"""What somebody is in conflict of interest with is hidden from them by the API too, at every address."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from tests import matrix_of_assessing
from tests.api.callers import caller
from tests.api.matrix import MATRIX, call_for
from tests.turne.assessing.test_hidden_everywhere import SECRETS
from tests.world import World


@pytest.mark.usefixtures("season_is_open")
def test_the_api_says_nothing_of_an_application_in_conflict(world: World) -> None:
    """The administrator runs the call, sits on its panel, and is in conflict."""
    stage: Any = SimpleNamespace(world=world)
    matrix_of_assessing.make_secret(stage, "Dold titel", "Dold text")
    found = set()
    for route, method in sorted(MATRIX):
        if method != "GET":
            continue
        mark = transaction.savepoint()
        asked = call_for(world, route, method)
        answer: Any = caller(world.administrator).get(reverse(route, args=asked.args) + asked.query)
        body = b"".join(answer) if answer.streaming else answer.content
        transaction.savepoint_rollback(mark)
        if any(secret.encode() in body for secret in SECRETS):
            found.add(route)
    assert found == set()
