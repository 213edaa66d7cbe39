"""What a stop set elsewhere does to a plan, in words and figures: read while it is dragged, or asked for by form."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.arranging import Trial
from bookings.candidates import hosts_of
from bookings.standing import Course
from tours import reasons
from tours.models import Tour
from tours.planner import Breach
from tours.reasons import Glossary, clock_of
from turne.web.board_days import REST_TOLD_MIN, km_text
from venues.dates import duration_text, money_text, short_day_text, signed_text

Row = dict[str, Any]


def told(tour: Tour, trial: Trial) -> Row:
    """Everything that `planning/trial.html` shows."""
    glossary = _glossary(tour, trial)
    title = _title(trial, glossary)
    return {
        "title": title,
        "is_legal": not trial.after.breaches,
        "verdict": verdict(trial),
        "appeared": [_broken(breach, glossary) for breach in trial.appeared],
        "vanished": [_broken(breach, glossary) for breach in trial.vanished],
        "figures": figures(trial, tour.production.currency),
        "rest": rest(trial.after, trial.stop.day),
        "said": said(trial, glossary, title),
    }


def verdict(trial: Trial) -> str:
    """ "Breaks 1 rule.", or that it breaks none; a plan may break others already."""
    count, all_count = len(trial.appeared), len(trial.after.breaches)
    if count:
        text: str = ngettext("Breaks %(count)d rule.", "Breaks %(count)d rules.", count) % {"count": count}
        return text
    if all_count:
        return ngettext(
            "Breaks nothing more. The plan still breaks %(count)d rule.",
            "Breaks nothing more. The plan still breaks %(count)d rules.",
            all_count,
        ) % {"count": all_count}
    return _("Breaks no rule.")


def figures(trial: Trial, currency: str) -> list[Row]:
    """What the plan would be, and how much more or less that is."""
    was, now = trial.before.account, trial.after.account
    spent = [float(a.km_cost) + float(a.night_cost) + float(a.change_cost) for a in (was, now)]
    nights = ngettext("%(count)d night", "%(count)d nights", now.nights_away) % {"count": now.nights_away}
    return [
        {
            "label": _("Worth"),
            "value": money_text(round(now.objective), currency),
            "change": _more(now.objective - was.objective, lambda more: money_text(more, currency)),
        },
        {
            "label": _("Costs"),
            "value": money_text(round(spent[1]), currency),
            "change": _more(spent[1] - spent[0], lambda more: money_text(more, currency)),
        },
        {"label": _("Road"), "value": km_text(now.km), "change": _more(now.km - was.km, km_text)},
        {"label": _("Away"), "value": nights, "change": _more(now.nights_away - was.nights_away, str)},
    ]


def rest(course: Course, day: int) -> str:
    """The rest before and after a day's duty, where it is no more than a day."""
    before = next((d.rest_min for d in reversed(course.days[:day]) if d.duty_start is not None), None)
    parts = [
        (before, _("%(time)s before")),
        (course.days[day].rest_min, _("%(time)s after")),
    ]
    known = [
        text % {"time": duration_text(minutes)}
        for minutes, text in parts
        if minutes is not None and minutes < REST_TOLD_MIN
    ]
    return reasons.joined(known)


def said(trial: Trial, glossary: Glossary, title: str) -> str:
    """The same for the ear: where it stands, what it breaks, what it costs."""
    worth = trial.after.account.objective - trial.before.account.objective
    change = _more(worth, lambda more: money_text(more, glossary.currency)) or _("as much as before")
    broken = [reasons.breach_text(breach, glossary) for breach in trial.appeared]
    return " ".join([f"{title}.", verdict(trial), *broken, _("Worth: %(change)s.") % {"change": change}])


def _title(trial: Trial, glossary: Glossary) -> str:
    on = trial.after.problem.days[trial.stop.day].date
    return f"{glossary.who([trial.stop.candidate])}: {short_day_text(on)} {clock_of(trial.stop.start_min)}"


def _broken(breach: Breach, glossary: Glossary) -> Row:
    on = "" if breach.day is None else glossary.day(breach.day)
    return {
        "text": reasons.breach_title(breach.rule),
        "detail": reasons.breach_text(breach, glossary),
        "day": on,
    }


def _more(amount: float, written: Callable[[int], str]) -> str:
    """ "+34 km", "−1 200 kr"; nothing where nothing changes."""
    return signed_text(amount, written) if round(amount) else ""


def _glossary(tour: Tour, trial: Trial) -> Glossary:
    """The names of those concerned, and of no others: this is asked for many times while a stop is dragged."""
    concerned = {trial.stop.candidate}
    for breach in (*trial.appeared, *trial.vanished):
        concerned |= set(breach.candidates)
    return Glossary(trial.after.problem.days[0].date, hosts_of(concerned), tour.production.currency)
