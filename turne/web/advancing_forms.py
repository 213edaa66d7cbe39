"""The forms of preparing a visit: settle an item, tell practical facts, name a contact, add an item of one's own."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.checklists import Entry, State
from bookings.contacts import Role
from bookings.models import OwnItem, VisitFacts
from bookings.practical import Practical, fields_for
from turne.web.form_fields import WordsField
from venues.checklist_facts import FARTHEST


class SettleForm(forms.Form):
    """How an item is settled, in words."""

    state = forms.ChoiceField(label=gettext_lazy("How does it stand?"), widget=forms.RadioSelect)
    note = WordsField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Both sides read it. Never a pupil's name."),
    )

    def __init__(self, entry: Entry, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = {
            State.DONE: _("Solved") if entry.is_of_room else _("Done"),
            State.NOT_APPLICABLE: _("Does not apply, because ..."),
            State.OPEN: _("Open again"),
        }
        if entry.item.state == State.OPEN:
            del states[State.OPEN]
        self.fields["state"].choices = list(states.items())  # type: ignore[attr-defined]
        self.initial.setdefault("state", State.DONE if entry.item.state == State.OPEN else entry.item.state)
        self.initial.setdefault("note", entry.item.note)
        if entry.is_of_room:
            self.fields["note"].label = _("How is it solved, and by whom?")


class PracticalForm(forms.ModelForm):  # type: ignore[type-arg]
    """The practical facts that the reader's side tells; each begins with what stands."""

    class Meta:
        model = VisitFacts
        fields = ["parking", "load_in", "helpers", "meals", "lodging"]

    def __init__(self, sides: list[str], stands: list[Practical], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = fields_for(sides)
        for fact in stands:
            if fact.name not in mine:
                del self.fields[fact.name]
            elif not fact.told and fact.text:
                self.fields[fact.name].help_text = _("While it is empty: %(text)s") % {"text": fact.text}


class ContactForm(forms.Form):
    """Who has a role; all empty takes the contact away."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("The one who does it. Never a pupil's name."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=gettext_lazy("A number of the house, if there is one."),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("An address of the role rather than a person's."),
    )

    def __init__(self, role: Role, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.initial.setdefault(name, getattr(role.contact, name, ""))


class OwnItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """An item that a producer adds, for all its productions or for one."""

    class Meta:
        model = OwnItem
        fields = ["text", "phase", "who", "due_days", "production"]
        help_texts = {
            "due_days": gettext_lazy("−21 is three weeks before the visit, 1 the day after."),
            "production": gettext_lazy("Leave it empty for all your productions."),
        }

    def __init__(self, productions: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["due_days"] = forms.IntegerField(
            label=self.fields["due_days"].label,
            help_text=self.fields["due_days"].help_text,
            initial=-21,
            min_value=-FARTHEST,
            max_value=FARTHEST,
        )
        self.fields["production"] = forms.ModelChoiceField(
            productions,
            label=self.fields["production"].label,
            help_text=self.fields["production"].help_text,
            required=False,
            empty_label=_("All productions"),
            to_field_name="slug",
        )
        self.order_fields(["text", "phase", "due_days", "who", "production"])
