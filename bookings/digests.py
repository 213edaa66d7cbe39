"""Several mails of one run to one address as one: joined when they are written, frozen when a relay takes them.

Nobody is sent fifteen mails because somebody pressed a button once. The digest is a notice of its own, so lease,
back-off and Message-ID are its own too; what it says is stored, and changes only until a relay takes it.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Q
from django.utils import translation

from bookings import letters
from bookings.mail_kinds import KINDS
from bookings.models import Notice
from bookings.models.outgoing import BATCH, DIGEST, Notices
from bookings.secrets_in_mail import without_token

_JOINING = [kind.name for kind in KINDS.values() if kind.may_join]


@transaction.atomic
def join(notice: Notice) -> None:
    """Put the notice together with those that its run has written to the same address before, if they still wait."""
    if notice.kind not in _JOINING:
        return
    alike = (
        Notice.objects.unsent()
        .mails()
        .filter(
            Q(kind=DIGEST) | Q(kind__in=_JOINING),
            run_at=notice.run_at,
            to_email=notice.to_email,
            language=notice.language,
            send_after=notice.send_after,
            producer=notice.producer_id,
        )
    )
    first = alike.exclude(pk=notice.pk).select_for_update(no_key=True).first()
    if first is None:
        return
    digest = first if first.kind == DIGEST else _begin([first], DIGEST)
    Notice.objects.filter(pk=notice.pk).update(digest=digest)
    _rewrite(digest)


@transaction.atomic
def bind(items: Sequence[Notice], link: str) -> None:
    """Make one mail of several offers to one address, which are answered together by one link.

    It is bound here for good: nothing joins it, and nothing of it joins a digest.
    """
    _rewrite(_begin(items, BATCH, link))


@transaction.atomic
def keep_home(notices: Notices) -> int:
    """Stop those of the notices that no mail server has been given; how many. A digest goes without them."""
    digests = list(
        Notice.objects.unsent()
        .filter(pk__in=notices.exclude(digest=None).values("digest"))
        .order_by("pk")
        .select_for_update(no_key=True)
    )
    open_ones = Q(digest=None) | Q(digest__in=digests)
    stopped = list(notices.filter(open_ones).unsent().select_for_update(no_key=True))
    for notice in stopped:
        _stop(notice)
    for digest in digests:
        _rewrite(digest)
    return len(stopped)


def _stop(notice: Notice) -> None:
    notice.state = Notice.State.STOPPED
    notice.body_text, notice.body_html = without_token(notice.body_text), without_token(notice.body_html)
    notice.link = without_token(notice.link)
    notice.save(update_fields=["state", "body_text", "body_html", "link"])


def _matter(batch: Notice, item: Notice) -> letters.Matter:
    booking, producer = item.booking, batch.producer
    assert booking is not None  # each item is an offer
    assert producer is not None
    shows = list(booking.performances.all())
    return letters.Matter(booking, shows, producer, batch.link, batch.unsubscribe_url)


def _begin(items: Sequence[Notice], kind: str, link: str = "") -> Notice:
    first = items[0]
    digest = Notice.objects.create(
        kind=kind,
        link=link,
        to_email=first.to_email,
        language=first.language,
        producer=first.producer,
        run_at=first.run_at,
        send_after=first.send_after,
    )
    Notice.objects.filter(pk__in=[item.pk for item in items]).update(digest=digest)
    return digest


def _rewrite(digest: Notice) -> None:
    """Say what its items say now; without any it is stopped."""
    waiting = digest.items.unsent().select_related(
        "booking__presenter", "booking__tour__production__ensemble__producer", "tour", "producer"
    )
    items = list(waiting.order_by(F("booking__occupied_from").asc(nulls_first=True), "created_at"))
    if not items:
        _stop(digest)
        return
    addresses = {item.reply_to for item in items}
    may_end = all(not KINDS[item.kind].is_essential for item in items)
    digest.reply_to = addresses.pop() if len(addresses) == 1 else ""
    digest.unsubscribe_url = items[0].unsubscribe_url if may_end else ""
    producer = digest.producer
    other_side = producer if producer and digest.reply_to == producer.email else None
    with translation.override(digest.language):
        if digest.kind == BATCH:
            letter = letters.write_batch(items[0].kind, [_matter(digest, item) for item in items])
        else:
            letter = letters.write_digest(items, str(producer or ""), other_side, digest.unsubscribe_url)
    digest.subject, digest.body_text, digest.body_html = letter.subject, letter.text, letter.html
    digest.save(update_fields=["reply_to", "unsubscribe_url", "subject", "body_text", "body_html"])
