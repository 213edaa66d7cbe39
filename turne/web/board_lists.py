"""What a board offers to do with each wish, and the wishes that are not played, each with its reason."""

from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from bookings import counter_words
from bookings.answered import answered_no
from bookings.candidates import candidate_id
from bookings.models import Booking
from bookings.models.booking import Status
from tours import reasons
from tours.left_out import excluded_reason
from tours.models import Instruction, Wish
from tours.reasons import Glossary, Reason
from tours.windows import minute_of, moment
from turne.web import line
from turne.web.board_days import moment_short
from turne.web.desk import Desk, entries

Row = dict[str, Any]


def stop_tools(desk: Desk, wish: Wish | None, booking: Booking | None, starts_at: datetime | None) -> Row:
    """What can be done about a wish or its visit now.

    Args:
        starts_at: the time to suggest for a lock; None suggests the tour's first day.
    """
    order = desk.instructions.get(wish.pk) if wish else None
    agreed = booking is not None and booking.status in (Status.OFFERED, Status.CONFIRMED)
    local = timezone.localtime(starts_at) if starts_at else None
    slug = desk.tour.slug
    tools: Row = {
        "booking_url": reverse("booking", args=[booking.pk]) if booking else "",
        "offer_url": _offer_url(slug, booking),
        "order": _order_text(order),
        "date": f"{local:%Y-%m-%d}" if local else f"{desk.tour.starts_on:%Y-%m-%d}",
        "time": f"{local:%H:%M}" if local else "10:00",
        "min": f"{desk.tour.starts_on:%Y-%m-%d}",
        "max": f"{desk.tour.ends_on:%Y-%m-%d}",
    }
    candidate = candidate_id(wish=wish) if wish else ""
    named = candidate or (candidate_id(booking=booking) if booking else "")
    if desk.shown and desk.course and named in {one.id for one in desk.course.problem.candidates}:
        tools["why_url"] = reverse("stop-why", args=[slug, desk.shown.pk, named])
    if desk.shown and candidate in desk.movable:
        tools["candidate"] = candidate
        tools["try_url"] = reverse("stop-try", args=[slug, desk.shown.pk])
        tools["set_url"] = reverse("stop-set", args=[slug, desk.shown.pk])
    if wish is None or agreed or wish.withdrawn_at:
        return tools
    if booking is None and wish.pk not in desk.waiting:
        tools["hold_url"] = reverse("stop-hold", args=[slug, wish.pk])
    tools["lock_url"] = reverse("stop-lock", args=[slug, wish.pk])
    if order:
        tools["free_url"] = reverse("stop-free", args=[slug, wish.pk])
    if order is None or order.kind == Instruction.Kind.LOCKED:
        tools["drop_url"] = reverse("stop-drop", args=[slug, wish.pk])
    return tools


def _offer_url(slug: str, booking: Booking | None) -> str:
    if booking is None or booking.status != Status.HELD:
        return ""
    return f"{reverse('tour-offer', args=[slug])}?besok={booking.pk}"


def _order_text(order: Instruction | None) -> str:
    if order is None:
        return ""
    if order.starts_at:
        return _("Locked to %(when)s") % {"when": moment_short(order.starts_at)}
    return _("Left out by you")


def left_out(desk: Desk, glossary: Glossary) -> Row:
    """Standing wishes that the course does not play: those that the planner could play, and the others."""
    known = entries(desk.shown or _whole_adopted(desk))
    played = {stop.candidate for stop in desk.course.plan.stops} if desk.course else set()
    rows: dict[str, list[Row]] = {"unplaced": [], "excluded": [], "unplanned": []}
    if desk.course is None and not desk.shown:
        return rows | {"unplanned": _unplanned(desk)}
    for wish in desk.standing.values():
        if candidate_id(wish=wish) not in played:
            entry = known.get(wish.pk)
            could_play = entry["planned"] if entry else _is_known(desk, wish)
            planned = could_play and not _answer(desk, wish, entry)
            rows["unplaced" if planned else "excluded"].append(_row(desk, wish, entry, glossary))
    for listed in rows.values():
        listed.sort(key=lambda row: (row["is_reserve"], row["rank"], row["name"]))
    return rows


def _unplanned(desk: Desk) -> list[Row]:
    """The wishes of a tour without a plan: a time can be held for each by hand; nothing else can be done with them."""
    rows = [
        {
            "id": candidate_id(wish=wish),
            "name": str(wish.organisation),
            "rank_text": _rank_text(wish),
            "rank": wish.rank,
            "is_reserve": wish.is_reserve,
            "text": str(wish.venue.place),
            "tools": {"hold_url": reverse("stop-hold", args=[desk.tour.slug, wish.pk])},
        }
        for wish in desk.standing.values()
        if wish.pk not in desk.waiting and candidate_id(wish=wish) not in desk.live
    ]
    return sorted(rows, key=lambda row: (row["is_reserve"], row["rank"], row["name"]))


def _rank_text(wish: Wish) -> str:
    return _("Reserve") if wish.is_reserve else _("Wish number %(rank)d") % {"rank": wish.rank}


def _whole_adopted(desk: Desk) -> Any:
    return desk.tour.proposals.filter(pk=desk.adopted.pk).first() if desk.adopted else None


def _row(desk: Desk, wish: Wish, entry: dict[str, Any] | None, glossary: Glossary) -> Row:
    reason = _reason(desk, wish, entry, glossary)
    detail = entry["detail"] if entry else {}
    suggested = None
    if entry and entry["planned"] and "start_min" in detail and desk.course:
        suggested = moment(desk.course.problem.days[detail["day"]].date, detail["start_min"])
    booking = desk.waiting.get(wish.pk) or desk.ended.get(wish.pk)
    tools = stop_tools(desk, wish, None, suggested)
    return {
        "id": candidate_id(wish=wish),
        "name": str(wish.organisation),
        "place": str(wish.venue.place),
        "rank": wish.rank,
        "is_reserve": wish.is_reserve,
        "rank_text": _rank_text(wish),
        "text": reason.text,
        "remedy": reason.remedy,
        "booking_url": reverse("booking", args=[booking.pk]) if booking else "",
        "tools": tools,
        "hand": _hand(desk, tools),
    }


def _hand(desk: Desk, tools: Row) -> Row:
    """What a hand that takes the wish must know, in minutes, as for a visit of the board; see `board_days`."""
    if "set_url" not in tools or desk.course is None:
        return {}
    wish = next(c for c in desk.course.problem.candidates if c.id == tools["candidate"])
    length = wish.get_in_min + wish.show_min + wish.get_out_min
    start = minute_of(time.fromisoformat(tools["time"]))
    return {"candidate": wish.id, "start": start, "lead": wish.get_in_min, "length": length}


def _reason(desk: Desk, wish: Wish, entry: dict[str, Any] | None, glossary: Glossary) -> Reason:
    """The newest of what is known: an order, an answer, then what the plan said."""
    order = desk.instructions.get(wish.pk)
    if waiting := desk.waiting.get(wish.pk):
        return Reason(_waiting_text(waiting))
    if order and order.kind == Instruction.Kind.DROPPED:
        return excluded_reason("dropped", {}, wish)
    if order:
        return Reason(_("It is locked to a time, but this plan was made before."), _("Plan again."))
    answered = _answer(desk, wish, entry)
    if answered:
        return answered
    if entry and entry["planned"]:
        return reasons.unplaced_reason(entry["reason"], entry["detail"], glossary)
    if entry and entry["reason"] != "dropped":
        return excluded_reason(entry["reason"], entry["detail"], wish)
    if entry is None and _is_known(desk, wish):
        later = (
            _("They come when the planner is done.") if desk.is_working else _("Plan again to learn them.")
        )
        return Reason(_("The reasons are not known yet."), later)
    return Reason(_("It is new since this plan was made."), _("Plan again to take it in."))


def _is_known(desk: Desk, wish: Wish) -> bool:
    """Whether the shown plan was asked about the wish; plans are stored without reasons while a run is at work."""
    if desk.shown is None or desk.course is None:
        return False
    return candidate_id(wish=wish) in {one.id for one in desk.course.problem.candidates}


def _waiting_text(booking: Booking) -> str:
    facts = {
        "rank": booking.hold_rank,
        "when": moment_short(booking.starts_at),
        "until": line.held_until(booking),
    }
    return _("Option %(rank)d on %(when)s, %(until)s.") % facts


def _answer(desk: Desk, wish: Wish, entry: dict[str, Any] | None) -> Reason | None:
    """What became of the wish's last visit, unless the plan was made with that in mind."""
    booking = desk.ended.get(wish.pk)
    if booking is None or not (code := answered_no(booking)) or candidate_id(wish=wish) in desk.live:
        return None
    plan = desk.shown or desk.adopted
    if entry and entry["planned"] and plan and plan.requested_at > booking.changed_at:
        return None
    if (counter := booking.open_counter) and (proposed := counter_words.proposed(counter)):
        return Reason(
            _("The presenter has proposed %(proposed)s.") % {"proposed": proposed},
            _("Take it on the visit's page, or plan again, and the tour is planned with it."),
        )
    return excluded_reason(code, {}, wish)
