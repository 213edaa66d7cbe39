"""An application's facts without what tells who applies."""

from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from programmes.blinding import COVER, without_names

WHO = {
    "applicant_name": "Fiktiva Frost",
    "group_name": "Trio Is",
    "email": "frost@musik.example",
    "phone": "070-123 45 67",
    "collaborators": [{"name": "Påhittad Hed", "role": "fiol"}],
    "work_samples": [{"title": "Demo", "url": "https://musik.example/demo"}],
}


def shown(description: str, **who: object) -> str:
    facts = {
        "who": {**WHO, **who}, "title": "Verk", "summary": "Kort.", "description": description, "budget": [],
        "home": "2309",
    }  # fmt: skip
    return str(without_names(facts)["description"])


def test_nothing_of_who_is_left_and_all_else_stands() -> None:
    facts = {
        "who": WHO,
        "title": "Verk",
        "summary": "Kort.",
        "description": "Text",
        "budget": [],
        "home": "2309",
    }
    assert without_names(facts) == {name: value for name, value in facts.items() if name != "who"}


def test_names_in_the_text_are_covered_however_they_are_written() -> None:
    told = shown(
        "Jag, FIKTIVA FROST, och Påhittad\nHed i trio is. Skriv till frost@musik.example, 070-123 45 67."
    )
    assert told == f"Jag, {COVER}, och {COVER} i {COVER}. Skriv till {COVER}, {COVER}."


def test_parts_of_names_are_covered_where_they_are_written_as_names() -> None:
    assert shown("Frosts låtar om frost. Hed spelar.") == f"{COVER} låtar om frost. {COVER} spelar."


def test_parts_are_covered_in_large_letters_and_where_the_name_has_none() -> None:
    assert shown("FROSTS låtar.") == f"{COVER} låtar."
    assert shown("Frosts låtar om frost.", applicant_name="fiktiva frost") == f"{COVER} låtar om frost."


def test_a_name_is_covered_whichever_signs_its_letters_are_made_of() -> None:
    """Å as one sign, or as A with a ring behind it."""
    composed, apart = "Åsa Öhman", normalize("NFD", "Åsa Öhman")
    told = [shown(text, applicant_name=name) for text, name in ((composed, apart), (apart, composed))]
    assert told == [COVER, COVER]


def test_a_part_inside_another_word_stands() -> None:
    assert shown("Frostigt på Hedvägen.") == "Frostigt på Hedvägen."


def test_the_words_of_the_budget_and_addresses_of_samples_are_covered() -> None:
    facts = {
        "who": WHO, "title": "Frost", "summary": "Trio Is", "description": "https://musik.example/demo",
        "budget": [{"words": "Arvode Fiktiva Frost", "amount": "1", "is_income": False}],
    }  # fmt: skip
    told = without_names(facts)
    assert (told["title"], told["summary"], told["description"]) == (COVER, COVER, COVER)
    assert told["budget"] == [{"words": f"Arvode {COVER}", "amount": "1", "is_income": False}]


def test_titles_of_files_are_covered() -> None:
    facts = {"who": WHO, "files": [{"id": 1, "title": "Fiktiva Frost spelar"}], "budget": []}
    assert without_names(facts)["files"] == [{"id": 1, "title": f"{COVER} spelar"}]


def test_facts_without_names_are_as_they_are() -> None:
    assert without_names({"who": {}, "title": "Verk", "budget": []}) == {"title": "Verk", "budget": []}


@given(st.text(max_size=60), st.text(alphabet="abcåäöABCÅÄÖ -.()[*+?\\", min_size=1, max_size=20))
def test_whatever_a_name_is_it_does_not_stand_alone_in_the_text(text: str, name: str) -> None:
    told = shown(f"{text} {name} {text}", applicant_name=name)
    assert f" {' '.join(name.split())} " not in told or not name.strip()
