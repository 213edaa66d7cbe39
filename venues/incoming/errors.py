"""What can go wrong with a calendar that comes in: a code that is kept, and its sentence, which names no address."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from venues.errors import VenuesError

#: By code. The address of a calendar is a secret: no sentence has it, and none has anything that the server wrote.
SENTENCES: dict[str, Promise] = {
    # The address
    "bad_address": _("This is no address of a calendar. Copy it whole, from https:// or webcal:// on."),
    "not_https": _("The address must begin with https:// or webcal://: nothing else keeps it secret on the way."),
    "credentials": _("The address has a user name or password in it. Ask your calendar for an address without."),
    "port": _("The address names a port that is not read. Only 443 and 8443 are."),
    "own": _("This is a calendar that Turne itself gives out. What is in it is known already."),
    # The way there
    "unknown_host": _("There is no server of that name. Check the address."),
    "private_address": _("The address leads to a private network, which is not read."),
    "no_answer": _("The calendar's server did not answer."),
    "certificate": _("The calendar's server has no valid certificate, so it may be another one."),
    "too_slow": _("The calendar's server was too slow: it did not send the whole calendar in time."),
    "cut_off": _("The calendar broke off in the middle."),
    "redirects": _("The address leads on to others without end."),
    # What it answered
    "login": _("The calendar's server wants a login. Ask your calendar for a secret address that needs none."),
    "gone": _("There is no calendar at the address any more. Has it been shared anew, with a new address?"),
    "busy": _("The calendar's server asks to be left alone for a while."),
    "status": _("The calendar's server answered with an error."),
    "encoding": _("The calendar came packed in a way that is not read."),
    "too_large": _("The calendar is larger than 2 MB. Share one that has less in it, such as the bookings alone."),
    # What is in it
    "not_calendar": _("This is no calendar but a page or another kind of file."),
    "malformed": _("The calendar has a mistake in it and could not be read."),
    "too_often": _("Something in the calendar comes back every hour, minute or second. That is not read."),
    "bad_rule": _("Something in the calendar comes back by a rule that cannot be."),
    "too_many_events": _("The calendar has more than 5,000 entries. Share one that has less in it."),
    "too_many_dates": _("The calendar lists more single dates than are read."),
    "too_heavy": _("It took too long to reckon out when the calendar's entries come back."),
}  # fmt: skip


class CalendarError(VenuesError):
    """A calendar could not be fetched or read. `code` is one of SENTENCES.

    Args:
        retry_after_s: for how many seconds its server asks to be left alone, if it said.
    """

    def __init__(self, code: str, *, retry_after_s: int | None = None) -> None:
        self.code, self.retry_after_s = code, retry_after_s
        super().__init__(code)

    def __str__(self) -> str:
        return str(SENTENCES[self.code])
