"""The forms of the groups at a visit: the producer sets them, a school counts its own, and says who came."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import VisitGroup
from bookings.school_visits import Counts
from tours.group_rules import GroupChoice
from tours.models.school_wishes import Need
from turne.web.form_fields import NOT_NEGATIVE
from venues.models import Group
from venues.models.groups import GROUP_MAX


class CountsForm(forms.Form):
    """How many of each group come, and what some of them need."""

    def __init__(self, rows: Sequence[VisitGroup], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit_groups = rows
        for row in rows:
            name = row.group.name
            self.fields[f"pupils_{row.group_id}"] = _number(
                _("Pupils in %(group)s") % {"group": name}, row.pupils_count, least=1
            )
            self.fields[f"adults_{row.group_id}"] = _number(
                _("Adults with %(group)s") % {"group": name}, row.adults_count
            )
            for need in Need:
                label = _("%(need)s, %(group)s") % {"need": need.label, "group": name}
                self.fields[_need(row.group_id, need)] = _number(label, row.needs.get(need), asked=False)

    def counts(self) -> dict[int, Counts]:
        """By the group's key what was told."""
        return {row.group_id: self._of(row.group_id) for row in self.visit_groups}

    @property
    def lines(self) -> list[dict[str, Any]]:
        """By group its fields, for `schools/group_fields.html`."""
        return [self._line(row) for row in self.visit_groups]

    def _line(self, row: VisitGroup) -> dict[str, Any]:
        fields: list[dict[str, Any]] = [
            {"label": need.label, "field": self[_need(row.group_id, need)]} for need in Need
        ]
        return {
            "row": row,
            "pupils": self[f"pupils_{row.group_id}"],
            "adults": self[f"adults_{row.group_id}"],
            "needs": fields,
            "has_needs": bool(row.needs) or any(need["field"].errors for need in fields),
        }

    def _of(self, group: int) -> Counts:
        read = self.cleaned_data
        told = {str(need): read[_need(group, need)] or 0 for need in Need}
        return Counts(read[f"pupils_{group}"], read[f"adults_{group}"], told)


class SetForm(CountsForm):
    """The same for the producer, who also says at which show a group is, whether it comes at all, and who else."""

    more = forms.MultipleChoiceField(
        label=gettext_lazy("More groups"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self, rows: Sequence[VisitGroup], others: Sequence[Group], shows_count: int, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(rows, *args, **kwargs)
        self.others = {str(group.pk): group for group in others}
        self.fields["more"].choices = [(key, _named(g)) for key, g in self.others.items()]  # type: ignore[attr-defined]
        shows = [
            ("", _("deal it")),
            *((n, _("show %(number)d") % {"number": n}) for n in range(1, shows_count + 1)),
        ]
        for row in rows:
            name = row.group.name
            self.fields[f"show_{row.group_id}"] = forms.TypedChoiceField(
                label=_("Show for %(group)s") % {"group": name},
                choices=shows,
                coerce=int,
                empty_value=None,
                required=False,
                initial=row.show_number,
            )
            self.fields[f"leave_{row.group_id}"] = forms.BooleanField(
                label=_("%(group)s does not come") % {"group": name}, required=False
            )

    def choices(self) -> list[GroupChoice]:
        """All groups that are to come."""
        read = self.cleaned_data
        stay = [row for row in self.visit_groups if not read[f"leave_{row.group_id}"]]
        told = [(row, self._of(row.group_id)) for row in stay]
        return [
            *(
                GroupChoice(
                    row.group, read[f"show_{row.group_id}"], counts.needs or {}, counts.pupils, counts.adults
                )
                for row, counts in told
            ),
            *(GroupChoice(self.others[key]) for key in read["more"]),
        ]

    def _line(self, row: VisitGroup) -> dict[str, Any]:
        own = {"show": self[f"show_{row.group_id}"], "leave": self[f"leave_{row.group_id}"]}
        return {**super()._line(row), **own}


class CameForm(forms.Form):
    """How many pupils of each group came; what is left empty is not told."""

    def __init__(self, rows: Sequence[VisitGroup], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit_groups = rows
        for row in rows:
            label = _("Pupils of %(group)s who came") % {"group": row.group.name}
            self.fields[f"came_{row.group_id}"] = _number(label, row.came_count, asked=False)

    def came(self) -> Mapping[int, int | None]:
        """By the group's key how many came."""
        return {row.group_id: self.cleaned_data[f"came_{row.group_id}"] for row in self.visit_groups}

    @property
    def lines(self) -> list[dict[str, Any]]:
        """By group its field."""
        return [{"row": row, "came": self[f"came_{row.group_id}"]} for row in self.visit_groups]


def _need(group: int, need: Need) -> str:
    return f"need_{group}_{need}"


def _named(group: Group) -> str:
    return _("%(school)s, %(group)s: %(pupils)d pupils") % {
        "school": group.school,
        "group": group.name,
        "pupils": group.pupils_count,
    }


def _number(label: str, initial: int | None, *, least: int = 0, asked: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        initial=initial,
        min_value=least,
        max_value=GROUP_MAX,
        required=asked,
        error_messages=NOT_NEGATIVE if not least else {},
    )
