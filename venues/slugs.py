"""Names as parts of an address: plain ASCII, unique, and never changed afterwards."""

from collections.abc import Iterable

from django.db.models import Model
from django.utils.text import slugify

from venues.models import FormerName, Organisation

#: Letters that Unicode does not take apart into a plain letter and a mark.
LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "æ": "ae", "Æ": "Ae", "đ": "d", "Đ": "D", "ŋ": "n", "Ŋ": "N", "ß": "ss"}
)


def taken_slugs(model: type[Model]) -> set[str]:
    """Slugs that a row of the model has or had: calendar programs ask at old addresses for ever."""
    kinds = ["presenter", "school"] if model is Organisation else [model._meta.model_name]
    former = FormerName.objects.filter(kind__in=kinds).values_list("name", flat=True)
    return {*model._default_manager.values_list("slug", flat=True), *former}


def slug_of(name: str, *, taken: Iterable[str] = (), beside: str = "", longest: int = 50) -> str:
    """A slug of the name that is not taken: `Änge (Offerdal)` gives `ange-offerdal`.

    Args:
        taken: slugs that stand already.
        beside: what to append when the plain slug is taken (a municipality's name or code); then numbers.
        longest: characters at the most.
    """
    standing = set(taken)
    plain = slugify(name.translate(LETTERS))[:longest].strip("-") or "x"
    if plain not in standing:
        return plain
    base = _with(plain, slugify(beside.translate(LETTERS)), longest) if beside else plain
    slug, number = base, 2
    while slug in standing:
        slug, number = _with(base, str(number), longest), number + 1
    return slug


def _with(base: str, ending: str, longest: int) -> str:
    return f"{base[: longest - len(ending) - 1].strip('-')}-{ending}" if ending else base
