"""The verbs of who is who: organisations, their roles and role addresses, and who belongs to them."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from venues.errors import NotPossible
from venues.models import Membership, Municipality, Organisation, OrganisationRole, Region, User
from venues.slugs import slug_of, taken_slugs

Body, Role = Organisation.Role, Membership.Role
#: What an organisation must be before somebody can have the role in it.
FITTING = {
    Role.PRODUCER: {Body.PRODUCER},
    Role.PRESENTER: {Body.PRESENTER, Body.LIBRARY},
    Role.SCHOOL_CONTACT: {Body.SCHOOL, Body.SCHOOL_OWNER},
    Role.COORDINATOR: {Body.SCHOOL_OWNER},
    Role.PEDAGOGUE: {Body.PRODUCER, Body.REGION, Body.SCHOOL_OWNER},
    Role.OFFICER: {Body.REGION},
    Role.ADMINISTRATOR: {Body.REGION},
}


@transaction.atomic
def create_organisation(
    region: Region,
    name: str,
    roles: Collection[str],
    *,
    municipality: Municipality | None = None,
    email: str = "",
) -> Organisation:
    """A new organisation with what it is; nobody belongs to it yet.

    Args:
        roles: at least one of `Organisation.Role`.
        municipality: where it is at home, one of the region's.
        email: an address of the role, not of a person; may be empty.

    Raises:
        NotPossible: no name or role, a name that stands in the same municipality already, a foreign municipality.
    """
    _lock(region.pk)
    name = " ".join(name.split())
    _check_organisation(region, name, roles, municipality)
    taken = taken_slugs(Organisation)
    slug = slug_of(name, taken=taken, beside=municipality.name if municipality else region.code, longest=160)
    organisation = Organisation.objects.create(
        region=region, municipality=municipality, name=name, slug=slug, email=_address(email)
    )
    OrganisationRole.objects.bulk_create(
        OrganisationRole(organisation=organisation, role=role) for role in dict.fromkeys(roles)
    )
    return organisation


def applicant(email: str, language: str) -> User:
    """Somebody who belongs to no organisation yet: who applies for something has an account by giving an address.

    The account opens by a mailed code alone, as every other. Raises NotPossible where it is no address.
    """
    wanted = _address(email)
    found = User.objects.filter(email__iexact=wanted).first() if wanted else None
    if not wanted:
        raise NotPossible(_("Write an e-mail address."), field="email")
    if found:
        return found
    try:
        with transaction.atomic():
            return User.objects.create_user(wanted, language=language)
    except IntegrityError:  # two requests at once: the other was first
        return User.objects.get(email__iexact=wanted)


def _check_organisation(
    region: Region, name: str, roles: Collection[str], municipality: Municipality | None
) -> None:
    if not name:
        raise NotPossible(_("Give the organisation a name."), field="name")
    if not roles:
        raise NotPossible(_("Choose at least one thing that the organisation is."), field="roles")
    if unknown := set(roles) - set(Body.values):
        raise NotPossible(_("There is no role %(role)s.") % {"role": min(unknown)}, field="roles")
    if municipality and municipality.region_id != region.pk:
        told = {"municipality": municipality, "region": region}
        raise NotPossible(_("%(municipality)s is not in %(region)s.") % told, field="municipality")
    standing = Organisation.objects.filter(region=region, municipality=municipality)
    # Compared here, because SQLite knows no large and small å.
    if name.casefold() in (known.casefold() for known in standing.values_list("name", flat=True)):
        raise NotPossible(
            _("%(name)s is there already. Add people to it instead.") % {"name": name}, field="name"
        )


@transaction.atomic
def add_member(organisation: Organisation, email: str, role: str, *, name: str = "") -> Membership:
    """Let somebody act for an organisation; a person who is new here gets a user, and logs in by a mailed code.

    Args:
        name: of a new user; the name of a known one stays.

    Raises:
        NotPossible: no valid address, a role that the organisation has no use for, or a member already.
    """
    _lock(organisation.region_id)
    email = _address(email)
    if not email:
        raise NotPossible(_("Give the person's e-mail address."), field="email")
    _check_role(organisation, role)
    user = User.objects.filter(email__iexact=email).first()
    user = user or User.objects.create_user(email, name.strip(), language=organisation.language)
    membership, is_new = Membership.objects.get_or_create(user=user, organisation=organisation, role=role)
    if not is_new:
        told = {"user": user, "role": membership.get_role_display(), "organisation": organisation}
        raise NotPossible(_("%(user)s is %(role)s in %(organisation)s already.") % told, field="email")
    return membership


def _check_role(organisation: Organisation, role: str) -> None:
    if role not in FITTING:
        raise NotPossible(_("There is no role %(role)s.") % {"role": role}, field="role")
    if not organisation.roles.filter(role__in=FITTING[Role(role)]).exists():
        told = {"organisation": organisation, "role": Role(role).label}
        sentence = _("%(organisation)s can have no %(role)s. Choose a role that fits what it is.")
        raise NotPossible(sentence % told, field="role")


@transaction.atomic
def remove_member(membership: Membership) -> Membership:
    """Somebody no longer acts for an organisation; the user stays, and so does what they have done.

    Raises:
        NotPossible: the region would be left without an administrator.
    """
    region = _lock(membership.organisation.region_id)
    others = Membership.objects.filter(role=Role.ADMINISTRATOR, organisation__region=region)
    if membership.role == Role.ADMINISTRATOR and not others.exclude(pk=membership.pk).exists():
        raise NotPossible(
            _(
                "%(user)s is the last administrator. Add another one first, so that somebody can let people in."
            )
            % {"user": membership.user}
        )
    Membership.objects.filter(pk=membership.pk).delete()
    return membership


def set_contact(
    organisation: Organisation, email: str, *, phone: str = "", language: str = ""
) -> Organisation:
    """Change where notices to the organisation go, in which language, and where it is called.

    Args:
        email: the role address; empty means that its members get them.
        language: empty leaves it as it is.

    Raises:
        NotPossible: it is no e-mail address.
    """
    organisation.email = _address(email)
    organisation.phone = " ".join(phone.split())
    organisation.language = language or organisation.language
    organisation.save(update_fields=["email", "phone", "language"])
    return organisation


def set_riksteatern(organisation: Organisation, told: bool | None) -> Organisation:
    """Note whether it is a Riksteatern association or works with one; None is not known. Subsidies ask for it."""
    organisation.is_riksteatern = told
    organisation.save(update_fields=["is_riksteatern"])
    return organisation


def _lock(region_id: int) -> Region:
    """One change at a time in a region: names and addresses are looked for before they are written."""
    return Region.objects.select_for_update(no_key=True).get(pk=region_id)


def _address(email: str) -> str:
    """The address in small letters, or empty."""
    plain = email.strip().lower()
    try:
        validate_email(plain or "nobody@example.org")
    except ValidationError as error:
        raise NotPossible(
            _("%(email)s is no e-mail address. Write it as name@example.org.") % {"email": email},
            field="email",
        ) from error
    return plain
