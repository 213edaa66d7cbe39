"""The forms of a residency: what it is, its periods, rooms, money, people, contract and end."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Residency, ResidencyCost
from bookings.models.residency import ABOUT_MAX
from bookings.residencies.contract_words import period_text
from bookings.residencies.days import Days
from bookings.residencies.money import Cost
from bookings.residencies.people_to_reach import Contact
from bookings.residencies.reserving import Hours
from bookings.residencies.residency_words import dwelling_hours_text
from bookings.residencies.staying import PEOPLE_MAX, StayInput
from tours.models import Ensemble, Production
from turne.web.form_fields import (
    AmountField,
    ClockField,
    DayField,
    MomentField,
    RowField,
    RowsField,
    WordsField,
)
from venues.models import Dwelling, Organisation, Place, Venue

#: Empty rows beyond those that are filled in. Source: the house's choice; more come when it is saved.
MORE_ROWS = 2
Fields = list[forms.BoundField]


class AboutForm(forms.Form):
    """What the residency is: who, which work, how many."""

    title = forms.CharField(label=gettext_lazy("Title of the work"), max_length=160)
    artist_name = forms.CharField(label=gettext_lazy("Artist or ensemble"), max_length=120)
    artist_email = forms.EmailField(
        label=gettext_lazy("The artist's e-mail address"),
        required=False,
        help_text=gettext_lazy("Whoever has it logs in by a mailed code and answers for the artist."),
    )
    ensemble = RowField(
        label=gettext_lazy("Ensemble in Turne"), queryset=Ensemble.objects.order_by("name"), required=False
    )
    art_form = forms.ChoiceField(label=gettext_lazy("Art form"), choices=Production.ArtForm.choices)
    people_count = forms.IntegerField(
        label=gettext_lazy("How many come"), min_value=1, max_value=PEOPLE_MAX, initial=1
    )
    about = WordsField(label=gettext_lazy("About the work"), rows=6, max_length=ABOUT_MAX, required=False)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=160, required=False)
    about_en = WordsField(
        label=gettext_lazy("About the work, in English"), rows=4, max_length=ABOUT_MAX, required=False
    )

    def data_read(self) -> StayInput:
        """What was written."""
        return StayInput(**{name: self.cleaned_data[name] for name in AboutForm.base_fields})


def about_initial(residency: Residency) -> dict[str, Any]:
    """The form's values of what stands."""
    plain = {name: getattr(residency, name, None) for name in AboutForm.base_fields}
    return plain | {"artist_email": residency.artist.email if residency.artist else ""}


class PeriodsForm(forms.Form):
    """Periods in rows; those that stand keep their number."""

    def __init__(self, standing: Sequence[tuple[int | None, date, date]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.numbers = [pk for pk, _first, _last in standing]
        self.count = len(standing) + MORE_ROWS
        for number in range(1, self.count + 1):
            for end, label in (("from", _("Period %(n)d, from")), ("to", _("Period %(n)d, to"))):
                self.fields[f"period_{number}_{end}"] = DayField(label=label % {"n": number}, required=False)
        for number, (_pk, first, last) in enumerate(standing, 1):
            self.initial.update({f"period_{number}_from": first, f"period_{number}_to": last})

    def clean(self) -> dict[str, Any]:
        """A row that is half filled in is told at the row."""
        read: dict[str, Any] = super().clean() or {}
        for number in range(1, self.count + 1):
            first, last = (f"period_{number}_{end}" for end in ("from", "to"))
            if bool(read.get(first)) != bool(read.get(last)) and not {first, last} & set(self.errors):
                self.add_error(last if read.get(first) else first, _("Say from when to when."))
        return read

    def spans(self) -> list[Days]:
        """The periods that are filled in."""
        found = []
        for number in range(1, self.count + 1):
            first, last = (self.cleaned_data.get(f"period_{number}_{end}") for end in ("from", "to"))
            if first and last:
                pk = self.numbers[number - 1] if number <= len(self.numbers) else None
                found.append(Days(first, last, pk))
        return found

    @property
    def rows(self) -> list[Fields]:
        """Rows of from and to."""
        return [[self[f"period_{n}_from"], self[f"period_{n}_to"]] for n in range(1, self.count + 1)]


class PlaceForm(AboutForm):
    """The residency of a decision: with which host, where, and all that is said of it."""

    host = RowField(label=gettext_lazy("Host"), queryset=Organisation.objects.none())
    place = RowField(label=gettext_lazy("Place"), queryset=Place.objects.none())
    field_order: tuple[str, ...] = ("host", "place")

    def __init__(self, hosts: "QuerySet[Organisation]", *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_where(self, hosts)


class NewForm(PlaceForm):
    """A new residency: the same, and from when to when."""

    first = DayField(label=gettext_lazy("First day"))
    last = DayField(
        label=gettext_lazy("Last day"), help_text=gettext_lazy("More periods are added afterwards.")
    )
    field_order = ("host", "place", "first", "last")


class MoveForm(forms.Form):
    """Another host, and where."""

    host = RowField(label=gettext_lazy("Another host"), queryset=Organisation.objects.none())
    place = RowField(label=gettext_lazy("Place"), queryset=Place.objects.none())

    def __init__(self, hosts: "QuerySet[Organisation]", *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choose_where(self, hosts)


def choose_where(form: forms.Form, hosts: "QuerySet[Organisation]") -> None:
    """Let the form's host and place be chosen among these hosts and their region's places."""
    fields: Any = form.fields
    fields["host"].queryset = hosts.order_by("name")
    places = Place.objects.filter(municipality__region__in=hosts.values("region"))
    fields["place"].queryset = places.select_related("municipality").order_by("name")


class _RoomField(RowField):
    """A room: of the host by its name, of others with whose it is."""

    host: int | None = None

    def label_from_instance(self, obj: Any) -> str:
        """What stands in the list."""
        if self.host is not None and obj.organisation_id == self.host:
            return str(obj)
        return f"{obj}, {obj.organisation or obj.place}"


class RoomForm(forms.Form):
    """A room for some periods: the whole time, or some hours of each day."""

    venue = _RoomField(label=gettext_lazy("Room"), queryset=Venue.objects.none())
    start = ClockField(label=gettext_lazy("From"), required=False)
    end = ClockField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Each day. Leave the times empty for the whole time, nights too."),
    )

    def __init__(self, rooms: "QuerySet[Venue]", residency: Residency, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["venue"].queryset = rooms.order_by(
            _own_first(residency, "organisation"), "place__name", "name"
        )
        fields["venue"].host = residency.host_id
        fields["periods"] = _periods_of(residency)

    def clean(self) -> dict[str, Any]:
        """Both times or none."""
        read: dict[str, Any] = super().clean() or {}
        if bool(read.get("start")) != bool(read.get("end")) and not {"start", "end"} & set(self.errors):
            self.add_error("end" if read.get("start") else "start", _("Say from when to when."))
        return read

    def hours(self) -> Hours | None:
        """The hours of each day; None: the whole time."""
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        return Hours(start, end) if start and end else None


class _DwellingField(RowField):
    """Dwellings, each with its hours."""

    def label_from_instance(self, obj: Any) -> str:
        """What stands in the list."""
        return f"{obj}. {dwelling_hours_text(obj)}"


class DwellingForm(forms.Form):
    """A dwelling for the nights of some periods."""

    dwelling = _DwellingField(label=gettext_lazy("Dwelling"), queryset=Dwelling.objects.none())

    def __init__(self, homes: "QuerySet[Dwelling]", residency: Residency, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["dwelling"].queryset = homes.order_by(_own_first(residency, "owner"), "place__name", "name")
        if not homes.exists():
            fields["dwelling"].help_text = format_html(
                '{} <a href="{}">{}</a>',
                _("No dwelling is lent out that you may choose."),
                reverse("dwellings"),
                _("Write which there are"),
            )
        fields["periods"] = _periods_of(residency)


class _PeriodsField(RowsField):
    """Periods, each with its days and weeks."""

    def label_from_instance(self, obj: Any) -> str:
        """What stands beside the box."""
        return period_text(obj.starts_on, obj.ends_on)


def _own_first(residency: Residency, house: str) -> Case:
    """The order in which what belongs to the host stands before what belongs to others."""
    return Case(When(**{house: residency.host_id}, then=0), default=1)


def _periods_of(residency: Residency) -> RowsField:
    return _PeriodsField(
        label=_("Periods"),
        queryset=residency.periods.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all that are not over."),
    )


class CostsForm(forms.Form):
    """Lines of money in rows."""

    def __init__(self, lines: Sequence[Cost], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.count = len(lines) + 1 + MORE_ROWS
        none = [("", "–")]
        for n in range(1, self.count + 1):
            kind = forms.ChoiceField(
                label=_("Line %(n)d") % {"n": n}, choices=[*none, *ResidencyCost.Kind.choices], required=False
            )
            side = forms.ChoiceField(
                label=_("Who pays"), choices=[*none, *Residency.Side.choices], required=False
            )
            self.fields |= {
                f"kind_{n}": kind,
                f"words_{n}": forms.CharField(label=_("What"), max_length=160, required=False),
                f"paid_by_{n}": side,
                f"planned_{n}": _amount(_("Planned")),
                f"actual_{n}": _amount(_("Became")),
            }
        for n, line in enumerate(lines, 1):
            for name in ("kind", "words", "paid_by", "planned", "actual"):
                self.initial[f"{name}_{n}"] = getattr(line, name)

    def clean(self) -> dict[str, Any]:
        """A line needs a kind, who pays, and an amount."""
        read: dict[str, Any] = super().clean() or {}
        for n in range(1, self.count + 1):
            told = [read.get(f"{name}_{n}") for name in ("kind", "paid_by", "planned")]
            is_told = [value not in (None, "") for value in told]
            anything = any(is_told) or read.get(f"words_{n}") or read.get(f"actual_{n}") is not None
            if anything and not all(is_told) and not self.errors:
                self.add_error(f"kind_{n}", _("Say of each line what it is, who pays, and how much."))
        return read

    def lines(self) -> list[Cost]:
        """The lines that are filled in."""
        read = self.cleaned_data
        return [
            Cost(
                read[f"kind_{n}"],
                read[f"paid_by_{n}"],
                read[f"planned_{n}"],
                read[f"words_{n}"],
                read[f"actual_{n}"],
            )
            for n in range(1, self.count + 1)
            if read[f"kind_{n}"]
        ]

    @property
    def rows(self) -> list[Fields]:
        """A row of fields for each line."""
        names = ("kind", "words", "paid_by", "planned", "actual")
        return [[self[f"{name}_{n}"] for name in names] for n in range(1, self.count + 1)]


def _amount(label: str) -> AmountField:
    return AmountField(label=label, min_value=Decimal(0), max_digits=10, decimal_places=2, required=False)


class ContactsForm(forms.Form):
    """People to reach in rows."""

    def __init__(self, people: Sequence[Contact], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.count = len(people) + MORE_ROWS
        for n in range(1, self.count + 1):
            self.fields |= {
                f"role_{n}": forms.CharField(label=_("For what"), max_length=80, required=False),
                f"name_{n}": forms.CharField(label=_("Name"), max_length=120, required=False),
                f"phone_{n}": forms.CharField(label=_("Telephone"), max_length=40, required=False),
                f"email_{n}": forms.EmailField(label=_("E-mail"), required=False),
            }
        for n, one in enumerate(people, 1):
            for name in ("role", "name", "phone", "email"):
                self.initial[f"{name}_{n}"] = getattr(one, name)

    def people(self) -> list[Contact]:
        """Those that are filled in."""
        rows = [
            [self.cleaned_data[f"{name}_{n}"] for name in ("role", "name", "phone", "email")]
            for n in range(1, self.count + 1)
        ]
        return [Contact(*row) for row in rows if any(row)]

    @property
    def rows(self) -> list[Fields]:
        """A row of fields for each of them."""
        names = ("role", "name", "phone", "email")
        return [[self[f"{name}_{n}"] for name in names] for n in range(1, self.count + 1)]


class NeedsForm(forms.Form):
    """What the artist needs to take part."""

    access_needs = WordsField(label=gettext_lazy("What they need to take part"), rows=4, required=False)


class SendForm(forms.Form):
    """By when both sides are asked to answer."""

    answer_by = MomentField(label=gettext_lazy("Answer by"))


class WhyForm(forms.Form):
    """Words that the other side gets."""

    why = WordsField(label=gettext_lazy("Why"), max_length=500)
