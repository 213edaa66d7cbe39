"""Addresses of assessments. They stand in mails."""

from django.urls import path

from turne.web.assessing import declaring, home, panel_pages, panel_steps, reading, sighting_pages

urlpatterns = [
    path("bedomning/", home.assessments, name="assessments"),
    path("bedomning/<slug:slug>/", home.assessment, name="assessment"),
    path("bedomning/<slug:slug>/jav/", declaring.assessment_declare, name="assessment-declare"),
    path("bedomning/<slug:slug>/<int:number>/", reading.assessment_read, name="assessment-read"),
    path(
        "bedomning/<slug:slug>/<int:number>/jav/", declaring.assessment_conflict, name="assessment-conflict"
    ),
    path("utlysningar/<slug:slug>/panel/", panel_pages.panel, name="panel"),
    path("utlysningar/<slug:slug>/panel/villkor/", panel_pages.panel_terms, name="panel-terms"),
    path("utlysningar/<slug:slug>/panel/bjud-in/", panel_pages.panel_invite, name="panel-invite"),
    path("utlysningar/<slug:slug>/panel/ta-bort/<int:pk>/", panel_pages.panel_remove, name="panel-remove"),
    path(
        "utlysningar/<slug:slug>/panel/raknas/<int:pk>/", panel_steps.panel_leave_out, name="panel-leave-out"
    ),
    path("utlysningar/<slug:slug>/panel/fordela/", panel_steps.panel_deal, name="panel-deal"),
    path("utlysningar/<slug:slug>/panel/paminn/", panel_steps.panel_remind, name="panel-remind"),
    path("utlysningar/<slug:slug>/panel/stang/", panel_pages.panel_close, name="panel-close"),
    path("utlysningar/<slug:slug>/panel/oppna/", panel_steps.panel_reopen, name="panel-reopen"),
    path("utlysningar/<slug:slug>/panel/jav/<int:pk>/", panel_pages.panel_lift, name="panel-lift"),
    path("utlysningar/<slug:slug>/insyn/", sighting_pages.sightings, name="sightings"),
]
