"""Addresses of residencies, for whoever is in them; the public ones are under /residens/."""

from functools import partial

from django.urls import path

from turne.web.residencies import (
    dwelling_pages,
    from_decision,
    residency_pages,
    splitting,
    stay_contracts,
    stay_rooms,
    stay_writing,
)

_as_pdf = partial(stay_contracts.residency_contract_version, as_pdf=True)

urlpatterns = [
    path("residenser/", residency_pages.residencies, name="residencies"),
    path("residenser/ny/", stay_writing.residency_new, name="residency-new"),
    path(
        "residenser/av-beslut/<int:pk>/",
        from_decision.residency_from_decision,
        name="residency-from-decision",
    ),
    path("residenser/<int:pk>/", residency_pages.residency, name="residency"),
    path("residenser/<int:pk>/andra/", stay_writing.residency_edit, name="residency-edit"),
    path("residenser/<int:pk>/perioder/", stay_writing.residency_periods, name="residency-periods"),
    path("residenser/<int:pk>/perioder/dela/", splitting.residency_split, name="residency-split"),
    path("residenser/<int:pk>/kontakter/", stay_writing.residency_contacts, name="residency-contacts"),
    path("residenser/<int:pk>/behov/", stay_writing.residency_needs, name="residency-needs"),
    path("residenser/<int:pk>/lokal/", stay_rooms.residency_room, name="residency-room"),
    path("residenser/<int:pk>/bostad/", stay_rooms.residency_dwelling, name="residency-dwelling"),
    path("residenser/<int:pk>/slapp/", stay_rooms.residency_release, name="residency-release"),
    path("residenser/<int:pk>/pengar/", stay_rooms.residency_costs, name="residency-costs"),
    path("residenser/<int:pk>/avtal/", stay_contracts.residency_contract, name="residency-contract"),
    path("residenser/<int:pk>/avtal/skicka/", stay_contracts.residency_send, name="residency-send"),
    path("residenser/<int:pk>/avtal/ja/", stay_contracts.residency_agree, name="residency-agree"),
    path("residenser/<int:pk>/avtal/nej/", stay_contracts.residency_decline, name="residency-decline"),
    path(
        "residenser/<int:pk>/avtal/<int:number>/",
        stay_contracts.residency_contract_version,
        name="residency-contract-version",
    ),
    path("residenser/<int:pk>/avtal/<int:number>.pdf", _as_pdf, name="residency-contract-pdf"),
    path("residenser/<int:pk>/stall-in/", stay_contracts.residency_cancel, name="residency-cancel"),
    path("residenser/<int:pk>/annan-vard/", stay_contracts.residency_move, name="residency-move"),
    path("bostader/", dwelling_pages.dwellings, name="dwellings"),
    path("bostader/ny/", dwelling_pages.dwelling_new, name="dwelling-new"),
    path("bostader/<int:pk>/", dwelling_pages.dwelling_edit, name="dwelling-edit"),
    path("bostader/<int:pk>/lana-ut/", dwelling_pages.dwelling_lend, name="dwelling-lend"),
]
