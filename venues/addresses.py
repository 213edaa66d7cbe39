"""What may stand in an address of Turne, read in one way by pages and machines."""

from datetime import date


class Day:
    """A day such as 2027-02-03. What is none of the calendar leads nowhere: the address is not found."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, text: str) -> date:
        return date.fromisoformat(text)

    def to_url(self, day: date | str) -> str:
        return str(day)
