"""A visit that goes into the receiver's calendar by mail: iTIP (RFC 5546) by iMIP (RFC 6047). Values in, bytes out.

The VEVENT is that of the presenter's own feed, with the same UID and SEQUENCE, and with the two parties added; so a
calendar that has both knows that they are one thing.
"""

from dataclasses import dataclass, replace
from typing import Literal

from icalendar import Calendar as Component
from icalendar import Event
from icalendar.prop import vCalAddress

from bookings import ical

Method = Literal["REQUEST", "CANCEL"]
_END = b"END:VEVENT\r\n"


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an agreement as a calendar names it."""

    email: str
    name: str


def invitation(entry: ical.Entry, method: Method, organizer: Party, attendee: Party, base_url: str) -> bytes:
    """The calendar of one performance that asks a calendar program to write it down, or to strike it out.

    RFC 5546 section 3.2.2 lets a message hold one UID alone, so a visit of three performances is three of these.

    Args:
        organizer: the producer.
        attendee: the presenter, who has said yes already: no answer is asked for.
    """
    people = Event()
    people.add("organizer", _address(organizer))
    guest = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    people.add("attendee", _address(attendee, guest))
    parties = bytes(people.to_ical(sorted=False)).removeprefix(b"BEGIN:VEVENT\r\n").removesuffix(_END)
    told = replace(entry, to_do=())  # a mail does not follow when something is ticked
    vevent = ical.render(told, base_url, "presenter").removesuffix(_END) + parties + _END
    return b"".join([_head(method), *ical.zones_of([vevent]), vevent, b"END:VCALENDAR\r\n"])


def _address(party: Party, parameters: dict[str, str] | None = None) -> vCalAddress:
    found = vCalAddress(f"mailto:{party.email}")
    found.params.update({"CN": ical.in_parameter(party.name) or party.email, **(parameters or {})})
    return found


def _head(method: Method) -> bytes:
    head = Component()
    head.add("version", "2.0")
    head.add("prodid", ical.PRODID)
    head.add("calscale", "GREGORIAN")
    head.add("method", method)
    return bytes(head.to_ical(sorted=False)).removesuffix(b"END:VCALENDAR\r\n")
