"""What a class thought of a visit, told in a minute by hands raised: no names, and no account.

The link is made as that of a report (`report_links`): 256 random bits, of which only the digest is stored. It is for
one class, works for some weeks, and what it tells can be mended for some days.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import school_notices, slots
from bookings.clockwork import for_each
from bookings.errors import LinkProblem
from bookings.feedback_questions import KEYS, SCALE
from bookings.models import Booking, ClassFeedback, ClassLink, VisitGroup
from bookings.models.booking import Status
from bookings.report_reminders import STALE, first_at
from bookings.tokens import digest_of, new_token
from tours.errors import NotNow, Refused
from venues.models import Organisation

#: So long a link works, and so long after it was first told an answer can be mended. Source: the house's choice: a
#: class talks of it within weeks; what is summed must come to rest.
GOOD_FOR, CHANGEABLE = timedelta(days=30), timedelta(days=14)
#: The longest comment; as the column has it.
COMMENT_MAX = ClassFeedback._meta.get_field("comment").max_length or 0


def find_group(token: str, now: datetime) -> VisitGroup:
    """The class of a token that still works.

    Raises:
        LinkProblem: code "unknown" or "expired".
    """
    link = ClassLink.objects.filter(token_digest=digest_of(token)).first()
    if link is None:
        raise LinkProblem(
            _(
                "This link does not work. See that the whole address came along, or ask your school's contact."
            ),
            code="unknown",
        )
    if link.expires_at < now:
        raise LinkProblem(_("The link has run out."), code="expired")
    return read(link.visit_group_id)


def read(pk: int) -> VisitGroup:
    """A class at a visit, with all that its page shows."""
    ground = VisitGroup.objects.select_related(
        "group__school__organisation", "feedback", "booking__tour__production__ensemble__producer"
    ).prefetch_related("booking__performances")
    return ground.get(pk=pk)


def why_closed(row: VisitGroup, now: datetime) -> str:
    """Why nothing can be told now; empty where it can."""
    booking = row.booking
    if booking.status != Status.CONFIRMED or booking.outcome == Booking.Outcome.NOT_HELD:
        return _("The visit was not played.")
    shows = [show for show in booking.performances.all() if show.number == row.show_number]
    if not shows or shows[0].ends_at > now:
        return _("It can be told when the class has seen it.")
    told: ClassFeedback | None = getattr(row, "feedback", None)
    if told and told.told_at + CHANGEABLE <= now:
        return _("The answer has come to rest: it can not be changed any more.")
    return ""


@transaction.atomic
def tell(
    row: VisitGroup,
    *,
    now: datetime,
    glad: int,
    so_so: int,
    sad: int,
    answers: Mapping[str, int],
    comment: str = "",
) -> ClassFeedback:
    """Say what a class thought; a later answer replaces an earlier one.

    Args:
        glad, so_so, sad: how many hands for each face.
        answers: by a question's key 1 to 4; questions may be left out.

    Raises:
        NotNow: the class has not seen it, it was not played, or the answer has come to rest.
        Refused: nothing is told, or more faces than pupils; a question or a number that is none.
    """
    VisitGroup.objects.select_for_update(no_key=True).get(pk=row.pk)
    row = read(row.pk)
    if sentence := why_closed(row, now):
        raise NotNow(sentence, group=row.pk)
    _check(row, (glad, so_so, sad), answers, comment)
    values = {
        "glad_count": glad,
        "so_so_count": so_so,
        "sad_count": sad,
        "answers": dict(answers),
        "comment": " ".join(comment.split()),
        "changed_at": now,
    }
    told, _is_new = ClassFeedback.objects.update_or_create(
        visit_group=row, defaults=values, create_defaults={**values, "told_at": now}
    )
    return told


def ask_due(now: datetime) -> int:
    """Mail the links of the classes of visits that are over, the morning after, once; of how many visits."""
    unasked = VisitGroup.objects.filter(booking=OuterRef("pk"), links=None)
    over = Booking.objects.filter(
        Exists(unasked), status=Status.CONFIRMED, occupied_to__lte=now, occupied_to__gt=now - STALE
    )
    due = [booking for booking in over.order_by("pk") if first_at(booking) <= now]
    return for_each(_ask, due, now)


def make_link(row: VisitGroup, now: datetime) -> str:
    """A token for one class."""
    token, digest = new_token()
    ClassLink.objects.create(visit_group=row, token_digest=digest, created_at=now, expires_at=now + GOOD_FOR)
    return token


@transaction.atomic
def _ask(booking: Booking, now: datetime) -> int:
    booking = slots.lock_booking(booking)
    if booking.status != Status.CONFIRMED or booking.outcome == Booking.Outcome.NOT_HELD:
        return 0
    rows = booking.groups.filter(links=None).select_related("group__school__organisation")
    by_school: dict[Organisation, list[VisitGroup]] = {}
    for row in rows:
        by_school.setdefault(row.group.school.organisation, []).append(row)
    for school, theirs in by_school.items():
        school_notices.classes_asked(booking, school, _lines(theirs, now), now)
    return int(bool(by_school))


def _lines(rows: Iterable[VisitGroup], now: datetime) -> list[dict[str, str]]:
    return [
        {"text": row.group.name, "url": settings.BASE_URL + reverse("class-link", args=[make_link(row, now)])}
        for row in rows
    ]


def _check(row: VisitGroup, faces: tuple[int, int, int], answers: Mapping[str, int], comment: str) -> None:
    if not sum(faces) and not answers:
        raise Refused(_("Count the hands for the faces, or answer a question."), field="glad")
    most = max(row.pupils_count, row.came_count or 0)
    if min(faces) < 0 or sum(faces) > most:
        raise Refused(
            _("The class has %(most)d pupils: the three faces together are at most so many.")
            % {"most": most},
            field="glad",
        )
    if answers.keys() - KEYS or not set(answers.values()) <= SCALE.keys():
        raise Refused(_("There is no such question or answer."), field="answers")
    if len(comment) > COMMENT_MAX:
        raise Refused(_("Write at most %(count)d characters.") % {"count": COMMENT_MAX}, field="comment")
