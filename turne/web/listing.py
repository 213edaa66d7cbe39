"""What a visitor asks the public calendar for: the period and the filters, as they stand in the address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models.booking import Performances
from tours.models import Production, Wish
from tours.windows import midnight
from turne.web.months import (
    monday_before,
    monday_of,
    month_before,
    month_key,
    month_of,
    next_month,
    week_key,
)
from venues.dates import month_text, span_text, week_text
from venues.models import Municipality

MONTH, WEEK, LIST = "manad", "vecka", "lista"
#: How many weeks ahead the form offers: a school year and the summer.
WEEKS_AHEAD = 52


@dataclass(frozen=True)
class Asked:
    """A page of the calendar: which days, which form, and what is filtered. All of it is in its address."""

    view: str
    first: date
    is_week: bool
    municipality: str = ""
    art_form: str = ""
    audience: str = ""
    age: int | None = None

    @property
    def end(self) -> date:
        """The first day after the period."""
        return self.first + timedelta(days=7) if self.is_week else next_month(self.first)

    @property
    def title(self) -> str:
        """ "Februari 2027", or "v. 5, 1–7 feb 2027"."""
        if not self.is_week:
            return month_text(self.first)
        return f"{week_text(self.first)}, {span_text(self.first, self.end - timedelta(days=1))}"

    @property
    def short_title(self) -> str:
        """ "februari" or "v. 5", for a link from the page beside it."""
        return week_text(self.first) if self.is_week else month_text(self.first).split()[0]

    @property
    def is_filtered(self) -> bool:
        return bool(self.municipality or self.art_form or self.audience or self.age is not None)

    def shows(self, day: date) -> bool:
        """Whether the day is in the period."""
        return self.first <= day < self.end

    def before(self) -> "Asked":
        """The month or week before."""
        return replace(
            self, first=self.first - timedelta(days=7) if self.is_week else month_before(self.first)
        )

    def after(self) -> "Asked":
        """The month or week after."""
        return replace(self, first=self.end)

    def on(self, day: date) -> "Asked":
        """The month or week with the day in it."""
        return replace(self, first=monday_before(day) if self.is_week else day.replace(day=1))

    def as_view(self, view: str) -> "Asked":
        """The same filters in another form; the week opens where the month has begun."""
        if view == WEEK and not self.is_week:
            today = timezone.localdate()
            start = today if self.shows(today) else self.first
            return replace(self, view=view, is_week=True, first=monday_before(start))
        if view == MONTH and self.is_week:
            return replace(self, view=view, is_week=False, first=self.first.replace(day=1))
        return replace(self, view=view)

    def with_filter(self, **changes: Any) -> "Asked":
        """The same period with other filters."""
        return replace(self, **changes)

    def without_filters(self) -> "Asked":
        """The same period with nothing filtered."""
        return replace(self, municipality="", art_form="", audience="", age=None)

    @property
    def url(self) -> str:
        """The address; what is as usual is left out of it."""
        query = {
            "vy": "" if self.view == MONTH else self.view,
            "vecka": week_key(self.first) if self.is_week else "",
            "manad": "" if self.is_week else month_key(self.first),
            "kommun": self.municipality,
            "konstform": self.art_form,
            "publik": self.audience,
            "alder": "" if self.age is None else str(self.age),
        }
        return f"{reverse('calendar')}?{urlencode({name: value for name, value in query.items() if value})}"

    def choose(self, performances: Performances) -> Performances:
        """Those that pass the filters, whenever they are."""
        if self.municipality:
            performances = performances.in_municipality(self.municipality)
        if self.art_form:
            performances = performances.of_art_form(self.art_form)
        if self.audience:
            performances = performances.for_audience(self.audience)
        return performances.for_age(self.age) if self.age is not None else performances

    def span(self) -> tuple[datetime, datetime]:
        """The period as moments, half-open."""
        return midnight(self.first), midnight(self.end)


class _Period(forms.CharField):
    """A month or a week in an address, given as its first day."""

    def __init__(self, read: Any, sentence: Any, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.read, self.sentence = read, sentence

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return self.read(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(self.sentence % {"text": text}) from error


class CalendarForm(forms.Form):
    """The filters of the calendar, sent by GET."""

    vy = forms.ChoiceField(
        choices=[(name, name) for name in (MONTH, WEEK, LIST)], required=False, widget=forms.HiddenInput
    )
    manad = _Period(
        month_of,
        gettext_lazy("There is no month %(text)s. This is the current one."),
        widget=forms.HiddenInput,
    )
    kommun = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    konstform = forms.ChoiceField(label=gettext_lazy("Art form"), required=False)
    publik = forms.ChoiceField(label=gettext_lazy("Audience"), required=False)
    alder = forms.IntegerField(
        label=gettext_lazy("Age of the child"), required=False, min_value=0, max_value=99
    )
    vecka = _Period(monday_of, gettext_lazy("There is no week %(text)s. Choose one from the list."))

    def __init__(self, data: QueryDict, municipalities: Sequence[Municipality], today: date) -> None:
        if data.get("vy") == WEEK and not data.get("vecka"):
            data = data.copy()
            data["vecka"] = week_key(today)
        super().__init__(data)
        self.today = today
        self._offer("kommun", _("All municipalities"), [(m.slug, m.name) for m in municipalities])
        self._offer("konstform", _("All art forms"), Production.ArtForm.choices)
        self._offer("publik", _("All audiences"), Wish.Audience.choices)
        self.fields["vecka"].label = _("Week")
        self.fields["vecka"].widget = forms.Select(choices=[("", _("The whole month")), *self._weeks()])

    def _offer(self, name: str, everything: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]

    def _weeks(self) -> list[tuple[str, str]]:
        """From this week on, and the one that is shown if it lies outside."""
        start = monday_before(self.today)
        mondays = [start + timedelta(days=7 * ahead) for ahead in range(WEEKS_AHEAD)]
        weeks = [(week_key(monday), _week_label(monday)) for monday in mondays]
        try:
            shown = monday_of(str(self.data.get("vecka", "")))
        except ValueError:
            return weeks
        return weeks if shown in mondays else [(week_key(shown), _week_label(shown)), *weeks]

    def asked(self) -> Asked:
        """The page that is asked for; what was written wrongly counts as left out."""
        self.is_valid()
        read = self.cleaned_data
        monday, view = read.get("vecka"), read.get("vy") or MONTH
        if view != LIST:
            view = WEEK if monday else MONTH
        return Asked(
            view=view,
            first=monday or read.get("manad") or self.today.replace(day=1),
            is_week=monday is not None,
            municipality=read.get("kommun", ""),
            art_form=read.get("konstform", ""),
            audience=read.get("publik", ""),
            age=read.get("alder"),
        )


def _week_label(monday: date) -> str:
    return f"{week_text(monday)} ({span_text(monday, monday + timedelta(days=6))})"
