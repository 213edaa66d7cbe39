"""Addresses of the pages about subscribing, and of the lists that stand in other sites: never change one of those."""

from django.urls import path

from turne.web import calendars, outlets, private_links

urlpatterns = [
    path("prenumerera/", calendars.subscribe, name="subscribe"),
    path("prenumerera/blad/", calendars.sheet, name="subscribe-sheet"),
    path("prenumerera/privat/", private_links.private_feeds, name="private-feeds"),
    path("prenumerera/privat/<int:pk>/", private_links.change, name="private-feed"),
    path("prenumerera/privat/<int:pk>/ny-adress/", private_links.rotate, name="private-feed-rotate"),
    path("prenumerera/privat/<int:pk>/aterkalla/", private_links.revoke, name="private-feed-revoke"),
    path("arrangor/<slug:slug>/kalender/", calendars.short, {"kind": "presenter"}, "presenter-calendar"),
    path("skola/<slug:slug>/kalender/", calendars.short, {"kind": "school"}, "school-calendar"),
    path("lista/<slug:word>/<slug:slug>/", outlets.page, name="list"),
    path("lista/<slug:word>/<slug:slug>.json", outlets.as_json, name="list-json"),
    path("lista/<slug:word>/<slug:slug>.jsonfeed", outlets.json_feed, name="list-jsonfeed"),
    path("lista/<slug:word>/<slug:slug>.atom", outlets.atom, name="list-atom"),
    path("lista/<slug:word>/<slug:slug>.rss", outlets.rss, name="list-rss"),
]
