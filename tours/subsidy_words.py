"""A subsidy's criteria in words: codes and numbers -> sentences, in the active language."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from tours.subsidies import Answer, Criterion, Funding

Detail = Mapping[str, Any]

#: What the presenter states in the claim, by the word in the rules.
STATED = {
    "audience": _lazy("what you do to reach a new audience"),
    "once_a_year": _lazy("that it is your only claim this year"),
    "small_first": _lazy("your municipality's size: small ones come first"),
    "local_first": _lazy("where the group is from: local ones come first"),
    "consultant": _lazy("that the county's consultant knows of the tour beforehand"),
}

#: Kinds that are a fact of one row: met, not met, unknown.
FACTS = {
    "riksteatern": (
        _lazy("The presenter is a Riksteatern association, or works with one"),
        _lazy("The presenter is no Riksteatern association and works with none"),
        _lazy("Nobody has said whether the presenter is a Riksteatern association, or works with one"),
    ),
    "catalogue": (
        _lazy("The production is in the recommended catalogue"),
        _lazy("The production is not in the recommended catalogue"),
        _lazy("Nobody has said whether the production is in the recommended catalogue"),
    ),
    "free_group": (
        _lazy("The ensemble is a free professional group"),
        _lazy("County theatres and Riksteatern get no subsidy, only free professional groups"),
        _lazy("Nobody has said whether the ensemble is a free professional group"),
    ),
}


def verdict_word(answer: Answer) -> str:
    """What can be said of a visit, in a word or two."""
    return {
        Answer.MET: _("qualifies"),
        Answer.NOT_MET: _("does not qualify"),
        Answer.UNKNOWN: _("may qualify"),
    }[answer]


def criterion_text(criterion: Criterion) -> str:
    """One condition and what is known of it, as a sentence without its full stop."""
    if criterion.kind in FACTS:
        met, not_met, unknown = FACTS[criterion.kind]
        return str({Answer.MET: met, Answer.NOT_MET: not_met, Answer.UNKNOWN: unknown}[criterion.answer])
    return WRITTEN[criterion.kind](criterion.detail, criterion.answer)


def open_texts(funding: Funding) -> list[str]:
    """What is missing or has to be found out, the missing first."""
    wanting = [one for one in funding.criteria if one.answer == Answer.NOT_MET]
    unknown = [one for one in funding.criteria if one.answer == Answer.UNKNOWN]
    return [criterion_text(one) for one in wanting + unknown]


def stated_texts(funding: Funding) -> list[str]:
    """What the claim has to state."""
    return [str(STATED[word]) for word in funding.stated]


def _presenters(detail: Detail, answer: Answer) -> str:
    within = detail["within"] == "region"
    if answer == Answer.MET:
        text = _("%(count)d presenters within the county, %(asked)d are needed")
        near = _("%(count)d presenters in the county and its neighbours, %(asked)d are needed")
        return (text if within else near) % dict(detail)
    missing = detail["missing"]
    if within:
        text = ngettext(
            "One more presenter within the county is missing",
            "%(missing)d more presenters within the county are missing",
            missing,
        )
    else:
        text = ngettext(
            "One more presenter in the county or beside it is missing",
            "%(missing)d more presenters in the county or beside it are missing",
            missing,
        )
    return text % {"missing": missing}


def _place(detail: Detail, answer: Answer) -> str:
    told = {
        "inhabitants": number_format(detail["inhabitants"] or 0, 0, force_grouping=True),
        "below": number_format(detail["below"], 0, force_grouping=True),
    }
    if answer == Answer.UNKNOWN:
        return (
            _("Nobody has said how many live in the place; in a centre it must be fewer than %(below)s")
            % told
        )
    if detail["is_centre"] is False:
        return _("The place is outside the municipality's centre")
    if answer == Answer.MET:
        return _("The centre has %(inhabitants)s inhabitants, fewer than %(below)s") % told
    return _("The centre has %(inhabitants)s inhabitants; it must be fewer than %(below)s") % told


def _children(detail: Detail, answer: Answer) -> str:
    told = {"age": detail["age_max"]}
    if answer == Answer.MET:
        return _("It is for children and young people up to %(age)d") % told
    if answer == Answer.NOT_MET:
        return _("It is not for children and young people up to %(age)d") % told
    return (
        _("The production has no upper age, so nobody can tell whether it is for those up to %(age)d") % told
    )


WRITTEN = {"presenters": _presenters, "place": _place, "children": _children}
