"""Decisions on applications of the small world: granted, the applicants told."""

from typing import Any

from programmes.models import Decision, Meeting
from tests.programmes.applying import artist, sent
from tests.programmes.open_calls import CLOSED, published
from tests.world import World


def granted(world: World, *, is_answered: bool = True, **changes: Any) -> Decision:
    """An application to a residency in Backe or Krokom that was granted; `changes` are the application's."""
    call = published(world)
    application = sent(call, artist(), **changes)
    meeting = Meeting.objects.create(call=call, held_on=CLOSED.date(), chair="Ordföranden")
    if is_answered:
        meeting.fixed_at = meeting.answers_at = CLOSED
        meeting.fixed_by = world.officer
        meeting.save()
    return Decision.objects.create(
        application=application, outcome="granted", motivation="Stark.", by=world.officer, at=CLOSED
    )
