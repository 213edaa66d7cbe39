"""Addresses of the region's pages: follow-up, people, venues, roads and beds."""

from django.urls import path

from turne.web import beds, people, premises, region, roads

urlpatterns = [
    path("uppfoljning/", region.coverage, name="coverage"),
    path("uppfoljning.csv", region.coverage_csv, name="coverage-csv"),
    path("personer/", people.people, name="people"),
    path("personer/lagg-till/", people.organisation_new, name="organisation-new"),
    path("personer/<slug:slug>/", people.organisation, name="organisation"),
    path("personer/<slug:slug>/ny/", people.member_add, name="member-add"),
    path("personer/<slug:slug>/adress/", people.address_set, name="address-set"),
    path("personer/<slug:slug>/riksteatern/", people.riksteatern_set, name="riksteatern-set"),
    path("personer/medlemskap/<int:pk>/ta-bort/", people.member_remove, name="member-remove"),
    path("lokaler/", premises.venues, name="venues"),
    path("lokaler/<slug:slug>/", premises.venue_edit, name="venue-edit"),
    path("lokaler/<slug:slug>/ort/", premises.venue_place, name="venue-place"),
    path("lokaler/<slug:slug>/sok-adress/", premises.venue_look_up, name="venue-look-up"),
    path("lokaler/<slug:slug>/stangt/", premises.closure_add, name="closure-add"),
    path("lokaler/<slug:slug>/stangt/<int:pk>/ta-bort/", premises.closure_remove, name="closure-remove"),
    path("vagar/", roads.travel, name="travel"),
    path("vagar/<int:pk>/ta-bort/", roads.travel_clear, name="travel-clear"),
    path("sovplatser/", beds.beds, name="beds"),
    path("sovplatser/lagg-till/", beds.beds_add, name="beds-add"),
    path("sovplatser/<int:pk>/avsluta/", beds.beds_end, name="beds-end"),
    path("sovplatser/<int:pk>/ta-bort/", beds.beds_remove, name="beds-remove"),
]
