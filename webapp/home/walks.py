"""Ways to a home that has something to show."""

from __future__ import annotations

from webapp.web.states import World

_ENTRIES = (
    ("/profil-medical/traitements", {"name": "Paracétamol", "dose": "1 g en cas de douleur"}),
    ("/profil-medical/vaccinations", {"name": "Covid-19", "day": "4", "month": "2", "year": "2022"}),
    ("/profil-medical/vaccinations", {"name": "Diphtérie, tétanos, poliomyélite", "year": "2019"}),
    ("/profil-medical/proches", {"role": "emergency", "name": "Ange Corsoli", "phone": "01 99 00 12 34"}),
)
"""What is written into the profile of the space one is in, page by page."""


def fill(world: World) -> None:
    """Write a few entries into the medical profile of the space one is in."""
    for address, fields in _ENTRIES:
        world.walker.open(address).send(**fields)
        if world.walker.status != 200:
            raise LookupError(f"{address}: {world.walker.page.text[:300]}")
