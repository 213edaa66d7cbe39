"""What waits for administrators: mail that did not leave, and invented data."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.models import Notice
from bookings.permissions import regions_overseen_by
from turne.web.my_week_sections import Section
from venues.dates import moment_text
from venues.models import Organisation, User


def administrator_sections(user: User) -> list[Section]:
    """Administrators: how the outbox does, and whether invented data are shown."""
    mails = Notice.objects.visible_to(user).mails()
    waiting = mails.filter(state__in=[Notice.State.WAITING, Notice.State.CLAIMED]).order_by("created_at")
    oldest, failed, waits = waiting.first(), mails.failed().count(), waiting.count()
    rows = []
    if failed:
        text = ngettext("%(count)d mail was not sent", "%(count)d mails were not sent", failed)
        link = reverse("outbox") + "?visa=inte-skickade"
        rows.append({"title": text % {"count": failed}, "url": link, "text": _("See why, and try again.")})
    if oldest:
        text = ngettext("%(count)d mail waits", "%(count)d mails wait", waits) % {"count": waits}
        since = _("The oldest has waited since %(moment)s.") % {"moment": moment_text(oldest.created_at)}
        rows.append({"title": text, "url": reverse("outbox") + "?visa=vantar", "text": since})
    demo = Organisation.objects.filter(is_demo=True, region__in=regions_overseen_by(user)).count()
    words = ngettext("%(count)d organisation is made up.", "%(count)d organisations are made up.", demo)
    demo_rows = [{"title": _("Invented data are shown"), "text": words % {"count": demo}}] if demo else []
    return [
        Section(_("Outbox"), rows, _("All mail has gone out."), (reverse("outbox"), _("Mail"))),
        Section(_("Demo"), demo_rows, _("No invented data."), is_task=False),
    ]
