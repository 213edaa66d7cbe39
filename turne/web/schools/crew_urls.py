"""Addresses of crews, their class links and young reference groups."""

from django.urls import path

from turne.web.schools import class_pages, crew_overview, crew_pages, crew_visits, panel_pages

PDF = {"as_pdf": True}

urlpatterns = [
    path("crew/", crew_pages.crew_list, name="crews"),
    path("crew/ny/", crew_pages.crew_new, name="crew-new"),
    path("crew/besok/<int:pk>/", crew_visits.crew_visit, name="crew-visit"),
    path("crew/besok/<int:pk>/ta/", crew_visits.crew_take, name="crew-take"),
    path("crew/besok/<int:pk>/lamna/", crew_visits.crew_leave, name="crew-leave"),
    path("crew/besok/<int:pk>/fraga/", crew_visits.crew_invite, name="crew-invite"),
    path("crew/besok/<int:pk>/fraga/aterta/", crew_visits.crew_uninvite, name="crew-uninvite"),
    path("crew/inbjudan/<int:pk>/", crew_visits.crew_invitation, name="crew-invitation"),
    path("crew/besok/<int:pk>/korschema/", crew_visits.crew_sheet, name="crew-sheet"),
    path("crew/besok/<int:pk>/korschema.pdf", crew_visits.crew_sheet, PDF, name="crew-sheet-pdf"),
    path("crew/<int:pk>/", crew_pages.crew, name="crew"),
    path("crew/<int:pk>/andra/", crew_pages.crew_edit, name="crew-edit"),
    path("crew/<int:pk>/plats/", crew_pages.member_add, name="crew-member-add"),
    path("crew/<int:pk>/plats/<int:member>/ta-bort/", crew_pages.member_remove, name="crew-member-remove"),
    path("crew/<int:pk>/utbildning/", crew_pages.training_add, name="crew-training-add"),
    path(
        "crew/<int:pk>/utbildning/<int:training>/ta-bort/",
        crew_pages.training_remove,
        name="crew-training-remove",
    ),
    path("crew/<int:pk>/saker/", crew_pages.item_set, name="crew-item-set"),
    path("crew/<int:pk>/traff/<int:meeting>/", crew_pages.meeting_sign_up, name="crew-meeting"),
    path("crew/<int:pk>/lank/", crew_pages.link_new, name="crew-link-new"),
    path("crew/<int:pk>/lank/aterkalla/", crew_pages.link_revoke, name="crew-link-revoke"),
    path("crewet/<str:token>/", class_pages.crew_link, name="crew-link"),
    path("crewet/<str:token>/rosta/<slug:season>/", class_pages.crew_link_vote, name="crew-link-vote"),
    path("crewet/<str:token>/besok/<int:pk>/", class_pages.crew_link_visit, name="crew-link-visit"),
    path("crewet/<str:token>/besok/<int:pk>/korschema/", class_pages.crew_link_sheet, name="crew-link-sheet"),
    path(
        "crewet/<str:token>/besok/<int:pk>/korschema.pdf",
        class_pages.crew_link_sheet,
        PDF,
        name="crew-link-sheet-pdf",
    ),
    path("crewer/", crew_overview.crew_overview, name="crew-overview"),
    path("crewer/traffar/ny/", crew_overview.meeting_new, name="meeting-new"),
    path("crewer/traffar/<int:pk>/", crew_overview.meeting_edit, name="meeting-edit"),
    path("crewer/traffar/<int:pk>/stall-in/", crew_overview.meeting_cancel, name="meeting-cancel"),
    path("crewer/referensgrupper/", panel_pages.panel_list, name="panels"),
    path("crewer/referensgrupper/<int:pk>/", panel_pages.panel_edit, name="panel-edit"),
    path("crewer/referensgrupper/<int:pk>/lank/", panel_pages.panel_link_new, name="panel-link-new"),
    path(
        "crewer/referensgrupper/<int:pk>/lank/aterkalla/",
        panel_pages.panel_link_revoke,
        name="panel-link-revoke",
    ),
    path("unga-om-utbudet/", panel_pages.young_opinions, name="young-opinions"),
    path("referensgrupp/<str:token>/", panel_pages.panel_link, name="panel-link"),
]
