"""Addresses of the way from the applications to a call to their answers."""

from django.urls import path

from turne.web.deciding import (
    answer_pages,
    application_lists,
    cases,
    mail_pages,
    meeting_pages,
    minutes_pages,
    placing_pages,
    ranking_pages,
    statistics_pages,
)

CALL = "utlysningar/<slug:slug>/"
urlpatterns = [
    path(CALL + "ansokningar/", application_lists.call_applications, name="call-applications"),
    path(CALL + "ansokningar.csv", application_lists.call_applications_csv, name="call-applications-csv"),
    path(CALL + "ansokningar/<int:number>/", application_lists.call_application, name="call-application"),
    path(CALL + "rangordning/", ranking_pages.call_ranking, name="call-ranking"),
    path(CALL + "sammantrade/", meeting_pages.call_meeting, name="call-meeting"),
    path(CALL + "sammantrade/<int:number>/", cases.call_case, name="call-case"),
    path(CALL + "sammantrade/<int:number>/angra/", cases.call_case_undo, name="call-case-undo"),
    path(CALL + "protokoll/", minutes_pages.call_minutes, name="call-minutes"),
    path(CALL + "protokoll/<int:number>/", minutes_pages.call_minutes_version, name="call-minutes-version"),
    path(
        CALL + "protokoll/<int:number>.pdf",
        minutes_pages.call_minutes_version,
        {"as_pdf": True},
        name="call-minutes-pdf",
    ),
    path(CALL + "protokoll/faststall/", minutes_pages.call_minutes_fix, name="call-minutes-fix"),
    path(CALL + "protokoll/oppna/", minutes_pages.call_minutes_reopen, name="call-minutes-reopen"),
    path(CALL + "besked/", answer_pages.call_answers, name="call-answers"),
    path(CALL + "besked/ta-tillbaka/", answer_pages.call_answers_back, name="call-answers-back"),
    path(CALL + "besked/reserv/", answer_pages.call_reserve_in, name="call-reserve-in"),
    path(CALL + "utskick/", mail_pages.call_mail, name="call-mail"),
    path(CALL + "utskick/<uuid:pk>/igen/", mail_pages.call_mail_retry, name="call-mail-retry"),
    path(CALL + "placering/", placing_pages.call_placing, name="call-placing"),
    path(CALL + "statistik/", statistics_pages.call_statistics, name="call-statistics"),
    path(CALL + "statistik.csv", statistics_pages.call_statistics_csv, name="call-statistics-csv"),
]
