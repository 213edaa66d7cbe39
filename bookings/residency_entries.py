"""A residency's periods, sub-events and day plans as the values of their calendar entries, for whoever reads them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from bookings import ical
from bookings.ical_words import groups_line
from bookings.models import DayLine, DroppedPeriod, Residency, ResidencyPeriod, SubEvent
from venues.models import Place, Venue

#: The public page of a residency and the one of those who take part in it, below the base address.
PAGE, WORK_PAGE = "/residens/{slug}/", "/residenser/{pk}/"
#: Where the plan of its days stands, for those who take part.
DAYS_PAGE = f"{WORK_PAGE}dagar/"
#: A line that says when it begins and not when it ends is drawn so long. Source: the house's choice: the shortest box
#: that a calendar program has room to write in.
UNTIL_SAID = timedelta(minutes=30)
KINDS: dict[str, str] = {
    SubEvent.Kind.OPEN_REHEARSAL: "Öppen repetition",
    SubEvent.Kind.WORKSHOP: "Workshop",
    SubEvent.Kind.SHOWING: "Visning",
    SubEvent.Kind.TALK: "Konstnärssamtal",
}
_STATUS: dict[str, ical.SpanStatus] = {
    Residency.Status.PLANNED: "tentative",
    Residency.Status.OFFERED: "tentative",
    Residency.Status.CONFIRMED: "confirmed",
    Residency.Status.CANCELLED: "cancelled",
}


class Reader(NamedTuple):
    """For whom an entry is written: everybody ("public"), those who travel ("working"), or a house ("presenter").

    `house` is the key of the house: the host, or the school whose groups come.
    """

    version: ical.Version = "public"
    house: int = 0

    @property
    def kept_as(self) -> str:
        """What its version of an entry is kept as: a school reads of no other's groups."""
        return f"p{self.house}" if self.house else self.version

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it."""
        return self.version == "public"

    def is_guest_at(self, residency: Residency) -> bool:
        """Whether it is a school whose groups come, and not the host."""
        return bool(self.house) and residency.host_id != self.house


def span_of(period: ResidencyPeriod, reader: Reader) -> ical.Span:
    """A period as whole days, read with `Periods.with_ground()`."""
    residency = period.residency
    rooms = sorted({row.venue.name for row in period.allocations.all() if row.venue})
    lines = [*_reason(residency.cancelled_why, reader), *_who(residency, reader)]
    periods = [row.pk for row in residency.periods.all()]
    if len(periods) > 1:
        lines.append(f"Vistelsen är delad: del {periods.index(period.pk) + 1} av {len(periods)}.")
    return _span(period, reader, _STATUS[residency.status], lines, rooms)


def public_page(residency: Residency) -> str:
    """Where everybody reads of it, below the base address."""
    return PAGE.format(slug=residency.slug)


def dropped_span_of(dropped: DroppedPeriod, reader: Reader) -> ical.Span:
    """Days that a stay has no more, as cancelled, read with `DroppedPeriods.with_ground()`."""
    lines = ["Dagarna ingår inte längre i vistelsen.", *_who(dropped.residency, reader)]
    return _span(dropped, reader, "cancelled", lines, [])


def sub_event_of(sub_event: SubEvent, reader: Reader) -> ical.SubEvent:
    """What a residency does at a time, read with `SubEvents.with_ground()`."""
    residency, venue = sub_event.residency, sub_event.venue
    place = venue.place if venue else residency.place
    is_off = sub_event.cancelled_at is not None
    status: ical.SpanStatus = "cancelled" if is_off else _STATUS[residency.status]
    is_digital = venue is not None and venue.kind == Venue.Kind.DIGITAL
    return ical.SubEvent(
        uid=sub_event.uid,
        sequence=sub_event.sequence + _steps(residency),
        status=status,
        starts_at=sub_event.starts_at,
        ends_at=sub_event.ends_at,
        created_at=residency.created_at,
        changed_at=max(sub_event.changed_at, residency.changed_at),
        time_zone=place.municipality.region.time_zone,
        kind=KINDS[sub_event.kind],
        title=sub_event.title,
        lines=tuple(_lines(sub_event, reader, status)),
        where="Digitalt" if is_digital else _where(sub_event, place),
        lat=venue.lat if venue and not is_digital else None,
        lon=venue.lon if venue and not is_digital else None,
        categories=_categories(residency, KINDS[sub_event.kind]),
        page=_page(residency, reader),
    )


def line_of(line: DayLine, reader: Reader) -> ical.SubEvent | ical.Span:
    """A line of a day plan, read with `DayLines.with_ground()`: at its hours, or the whole day where it tells none."""
    residency, place = line.residency, line.residency.place
    told = [
        *_reason(residency.cancelled_why, reader),
        f"Ur dagsplanen för residenset {residency.title} hos {residency.host.name}.",
    ]
    common: dict[str, Any] = {
        "uid": line.uid,
        "sequence": line.version - 1 + _steps(residency),
        "status": _STATUS[residency.status],
        "created_at": residency.created_at,
        "changed_at": max(line.changed_at, residency.changed_at),
        "kind": "",
        "title": line.words,
        "where": _joined(place.name, place.municipality.name),
        "categories": _categories(residency, "Residens"),
        "page": DAYS_PAGE.format(pk=residency.pk),
    }
    if line.starts is None:
        return ical.Span(**common, starts_on=line.on, ends_on=line.on, lines=tuple(told))
    starts_at = _moment(line.on, line.starts)
    ends_at = _moment(line.on, line.ends) if line.ends else starts_at
    if ends_at <= starts_at:  # no end is told, or the clocks are turned between the two
        ends_at = starts_at + UNTIL_SAID
    if line.ends is None:
        told.append("När det slutar är inte sagt.")
    return ical.SubEvent(
        **common,
        starts_at=starts_at,
        ends_at=ends_at,
        time_zone=place.municipality.region.time_zone,
        lines=tuple(told),
    )


def _moment(on: date, at: time) -> datetime:
    """In UTC: two of one zone would be compared by their clocks, on the night when these are turned too."""
    return timezone.make_aware(datetime.combine(on, at)).astimezone(UTC)


def _span(
    period: ResidencyPeriod | DroppedPeriod,
    reader: Reader,
    status: ical.SpanStatus,
    lines: Sequence[str],
    rooms: Sequence[str],
) -> ical.Span:
    residency = period.residency
    return ical.Span(
        uid=period.uid,
        sequence=period.sequence + _steps(residency),
        status=status,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        created_at=residency.created_at,
        changed_at=max(period.changed_at, residency.changed_at),
        kind="Residens",
        title=residency.title,
        lines=tuple(lines),
        where=_joined(*rooms, residency.place.name, residency.place.municipality.name),
        categories=_categories(residency, "Residens"),
        page=_page(residency, reader),
    )


def _steps(residency: Residency) -> int:
    """How often its state was another: lines of its history are only added, so SEQUENCE never sinks."""
    return sum(change.from_status != change.to_status for change in residency.changes.all())


def _who(residency: Residency, reader: Reader) -> list[str]:
    """Who comes to whom; those who take part read how many."""
    count = residency.people_count
    lines = [f"{residency.artist_name} är i residens hos {residency.host.name}."]
    if not reader.is_public and not reader.is_guest_at(residency):
        lines.append(f"Kommer: {count} {'person' if count == 1 else 'personer'}.")
    return lines


def _lines(sub_event: SubEvent, reader: Reader, status: ical.SpanStatus) -> list[str]:
    residency = sub_event.residency
    reason = sub_event.cancelled_why or residency.cancelled_why
    lines = [
        *_reason(reason, reader),
        f"Del av residenset {residency.title}: {residency.artist_name} hos {residency.host.name}.",
        "Öppet för alla." if sub_event.is_public else "Inte öppet för allmänheten.",
    ]
    if status != "cancelled":
        lines += [groups_line(_groups(sub_event, reader)), sub_event.about if sub_event.is_public else ""]
    return lines


def _groups(sub_event: SubEvent, reader: Reader) -> list[ical.Attending]:
    """The groups that come: a school reads of its own, the others of all, and nobody else of any."""
    if reader.is_public:
        return []
    residency = sub_event.residency
    is_guest = reader.is_guest_at(residency)
    return [
        ical.Attending(
            group.name if group.school.organisation_id == reader.house else f"{group.school} {group.name}",
            group.heads_count,
        )
        for group in sub_event.groups.all()
        if not is_guest or group.school.organisation_id == reader.house
    ]


def _reason(why: str, reader: Reader) -> list[str]:
    """Why it is cancelled, for those who take part: free words may name somebody."""
    return [f"Skäl: {why}"] if why and not reader.is_public else []


def _categories(residency: Residency, kind: str) -> tuple[str, ...]:
    return kind, ical.ART_FORMS.get(residency.art_form, "")


def _where(sub_event: SubEvent, place: Place) -> str:
    venue = sub_event.venue
    room = (venue.name, venue.address) if venue else (sub_event.room,)
    return _joined(*room, place.name, place.municipality.name)


def _joined(*parts: str) -> str:
    """The parts that are told, each once."""
    return ", ".join(dict.fromkeys(part for part in map(ical.one_line, parts) if part))


def _page(residency: Residency, reader: Reader) -> str:
    """The public page; for those who take part in what has none, the one of their own. A guest has neither."""
    if residency.is_public:
        return public_page(residency)
    if reader.is_public or reader.is_guest_at(residency):
        return ""
    return WORK_PAGE.format(pk=residency.pk)
