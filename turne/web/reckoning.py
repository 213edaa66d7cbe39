"""The two costs that the planner weighs, put into the tour's form by the region's rates before anything is saved."""

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from tours.errors import TurneError
from tours.models import Production, Season, Tour
from tours.terms import Suggestion, read_terms
from turne.web.planning_forms import FrameForm
from venues.dates import money_text


def is_wanted(request: HttpRequest) -> bool:
    """Whether the form was sent to be reckoned, not saved."""
    return request.method == "POST" and "reckon" in request.POST


def reckoned(request: HttpRequest, form: FrameForm, production: Production, season: Season) -> QueryDict:
    """What was typed, with the two costs as the rates give them, and the reader told how; unchanged if they do not."""
    data = request.POST.copy()
    try:
        found = read_terms(Tour(production=production, season=season, **form.frame().columns())).suggestion()
    except TurneError as error:
        messages.error(request, str(error))
        return data
    data["cost_per_km"], data["cost_per_night"] = str(found.cost_per_km), str(found.cost_per_night)
    messages.info(request, _told(found, production))
    return data


def _told(found: Suggestion, production: Production) -> str:
    words = {
        "km": money_text(found.cost_per_km, production.currency),
        "night": money_text(found.cost_per_night, production.currency),
        "people": found.people,
        "room": money_text(found.room, production.currency),
        "day": money_text(found.day, production.currency),
    }
    return (
        _(
            "Reckoned, not saved yet: %(km)s a km, rounded up to whole units; %(night)s a night, which is "
            "%(people)d times a room (%(room)s) and a day's per diem (%(day)s)."
        )
        % words
    )
