"""Which performances belong to the calendar at an address: its kind and row, narrowed by what stands after "?"."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.validators import slug_re
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from bookings import residency_scopes
from bookings.calendar_marks import FACETS
from bookings.ical_values import Version
from bookings.models import Performance, Residency
from bookings.models.booking import AGREED
from bookings.residency_scopes import Choice
from tours.errors import Refused
from tours.models import Ensemble, Production, Season, Tour, Wish
from tours.models.production import LANGUAGE_TAGS, AccessService, for_ages
from venues.grades import grades_of
from venues.models import FormerName, Municipality, Organisation, Place, Region, Venue

#: A choice of this many values, each so long, is the most that an address may ask for. Source: the house's choice.
VALUES_MAX, LONGEST_QUERY = 40, 400
#: Name in a private link's address: "0" leaves out what is held or offered and not agreed.
HELD = "held"


@dataclass(frozen=True)
class Kind:
    """A kind of public feed: the rows that have one, how a performance leads to its row, and the feed's name.

    `key` says under which name in the address a row is found. Without `has_shows` it has only what residencies do.
    """

    rows: Callable[[], "QuerySet[Any]"]
    facet: str
    title: str = "{}"
    version: Version = "public"
    key: Callable[[str], Q] = lambda name: Q(slug=name)
    has_shows: bool = True

    @property
    def where(self) -> str:
        """How a performance leads to the row."""
        return FACETS[self.facet]

    def find(self, name: str) -> Any:
        """The row that the address names, or None."""
        return self.rows().filter(self.key(name)).first()


def _presenters() -> "QuerySet[Organisation]":
    """Those that are presenters, or have been: an address that somebody subscribes to stays."""
    roles = Q(roles__role__in=[Organisation.Role.PRESENTER, Organisation.Role.LIBRARY])
    have_hosted = Q(bookings__isnull=False, school__isnull=True)
    host_artists = Q(residencies__in=Residency.objects.public(), school__isnull=True)
    return Organisation.objects.filter(roles | have_hosted | host_artists).distinct()


def _schools() -> "QuerySet[Organisation]":
    return Organisation.objects.filter(school__isnull=False).select_related("school")


def _productions() -> "QuerySet[Production]":
    """Those on a menu or played in public: others have not been announced."""
    played = Performance.objects.public().filter(booking__tour__production=OuterRef("pk"))
    return Production.objects.filter(Q(seasons__isnull=False) | Exists(played)).distinct()


def _tours() -> "QuerySet[Tour]":
    """Those with a published date: the name of a tour that is being planned is nobody's business."""
    return Tour.objects.filter(Exists(Performance.objects.public().filter(booking__tour=OuterRef("pk"))))


def _ensembles() -> "QuerySet[Ensemble]":
    """Those with a production that has been announced."""
    return Ensemble.objects.filter(productions__in=_productions()).distinct()


def _school_key(name: str) -> Q:
    """A school is called by its unit code, and by its name as long as it has none."""
    return Q(school__unit_code=name) | Q(slug=name)


KINDS: dict[str, Kind] = {
    "municipality": Kind(lambda: Municipality.objects.all(), "municipality", "Scenkonst i {}"),
    "place": Kind(lambda: Place.objects.all(), "place", "Scenkonst i {}"),
    "presenter": Kind(_presenters, "presenter"),
    "school": Kind(_schools, "presenter", version="school", key=_school_key),
    "venue": Kind(lambda: Venue.objects.all(), "venue"),
    "production": Kind(_productions, "production"),
    "ensemble": Kind(_ensembles, "ensemble"),
    "tour": Kind(_tours, "tour"),
    "season": Kind(lambda: Season.objects.served(), "season"),
    "region": Kind(lambda: Region.objects.filter(is_served=True), "region", "Scenkonst i {}"),
    "residency": Kind(lambda: Residency.objects.public(), "residency", "Residens: {}", has_shows=False),
    "residencies": Kind(
        lambda: Region.objects.filter(is_served=True), "region", "Residens i {}", has_shows=False
    ),
}


def row_moved(kind: str, name: str) -> Any:
    """The row that was called so in addresses before, or None."""
    moved = FormerName.objects.filter(kind=kind, name=name).first()
    return KINDS[kind].rows().filter(pk=moved.ref).first() if moved else None


def row_of(kind: str, name: str) -> Any:
    """The row that is called so in addresses, or was: what is printed and copied keeps its meaning. None if none is."""
    if not slug_re.match(name):  # PostgreSQL takes no NUL
        return None
    return KINDS[kind].find(name) or row_moved(kind, name)


@dataclass(frozen=True)
class Selection:
    """What an address asks for after "?": what that says of performances, and whether tours stand in as whole days.

    `agreed_only` leaves out what is held or offered, of working days too; `stays` says it of residencies.
    """

    where: Q = field(default_factory=Q)
    spans: bool = False
    agreed_only: bool = False
    stays: Choice = field(default_factory=Choice)


EVERYTHING = Selection()


def canonical(query: "Mapping[str, str] | MultiValueDict[str, str]") -> str:
    """What stands after "?" in one fixed order, so that one question is stored once. Nothing is checked.

    A name that stands there several times, as checkboxes are sent, means all of its values.
    """
    told = dict(
        query.lists() if isinstance(query, MultiValueDict) else ((name, [query[name]]) for name in query)
    )
    return urlencode([(name, ",".join(_values(",".join(told[name])))) for name in sorted(told)], safe=",")


def selection(query: str, *, is_private: bool = False) -> Selection:
    """Understand what stands after "?" in an address, as `canonical` gives it.

    Args:
        is_private: whether it is a private link's, where `held=0` leaves out what is not agreed. Public calendars
            never show that, so they do not know the name.

    Raises:
        Refused: a name or value that is not known; `field` is the name.
    """
    if len(query) > LONGEST_QUERY:
        raise Refused(_("The calendar's address is too long. Choose fewer things."))
    where, spans, agreed_only, stays = Q(), False, False, Choice()
    for name, text in parse_qsl(query, keep_blank_values=True):
        if name == "spans":
            spans = _is_on(name, text)
        elif name == HELD and is_private:
            agreed_only = _is_on(name, text, word="0")
            where &= Q(booking__status__in=AGREED)
        elif name in NARROWED_BY:
            values = _few(name, text)
            where &= NARROWED_BY[name](name, values)
            stays &= residency_scopes.narrowed(name, _keys(name, values) if name in KINDS else values)
        else:
            names = ", ".join([*NARROWED_BY, "spans"])
            raise Refused(
                _("A calendar can be narrowed by %(names)s, not by “%(name)s”.")
                % {"names": names, "name": _shown(name)},
                field=name,
            )
    return Selection(where, spans, agreed_only, stays)


def _values(text: str) -> list[str]:
    return sorted({value.strip() for value in text.split(",")} - {""})


def _few(name: str, text: str) -> list[str]:
    values = _values(text)
    if not 1 <= len(values) <= VALUES_MAX:
        raise Refused(
            _("Give %(name)s between 1 and %(count)s values, with commas between them.")
            % {"name": name, "count": VALUES_MAX},
            field=name,
        )
    if "\0" in text:  # no name has it, and PostgreSQL takes none that has
        raise _unknown(name, text)
    return values


def _is_on(name: str, text: str, *, word: str = "1") -> bool:
    if text != word:
        raise _unknown(name, text)
    return True


def _unknown(name: str, value: str) -> Refused:
    return Refused(
        _("The calendar's address says %(name)s=%(value)s, which does not exist.")
        % {"name": name, "value": _shown(value)},
        field=name,
    )


def _shown(text: str) -> str:
    """As much of what was asked for as a sentence shows of it, without signs that do something instead."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:40])


def _of_rows(name: str, values: Sequence[str]) -> Q:
    """Those of the rows that are called so, or were."""
    return Q(**{f"{KINDS[name].where}__in": _keys(name, values)})


def _keys(name: str, values: Sequence[str]) -> list[int]:
    """The keys of the rows that are called so, or were."""
    keys = []
    for value in values:
        row = row_of(name, value)
        if row is None:
            raise _unknown(name, value)
        keys.append(row.pk)
    return keys


def _one_of(path: str, choices: Iterable[str]) -> Callable[[str, Sequence[str]], Q]:
    known = set(choices)

    def where(name: str, values: Sequence[str]) -> Q:
        for value in values:
            if value not in known:
                raise _unknown(name, value)
        return Q(**{f"{path}__in": list(values)})

    return where


def _in_language(name: str, values: Sequence[str]) -> Q:
    """Those that are played in one of the languages; those without words are for everybody."""
    for value in values:
        if value not in LANGUAGE_TAGS:
            raise _unknown(name, value)
    spoken = {*values, "none"}
    rows = Production.objects.values_list("pk", "languages")
    return Q(booking__tour__production__in=[pk for pk, languages in rows if spoken & set(languages)])


def _for_grade(name: str, values: Sequence[str]) -> Q:
    """Those for one of the grades ("4-6", "F-3,7"); a production that names no grades is for all."""
    wanted: set[str] = set()
    for value in values:
        grades = grades_of(value)
        if not grades:
            raise _unknown(name, value)
        wanted |= grades
    told = ((pk, grades_of(text)) for pk, text in Production.objects.values_list("pk", "grades"))
    return Q(booking__tour__production__in=[pk for pk, grades in told if not grades or grades & wanted])


def _with_access(name: str, values: Sequence[str]) -> Q:
    """Those with one of the access services, be it at this visit or always in the production."""
    found = Q(pk__in=[])
    for value in values:
        if value not in AccessService.values:
            raise _unknown(name, value)
        # Stored as a list in JSON: the quotation marks keep one name from being part of another.
        for path in ("booking__access_services", "booking__tour__production__access_services"):
            found |= Q(**{f"{path}__icontains": f'"{value}"'})
    return found


def _for_age(name: str, values: Sequence[str]) -> Q:
    """Those that suit somebody of one of the ages: "7" or "6-9"."""
    found = Q(pk__in=[])
    for value in values:
        first, _dash, last = value.partition("-")
        if not (
            first.isdecimal() and (last or first).isdecimal() and int(first) <= int(last or first) <= 120
        ):
            raise _unknown(name, value)
        found |= for_ages(int(first), int(last or first), "booking__tour__production__")
    return found


#: Name in the address -> what its values say of performances.
NARROWED_BY: dict[str, Callable[[str, Sequence[str]], Q]] = {
    "access": _with_access,
    "age": _for_age,
    "art_form": _one_of("booking__tour__production__art_form", Production.ArtForm.values),
    "audience": _one_of("booking__audience", Wish.Audience.values),
    "grade": _for_grade,
    "language": _in_language,
    **{name: _of_rows for name, kind in KINDS.items() if kind.has_shows and name != "region"},
}
