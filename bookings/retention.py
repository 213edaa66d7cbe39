"""Personal data of this storey and those below: every field that may name a person, what for, and for how long.

`programmes.retention` has all of them. A test fails when a field of any model is neither there nor among those that
name nobody (`bookings.matter`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bookings import bus_orders, contacts, needs, repeats, spent, young_words
from bookings.conditions import Text
from venues.incoming import busy

Due = Callable[[datetime], "Sequence[QuerySet[Any]]"]
#: The shared facts of the field give one term: what is of a visit's needs goes after it. All others are ours.
HOUSE = _("the house's assumption; the region decides")


@dataclass(frozen=True)
class Rule:
    """What is kept of people, why, and its end.

    Attributes:
        fields: "Model.field"; "Model.*" for a row that goes as a whole.
        days: how long after the moment that `term` names; None: as long as `term` says.
        due: what there is to delete at a moment; None where it is no clock that ends it.
        task: the task (of `turne/schedule.py`) that carries it out; empty where `due` is None.
    """

    key: str
    what: Text
    why: Text
    term: Text
    fields: tuple[str, ...]
    days: Callable[[], int] | None = None
    due: Due | None = None
    task: str = ""
    source: Text = HOUSE

    @property
    def term_text(self) -> str:
        """For how long, in words."""
        if self.days is None:
            return str(self.term)
        count = self.days()
        return ngettext("%(count)d day %(after)s", "%(count)d days %(after)s", count) % {
            "count": count,
            "after": self.term,
        }


def _days(kept: timedelta) -> Callable[[], int]:
    return lambda: kept.days


_AS_LONG_AS_THE_HISTORY = _("as long as the history of the visit or the tour, which is a public record")

RULES: tuple[Rule, ...] = (
    Rule(
        "contacts",
        _("Contacts at a visit: name, telephone and e-mail by role"),
        _("so that both sides reach each other on the day"),
        _("after the visit"),
        ("VisitContact.name", "VisitContact.phone", "VisitContact.email", "VisitContact.role"),
        lambda: settings.CONTACTS_KEPT_DAYS,
        lambda now: [contacts.to_forget(now)],
        "forget_contacts",
    ),
    Rule(
        "wheelchairs",
        _("How many of a school went to a visit in a wheelchair, on the order of its bus"),
        _("so that the bus has places for them"),
        _("until the visit is over"),
        (),
        None,
        lambda now: [bus_orders.to_forget(now)],
        "forget_bus_needs",
    ),
    Rule(
        "needs",
        _("What some in a group need to take part: how many, never who"),
        _("so that the room and the ensemble can be prepared"),
        _("after the visit, or after the season where none came of it"),
        (
            *("VisitGroup.needs", "WishGroup.needs", "GradeAnswer.needs"),
            *("Allotment.problem", "Allotment.plan", "AllotmentOrder.before"),
        ),
        _days(needs.NEEDS_KEPT),
        needs.to_forget,
        "forget_needs",
    ),
    Rule(
        "accounts",
        _("Accounts: name, e-mail and what one is for which organisation"),
        _("to log in, and to be written to"),
        _("as long as the account is; its name stays in the history of what was agreed"),
        ("User.email", "User.name", "User.password", "Membership.user"),
    ),
    Rule(
        "houses",
        _("Organisations: role address and telephone"),
        _("to send offers and answers, and to call"),
        _("as long as the organisation is in the register"),
        ("Organisation.email", "Organisation.phone"),
    ),
    Rule(
        "history",
        _("Who did what when: the name behind each step, order and note"),
        _("so that each side can trust what was agreed, and the region can account for it"),
        _AS_LONG_AS_THE_HISTORY,
        (
            "Agreement.by",
            "Allotment.by",
            "Allotment.published_by",
            "AllotmentOrder.by",
            "AllotmentOrder.withdrawn_by",
            "BookingChange.by",
            "BusOrder.by",
            "BusRule.by",
            "BusRuleChoice.by",
            "CallChange.by",
            "ChangeProposal.by",
            "ChecklistItem.by",
            "CrewInvitation.answered_by",
            "CrewInvitation.asked_by",
            "CrewVisit.left_by",
            "CrewVisit.taken_by",
            "ForbiddenDay.by",
            "FundedVisit.by",
            "GradeAnswer.by",
            "Instruction.by",
            "NoBeds.by",
            "OwnItem.by",
            "ProfessionalProof.told_by",
            "ProfessionalProof.seen_by",
            "Proposal.requested_by",
            "Proposal.adopted_by",
            "RegisterImport.by",
            "School.confirmed_by",
            "SchoolGrant.by",
            "SchoolGrantChange.by",
            "SchoolYearChange.by",
            "GroupChange.by",
            "SeasonRun.requested_by",
            "SeasonWay.by",
            "Succession.by",
            "TourChange.by",
            "TravelOverride.by",
            "Unreachable.by",
            "VisitReport.by",
            "WarningOverride.by",
            "WarningOverride.withdrawn_by",
            "Wish.created_by",
            "WishChangeRequest.asked_by",
            "WishChangeRequest.answered_by",
            "Workshop.pedagogue",
            "WorkshopRequest.asked_by",
            "WorkshopRequest.answered_by",
        ),
    ),
    Rule(
        "words",
        _("What people write to each other about a visit or a wish: reasons, messages and notes"),
        _("so that the other side understands it"),
        _AS_LONG_AS_THE_HISTORY,
        (
            "AllotmentOrder.reason",
            "BookingChange.reason",
            "BusOrder.note",
            "ChangeProposal.reason",
            "ChecklistItem.note",
            "CounterOffer.message",
            "GradeAnswer.message",
            "SettledLine.why",
            "TourChange.reason",
            "VisitReport.words",
            "WarningOverride.reason",
            "Wish.message",
            "WishChangeRequest.message",
            "WishChangeRequest.answer",
            "ClassFeedback.comment",
            "WorkshopRequest.wish",
            "WorkshopRequest.answer",
        ),
    ),
    Rule(
        "agreements",
        _("The agreement as it was confirmed, with the addresses of both sides"),
        _("so that both can read what they agreed"),
        _AS_LONG_AS_THE_HISTORY,
        ("Agreement.facts",),
    ),
    Rule(
        "subsidy_claims",
        _("Claims of subsidies: who began, sent in and decided them, and what was written in them"),
        _("so that public money can be given fairly and accounted for"),
        _("as long as the region's papers are kept, by its plan for its archives"),
        (
            *("SubsidyClaim.made_by", "SubsidyClaim.corrections", "SubsidyClaim.answers"),
            *("SubsidyClaim.late_why", "SubsidyClaim.decided_why"),
            *("ClaimSubmission.by", "ClaimSubmission.facts", "ClaimChange.by", "ClaimChange.reason"),
        ),
    ),
    Rule(
        "mail",
        _("Mail about visits: address and words"),
        _("to send it, and to show what was said to whom"),
        _AS_LONG_AS_THE_HISTORY,
        (
            *("Notice.to_email", "Notice.reply_to", "Notice.subject", "Notice.body_text", "Notice.body_html"),
            *("Notice.summary", "Notice.invitation", "Notice.link", "Notice.unsubscribe_url"),
            "Notice.last_error",
        ),
    ),
    Rule(
        "login_mails",
        _("Mail with a login code"),
        _("to log in without a password"),
        _("after it was sent"),
        (),
        _days(spent.LOGIN_MAILS_KEPT),
        spent.login_mails,
        "forget_spent",
    ),
    Rule(
        "sessions",
        _("Who is logged in, in a browser or by a program's token"),
        _("so that nobody has to log in for every page"),
        _("until it runs out, or one logs out"),
        ("Session.*", "AuthToken.*"),
        None,
        spent.tokens,
        "forget_spent",
    ),
    Rule(
        "links",
        _("The secret behind a mailed link to answer, change or report, as a digest"),
        _("to answer without an account, and to say what became of a link that is opened again"),
        _("after the visit, once the link cannot be used any more"),
        (
            "AnswerLink.token_digest",
            "ChangeLink.token_digest",
            "ClassLink.token_digest",
            "OfferBatch.token_digest",
            "ReportLink.token_digest",
        ),
        _days(spent.LINKS_KEPT),
        spent.links,
        "forget_spent",
    ),
    Rule(
        "nicknames",
        _("Nicknames in a crew and its notes at tasks; never a pupil's name"),
        _("so that the crew knows who does what"),
        _("until the school year ends"),
        ("CrewMember.nickname", "CrewTask.nickname", "CrewTask.note"),
        None,
        young_words.of_crews,
        "forget_young_words",
    ),
    Rule(
        "comments",
        _("What a young reference group says of a menu; it is asked to write no names"),
        _("so that producers hear what young people think"),
        _("after the season's last day; the places that were given stay"),
        ("PanelOpinion.comment",),
        _days(young_words.COMMENTS_KEPT),
        young_words.of_panels,
        "forget_young_words",
    ),
    Rule(
        "class_links",
        _("Class links of crews and reference groups: who made them, and their secret as a digest"),
        _("so that young people take part without accounts, and a link can be taken back"),
        _("after it was taken back or its school year ended"),
        ("CrewLink.created_by", "CrewLink.token_digest", "PanelLink.created_by", "PanelLink.token_digest"),
        _days(spent.LINKS_KEPT),
        spent.class_links,
        "forget_spent",
    ),
    Rule(
        "unsubscribe_links",
        _("The address behind the link of a mail that ends reminders"),
        _("to end reminders by one click"),
        _("after the mail was written"),
        ("UnsubscribeLink.email", "UnsubscribeLink.token_digest"),
        _days(spent.UNSUBSCRIBE_KEPT),
        spent.unsubscribe_links,
        "forget_spent",
    ),
    Rule(
        "addresses",
        _("Addresses that do not work, and those that want no reminders"),
        _("so that nobody is written to in vain, or against their will"),
        _("after it was noted, where no account and no organisation has the address any more"),
        ("Unreachable.email", "Unreachable.reason", "Unsubscribed.email"),
        _days(spent.ADDRESSES_KEPT),
        spent.addresses,
        "forget_spent",
    ),
    Rule(
        "feeds",
        _("Private calendar addresses: who has the link, who made it, and its secret as a digest"),
        _("so that it can be withdrawn from whom it should not reach"),
        _("after it was withdrawn"),
        ("Feed.name", "Feed.token_digest", "Feed.created_by", "Feed.person"),
        _days(spent.FEEDS_KEPT),
        spent.feeds,
        "forget_spent",
    ),
    Rule(
        "calendars_in",
        _("Addresses of one's own calendars, which are secrets, and what they are called"),
        _("to read when somebody is busy, without anything else that is in the calendar"),
        _("until the calendar is taken away, or its owner is"),
        (
            "IncomingCalendar.address",
            "IncomingCalendar.label",
            "IncomingCalendar.salt",
            "IncomingCalendar.etag",
            "IncomingCalendar.modified",
        ),
    ),
    Rule(
        "busy_times",
        _("When one's own calendar is busy: from, until and a hash of the entry's name"),
        _("so that nothing is planned or asked for then"),
        _("after the time is over; sooner when the calendar no longer has it"),
        ("BusyTime.uid_hash",),
        _days(busy.BUSY_KEPT),
        spent.busy_times,
        "forget_spent",
    ),
    Rule(
        "answers",
        _("Answers to a program's requests, so that one that is sent again gets the same"),
        _("so that nothing is done twice"),
        _("after the request"),
        (
            *("KeptAnswer.user", "KeptAnswer.key", "KeptAnswer.request_digest"),
            *("KeptAnswer.headers", "KeptAnswer.body"),
        ),
        _days(repeats.KEPT),
        lambda now: [repeats.old(now)],
        "forget_answers",
    ),
    Rule(
        "proofs",
        _(
            "What shows that an ensemble is professional, such as a CV, and where it is kept; never the document"
        ),
        _("so that whoever pays by Skapande skola can show it"),
        _("until its producer takes it away, or the ensemble is gone"),
        ("ProfessionalProof.what", "ProfessionalProof.where_kept", "ProfessionalProof.link"),
    ),
    Rule(
        "credits",
        _("The photographer of a production's picture"),
        _("the law on copyright asks for the name"),
        _("as long as the picture is shown"),
        ("ProductionPicture.credit",),
    ),
    Rule(
        "shared",
        _("People and vehicles that several ensembles need, by the name that their producers give them"),
        _("so that nobody is booked twice"),
        _("as long as an ensemble names them"),
        ("Shared.name",),
    ),
)
