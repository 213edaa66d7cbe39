"""What says no to a day or a time, layer by layer, and its words."""

from dataclasses import dataclass
from datetime import time

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from venues.dates import clock
from venues.school_calendars import Off


class Layer(models.TextChoices):
    """The calendars that lie over each other, in the order in which they are asked.

    Source: the house's choice, after who decides about a day: the law, the municipality, the school, then the room.
    """

    HOLIDAY = "holiday", gettext_lazy("weekends and red days")
    MUNICIPALITY = "municipality", gettext_lazy("the municipality's breaks")
    OWN = "own", gettext_lazy("the school's own days")
    HOURS = "hours", gettext_lazy("hours and lunch")
    ROOM = "room", gettext_lazy("the room")
    BOOKED = "booked", gettext_lazy("visits that are booked")
    SERVED = "served", gettext_lazy("pupils who have another visit")


@dataclass(frozen=True)
class No:
    """One thing that says no.

    Attributes:
        layer: one of `Layer`.
        code: what kind of thing, where a layer has several: "lunch", "weekday", "taken", "busy",
            "closed", "ceased".
        name: of a day off, a closure's reason, or a group; empty where there is none.
        whose: the school, municipality or room that it belongs to.
        start_min, end_min: minutes of the day that the words name: hours, lunch or another visit.
    """

    layer: str
    code: str = ""
    name: str = ""
    whose: str = ""
    start_min: int = 0
    end_min: int = 0

    @property
    def text(self) -> str:
        """ "lunch 10.45–11.30 at Lavskriksskolan", "Sportlov (Krokom)"."""
        if self.layer == Layer.HOLIDAY:
            return self.name or _("weekend")
        if self.layer in (Layer.MUNICIPALITY, Layer.OWN) and not self.code:
            return Off(self.name, self.whose).text
        told = {"whose": self.whose, "time": span_of(self.start_min, self.end_min), "name": self.name}
        return self._sentence() % told

    def _sentence(self) -> str:
        if self.code == "closed":
            closed = pgettext("venue", "closed")
            return "%(whose)s: %(name)s" if self.name else f"%(whose)s: {closed}"
        sentences = {
            "ceased": _("%(whose)s has ceased"),
            "lunch": _("lunch %(time)s at %(whose)s"),
            "weekday": _("%(whose)s receives nobody on this weekday"),
            "taken": _("%(whose)s is taken by another visit %(time)s"),
            "busy": _("%(whose)s is busy by an own calendar %(time)s"),
            Layer.HOURS: _("%(whose)s receives %(time)s"),
            Layer.BOOKED: _("%(whose)s has another visit %(time)s"),
            Layer.SERVED: _("%(name)s has another visit that day"),
        }
        return sentences.get(self.code) or sentences[self.layer]


def clock_of(minute: int) -> str:
    """A minute of the day as it is read; the end of the day is 24.00."""
    return "24.00" if minute >= 24 * 60 else clock(time(minute // 60, minute % 60))


def span_of(start_min: int, end_min: int) -> str:
    """ "10.45–11.30"."""
    return f"{clock_of(start_min)}–{clock_of(end_min)}"
