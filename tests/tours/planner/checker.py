"""An independent checker of plans, written from the contract on JSON documents; it shares no code with the planner."""

from __future__ import annotations

from datetime import date, timedelta
from math import ceil
from typing import Any

Document = dict[str, Any]


BREAKS = (
    ("work_before_break_min", "break_min", False),
    ("drive_before_break_min", "drive_break_min", True),
)


class Tour:
    """A problem and a plan, with every day's drives and duty worked out from the contract's words."""

    def __init__(self, problem: Document, plan: Document) -> None:
        self.problem, self.plan = problem, plan
        self.rules = {k: v for k, v in problem.get("rules", {}).items() if v is not None}
        self.row = {place["id"]: i for i, place in enumerate(problem["places"])}
        self.wish = {c["id"]: c for c in problem["candidates"]}
        self.stops: list[list[Document]] = [[] for _ in problem["days"]]
        for stop in sorted(plan["stops"], key=lambda s: (s["day"], s["start_min"])):
            self.stops[stop["day"]].append(stop)
        self.duty: list[tuple[int, int, int] | None] = [self.day(d) for d in range(len(problem["days"]))]

    def slept(self, day: int) -> str:
        return self.problem["home"] if day < 0 else self.plan["nights"][day]

    def minutes(self, day: int, a: str, b: str) -> int:
        factor = self.problem["days"][day].get("drive_factor_pct", 100)
        return ceil(self.roads(day)["drive_min"][self.row[a]][self.row[b]] * factor / 100)

    def roads(self, day: int) -> Document:
        """What holds the tables of a day: one of the spans with other roads, else the problem itself."""
        spans = self.problem.get("other_roads", [])
        return next((span for span in spans if span["first_day"] <= day <= span["last_day"]), self.problem)

    def breaks(self, day: int, a: Document | None, b: Document | None, driven: int) -> int:
        """Minutes of breaks on a way between two stops; None is a night's place."""
        found = []
        for most, least, driving in BREAKS:
            if self.rules.get(most) and self.rules.get(least):
                limit, length = self.rules[most], self.rules[least]
                left = self._carried(a, False, limit, length, driving)
                ahead = self._carried(b, True, limit, length, driving)
                count = max(0, ceil((left + driven + ahead) / limit) - 1)
                found.append((count, length, max(0, driven + ahead - limit), min(driven, limit - left)))
        counts, lengths, lows, highs = zip(*found, strict=True) if found else ((), (), (), ())
        if counts == (1, 1) and max(lows) <= min(highs):
            return max(lengths)
        return sum(count * length for count, length, _, _ in found)

    def _carried(self, wish: Document | None, arriving: bool, limit: int, length: int, driving: bool) -> int:
        """What a stop adds to the way before it (arriving) or after it; never more than the limit."""
        if wish is None:
            return 0
        sides = (wish["get_in_min"] - wish.get("pause_min", 0), wish["show_min"] + wish["get_out_min"])
        if wish.get("pause_min", 0) >= length:
            return 0 if driving else min(limit, sides[0 if arriving else 1])
        return min(limit, ceil((limit + (0 if driving else on_site(wish))) / 2))

    def kilometres(self, day: int, a: str, b: str) -> float:
        return self.roads(day)["drive_km"][self.row[a]][self.row[b]]

    def points(self, day: int) -> list[str]:
        played = [self.wish[s["candidate"]]["place"] for s in self.stops[day]]
        return [self.slept(day - 1), *played, self.slept(day)]

    def day(self, day: int) -> tuple[int, int, int] | None:
        """(start, end, minutes driven) of the duty, None on a free day."""
        points, stops = self.points(day), self.stops[day]
        driven = sum(self.minutes(day, a, b) for a, b in zip(points, points[1:], strict=False))
        into, out = self.minutes(day, *points[:2]), self.minutes(day, *points[-2:])
        if stops:
            first, last = self.wish[stops[0]["candidate"]], self.wish[stops[-1]["candidate"]]
            start = stops[0]["start_min"] - first["get_in_min"] - into - self.breaks(day, None, first, into)
            end = stops[-1]["start_min"] + last["show_min"] + last["get_out_min"]
            return start, end + out + self.breaks(day, last, None, out), driven
        if points[0] == points[1]:
            return None
        start = self.plan["drive_only_departures"][str(day)]
        return start, start + driven + self.breaks(day, None, None, driven), driven


def on_site(wish: Document) -> int:
    """Minutes from the start of get-in until packed."""
    return wish["get_in_min"] + wish["show_min"] + wish["get_out_min"]


def complaints(problem: Document, plan: Document) -> set[str]:
    """The names of the rules that the plan breaks, empty if it is legal."""
    tour = Tour(problem, plan)
    found = {name for name, broken in CHECKS.items() if broken(tour)}
    return found


def worth(problem: Document, plan: Document) -> float:
    """The objective by the contract's formula."""
    tour, costs = Tour(problem, plan), problem.get("costs", {})
    played = {s["candidate"]: s["day"] for s in plan["stops"]}
    area = {p["id"]: p.get("municipality") for p in problem["places"]}
    reached = {area[tour.wish[c]["place"]] for c in played} - {None}
    points = [tour.points(d) for d in range(len(problem["days"]))]
    km = sum(
        tour.kilometres(day, a, b) for day, p in enumerate(points) for a, b in zip(p, p[1:], strict=False)
    )
    away = sum(night != problem["home"] for night in plan["nights"])
    changed = [s for s in problem.get("baseline", []) if played.get(s["candidate"]) != s["day"]]
    prices = sum(s["price"] if "price" in s else costs.get("per_change", 0) for s in changed)
    lines = (
        (costs.get("municipality_bonus", 0), len(reached)),
        (-costs.get("per_km", 0), km),
        (-costs.get("per_night_away", 0), away),
        (-1, prices),
    )
    return sum(tour.wish[c]["value"] for c in played) + sum(price * count for price, count in lines)


def cautions(problem: Document, plan: Document) -> list[tuple[str, str, int, int]]:
    """(agreement, rule, day, by how much) wherever the plan goes beyond an agreement, in any order."""
    tour = Tour(problem, plan)
    days = [date.fromisoformat(day["date"]) for day in problem["days"]]
    found = []
    for agreement in problem.get("agreements", []):
        weeks: dict[date, list[tuple[int, int]]] = {}
        for d, duty in enumerate(tour.duty):
            start, end, driven = duty or (0, 0, 0)
            weeks.setdefault(days[d] - timedelta(days=days[d].weekday()), []).append((d, end - start))
            found += [
                (agreement["id"], *one) for one in _asked(agreement, tour, d, start, end, driven) if duty
            ]
        most = agreement.get("work_week_min", 10**9)
        spans = [(week[0][0], sum(span for _, span in week) - most) for week in weeks.values()]
        found += [(agreement["id"], "work_week", d, over) for d, over in spans]
    return [one for one in found if one[3] > 0]


def _asked(agreement: Document, tour: Tour, d: int, start: int, end: int, driven: int) -> list[Any]:
    """(rule, day, by how much, negative when kept) of one day with duty."""
    far, kind = 10**9, "show" if tour.stops[d] else "travel"
    morning = tour.stops[d] and tour.stops[d][0]["start_min"] < 720
    leave = agreement.get("departure_morning_min" if morning else "departure_min", 0)
    return [
        (f"drive_{kind}_day", d, driven - agreement.get(f"drive_{kind}_day_min", far)),
        ("work_day", d, end - start - driven - agreement.get("work_day_min", far)),
        ("total_day", d, end - start - agreement.get("total_day_min", far)),
        ("late_arrival", d, end - agreement.get("day_close_min", far)),
        ("departure", d, max(leave, agreement.get("day_open_min", 0)) - start),
    ]


def _fixed(tour: Tour) -> bool:
    at = {s["candidate"]: (s["day"], s["start_min"]) for s in tour.plan["stops"]}
    return any(at.get(f["candidate"]) != (f["day"], f["start_min"]) for f in tour.problem.get("fixed", []))


def _repeated(tour: Tour) -> bool:
    names = [s["candidate"] for s in tour.plan["stops"]]
    return len(names) != len(set(names))


def _group(tour: Tour) -> bool:
    groups = [tour.wish[s["candidate"]].get("group") for s in tour.plan["stops"]]
    named = [group for group in groups if group is not None]
    return len(named) != len(set(named))


def _window(tour: Tour) -> bool:
    def outside(stop: Document) -> bool:
        windows = tour.wish[stop["candidate"]]["windows"]
        return not any(d == stop["day"] and a <= stop["start_min"] <= b for d, a, b in windows)

    return any(outside(stop) for stop in tour.plan["stops"])


def _overlap(tour: Tour) -> bool:
    def late(day: int, before: Document, after: Document) -> bool:
        one, two = tour.wish[before["candidate"]], tour.wish[after["candidate"]]
        packed = before["start_min"] + one["show_min"] + one["get_out_min"]
        driven = tour.minutes(day, one["place"], two["place"])
        reached = packed + driven + tour.breaks(day, one, two, driven)
        return reached > after["start_min"] - two["get_in_min"]

    pairs = [(d, a, b) for d, stops in enumerate(tour.stops) for a, b in zip(stops, stops[1:], strict=False)]
    return any(late(*pair) for pair in pairs)


def _long_work(tour: Tour) -> bool:
    """A stop that holds more work in a row than may be done without a break."""
    most, least = tour.rules.get("work_before_break_min"), tour.rules.get("break_min", 0)

    def longest(wish: Document) -> int:
        if wish.get("pause_min", 0) < least:
            return on_site(wish)
        return max(wish["get_in_min"] - wish["pause_min"], wish["show_min"] + wish["get_out_min"])

    played = [tour.wish[stop["candidate"]] for stops in tour.stops for stop in stops]
    return bool(most) and any(longest(wish) > most for wish in played)


def stretches(problem: Document, plan: Document, most: str, least: str, only_driving: bool) -> list[int]:
    """The law itself: minutes of work, or at the wheel, between two breaks that are long enough, day by day.

    Each way's breaks are taken as late as the law lets them; a wait before a stop counts if it is long enough.
    """
    tour = Tour(problem, plan)
    limit, length, found = tour.rules[most], tour.rules[least], [0]
    for day, stops in enumerate(tour.stops):
        wishes = [tour.wish[stop["candidate"]] for stop in stops]
        points, ends, worked = tour.points(day), [None, *wishes, None], 0
        for i, (a, b) in enumerate(zip(ends, ends[1:], strict=False)):
            driven = tour.minutes(day, points[i], points[i + 1])
            room = tour.breaks(day, a, b, driven)
            if a and b:
                packed = stops[i - 1]["start_min"] + a["show_min"] + a["get_out_min"]
                room = stops[i]["start_min"] - b["get_in_min"] - packed - driven
            while room >= length:
                ahead = min(driven, max(0, limit - worked))
                found.append(worked + ahead)
                driven, worked, room = driven - ahead, 0, room - length
            worked += driven
            found.append(worked)
            if b and b.get("pause_min", 0) >= length:
                found.append(worked + (0 if only_driving else b["get_in_min"] - b["pause_min"]))
                worked = 0 if only_driving else b["show_min"] + b["get_out_min"]
            elif b:
                worked += 0 if only_driving else on_site(b)
            found.append(worked)
    return found


def _kind(tour: Tour) -> bool:
    return any(
        duty and day["kind"] != "work" for duty, day in zip(tour.duty, tour.problem["days"], strict=True)
    )


def _spill(tour: Tour) -> bool:
    """Duty that runs past midnight into a day without work."""
    kinds = [day["kind"] for day in tour.problem["days"]][1:]
    return any(
        duty and duty[1] > 1440 and kind != "work" for duty, kind in zip(tour.duty, kinds, strict=False)
    )


def _off(tour: Tour) -> bool:
    offs = [d for d, day in enumerate(tour.problem["days"]) if day["kind"] == "off"]
    return any(tour.slept(night) != tour.problem["home"] for d in offs for night in (d - 1, d))


def _performances(tour: Tour) -> bool:
    most = tour.rules.get("performances_per_day", 10**9)
    return any(
        sum(tour.wish[s["candidate"]].get("performances", 1) for s in stops) > most for stops in tour.stops
    )


def _drive(tour: Tour) -> bool:
    return any(duty and duty[2] > tour.rules.get("drive_max_min", 10**9) for duty in tour.duty)


def _span(tour: Tour) -> bool:
    return any(duty and duty[1] - duty[0] > tour.rules.get("span_max_min", 10**9) for duty in tour.duty)


def _hours(tour: Tour) -> bool:
    opens, closes = tour.rules.get("day_open_min", 0), tour.rules.get("day_close_min", 2880)
    return any(duty and (duty[0] < opens or duty[1] > closes) for duty in tour.duty)


def _begins(tour: Tour) -> list[int]:
    """Real minutes until each day begins and the window ends; the night after a day may be longer or shorter."""
    begins = [0]
    for day in tour.problem["days"]:
        begins.append(begins[-1] + 1440 + day.get("clock_shift_min", 0))
    return [*begins[:-1], begins[-2] + 1440]


def _absolute(tour: Tour) -> list[tuple[int, int]]:
    at = _begins(tour)
    return [(at[d] + duty[0], at[d] + duty[1]) for d, duty in enumerate(tour.duty) if duty]


def _night(tour: Tour) -> bool:
    duties = _absolute(tour)
    return any(
        b[0] - a[1] < tour.rules.get("rest_night_min", 0) for a, b in zip(duties, duties[1:], strict=False)
    )


def _week(tour: Tour) -> bool:
    """A whole week without a free day inside a long enough gap; the window's ends count as duty."""
    least = tour.rules.get("rest_week_min")
    days = [date.fromisoformat(day["date"]) for day in tour.problem["days"]]
    mondays = [d for d, day in enumerate(days) if day.weekday() == 0 and d + 7 <= len(days)]
    at = _begins(tour)
    duties = [(0, 0), *_absolute(tour), (at[-1], at[-1])]
    gaps = [(a[1], b[0]) for a, b in zip(duties, duties[1:], strict=False)]

    def rested(day: int) -> bool:
        around = [gap for gap in gaps if gap[0] < at[day + 1] and gap[1] >= at[day] + 1]
        return tour.duty[day] is None and any(b - a >= (least or 0) for a, b in around)

    return least is not None and any(not any(rested(d) for d in range(m, m + 7)) for m in mondays)


def _beds(tour: Tour) -> bool:
    beds = {p["id"] for p in tour.problem["places"] if p["beds"]} | {tour.problem["home"]}
    return not set(tour.plan["nights"]) <= beds or tour.plan["nights"][-1] != tour.problem["home"]


def _full(tour: Tour) -> bool:
    return any(tour.plan["nights"][day] == place for place, day in tour.problem.get("no_beds", []))


def _shape(tour: Tour) -> bool:
    moving = {str(d) for d, duty in enumerate(tour.duty) if duty and not tour.stops[d]}
    return len(tour.plan["nights"]) != len(tour.duty) or moving != set(tour.plan["drive_only_departures"])


CHECKS = {
    "fixed": _fixed,
    "repeated": _repeated,
    "group": _group,
    "window": _window,
    "overlap": _overlap,
    "long_work": _long_work,
    "kind": _kind,
    "spill": _spill,
    "off": _off,
    "performances": _performances,
    "drive": _drive,
    "span": _span,
    "hours": _hours,
    "night": _night,
    "week": _week,
    "beds": _beds,
    "full": _full,
    "shape": _shape,
}
