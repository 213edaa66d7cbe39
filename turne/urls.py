"""Every address of Turne; each module of pages and machines keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from turne.web import health

handler500 = "turne.web.outage.handle_500"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("turne.web.public_urls")),
    path("", include("turne.web.region_urls")),
    path("", include("turne.web.open_calls.call_urls")),
    path("", include("turne.web.open_calls.application_urls")),
    path("", include("turne.web.residencies.residency_urls")),
    path("", include("turne.web.assessing.assessing_urls")),
    path("", include("turne.web.deciding.deciding_urls")),
    path("", include("turne.web.residencies.fitting_urls")),
    path("", include("turne.web.residencies.moment_urls")),
    path("", include("turne.web.schools.home_urls")),
    path("", include("turne.web.calendar_urls")),
    path("", include("api.feed_urls")),
    path("api/v1/", include("api.urls")),
    path("", include("turne.web.account_urls")),
    path("", include("turne.web.schools.visit_urls")),
    path("", include("turne.web.hosting_urls")),
    path("", include("turne.web.menu_urls")),
    path("", include("turne.web.planning_urls")),
    path("", include("turne.web.schools.allotment_urls")),
    path("", include("turne.web.schools.crew_urls")),
    path("", include("turne.web.schools.bus_urls")),
    path("", include("turne.web.schools.creative_urls")),
]
