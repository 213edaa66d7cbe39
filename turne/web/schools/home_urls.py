"""Addresses of a school's own side, and of the municipality's overview of its schools."""

from django.urls import path

from turne.web.schools import days, groups, home, hours, municipality, rooms

urlpatterns = [
    path("skola/", home.school_choose, name="school-choose"),
    path("skola/<slug:slug>/hem/", home.school_home, name="school-home"),
    path("skola/<slug:slug>/bekrafta/", home.school_confirm, name="school-confirm"),
    path("skola/<slug:slug>/grupper/", groups.groups, name="school-groups"),
    path("skola/<slug:slug>/grupper/ny/", groups.group_add, name="school-group-add"),
    path("skola/<slug:slug>/grupper/skriv/", groups.groups_write, name="school-groups-write"),
    path("skola/<slug:slug>/grupper/fran-forra-aret/", groups.groups_copy, name="school-groups-copy"),
    path("skola/<slug:slug>/grupper/angra/", groups.groups_undo, name="school-groups-undo"),
    path("skola/<slug:slug>/grupper/<int:pk>/", groups.group_change, name="school-group-change"),
    path("skola/<slug:slug>/grupper/<int:pk>/ta-bort/", groups.group_remove, name="school-group-remove"),
    path("skola/<slug:slug>/tider/", hours.hours, name="school-hours"),
    path("skola/<slug:slug>/dagar/", days.days, name="school-days"),
    path("skola/<slug:slug>/salar/", rooms.rooms, name="school-rooms"),
    path("kommun/<slug:slug>/skolor/", municipality.school_overview, name="school-overview"),
    path("kommun/<slug:slug>/skolor.csv", municipality.school_overview_csv, name="school-overview-csv"),
]
