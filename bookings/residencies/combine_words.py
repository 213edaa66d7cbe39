"""What is said of combining a residency with visits to schools, in the active language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tours.rooms import RiderLine, Verdict


def workshop() -> str:
    """What a class meets without a production."""
    return _("Workshop with a class")


def hours_unknown(school: str) -> str:
    """Nobody knows when the school receives: usual hours are reckoned with."""
    return _("%(school)s has not said when it receives: usual hours are reckoned with.") % {"school": school}


def numbers_unknown(school: str) -> str:
    """Its groups are last year's, a year older."""
    return _("%(school)s has not confirmed its groups of the year.") % {"school": school}


def elsewhere(school: str, municipality: str) -> str:
    """Its classes are not invited as a sub-event of the residency."""
    return _(
        "%(school)s is in %(municipality)s: agree with the school, and write it among the day's lines."
    ) % {
        "school": school,
        "municipality": municipality,
    }


def no_room(school: str, title: str) -> str:
    """Where a production would be played is not known."""
    return _("No room of %(school)s is known in which %(title)s could be played.") % {
        "school": school,
        "title": title,
    }


def room_unknown(school: str, title: str, lines: Sequence[RiderLine]) -> str:
    """What nobody has said of the room."""
    names = ", ".join(line.label for line in lines if line.verdict == Verdict.UNKNOWN).lower()
    return _("%(title)s at %(school)s: nobody has said %(what)s.") % {
        "title": title,
        "school": school,
        "what": names,
    }
