"""The forms of a workshop: when, where and for whom; why not; and who took part."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings import workshops
from bookings.models import Workshop
from turne.web.form_fields import NOT_NEGATIVE, MomentField, WordsField
from venues.models import Group


class WorkshopForm(forms.Form):
    """A workshop's time, length, room and groups; the kind is chosen once."""

    kind = forms.ChoiceField(
        label=gettext_lazy("When"), choices=Workshop.Kind.choices, widget=forms.RadioSelect
    )
    starts_at = MomentField(label=gettext_lazy("Starts"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=workshops.SHORTEST.seconds // 60,
        max_value=workshops.LONGEST.seconds // 60,
        initial=60,
    )
    place = forms.CharField(
        label=gettext_lazy("Room"),
        max_length=120,
        help_text=gettext_lazy("For example classroom 4B, the gym or the hall."),
    )
    groups = forms.MultipleChoiceField(label=gettext_lazy("Groups"), widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, groups: Sequence[Group], *args: Any, workshop: Workshop | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(group.pk): group for group in groups}
        names = _names(groups)
        self.fields["groups"].choices = [  # type: ignore[attr-defined]
            (key, _("%(group)s, %(pupils)d pupils") % {"group": names[g.pk], "pupils": g.pupils_count})
            for key, g in self.known.items()
        ]
        if workshop:
            del self.fields["kind"]
            self.initial = {
                "starts_at": workshop.starts_at,
                "minutes": (workshop.ends_at - workshop.starts_at).seconds // 60,
                "place": workshop.place,
                "groups": [str(group.pk) for group in workshop.groups.all()],
            }

    def values(self) -> dict[str, Any]:
        """As the verbs take it."""
        read = dict(self.cleaned_data)
        minutes = read.pop("minutes")
        return {
            **read,
            "ends_at": read["starts_at"] + timedelta(minutes=minutes),
            "groups": [self.known[key] for key in read["groups"]],
        }


class AskForm(forms.Form):
    """A school asks for a workshop: before or after, for which of its groups, and when best."""

    school = forms.ChoiceField(label=gettext_lazy("School"))
    kind = forms.ChoiceField(
        label=gettext_lazy("When"), choices=Workshop.Kind.choices, widget=forms.RadioSelect
    )
    groups = forms.MultipleChoiceField(label=gettext_lazy("Groups"), widget=forms.CheckboxSelectMultiple)
    wish = forms.CharField(
        label=gettext_lazy("Wishes of time"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "For example the week before, Tuesday or Thursday morning. No names of pupils."
        ),
    )

    def __init__(self, groups: Sequence[Group], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(group.pk): group for group in groups}
        self.schools = {str(g.school.organisation_id): g.school.organisation for g in groups}
        names = _names(groups)
        self.fields["groups"].choices = [(key, names[g.pk]) for key, g in self.known.items()]  # type: ignore[attr-defined]
        self.fields["school"].choices = [(key, str(name)) for key, name in self.schools.items()]  # type: ignore[attr-defined]
        if len(self.schools) == 1:
            del self.fields["school"]

    def values(self) -> dict[str, Any]:
        """As the verb takes it."""
        read = dict(self.cleaned_data)
        school = self.schools[read["school"]] if "school" in read else next(iter(self.schools.values()))
        return {**read, "school": school, "groups": [self.known[key] for key in read["groups"]]}


class NoForm(forms.Form):
    """Why a workshop that was asked for cannot be held."""

    reason = WordsField(label=gettext_lazy("Why can it not be held?"), max_length=500, rows=2)


class ReasonForm(forms.Form):
    """Why a workshop is cancelled."""

    reason = WordsField(label=gettext_lazy("Why is it cancelled?"), max_length=500, rows=2)


class TookPartForm(forms.Form):
    """How many pupils took part."""

    took_part = forms.IntegerField(
        label=gettext_lazy("Pupils who took part"),
        min_value=0,
        max_value=workshops.TOOK_PART_MAX,
        error_messages=NOT_NEGATIVE,
    )


def _names(groups: Sequence[Group]) -> dict[int, str]:
    """By its key what a group is called; with its school where they are of several."""
    several = len({group.school_id for group in groups}) > 1
    return {group.pk: f"{group.school}, {group.name}" if several else group.name for group in groups}
