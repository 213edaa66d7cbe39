"""Contracts that were sent before they named their host get the one that the residency had then."""

from typing import Any

from django.db import migrations


def name_hosts(apps: Any, editor: Any) -> None:
    """As the history says; one whose host cannot be told for certain stays without.

    A contract is never updated, and the database refuses it: its row is written anew, with what was kept in it.
    """
    alias = editor.connection.alias
    contracts = apps.get_model("bookings", "ResidencyContract").objects.using(alias)
    found = [(one, _host_of(one, apps, alias)) for one in contracts.select_related("residency")]
    for contract, host in found:
        if host is not None:
            contracts.filter(pk=contract.pk).delete()
            contract.host_id = host
            contract.save(force_insert=True, using=alias)


def _host_of(contract: Any, apps: Any, alias: str) -> int | None:
    """The host that the residency has, or from which it was moved first after the contract was sent.

    The history has that one's name: whoever is called so in the region, if that is one alone.
    """
    changes = apps.get_model("bookings", "ResidencyChange").objects.using(alias)
    lines = list(changes.filter(residency=contract.residency_id).order_by("at", "pk"))
    sent = [at for at, line in enumerate(lines) if line.details.get("contract") == contract.number]
    if not sent:
        return None
    moves = [line for line in lines[sent[0] :] if line.action == "move"]
    if not moves:
        return int(contract.residency.host_id)
    hosts = apps.get_model("venues", "Organisation").objects.using(alias)
    named = hosts.filter(region=contract.residency.region_id, name=moves[0].details["from"])
    known = list(named.values_list("pk", flat=True))
    return known[0] if len(known) == 1 else None


class Migration(migrations.Migration):
    dependencies = [("bookings", "0094_contracts_with_their_host")]

    operations = [migrations.RunPython(name_hosts, migrations.RunPython.noop)]
