"""A production in plain words: what it is, and what it needs of a room and of those who receive it."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tours.models import Production, Rider
from tours.rooms import FACTS, metres_text
from turne.web.particulars import ages_text, languages_text
from venues.dates import duration_text, money_text

Facts = list[dict[str, Any]]


def tags(production: Production) -> list[str]:
    """What one looks for first, for a card: art form, ages, length."""
    return [
        sentence_case(production.get_art_form_display()),
        sentence_case(ages_text(production)),
        duration_text(production.duration_min),
    ]


def facts(production: Production) -> Facts:
    """For `components/facts.html`."""
    shows = ngettext("%(count)d show a day", "%(count)d shows a day", production.shows_per_day_max)
    return [
        {
            "term": _("Art form"),
            "value": sentence_case(production.get_art_form_display()),
            "sub": sentence_case(production.get_kind_display()) if production.is_session else "",
        },
        {"term": _("Ages"), "value": sentence_case(ages_text(production)), "sub": production.grades},
        {"term": _("Length"), "value": duration_text(production.duration_min)},
        {
            "term": _("Audience"),
            "value": _("At most %(count)d") % {"count": production.audience_max},
            "sub": _("at most %(shows)s") % {"shows": shows % {"count": production.shows_per_day_max}},
        },
        {"term": _("Language"), "value": sentence_case(languages_text(production))},
        {
            "term": _("Price"),
            "value": money_text(production.fee, production.currency),
            "strong": True,
            "sub": price_note(production),
        },
    ]


def price_note(production: Production) -> str:
    """What the price holds, and what one more show costs."""
    note = _("travel and lodging included") if production.is_all_in else _("travel and lodging are added")
    if production.shows_per_day_max == 1:
        return note
    more = _("next show the same day %(price)s") % {
        "price": money_text(production.fee_next_show, production.currency)
    }
    return f"{note}; {more}"


def rider_facts(rider: Rider) -> Facts:
    """What the production needs, for `components/facts.html`: the room first, then time, then people."""
    return [
        {"term": _("Stage"), "value": _stage(rider)},
        {"term": _("Power"), "value": rider.get_power_display()},
        {"term": _("Blackout"), "value": sentence_case(rider.get_blackout_need_display())},
        {"term": _("Floor"), "value": sentence_case(rider.get_floor_need_display())},
        {"term": _("Also needs"), "value": sentence_case(", ".join(_simple_needs(rider)).lower())},
        {"term": _("Get-in"), "value": duration_text(rider.get_in_min), "sub": _helpers(rider.helpers_in)},
        {"term": _("Get-out"), "value": duration_text(rider.get_out_min), "sub": _helpers(rider.helpers_out)},
        {"term": _("Between shows"), "value": duration_text(rider.changeover_min)},
        {"term": _("From you"), "value": sentence_case(_hospitality(rider))},
        {"term": _("Notes"), "value": rider.notes},
    ]


def sentence_case(text: str) -> str:
    """The first letter large, the rest as it stands."""
    return text[:1].upper() + text[1:]


def _stage(rider: Rider) -> str:
    sides: list[tuple[str, Decimal | None]] = [
        (_("wide"), rider.stage_w_m),
        (_("deep"), rider.stage_d_m),
        (_("high"), rider.stage_h_m),
    ]
    return ", ".join(f"{metres_text(size)} {word}" for word, size in sides if size is not None)


def _simple_needs(rider: Rider) -> list[str]:
    needs = [str(label) for _key, label, needed, _known in FACTS if needed(rider)]
    if rider.dressing_rooms:
        rooms = ngettext("%(count)d dressing room", "%(count)d dressing rooms", rider.dressing_rooms)
        needs.append(rooms % {"count": rider.dressing_rooms})
    return needs


def _helpers(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)d helper", "%(count)d helpers", count) % {"count": count}


def _hospitality(rider: Rider) -> str:
    asked = [_("lunch for the ensemble")] if rider.needs_lunch else []
    if rider.accommodation_rooms:
        rooms = ngettext("%(count)d hotel room", "%(count)d hotel rooms", rider.accommodation_rooms)
        asked.append(rooms % {"count": rider.accommodation_rooms})
    return ", ".join(asked)
