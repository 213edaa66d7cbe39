"""The form of a class's minute: three counts, four questions, a comment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from bookings.class_feedback import COMMENT_MAX
from bookings.feedback_questions import QUESTIONS, SCALE
from bookings.models import ClassFeedback
from turne.web.form_fields import NOT_NEGATIVE, WordsField
from venues.models.groups import GROUP_MAX

#: The fields of the three faces, as `schools/face.html` draws them.
FACES = ("glad", "so_so", "sad")


def _hands(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=GROUP_MAX, required=False, error_messages=NOT_NEGATIVE
    )


class ClassForm(forms.Form):
    """What a class thought; it begins with what was told before."""

    glad = _hands(gettext_lazy("Glad"))
    so_so = _hands(gettext_lazy("So-so"))
    sad = _hands(gettext_lazy("Sad"))

    def __init__(self, told: ClassFeedback | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.key] = forms.TypedChoiceField(
                label=str(question.text),
                choices=[(value, f"{value} {label}") for value, label in SCALE.items()],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["comment"] = WordsField(
            label=gettext_lazy("Something to say to the ensemble?"),
            required=False,
            max_length=COMMENT_MAX,
            help_text=gettext_lazy(
                "Write no names, of pupils or others. The ensemble and the region read it."
            ),
        )
        if told:
            self.initial = {
                "glad": told.glad_count,
                "so_so": told.so_so_count,
                "sad": told.sad_count,
                "comment": told.comment,
                **told.answers,
            }

    def values(self) -> dict[str, Any]:
        """As the verb takes it."""
        read = self.cleaned_data
        answers = {q.key: read[q.key] for q in QUESTIONS if read[q.key] is not None}
        return {**{face: read[face] or 0 for face in FACES}, "answers": answers, "comment": read["comment"]}

    @property
    def faces(self) -> list[dict[str, Any]]:
        """The three counts with their faces."""
        return [{"name": name, "field": self[name]} for name in FACES]

    @property
    def questions(self) -> list[forms.BoundField]:
        """The four questions."""
        return [self[question.key] for question in QUESTIONS]
