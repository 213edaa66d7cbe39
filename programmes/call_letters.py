"""A mail about a call to one person: written in their language, answered to whoever has called."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from bookings.languages import in_language
from bookings.models import Notice
from programmes.models import Call
from venues.models import User


def post(
    kind: str,
    call: Call,
    to: User,
    told: Mapping[str, Any],
    *,
    link: str,
    now: datetime,
    leaves_at: datetime,
    unsubscribe_url: str = "",
) -> Notice:
    """Put the mail into the outbox.

    Args:
        kind: one of `bookings.mail_kinds`; its texts are `programmes/mail/<kind>.txt` and `.subject.txt`.
        told: what these say beside the call's title and the link.
        leaves_at: when it is sent.
    """
    with translation.override(to.language):
        words = {
            "call": call,
            "call_title": in_language(call, "title"),
            "link": link,
            "unsubscribe_url": unsubscribe_url,
            **told,
        }
        subject = " ".join(render_to_string(f"programmes/mail/{kind}.subject.txt", words).split())
        text = render_to_string(f"programmes/mail/{kind}.txt", words).strip() + "\n"
    return Notice.objects.create(
        kind=kind,
        to_email=to.email,
        reply_to=call.owner.email,
        language=to.language,
        subject=subject[:250],
        body_text=text,
        link=link,
        unsubscribe_url=unsubscribe_url,
        producer=call.owner,
        run_at=now,
        send_after=leaves_at,
    )
