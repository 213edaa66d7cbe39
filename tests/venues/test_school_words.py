"""What kind of day the words of school calendars mean."""

import pytest

from venues.school_words import LEFT_OUT, TERM, TERM_ENDS, TERM_STARTS, kind_in


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("break", ["Höstlov", "Sportlov v. 10", "Lovdag", "Påsklovet", "Klämdag, ledigt", "Winter break"]),
        ("break", ["Kristi himmelsfärdsdag", "Nationaldagen", "Vinterferie", "Skolfri dag (lov)"]),
        ("staff", ["Studiedag", "Studiedag, lov för eleverna", "Kompetensutvecklingsdag", "Planleggingsdag"]),
        ("other", ["Friluftsdag", "Nationella prov i matematik", "Idrottsdag åk 7-9"]),
        ("open", ["Skola som vanligt", "Kompensationsdag"]),
        (TERM_STARTS, ["Terminsstart", "Höstterminen börjar", "Vårterminen startar", "Skolstart"]),
        (TERM_ENDS, ["Terminsslut", "Skolavslutning", "Vårterminen slutar", "Sista skoldagen"]),
        (TERM, ["Höstterminen 2026", "Vårtermin"]),
        (LEFT_OUT, ["Föräldramöte", "Fotografering", "Lovisas dag", "Skollunch"]),
    ],
)
def test_words_say_the_kind(kind: str, names: list[str]) -> None:
    assert {name: kind_in(name) for name in names} == dict.fromkeys(names, kind)
