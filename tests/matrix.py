"""Who gets what at which address: one row a route, one status a person.

A row is written by intent, not by what the code happens to answer. The people, in order of the columns:
anonymous, a stranger who has an account, the presenter, a neighbouring presenter, the school's contact, the
producer, another producer, the region's officer, its administrator.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from bookings import answering, changes
from bookings.models import ChangeProposal
from tests.matrix_parts import PARTS
from tests.stage import Stage
from venues.models.school_years import school_year_of

PEOPLE = (
    "anonymous", "stranger", "presenter", "neighbour", "school_contact", "producer", "other_producer", "officer",
    "administrator",
)  # fmt: skip


Args = Callable[[Stage], list[Any]]


def _world(*names: str) -> Args:
    """The slugs of things in the world."""
    return lambda stage: [getattr(stage.world, name).slug for name in names]


def _change_token(stage: Stage) -> str:
    """The link to a change of the neighbour's visit that the producer asks for."""
    booking, now = stage.performance.booking, timezone.now()
    change = ChangeProposal.objects.create(
        booking=booking, waits_on=booking, side="producer", by=stage.world.producer, at=now, reason="Sjukdom.",
        venue=booking.venue, starts_at=booking.starts_at, shows_count=2, occupied_from=booking.occupied_from,
        occupied_to=booking.occupied_to, price=14700, next_shows=4900, answer_by=now + timedelta(days=9),
    )  # fmt: skip
    return changes.make_link(change, now)


#: What stands in a route's address; routes that are not here take nothing.
ARGS: dict[str, Args] = {
    **{name: args for part in PARTS for name, args in part.ARGS.items()},
    "performance": lambda s: [s.performance.uid],
    "performance-ics": lambda s: [s.performance.uid],
    "municipality": lambda s: [s.world.venue.place.municipality.slug],
    "presenter-page": _world("neighbouring"),
    "school-page": _world("school"),
    **{
        name: _world("presenting")
        for name in ("organisation", "member-add", "address-set", "riksteatern-set")
    },
    "member-remove": lambda s: [s.membership.pk],
    **{name: _world("venue") for name in ("venue-edit", "venue-place", "venue-look-up", "venue-asked")},
    **{name: lambda s: [s.closure.pk] for name in ("closure-edit", "closure-remove")},
    **{
        name: lambda s: ["skola", s.world.school.slug, school_year_of(timezone.localdate())]
        for name in (
            "school-year",
            "school-year-csv",
            "school-year-edit",
            "school-year-copy",
            "school-year-import",
        )
    },
    "travel-clear": lambda s: [s.override.pk],
    **{name: lambda s: [s.no_beds.pk] for name in ("beds-end", "beds-remove")},
    "demo-login": lambda s: [s.world.presenter.pk],
    **{name: lambda s: [s.token] for name in ("answer", "answer-done", "answer-calendar")},
    **{
        name: lambda s: [s.offered.pk]
        for name in (
            "booking",
            "booking-calendar",
            "booking-report",
            "booking-price",
            "booking-settlement",
            "booking-settlement-csv",
            "booking-costs",
        )
    },
    "report-link": lambda s: [s.report_token],
    "change-answer-link": lambda s: [_change_token(s)],
    "booking-act": lambda s: [s.offered.pk, "decline"],
    **{
        name: lambda s: [s.performance.booking_id]
        for name in ("booking-prepare", "booking-day", "booking-practical", "booking-showing")
    },
    **{
        name: lambda s: [s.performance.booking_id]
        for name in ("booking-agreement", "booking-day-sheet", "booking-day-sheet-pdf")
    },
    **{
        name: lambda s: [s.performance.booking_id, 1]
        for name in ("booking-agreement-version", "booking-agreement-pdf")
    },
    **{
        name: lambda s: [s.world.tour.slug, "2027-02-04"] for name in ("tour-day-sheet", "tour-day-sheet-pdf")
    },
    **{name: _world("tour") for name in ("tour-book", "tour-book-pdf")},
    "checklist-item": lambda s: [s.performance.booking_id, "times"],
    "booking-contact": lambda s: [s.performance.booking_id, "artist_host"],
    "own-leave-out": lambda s: ["heated"],
    "own-take-back": lambda s: [s.own_item.pk],
    "picture": lambda s: [s.picture.pk],
    **{
        name: lambda s: [s.world.wish.pk]
        for name in ("wish-edit", "wish-withdraw", "wish-move", "wish-change-request")
    },
    "change-answer": lambda s: [s.change_request.pk],
    **{name: _world("season", "production") for name in ("production", "matching")},
    **{name: _world("production") for name in ("production-edit", "picture-add")},
    "picture-remove": lambda s: [s.world.production.slug, s.picture.pk],
    **{name: _world("ensemble") for name in ("ensemble-edit", "day-off-add")},
    "day-off-remove": lambda s: [s.world.ensemble.slug, s.day_off.pk],
    **{name: _world("season") for name in ("season-edit", "season-open", "season-close")},
    **{name: _world("tour") for name in ("board", "tour-edit", "tour-propose", "tour-adopt", "tour-offer")},
    **{name: _world("tour") for name in ("tour-csv", "tour-plan", "runs", "compare", "on-the-way")},
    **{name: _world("tour") for name in ("tour-prices", "tour-prices-csv", "tour-offers", "tour-stage")},
    **{name: _world("tour") for name in ("tour-settlement", "tour-settlement-csv", "tour-advancing")},
    "answer-batch": lambda s: [answering.make_batch([s.offered])],
    "tour-stage-act": lambda s: [s.world.tour.slug, "cancel"],
    "warning-override": _world("tour"),
    "warning-withdraw": lambda s: [s.world.tour.slug, s.decided.pk],
    "season-plan": _world("season"),
    "season-run": lambda s: [s.world.season.slug, s.season_run.pk],
    **{
        name: lambda s: [s.world.tour.slug, s.proposal.pk]
        for name in ("proposal", "stop-try", "stop-set", "run-stop", "plan-restore")
    },
    "stop-why": lambda s: [s.world.tour.slug, s.proposal.pk, f"w{s.world.wish.pk}"],
    **{
        name: lambda s: [s.world.tour.slug, "2027-02-03"]
        for name in ("day-forbid", "day-allow", "day-cancel", "days-move")
    },
    **{
        name: lambda s: [s.world.tour.slug, s.world.wish.pk]
        for name in ("stop-lock", "stop-drop", "stop-free", "stop-hold")
    },
}

#: "login" is the way to the login page. A method that has no row is refused (405), or asks to log in first.
TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
healthz                     get    200   200   200   200   200   200   200   200   200
readyz                      get    200   200   200   200   200   200   200   200   200
home                        get    200   200   200   200   200   200   200   200   200
calendar                    get    200   200   200   200   200   200   200   200   200
map                         get    200   200   200   200   200   200   200   200   200
performance                 get    200   200   200   200   200   200   200   200   200
performance-ics             get    301   301   301   301   301   301   301   301   301
municipality                get    200   200   200   200   200   200   200   200   200
presenter-page              get    200   200   200   200   200   200   200   200   200
school-page                 get    200   200   200   200   200   200   200   200   200
accessibility               get    200   200   200   200   200   200   200   200   200
about-data                  get    200   200   200   200   200   200   200   200   200
personal-data               get    200   200   200   200   200   200   200   200   200
coverage                    get  login   404   404   404   404   404   404   200   200
coverage-csv                get  login   404   404   404   404   404   404   200   200
people                      get  login   404   404   404   404   404   404   200   200
organisation-new            get  login   404   404   404   404   404   404   404   200
organisation-new            post login   404   404   404   404   404   404   404   422
organisation                get  login   404   404   404   404   404   404   200   200
member-add                  post login   404   404   404   404   404   404   404   422
address-set                 post login   404   404   404   404   404   404   404   302
riksteatern-set             post login   404   404   404   404   404   404   404   302
member-remove               post login   404   404   404   404   404   404   404   302
venues                      get  login   404   200   200   200   200   200   200   200
venue-edit                  get  login   404   200   404   404   200   200   200   200
venue-edit                  post login   404   422   404   404   404   404   404   404
venue-place                 post login   404   404   404   404   404   404   404   404
venue-look-up               post login   404   302   404   404   404   404   404   404
venue-asked                 post login   404   302   404   404   404   404   404   404
closures                    get  login   404   200   200   200   404   404   404   404
closure-new                 get  login   404   200   200   200   404   404   404   404
closure-new                 post login   404   422   422   422   404   404   404   404
closure-edit                get  login   404   200   404   404   404   404   404   404
closure-edit                post login   404   422   404   404   404   404   404   404
closure-remove              post login   404   302   404   404   404   404   404   404
school-years                get  login   404   404   404   200   404   404   200   200
school-year                 get  login   404   404   404   200   404   404   200   200
school-year-csv             get  login   404   404   404   200   404   404   200   200
school-year-edit            get  login   404   404   404   200   404   404   200   200
school-year-edit            post login   404   404   404   422   404   404   422   422
school-year-copy            get  login   404   404   404   302   404   404   302   302
school-year-import          get  login   404   404   404   200   404   404   200   200
school-year-import          post login   404   404   404   422   404   404   422   422
travel                      get  login   404   404   404   404   200   200   404   404
travel                      post login   404   404   404   404   422   422   404   404
travel-clear                post login   404   404   404   404   302   302   404   404
beds                        get  login   404   404   404   404   200   200   404   404
beds-add                    post login   404   404   404   404   422   422   404   404
beds-end                    post login   404   404   404   404   302   302   404   404
beds-remove                 post login   404   404   404   404   302   302   404   404
profile                     get  login   200   200   200   200   200   200   200   200
profile                     post login   200   200   200   200   200   200   200   200
reminders                   post login   404   404   404   404   404   404   404   404
account_login               get    200   302   302   302   302   302   302   302   302
account_login               post   200   302   302   302   302   302   302   302   302
account_request_login_code  get    200   302   302   302   302   302   302   302   302
account_request_login_code  post   200   302   302   302   302   302   302   302   302
account_confirm_login_code  get  login   302   302   302   302   302   302   302   302
account_confirm_login_code  post login   302   302   302   302   302   302   302   302
account_logout              get    302   200   200   200   200   200   200   200   200
account_logout              post   302   302   302   302   302   302   302   302   302
account_signup              get    200   200   200   200   200   200   200   200   200
demo-login                  post   404   404   404   404   404   404   404   404   404
set_language                get    302   302   302   302   302   302   302   302   302
set_language                post   302   302   302   302   302   302   302   302   302
answer                      get    200   200   200   200   200   200   200   200   200
answer                      post   422   422   422   422   422   422   422   422   422
answer-done                 get    302   302   302   302   302   302   302   302   302
answer-calendar             get    302   302   302   302   302   302   302   302   302
answer-batch                get    200   200   200   200   200   200   200   200   200
answer-batch                post   422   422   422   422   422   422   422   422   422
answer-several              get  login   200   200   200   200   200   200   200   200
answer-several              post login   422   422   422   422   422   422   422   422
tour-offers                 get  login   404   404   404   404   200   404   404   404
tour-offers                 post login   404   404   404   404   422   404   404   404
tour-stage                  get  login   404   404   404   404   200   404   404   404
tour-stage-act              post login   404   404   404   404   422   404   404   404
inbox                       get  login   200   200   200   200   200   200   200   200
own-calendar                get  login   404   200   200   200   404   404   404   404
visit-history               get  login   404   200   200   200   404   404   404   404
visit-history-csv           get  login   404   200   200   200   404   404   404   404
booking                     get  login   404   200   404   404   200   404   200   200
booking-calendar            get  login   404   200   404   404   200   404   200   200
booking-act                 get  login   404   200   404   404   200   404   403   403
booking-act                 post login   404   422   404   404   422   404   403   403
booking-prepare             get  login   404   404   200   404   200   404   200   200
booking-prepare             post login   404   404   302   404   302   404   403   403
booking-day                 get  login   404   404   200   404   200   404   200   200
booking-agreement           get  login   404   404   200   404   200   404   200   200
booking-agreement           post login   404   404   302   404   302   404   403   403
booking-agreement-version   get  login   404   404   200   404   200   404   200   200
booking-agreement-pdf       get  login   404   404   200   404   200   404   200   200
booking-day-sheet           get  login   404   404   200   404   200   404   200   200
booking-day-sheet-pdf       get  login   404   404   200   404   200   404   200   200
checklist-item              get  login   404   404   200   404   200   404   403   403
checklist-item              post login   404   404   302   404   302   404   403   403
booking-practical           get  login   404   404   200   404   200   404   403   403
booking-practical           post login   404   404   302   404   302   404   403   403
booking-showing             get  login   404   404   200   404   200   404   403   403
booking-showing             post login   404   404   302   404   302   404   403   403
booking-contact             get  login   404   404   200   404   403   404   403   403
booking-contact             post login   404   404   302   404   403   404   403   403
booking-report              get  login   404   409   404   404   409   404   403   403
booking-report              post login   404   409   404   404   409   404   403   403
booking-price               get  login   404   403   404   404   302   404   403   403
booking-price               post login   404   403   404   404   302   404   403   403
booking-settlement          get  login   404   200   404   404   200   404   200   200
booking-settlement          post login   404   403   404   404   422   404   403   403
booking-settlement-csv      get  login   404   200   404   404   200   404   200   200
booking-costs               post login   404   409   404   404   409   404   403   403
report-link                 get    409   409   409   409   409   409   409   409   409
report-link                 post   409   409   409   409   409   409   409   409   409
change-answer-link          get    200   200   200   200   200   200   200   200   200
change-answer-link          post   422   422   422   422   422   422   422   422   422
claims                      get  login   404   200   200   200   200   200   200   200
claims-csv                  get  login   404   200   200   200   200   200   200   200
my-week                     get  login   200   200   200   200   200   200   200   200
season-menu                 get    200   200   200   200   200   200   200   200   200
production                  get    200   200   200   200   200   200   200   200   200
picture                     get    200   200   200   200   200   200   200   200   200
wishes                      get  login   404   200   200   200   404   404   404   404
wish-new                    get  login   404   302   302   302   404   404   404   404
wish-new                    post login   404   302   302   302   404   404   404   404
wish-edit                   get  login   404   200   404   404   404   404   404   404
wish-edit                   post login   404   422   404   404   404   404   404   404
wish-withdraw               post login   404   302   404   404   404   404   404   404
wish-move                   post login   404   302   404   404   404   404   404   404
wish-change-request         get  login   404   302   404   404   404   404   404   404
wish-change-request         post login   404   302   404   404   404   404   404   404
change-requests             get  login   404   404   404   404   200   200   404   404
change-answer               post login   404   404   404   404   422   404   404   404
matching                    get  login   404   404   404   404   200   404   200   200
repertoire                  get  login   404   404   404   404   200   200   200   200
ensemble-new                get  login   404   404   404   404   200   200   404   404
ensemble-new                post login   404   404   404   404   422   422   404   404
ensemble-edit               get  login   404   404   404   404   200   404   404   404
ensemble-edit               post login   404   404   404   404   422   404   404   404
day-off-add                 post login   404   404   404   404   422   404   404   404
day-off-remove              post login   404   404   404   404   302   404   404   404
production-new              get  login   404   404   404   404   200   302   404   404
production-new              post login   404   404   404   404   422   302   404   404
production-edit             get  login   404   404   404   404   200   404   404   404
production-edit             post login   404   404   404   404   422   404   404   404
picture-add                 post login   404   404   404   404   422   404   404   404
picture-remove              post login   404   404   404   404   302   404   404   404
season-new                  get  login   404   404   404   404   200   200   200   200
season-new                  post login   404   404   404   404   422   422   422   422
season-edit                 get  login   404   404   404   404   200   200   200   200
season-edit                 post login   404   404   404   404   422   422   422   422
season-open                 post login   404   404   404   404   302   302   302   302
season-close                post login   404   404   404   404   302   302   302   302
tours                       get  login   404   404   404   404   200   200   404   404
tour-new                    get  login   404   404   404   404   200   200   404   404
tour-new                    post login   404   404   404   404   200   200   404   404
board                       get  login   404   404   404   404   200   404   404   404
tour-edit                   get  login   404   404   404   404   200   404   404   404
tour-edit                   post login   404   404   404   404   200   404   404   404
tour-propose                post login   404   404   404   404   302   404   404   404
proposal                    get  login   404   404   404   404   302   404   404   404
tour-adopt                  post login   404   404   404   404   404   404   404   404
tour-offer                  get  login   404   404   404   404   200   404   404   404
tour-offer                  post login   404   404   404   404   200   404   404   404
tour-csv                    get  login   404   404   404   404   200   404   404   404
season-plan                 get  login   404   404   404   404   200   200   404   404
season-plan                 post login   404   404   404   404   200   200   404   404
season-run                  get  login   404   404   404   404   302   404   404   404
stop-why                    get  login   404   404   404   404   200   404   404   404
stop-try                    post login   404   404   404   404   422   404   404   404
stop-set                    post login   404   404   404   404   302   404   404   404
run-stop                    post login   404   404   404   404   302   404   404   404
plan-restore                post login   404   404   404   404   302   404   404   404
runs                        get  login   404   404   404   404   200   404   404   404
compare                     get  login   404   404   404   404   200   404   404   404
tour-plan                   get  login   404   404   404   404   200   404   404   404
on-the-way                  get  login   404   404   404   404   200   404   404   404
day-forbid                  post login   404   404   404   404   302   404   404   404
day-allow                   post login   404   404   404   404   302   404   404   404
day-cancel                  get  login   404   404   404   404   200   404   404   404
day-cancel                  post login   404   404   404   404   422   404   404   404
days-move                   get  login   404   404   404   404   200   404   404   404
days-move                   post login   404   404   404   404   422   404   404   404
tour-advancing              get  login   404   404   404   404   200   404   404   404
own-checklist               get  login   404   404   404   404   200   200   404   404
own-checklist               post login   404   404   404   404   422   422   404   404
own-leave-out               post login   404   404   404   404   302   302   404   404
own-take-back               post login   404   404   404   404   302   404   404   404
tour-prices                 get  login   404   404   404   404   200   404   404   404
tour-prices-csv             get  login   404   404   404   404   200   404   404   404
tour-day-sheet              get  login   404   404   404   404   200   404   404   404
tour-day-sheet-pdf          get  login   404   404   404   404   200   404   404   404
tour-book                   get  login   404   404   404   404   200   404   404   404
tour-book-pdf               get  login   404   404   404   404   200   404   404   404
tour-settlement             get  login   404   404   404   404   200   404   404   404
tour-settlement-csv         get  login   404   404   404   404   200   404   404   404
stop-lock                   post login   404   404   404   404   302   404   404   404
stop-drop                   post login   404   404   404   404   302   404   404   404
stop-hold                   get  login   404   404   404   404   200   404   404   404
stop-hold                   post login   404   404   404   404   422   404   404   404
stop-free                   post login   404   404   404   404   302   404   404   404
warning-override            post login   404   404   404   404   302   404   404   404
warning-withdraw            post login   404   404   404   404   302   404   404   404
"""


@dataclass(frozen=True)
class Row:
    """A route, how it is called, and what each of PEOPLE gets: a status, or "login"."""

    name: str
    method: str
    answers: tuple[str, ...]


def _lines(table: str) -> list[str]:
    return table.split("\n")[2:-1]


_TABLES = (TABLE, *(part.TABLE for part in PARTS))
_LINES = [line.split() for table in _TABLES for line in _lines(table)]
ROWS = [Row(name, method, tuple(answers)) for name, method, *answers in _LINES]
