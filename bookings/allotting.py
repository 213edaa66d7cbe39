"""The verbs of an allotment until it is published: make it, change its target and rules, compute it, decide by hand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bookings.allotment_briefs import choice_of, groups_of, with_orders
from tours import allotment as solver
from tours.errors import BoardChanged, NotNow, Refused
from tours.models import Allotment, AllotmentOrder, Production, Season, SeasonWay
from tours.ways import ways_of
from venues.grades import GRADES, grades_of
from venues.models import Municipality, School, User, Venue

#: The columns that are rules, by which a plan is computed; `seconds` and `seed` are for how long and from where.
RULES = (
    "bus_max_km",
    "bus_max_min",
    "walk_max_km",
    "shows_per_day",
    "days_max",
    "unknown_fits",
    "repeat_years",
    "skips_reached",
    "bus_seats",
    "bus_base",
    "bus_per_km",
    "per_km",
    "per_night",
    "day_trip_max_min",
    "seconds",
    "seed",
)


@dataclass(frozen=True)
class Terms:
    """What a person decides of an allotment; `rules` are columns of RULES, those not named keep what they are."""

    name: str
    municipalities: Collection[Municipality]
    productions: Collection[Production]
    grades: Sequence[str]
    answers_by: datetime | None = None
    rules: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """What one grade of a school is to get: a production, in a room or wherever is best; or nothing."""

    school: School
    grade: str
    production: Production | None = None
    venue: Venue | None = None


@transaction.atomic
def make(season: Season, terms: Terms, *, by: User, now: datetime) -> Allotment:
    """A new allotment of the season, not computed yet.

    Raises:
        Refused: a value can not be; `field` names it. Nothing is written.
    """
    # Two clicks on the same button wait for each other, so that the second is told that the name is taken.
    Season.objects.select_for_update(no_key=True).get(pk=season.pk)
    return _write(Allotment(season=season, by=by, at=now), terms, now)


@transaction.atomic
def change(allotment: Allotment, terms: Terms, *, by: User, now: datetime, version: int | None) -> Allotment:
    """Another target or other rules; a plan that was computed stands, but is out of date.

    Raises:
        BoardChanged: somebody else has changed it since that version.
        NotNow: it is being computed, or is published.
        Refused: as `make`.
    """
    allotment = lock(allotment, version)
    _check_open(allotment)
    return _write(allotment, terms, now)


@transaction.atomic
def set_rules(
    allotment: Allotment, rules: Mapping[str, Any], *, by: User, now: datetime, version: int | None
) -> Allotment:
    """Change some rules, as a remedy does; the plan is out of date then. Raises as `change`."""
    if strange := set(rules) - set(RULES):
        raise Refused(_("There is no such rule."), field=min(strange))
    allotment = lock(allotment, version)
    _check_open(allotment)
    for name, value in rules.items():
        setattr(allotment, name, value)
    _check_row(allotment)
    allotment.changed_at = now
    allotment.save(update_fields=[*rules, "changed_at"])
    return allotment


@transaction.atomic
def ask(allotment: Allotment, *, by: User, now: datetime, version: int | None = None) -> Allotment:
    """Ask for a plan; a worker writes its problem and computes it. What was decided by hand is kept.

    Raises:
        BoardChanged, NotNow: as `change`.
        Refused: a municipality's schools only wish from the menu, or there is nobody or nothing to allot.
    """
    allotment = lock(allotment, version)
    _check_open(allotment)
    _check_ways(allotment)
    _check_target(allotment)
    allotment.problem, allotment.fingerprint, allotment.ground_digest = {}, "", ""
    allotment.plan, allotment.progress, allotment.error = None, {}, ""
    allotment.state, allotment.asked_at = Allotment.State.QUEUED, now
    allotment.stop_asked_at = allotment.finished_at = allotment.claimed_until = None
    allotment.save()
    allotment.orders.update(before=None)
    return allotment


def try_choice(allotment: Allotment, choice: Choice) -> solver.Tried:
    """What the plan would be if the grade got that: coverage, cost and what it breaks. Nothing is written.

    Raises:
        NotNow: there is no plan to change.
        Refused: the plan does not know the grade, the production or the room.
    """
    if not allotment.is_finished:
        raise NotNow(_("There is no plan yet. Compute one first."), allotment=allotment.pk)
    wanted = choice_of(_order(allotment, choice))
    try:
        others = [lock for lock in allotment.problem["locked"] if lock["unit"] != wanted["unit"]]
        problem = solver.Problem.from_json({**allotment.problem, "locked": others})
        return solver.tried(problem, plan_of(allotment), solver.Choice(**wanted))
    except solver.AllotmentError as error:
        raise Refused(_("The plan does not know this choice. Compute it again to take it in.")) from error


@transaction.atomic
def choose(
    allotment: Allotment,
    choice: Choice,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    version: int | None = None,
) -> AllotmentOrder:
    """Give a grade something else, or nothing; every plan computed from now on keeps to it.

    Raises:
        BoardChanged: as `change`.
        NotNow, Refused: as `try_choice`, or it is published.
    """
    allotment = lock(allotment, version)
    _check_open(allotment)
    found = try_choice(allotment, choice)
    earlier = allotment.orders.filter(
        school=choice.school, grade=choice.grade, kind=AllotmentOrder.Kind.LOCKED, withdrawn_at=None
    ).first()
    if earlier:
        _withdraw(earlier, by, now)
    order = _order(allotment, choice)
    order.by, order.at, order.reason = by, now, reason.strip()
    order.replaces, order.before = earlier, allotment.plan
    order.save()
    _take_over(allotment, found.plan.to_json())
    return order


@transaction.atomic
def forbid(
    allotment: Allotment,
    choice: Choice,
    *,
    by: User,
    now: datetime,
    reason: str = "",
    version: int | None = None,
) -> AllotmentOrder:
    """From the next plan on a grade does not get that production, in that room or anywhere.

    Raises:
        BoardChanged, NotNow: as `change`.
        Refused: no production is named.
    """
    if choice.production is None:
        raise Refused(_("Choose which production the grade must not get."), field="production")
    allotment = lock(allotment, version)
    _check_open(allotment)
    order = _order(allotment, choice, AllotmentOrder.Kind.FORBIDDEN)
    order.by, order.at, order.reason = by, now, reason.strip()
    order.save()
    Allotment.objects.filter(pk=allotment.pk).update(changed_at=now)
    return order


@transaction.atomic
def undo(allotment: Allotment, *, by: User, now: datetime, version: int | None = None) -> AllotmentOrder:
    """Take the last order back: the plan is what it was before, and what the order replaced holds again.

    Raises:
        BoardChanged, NotNow: as `change`; or there is nothing to undo since the plan was computed.
    """
    allotment = lock(allotment, version)
    _check_open(allotment)
    order = allotment.orders.filter(withdrawn_at=None, before__isnull=False).order_by("-at", "-pk").first()
    if order is None:
        raise NotNow(_("Nothing has been changed by hand since the plan was computed."))
    plan = order.before
    _withdraw(order, by, now)
    if order.replaces:
        AllotmentOrder.objects.filter(pk=order.replaces.pk).update(withdrawn_at=None, withdrawn_by=None)
    _take_over(allotment, plan)
    return order


@transaction.atomic
def free(
    allotment: Allotment, order: AllotmentOrder, *, by: User, now: datetime, version: int | None = None
) -> None:
    """Let the next plan decide about the grade again; the plan stays as it is until then.

    Raises:
        BoardChanged, NotNow: as `change`; or the order has been withdrawn already.
    """
    allotment = lock(allotment, version)
    _check_open(allotment)
    order = AllotmentOrder.objects.select_for_update().get(pk=order.pk)
    if order.withdrawn_at:
        raise NotNow(_("This has been taken back already."), order=order.pk)
    _withdraw(order, by, now)
    if allotment.problem:
        allotment.problem = with_orders_anew(allotment)
        allotment.save(update_fields=["problem"])


def plan_of(allotment: Allotment) -> solver.Plan:
    """Its plan; one that gives nobody anything where none was computed."""
    return solver.Plan.from_json(allotment.plan) if allotment.plan else solver.Plan()


def with_orders_anew(allotment: Allotment) -> dict[str, Any]:
    """The stored problem with the orders that stand now; what the ground bars itself stays barred."""
    problem = allotment.problem
    ordered = [choice_of(o) for o in allotment.orders.filter(kind=AllotmentOrder.Kind.FORBIDDEN)]
    barred = [choice for choice in problem["forbidden"] if choice not in ordered]
    return with_orders({**problem, "locked": [], "forbidden": barred}, allotment)


def lock(allotment: Allotment, version: int | None) -> Allotment:
    """The allotment as it stands, locked until the transaction ends, with its version counted up.

    Args:
        version: the one that was looked at; None for callers who have looked at none.

    Raises:
        BoardChanged: somebody has changed it since.
    """
    found = Allotment.objects.select_for_update(no_key=True, of=("self",)).get(pk=allotment.pk)
    if version is not None and found.version != version:
        raise BoardChanged(
            _("Somebody else has changed this allotment since you opened the page. Nothing was changed."),
            allotment=found.pk,
            version=found.version,
        )
    found.version += 1
    found.save(update_fields=["version"])
    return found


def _take_over(allotment: Allotment, plan: Any) -> None:
    """The plan as the one that stands; how many could be reached is still what the run has found."""
    told = {name: plan[name] for name in ("reached", "pupils", "cost", "cost_bound", "gap")}
    allotment.plan, allotment.progress = plan, {**allotment.progress, **told}
    allotment.problem = with_orders_anew(allotment)
    allotment.save(update_fields=["plan", "problem", "progress"])


def _withdraw(order: AllotmentOrder, by: User, now: datetime) -> None:
    """The order does not hold any more; what the plan was before it is kept for whoever undoes what replaced it."""
    order.withdrawn_at, order.withdrawn_by = now, by
    order.save(update_fields=["withdrawn_at", "withdrawn_by"])


def _order(allotment: Allotment, choice: Choice, kind: str = AllotmentOrder.Kind.LOCKED) -> AllotmentOrder:
    return AllotmentOrder(
        allotment=allotment,
        school=choice.school,
        grade=choice.grade,
        kind=kind,
        production=choice.production,
        venue=choice.venue if choice.production else None,
    )


def _check_open(allotment: Allotment) -> None:
    if allotment.is_working:
        raise NotNow(_("It is being computed. Wait until that is done, or stop it."), allotment=allotment.pk)
    if allotment.state == Allotment.State.PUBLISHED:
        raise NotNow(
            _("It is published. Take the publishing back first, then change it."), allotment=allotment.pk
        )


def _check_ways(allotment: Allotment) -> None:
    """The schools of each municipality are allotted to in the season."""
    ways = ways_of(allotment.season)
    for municipality in allotment.municipalities.order_by("name"):
        if ways.get(municipality.pk, SeasonWay.Way.MENU) == SeasonWay.Way.MENU:
            raise Refused(
                _(
                    "In %(municipality)s schools wish from the menu in %(season)s. Decide on allotment there "
                    "first, or leave the municipality out."
                )
                % {"municipality": municipality, "season": allotment.season},
                field="municipalities",
                municipality=municipality.pk,
            )


def _check_target(allotment: Allotment) -> None:
    """There is somebody to reach and something to give."""
    if not groups_of(allotment).exists():
        raise Refused(
            _(
                "No school has groups in these grades for the season's school year. Enter their groups first, or "
                "choose other grades."
            ),
            allotment=allotment.pk,
        )
    told = allotment.productions.values_list("grades", flat=True)
    if not any(grades_of(grades) & set(allotment.grades) for grades in told):
        raise Refused(
            _(
                "None of the productions says that it is for one of these grades. Fill that in, or choose others."
            ),
            allotment=allotment.pk,
        )


def _write(allotment: Allotment, terms: Terms, now: datetime) -> Allotment:
    _check_terms(allotment.season, terms)
    allotment.name, allotment.answers_by = terms.name.strip(), terms.answers_by
    allotment.grades = [grade for grade in GRADES if grade in terms.grades]
    for name in RULES:
        setattr(allotment, name, terms.rules.get(name, getattr(allotment, name)))
    allotment.changed_at = now
    _check_row(allotment)
    allotment.save()
    allotment.municipalities.set(terms.municipalities)
    allotment.productions.set(terms.productions)
    return allotment


def _check_terms(season: Season, terms: Terms) -> None:
    if not terms.municipalities:
        raise Refused(_("Choose at least one municipality."), field="municipalities")
    if not terms.productions:
        raise Refused(_("Choose at least one production."), field="productions")
    if not terms.grades or set(terms.grades) - set(GRADES):
        raise Refused(_("Choose at least one grade."), field="grades")
    if any(municipality.region_id != season.region_id for municipality in terms.municipalities):
        raise Refused(_("Choose municipalities of the season's region."), field="municipalities")
    chosen = {production.pk for production in terms.productions}
    if season.productions.filter(pk__in=chosen).count() != len(chosen):
        raise Refused(_("Choose productions on the season's menu."), field="productions")


def _check_row(allotment: Allotment) -> None:
    try:
        allotment.full_clean(exclude=["by", "published_by"])
    except ValidationError as error:
        name, sentences = next(iter(error.message_dict.items()))
        field = "name" if name == "__all__" else name
        raise Refused(sentences[0], field=field) from error
