"""A small strict reader of calendars, written from RFC 5545 and independent of icalendar."""

import re
from dataclasses import dataclass, field

LINE = re.compile(r'^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"\r\n]*"|[^";:,\r\n]*))*):(.*)$', re.DOTALL)
PARAMETER = re.compile(r';([A-Z0-9-]+)=("[^"]*"|[^";:,]*)')
ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass
class Line:
    """One content line, unfolded."""

    name: str
    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as TEXT."""
        return ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], self.value)


@dataclass
class Block:
    """A component: its own lines, and the components in it."""

    name: str
    lines: list[Line] = field(default_factory=list)
    blocks: list["Block"] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def one(self, name: str) -> Line:
        (line,) = self.all(name)
        return line

    def text(self, name: str) -> str:
        return self.one(name).text

    def named(self, name: str) -> list["Block"]:
        return [block for block in self.blocks if block.name == name]

    def walk(self) -> list["Block"]:
        return [self, *(inner for block in self.blocks for inner in block.walk())]


def physical_lines(body: bytes) -> list[bytes]:
    """The lines as they stand, checked: CRLF to the end, no other line break, none empty, at most 75 octets."""
    assert body.endswith(b"\r\n")
    lines = body[:-2].split(b"\r\n")
    for line in lines:
        assert line
        assert b"\r" not in line
        assert b"\n" not in line
        assert len(line) <= 75, line
        line.decode()  # every line by itself: no character is split between two
    return lines


def read(body: bytes) -> Block:
    """The one calendar in the bytes; anything that breaks the grammar is an AssertionError."""
    root = Block("ROOT")
    stack = [root]
    physical_lines(body)
    for raw in body.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ufeff]", raw), raw
        match = LINE.match(raw)
        assert match, raw
        line = Line(match[1], {k: v.strip('"') for k, v in PARAMETER.findall(match[2])}, match[3])
        if line.name == "BEGIN":
            stack.append(Block(line.value))
            stack[-2].blocks.append(stack[-1])
        elif line.name == "END":
            assert stack.pop().name == line.value
        else:
            stack[-1].lines.append(line)
    assert stack == [root]
    (calendar,) = root.blocks
    return calendar


def vevents(body: bytes) -> list[Block]:
    """The VEVENTs of a calendar, in order."""
    return read(body).named("VEVENT")
