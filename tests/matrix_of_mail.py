"""The rows of `tests.matrix` about mail: the outbox, its templates, calls, and how an organisation is reached."""

from collections.abc import Callable
from typing import Any

ARGS: dict[str, Callable[[Any], list[Any]]] = {
    **{
        f"outbox-{name}": lambda s: [s.notice.pk]
        for name in ("notice", "retry", "html", "stop", "now", "time", "bounced")
    },
    "unsubscribe": lambda s: [s.reminder_token],
    "mail-sample": lambda s: ["offered", "sv"],
    "calls": lambda s: [s.world.tour.slug],
    "call-note": lambda s: [s.world.tour.slug, s.offered.pk],
    **{name: lambda s: [s.world.presenting.slug] for name in ("address-works", "contact")},
}

TABLE = """
route                       how  anonym stran presn neigh schoo produ other offic admin
address-works               post login   404   404   404   404   404   404   404   302
contact                     get  login   404   200   404   404   404   404   404   404
contact                     post login   404   302   404   404   404   404   404   404
outbox                      get  login   403   403   403   403   200   200   403   200
outbox-notice               get  login   403   403   403   403   200   404   403   200
outbox-retry                post login   403   403   403   403   302   404   403   302
outbox-html                 get  login   403   403   403   403   200   404   403   200
outbox-stop                 post login   404   404   404   404   302   404   404   404
outbox-now                  post login   404   404   404   404   302   404   404   404
outbox-time                 post login   404   404   404   404   302   404   404   404
outbox-send-all             post login   403   403   403   403   302   302   403   302
outbox-stop-all             post login   403   403   403   403   302   302   403   302
outbox-bounced              post login   404   404   404   404   302   404   404   404
mail-samples                get  login   404   404   404   404   404   404   404   200
mail-sample                 get  login   404   404   404   404   404   404   404   200
unsubscribe                 get    200   200   200   200   200   200   200   200   200
unsubscribe                 post   200   200   200   200   200   200   200   200   200
calls                       get  login   404   404   404   404   200   404   404   404
call-note                   post login   404   404   404   404   302   404   404   404
"""
