"""Addresses of the calendar feeds. They are printed, copied and subscribed to: never change one."""

from django.urls import path

from api import call_feed, feeds

#: Word in the address -> kind of feed.
WORDS = {
    "kommun": "municipality",
    "ort": "place",
    "arrangor": "presenter",
    "skola": "school",
    "lokal": "venue",
    "produktion": "production",
    "ensemble": "ensemble",
    "turne": "tour",
    "sasong": "season",
    "region": "region",
    "residens": "residency",
    "residenser": "residencies",
}
urlpatterns = [
    *(
        path(f"ical/{word}/<slug:slug>.ics", feeds.public_feed, {"kind": kind}, f"feed-{kind}")
        for word, kind in WORDS.items()
    ),
    path("ical/forestallning/<uuid:uid>.ics", feeds.performance_file, name="feed-performance"),
    path("ical/delaktivitet/<uuid:uid>.ics", feeds.sub_event_file, name="feed-sub-event"),
    path("ical/residensdagar/<uuid:uid>.ics", feeds.residency_period_file, name="feed-residency-period"),
    path("ical/privat/<slug:token>.ics", feeds.private_feed, name="feed-private"),
    path("ical/utlysningar.ics", call_feed.calls_feed, name="feed-calls"),
    path("ical/utlysningar/<slug:slug>.ics", call_feed.calls_of_region, name="feed-calls-region"),
    path("robots.txt", feeds.robots, name="robots"),
]
