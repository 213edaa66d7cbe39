"""Who has seen what of the applications to a call, for whoever runs it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from programmes import sightings as log
from programmes.models import Call, Sighting
from tours.windows import midnight
from turne.web.deciding.finding import find, frame
from turne.web.form_fields import DayField
from turne.web.logged_in import user_of
from venues.models import User

#: Lines on a page.
PER_PAGE = 50


class SightingFilter(forms.Form):
    """By whom, of which application, what, and on which day; all may be empty."""

    vem = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    nummer = forms.ChoiceField(label=gettext_lazy("Application"), required=False)
    vad = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    dag = DayField(label=gettext_lazy("Day"), required=False)

    def __init__(self, call: Call, reader: User, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        seen = log.of_call(call, reader).order_by()
        people = User.objects.filter(pk__in=seen.values("user")).order_by("name", "email")
        numbers = (
            seen.filter(application__isnull=False).values_list("application__number", flat=True).distinct()
        )
        self._choose("vem", [(str(one.pk), str(one)) for one in people])
        self._choose("nummer", [(str(number), str(number)) for number in sorted(filter(None, numbers))])
        self._choose("vad", list(Sighting.What.choices))

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", _("All")), *choices]

    def asked(self, name: str) -> Any:
        """What is asked for; None where nothing, or nothing that there is."""
        return self.cleaned_data.get(name) or None


@login_required
@never_cache
@require_safe
def sightings(request: HttpRequest, slug: str) -> HttpResponse:
    """The log, the latest first, narrowed by the address."""
    call, reader = find(request, slug), user_of(request)
    asked = SightingFilter(call, reader, request.GET)
    asked.is_valid()
    found = log.of_call(call, reader)
    if who := asked.asked("vem"):
        found = found.filter(user=who)
    if number := asked.asked("nummer"):
        found = found.filter(application__number=number)
    if what := asked.asked("vad"):
        found = found.filter(what=what)
    if day := asked.asked("dag"):
        found = found.filter(at__gte=midnight(day), at__lt=midnight(_next(day)))
    context = {
        **frame(call, "sightings"),
        "form": asked,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "is_narrowed": any(asked.asked(name) for name in asked.fields),
    }
    return render(request, "assessing/sightings.html", context)


def _next(day: date) -> date:
    return day + timedelta(days=1)
