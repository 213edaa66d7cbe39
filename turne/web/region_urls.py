"""Addresses of the region's pages: follow-up, people, venues, the register of schools, school years, roads
and beds."""

from django.urls import path

from turne.web import (
    beds,
    people,
    premises,
    region,
    roads,
    school_import,
    school_register,
    school_year_edit,
    school_years,
)

urlpatterns = [
    path("uppfoljning/", region.coverage, name="coverage"),
    path("uppfoljning.csv", region.coverage_csv, name="coverage-csv"),
    path("personer/", people.people, name="people"),
    path("personer/lagg-till/", people.organisation_new, name="organisation-new"),
    path("personer/<slug:slug>/", people.organisation, name="organisation"),
    path("personer/<slug:slug>/ny/", people.member_add, name="member-add"),
    path("personer/<slug:slug>/adress/", people.address_set, name="address-set"),
    path("personer/<slug:slug>/adress/fungerar/", people.address_works, name="address-works"),
    path("personer/<slug:slug>/riksteatern/", people.riksteatern_set, name="riksteatern-set"),
    path("personer/medlemskap/<int:pk>/ta-bort/", people.member_remove, name="member-remove"),
    path("konto/organisation/<slug:slug>/", people.contact, name="contact"),
    path("lokaler/", premises.venues, name="venues"),
    path("lokaler/<slug:slug>/", premises.venue_edit, name="venue-edit"),
    path("lokaler/<slug:slug>/efterfragat/", premises.venue_asked, name="venue-asked"),
    path("lokaler/<slug:slug>/ort/", premises.venue_place, name="venue-place"),
    path("lokaler/<slug:slug>/sok-adress/", premises.venue_look_up, name="venue-look-up"),
    path("skolor/register/", school_register.school_register, name="school-register"),
    path("skolor/register/fil/", school_import.school_register_import, name="school-register-import"),
    path("skolor/register/enhet/<slug:slug>/", school_register.school_unit, name="school-unit"),
    path(
        "skolor/register/enhet/<slug:slug>/status/",
        school_register.school_unit_status,
        name="school-unit-status",
    ),
    path(
        "skolor/register/enhet/<slug:slug>/gar-over-i/",
        school_register.school_unit_link,
        name="school-unit-link",
    ),
    path(
        "skolor/register/enhet/<slug:slug>/gar-over-i/<slug:other>/ta-bort/",
        school_register.school_unit_unlink,
        name="school-unit-unlink",
    ),
    path("lasar/", school_years.school_years, name="school-years"),
    path("lasar/<slug:kind>/<slug:slug>/<int:year>/", school_years.school_year, name="school-year"),
    path(
        "lasar/<slug:kind>/<slug:slug>/<int:year>.csv", school_years.school_year_csv, name="school-year-csv"
    ),
    path(
        "lasar/<slug:kind>/<slug:slug>/<int:year>/andra/",
        school_year_edit.school_year_edit,
        name="school-year-edit",
    ),
    path(
        "lasar/<slug:kind>/<slug:slug>/<int:year>/kopiera/",
        school_year_edit.school_year_copy,
        name="school-year-copy",
    ),
    path(
        "lasar/<slug:kind>/<slug:slug>/<int:year>/importera/",
        school_year_edit.school_year_import,
        name="school-year-import",
    ),
    path("vagar/", roads.travel, name="travel"),
    path("vagar/<int:pk>/ta-bort/", roads.travel_clear, name="travel-clear"),
    path("sovplatser/", beds.beds, name="beds"),
    path("sovplatser/lagg-till/", beds.beds_add, name="beds-add"),
    path("sovplatser/<int:pk>/avsluta/", beds.beds_end, name="beds-end"),
    path("sovplatser/<int:pk>/ta-bort/", beds.beds_remove, name="beds-remove"),
]
