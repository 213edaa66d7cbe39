"""Addresses of the planning help for a residency."""

from django.urls import path

from turne.web.residencies import fitting_pages

urlpatterns = [
    path("residenser/<int:pk>/passar/", fitting_pages.residency_fits, name="residency-fits"),
]
