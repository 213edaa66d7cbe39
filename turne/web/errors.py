"""A refusal as an answer for a person; beside a field it is shown by `refusals.blame`."""

from django.contrib import messages
from django.http import HttpRequest

from bookings.errors import OVERTAKEN
from tours.errors import TurneError
from tours.planner import PlannerError
from venues.errors import VenuesError

Refusal = TurneError | VenuesError | PlannerError


def say(request: HttpRequest, error: Refusal) -> None:
    """Show the refusal as a message on the page that comes next."""
    messages.error(request, str(error))


def status_of(error: Refusal) -> int:
    """409 where somebody else was first or time has passed, 422 where another input would do."""
    return 409 if isinstance(error, OVERTAKEN) else 422
