"""Another date that a presenter proposes, in words, in the active language."""

from django.utils.translation import gettext as _

from bookings.models import Booking, CounterOffer
from venues.dates import clock, moment_text, span_text


def proposal(booking: Booking) -> str:
    """What the presenter has proposed for the visit; empty where nothing was."""
    counter: CounterOffer | None = getattr(booking, "counter_offer", None)
    return proposed(counter) if counter else ""


def proposed(counter: CounterOffer) -> str:
    """The times in order of preference, then the days; empty where it is said in the message only."""
    times = [moment_text(slot.starts_at) for slot in counter.slots.all()]
    parts = []
    if len(times) == 1:
        parts.append(times[0])
    elif times:
        parts.append(_("in this order: %(times)s") % {"times": "; ".join(times)})
    if counter.starts_on and counter.ends_on and counter.earliest and counter.latest:
        parts.append(
            _("%(days)s, start between %(earliest)s and %(latest)s")
            % {
                "days": span_text(counter.starts_on, counter.ends_on),
                "earliest": clock(counter.earliest),
                "latest": clock(counter.latest),
            }
        )
    return "; ".join(parts)
