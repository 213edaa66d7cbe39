"""The demo's ensembles and productions with their riders."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from bookings.demo.bodies import make_organisation
from bookings.demo.hosts import make_people
from bookings.demo.names import PRODUCERS, PRODUCTIONS, SHOWN
from tours.models import Ensemble, Production, Rider
from venues.models import Place, Region


@dataclass
class Menu:
    """Productions by title, in the menu's order."""

    productions: dict[str, Production] = field(default_factory=dict)
    ensembles: dict[str, Ensemble] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """What was made."""
        return [f"{len(self.productions)} productions of {len(self.ensembles)} ensembles, each with a rider."]


def make_menu(region: Region) -> Menu:
    """Producers with their ensembles, productions and users."""
    menu = Menu()
    for name, slug, ensembles in PRODUCERS:
        producer = make_organisation(region, name, slug, "producer")
        for ensemble, home, people_count, vehicle in ensembles:
            menu.ensembles[ensemble] = Ensemble.objects.create(
                producer=producer,
                name=ensemble,
                slug=slugify(ensemble),
                home=Place.objects.get(municipality__region=region, name=home),
                people_count=people_count,
                vehicle=vehicle,
                is_free_group=True,
                is_demo=True,
            )
    for row in PRODUCTIONS:
        production = _production(menu.ensembles[row[0]], row)
        menu.productions[production.title] = production
    make_people(region)
    return menu


def _production(ensemble: Ensemble, row: Any) -> Production:
    (
        _,
        title,
        art_form,
        ages,
        grades,
        minutes,
        audience,
        shows,
        fee,
        fee_next,
        languages,
        warnings,
        rider,
        text,
    ) = row
    services, preparation = SHOWN.get(title, ([], ""))
    production = Production.objects.create(
        ensemble=ensemble,
        title=title,
        slug=slugify(title),
        synopsis=text,
        art_form=art_form,
        age_min=ages[0],
        age_max=ages[1],
        grades=grades,
        duration_min=minutes,
        audience_max=audience,
        shows_per_day_max=shows,
        languages=languages,
        fee=Decimal(fee),
        fee_next_show=Decimal(fee_next),
        is_recommended=True if ages[1] else None,
        content_warnings=warnings,
        access_services=services,
        preparation=preparation,
        is_demo=True,
    )
    _rider(production, rider)
    return production


def _rider(production: Production, row: Any) -> None:
    get_in, get_out, changeover, width, depth, height, power, blackout, more = row
    Rider.objects.create(
        production=production,
        get_in_min=get_in,
        get_out_min=get_out,
        changeover_min=changeover,
        stage_w_m=Decimal(width),
        stage_d_m=Decimal(depth),
        stage_h_m=Decimal(height) if height else None,
        power=power,
        blackout_need=blackout,
        **more,
    )
