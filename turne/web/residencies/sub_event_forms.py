"""The forms of a sub-event: what, when, where and for whom; why not; and who came."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.models import Residency, SubEvent
from bookings.residencies import invited_classes
from bookings.residencies.event_rooms import venues_for
from bookings.residencies.sub_events import NIGHT_ENDS, SubEventInput
from turne.web.form_fields import NOT_NEGATIVE, ClockField, DayField, RowField, RowsField, WordsField
from venues.models import Group, User, Venue

#: The form's names for the verbs'.
NAMES = {"starts_at": "on", "ends_at": "ends"}
#: Fields of the form -> their words in an address that fills them in; classes are `groups`, each with its number.
ASKED = {
    "on": "dag",
    "kind": "kind",
    "title": "title",
    "starts": "starts",
    "ends": "ends",
    "room": "room",
}


class _Classes(RowsField):
    """Classes with how many they are; the page shows them by school."""

    def label_from_instance(self, obj: Group) -> str:
        return _("%(group)s, %(pupils)d pupils") % {"group": obj.name, "pupils": obj.pupils_count}


@dataclass(frozen=True)
class OfSchool:
    """The checkboxes of a school's classes, and how many of them are ticked."""

    school: str
    boxes: list[BoundWidget]
    chosen_count: int


class SubEventForm(forms.Form):
    """All that a sub-event says."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What"), choices=SubEvent.Kind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    on = DayField(label=gettext_lazy("Day"))
    starts = ClockField(label=gettext_lazy("From"))
    ends = ClockField(label=gettext_lazy("To"))
    venue = RowField(
        label=gettext_lazy("Venue"),
        queryset=Venue.objects.none(),
        required=False,
        empty_label=gettext_lazy("Where the residency is, or as written below"),
        help_text=gettext_lazy("A venue that the residency does not have already is reserved for that time."),
    )
    room = forms.CharField(
        label=gettext_lazy("Room in words"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Where it is no venue here: the church, a classroom, the square."),
    )
    about = WordsField(label=gettext_lazy("About it"), max_length=2000, required=False)
    is_public = forms.BooleanField(
        label=gettext_lazy(
            "Open to everybody: it stands in the public calendar once the residency is public"
        ),
        required=False,
    )
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=160, required=False)
    groups = _Classes(
        label=gettext_lazy("Classes that are invited"),
        queryset=Group.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Their schools are told by mail, and may say that it does not suit."),
    )
    despite = forms.BooleanField(
        label=gettext_lazy("The schools know, and agree to the time all the same"), required=False
    )

    def __init__(self, residency: Residency, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows("venue", venues_for(user, residency).select_related("place").order_by("name"))
        self.classes = invited_classes.choosable_groups(residency)
        keys = [group.pk for group in self.classes]
        groups = Group.objects.filter(pk__in=keys).select_related("school__organisation")
        self._rows("groups", groups.order_by("school__organisation__name", "name"))
        self.can_invite = invited_classes.can_invite(residency)
        if not self.can_invite or not keys:
            del self.fields["groups"]
        #: Whether the box is shown by which one says that the schools know: once a calendar of theirs has said no.
        self.asks_despite = "despite" in self.data

    def schools(self) -> list[OfSchool]:
        """The classes that can be invited, by school, in the order of the names."""
        if "groups" not in self.fields:
            return []
        field: Any = self.fields["groups"]
        found = []
        boxes = zip(field.queryset, self["groups"], strict=True)
        for school, of_one in groupby(boxes, key=lambda pair: str(pair[0].school)):
            theirs = [box for _group, box in of_one]
            found.append(OfSchool(school, theirs, sum(box.data["selected"] for box in theirs)))
        return found

    def _rows(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def data_read(self) -> SubEventInput:
        """As the verbs take it."""
        read = dict(self.cleaned_data)
        read.pop("despite")
        on, starts, ends = read.pop("on"), read.pop("starts"), read.pop("ends")
        until = on + timedelta(days=1) if ends <= starts and ends <= NIGHT_ENDS else on
        groups = sorted(read.pop("groups", []), key=lambda group: group.pk)
        return SubEventInput(
            **read,
            starts_at=timezone.make_aware(datetime.combine(on, starts)),
            ends_at=timezone.make_aware(datetime.combine(until, ends)),
            groups=groups,
        )


def initial_of(event: SubEvent) -> dict[str, Any]:
    """The form's values of what stands."""
    start, end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    plain = {
        name: getattr(event, name) for name in ("kind", "title", "title_en", "about", "room", "is_public")
    }
    groups = [group.pk for group in event.groups.all()]
    return {
        **plain,
        "on": start.date(),
        "starts": start.time(),
        "ends": end.time(),
        "venue": event.venue_id,
        "groups": groups,
    }


def asked_in(residency: Residency, user: User, query: QueryDict, today: date) -> dict[str, Any]:
    """The values of a new one's form that its address asks for; what the form would not take is left out.

    Where it asks for no day, the first of the stay that is not past is there, if there is one.
    """
    form = SubEventForm(residency, user)
    coming = [max(one.starts_on, today) for one in residency.periods.all() if one.ends_on >= today]
    found: dict[str, Any] = {"kind": SubEvent.Kind.OPEN_REHEARSAL, "on": min(coming, default=None)}
    for name, word in ASKED.items():
        try:
            found[name] = form.fields[name].clean(query.get(word, ""))
        except ValidationError:
            continue
    keys = {str(group.pk): group.pk for group in form.classes}
    found["groups"] = [keys[key] for key in dict.fromkeys(query.getlist("groups")) if key in keys]
    return found


class CameForm(forms.Form):
    """Whether it was held, and how many came."""

    held = forms.TypedChoiceField(
        label=gettext_lazy("Was it held?"),
        choices=[("ja", gettext_lazy("Yes")), ("nej", gettext_lazy("No"))],
        coerce=lambda value: value == "ja",
        widget=forms.RadioSelect,
        initial="ja",
    )
    attendance = forms.IntegerField(
        label=gettext_lazy("How many came"), min_value=0, required=False, error_messages=NOT_NEGATIVE
    )
    attendance_young = forms.IntegerField(
        label=gettext_lazy("Of which children and young people"),
        min_value=0,
        required=False,
        error_messages=NOT_NEGATIVE,
    )
