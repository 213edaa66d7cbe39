"""What the reader of a board should know before the board itself: faults, comparisons, what waits."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings import school_clashes
from bookings.models import Booking
from bookings.models.booking import Status
from bookings.standing import changes
from bookings.states import PRESENTER
from tours.models import Proposal, Tour
from turne.web import board_residencies
from turne.web.board_steps import address, asked_text
from turne.web.desk import AGREED, Desk
from venues.dates import moment_text, short_day_text

Row = dict[str, Any]


def notices(desk: Desk) -> list[Row]:
    """What the reader should know before the board itself."""
    found = [
        _fault(desk),
        _undecided(desk),
        _changes(desk),
        _failed(desk),
        _compared(desk),
        _taken_back(desk),
        _several(desk),
        _outdated(desk),
        _full_towns(desk),
        _no_school(desk),
        board_residencies.notice(desk),
        _barred(desk),
        _waiting_draft(desk),
        _season_open(desk),
    ]
    return [notice for notice in found if notice]


def _fault(desk: Desk) -> Row | None:
    return {"tone": "error", "title": desk.fault} if desk.fault else None


def _undecided(desk: Desk) -> Row | None:
    """The cut-off has passed without enough presenters."""
    tour = desk.tour
    if tour.stage != Tour.Stage.OPEN or tour.cut_off_told_at is None:
        return None
    return {
        "tone": "waits",
        "title": _("The cut-off date has passed, and too few have said yes."),
        "text": _("Go on anyway, move the date, or cancel the tour."),
        "action_url": reverse("tour-stage", args=[tour.slug]),
        "action_label": _("Decide"),
    }


def _changes(desk: Desk) -> Row | None:
    """Changes of what is confirmed that one side has not answered."""
    asked = [booking for booking in desk.confirmed if booking.open_change]
    if not asked:
        return None
    words = ngettext(
        "%(count)d change of a confirmed visit waits for an answer.",
        "%(count)d changes of confirmed visits wait for an answer.",
        len(asked),
    )
    return {
        "tone": "waits",
        "title": words % {"count": len(asked)},
        "text": ", ".join(_asked(booking) for booking in asked) + ".",
        "action_url": reverse("tour-offers", args=[desk.tour.slug]) + "#changes",
        "action_label": _("See the changes"),
    }


def _asked(booking: Booking) -> str:
    mine = booking.change_is_from(PRESENTER)
    return (
        _("%(presenter)s (you answer)") % {"presenter": booking.presenter} if mine else str(booking.presenter)
    )


def _no_school(desk: Desk) -> Row | None:
    """Visits to schools on a day off, or outside hours, that were noted after they were booked."""
    today = timezone.localdate()
    ahead = [one for one in desk.live.values() if timezone.localdate(one.starts_at) >= today]
    clashes = school_clashes.visits_off(sorted(ahead, key=lambda booking: booking.starts_at))
    if not clashes:
        return None
    words = ngettext(
        "%(count)d visit lies when the school can not.",
        "%(count)d visits lie when the schools can not.",
        len(clashes),
    )
    named = [
        _("%(presenter)s %(day)s, %(why)s")
        % {
            "presenter": clash.booking.presenter,
            "day": short_day_text(clash.booking.starts_at),
            "why": clash.off.text,
        }
        for clash in clashes
    ]
    return {
        "tone": "waits",
        "title": words % {"count": len(clashes)},
        "text": "; ".join(named) + ". " + _("They stand until you move or cancel them."),
    }


def _failed(desk: Desk) -> Row | None:
    shown = desk.shown
    if shown is None or shown.state != Proposal.State.FAILED:
        return None
    return {
        "tone": "error",
        "title": _("The planner stopped. This is the first plan it had."),
        "text": _("Plan again. If it happens once more, tell whoever runs Turne: %(error)s")
        % {"error": shown.error},
    }


def _compared(desk: Desk) -> Row | None:
    """How the plan differs from what has been agreed."""
    if not desk.is_draft or not desk.live or desk.course is None:
        return None
    agreed = {candidate: booking.starts_at for candidate, booking in desk.live.items()}
    differing = changes(agreed, desk.course.starts())
    new = sum(change.was is None for change in differing)
    gone = sum(change.becomes is None for change in differing)
    moved = len(differing) - new - gone
    told = [
        ngettext("%(count)d new", "%(count)d new", new) % {"count": new} if new else "",
        ngettext("%(count)d moved", "%(count)d moved", moved) % {"count": moved} if moved else "",
        ngettext("%(count)d goes away", "%(count)d go away", gone) % {"count": gone} if gone else "",
    ]
    words = ", ".join(filter(None, told)) or _("nothing changes")
    return {
        "tone": "info",
        "title": _("A new plan beside what is agreed: %(changes)s.") % {"changes": words},
        "text": _("Nothing happens until you adopt it."),
        "action_url": address(desk, visa=AGREED),
        "action_label": _("Show what is agreed"),
    }


def _taken_back(desk: Desk) -> Row | None:
    """Whose offers adopting would withdraw."""
    if not desk.is_draft or desk.course is None or not desk.tour.moves_offered:
        return None
    starts = desk.course.starts()
    names = [
        str(booking.presenter)
        for candidate, booking in desk.live.items()
        if booking.status == Status.OFFERED and booking.starts_at != starts.get(candidate)
    ]
    if not names:
        return None
    return {
        "tone": "waits",
        "title": ngettext(
            "Adopting takes back %(count)d offer that has been sent.",
            "Adopting takes back %(count)d offers that have been sent.",
            len(names),
        )
        % {"count": len(names)},
        "text": _("They are told by mail at once: %(names)s. New dates are held, and you send new offers.")
        % {"names": ", ".join(names)},
    }


def _several(desk: Desk) -> Row | None:
    """The plan is one of several that favour different things."""
    count = len(desk.ways)
    if desk.is_working or not desk.ways or desk.shown is None:
        return None
    if count == 1:
        return {
            "tone": "info",
            "title": _("No other way of touring was found that is better in anything."),
            "text": _(
                "This plan is worth the most, and has the fewest nights and the least road of those tried."
            ),
        }
    return {
        "tone": "info",
        "title": ngettext(
            "%(count)d plan favours something of its own.", "%(count)d plans favour different things.", count
        )
        % {"count": count},
        "text": _("This one: %(favours)s.") % {"favours": asked_text(desk.shown)},
        "action_url": compare_url(desk.tour, desk.ways),
        "action_label": _("Compare them"),
    }


def compare_url(tour: Tour, plans: Iterable[Proposal]) -> str:
    """Plans side by side."""
    asked = "&".join(f"plan={plan.pk}" for plan in plans)
    return f"{reverse('compare', args=[tour.slug])}?{asked}"


def _outdated(desk: Desk) -> Row | None:
    if not desk.shown or not desk.outdated:
        return None
    return {
        "tone": "waits",
        "title": _("Wishes, locks, closures or answers have changed since this plan was made."),
        "text": _("Plan again to take that in; this one can no longer be adopted."),
    }


def _full_towns(desk: Desk) -> Row | None:
    """The nights of a draft in towns that have been noted as full since it was made."""
    if not desk.is_draft or desk.course is None:
        return None
    problem, slept_in = desk.course.problem, desk.course.plan.nights
    places = {place.id: place.name for place in problem.places}
    days = [
        breach.day for breach in desk.course.breaches if breach.rule == "no_beds" and breach.day is not None
    ]
    if not days:
        return None
    nights = [f"{places[slept_in[day]]} {short_day_text(problem.days[day].date)}" for day in days]
    return {
        "tone": "waits",
        "title": ngettext(
            "%(count)d night of this plan is in a town that is full by now: %(nights)s.",
            "%(count)d nights of this plan are in towns that are full by now: %(nights)s.",
            len(nights),
        )
        % {"count": len(nights), "nights": ", ".join(nights)},
        "text": _("Plan again to sleep elsewhere."),
        "action_url": reverse("beds"),
        "action_label": _("Towns without beds"),
    }


def _barred(desk: Desk) -> Row | None:
    """The plan by hand breaks rules, and what to do about it."""
    if not desk.barring:
        return None
    count = len(desk.barring)
    return {
        "tone": "error",
        "title": ngettext(
            "What you have moved breaks %(count)d rule, so the plan cannot be adopted.",
            "What you have moved breaks %(count)d rules, so the plan cannot be adopted.",
            count,
        )
        % {"count": count},
        "text": _(
            "They stand in red below, each with the nearest way out where there is one. Or undo the move."
        ),
    }


def _waiting_draft(desk: Desk) -> Row | None:
    """What is agreed is looked at, and there is a newer plan."""
    newest = desk.newest
    if desk.shown or newest is None or newest.adopted_at or not desk.live:
        return None
    return {
        "tone": "info",
        "title": _("There is a newer plan that has not been adopted: plan %(number)d.")
        % {"number": desk.number_of(newest)},
        "text": "",
        "action_url": address(desk, forslag=newest.pk),
        "action_label": _("Show it beside what is agreed"),
    }


def _season_open(desk: Desk) -> Row | None:
    season = desk.tour.season
    if not season.is_open(desk.now) or desk.live or not desk.standing:
        return None
    return {
        "tone": "info",
        "title": _("%(season)s takes wishes until %(when)s.")
        % {"season": season, "when": moment_text(season.closes_at)},
        "text": _("You can plan with those that are in; more may come, and then you plan again."),
    }
