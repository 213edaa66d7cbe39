"""Write the tables of docs/agreements.md anew from `bookings.states`. Run it by `make agreements`."""

from collections.abc import Iterable
from pathlib import Path

from django.utils import translation

from bookings.stages import STEPS
from bookings.states import ACTIONS, STATES

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "agreements.md"
BEGIN, END = "<!-- {name}: written by make agreements -->", "<!-- end of {name} -->"


def written(page: str) -> str:
    """The page with its tables as the code has them now."""
    with translation.override("en"):
        for name, lines in {"states": _states(), "actions": _actions(), "stages": _stages()}.items():
            before, rest = page.split(BEGIN.format(name=name))
            after = rest.split(END.format(name=name))[1]
            table = "\n".join([BEGIN.format(name=name), *lines, END.format(name=name)])
            page = before + table + after
    return page


def _states() -> Iterable[str]:
    yield "| shown as | word | stored as | when else |"
    yield "|---|---|---|---|"
    for state in STATES.values():
        yield f"| `{state.name}` | {state.label} | {', '.join(state.stored)} | {state.when} |"


def _actions() -> Iterable[str]:
    yield "| step | word | who, from where | to | until | if |"
    yield "|---|---|---|---|---|---|"
    for action in ACTIONS.values():
        who = "; ".join(f"{side}: {', '.join(states)}" for side, states in action.who.items())
        until = ", ".join(str(deadline.label) for deadline in action.until)
        whose = {"own": "proposed by that side", "other": "proposed by the other side"}.get(action.whose, "")
        school = "not by a presenter that is a school" if action.not_by_school else ""
        given = ", ".join([*(condition.words for condition in action.given), *filter(None, [whose, school])])
        yield f"| `{action.name}` | {action.label} | {who} | {action.target or 'stays'} | {until} | {given} |"


def _stages() -> Iterable[str]:
    yield "| step | word | from where | to | by | when |"
    yield "|---|---|---|---|---|---|"
    for step in STEPS.values():
        sources, who = ", ".join(step.sources), ", ".join(step.who)
        yield f"| `{step.name}` | {step.label} | {sources} | {step.target or 'stays'} | {who} | {step.words} |"


def write() -> None:
    """Bring the page up to date."""
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
