"""Addresses of the season menu, wishes, matching and the repertoire behind them."""

from django.urls import path

from turne.web import calendars_in, ensembles, matches, menu, repertoire, wishing

urlpatterns = [
    path("utbud/", menu.season_menu, name="season-menu"),
    path("utbud/<slug:season>/<slug:slug>/", menu.production, name="production"),
    path("produktion/<slug:slug>/", menu.production_anywhere, name="production"),
    path("bilder/<int:pk>.jpg", menu.picture, name="picture"),
    path("onskemal/", wishing.wishes, name="wishes"),
    path("onskemal/ny/", wishing.wish_new, name="wish-new"),
    path("onskemal/<int:pk>/", wishing.wish_edit, name="wish-edit"),
    path("onskemal/<int:pk>/aterkalla/", wishing.wish_withdraw, name="wish-withdraw"),
    path("onskemal/<int:pk>/flytta/", wishing.wish_move, name="wish-move"),
    path("onskemal/<int:pk>/andring/", wishing.wish_change_request, name="wish-change-request"),
    path("andringar/", matches.change_requests, name="change-requests"),
    path("andringar/<int:pk>/", matches.change_answer, name="change-answer"),
    path("matchning/<slug:season>/<slug:slug>/", matches.matching, name="matching"),
    path("repertoar/", repertoire.repertoire, name="repertoire"),
    path("repertoar/ny/", repertoire.production_new, name="production-new"),
    path("repertoar/ensembler/ny/", ensembles.ensemble_new, name="ensemble-new"),
    path("repertoar/ensembler/<slug:slug>/", ensembles.ensemble_edit, name="ensemble-edit"),
    path(
        "repertoar/ensembler/<slug:slug>/kalendrar/",
        calendars_in.ensemble_calendars,
        name="ensemble-calendars",
    ),
    path(
        "repertoar/ensembler/<slug:slug>/kalendrar/<int:pk>/<slug:action>/",
        calendars_in.ensemble_calendar_act,
        name="ensemble-calendar-act",
    ),
    path("repertoar/ensembler/<slug:slug>/ledigt/", ensembles.day_off_add, name="day-off-add"),
    path(
        "repertoar/ensembler/<slug:slug>/ledigt/<int:pk>/ta-bort/",
        ensembles.day_off_remove,
        name="day-off-remove",
    ),
    path("repertoar/<slug:slug>/", repertoire.production_edit, name="production-edit"),
    path("repertoar/<slug:slug>/bilder/", repertoire.picture_add, name="picture-add"),
    path("repertoar/<slug:slug>/bilder/<int:pk>/ta-bort/", repertoire.picture_remove, name="picture-remove"),
    path("sasonger/ny/", repertoire.season_new, name="season-new"),
    path("sasonger/<slug:slug>/", repertoire.season_edit, name="season-edit"),
    path("sasonger/<slug:slug>/oppna/", repertoire.season_open, name="season-open"),
    path("sasonger/<slug:slug>/stang/", repertoire.season_close, name="season-close"),
]
