"""The forms of an allotment: for whom, of what, by which rules; and what a grade is to get by hand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.allotting import RULES, Terms
from tours.models import Allotment, Production, Season, SeasonWay
from tours.models.allotment import SECONDS_MAX
from turne.web.form_fields import MomentField, RowField, RowsField
from venues.grades import GRADES
from venues.models import Municipality, Venue

#: The fields by part of the page: heading, names, whether the part is open from the beginning.
PARTS: tuple[tuple[Any, tuple[str, ...], bool], ...] = (
    (gettext_lazy("For whom"), ("name", "municipalities", "grades", "answers_by"), True),
    (gettext_lazy("Of what"), ("productions",), True),
    (
        gettext_lazy("Rules"),
        (
            "walk_max_km",
            "bus_max_km",
            "bus_max_min",
            "shows_per_day",
            "days_max",
            "repeat_years",
            "unknown_fits",
            "skips_reached",
        ),
        True,
    ),
    (
        gettext_lazy("What it costs"),
        ("bus_seats", "bus_base", "bus_per_km", "per_km", "per_night", "day_trip_max_min"),
        False,
    ),
    (gettext_lazy("How long to compute"), ("seconds", "seed"), False),
)


class AllotmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """Everything that a person decides of an allotment."""

    municipalities = RowsField(
        Municipality.objects.none(),
        label=gettext_lazy("Municipalities"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one municipality.")},
    )
    grades = forms.MultipleChoiceField(
        label=gettext_lazy("Grades"),
        choices=[(grade, grade) for grade in GRADES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one grade.")},
    )
    productions = RowsField(
        Production.objects.none(),
        label=gettext_lazy("Productions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one production.")},
    )
    answers_by = MomentField(label=gettext_lazy("Schools answer by"), required=False)
    seconds = forms.IntegerField(
        label=gettext_lazy("Time to compute, seconds"), min_value=1, max_value=SECONDS_MAX, initial=60
    )

    class Meta:
        model = Allotment
        fields = ("name", "answers_by", *RULES)
        labels = {"seed": gettext_lazy("Number to begin from")}
        help_texts = {
            "seed": gettext_lazy("The same number gives the same plan."),
            "repeat_years": gettext_lazy("0: only what they get this school year counts."),
        }

    def __init__(self, data: Any, season: Season, instance: Allotment | None = None) -> None:
        super().__init__(data, instance=instance or Allotment(season=season))
        self.season = season
        grounds = Municipality.objects.filter(region=season.region_id).order_by("name")
        offered = season.productions.filter(rider__isnull=False).order_by("title")
        towns: Any = self.fields["municipalities"]
        plays: Any = self.fields["productions"]
        towns.queryset, plays.queryset = grounds, offered
        plays.label_from_instance = production_label
        if instance is None:
            allotted = grounds.filter(ways__season=season).exclude(ways__way=SeasonWay.Way.MENU)
            towns.initial = [one.pk for one in allotted]
            plays.initial = [one.pk for one in offered if one.grades]
        else:
            self.initial["grades"] = instance.grades
            towns.initial = [one.pk for one in instance.municipalities.all()]
            plays.initial = [one.pk for one in instance.productions.all()]

    def parts(self) -> list[dict[str, Any]]:
        """The fields as the page shows them."""
        return [
            {
                "title": title,
                "fields": [self[name] for name in names],
                "row": "grades" in names,
                "open": is_open or any(self[name].errors for name in names),
            }
            for title, names, is_open in PARTS
        ]

    def terms(self) -> Terms:
        """What was decided."""
        read = self.cleaned_data
        return Terms(
            name=read["name"],
            municipalities=list(read["municipalities"]),
            productions=list(read["productions"]),
            grades=read["grades"],
            answers_by=read["answers_by"],
            rules={name: read[name] for name in RULES},
        )

    def _post_clean(self) -> None:
        """The verb writes the row, and checks it; the form only reads what was sent."""


def production_label(production: Production) -> str:
    """ "Fjällfolk (grades 4–6, at most 120)"."""
    grades = production.grades or _("grades not told")
    return _("%(title)s (%(grades)s, at most %(most)d in the audience)") % {
        "title": production,
        "grades": grades,
        "most": production.audience_max,
    }


class ChoiceForm(forms.Form):
    """What one grade is to get. Without a production it gets nothing."""

    production = RowField(
        Production.objects.none(),
        label=gettext_lazy("Production"),
        required=False,
        empty_label=gettext_lazy("Nothing"),
    )
    venue = RowField(
        Venue.objects.none(),
        label=gettext_lazy("Room"),
        required=False,
        empty_label=gettext_lazy("Wherever is best"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"), required=False, max_length=200, help_text=gettext_lazy("Nobody's name.")
    )

    def __init__(
        self, data: Any, productions: Sequence[int], rooms: Sequence[tuple[int, str]], initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        plays: Any = self.fields["production"]
        venues: Any = self.fields["venue"]
        plays.queryset = Production.objects.filter(pk__in=productions).order_by("title")
        venues.queryset = Venue.objects.filter(pk__in=[pk for pk, _label in rooms])
        labels = dict(rooms)
        venues.label_from_instance = lambda venue: labels[venue.pk]
        venues.choices = [("", _("Wherever is best")), *rooms]
