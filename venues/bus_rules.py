"""Which rule about buses holds where: the choice of an administrator, and the reading of it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from venues.bus_terms import BusTerms
from venues.errors import NotPossible
from venues.models import BusRule, BusRuleChoice, Municipality, Region, User

#: Key of rules that a region has written itself; a number follows.
OWN = "egen"


class Rules:
    """The rules of a region by municipality and day, read in two queries for as many trips as one likes."""

    def __init__(self, region: Region) -> None:
        self.choices: list[BusRuleChoice] = list(
            BusRuleChoice.objects.filter(rule__region=region)
            .select_related("rule")
            .order_by("-valid_from", "-pk")
        )
        defaults = BusRule.objects.filter(region=region, is_default=True)
        self.defaults: list[BusRule] = list(defaults.order_by("-valid_from", "-pk"))

    def of(self, municipality_id: int | None, day: date) -> BusRule | None:
        """What holds for the municipality on the day: its own choice, the region's, else the default.

        None where the region has no rule: then nobody knows who orders and who pays.
        """
        for whose in dict.fromkeys([municipality_id, None]):
            for choice in self.choices:
                if choice.municipality_id == whose and _holds(choice, day):
                    return choice.rule
        return next((rule for rule in self.defaults if _holds(rule, day)), None)


@transaction.atomic
def choose(
    rule: BusRule,
    municipality: Municipality | None,
    *,
    valid_from: date,
    valid_to: date | None = None,
    by: User,
    now: datetime,
) -> BusRuleChoice:
    """Let a rule hold for a municipality, or for the whole region, from a day on.

    What was chosen before ends the day before; choices that were to begin on the new one's days are taken away.

    Raises:
        NotPossible: another region's municipality, or the days are in the wrong order.
    """
    Region.objects.select_for_update(no_key=True).get(pk=rule.region_id)
    if municipality is not None and municipality.region_id != rule.region_id:
        raise NotPossible(_("The municipality is not in the rule's region."), field="municipality")
    if valid_to is not None and valid_to < valid_from:
        raise NotPossible(_("The last day comes before the first."), field="valid_to")
    earlier = BusRuleChoice.objects.filter(rule__region=rule.region_id, municipality=municipality)
    until = {} if valid_to is None else {"valid_from__lte": valid_to}
    earlier.filter(valid_from__gte=valid_from, **until).delete()
    earlier.valid_on(valid_from).update(valid_to=valid_from - timedelta(days=1))
    return BusRuleChoice.objects.create(
        rule=rule, municipality=municipality, valid_from=valid_from, valid_to=valid_to, by=by, at=now
    )


@transaction.atomic
def end_choice(choice: BusRuleChoice, *, on: date) -> None:
    """Let a choice hold until that day and no longer; one that has not begun is taken away.

    What holds then is the region's choice, or the default.

    Raises:
        NotPossible: it ended before that day.
    """
    if choice.valid_to is not None and choice.valid_to < on:
        raise NotPossible(_("It has ended already."))
    if choice.valid_from > on:
        choice.delete()
        return
    choice.valid_to = on
    choice.save(update_fields=["valid_to"])


@transaction.atomic
def write_rule(region: Region, label: str, parameters: dict[str, Any], *, on: date, by: User) -> BusRule:
    """Write a rule of the region's own, to be chosen; one that exists is never changed, so that orders stay explained.

    Args:
        parameters: as docs/transport.md has them; numbers as text.

    Raises:
        NotPossible: it has no name, or something in it is not understood.
    """
    label = " ".join(label.split())
    if not label:
        raise NotPossible(_("Give the rule a name."), field="label")
    try:
        BusTerms.read(parameters)
    except (KeyError, ValueError) as error:
        raise NotPossible(_("The rule cannot be followed: %(why)s") % {"why": error}) from error
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    number = BusRule.objects.filter(region=region, key__startswith=f"{OWN}-").count() + 1
    return BusRule.objects.create(
        region=region,
        key=f"{OWN}-{number}",
        label=label,
        parameters=parameters,
        valid_from=on,
        source=_("%(region)s’s own rule") % {"region": region},
        by=by,
    )


def plain(number: Decimal) -> str:
    """A number as the parameters hold it: no exponent, no zeros after the point."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _holds(dated: BusRule | BusRuleChoice, day: date) -> bool:
    return dated.valid_from <= day and (dated.valid_to is None or day <= dated.valid_to)
