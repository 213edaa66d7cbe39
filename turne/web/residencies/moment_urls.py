"""Addresses of a residency's days, sub-events, report and results, and of the public's pages of residencies.

The public ones stand in calendars and on posters: never change one.
"""

from django.urls import path

from turne.web.residencies import (
    day_plan_pages,
    public_residencies,
    publishing_pages,
    residency_report_pages,
    result_pages,
    sub_event_pages,
    travel_pages,
)

urlpatterns = [
    path("residens/", public_residencies.public_residencies, name="public-residencies"),
    path("residens/<slug:slug>/", public_residencies.public_residency, name="public-residency"),
    path("residenser/<int:pk>/dagar/", day_plan_pages.residency_days, name="residency-days"),
    path("residenser/<int:pk>/dagar/rad/", day_plan_pages.residency_day_add, name="residency-day-add"),
    path("residenser/<int:pk>/dagar/kopiera/", day_plan_pages.residency_day_copy, name="residency-day-copy"),
    path("residenser/rad/<int:pk>/", day_plan_pages.residency_day_line, name="residency-day-line"),
    path(
        "residenser/rad/<int:pk>/ta-bort/",
        day_plan_pages.residency_day_remove,
        name="residency-day-remove",
    ),
    path("residenser/<int:pk>/resa/", travel_pages.residency_travel, name="residency-travel"),
    path("residenser/resa/<int:pk>/", travel_pages.residency_journey, name="residency-journey"),
    path(
        "residenser/resa/<int:pk>/ta-bort/",
        travel_pages.residency_journey_remove,
        name="residency-journey-remove",
    ),
    path("residenser/<int:pk>/delar/ny/", sub_event_pages.sub_event_new, name="sub-event-new"),
    path("residenser/delar/<int:pk>/", sub_event_pages.sub_event, name="sub-event"),
    path("residenser/delar/<int:pk>/andra/", sub_event_pages.sub_event_change, name="sub-event-change"),
    path("residenser/delar/<int:pk>/stall-in/", sub_event_pages.sub_event_cancel, name="sub-event-cancel"),
    path("residenser/delar/<int:pk>/beratta/", sub_event_pages.sub_event_tell, name="sub-event-tell"),
    path(
        "residenser/delar/<int:pk>/kommer-inte/",
        sub_event_pages.sub_event_decline,
        name="sub-event-decline",
    ),
    path("residenser/<int:pk>/publicera/", publishing_pages.residency_publish, name="residency-publish"),
    path(
        "residenser/<int:pk>/avpublicera/", publishing_pages.residency_unpublish, name="residency-unpublish"
    ),
    path("residenser/<int:pk>/rapport/", residency_report_pages.residency_report, name="residency-report"),
    path("residenser/<int:pk>/resultat/", result_pages.residency_results, name="residency-results"),
    path(
        "residenser/<int:pk>/uppfoljning/",
        residency_report_pages.residency_follow_up,
        name="residency-follow-up",
    ),
    path(
        "residenser/<int:pk>/resultat/produktion/",
        result_pages.residency_production,
        name="residency-production",
    ),
    path(
        "residenser/<int:pk>/resultat/ny-produktion/",
        result_pages.residency_production_new,
        name="residency-production-new",
    ),
    path(
        "residenser/<int:pk>/resultat/turneer/",
        result_pages.residency_tours,
        name="residency-tours",
    ),
]
