"""Addresses of residencies, for whoever is in them; the public ones are under /residens/."""

from django.urls import path

from turne.web.residencies import residency_pages

urlpatterns = [
    path("residenser/", residency_pages.residencies, name="residencies"),
    path("residenser/<int:pk>/", residency_pages.residency, name="residency"),
]
