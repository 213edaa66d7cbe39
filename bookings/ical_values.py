"""What a calendar says, as values: a performance, a working day, a span of whole days. No database, no request."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple
from uuid import UUID

Status = Literal["held", "offered", "confirmed", "cancelled", "postponed"]
SpanStatus = Literal["tentative", "confirmed", "cancelled"]
#: Who a VEVENT is written for. All versions of one performance have its UID, SEQUENCE and times.
#:
#: - public: whoever finds the calendar;
#: - school: a school's own calendar, also open: grade and week in the title, when to come, what to prepare;
#: - presenter: a secret address of one presenter: get-in, get-out, and which roles have somebody;
#: - guest: a secret address of a school whose groups come to another's visit: when and where, and its own groups;
#: - working: a secret address of those who travel: get-in, call and get-out. No version tells what anything costs.
Version = Literal["public", "school", "presenter", "guest", "working"]
VERSIONS: tuple[Version, ...] = ("public", "school", "presenter", "guest", "working")


class Role(NamedTuple):
    """A role at a visit: what it is called, whose side has it, and whether somebody is named. Never who it is."""

    label: str
    side: str
    is_named: bool


class Attending(NamedTuple):
    """A group that comes to a show, and how many it is with its adults. Never who."""

    name: str
    heads: int


class Bus(NamedTuple):
    """A school's bus to a show that is ordered: when it leaves the school and is back, where that is known.

    `is_own`: the school is the presenter itself. `fits`: it was ordered for the time and the room that the show has.
    """

    school: str
    is_own: bool
    fits: bool
    leaves_at: datetime | None
    back_at: datetime | None


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that calendars say of one performance. Texts may be empty; moments are aware.

    `lat` and `lon` are the venue's own or None: a place's are not good enough for a pin on a map.
    `is_public` says whether the performance has a page that everybody may open; `visit_page` is that of its two sides,
    below the base address. `access` holds the facts of the room that are known. `was_at` and `was_in` are time and room
    before it was moved. `is_online` says that there is no room to go to, and
    `is_session` that it is a short session for small groups and no performance.
    """

    uid: UUID
    sequence: int
    status: Status
    hold_rank: int
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    changed_at: datetime
    time_zone: str
    title: str
    art_form: str
    audience: str
    age_min: int
    age_max: int | None
    grades: str
    ensemble: str
    presenter: str
    venue: str
    address: str
    place: str
    municipality: str
    lat: float | None
    lon: float | None
    is_public: bool
    visit_page: str = ""
    languages: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    access: tuple[tuple[str, bool | int], ...] = ()
    warnings: str = ""
    teacher_guide: str = ""
    preparation: str = ""
    to_do: tuple[str, ...] = ()
    arrives_at: datetime | None = None
    seats_at: datetime | None = None
    calls_at: datetime | None = None
    get_in_at: datetime | None = None
    get_out_at: datetime | None = None
    roles: tuple[Role, ...] = ()
    was_at: datetime | None = None
    was_in: str = ""
    stream_url: str = ""
    is_online: bool = False
    groups: tuple[Attending, ...] = ()
    is_session: bool = False
    buses: tuple[Bus, ...] = ()


class Part(NamedTuple):
    """One thing on a working day: from when to when, and what. A moment begins and ends at once."""

    starts_at: datetime
    ends_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Workday:
    """An ensemble's day of duty on a tour: from leaving the night's place to arriving at the next. Moments are aware.

    `places` are those that are played, `parts` in order of time; `night` may be empty, and `note` is told first.
    """

    uid: UUID
    sequence: int
    is_agreed: bool
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    changed_at: datetime
    time_zone: str
    tour: str
    places: tuple[str, ...]
    parts: tuple[Part, ...]
    night: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class CrewDay:
    """A KulturCrew's day at a visit that it hosts: from its first task to its last. Moments are aware.

    `before` and `after` are what is done on other days, and by when; `parts` what is done on this one, in order.
    """

    uid: UUID
    sequence: int
    is_called_off: bool
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    changed_at: datetime
    time_zone: str
    crew: str
    title: str
    where: str
    before: tuple[tuple[date, str], ...]
    parts: tuple[Part, ...]
    after: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Workshop:
    """A pedagogue's workshop with some groups of a school, beside a visit. Only secret calendars have it.

    `when` says on which side of the visit it is; `page` is below the base address.
    """

    uid: UUID
    sequence: int
    status: SpanStatus
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    changed_at: datetime
    time_zone: str
    title: str
    when: str
    school: str
    room: str
    place: str
    groups: tuple[Attending, ...]
    teacher_guide: str
    page: str


@dataclass(frozen=True, slots=True)
class SubEvent:
    """Something that a residency does at a time: an open rehearsal, a workshop, a showing, a talk.

    `kind` stands before the title; `lines` are told in order, and `page` is below the base address. `lat` and `lon` are
    the venue's own or None.
    """

    uid: UUID
    sequence: int
    status: SpanStatus
    starts_at: datetime
    ends_at: datetime
    created_at: datetime
    changed_at: datetime
    time_zone: str
    kind: str
    title: str
    lines: tuple[str, ...] = ()
    where: str = ""
    lat: float | None = None
    lon: float | None = None
    categories: tuple[str, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days on end, such as a tour or a residency: first and last day included. It takes nobody's time.

    `kind` stands before the title ("Turné"); `lines` are told in order, and `page` is below the base address.
    """

    uid: UUID
    sequence: int
    status: SpanStatus
    starts_on: date
    ends_on: date
    created_at: datetime
    changed_at: datetime
    kind: str
    title: str
    lines: tuple[str, ...] = ()
    where: str = ""
    categories: tuple[str, ...] = ()
    page: str = ""
