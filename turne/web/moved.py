"""Pages at a name that somebody had before: who asks there is sent on, as with the calendars."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control

from bookings import feed_scopes
from bookings.feeds import MAX_AGE_S


def elsewhere(request: HttpRequest, kind: str, slug: str) -> HttpResponse | None:
    """The way to this very page at the name that the row has now; None where nothing was called so.

    The answer is not kept for good: a name may be given back.
    """
    row, at = feed_scopes.row_moved(kind, slug), request.resolver_match
    if row is None or at is None:
        return None
    query = request.META.get("QUERY_STRING", "")
    path = reverse(at.view_name, kwargs={**at.kwargs, "slug": row.slug})
    answer = redirect(f"{path}?{query}" if query else path, permanent=True)
    patch_cache_control(answer, public=True, max_age=MAX_AGE_S)
    return answer


def follows_names(kind: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page about a row of a kind of feed: at a name that it had before it leads to the page, instead of a 404."""

    def wrapped(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
            try:
                return view(request, slug=slug, **more)
            except Http404:
                there = elsewhere(request, kind, slug)
                if there is None:
                    raise
                return there

        return answer

    return wrapped
