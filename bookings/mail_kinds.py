"""The kinds of mail: what each is called, its template, and whether it may be bundled, stopped or unsubscribed from."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.models.outgoing import BATCH, DIGEST, LOGIN_CODE

Text = str | Promise


@dataclass(frozen=True)
class Kind:
    """One kind of mail.

    Attributes:
        template: the name of its files in `templates/bookings/mail/`; empty for texts that are written elsewhere.
        button: what its main button says.
        is_essential: it belongs to an agreement, and its receiver cannot unsubscribe from it.
        may_join: several of one run to one address are one mail.
        may_stop: the producer may keep it from leaving.
    """

    name: str
    label: Text
    template: str = ""
    button: Text = _("Everything about the visit")
    is_essential: bool = True
    may_join: bool = True
    may_stop: bool = True


_CLAIM = _("The claim")


def _of_claim(name: str, label: Text, button: Text = _CLAIM) -> Kind:
    """A mail about a claim: between whoever claims and whoever receives it, so no producer stops it."""
    return Kind(name, label, "claim", button, may_join=False, may_stop=False)


_ANSWER = _("See and answer")
#: Name -> kind. What changes the receiver's calendar carries an invitation, and is a mail of its own.
KINDS = {
    kind.name: kind
    for kind in (
        Kind("offered", _("Offer"), "offered", _ANSWER),
        Kind("reminded", _("Reminder"), "offered", _ANSWER, is_essential=False),
        Kind("extended", _("More time to answer"), "offered", _ANSWER),
        Kind(BATCH, _("Several offers"), "offers", _ANSWER, may_join=False),
        Kind("confirmed", _("Confirmation"), "confirmed", may_join=False),
        Kind("answered", _("Answer"), "answered"),
        Kind("turned_down", _("No to another date"), "turned_down"),
        Kind("withdrawn", _("Withdrawal"), "withdrawn"),
        Kind("expired", _("Answer date passed"), "expired", is_essential=False),
        Kind("cancelled", _("Cancellation"), "cancelled", may_join=False, may_stop=False),
        Kind(
            "change_proposed",
            _("Change to answer"),
            "change_proposed",
            _("See both versions, and say yes or no"),
        ),
        Kind("change_answered", _("Answer to a change"), "change_answered", may_join=False),
        Kind("postponed", _("Postponement"), "postponed", may_join=False, may_stop=False),
        Kind(
            "to_settle",
            _("Reminder of preparations"),
            "to_settle",
            _("Tick what is done"),
            is_essential=False,
        ),
        Kind("report_wanted", _("Report wanted"), "report_wanted", _("Report the visit"), is_essential=False),
        Kind("settled", _("Settlement"), "settled", _("The settlement sheet")),
        Kind("cut_off", _("Cut-off date passed"), "cut_off", _("Decide")),
        Kind("hold_ending", _("A hold ends soon"), "hold", is_essential=False),
        Kind("hold_ended", _("A hold has run out"), "hold"),
        Kind("hold_promoted", _("An option is the first one now"), "hold"),
        Kind("hold_freed", _("The first option is free"), "hold", is_essential=False),
        Kind("hold_challenged", _("Another tour asks for a held time"), "hold"),
        Kind("hold_unchallenged", _("Nobody asks for the held time any more"), "hold", is_essential=False),
        Kind("hold_kept", _("The first option stands"), "hold", is_essential=False),
        Kind("hold_lost", _("The first option is lost"), "hold"),
        Kind("hold_passed", _("The time is confirmed for another"), "hold", is_essential=False),
        Kind("hold_closed", _("The presenter has closed a held day"), "hold"),
        Kind("visit_closed", _("Room closed over a visit"), "hold"),
        Kind("allotted", _("Performances for your grades"), "allotted", _("See what you get")),
        Kind("unallotted", _("Performances taken back"), "allotted", _("See what you get")),
        Kind("to_plan", _("A tour to plan for schools"), "to_plan", _("Plan the tour")),
        Kind(
            "school_unconfirmed",
            _("Yearly confirmation of a school"),
            "school_unconfirmed",
            _("Look through and confirm"),
            is_essential=False,
            may_join=False,
        ),
        Kind(
            "groups_changed",
            _("Other groups at a visit"),
            "school",
            _("The groups of the visit"),
            is_essential=False,
        ),
        Kind(
            "class_feedback",
            _("What classes thought"),
            "school",
            _("The groups of the visit"),
            is_essential=False,
        ),
        Kind("workshop_asked", _("A workshop is proposed"), "school", _("See and answer")),
        Kind("workshop_agreed", _("A workshop is agreed"), "school", _("The workshop")),
        Kind("workshop_off", _("A workshop is cancelled"), "school", _("The workshop")),
        Kind("guest_off", _("A visit that one goes to is called off"), "school", may_stop=False),
        Kind("guest_moved", _("A visit that one goes to has moved"), "school", may_stop=False),
        Kind("workshop_wanted", _("A workshop is asked for"), "school", _("See and answer")),
        Kind("workshop_declined", _("No workshop this time"), "school", _("The visit and its groups")),
        Kind("workshop_moved", _("A visit with a workshop has moved"), "school", _("The workshop")),
        Kind("crew_changed", _("Other times for a crew"), "school", _("The crew’s tasks")),
        Kind("crew_off", _("A crew’s visit is called off"), "school", _("The crew’s tasks")),
        Kind("crew_asked", _("A crew is asked to host elsewhere"), "school", _("See and answer")),
        Kind("crew_comes", _("A crew of another house comes"), "school"),
        Kind("crew_does_not_come", _("A crew of another house does not come"), "school"),
        Kind("crew_not_wanted", _("A crew need not host elsewhere"), "school", _("The crew’s page")),
        Kind(
            "sub_event_set",
            _("Classes invited to a residency"),
            "stay_news",
            _("See it, and say if it does not suit"),
            may_join=False,
        ),
        Kind(
            "sub_event_changed",
            _("Changed at a residency"),
            "stay_news",
            _("See what is changed"),
            may_join=False,
        ),
        Kind(
            "sub_event_cancelled",
            _("Not held at a residency"),
            "stay_news",
            _("See it"),
            may_join=False,
            may_stop=False,
        ),
        Kind(
            "sub_event_declined",
            _("A school does not come to a residency"),
            "stay_news",
            _("See it"),
            may_join=False,
        ),
        Kind(
            "residency_report_asked",
            _("Report of a residency wanted"),
            "stay_news",
            _("Write the report"),
            is_essential=False,
            may_join=False,
        ),
        Kind(
            "residency_follow_up",
            _("What became of a residency"),
            "stay_news",
            _("Tell what came of it"),
            is_essential=False,
            may_join=False,
        ),
        Kind(
            "residency_offered",
            _("Contract of a residency"),
            "stay_news",
            _("Read it and answer"),
            may_join=False,
        ),
        Kind(
            "residency_changed",
            _("Changed contract of a residency"),
            "stay_news",
            _("See what is changed, and answer"),
            may_join=False,
        ),
        Kind(
            "residency_reminded",
            _("Contract of a residency waits"),
            "stay_news",
            _("Read it and answer"),
            is_essential=False,
            may_join=False,
        ),
        Kind(
            "residency_confirmed",
            _("Residency agreed"),
            "stay_news",
            _("All about the residency"),
            may_join=False,
        ),
        Kind(
            "residency_declined",
            _("No to the contract of a residency"),
            "stay_news",
            _("All about the residency"),
            may_join=False,
        ),
        Kind(
            "residency_cancelled",
            _("Residency cancelled"),
            "stay_news",
            _("All about the residency"),
            may_join=False,
            may_stop=False,
        ),
        _of_claim("claim_sent", _("Receipt of a claim")),
        _of_claim("claim_received", _("A claim to handle")),
        _of_claim("claim_returned", _("A claim to complete")),
        _of_claim("claim_decided", _("Decision on a claim")),
        _of_claim("claim_paid", _("Subsidy paid out")),
        _of_claim("claim_withdrawn", _("A claim is withdrawn")),
        _of_claim("claim_late", _("A late claim to open"), _("Late claims")),
        _of_claim("claim_opened", _("A late claim is opened")),
        Kind(
            "claim_due_soon",
            _("Subsidies to claim soon"),
            "claim",
            _("What can be claimed"),
            is_essential=False,
            may_join=False,
        ),
        Kind(DIGEST, _("Several in one"), "digest", may_join=False),
        Kind(LOGIN_CODE, _("Login code"), may_join=False, may_stop=False),
        Kind("application_sent_in", _("Receipt of an application"), may_join=False, may_stop=False),
        Kind("application_withdrawn", _("Application withdrawn"), may_join=False, may_stop=False),
        Kind("sample_file_refused", _("File refused by the virus scanner"), may_join=False, may_stop=False),
        Kind("assessor_invited", _("Invitation to assess applications"), may_join=False, may_stop=False),
        Kind("assessor_removed", _("Off a panel"), may_join=False, may_stop=False),
        Kind("assessor_dealt", _("Applications to score"), may_join=False, may_stop=False),
        Kind(
            "assessor_reminded",
            _("Reminder of applications to score"),
            is_essential=False,
            may_join=False,
            may_stop=False,
        ),
        Kind("call_granted", _("Application granted"), may_join=False, may_stop=False),
        Kind("call_reserve", _("Application in reserve"), may_join=False, may_stop=False),
        Kind("call_refused", _("Application not granted"), may_join=False, may_stop=False),
        Kind("call_moved_up", _("Granted from the reserves"), may_join=False, may_stop=False),
    )
}
#: The mails that ask for an answer to an offer: once it is over, none of them leaves.
ASKING = ("offered", "reminded", "extended")


def kind_of(name: str) -> Kind:
    """The kind of that name; one that is not known any more is shown by its name."""
    return KINDS.get(name) or Kind(name, name, may_join=False)
