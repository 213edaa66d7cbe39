"""What can be played: ensembles, their productions, and what each needs of a room."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from venues.models import Membership, User
from venues.models.noted import Noted
from venues.models.rooms import RoomFacts

NOT_NEGATIVE = [MinValueValidator(Decimal(0))]
#: The most shows that a wish may ask for. Source: the house's choice.
SHOWS_MAX = 3
#: The same of short sessions for small groups, as preschools and libraries have them. Source: the house's choice; what
#: the performances of a visit can be numbered.
SESSIONS_MAX = 6


class AccessService(models.TextChoices):
    """What is done so that more people can take part: of a production always, or of one visit."""

    SIGN_LANGUAGE = "sign_language", _("sign language interpreting")
    RELAXED = "relaxed", _("relaxed performance")
    AUDIO_DESCRIPTION = "audio_description", _("audio description")
    CAPTIONS = "captions", _("captions")


def services_of(*told: list[str]) -> tuple[str, ...]:
    """The access services that any of the lists names, each once and in fixed order."""
    return tuple(service.value for service in AccessService if any(service in names for names in told))


class Ensemble(models.Model):
    """The people who travel together, where they live, and what they drive."""

    class Vehicle(models.TextChoices):
        CAR = "car", _("car")
        LIGHT = "light_lorry_or_bus", _("light lorry or minibus")
        HEAVY = "heavy", _("heavy vehicle")

    producer = models.ForeignKey("venues.Organisation", models.PROTECT, related_name="ensembles")
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=120, unique=True)
    home = models.ForeignKey("venues.Place", models.PROTECT, related_name="+", verbose_name=_("home"))
    people_count = models.PositiveSmallIntegerField(
        _("people on tour"), default=2, validators=[MinValueValidator(1)]
    )
    vehicle = models.CharField(_("vehicle"), max_length=20, choices=Vehicle.choices, default=Vehicle.CAR)
    is_free_group = models.BooleanField(
        _("free professional group"),
        null=True,
        blank=True,
        help_text=_("Neither a county theatre nor Riksteatern: some subsidies ask for it."),
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [Noted(name="ensemble_noted", kind="ensemble")]

    def __str__(self) -> str:
        return self.name


class EnsembleDayOff(models.Model):
    """Days on which an ensemble is at home and does not work, first and last day included."""

    ensemble = models.ForeignKey(Ensemble, models.CASCADE, related_name="days_off")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="day_off_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ensemble} {self.starts_on}–{self.ends_on}"


def for_ages(first: int, last: int, path: str = "") -> models.Q:
    """What suits somebody of one of the ages, both included; `path` leads to the production, "booking__tour__..."."""
    no_end = models.Q(**{f"{path}age_max__isnull": True})
    return models.Q(**{f"{path}age_min__lte": last}) & (no_end | models.Q(**{f"{path}age_max__gte": first}))


class Productions(models.QuerySet["Production"]):
    """Named readings of productions."""

    def for_age(self, age: int) -> Self:
        """Those that suit somebody of that age."""
        return self.filter(for_ages(age, age))

    def plannable_by(self, user: User) -> Self:
        """Those whose tours the user may plan."""
        mine = user.memberships.filter(role=Membership.Role.PRODUCER)
        return self.filter(ensemble__producer__in=mine.values("organisation"))


class Production(models.Model):
    """A piece that can be played, as the season menu shows it."""

    class ArtForm(models.TextChoices):
        THEATRE = "theatre", _("theatre")
        DANCE = "dance", _("dance")
        MUSIC = "music", _("music")
        MUSIC_THEATRE = "music_theatre", _("music theatre")
        CIRCUS = "circus", _("contemporary circus")
        STORYTELLING = "storytelling", _("storytelling")

    class Kind(models.TextChoices):
        PERFORMANCE = "performance", _("performance")
        SESSION = "session", _("short session for small groups")

    ensemble = models.ForeignKey(Ensemble, models.PROTECT, related_name="productions")
    title = models.CharField(_("title"), max_length=160)
    slug = models.SlugField(max_length=160, unique=True)
    synopsis = models.TextField(_("synopsis"))
    art_form = models.CharField(_("art form"), max_length=20, choices=ArtForm.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.PERFORMANCE)
    age_min = models.PositiveSmallIntegerField(_("from age"), default=0, validators=[MaxValueValidator(99)])
    age_max = models.PositiveSmallIntegerField(
        _("to age"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    grades = models.CharField(_("grades"), max_length=60, blank=True)
    duration_min = models.PositiveSmallIntegerField(
        _("length, minutes"), validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    audience_max = models.PositiveSmallIntegerField(
        _("audience at the most"), validators=[MinValueValidator(1)]
    )
    shows_per_day_max = models.PositiveSmallIntegerField(
        _("shows a day at the most"), default=2, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    languages: "models.JSONField[Any, Any]" = models.JSONField(
        default=list, help_text="BCP 47 tags: sv, sma, none"
    )
    fee = models.DecimalField(_("fee, first show"), max_digits=10, decimal_places=2, validators=NOT_NEGATIVE)
    fee_next_show = models.DecimalField(
        _("fee, next show the same day and room"), max_digits=10, decimal_places=2, validators=NOT_NEGATIVE
    )
    currency = models.CharField(max_length=3, default="SEK")
    is_all_in = models.BooleanField(_("travel and lodging included"), default=True)
    is_recommended = models.BooleanField(
        _("in the recommended catalogue"),
        null=True,
        blank=True,
        help_text=_("Some subsidies are only for what the region's catalogue recommends."),
    )
    teacher_guide_url = models.URLField(_("teacher guide"), blank=True)
    content_warnings = models.CharField(_("content warnings"), max_length=200, blank=True)
    preparation = models.TextField(
        _("what to prepare"),
        blank=True,
        max_length=1000,
        help_text=_("For the school or the house. It stands in open calendars: nobody's name or number."),
    )
    access_services: "models.JSONField[Any, Any]" = models.JSONField(
        _("access services"),
        default=list,
        blank=True,
        help_text="Values of AccessService that it always has.",
    )
    is_demo = models.BooleanField(default=False)

    objects = Productions.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            Noted(name="production_noted", kind="production"),
            models.CheckConstraint(
                condition=models.Q(age_max__isnull=True) | models.Q(age_max__gte=models.F("age_min")),
                name="production_ages_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(fee__gte=0, fee_next_show__gte=0), name="production_fee_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_session(self) -> bool:
        """Whether it is a short session, of which there are several a day, and no performance."""
        return self.kind == Production.Kind.SESSION

    @property
    def shows_most(self) -> int:
        """How many shows a day a wish may ask for."""
        return min(self.shows_per_day_max, SESSIONS_MAX if self.is_session else SHOWS_MAX)

    def price_of(self, shows_count: int) -> Decimal:
        """What a visit with so many shows on one day in one room costs the presenter, in `currency`."""
        return self.fee + self.fee_next_show * (shows_count - 1)

    def show_times(self, shows_count: int) -> list[tuple[int, int]]:
        """Start and end of each show of a visit, in minutes after the start of the first."""
        step = self.duration_min + self.rider.changeover_min
        return [(n * step, n * step + self.duration_min) for n in range(shows_count)]

    def show_min(self, shows_count: int) -> int:
        """Minutes from the start of the first show to the end of the last, changeovers between them included."""
        return shows_count * self.duration_min + (shows_count - 1) * self.rider.changeover_min


class ProductionPicture(models.Model):
    """A picture on the menu, with the words that stand for it."""

    production = models.ForeignKey(Production, models.CASCADE, related_name="pictures")
    image = models.ImageField(
        _("picture"),
        upload_to="productions",
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
    )
    alt = models.CharField(_("description of the picture"), max_length=200)
    credit = models.CharField(_("photographer"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.alt


def _before(label: Any) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=[MaxValueValidator(240)])


class Rider(models.Model):
    """What a production needs of a room; null or empty means no need. Minutes include carrying."""

    class Power(models.TextChoices):
        NONE = "", _("ordinary wall socket")
        A16 = "16a", _("CEE 16 A")
        A32 = "32a", _("CEE 32 A")
        A63 = "63a", _("CEE 63 A")

    production = models.OneToOneField(Production, models.CASCADE, related_name="rider")
    get_in_min = models.PositiveSmallIntegerField(_("get-in, minutes"), validators=[MaxValueValidator(720)])
    get_out_min = models.PositiveSmallIntegerField(_("get-out, minutes"), validators=[MaxValueValidator(720)])
    changeover_min = models.PositiveSmallIntegerField(_("between two shows, minutes"), default=30)
    call_min = _before(_("ensemble ready, minutes before the show"))
    arrival_min = _before(_("audience arrives, minutes before the show"))
    seating_min = _before(_("audience is let in, minutes before the show"))
    stage_w_m = models.DecimalField(
        _("stage width, m"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    stage_d_m = models.DecimalField(
        _("stage depth, m"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    stage_h_m = models.DecimalField(_("height, m"), max_digits=5, decimal_places=2, null=True, blank=True)
    power = models.CharField(_("power"), max_length=4, blank=True, choices=Power.choices)
    blackout_need = models.CharField(
        _("blackout"), max_length=10, blank=True, choices=RoomFacts.Blackout.choices
    )
    floor_need = models.CharField(_("floor"), max_length=10, blank=True, choices=RoomFacts.Floor.choices)
    needs_flat_floor = models.BooleanField(_("needs a flat floor"), default=False)
    needs_piano = models.BooleanField(_("needs a tuned piano"), default=False)
    needs_sound = models.BooleanField(_("needs the house's sound"), default=False)
    needs_light = models.BooleanField(_("needs the house's light"), default=False)
    needs_warm_floor = models.BooleanField(_("needs 22 °C"), default=False)
    needs_vehicle_access = models.BooleanField(_("vehicle must reach the door"), default=False)
    needs_lunch = models.BooleanField(_("lunch for the ensemble"), default=False)
    dressing_rooms = models.PositiveSmallIntegerField(_("dressing rooms"), null=True, blank=True)
    helpers_in = models.PositiveSmallIntegerField(_("helpers at get-in"), default=0)
    helpers_out = models.PositiveSmallIntegerField(_("helpers at get-out"), default=0)
    crew_size = models.PositiveSmallIntegerField(_("technicians"), default=0)
    accommodation_rooms = models.PositiveSmallIntegerField(_("hotel rooms"), default=0)
    notes = models.TextField(_("notes"), blank=True)

    #: Minutes before a show where the producer has not said: actors are called at the half (35 minutes before curtain,
    #: British theatre's rule); a school is there a quarter of an hour before and let in five minutes later (the house's
    #: choice).
    BEFORE_SHOW = {"call_min": 35, "arrival_min": 15, "seating_min": 10}

    class Meta:
        constraints = [Noted(name="rider_noted", kind="production", ref="production")]

    def __str__(self) -> str:
        return str(self.production)

    @property
    def calls_before(self) -> int:
        """Minutes before a show at which the ensemble is ready on site."""
        return self._before_show("call_min")

    @property
    def arrives_before(self) -> int:
        """Minutes before a show at which the audience is there; never later than it is let in."""
        return max(self._before_show("arrival_min"), self.seats_before)

    @property
    def seats_before(self) -> int:
        """Minutes before a show at which the audience is let in."""
        return self._before_show("seating_min")

    def _before_show(self, name: str) -> int:
        told: int | None = getattr(self, name)
        return self.BEFORE_SHOW[name] if told is None else told


LANGUAGE_TAGS = ("sv", "en", "sma", "se", "smj", "nb", "none")
assert {code for code, _name in settings.LANGUAGES} <= set(LANGUAGE_TAGS)
