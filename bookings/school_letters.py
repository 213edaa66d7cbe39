"""What schools are told beside their visits: to confirm what is told of them."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from bookings import letters, reach
from bookings.models import Notice
from bookings.notices import after_quiet, said, tell_each
from venues.models import Membership, School
from venues.models.school_years import year_label

KIND = "school_unconfirmed"


def school_unconfirmed(school: School, year: int, now: datetime) -> None:
    """The school's contacts are asked to look through what is told of it for a school year, and to confirm it."""
    host = school.organisation
    link = settings.BASE_URL + reverse("school-confirm", args=[host.slug])

    def write(email: str, language: str) -> Notice:
        more = {"year": year_label(year), "unsubscribe_url": reach.unsubscribe_url(email, now)}
        with translation.override(language):
            letter = letters.write_about_school(KIND, school, link, more)
        return Notice.objects.create(
            **said(KIND, letter, email, language, now),
            link=link,
            school=school,
            unsubscribe_url=more["unsubscribe_url"],
            send_after=after_quiet(now, host),
        )

    tell_each(KIND, host, [Membership.Role.SCHOOL_CONTACT], write)
