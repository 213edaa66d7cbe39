"""Addresses of the planning help for a residency."""

from django.urls import path

from turne.web.residencies import combining_pages, fitting_pages

urlpatterns = [
    path("residenser/<int:pk>/passar/", fitting_pages.residency_fits, name="residency-fits"),
    path("residenser/<int:pk>/skolor/", combining_pages.residency_combine, name="residency-combine"),
]
