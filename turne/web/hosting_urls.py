"""Addresses of the presenter's side, of everybody's home, and of the outbox."""

from django.urls import path

from turne.web import answers, hosting, my_week, outbox, reports

urlpatterns = [
    path("svar/<str:token>/", answers.answer, name="answer"),
    path("svar/<str:token>/klart/", answers.answer_done, name="answer-done"),
    path("svar/<str:token>/besok.ics", answers.answer_calendar, name="answer-calendar"),
    path("inkorg/", hosting.inbox, name="inbox"),
    path("bokning/<int:pk>/", hosting.booking, name="booking"),
    path("bokning/<int:pk>/besok.ics", hosting.booking_calendar, name="booking-calendar"),
    path("bokning/<int:pk>/rapport/", reports.booking_report, name="booking-report"),
    path("bokning/<int:pk>/<slug:action>/", hosting.booking_act, name="booking-act"),
    path("min-vecka/", my_week.my_week, name="my-week"),
    path("utskick/", outbox.outbox, name="outbox"),
    path("utskick/<uuid:pk>/", outbox.notice, name="outbox-notice"),
    path("utskick/<uuid:pk>/igen/", outbox.retry, name="outbox-retry"),
]
