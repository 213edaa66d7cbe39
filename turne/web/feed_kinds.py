"""What one may subscribe to: the kinds of calendars as a form asks for them, and their rows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import feed_scopes
from venues.models import Municipality, Organisation


@dataclass(frozen=True)
class Kind:
    """What one may subscribe to: `word` stands in the address, `key` is the feed's kind."""

    word: str
    key: str
    label: str | Promise
    question: str | Promise

    @property
    def has_list(self) -> bool:
        """Whether it has lists for other sites: they have performances, and what residencies do is none."""
        return feed_scopes.KINDS[self.key].has_shows


KINDS = [
    Kind("kommun", "municipality", gettext_lazy("Municipality"), gettext_lazy("Which municipality?")),
    Kind("arrangor", "presenter", gettext_lazy("Presenter"), gettext_lazy("Which presenter?")),
    Kind("skola", "school", gettext_lazy("School"), gettext_lazy("Which school?")),
    Kind("ort", "place", gettext_lazy("Place"), gettext_lazy("Which place?")),
    Kind("lokal", "venue", gettext_lazy("Venue"), gettext_lazy("Which venue?")),
    Kind("ensemble", "ensemble", gettext_lazy("Ensemble"), gettext_lazy("Which ensemble?")),
    Kind("sasong", "season", gettext_lazy("Season"), gettext_lazy("Which season?")),
    Kind("produktion", "production", gettext_lazy("Production"), gettext_lazy("Which production?")),
    Kind("turne", "tour", gettext_lazy("Tour"), gettext_lazy("Which tour?")),
    Kind("region", "region", gettext_lazy("The whole region"), gettext_lazy("Which region?")),
    Kind("residens", "residency", gettext_lazy("Residency"), gettext_lazy("Which residency?")),
    Kind("residenser", "residencies", gettext_lazy("All residencies"), gettext_lazy("Which region?")),
]
BY_WORD = {kind.word: kind for kind in KINDS}
BY_KEY = {kind.key: kind for kind in KINDS}


class WhichForm(forms.Form):
    """Which municipality, presenter, ... of a kind."""

    vilken = forms.ChoiceField(
        error_messages={
            "invalid_choice": gettext_lazy("That calendar does not exist. Choose one in the list.")
        }
    )

    def __init__(self, kind: Kind, rows: Iterable[Any], *args: Any) -> None:
        super().__init__(*args)
        field: Any = self.fields["vilken"]
        field.label = kind.question
        field.choices = [("", _("Choose")), *grouped(rows)]


def related(kind: Kind) -> Iterable[Any]:
    """The rows of a kind in the order of the list, with what groups them."""
    rows = feed_scopes.KINDS[kind.key].rows()
    if rows.model is Organisation:
        return rows.select_related("municipality").order_by("municipality__name", "name")
    return (
        rows.select_related("region").order_by("region__name", "name") if rows.model is Municipality else rows
    )


def grouped(rows: Iterable[Any]) -> list[tuple[str, Any]]:
    """Choices of a select: organisations by municipality, municipalities by region if there are several."""
    groups: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        group = getattr(row, "municipality" if isinstance(row, Organisation) else "region", None)
        groups[str(group or "")].append((row.slug, str(row)))
    if len(groups) == 1:
        return next(iter(groups.values()))
    return [(group or _("Elsewhere"), choices) for group, choices in groups.items()]
