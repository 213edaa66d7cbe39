"""The part of the matrix of routes that is about crews, class links and reference groups; see `tests.matrix`.

The crew is the neighbouring presenter's, which hosts the visit of the stage; rows are made where there are none.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from bookings import class_links, crews
from bookings.models import CrewInvitation, CrewVisit
from tests.crews import crew_of, meeting_of, panel_of, template
from tests.stage import Stage
from tours.models import Panel, Season
from venues.crews import add_member, add_training
from venues.models import Crew

Args = Callable[[Stage], list[Any]]


def _crew(stage: Stage) -> Crew:
    return Crew.objects.filter(organisation=stage.world.neighbouring).first() or crew_of(
        stage.world.neighbouring
    )


def _with_member(stage: Stage) -> list[Any]:
    crew = _crew(stage)
    return [crew.pk, add_member(crew, "presenter", today=timezone.localdate()).pk]


def _with_training(stage: Stage) -> list[Any]:
    crew, today = _crew(stage), timezone.localdate()
    told = {"held_on": today, "hours": Decimal(6), "topics": ["room"], "attended_count": 5, "today": today}
    return [crew.pk, add_training(crew, **told).pk]


def _with_meeting(stage: Stage) -> list[Any]:
    return [_crew(stage).pk, _meeting(stage)[0]]


def _meeting(stage: Stage) -> list[Any]:
    return [meeting_of(stage.world, held_on=timezone.localdate() + timedelta(days=9)).pk]


def _visit(stage: Stage) -> CrewVisit:
    """The neighbour's visit, taken by its crew a day before it begins."""
    booking = stage.performance.booking
    if taken := crews.visit_of(booking):
        return taken
    template(stage.world)
    at = booking.occupied_from - timedelta(days=1)
    return crews.take(booking, _crew(stage), by=stage.world.neighbour, now=at)


def _booking(stage: Stage) -> list[Any]:
    return [_visit(stage).booking_id]


def _invitation(stage: Stage) -> list[Any]:
    told = {"booking": stage.performance.booking, "crew": _crew(stage), "outcome": ""}
    values = {"asked_by": stage.world.neighbour, "asked_at": timezone.now()}
    return [CrewInvitation.objects.get_or_create(**told, defaults=values)[0].pk]


def _token(stage: Stage, crew: Crew) -> str:
    return class_links.make_crew_link(crew, by=stage.world.neighbour, now=timezone.now())


def _link_visit(stage: Stage) -> list[Any]:
    visit = _visit(stage)
    return [_token(stage, visit.crew), visit.pk]


def _link_vote(stage: Stage) -> list[Any]:
    now, day = timezone.now(), timedelta(days=1)
    Season.objects.filter(pk=stage.world.season.pk).update(opens_at=now - day, closes_at=now + day)
    return [_token(stage, _crew(stage)), stage.world.season.slug]


def _panel(stage: Stage) -> Panel:
    return Panel.objects.first() or panel_of(stage.world)


def _panel_link(stage: Stage) -> list[Any]:
    now, day = timezone.now(), timedelta(days=1)
    Season.objects.filter(pk=stage.world.season.pk).update(opens_at=now + day, closes_at=now + 9 * day)
    return [class_links.make_panel_link(_panel(stage), by=stage.world.officer, now=now)]


ARGS: dict[str, Args] = {
    **{
        name: lambda s: [_crew(s).pk]
        for name in (
            "crew",
            "crew-edit",
            "crew-member-add",
            "crew-training-add",
            "crew-item-set",
            "crew-link-new",
            "crew-link-revoke",
        )
    },
    "crew-member-remove": _with_member,
    "crew-training-remove": _with_training,
    "crew-meeting": _with_meeting,
    **dict.fromkeys(("crew-visit", "crew-leave", "crew-sheet", "crew-sheet-pdf"), _booking),
    **{name: lambda s: [s.performance.booking_id] for name in ("crew-take", "crew-invite", "crew-uninvite")},
    "crew-invitation": _invitation,
    "crew-link": lambda s: [_token(s, _crew(s))],
    **dict.fromkeys(("crew-link-visit", "crew-link-sheet", "crew-link-sheet-pdf"), _link_visit),
    "crew-link-vote": _link_vote,
    **dict.fromkeys(("meeting-edit", "meeting-cancel"), _meeting),
    **{name: lambda s: [_panel(s).pk] for name in ("panel-edit", "panel-link-new", "panel-link-revoke")},
    "panel-link": _panel_link,
}
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
crews                       get  login   404   200   200   200   404   404   404   404
crew-new                    get  login   404   200   200   200   404   404   404   404
crew-new                    post login   404   422   422   422   404   404   404   404
crew                        get  login   404   404   200   404   404   404   200   200
crew-edit                   get  login   404   404   200   404   404   404   404   404
crew-edit                   post login   404   404   422   404   404   404   404   404
crew-member-add             post login   404   404   422   404   404   404   404   404
crew-member-remove          post login   404   404   302   404   404   404   404   404
crew-training-add           post login   404   404   422   404   404   404   404   404
crew-training-remove        post login   404   404   302   404   404   404   404   404
crew-item-set               post login   404   404   422   404   404   404   404   404
crew-meeting                post login   404   404   422   404   404   404   404   404
crew-link-new               post login   404   404   200   404   404   404   404   404
crew-link-revoke            post login   404   404   302   404   404   404   404   404
crew-visit                  get  login   404   404   200   404   200   404   200   200
crew-visit                  post login   404   404   302   404   403   404   403   403
crew-take                   post login   404   404   404   404   403   404   403   403
crew-leave                  post login   404   404   302   404   403   404   403   403
crew-invite                 post login   404   404   404   404   403   404   403   403
crew-uninvite               post login   404   404   404   404   403   404   403   403
crew-invitation             post login   404   404   302   404   404   404   404   404
crew-sheet                  get  login   404   404   200   404   200   404   200   200
crew-sheet-pdf              get  login   404   404   200   404   200   404   200   200
crew-link                   get    200   200   200   200   200   200   200   200   200
crew-link-visit             get    200   200   200   200   200   200   200   200   200
crew-link-visit             post   302   302   302   302   302   302   302   302   302
crew-link-sheet             get    200   200   200   200   200   200   200   200   200
crew-link-sheet-pdf         get    200   200   200   200   200   200   200   200   200
crew-link-vote              get    200   200   200   200   200   200   200   200   200
crew-link-vote              post   422   422   422   422   422   422   422   422   422
crew-overview               get  login   404   404   404   404   404   404   200   200
meeting-new                 get  login   404   404   404   404   404   404   200   200
meeting-new                 post login   404   404   404   404   404   404   422   422
meeting-edit                get  login   404   404   404   404   404   404   200   200
meeting-edit                post login   404   404   404   404   404   404   422   422
meeting-cancel              post login   404   404   404   404   404   404   302   302
panels                      get  login   404   404   404   404   404   404   200   200
panels                      post login   404   404   404   404   404   404   422   422
panel-edit                  get  login   404   404   404   404   404   404   200   200
panel-edit                  post login   404   404   404   404   404   404   422   422
panel-link-new              post login   404   404   404   404   404   404   200   200
panel-link-revoke           post login   404   404   404   404   404   404   302   302
young-opinions              get  login   404   404   404   404   200   200   200   200
panel-link                  get    200   200   200   200   200   200   200   200   200
panel-link                  post   422   422   422   422   422   422   422   422   422
"""
