"""Forms of the repertoire: a production, its rider, its pictures, and a season with its menu."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tours import repertoire
from tours.errors import TurneError
from tours.models import AccessService, Ensemble, Production, Rider, Season
from tours.models.production import LANGUAGE_TAGS
from tours.pictures import PICTURES_MAX
from turne.web.form_fields import DayField, MomentField, RowsField
from turne.web.particulars import LANGUAGES
from turne.web.refusals import blame
from venues.models import Region

#: A rider's fields as they stand on the page: a heading and its fields, then what is needed or not.
RIDER_GROUPS = (
    (_("Time"), ("get_in_min", "get_out_min", "changeover_min")),
    (_("Before a show"), ("call_min", "arrival_min", "seating_min")),
    (_("Stage"), ("stage_w_m", "stage_d_m", "stage_h_m")),
    (_("Room"), ("power", "blackout_need", "floor_need", "dressing_rooms")),
    (_("People"), ("helpers_in", "helpers_out", "crew_size", "accommodation_rooms")),
)
RIDER_CHECKS = (
    *("needs_flat_floor", "needs_piano", "needs_sound", "needs_light"),
    *("needs_warm_floor", "needs_vehicle_access", "needs_lunch"),
)


class ProductionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the menu shows of a production."""

    teacher_guide_url = forms.URLField(label=_("Teacher guide"), required=False, assume_scheme="https")
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=[(tag, LANGUAGES[tag]) for tag in LANGUAGE_TAGS],
        widget=forms.CheckboxSelectMultiple,
    )

    access_services = forms.MultipleChoiceField(
        label=_("Access services that it always has"),
        choices=[(value, capfirst(label)) for value, label in AccessService.choices],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Production
        fields = [
            *(
                "ensemble",
                "title",
                "synopsis",
                "art_form",
                "kind",
                "age_min",
                "age_max",
                "grades",
                "duration_min",
            ),
            *("audience_max", "shows_per_day_max", "languages", "fee", "fee_next_show", "is_all_in"),
            *("is_recommended", "teacher_guide_url", "content_warnings", "preparation", "access_services"),
        ]
        widgets = {
            "synopsis": forms.Textarea(attrs={"rows": 6}),
            "preparation": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, ensembles: "QuerySet[Ensemble]", **options: Any) -> None:
        super().__init__(*args, **options)
        ensemble = self.fields["ensemble"]
        ensemble.queryset = ensembles  # type: ignore[attr-defined]
        ensemble.empty_label = None  # type: ignore[attr-defined]
        ensemble.label = _("Ensemble")
        _tidy(self)

    def clean(self) -> dict[str, Any]:
        """The rule of ages speaks before the database's own check, whose words nobody understands."""
        read = super().clean() or {}
        return _ask(self, repertoire.check_ages, read, "age_min", "age_max")


class RiderForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a production needs of a room; an empty field is no need."""

    class Meta:
        model = Rider
        fields = [name for _heading, names in RIDER_GROUPS for name in names] + [*RIDER_CHECKS, "notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, minutes in Rider.BEFORE_SHOW.items():
            self.fields[name].help_text = gettext("While it is empty: %(text)s") % {"text": minutes}
        _tidy(self)

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Headings with their fields."""
        return [(heading, [self[name] for name in names]) for heading, names in RIDER_GROUPS]

    def checks(self) -> list[forms.BoundField]:
        """What is needed or not."""
        return [self[name] for name in RIDER_CHECKS]


class PictureForm(forms.Form):
    """A picture to put up. What the file is told by its content, where it is drawn anew."""

    image = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, at most 12 MB."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt = forms.CharField(
        label=_("What does it show?"),
        help_text=_("For those who can not see it."),
        max_length=200,
    )
    credit = forms.CharField(label=_("Photographer"), max_length=120, required=False)
    most = PICTURES_MAX


class SeasonForm(forms.ModelForm):  # type: ignore[type-arg]
    """A season: when it takes wishes, when it is played, and what is on its menu."""

    opens_at = MomentField(label=_("Opens for wishes"))
    closes_at = MomentField(label=_("Closes for wishes"))
    starts_on = DayField(label=_("First day to play"))
    ends_on = DayField(label=_("Last day to play"))
    productions = RowsField(
        label=_("On the menu"),
        queryset=Production.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Season
        fields = [
            *("region", "name", "opens_at", "closes_at", "starts_on", "ends_on", "wishes_max", "productions"),
            *("hold_days", "hold_reminder_days", "challenge_hours", "answer_reminder_days"),
            "late_cancel_days",
        ]

    def __init__(
        self,
        *args: Any,
        regions: "QuerySet[Region]",
        productions: "QuerySet[Production]",
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        region = self.fields["region"]
        region.queryset = regions  # type: ignore[attr-defined]
        region.empty_label = None  # type: ignore[attr-defined]
        region.label = _("Region")
        if self.instance.pk or regions.count() == 1:
            region.disabled = True
            self.initial["region"] = self.instance.region_id or regions.get().pk
            region.widget = forms.HiddenInput()
        self.fields["productions"].queryset = productions  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The rule of times speaks before the database's own check, whose words nobody understands."""
        read = super().clean() or {}
        return _ask(self, repertoire.check_times, read, "opens_at", "closes_at", "starts_on", "ends_on")


def _ask(
    form: forms.BaseForm, rule: Callable[..., None], read: dict[str, Any], *names: str
) -> dict[str, Any]:
    """Put the fields to a rule where all of them could be read; its refusal goes beside the field."""
    if all(name in read for name in names):
        try:
            rule(*(read[name] for name in names))
        except TurneError as error:
            blame(form, error)
    return read


def _tidy(form: forms.BaseModelForm) -> None:  # type: ignore[type-arg]
    """Show 18500 and 5.5 instead of 18500.00 and 5.50."""
    for name, value in form.initial.items():
        if isinstance(value, Decimal):
            form.initial[name] = f"{value.normalize():f}"
