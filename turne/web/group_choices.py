"""The groups of a school in the form of its wish: which come, and at which show where somebody chooses that."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tours import group_rules
from tours.group_rules import GroupChoice
from tours.models import Wish
from tours.models.school_wishes import Need
from turne.web.form_fields import NOT_NEGATIVE
from venues.models import Group


def show_name(group: Group) -> str:
    """The name of the field that says at which show the group is."""
    return f"show_{group.pk}"


def need_name(group: Group, need: str) -> str:
    """The name of the field that says how many in the group need something."""
    return f"need_{group.pk}_{need}"


def add_to(form: forms.Form, groups: Sequence[Group], shows_most: int) -> None:
    """Give the form its fields for the groups; a form without groups has none."""
    if not groups:
        return
    form.fields["groups"] = forms.MultipleChoiceField(
        label=gettext_lazy("Groups that come"),
        choices=[(str(group.pk), group.name) for group in groups],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    shows = [
        ("", _("we deal them")),
        *((n, _("show %(number)d") % {"number": n}) for n in range(1, shows_most + 1)),
    ]
    for group in groups:
        for need in Need:
            form.fields[need_name(group, need)] = forms.IntegerField(
                label=_("%(need)s, %(group)s") % {"need": need.label, "group": group.name},
                min_value=0,
                max_value=group.pupils_count,
                required=False,
                error_messages=NOT_NEGATIVE,
            )
    for group in groups if shows_most > 1 else ():
        form.fields[show_name(group)] = forms.TypedChoiceField(
            label=_("Show for %(group)s") % {"group": group.name},
            choices=shows,
            coerce=int,
            empty_value=None,
            required=False,
        )


def initial_of(wish: Wish) -> dict[str, Any]:
    """The groups of a wish as the form shows them."""
    choices = group_rules.choices_of(wish)
    chosen = {show_name(choice.group): choice.show for choice in choices if choice.show}
    needs = {need_name(c.group, need): count for c in choices for need, count in c.needs_told.items()}
    return {"groups": [str(choice.group.pk) for choice in choices], **chosen, **needs}


def rows(form: forms.Form, groups: Sequence[Group]) -> Iterator[dict[str, Any]]:
    """By group its checkbox and the field of its show, for `wishes/groups.html`."""
    boxes = list(form["groups"]) if groups else []
    for group, box in zip(groups, boxes, strict=True):
        name = show_name(group)
        needs: list[dict[str, Any]] = [
            {"label": need.label, "field": form[need_name(group, need)]} for need in Need
        ]
        yield {
            "group": group,
            "box": box,
            "show": form[name] if name in form.fields else None,
            "needs": needs,
            "has_needs": any(need["field"].value() or need["field"].errors for need in needs),
        }


def chosen(form: forms.Form, groups: Sequence[Group]) -> tuple[GroupChoice, ...] | None:
    """What was chosen; None for whoever was not asked. What some in a group need goes with the group."""
    if not groups:
        return None
    read = form.cleaned_data
    picked = set(read.get("groups", []))
    return tuple(
        GroupChoice(group, read.get(show_name(group)), _needs(read, group))
        for group in groups
        if str(group.pk) in picked
    )


def _needs(read: dict[str, Any], group: Group) -> dict[str, int]:
    told = {str(need): read.get(need_name(group, need)) for need in Need}
    return {need: count for need, count in told.items() if count}
