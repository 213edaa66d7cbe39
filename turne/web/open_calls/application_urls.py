"""Addresses of applications to open calls."""

from django.urls import path

from turne.web.open_calls import applying, entering, work_samples

urlpatterns = [
    path("mina-ansokningar/", applying.my_applications, name="my-applications"),
    path("utlysningar/<slug:slug>/sok/", entering.Enter.as_view(), name="application-enter"),
    path("utlysningar/<slug:slug>/ansokan/", applying.application, name="application"),
    path("utlysningar/<slug:slug>/ansokan/skriv/", applying.application_write, name="application-write"),
    path("utlysningar/<slug:slug>/ansokan/skicka/", applying.application_send, name="application-send"),
    path(
        "utlysningar/<slug:slug>/ansokan/dra-tillbaka/",
        applying.application_withdraw,
        name="application-withdraw",
    ),
    path("utlysningar/<slug:slug>/ansokan/filer/", work_samples.work_sample_add, name="work-sample-add"),
    path(
        "utlysningar/<slug:slug>/ansokan/filer/<int:pk>/",
        work_samples.work_sample_change,
        name="work-sample-change",
    ),
    path(
        "utlysningar/<slug:slug>/ansokan/filer/<int:pk>/upp/",
        work_samples.work_sample_up,
        name="work-sample-up",
    ),
    path(
        "utlysningar/<slug:slug>/ansokan/filer/<int:pk>/ta-bort/",
        work_samples.work_sample_remove,
        name="work-sample-remove",
    ),
    path("arbetsprov/<int:pk>/", work_samples.work_sample, name="work-sample"),
]
