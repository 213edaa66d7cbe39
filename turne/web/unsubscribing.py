"""The end of reminders by the link in a mail: GET shows what it would do, POST does it (RFC 8058)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bookings import reach
from bookings.errors import LinkProblem
from turne.web.answers import by_mailed_link


# No CSRF token: a mail program posts the single word of RFC 8058 by itself, and the secret is in the address.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@by_mailed_link
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End reminders to the address that the mail went to, or take them up again."""
    try:
        email = reach.find_unsubscribe(token).email
    except LinkProblem as problem:
        context = {"problem": problem, "plain_bar": True}
        return render(request, "outbox/unsubscribe.html", context, status=404)
    # No redirect after the POST: RFC 8058 section 3.1 forbids it, and once more changes nothing.
    if request.method == "POST":
        if request.POST.get("again"):
            reach.subscribe(email)
        else:
            reach.unsubscribe(email, timezone.now())
    context = {"email": email, "is_on": reach.wants_reminders(email), "plain_bar": True}
    return render(request, "outbox/unsubscribe.html", context)
