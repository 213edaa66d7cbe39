"""Addresses of open calls. They stand in advertisements: never change one."""

from django.urls import path

from turne.web.open_calls import call_pages, call_writing

urlpatterns = [
    path("utlysningar/", call_pages.open_calls, name="open-calls"),
    path("utlysningar/ny/", call_writing.call_new, name="open-call-new"),
    path("utlysningar/<slug:slug>/", call_pages.open_call, name="open-call"),
    path("utlysningar/<slug:slug>/andra/", call_writing.call_edit, name="open-call-edit"),
    path("utlysningar/<slug:slug>/publicera/", call_writing.call_publish, name="open-call-publish"),
    path("utlysningar/<slug:slug>/dra-tillbaka/", call_writing.call_withdraw, name="open-call-withdraw"),
    path("utlysningar/<slug:slug>/ta-bort/", call_writing.call_delete, name="open-call-delete"),
]
