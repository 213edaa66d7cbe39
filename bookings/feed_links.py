"""Private calendar addresses: whose they may be, and the verbs that make and revoke them."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from bookings import residency_scopes
from bookings.feed_scopes import selection
from bookings.feeds import Address, private_address
from bookings.models import Feed
from bookings.permissions import Person, organisations_of
from bookings.tokens import digest_of, new_token
from tours.errors import Refused
from tours.models import Ensemble
from venues.models import HOSTS, Membership, Organisation, User

#: The mark of last use is written this seldom, so that reading a feed rarely writes.
USE_NOTED_EVERY = timedelta(hours=1)
#: Who makes and revokes the private addresses of which scope.
KEEPERS: dict[str, tuple[str, ...]] = {
    Feed.Scope.PRESENTER: tuple(HOSTS),
    Feed.Scope.PRODUCER: (Membership.Role.PRODUCER,),
}


class Whose(NamedTuple):
    """What a private address may be made for: something of an organisation, or an artist's own stays."""

    organisation: Organisation | None
    scope: str
    ensemble: Ensemble | None = None
    person: User | None = None

    def __str__(self) -> str:
        return str(self._row)

    @property
    def ref(self) -> int:
        """The key of the row whose calendar it is."""
        return self._row.pk

    @property
    def _row(self) -> User | Ensemble | Organisation:
        row = self.person or self.ensemble or self.organisation
        assert row is not None  # as the table's constraints say
        return row

    def address(self, query: str = "") -> str:
        """What links for it show."""
        return str(private_address(self.scope, self.ref, query))


def find_feed(token: str) -> Feed | None:
    """The private feed whose address has the token, revoked ones included."""
    return Feed.objects.filter(token_digest=digest_of(token)).first()


def keeps(user: Person) -> list[Whose]:
    """Everything for which the user makes and revokes private addresses."""
    found = [
        Whose(organisation, scope)
        for scope, roles in KEEPERS.items()
        for organisation in organisations_of(user, *roles)
    ]
    producing = organisations_of(user, *KEEPERS[Feed.Scope.PRODUCER])
    ensembles = (
        Ensemble.objects.filter(producer__in=producing).select_related("producer").order_by("name", "pk")
    )
    return [
        *found,
        *(Whose(row.producer, scope, row) for row in ensembles for scope in Feed.OF_ENSEMBLES),
        *_own_workshops(user),
        *_own_residencies(user),
    ]


def _own_workshops(user: Person) -> list[Whose]:
    """A pedagogue's own calendar: one, whatever the number of houses worked for."""
    house = organisations_of(user, Membership.Role.PEDAGOGUE).order_by("pk").first()
    return [Whose(house, Feed.Scope.PEDAGOGUE, person=user)] if house and isinstance(user, User) else []


def _own_residencies(user: Person) -> list[Whose]:
    """An artist's own calendar, which has all residencies of that person."""
    if not isinstance(user, User) or not residency_scopes.has_any(user):
        return []
    return [Whose(None, Feed.Scope.ARTIST, person=user)]


def feeds_of(user: Person) -> "QuerySet[Feed]":
    """The private addresses that the user may see and revoke, newest first."""
    mine = Q(pk__in=[])
    for whose in keeps(user):
        mine |= Q(**whose._asdict())
    return Feed.objects.filter(mine).select_related("organisation", "ensemble", "person", "created_by")


@transaction.atomic
def create_feed(whose: Whose, name: str, by: User, query: str = "") -> tuple[Feed, str]:
    """Make a private address for somebody who is named.

    Args:
        query: what narrows it, as `feed_scopes.canonical` gives it.

    Returns:
        The feed and its token. The token is stored nowhere, so it can be shown this once.

    Raises:
        Refused: the name is missing or too long, or is that of another address in use; or what narrows it is not
            understood.
    """
    selection(query, is_private=True)
    _lock(whose)
    name = _free_name(Feed.objects.filter(**whose._asdict()), name)
    token, digest = new_token()
    feed = Feed.objects.create(
        **whose._asdict(), name=name, token_digest=digest, created_by=by, address=whose.address(query)
    )
    return feed, token


@transaction.atomic
def change_feed(feed: Feed, name: str, query: str) -> Feed:
    """Write anew who has the link and what narrows it. The link itself stays the same.

    Raises:
        Refused: as `create_feed` says, or the link has been revoked.
    """
    selection(query, is_private=True)
    feed = _locked(feed)
    feed.name = _free_name(_alike(feed).exclude(pk=feed.pk), name)
    feed.address = whose_of(feed).address(query)
    feed.save(update_fields=["name", "address"])
    return feed


@transaction.atomic
def rotate_feed(feed: Feed, by: User, now: datetime) -> tuple[Feed, str]:
    """Another token for the same link; the one that it had is revoked at once.

    Returns:
        The feed that stands instead and its token, which can be shown this once.

    Raises:
        Refused: the link has been revoked.
    """
    old = _locked(feed)
    revoke_feed(old, now)
    token, digest = new_token()
    new = Feed.objects.create(
        **whose_of(old)._asdict(), name=old.name, token_digest=digest, created_by=by, address=old.address
    )
    return new, token


def whose_of(feed: Feed) -> Whose:
    """What the link was made for."""
    return Whose(feed.organisation, feed.scope, feed.ensemble, feed.person)


def query_of(feed: Feed) -> str:
    """What narrows the link, as `feed_scopes.canonical` gives it."""
    return Address.read(feed.address).query


def revoke_feed(feed: Feed, now: datetime) -> Feed:
    """Make a private address stop working, for good. Once more changes nothing."""
    Feed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=now)
    feed.refresh_from_db()
    return feed


def mark_used(pk: int, now: datetime) -> None:
    """Note that the address was read, at most once an hour."""
    used = Q(last_used_at__isnull=False, last_used_at__gt=now - USE_NOTED_EVERY)
    Feed.objects.filter(pk=pk).exclude(used).update(last_used_at=now)


def _lock(whose: Whose) -> None:
    """Two clicks on the same button wait for each other."""
    if whose.organisation is not None:
        Organisation.objects.select_for_update(no_key=True).get(pk=whose.organisation.pk)
    else:
        User.objects.select_for_update(no_key=True).get(pk=whose.ref)


def _locked(feed: Feed) -> Feed:
    """The link as it stands, and nobody else changes it now."""
    _lock(whose_of(feed))
    found = Feed.objects.select_related("organisation", "ensemble", "person").get(pk=feed.pk)
    if found.revoked_at is not None:
        raise Refused(_("That link has been revoked. Make a new one."))
    return found


def _alike(feed: Feed) -> "QuerySet[Feed]":
    return Feed.objects.filter(**whose_of(feed)._asdict())


def _free_name(alike: "QuerySet[Feed]", name: str) -> str:
    """The name, if no other link in use has it."""
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Say who gets the link, so that you know which one to revoke."), field="name")
    if len(name) > Feed.NAME_MAX:
        raise Refused(_("Write at most %(count)d characters.") % {"count": Feed.NAME_MAX}, field="name")
    if alike.filter(name__iexact=name, revoked_at__isnull=True).exists():
        raise Refused(
            _("There is a link with that name. Revoke it first, or choose another name."), field="name"
        )
    return name
