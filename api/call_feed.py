"""The calendar of open calls: made when it is asked for, because calls are few."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from api.calendar_answers import PLAIN, PUBLIC, names
from api.feeds import feed_view, no_calendar
from programmes import call_entries
from venues.models import Region


@feed_view
def calls_feed(request: HttpRequest) -> HttpResponse:
    """The last day to apply for each public call; 304 for whoever has this very copy."""
    return _sent(request, call_entries.calendar(timezone.now()), "utlysningar.ics")


@feed_view
def calls_of_region(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for the calls of one region."""
    region = Region.objects.filter(is_served=True, slug=slug).first()
    if region is None:
        return no_calendar(request)
    body = call_entries.calendar(timezone.now(), region)
    return _sent(request, body, f"utlysningar-{region.slug}.ics")


def _sent(request: HttpRequest, body: bytes, file_name: str) -> HttpResponse:
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {**PLAIN, **PUBLIC, "ETag": tag}
    if names(request.headers.get("If-None-Match", ""), tag):
        return HttpResponse(status=304, headers=headers)
    headers |= {
        "Content-Disposition": f'inline; filename="{file_name}"',
        "Content-Length": str(len(body)),
    }
    return HttpResponse(b"" if request.method == "HEAD" else body, headers=headers)
