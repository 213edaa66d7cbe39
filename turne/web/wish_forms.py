"""The form of a wish: weeks and days, times, shows, audience and room."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tours import group_rules, wish_rules
from tours.models import Production, Season, Wish
from tours.models.season import RANK_MAX
from tours.wishes import Span, WishInput
from turne.web import group_choices
from turne.web.form_fields import ClockField, DayField, WordsField
from venues.dates import span_text, week_text
from venues.models import Organisation, SchoolBreak, Venue

#: Rows for certain days: so many empty ones are shown, and so many there may be.
EMPTY_ROWS, ROWS_MAX = 2, 12
#: The form's names for what a verb calls otherwise.
NAMES = {"spans": "weeks"}


class DayRow(forms.Form):
    """Certain days, with times of their own where they differ."""

    starts_on = DayField(label=gettext_lazy("From"), required=False)
    ends_on = DayField(label=gettext_lazy("To"), required=False)
    earliest = ClockField(label=gettext_lazy("Earliest start"), required=False)
    latest = ClockField(label=gettext_lazy("Latest start"), required=False)

    def clean(self) -> dict[str, Any]:
        """Whoever gives a last day or a time means a first day."""
        read = super().clean() or {}
        if not read.get("starts_on") and any(read.values()) and "starts_on" not in self.errors:
            self.add_error("starts_on", _("Give the first day too."))
        return read

    def span(self, earliest: time, latest: time) -> Span | None:
        """The row's span; the form's times hold where it has none of its own."""
        read = self.cleaned_data
        if not read.get("starts_on"):
            return None
        return Span(
            read["starts_on"],
            read.get("ends_on") or read["starts_on"],
            read.get("earliest") or earliest,
            read.get("latest") or latest,
        )


DayRows = forms.formset_factory(
    DayRow, extra=EMPTY_ROWS, max_num=ROWS_MAX, absolute_max=ROWS_MAX + 1, validate_max=True
)


class Weeks(forms.MultipleChoiceField):
    """Weeks, which may be empty where certain days are given: the verb sees to that there is either."""

    def validate(self, value: list[str]) -> None:
        """Only weeks of the season."""
        if value:
            super().validate(value)


class WishForm(forms.Form):
    """A wish of one organisation for one production; the rows of certain days are `rows`."""

    venue = forms.ModelChoiceField(
        label=gettext_lazy("Your room"), queryset=Venue.objects.none(), empty_label=None
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("Who is it for?"), choices=Wish.Audience.choices, widget=forms.RadioSelect
    )
    audience_expected = forms.IntegerField(label=gettext_lazy("Expected audience at each show"), min_value=1)
    shows_count = forms.TypedChoiceField(label=gettext_lazy("Shows that day"), coerce=int)
    weeks = Weeks(
        label=gettext_lazy("Weeks when you can"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Choose as many as you can: the more weeks, the better your chances."),
    )
    earliest = ClockField(label=gettext_lazy("Earliest start"))
    latest = ClockField(label=gettext_lazy("Latest start"))
    rank = forms.TypedChoiceField(label=gettext_lazy("Rank"), coerce=int)
    is_reserve = forms.BooleanField(
        label=gettext_lazy("Only as a reserve, if we do not get the others"), required=False
    )
    message = WordsField(label=gettext_lazy("Message to the producer"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        production: Production,
        season: Season,
        organisation: Organisation,
        wish: Wish | None = None,
        rank: int = 1,
    ) -> None:
        self.production, self.season, self.organisation = production, season, organisation
        self.wish = wish
        self.groups = group_rules.groups_for(organisation, (season.starts_on, season.ends_on))
        initial, rows = _shown(wish, season) if wish else (_new(organisation, rank), [])
        super().__init__(data, initial=initial)
        self.rows = DayRows(data, initial=rows, prefix="days")
        group_choices.add_to(self, self.groups, production.shows_most)
        self._offer()

    def _offer(self) -> None:
        """What can be chosen, which depends on the season, the production and the organisation."""
        venues = Venue.objects.open().filter(organisation=self.organisation).select_related("place")
        self.fields["venue"].queryset = venues  # type: ignore[attr-defined]
        most = self.production.shows_most
        self._choices("shows_count", [(n, str(n)) for n in range(1, most + 1)])
        ranks = min(self.season.wishes_max, RANK_MAX)
        self._choices("rank", [(n, str(n)) for n in range(1, max(ranks, self.initial["rank"]) + 1)])
        if self.groups:
            self.fields["audience_expected"].required = False
            self.fields["audience_expected"].help_text = _("Counted from the groups where you choose some.")
        breaks = list(_breaks(self.organisation, self.season))
        self._choices(
            "weeks",
            [(week_key(week), _week_label(week, breaks)) for week in wish_rules.weeks_of(self.season)],
        )

    def _choices(self, name: str, choices: list[tuple[Any, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def is_valid(self) -> bool:
        """Whether the form and all rows can be read; the summary names the rows too."""
        whole, rows = super().is_valid(), self.rows.is_valid()
        if not rows:
            self.add_error(None, _("Look at the certain days: something there needs to be put right."))
        return whole and rows

    def clean(self) -> dict[str, Any]:
        """Who chooses no groups says how many they are."""
        read = super().clean() or {}
        told = read.get("audience_expected") or read.get("groups")
        if not told and "audience_expected" not in self.errors:
            self.add_error("audience_expected", _("Choose groups, or say how many you expect at each show."))
        return read

    def wish_input(self) -> WishInput:
        """What is asked for.

        Raises:
            Refused: a week that the season does not have.
        """
        read = self.cleaned_data
        weeks = [tuple(int(part) for part in key.split("-")) for key in read["weeks"]]
        times = read["earliest"], read["latest"]
        spans = wish_rules.spans_of_weeks(weeks, *times, self.season, read["audience"])  # type: ignore[arg-type]
        rows = [row.span(*times) for row in self.rows]
        return WishInput(
            production=self.production,
            venue=read["venue"],
            rank=read["rank"],
            is_reserve=read["is_reserve"],
            shows_count=read["shows_count"],
            audience=read["audience"],
            audience_expected=read["audience_expected"] or 0,
            spans=(*spans, *(row for row in rows if row)),
            message=read["message"],
            groups=group_choices.chosen(self, self.groups),
        )

    @property
    def group_rows(self) -> list[dict[str, Any]]:
        """The groups with their fields."""
        return list(group_choices.rows(self, self.groups))

    @property
    def has_needs(self) -> bool:
        """Whether something is told, or wrong, of what some in the groups need."""
        return any(row["has_needs"] for row in self.group_rows)

    @property
    def groups_errors(self) -> Any:
        """What is wrong with the groups."""
        return self["groups"].errors

    @property
    def deals(self) -> bool:
        """Whether it can be chosen at which show a group is."""
        return self.production.shows_most > 1

    @property
    def several_years(self) -> bool:
        """Whether the season has days in two school years."""
        return len({group.school_year for group in self.groups}) > 1

    @property
    def has_rows(self) -> bool:
        """Whether the rows are to be open: something stands in them, or is wrong with them."""
        return bool(self.rows.initial) or (self.rows.is_bound and any(r.has_changed() for r in self.rows))


class MessageForm(forms.Form):
    """What should change about a wish."""

    message = WordsField(label=gettext_lazy("What should change?"), rows=4)


class AnswerForm(forms.Form):
    """The producer's answer to a question about a wish."""

    answer = WordsField(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy("Needed when you say no."),
        required=False,
        rows=2,
    )


def week_key(week: tuple[int, int]) -> str:
    """ "2027-6": an ISO week in the form."""
    return f"{week[0]}-{week[1]}"


def whole_weeks(span: Span, season: Season, audience: str) -> list[tuple[int, int]]:
    """The ISO weeks that together are exactly the span; empty when they are not."""
    count = (span.ends_on - span.starts_on).days // 7 + 2
    days = {(span.starts_on + timedelta(weeks=n)).isocalendar()[:2] for n in range(count)}
    weeks = sorted(week for week in days if date.fromisocalendar(*week, 1) <= span.ends_on)
    known = [week for week in weeks if week in set(wish_rules.weeks_of(season))]
    spans = wish_rules.spans_of_weeks(known, span.earliest, span.latest, season, audience)
    return known if spans == (span,) else []


def spans_of(wish: Wish) -> list[Span]:
    """The wish's spans as values, in order."""
    return [Span(s.starts_on, s.ends_on, s.earliest, s.latest) for s in wish.spans.all()]


def _new(organisation: Organisation, rank: int) -> dict[str, Any]:
    is_school = getattr(organisation, "school", None) is not None
    return {
        "rank": rank,
        "shows_count": 1,
        "audience": Wish.Audience.SCHOOL if is_school else Wish.Audience.PUBLIC,
        "earliest": wish_rules.EARLIEST,
        "latest": wish_rules.LATEST_AT_SCHOOL if is_school else wish_rules.LATEST,
    }


def _shown(wish: Wish, season: Season) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A wish as the form shows it: spans that are whole weeks as weeks, the others as rows of days.

    The form's times are those of the weeks; a span with other times is a row, so that none is lost.
    """
    spans = spans_of(wish)
    by_weeks = [span for span in spans if whole_weeks(span, season, wish.audience)]
    times = next(
        ((s.earliest, s.latest) for s in [*by_weeks, *spans]), (wish_rules.EARLIEST, wish_rules.LATEST)
    )
    weeks: list[str] = []
    rows = []
    for span in spans:
        alike = (span.earliest, span.latest) == times
        found = whole_weeks(span, season, wish.audience) if alike else []
        weeks += [week_key(week) for week in found]
        if not found:
            own = {} if alike else {"earliest": span.earliest, "latest": span.latest}
            rows.append({"starts_on": span.starts_on, "ends_on": span.ends_on, **own})
    names = ("venue", "rank", "is_reserve", "shows_count", "audience", "audience_expected", "message")
    initial = {name: getattr(wish, name) for name in names}
    groups = group_choices.initial_of(wish)
    return {**initial, **groups, "weeks": weeks, "earliest": times[0], "latest": times[1]}, rows


def _breaks(organisation: Organisation, season: Season) -> "Iterable[SchoolBreak]":
    """The days off of the organisation's municipality, and its own where it is a school."""
    whose = Q(municipality=organisation.municipality_id) | Q(school__organisation=organisation)
    off = SchoolBreak.objects.filter(whose).exclude(kind=SchoolBreak.Kind.OPEN)
    return off.between(season.starts_on, season.ends_on)


def _week_label(week: tuple[int, int], breaks: Iterable[SchoolBreak]) -> str:
    """ "v. 10", under it "8–14 mar" and, in a break, its name."""
    monday = date.fromisocalendar(*week, 1)
    friday, sunday = monday + timedelta(days=4), monday + timedelta(days=6)
    free = [b.name for b in breaks if b.starts_on <= friday and b.ends_on >= monday]
    days = span_text(monday, sunday).rsplit(" ", 1)[0]
    lines = format_html_join("", "<br><small>{}</small>", [(line,) for line in (days, *free)])
    return format_html("<span><strong>{}</strong>{}</span>", week_text(monday), lines)
