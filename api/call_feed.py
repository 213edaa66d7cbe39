"""The calendar of open calls: made when it is asked for, because calls are few."""

from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from api.calendar_answers import PLAIN, PUBLIC, names
from api.feeds import feed_view
from programmes import call_entries


@feed_view
def calls_feed(request: HttpRequest) -> HttpResponse:
    """The last day to apply for each public call; 304 for whoever has this very copy."""
    body = call_entries.calendar(timezone.now())
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {**PLAIN, **PUBLIC, "ETag": tag}
    if names(request.headers.get("If-None-Match", ""), tag):
        return HttpResponse(status=304, headers=headers)
    headers |= {
        "Content-Disposition": 'inline; filename="utlysningar.ics"',
        "Content-Length": str(len(body)),
    }
    return HttpResponse(b"" if request.method == "HEAD" else body, headers=headers)
