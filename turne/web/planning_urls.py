"""Addresses of the producer's tours and their boards."""

from django.urls import path

from turne.web import (
    arranging,
    comparing,
    day_orders,
    on_the_way,
    overriding,
    planning,
    runs,
    season_plans,
    tour_money,
    tour_pages,
    tour_plan,
    whys,
)

urlpatterns = [
    path("turneer/", tour_pages.tours, name="tours"),
    path("turneer/ny/", tour_pages.tour_new, name="tour-new"),
    path("turneplan/<slug:season>/", season_plans.season_plan, name="season-plan"),
    path("turneplan/<slug:season>/<int:pk>/", season_plans.season_run, name="season-run"),
    path("turneer/<slug:slug>/", planning.board, name="board"),
    path("turneer/<slug:slug>/andra/", tour_pages.tour_edit, name="tour-edit"),
    path("turneer/<slug:slug>/planera/", planning.tour_propose, name="tour-propose"),
    path("turneer/<slug:slug>/forslag/<int:pk>/", planning.proposal, name="proposal"),
    path("turneer/<slug:slug>/forslag/<int:pk>/prova/", arranging.stop_try, name="stop-try"),
    path("turneer/<slug:slug>/forslag/<int:pk>/flytta/", arranging.stop_set, name="stop-set"),
    path("turneer/<slug:slug>/forslag/<int:pk>/stoppa/", runs.run_stop, name="run-stop"),
    path("turneer/<slug:slug>/forslag/<int:pk>/ater/", runs.plan_restore, name="plan-restore"),
    path("turneer/<slug:slug>/planer/", runs.runs, name="runs"),
    path("turneer/<slug:slug>/jamfor/", comparing.compare, name="compare"),
    path("turneer/<slug:slug>/dag/<str:day>/fri/", day_orders.day_forbid, name="day-forbid"),
    path("turneer/<slug:slug>/dag/<str:day>/oppna/", day_orders.day_allow, name="day-allow"),
    path("turneer/<slug:slug>/forslag/<int:pk>/varfor/<slug:candidate>/", whys.stop_why, name="stop-why"),
    path("turneer/<slug:slug>/pa-vagen/", on_the_way.on_the_way, name="on-the-way"),
    path("turneer/<slug:slug>/anta/", planning.tour_adopt, name="tour-adopt"),
    path("turneer/<slug:slug>/erbjud/", planning.tour_offer, name="tour-offer"),
    path("turneer/<slug:slug>/dagar.csv", planning.tour_csv, name="tour-csv"),
    path("turneer/<slug:slug>/turneplan/", tour_plan.tour_plan, name="tour-plan"),
    path("turneer/<slug:slug>/priser/", tour_money.tour_prices, name="tour-prices"),
    path("turneer/<slug:slug>/priser.csv", tour_money.tour_prices_csv, name="tour-prices-csv"),
    path("turneer/<slug:slug>/onskemal/<int:pk>/las/", planning.stop_lock, name="stop-lock"),
    path("turneer/<slug:slug>/onskemal/<int:pk>/utelamna/", planning.stop_drop, name="stop-drop"),
    path("turneer/<slug:slug>/onskemal/<int:pk>/slapp/", planning.stop_free, name="stop-free"),
    path("turneer/<slug:slug>/varningar/", overriding.warning_override, name="warning-override"),
    path(
        "turneer/<slug:slug>/varningar/<int:pk>/aterkalla/",
        overriding.warning_withdraw,
        name="warning-withdraw",
    ),
]
