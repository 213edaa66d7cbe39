"""Addresses of a school's visit."""

from django.urls import path

from turne.web.schools import class_feedback, visit_groups, workshop_requests, workshops

urlpatterns = [
    path("klass/<str:token>/", class_feedback.class_link, name="class-link"),
    path("bokning/<int:pk>/klasser/<int:group>/", class_feedback.class_feedback, name="class-feedback"),
    path("bokning/<int:pk>/grupper/", visit_groups.visit_groups, name="visit-groups"),
    path("bokning/<int:pk>/workshop/", workshops.workshop_new, name="workshop-new"),
    path("bokning/<int:pk>/workshop/onska/", workshop_requests.workshop_ask, name="workshop-ask"),
    path("skolor/workshoppar/onskan/<int:pk>/", workshop_requests.workshop_request, name="workshop-request"),
    path(
        "skolor/workshoppar/onskan/<int:pk>/nej/",
        workshop_requests.workshop_request_no,
        name="workshop-request-no",
    ),
    path(
        "skolor/workshoppar/onskan/<int:pk>/ta-tillbaka/",
        workshop_requests.workshop_request_back,
        name="workshop-request-back",
    ),
    path("skolor/workshoppar/", workshops.workshops, name="workshops"),
    path("skolor/workshoppar/<int:pk>/", workshops.workshop, name="workshop"),
    path("skolor/workshoppar/<int:pk>/flytta/", workshops.workshop_move, name="workshop-move"),
    path("skolor/workshoppar/<int:pk>/bekrafta/", workshops.workshop_confirm, name="workshop-confirm"),
    path("skolor/workshoppar/<int:pk>/stall-in/", workshops.workshop_cancel, name="workshop-cancel"),
    path("skolor/workshoppar/<int:pk>/deltog/", workshops.workshop_came, name="workshop-came"),
]
