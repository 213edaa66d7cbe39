"""What the groups of a wish must be: the school's own, of the school year, whole, and no more than a show takes.

A school names its own groups only. Another school's groups come to a visit when the producer, who has both schools'
word, adds them there (`bookings.school_visits`): so no school can sign up another's pupils.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tours.dealing import GROUPS_MAX, deal, fewest
from tours.errors import Refused
from tours.models import Production, Wish, WishGroup
from tours.models.school_wishes import Need
from tours.rooms import capacity_of
from venues.grades import grades_of
from venues.models import Group, Organisation, Venue
from venues.models.groups import GROUP_MAX
from venues.models.school_years import school_year_of, year_label


@dataclass(frozen=True)
class GroupChoice:
    """A group that is to come. `show` is the show that somebody has chosen; None: it is dealt.

    `needs`: {Need: how many pupils}. `pupils` and `adults` are counts of that day; None: as the group is.
    """

    group: Group
    show: int | None = None
    needs: Mapping[str, int] = field(default_factory=dict)
    pupils: int | None = None
    adults: int | None = None

    @property
    def pupils_count(self) -> int:
        """How many pupils come."""
        return self.group.pupils_count if self.pupils is None else self.pupils

    @property
    def adults_count(self) -> int:
        """How many adults come along."""
        return self.group.adults_count if self.adults is None else self.adults

    @property
    def heads_count(self) -> int:
        """The seats that it takes."""
        return self.pupils_count + self.adults_count

    @property
    def needs_told(self) -> dict[str, int]:
        """The needs that somebody has."""
        return {need: count for need, count in self.needs.items() if count}


def most_of(production: Production, venue: Venue) -> int:
    """How many persons a show takes there: what the piece is made for, and what the room holds where that is known."""
    room = capacity_of(venue)
    return production.audience_max if room is None else min(production.audience_max, room)


def choices_of(wish: Wish) -> tuple[GroupChoice, ...]:
    """The groups of a wish that stands. Shows that are as they would be dealt are not taken as chosen."""
    known = wish.groups.select_related("group__school__organisation")
    rows = sorted(known, key=lambda row: (row.group.school_year, row.group.grade, row.group.name))
    heads = [row.group.heads_count for row in rows]
    dealt = deal(heads, wish.shows_count, most_of(wish.production, wish.venue))
    is_dealt = dealt == [row.show_number for row in rows]
    return tuple(
        GroupChoice(
            row.group, None if is_dealt or row.show_number > wish.shows_count else row.show_number, row.needs
        )
        for row in rows
    )


def groups_for(organisation: Organisation, days: Iterable[date]) -> list[Group]:
    """The groups that the school has in the school years of the days, in order; none where it is no school."""
    years = years_of(days)
    found = Group.objects.filter(school__organisation=organisation, school_year__in=years)
    return list(found.select_related("school__organisation").order_by("school_year", "grade", "name"))


def years_of(days: Iterable[date]) -> set[str]:
    """The school years of the days, as groups have them: "2026/27"."""
    return {year_label(school_year_of(day)) for day in days}


def check_groups(
    organisation: Organisation, choices: Sequence[GroupChoice], audience: str, days: Iterable[date]
) -> None:
    """See that these groups may be wished for on these days.

    Raises:
        Refused: it is no wish for a school, a group is another school's, of another school year or named twice, there
            are too many, or a need can not be; `field` is "groups".
    """
    if choices and audience != Wish.Audience.SCHOOL:
        raise _refused(_("Groups are for a wish of a school. Choose “school” for whom the show is."))
    if len(choices) > GROUPS_MAX:
        raise _refused(
            _("Choose at most %(most)d groups, and wish once more for the others.") % {"most": GROUPS_MAX}
        )
    years = years_of(days)
    check_each(choices)
    for group in (choice.group for choice in choices):
        if group.school.organisation_id != organisation.pk:
            raise _refused(
                _(
                    "%(group)s is a group of %(school)s. Choose your own groups; the producer adds others to the visit."
                )
                % {"group": group.name, "school": group.school},
                group.pk,
            )
        if group.school_year not in years:
            raise _refused(
                _(
                    "%(group)s is a group of %(year)s. Choose groups of the school year of the days you wish for."
                )
                % {"group": group.name, "year": group.school_year},
                group.pk,
            )


def check_each(choices: Sequence[GroupChoice]) -> None:
    """See that each group is named once, with counts and needs that can be. Raises Refused ("groups" or "needs")."""
    seen = set()
    for choice in choices:
        group = choice.group
        if group.pk in seen:
            raise _refused(
                _("%(group)s is named twice. Each group comes once.") % {"group": group.name}, group.pk
            )
        seen.add(group.pk)
        if not (1 <= choice.pupils_count <= GROUP_MAX and 0 <= choice.adults_count <= GROUP_MAX):
            raise _refused(
                _("%(group)s: give 1 to %(most)d pupils, and at most as many adults.")
                % {"group": group.name, "most": GROUP_MAX},
                group.pk,
            )
        check_needs(choice.needs, choice.pupils_count, group)


def check_needs(needs: Mapping[str, int], pupils_count: int, group: Group) -> None:
    """See that needs are known ones, and no more than there are pupils. Raises Refused (field "needs")."""
    for need, count in needs.items():
        if need not in Need.values:
            raise Refused(_("There is no such need."), field="needs", group=group.pk)
        if not isinstance(count, int) or not 0 <= count <= pupils_count:
            raise Refused(
                _("%(group)s has %(pupils)d pupils: “%(need)s” is for 0 to %(pupils)d of them.")
                % {"group": group.name, "pupils": pupils_count, "need": Need(need).label},
                field="needs",
                group=group.pk,
            )


def dealt(
    choices: Sequence[GroupChoice], shows_count: int, production: Production, venue: Venue
) -> tuple[GroupChoice, ...]:
    """The same with a show for each group, none of them with more persons than it takes.

    Raises:
        Refused: a group alone is too many, the chosen show does not exist or is full, or so many shows are not enough;
            the sentence says what is. `field` is "groups".
    """
    most = most_of(production, venue)
    for choice in choices:
        if choice.heads_count > most:
            raise _refused(
                _("%(group)s is %(heads)d with the adults, and a show takes at most %(most)d there.")
                % {"group": choice.group.name, "heads": choice.heads_count, "most": most},
                choice.group.pk,
            )
        if choice.show is not None and not 1 <= choice.show <= shows_count:
            raise _refused(
                _("%(group)s can not come to show %(show)d: you wish for %(count)d.")
                % {"group": choice.group.name, "show": choice.show, "count": shows_count},
                choice.group.pk,
            )
    heads = [choice.heads_count for choice in choices]
    fixed = {i: choice.show for i, choice in enumerate(choices) if choice.show is not None}
    found = deal(heads, shows_count, most, fixed)
    if found is None:
        raise _too_many(heads, fixed, shows_count, most, production)
    return tuple(replace(choice, show=show) for choice, show in zip(choices, found, strict=True))


def audience_of(choices: Sequence[GroupChoice]) -> int:
    """How many are expected at each show: those of the fullest. 0 where nothing is dealt."""
    shows: dict[int, int] = {}
    for choice in choices:
        if choice.show is not None:
            shows[choice.show] = shows.get(choice.show, 0) + choice.heads_count
    return max(shows.values(), default=0)


def write(wish: Wish, choices: Sequence[GroupChoice]) -> None:
    """Write the dealt groups of a wish anew, with their counts as they are now."""
    wish.groups.all().delete()
    WishGroup.objects.bulk_create(
        WishGroup(
            wish=wish,
            group=choice.group,
            show_number=choice.show or 1,
            pupils_count=choice.pupils_count,
            adults_count=choice.adults_count,
            needs=choice.needs_told,
        )
        for choice in choices
    )


def warnings(production: Production, groups: Iterable[Group]) -> list[str]:
    """What is odd about groups for a production, though nothing forbids it: grades it is not made for."""
    made_for = grades_of(production.grades)
    odd = [g.name for g in groups if made_for and (of := grades_of(g.grade)) and not of & made_for]
    if not odd:
        return []
    text = ngettext(
        "%(production)s is made for grades %(grades)s. %(groups)s is of another grade.",
        "%(production)s is made for grades %(grades)s. %(groups)s are of other grades.",
        len(odd),
    )
    return [text % {"production": production, "grades": production.grades, "groups": ", ".join(odd)}]


def _too_many(
    heads: Sequence[int], fixed: Mapping[int, int], shows_count: int, most: int, production: Production
) -> Refused:
    if len(fixed) == len(heads):
        loads = {show: sum(heads[i] for i, at in fixed.items() if at == show) for show in fixed.values()}
        show = max(loads, key=lambda at: loads[at])
        return _refused(
            _("Show %(show)d would have %(heads)d persons, and takes at most %(most)d.")
            % {"show": show, "heads": loads[show], "most": most}
        )
    if fixed and deal(heads, shows_count, most) is not None:
        return _refused(
            _(
                "With the shows you have chosen one of them has more than %(most)d persons. Let us deal the groups."
            )
            % {"most": most}
        )
    told = {"heads": sum(heads), "most": most, "count": shows_count}
    needed = fewest(heads, most, production.shows_most)
    if needed is None:
        return _refused(
            _("The groups are %(heads)d persons, more than a day has room for. Choose fewer groups.") % told
        )
    return _refused(
        ngettext(
            "The groups are %(heads)d persons, and a show takes at most %(most)d. Whole groups need %(needed)d show.",
            "The groups are %(heads)d persons, and a show takes at most %(most)d. Whole groups need %(needed)d shows.",
            needed,
        )
        % {**told, "needed": needed}
    )


def _refused(sentence: str, group: int | None = None) -> Refused:
    return Refused(sentence, field="groups", **({} if group is None else {"group": group}))
