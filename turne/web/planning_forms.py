"""The forms of a producer's tours: the frame of a tour, a lock, and what to offer by when."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Booking
from tours.frames import Frame, usual
from tours.models import Production, Proposal, Season, Tour
from tours.windows import DAY_MIN, evening, minute_of
from turne.web.form_fields import ClockField, DayField, RowsField, versions_in
from venues.models import WorkRuleProfile

#: How long the planner may look, in seconds: a look, a coffee, a large tour.
SECONDS = (10, 30, 60)


class MinuteField(ClockField):
    """A clock time that is kept as a minute of the day; midnight as an end is 24.00."""

    def __init__(self, *, is_end: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.is_end = is_end

    def clean(self, value: Any) -> Any:
        at = super().clean(value)
        minute = minute_of(at) if at else 0
        return DAY_MIN if self.is_end and minute == 0 else minute

    def prepare_value(self, value: Any) -> Any:
        return time(*divmod(value % DAY_MIN, 60)) if isinstance(value, int) else value


class FrameForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything about a tour that is not decided when it is made."""

    day_open_min = MinuteField(
        label=gettext_lazy("Earliest departure"),
        initial=usual("day_open_min"),
        help_text=gettext_lazy("Nobody leaves the night's place before this."),
    )
    day_close_min = MinuteField(
        label=gettext_lazy("Latest arrival"),
        initial=usual("day_close_min"),
        is_end=True,
        help_text=gettext_lazy("Everybody is at the night's place by this. 00.00 is midnight."),
    )

    class Meta:
        model = Tour
        fields = (
            "name",
            "starts_on",
            "ends_on",
            "cut_off_on",
            "presenters_min",
            "is_announced_later",
            "moves_up",
            "offers_at",
            "performances_per_day",
            "day_open_min",
            "day_close_min",
            "drive_max_min",
            "works_saturdays",
            "works_sundays",
            "winter_factor",
            "trailer_factor",
            "work_rules",
            "wish_worth",
            "municipality_bonus",
            "cost_per_km",
            "cost_per_night",
            "cost_per_change",
            "moves_offered",
            "cost_per_offered_change",
            "mileage",
            "fuel",
            "room_cost",
            "finds_own_beds",
            "has_breakfast",
            "sharing",
            "uses_latest_rates",
        )
        field_classes = {
            **dict.fromkeys(("starts_on", "ends_on", "cut_off_on"), DayField),
            "work_rules": RowsField,
            "offers_at": ClockField,
        }
        widgets = {"work_rules": forms.CheckboxSelectMultiple}
        labels = {
            "winter_factor": gettext_lazy("Slower roads in winter, times"),
            "trailer_factor": gettext_lazy("Slower with a trailer, times"),
            "work_rules": gettext_lazy("Working-time rules besides the law"),
            "wish_worth": gettext_lazy("Worth of a first wish"),
            "municipality_bonus": gettext_lazy("Worth of one more municipality"),
            "uses_latest_rates": gettext_lazy("Reckon with the latest known rates where a year has none"),
        }
        help_texts = {
            "cut_off_on": gettext_lazy(
                "By this day enough presenters must have said yes, or the tour is off."
            ),
            "offers_at": gettext_lazy(
                "Until then they wait in the outbox, where you can read, change and stop them. Empty: at once."
            ),
            "presenters_min": gettext_lazy("With so many confirmed presenters the tour is on."),
            "drive_max_min": gettext_lazy("All drives of a day together. 360 is six hours."),
            "winter_factor": gettext_lazy(
                "1.10 makes every drive on a day of winter roads ten per cent longer, 1 leaves it as it is."
            ),
            "trailer_factor": gettext_lazy("1 without a trailer."),
            "work_rules": gettext_lazy(
                "The law of the region always holds and needs no tick. An agreement that only warns changes no plan."
            ),
            "wish_worth": gettext_lazy(
                "Beyond its fee. A second wish counts 80 %, a third 65 %, a reserve half."
            ),
            "municipality_bonus": gettext_lazy(
                "Raise it to spread the tour over the region; with 0 it goes where the fees are."
            ),
            "cost_per_km": gettext_lazy("Fuel and wear; a higher figure gives a shorter route."),
            "cost_per_night": gettext_lazy(
                "Rooms for all, and what a night away is otherwise worth avoiding."
            ),
            "cost_per_change": gettext_lazy(
                "Raise it to keep held stops where they are when you plan again."
            ),
            "moves_offered": gettext_lazy(
                "Else what has been offered stays. A plan that moves an offer takes it back when you adopt it."
            ),
            "cost_per_offered_change": gettext_lazy(
                "Counts where offered dates may move. Raise it to ask as few as possible again."
            ),
            "mileage": gettext_lazy("The tax-free rates are the region's, by the year of the drive."),
            "fuel": gettext_lazy("For the emissions. Without a figure that has a source they stay unknown."),
            "room_cost": gettext_lazy("Everybody has a room. It is an assumption until you know better."),
            "finds_own_beds": gettext_lazy(
                "Then each has the tax-free amount for the night instead of a room."
            ),
            "has_breakfast": gettext_lazy("A breakfast that is given makes the per diem a fifth lower."),
            "sharing": gettext_lazy(
                "Equal shares do not punish those who live far from the ensemble's home."
            ),
            "uses_latest_rates": gettext_lazy(
                "Next year's are set late in the year. Until they are loaded the account says which it took."
            ),
        }

    def __init__(self, *args: Any, season: Season | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work_rules"].queryset = rules_beside_the_law(season)  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """The rules of a tour are its verb's; the form only reads what was typed."""

    def frame(self) -> Frame:
        """What was typed, for the verbs."""
        return Frame(**{**self.cleaned_data, "work_rules": tuple(self.cleaned_data["work_rules"])})


def rules_beside_the_law(season: Season | None) -> "QuerySet[WorkRuleProfile]":
    """What a tour may choose: agreements, and the laws of neighbours that it drives into."""
    law = WorkRuleProfile.Severity.BLOCK
    served = WorkRuleProfile.objects.exclude(region__is_served=True, severity=law)
    if season is None:
        return served
    region = season.region
    return served.filter(Q(region=region) | Q(region__in=region.neighbours.all())).distinct()


class NewTourForm(FrameForm):
    """The frame, and what the tour is of."""

    production = forms.ModelChoiceField(
        Production.objects.none(), label=gettext_lazy("Production"), empty_label=gettext_lazy("Choose")
    )
    season = forms.ModelChoiceField(
        Season.objects.none(), label=gettext_lazy("Season"), empty_label=gettext_lazy("Choose")
    )

    def __init__(self, productions: Any, seasons: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["production"].queryset = productions  # type: ignore[attr-defined]
        self.fields["season"].queryset = seasons  # type: ignore[attr-defined]

    def frame(self) -> Frame:
        chosen = {name: v for name, v in self.cleaned_data.items() if name not in ("production", "season")}
        return Frame(**{**chosen, "work_rules": tuple(chosen["work_rules"])})


class LockForm(forms.Form):
    """When a stop is to be played."""

    date = DayField()
    time = ClockField()

    def starts_at(self) -> datetime:
        """The start of the first show."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["date"], self.cleaned_data["time"]))


class WarningForm(forms.Form):
    """Which warning is overridden, and why."""

    profile = forms.IntegerField()
    rule = forms.CharField(max_length=30)
    date = DayField()
    reason = forms.CharField(max_length=300)


class PlanForm(forms.Form):
    """How long the planner may look, which plan it should stay near, whether for plans of several ways."""

    sekunder = forms.ChoiceField(choices=[(str(n), str(n)) for n in SECONDS], required=False)
    nara = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    flera = forms.BooleanField(required=False)

    def seconds(self) -> int:
        """As chosen; the shortest where nobody was asked."""
        return int(self.cleaned_data["sekunder"] or SECONDS[0])

    def near(self, tour: Tour) -> Proposal | None:
        """The tour's plan with that number, if one was named."""
        return tour.proposals.filter(pk=self.cleaned_data["nara"] or 0).first()


class MoveForm(LockForm):
    """Which stop of a plan is set to that time, by the planner's name of it."""

    candidate = forms.CharField(max_length=20)

    def __init__(self, sent: Mapping[str, str]) -> None:
        super().__init__(_with_remedy(sent))


def _with_remedy(sent: Mapping[str, str]) -> Mapping[str, str]:
    """A remedy's button carries all three in one value: "w17 2027-02-03 10:00"."""
    parts = sent.get("remedy", "").split()
    return dict(zip(("candidate", "date", "time"), parts, strict=True)) if len(parts) == 3 else sent


class OfferForm(forms.Form):
    """Which held visits are offered, as "id:version", and by when they are to be answered."""

    answer_on = DayField(
        label=gettext_lazy("Answer by"),
        help_text=gettext_lazy("The offer holds to the end of this day, but not beyond the show itself."),
    )
    besok = forms.MultipleChoiceField(
        label=gettext_lazy("Visits to offer"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, held: Sequence[Booking], *args: Any, only: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = only
        self.fields["besok"].choices = [(key_of(booking), str(booking)) for booking in held]  # type: ignore[attr-defined]
        self.fields["besok"].error_messages["invalid_choice"] = _(
            "One of the visits has changed since you opened the page. Look again, then send."
        )

    def is_chosen(self, booking: Booking) -> bool:
        """Whether its box is ticked: as it was sent, else all or the one that was asked for."""
        if self.is_bound:
            return key_of(booking) in self.data.getlist("besok")  # type: ignore[attr-defined]
        return self.only in (0, booking.pk)

    def versions(self) -> Mapping[int, int]:
        """Booking -> the version that was looked at."""
        return versions_in(self.cleaned_data["besok"])

    def answer_by(self) -> datetime:
        """The end of the chosen day; of the suggested one before anything is chosen, or if that is no day."""
        chosen = getattr(self, "cleaned_data", {}).get("answer_on") or self.initial["answer_on"]
        return evening(chosen)


def key_of(booking: Booking) -> str:
    """A held visit as it stood when it was looked at."""
    return f"{booking.pk}:{booking.version}"
