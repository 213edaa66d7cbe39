"""Addresses of a school's visit."""

from django.urls import path

from turne.web.schools import visit_groups

urlpatterns = [
    path("bokning/<int:pk>/grupper/", visit_groups.visit_groups, name="visit-groups"),
]
