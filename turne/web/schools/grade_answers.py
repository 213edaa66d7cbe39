"""What a school says of its grades before productions are allotted: weeks, needs and whether they can travel."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from bookings.allotment_permissions import can_answer_for_grades, can_see_grade_answers
from tours import grade_answers as verbs
from tours.errors import TurneError
from tours.grade_answers import Answer, Grade, week_in, week_name
from tours.models import Allotment, AllottedGroup, Need, Season
from tours.wish_rules import weeks_of
from turne.web import errors
from turne.web.logged_in import user_of
from venues.dates import moment_text
from venues.models import School
from venues.models.groups import GROUP_MAX

Row = dict[str, Any]


class GradeForm(forms.Form):
    """One grade. Its name in the page is its prefix."""

    weeks = forms.MultipleChoiceField(
        label=gettext_lazy("Weeks in which they can"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: any week of the season."),
    )
    stays = forms.BooleanField(
        label=gettext_lazy("They cannot go anywhere else by bus or on foot"), required=False
    )
    message = forms.CharField(
        label=gettext_lazy("Message to the planner"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Nobody's name."),
    )

    def __init__(self, data: Any, grade: Grade, season: Season) -> None:
        super().__init__(data, prefix=f"ak-{grade.grade}")
        self.grade = grade
        answer = grade.answer
        weeks: Any = self.fields["weeks"]
        weeks.choices = [
            (week_name(week), _("Week %(week)d") % {"week": week[1]}) for week in weeks_of(season)
        ]
        for need in Need:
            self.fields[need.value] = forms.IntegerField(
                label=capfirst(str(need.label)),
                required=False,
                min_value=0,
                max_value=min(grade.pupils, GROUP_MAX),
                initial=answer.needs.get(need.value) if answer else None,
            )
        if answer:
            self.initial = {
                "weeks": answer.weeks,
                "stays": not answer.can_travel,
                "message": answer.message,
            }

    @property
    def needs(self) -> list[Any]:
        """The fields of the needs."""
        return [self[need.value] for need in Need]

    def told(self) -> Answer:
        """What was said."""
        read = self.cleaned_data
        return Answer(
            weeks=[week for name in read["weeks"] if (week := week_in(name))],
            needs={need.value: read[need.value] for need in Need if read[need.value]},
            can_travel=not read["stays"],
            message=read["message"],
        )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grade_answers(request: HttpRequest, slug: str, season: str) -> HttpResponse:
    """The school's grades with what was said of each; its contact changes it, others read."""
    schools = School.objects.select_related("organisation__municipality")
    school = get_object_or_404(schools, organisation__slug=slug)
    if not can_see_grade_answers(request.user, school):
        raise Http404
    found = get_object_or_404(Season, slug=season, region=school.organisation.region_id)
    is_contact = can_answer_for_grades(request.user, school)
    if request.method == "POST" and not is_contact:
        raise Http404
    asked = verbs.asked_grades(found, [school])
    data = request.POST if request.method == "POST" else None
    sent = [GradeForm(None if grade.is_decided else data, grade, found) for grade in asked]
    open_ = [form for form in sent if not form.grade.is_decided]
    refusal, status = "", 200
    if data is not None:
        if [form for form in open_ if not form.is_valid()] == []:
            answers = {form.grade.grade: form.told() for form in open_}
            try:
                verbs.answer(found, school, answers, by=user_of(request), now=timezone.now())
            except TurneError as error:
                refusal, status = str(error), errors.status_of(error)
            else:
                messages.success(request, _("What your grades can is saved."))
                return redirect("grade-answers", slug, season)
        else:
            status = 422
    context = _context(found, school, sent) | {"refusal": refusal, "is_contact": is_contact}
    return render(request, "schools/grade_answers.html", context, status=status)


def _context(season: Season, school: School, sent: list[GradeForm]) -> Row:
    closes = verbs.closes_at(season, school)
    return {
        "season": season,
        "school": school,
        "forms": sent,
        "closes_at": closes,
        "closes_text": moment_text(closes) if closes else "",
        "is_closed": closes is not None and closes <= timezone.now(),
        "is_decided": bool(sent) and all(form.grade.is_decided for form in sent),
        "school_year": verbs.school_year_in(season),
        "given": _given(season, school),
        "has_errors": any(form.errors for form in sent),
    }


def _given(season: Season, school: School) -> list[Row]:
    """What its grades have been given, once that is published."""
    rows = AllottedGroup.objects.filter(
        group__school=school,
        visit__wish__withdrawn_at=None,
        visit__allotment__season=season,
        visit__allotment__state=Allotment.State.PUBLISHED,
    ).select_related(
        "group", "visit__wish__production", "visit__wish__venue__place", "visit__wish__organisation"
    )
    return [
        {
            "group": one.group,
            "production": one.visit.wish.production,
            "venue": one.visit.wish.venue,
            "how": one.get_how_display(),
        }
        for one in rows.order_by("group__grade", "group__name")
    ]
