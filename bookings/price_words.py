"""A visit's price in words, in the active language: its lines, and what is paid as it turns out."""

from django.utils.translation import gettext as _

from bookings import pricing
from bookings.models import Booking
from bookings.pricing import Line, Payer
from venues.dates import money_text


def lines_text(booking: Booking) -> str:
    """The lines in one sentence or two: "Fee 9 800 kr, travel 1 200 kr." Empty where the price is one fee."""
    lines = pricing.lines_of(booking)
    mine = [line for line in lines if line.payer == Payer.PRESENTER]
    if len(lines) == 1 and mine and mine[0].amount is not None:
        return ""
    fixed = ", ".join(_line(line, booking.currency) for line in mine if line.amount is not None)
    sentences = [f"{fixed[:1].upper()}{fixed[1:]}."]
    if open_ones := [line.label for line in mine if line.amount is None]:
        sentences.append(_("Paid as it turns out: %(kinds)s.") % {"kinds": ", ".join(open_ones)})
    if theirs := [line.label for line in lines if line.payer == Payer.PRODUCER]:
        sentences.append(_("The producer pays: %(kinds)s.") % {"kinds": ", ".join(theirs)})
    return " ".join(sentences)


def _line(line: Line, currency: str) -> str:
    words = f"{line.label} ({line.words})" if line.words else line.label
    return f"{words} {money_text(line.amount or 0, currency)}"
