"""The steps of an agreement in words: what each will do, and what is said when it is done."""

from typing import Any

from django.utils.translation import gettext_lazy as _lazy

#: Action -> what it will do, said beside its button.
EXPLAIN: dict[str, Any] = {
    "offer": _lazy("The presenter gets a mail with a link to answer by, and the offer in the inbox."),
    "confirm": _lazy("The visit stands, and both sides get a mail."),
    "decline": _lazy("The time is let go, and the producer is told."),
    "counter": _lazy(
        "The offered time is let go. The producer takes one of your times, sends a new offer, or says no."
    ),
    "withdraw": _lazy("The presenter is told by mail, and the link to answer by stops working."),
    "recall": _lazy("Its mail has not left, and is stopped. The visit is held again, and nobody is told."),
    "release": _lazy(
        "The time goes to the next in line, or is free. The presenter was not asked, and is not told."
    ),
    "promote": _lazy("The time is kept for you from now on, if it is free."),
    "challenge": _lazy(
        "Who has the first option gets a mail, and a day or two to offer, confirm or release it. "
        "Without an answer it is yours."
    ),
    "extend": _lazy("Then it runs out, and the next in line gets the time. You are reminded before."),
    "move": _lazy("All shows of the visit move with it. The venue and the ensemble must be free."),
    "cancel": _lazy(
        "This cannot be undone. Both sides get a mail, and calendars show the visit as cancelled."
    ),
    "publish": _lazy("The visit shows in the public calendars."),
    "remind": _lazy(
        "The presenter gets one mail with a link to answer by. Then nobody is reminded for two days."
    ),
    "extend_answer": _lazy(
        "The presenter is told the later date, by mail or by you on the telephone. Links that they have go on working."
    ),
    "take": _lazy(
        "The visit moves there and is confirmed: they have asked for that very time. Both calendars change."
    ),
    "turn_down": _lazy("The presenter is told by mail. The visit stays declined."),
    "reschedule": _lazy(
        "The time must be free. The presenter gets an offer to answer, or it is held until you send it."
    ),
    "postpone": _lazy(
        "It is to be played later, and there is no date yet. Both sides get a mail, the time is let go, and calendars "
        "show the day as cancelled. It can be given a new date, or cancelled for good."
    ),
    "propose_change": _lazy(
        "The other side gets a mail and answers. Until then both versions are kept: the visit stays as it is, and the "
        "new time is reserved. Another number of shows costs what the price list says."
    ),
    "ask_to_cancel": _lazy(
        "A school may not cancel by itself. The producer gets a mail and answers; until then the visit stands."
    ),
    "accept_change": _lazy(
        "The visit is set down anew: price, calendars and the public pages follow, and what was prepared for another "
        "time is open again."
    ),
    "refuse_change": _lazy("The visit stays as it is agreed, and the other side is told why."),
    "take_back_change": _lazy("The visit stays as it is agreed, and the other side is told."),
    "settle": _lazy(
        "The report, the costs and the figures stand from now on. The presenter gets a mail with the sum."
    ),
    "reopen": _lazy("The report, the costs and the figures can be corrected again. The history says why."),
}
#: Action -> what is said when it is done, and what comes next.
DONE: dict[str, Any] = {
    "offer": _lazy("The offer is on its way to %(presenter)s by mail. The answer will show here."),
    "confirm": _lazy("Confirmed. Both sides get a mail."),
    "decline": _lazy("Declined. The producer has been told, and the slot is free."),
    "counter": _lazy("Your other date has gone to the producer, who answers you."),
    "withdraw": _lazy("The offer is withdrawn. %(presenter)s gets a mail, and the link stops working."),
    "recall": _lazy("Taken back. The visit is held again, and its mail does not leave."),
    "release": _lazy("Released. The presenter has not been told."),
    "promote": _lazy("You have the first option now."),
    "challenge": _lazy("The question is on its way. You hear of the answer by mail, and see it here."),
    "extend": _lazy("The hold has a new end."),
    "move": _lazy("Moved."),
    "cancel": _lazy("Cancelled. Both sides get a mail, and calendars show it as cancelled."),
    "publish": _lazy("Published. It shows in the public calendars."),
    "remind": _lazy("%(presenter)s is reminded by mail."),
    "extend_answer": _lazy("%(presenter)s has more time to answer."),
    "take": _lazy("Taken and confirmed. %(presenter)s gets a mail."),
    "turn_down": _lazy("%(presenter)s is told by mail that it cannot be done."),
    "reschedule": _lazy("It has a new date."),
    "postpone": _lazy("Postponed. Both sides get a mail, and the day shows as cancelled in the calendars."),
    "propose_change": _lazy("The change waits for an answer. Until then the visit stays as it is."),
    "ask_to_cancel": _lazy("The producer is asked. Until there is an answer the visit stands."),
    "accept_change": _lazy("Changed. Both sides get a mail, and the calendars follow."),
    "refuse_change": _lazy("The visit stays as it was. The other side is told."),
    "take_back_change": _lazy("The change is taken back. The visit stays as it was."),
    "settle": _lazy("Settled. The presenter gets a mail; the sheet has the figures for the invoice."),
    "reopen": _lazy("The settlement is open again."),
}
