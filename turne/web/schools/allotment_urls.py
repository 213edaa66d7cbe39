"""Addresses of allotment: ways, answers, allotments and their workbench, and encounters per pupil."""

from django.urls import path

from turne.web.schools import allotments, by_hand, grade_answers, pupils, ways, workbench

urlpatterns = [
    path("tilldelning/", allotments.allotments, name="allotments"),
    path("tilldelning/sasong/<slug:season>/ny/", allotments.allotment_new, name="allotment-new"),
    path("tilldelning/sasong/<slug:season>/vag/", ways.season_ways, name="season-ways"),
    path("tilldelning/sasong/<slug:season>/svar/", ways.season_answers, name="season-answers"),
    path("tilldelning/sasong/<slug:season>/svar.csv", ways.season_answers_csv, name="season-answers-csv"),
    path("tilldelning/<int:pk>/", workbench.allotment, name="allotment"),
    path("tilldelning/<int:pk>/andra/", allotments.allotment_edit, name="allotment-edit"),
    path("tilldelning/<int:pk>/berakna/", allotments.allotment_run, name="allotment-run"),
    path("tilldelning/<int:pk>/hur-langt/", workbench.allotment_progress, name="allotment-progress"),
    path("tilldelning/<int:pk>/stoppa/", allotments.allotment_stop, name="allotment-stop"),
    path("tilldelning/<int:pk>/regel/", allotments.allotment_rule, name="allotment-rule"),
    path("tilldelning/<int:pk>/publicera/", allotments.allotment_publish, name="allotment-publish"),
    path("tilldelning/<int:pk>/ta-tillbaka/", allotments.allotment_take_back, name="allotment-take-back"),
    path("tilldelning/<int:pk>/tilldelning.csv", workbench.allotment_csv, name="allotment-csv"),
    path("tilldelning/<int:pk>/angra/", by_hand.allotment_undo, name="allotment-undo"),
    path("tilldelning/<int:pk>/beslut/<int:order>/slapp/", by_hand.allotment_free, name="allotment-free"),
    path(
        "tilldelning/<int:pk>/skola/<int:school>/<str:grade>/",
        by_hand.allotment_grade,
        name="allotment-grade",
    ),
    path(
        "tilldelning/<int:pk>/skola/<int:school>/<str:grade>/prova/",
        by_hand.allotment_try,
        name="allotment-try",
    ),
    path(
        "tilldelning/<int:pk>/skola/<int:school>/<str:grade>/satt/",
        by_hand.allotment_set,
        name="allotment-set",
    ),
    path("skola/<slug:slug>/tilldelning/<slug:season>/", grade_answers.grade_answers, name="grade-answers"),
    path("uppfoljning/elever/", pupils.pupil_coverage, name="pupil-coverage"),
    path("uppfoljning/elever.csv", pupils.pupil_coverage_csv, name="pupil-coverage-csv"),
]
