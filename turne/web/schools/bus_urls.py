"""Addresses of buses to visits, and of the rules about them."""

from django.urls import path

from turne.web.schools import bus_rules, buses

urlpatterns = [
    path("bussar/", buses.buses, name="buses"),
    path("bussar.csv", buses.buses_csv, name="buses-csv"),
    path("bussar/regler/", bus_rules.rules_of_buses, name="bus-rules"),
    path("bussar/regler/valj/", bus_rules.bus_rule_choose, name="bus-rule-choose"),
    path("bussar/regler/ny/", bus_rules.bus_rule_new, name="bus-rule-new"),
    path("bussar/regler/<int:pk>/avsluta/", bus_rules.bus_rule_end, name="bus-rule-end"),
    path("bussar/<int:pk>/<slug:school>/<int:show>/", buses.bus, name="bus"),
    path("bussar/<int:pk>/<slug:school>/<int:show>/<slug:action>/", buses.bus_act, name="bus-act"),
]
