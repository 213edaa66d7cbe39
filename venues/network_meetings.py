"""Network meetings of a region's crews: the verbs of who makes them and who comes."""

from dataclasses import asdict, dataclass
from datetime import date, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from venues.errors import NotPossible
from venues.models import Crew, MeetingSignup, NetworkMeeting, Region

#: A meeting is made at most so long ahead. Source: the house's choice; beyond it the year is a slip of the pen.
AHEAD = timedelta(days=2 * 365)


@dataclass(frozen=True)
class MeetingWords:
    """What is told of a meeting; times of its day, local."""

    title: str
    held_on: date
    starts_at: time
    ends_at: time
    venue: str
    programme: str = ""


@transaction.atomic
def make_meeting(region: Region, told: MeetingWords, *, today: date) -> NetworkMeeting:
    """A new meeting, to which the region's crews may sign up.

    Raises:
        NotPossible: it has no title or place, has been or is years away, or ends before it starts.
    """
    return _write(NetworkMeeting(region=region), told, today)


@transaction.atomic
def change_meeting(
    meeting: NetworkMeeting, told: MeetingWords, *, version: int, today: date
) -> NetworkMeeting:
    """Tell it anew; who has signed up stays so.

    Raises:
        NotPossible: as `make_meeting` says, or somebody has changed it since that version.
    """
    meeting = NetworkMeeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if meeting.version != version:
        raise NotPossible(_("Somebody has changed the meeting since you opened the page. Look again."))
    meeting.version += 1
    return _write(meeting, told, today)


@transaction.atomic
def cancel_meeting(meeting: NetworkMeeting) -> NetworkMeeting:
    """Call it off: crews see that it is cancelled. Once more changes nothing."""
    meeting = NetworkMeeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if not meeting.is_cancelled:
        meeting.is_cancelled, meeting.version = True, meeting.version + 1
        meeting.save(update_fields=["is_cancelled", "version"])
    return meeting


@transaction.atomic
def sign_up(
    meeting: NetworkMeeting, crew: Crew, *, pupils_count: int, mentors_count: int, today: date
) -> MeetingSignup | None:
    """Say how many of the crew come; with nobody it comes no longer. Said anew, the last word stands.

    Raises:
        NotPossible: the meeting is over, cancelled or another region's, or more come than the crew has, or pupils
            without a mentor.
    """
    meeting = NetworkMeeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    if meeting.is_cancelled or meeting.held_on < today:
        raise NotPossible(_("The meeting is cancelled or over: nobody signs up any more."))
    if meeting.region_id != crew.organisation.region_id:
        raise NotPossible(_("This is another region's meeting."))
    for field, count, most in (
        ("pupils_count", pupils_count, crew.pupils_count),
        ("mentors_count", mentors_count, crew.mentors_count),
    ):
        if not 0 <= count <= most:
            raise NotPossible(_("Write 0 to %(most)d.") % {"most": most}, field=field)
    if pupils_count and not mentors_count:
        raise NotPossible(_("A mentor comes along with the pupils."), field="mentors_count")
    if not pupils_count and not mentors_count:
        MeetingSignup.objects.filter(meeting=meeting, crew=crew).delete()
        return None
    row, _made = MeetingSignup.objects.update_or_create(
        meeting=meeting, crew=crew, defaults={"pupils_count": pupils_count, "mentors_count": mentors_count}
    )
    return row


def _write(meeting: NetworkMeeting, told: MeetingWords, today: date) -> NetworkMeeting:
    for name, value in asdict(told).items():
        setattr(meeting, name, value.strip() if isinstance(value, str) else value)
    if not meeting.title:
        raise NotPossible(_("Give the meeting a title."), field="title")
    if not meeting.venue:
        raise NotPossible(_("Say where it is."), field="venue")
    if not today <= meeting.held_on <= today + AHEAD:
        raise NotPossible(_("Choose a day to come, within two years."), field="held_on")
    if meeting.ends_at <= meeting.starts_at:
        raise NotPossible(_("The meeting must end after it starts."), field="ends_at")
    meeting.save()
    return meeting
