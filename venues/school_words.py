"""What kind of day a calendar's words mean: lov, studiedag, terminsstart, in Swedish, Norwegian and English."""

import re

from venues.models.school_years import SchoolBreak

Kind = SchoolBreak.Kind
#: Not kinds of days off, but days of the terms; and what is to be left out.
TERM_STARTS, TERM_ENDS, TERM, LEFT_OUT = "term_starts", "term_ends", "term", ""
#: The first pattern that is found decides. Source: the school calendars of Swedish municipalities as they publish them
#: (gyf.se, oringe.nu, pysslingen.se, real.sigb.it), and the Norwegian and English words for the same.
WORDS: tuple[tuple[str, str], ...] = (
    (
        Kind.OPEN,
        r"skola som vanligt|vanlig skoldag|skoldag (?:i|på|trots)|kompensationsdag|school all the same",
    ),
    (
        Kind.STAFF,
        r"studiedag|stängningsdag|planeringsdag|kompetensdag|kompetensutveckling|fortbildning|personaldag|"
        r"lärardag|planleggingsdag|teachers.? day|teacher training|in.?service|inset day|staff day",
    ),
    (
        TERM_ENDS,
        r"termins?avslut|terminsslut|terminen slutar|termin slutar|sista skoldag|sista dag|skolavslutning|"
        r"avslutningsdag|läsåret slutar|läsårsslut|siste skoledag|end of term|term ends|last day of (?:term|school)",
    ),
    (
        TERM_STARTS,
        r"terminsstart|terminen (?:börjar|startar)|termin (?:börjar|startar)|skolstart|läsårsstart|upprop|"
        r"läsåret (?:börjar|startar)|första skoldag|första dag|skolestart|første skoledag|"
        r"start of term|term (?:starts|begins)|first day of (?:term|school)",
    ),
    (
        Kind.OTHER,
        r"nationell\w* prov|friluftsdag|idrottsdag|temadag|utflykt|nasjonal\w* prøve|sports day|outdoor day|exam",
    ),
    (
        Kind.BREAK,
        r"lov(?:et|en)?\b|lov\d|lovdag|ledig|ferie|fridag|klämdag|helgdag|röd dag|långfredag|skärtorsdag|påskdag|"
        r"annandag|kristi himmel|nationaldag|första maj|pingst|trettonde|trettondag|\bbreak\b|holiday|vacation",
    ),
    (TERM, r"\b(?:höst|vår)?termin(?:en)?\b|\b(?:autumn|spring) term\b"),
)
_COMPILED = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in WORDS]


def kind_in(text: str) -> str:
    """The kind of day that a name says; `LEFT_OUT` where it says none."""
    return next((kind for kind, pattern in _COMPILED if pattern.search(text)), LEFT_OUT)
