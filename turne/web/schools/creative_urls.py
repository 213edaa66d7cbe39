"""Addresses of Skapande skola: grants, the visits that they pay, and proofs of professionalism."""

from django.urls import path

from turne.web.schools import creative, proofs

urlpatterns = [
    path("skapande-skola/", creative.creative_school, name="creative-school"),
    path("skapande-skola.csv", creative.creative_school_csv, name="creative-school-csv"),
    path("skapande-skola/ny/", creative.creative_grant_new, name="creative-grant-new"),
    path("skapande-skola/<int:pk>/", creative.creative_grant, name="creative-grant"),
    path("skapande-skola/<int:pk>/besok.csv", creative.creative_grant_csv, name="creative-grant-csv"),
    path("skapande-skola/<int:pk>/andra/", creative.creative_grant_edit, name="creative-grant-edit"),
    path("skapande-skola/<int:pk>/marka/", creative.creative_tag, name="creative-tag"),
    path("skapande-skola/<int:pk>/avmarka/", creative.creative_untag, name="creative-untag"),
    path("repertoar/ensembler/<slug:slug>/underlag/", proofs.proofs, name="proofs"),
    path("repertoar/ensembler/<slug:slug>/underlag/<int:pk>/sett/", proofs.proof_see, name="proof-see"),
    path(
        "repertoar/ensembler/<slug:slug>/underlag/<int:pk>/ta-bort/", proofs.proof_remove, name="proof-remove"
    ),
]
