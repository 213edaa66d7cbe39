"""Addresses of the calendar feeds. They are printed, copied and subscribed to: never change one."""

from django.urls import path

from api import feeds

urlpatterns = [
    path("ical/kommun/<slug:slug>.ics", feeds.public_feed, {"kind": "municipality"}, "feed-municipality"),
    path("ical/arrangor/<slug:slug>.ics", feeds.public_feed, {"kind": "presenter"}, "feed-presenter"),
    path("ical/skola/<slug:slug>.ics", feeds.public_feed, {"kind": "school"}, "feed-school"),
    path("ical/produktion/<slug:slug>.ics", feeds.public_feed, {"kind": "production"}, "feed-production"),
    path("ical/turne/<slug:slug>.ics", feeds.public_feed, {"kind": "tour"}, "feed-tour"),
    path("ical/region/<slug:slug>.ics", feeds.public_feed, {"kind": "region"}, "feed-region"),
    path("ical/privat/<slug:token>.ics", feeds.private_feed, name="feed-private"),
    path("robots.txt", feeds.robots, name="robots"),
]
