"""What narrows a calendar, as fields of a form: what is chosen stands in the calendar's address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import feed_scopes
from tours.errors import Refused
from tours.models import AccessService, Production, Wish
from turne.web.particulars import LANGUAGES


@dataclass(frozen=True)
class Narrower:
    """How a form asks for one name of `feed_scopes.NARROWED_BY`; without choices it is written."""

    label: Any
    choices: Sequence[tuple[Any, Any]] = ()
    help: Any = ""


SPANS = "spans"
#: Name in the address -> how it is asked for. One that calendars do not know (yet) is not asked for.
LABELS: dict[str, Narrower] = {
    "art_form": Narrower(gettext_lazy("Art form"), Production.ArtForm.choices),
    "audience": Narrower(gettext_lazy("Audience"), Wish.Audience.choices),
    "grade": Narrower(gettext_lazy("Grade"), help=gettext_lazy("For example 4, or 4-6.")),
    "age": Narrower(gettext_lazy("Age"), help=gettext_lazy("For example 7, or 6-9.")),
    "access": Narrower(gettext_lazy("Access services"), AccessService.choices),
    "language": Narrower(gettext_lazy("Language"), list(LANGUAGES.items())),
    SPANS: Narrower(gettext_lazy("Besides"), [("1", gettext_lazy("Tours as whole days"))]),
}
NARROWERS = {name: how for name, how in LABELS.items() if name in {*feed_scopes.NARROWED_BY, SPANS}}
_DASHES = str.maketrans("–—−", "---", " ")


class NarrowForm(forms.Form):
    """What a calendar is narrowed by; nothing chosen is everything."""

    def __init__(self, given: dict[str, list[str]]) -> None:
        super().__init__(MultiValueDict(given))
        for name, how in NARROWERS.items():
            self.fields[name] = _field(how)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for, be it wrongly."""
        return any(self.data.get(name) for name in self.fields)

    def query(self) -> str:
        """What stands after "?" in the address of a calendar that is narrowed so; the form is valid."""
        chosen = {name: _joined(self.cleaned_data.get(name)) for name in self.fields}
        return feed_scopes.canonical({name: text for name, text in chosen.items() if text})

    def clean(self) -> dict[str, Any]:
        """What is written is what calendars understand."""
        for name in self.fields:
            text = _joined(self.cleaned_data.get(name))
            if text and name not in self.errors:
                self._try(name, text)
        return self.cleaned_data

    def _try(self, name: str, text: str) -> None:
        try:
            feed_scopes.selection(feed_scopes.canonical({name: text}), is_private=True)
        except Refused:
            self.add_error(name, _("Write a number, or two with a dash between them."))


class PrivateNarrowForm(NarrowForm):
    """The same for a private link, which may also leave out what is not agreed."""

    def __init__(self, given: dict[str, list[str]]) -> None:
        super().__init__(given)
        self.fields[feed_scopes.HELD] = forms.ChoiceField(
            label=gettext_lazy("Contents"),
            required=False,
            choices=[
                ("", gettext_lazy("Everything, also what is held or offered")),
                ("0", gettext_lazy("Only what is agreed")),
            ],
            widget=forms.RadioSelect,
        )
        self.order_fields([feed_scopes.HELD])


def given_in(query: QueryDict | str) -> dict[str, list[str]]:
    """The values of each name, from a form's fields or from an address with commas."""
    pairs: Iterable[tuple[str, str]]
    if isinstance(query, QueryDict):
        pairs = [(name, text) for name in query for text in query.getlist(name)]
    else:
        pairs = parse_qsl(query)
    found: dict[str, list[str]] = {}
    for name, text in pairs:
        if name in NARROWERS and not NARROWERS[name].choices:
            found.setdefault(name, []).append(text)
        elif name in NARROWERS or name == feed_scopes.HELD:
            found.setdefault(name, []).extend(value for value in text.split(",") if value)
    return found


def _field(how: Narrower) -> forms.Field:
    if how.choices:
        return forms.MultipleChoiceField(
            label=how.label, required=False, choices=list(how.choices), widget=forms.CheckboxSelectMultiple
        )
    widget = forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text", "size": "8"})
    return _Written(label=how.label, required=False, max_length=40, help_text=how.help, widget=widget)


class _Written(forms.CharField):
    """A number or a span of them, whatever dash stands in it."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").translate(_DASHES)


def _joined(value: Any) -> str:
    return ",".join(value) if isinstance(value, list) else value or ""
