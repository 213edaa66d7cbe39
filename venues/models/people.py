"""Users, organisations and who belongs where."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from venues.models.noted import Noted


class Users(BaseUserManager["User"]):
    """Makes users, whose address is their name."""

    def create_user(self, email: str, name: str = "", **fields: Any) -> "User":
        """A user without a password: login is by a code that is mailed."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str = "", **fields: Any) -> "User":
        """An administrator of the whole installation."""
        return self.create_user(email, name, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who logs in: an address, a name and the language to write to them in."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="sv")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "email"

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_whatever_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)


class Organisations(models.QuerySet["Organisation"]):
    """Named readings of organisations."""

    def with_role(self, *roles: str) -> Self:
        """Those that have at least one of the roles."""
        return self.filter(roles__role__in=roles).distinct()

    def of_user(self, user: User) -> Self:
        """Those that the user is a member of, in whatever role."""
        return self.filter(memberships__user=user).distinct()


class Organisation(models.Model):
    """A body that acts: one and the same can be producer, presenter, school and more."""

    class Role(models.TextChoices):
        PRODUCER = "producer", _("producer")
        PRESENTER = "presenter", _("presenter")
        SCHOOL = "school", _("school")
        SCHOOL_OWNER = "school_owner", _("school owner")
        LIBRARY = "library", _("library")
        FUNDER = "funder", _("funder")
        REGION = "region", _("region")

    region = models.ForeignKey("venues.Region", models.PROTECT, related_name="organisations")
    municipality = models.ForeignKey(
        "venues.Municipality", models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(max_length=160, unique=True)
    email = models.EmailField(
        _("role address"), blank=True, help_text=_("An address of the role, not of a person.")
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="sv")
    is_riksteatern = models.BooleanField(
        _("Riksteatern association"),
        null=True,
        blank=True,
        help_text=_("Is one, or presents together with one."),
    )
    is_demo = models.BooleanField(default=False, help_text=_("Invented for the demo region."))

    objects = Organisations.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [Noted(name="organisation_noted", kind="organisation")]

    def __str__(self) -> str:
        return self.name


class OrganisationRole(models.Model):
    """One of the things that an organisation is."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=20, choices=Organisation.Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "role"], name="organisation_has_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"


class Membership(models.Model):
    """What a user may do for an organisation."""

    class Role(models.TextChoices):
        PRODUCER = "producer", _("producer")
        PRESENTER = "presenter", _("presenter")
        SCHOOL_CONTACT = "school_contact", _("school contact")
        COORDINATOR = "coordinator", _("municipality's coordinator")
        PEDAGOGUE = "pedagogue", _("performing-arts pedagogue")
        OFFICER = "officer", _("culture officer")
        ADMINISTRATOR = "administrator", _("administrator")

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["organisation__name", "role"]
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_once"),
            # Whoever is no pedagogue any more has no calendar of workshops.
            Noted(name="membership_noted", kind="pedagogue", ref="user"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}, {self.organisation}"


#: The roles that wish and answer for an organisation that receives performances.
HOSTS = (Membership.Role.PRESENTER, Membership.Role.SCHOOL_CONTACT)
