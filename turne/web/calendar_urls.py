"""Addresses of the pages about subscribing."""

from django.urls import path

from turne.web import calendars

urlpatterns = [
    path("prenumerera/", calendars.subscribe, name="subscribe"),
    path("prenumerera/privat/", calendars.private_feeds, name="private-feeds"),
    path("prenumerera/privat/<int:pk>/aterkalla/", calendars.revoke, name="private-feed-revoke"),
]
