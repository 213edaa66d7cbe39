"""Addresses of the public's pages. They stand in calendars and on posters: never change one."""

from django.urls import path

from turne.web import public

urlpatterns = [
    path("", public.home, name="home"),
    path("kalender/", public.calendar, name="calendar"),
    path("karta/", public.region_map, name="map"),
    path("forestallning/<uuid:uid>/", public.performance, name="performance"),
    path("forestallning/<uuid:uid>.ics", public.performance_ics, name="performance-ics"),
    path("kommun/<slug:slug>/", public.municipality, name="municipality"),
    path("arrangor/<slug:slug>/", public.presenter_page, name="presenter-page"),
    path("skola/<slug:slug>/", public.school_page, name="school-page"),
    path("tillganglighet/", public.accessibility, name="accessibility"),
    path("personuppgifter/", public.personal_data, name="personal-data"),
    path("om-uppgifterna/", public.about_data, name="about-data"),
]
