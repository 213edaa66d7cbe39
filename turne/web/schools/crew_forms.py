"""What is asked for of a crew, its members, training and things, of tasks and votes, of meetings and panels."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from bookings.crews import NOTE_MAX
from tours.models import Production
from tours.models.production import LANGUAGE_TAGS
from tours.models.votes import COMMENT_MAX, PLACES
from turne.web.form_fields import ClockField, DayField, WordsField
from turne.web.particulars import LANGUAGES
from venues.crews import CrewWords
from venues.models import CrewItem
from venues.models.crews import AGE_LIMITS, NICKNAME_MAX, CrewRole, Topic
from venues.network_meetings import MeetingWords

#: Languages that a crew can host in: those of productions, without "no words".
SPOKEN = [tag for tag in LANGUAGE_TAGS if tag != "none"]
ROLES = [(value, label) for value, label in CrewRole.choices]


class CrewForm(forms.Form):
    """What a crew is: counts, ages, languages and skills."""

    name = forms.CharField(label=_lazy("The crew's name"), max_length=60)
    pupils_count = forms.IntegerField(label=_lazy("Pupils"), min_value=0)
    mentors_count = forms.IntegerField(label=_lazy("Mentors"), min_value=0)
    age_from = forms.IntegerField(label=_lazy("Youngest, years"), initial=AGE_LIMITS[0] + 2)
    age_to = forms.IntegerField(label=_lazy("Oldest, years"), initial=AGE_LIMITS[1] - 2)
    languages = forms.MultipleChoiceField(
        label=_lazy("Languages"),
        required=False,
        choices=[(tag, LANGUAGES[tag]) for tag in SPOKEN],
        widget=forms.CheckboxSelectMultiple,
    )
    skills = forms.MultipleChoiceField(
        label=_lazy("Can do"), required=False, choices=ROLES, widget=forms.CheckboxSelectMultiple
    )
    is_active = forms.BooleanField(label=_lazy("Hosts now"), required=False, initial=True)

    def words(self) -> CrewWords:
        """As the verb takes it."""
        return CrewWords(**self.cleaned_data)


class MemberForm(forms.Form):
    """Who does what, by role."""

    role = forms.ChoiceField(label=_lazy("Role"), choices=ROLES)
    nickname = forms.CharField(
        label=_lazy("Nickname"),
        max_length=NICKNAME_MAX,
        required=False,
        help_text=_lazy("One word, no surname. It is forgotten when the school year ends."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_mentor = forms.BooleanField(label=_lazy("Is a mentor"), required=False)


class TrainingForm(forms.Form):
    """A training day that has been."""

    held_on = DayField(label=_lazy("Day"))
    hours = forms.DecimalField(label=_lazy("Hours"), max_digits=3, decimal_places=1, initial=Decimal(6))
    topics = forms.MultipleChoiceField(
        label=_lazy("About"), choices=Topic.choices, widget=forms.CheckboxSelectMultiple
    )
    attended_count = forms.IntegerField(label=_lazy("Pupils who were there"), min_value=0)


class ItemForm(forms.Form):
    """How many there are of something, and how many are lent."""

    what = forms.ChoiceField(
        label=_lazy("What"),
        choices=[
            ("folder-", _lazy("Checklist folders")),
            *((f"shirt-{size}", label) for size, label in CrewItem.Size.choices if size),
        ],
    )
    total_count = forms.IntegerField(
        label=_lazy("In all"), min_value=0, help_text=_lazy("0 takes the line away.")
    )
    lent_count = forms.IntegerField(label=_lazy("Of which lent"), min_value=0, initial=0)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["what"]
        field.choices = [
            (key, label if key == "folder-" else _("T-shirts, size %(size)s") % {"size": label})
            for key, label in field.choices
        ]

    def thing(self) -> tuple[str, str]:
        """Kind and size."""
        kind, _dash, size = self.cleaned_data["what"].partition("-")
        return kind, size


class SignupForm(forms.Form):
    """How many come to a network meeting."""

    pupils_count = forms.IntegerField(label=_lazy("Pupils"), min_value=0)
    mentors_count = forms.IntegerField(label=_lazy("Mentors"), min_value=0)


class TaskForm(forms.Form):
    """Who did a task, and a word about it."""

    nickname = forms.CharField(label=_lazy("Nickname"), max_length=NICKNAME_MAX, required=False)
    note = forms.CharField(label=_lazy("Note"), max_length=NOTE_MAX, required=False)


class RankForm(forms.Form):
    """The best five of a menu, in order; each a choice among its productions."""

    def __init__(self, menu: Sequence[Production], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.menu = {str(production.pk): production for production in menu}
        choices = [("", "–"), *((pk, production.title) for pk, production in self.menu.items())]
        for place in range(1, PLACES + 1):
            label = _("Place %(place)d") % {"place": place}
            self.fields[f"place_{place}"] = forms.ChoiceField(label=label, required=False, choices=choices)

    def ranked(self) -> list[Production]:
        """The productions that were chosen, the best first; places left empty close up."""
        chosen = [self.cleaned_data[f"place_{place}"] for place in range(1, PLACES + 1)]
        return [self.menu[pk] for pk in chosen if pk]

    @property
    def places(self) -> list[forms.BoundField]:
        """The five fields."""
        return [self[f"place_{place}"] for place in range(1, PLACES + 1)]


class VoteForm(RankForm):
    """A crew's vote."""

    hands_count = forms.IntegerField(
        label=_lazy("So many of us voted"),
        min_value=0,
        help_text=_lazy("Count the hands. The number says how many took part; each crew counts alike."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)


class OpinionForm(RankForm):
    """A panel's opinion: the best five, and a comment on whichever of them."""

    def __init__(self, menu: Sequence[Production], *args: Any, **options: Any) -> None:
        super().__init__(menu, *args, **options)
        for pk, production in self.menu.items():
            self.fields[f"comment_{pk}"] = WordsField(
                label=_("What do you think of %(title)s?") % {"title": production.title},
                rows=2,
                required=False,
                max_length=COMMENT_MAX,
            )

    def comments(self) -> dict[Production, str]:
        """What was written, by production."""
        return {production: self.cleaned_data[f"comment_{pk}"] for pk, production in self.menu.items()}

    @property
    def offers(self) -> list[tuple[Production, forms.BoundField]]:
        """Each production with the field for what is thought of it."""
        return [(production, self[f"comment_{pk}"]) for pk, production in self.menu.items()]


class MeetingForm(forms.Form):
    """A network meeting."""

    title = forms.CharField(label=_lazy("Title"), max_length=80)
    held_on = DayField(label=_lazy("Day"))
    starts_at = ClockField(label=_lazy("From"))
    ends_at = ClockField(label=_lazy("Until"))
    venue = forms.CharField(label=_lazy("Where"), max_length=160)
    programme = WordsField(label=_lazy("Programme"), rows=5, required=False, max_length=2000)

    def words(self) -> MeetingWords:
        """As the verb takes it."""
        return MeetingWords(**self.cleaned_data)


class PanelForm(forms.Form):
    """A young reference group."""

    name = forms.CharField(label=_lazy("The group's name"), max_length=80)
    members_count = forms.IntegerField(label=_lazy("Members"), min_value=0)
    is_active = forms.BooleanField(label=_lazy("In use"), required=False, initial=True)
