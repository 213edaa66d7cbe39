"""Personal data of residencies: every field that may name a person, what for, and for how long."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from bookings import needs
from bookings.residencies import people_to_reach
from bookings.retention import Rule

RULES: tuple[Rule, ...] = (
    Rule(
        "residencies",
        _("Residencies: who stays, what is agreed with them, and what they and the host tell of it"),
        _("so that the stay can be held, paid and accounted for"),
        _("as long as the region's papers are kept, by its plan for its archives"),
        (
            *("Residency.artist", "Residency.artist_name"),
            *(
                "ResidencyChange.by",
                "ResidencyChange.reason",
                "ResidencyContract.by",
                "ResidencyContract.facts",
            ),
            *("ResidencyReport.by", "ResidencyReport.words", "ResidencyReport.host_words"),
            *("ResidencyFollowUp.by", "ResidencyFollowUp.words"),
        ),
    ),
    Rule(
        "residency_contacts",
        _("People to reach about a residency: name, telephone and e-mail by role"),
        _("so that the artist and the host reach each other"),
        _("after the last day of the stay, or after it was cancelled"),
        (
            *("ResidencyContact.name", "ResidencyContact.phone"),
            *("ResidencyContact.email", "ResidencyContact.role"),
        ),
        lambda: settings.CONTACTS_KEPT_DAYS,
        lambda now: [people_to_reach.to_forget(now)],
        "forget_contacts",
    ),
    Rule(
        "residency_needs",
        _("What artists in residence need to take part, for the host alone"),
        _("so that the host can prepare the rooms and the work"),
        _("after the last day of the stay, or after it was cancelled"),
        ("Residency.access_needs",),
        lambda: needs.NEEDS_KEPT.days,
        lambda now: [people_to_reach.needs_to_forget(now)],
        "forget_needs",
    ),
)
