"""What invented people are made of: common first names, and family names that are put together from parts.

Towns, their Insee codes and postal codes are real and public; streets are invented.
"""

from __future__ import annotations

import random

WOMEN = (
    *(
        "Camille",
        "Élodie",
        "Aïcha",
        "Zoé",
        "Marie-Hélène",
        "Inès",
        "Jeanne",
        "Chloé",
        "Fatou",
        "Noémie",
        "Agnès",
    ),
    *(
        "Léa",
        "Manon",
        "Océane",
        "Thérèse",
        "Gaëlle",
        "Lucie",
        "Sarah",
        "Anne-Sophie",
        "Rose",
        "Yasmine",
        "Maëlys",
    ),
    *(
        "Françoise",
        "Brigitte",
        "Odile",
        "Solène",
        "Héloïse",
        "Juliette",
        "Linh",
        "Anaïs",
        "Marguerite",
        "Ève",
    ),
)
MEN = (
    *(
        "Jean-Pierre",
        "Noël",
        "Mehdi",
        "Loïc",
        "François",
        "Théo",
        "André",
        "Karim",
        "Raphaël",
        "Hugo",
        "Étienne",
    ),
    *("Gaël", "Lucas", "Jérôme", "Mathéo", "Paul", "René", "Moussa", "Clément", "Benoît", "Anatole", "Joël"),
    *(
        "Michel",
        "Antoine",
        "Sébastien",
        "Ismaël",
        "Nathan",
        "Cédric",
        "Marcel",
        "Rémi",
        "Côme",
        "Jean-Baptiste",
    ),
)

_STARTS = (
    *(
        "Bel",
        "Clair",
        "Haut",
        "Vert",
        "Roche",
        "Mont",
        "Val",
        "Font",
        "Bois",
        "Prim",
        "Châtel",
        "Gris",
        "Lys",
    ),
    *("Aube", "Rivo", "Tour", "Mar", "Sauv", "Dol", "Ker", "Orm", "Grand", "Noir", "Épin", "Pier", "Fleur"),
)
_ENDS = (
    *(
        "ombrière",
        "aubine",
        "rivage",
        "mesnil",
        "courtil",
        "landais",
        "vernay",
        "gerbault",
        "taillis",
        "ondeau",
    ),
    *("esquier", "ancelin", "ouvrard", "elmont", "agnard", "evèque", "issandre", "uzelet", "oriel", "aignan"),
)
_CORSICAN_STARTS = ("Vent", "Mur", "Lis", "Cap", "Sol", "Tav", "Ors", "Nebb")
_CORSICAN_ENDS = ("acciani", "olenghi", "irosi", "arelli", "ulfoni", "etticci")
VERY_LONG = "de Montombrière-Vieillecourtil de La Roche-Grandvernay-Hautelmont"

TOWNS = (
    *(("75111", "75011", "Paris"), ("69383", "69003", "Lyon"), ("13205", "13005", "Marseille")),
    *(("31555", "31000", "Toulouse"), ("44109", "44000", "Nantes"), ("35238", "35000", "Rennes")),
    *(("59350", "59000", "Lille"), ("67482", "67000", "Strasbourg"), ("33063", "33000", "Bordeaux")),
    *(("34172", "34000", "Montpellier"), ("63113", "63000", "Clermont-Ferrand"), ("21231", "21000", "Dijon")),
    *(("29232", "29000", "Quimper"), ("87085", "87000", "Limoges"), ("38185", "38000", "Grenoble")),
    *(("23096", "23000", "Guéret"), ("48095", "48000", "Mende"), ("15014", "15000", "Aurillac")),
)
"""Insee code, postal code, name."""
CORSICA = (
    *(("2A004", "20000", "Ajaccio"), ("2A272", "20100", "Sartène")),
    *(("2B033", "20200", "Bastia"), ("2B096", "20250", "Corte")),
)
OVERSEAS = (
    *(
        ("97120", "97110", "Pointe-à-Pitre"),
        ("97209", "97200", "Fort-de-France"),
        ("97302", "97300", "Cayenne"),
    ),
    *(("97411", "97400", "Saint-Denis"), ("97611", "97600", "Mamoudzou")),
)
COUNTRIES = ("Portugal", "Maroc", "Belgique", "Viêt Nam", "Sénégal", "Italie", "Algérie", "Pologne")

_WAYS = ("rue", "chemin", "allée", "place", "impasse", "boulevard")
_FLAVOURS = (
    *(
        "des Mésanges-Bleues",
        "de l’Ancien-Lavoir",
        "du Puits-Salé",
        "des Trois-Noisetiers",
        "de la Lune-Rousse",
    ),
    *("d’En-Bas", "des Vieux-Moulins", "de l’Écluse-Verte", "du Pré-aux-Oies", "des Quatre-Saisons"),
)


def first_names(rng: random.Random, sex: str) -> str:
    """One to three first names, the one in use first."""
    return " ".join(rng.sample(WOMEN if sex == "F" else MEN, rng.choice((1, 1, 2, 3))))


def family_name(rng: random.Random, *, corsican: bool = False) -> str:
    """Make an invented family name: now and then with an article, an apostrophe or a hyphen; mostly in capitals."""
    if corsican:
        name = rng.choice(_CORSICAN_STARTS) + rng.choice(_CORSICAN_ENDS)
    else:
        name = rng.choice(_STARTS) + rng.choice(_ENDS)
        kind = rng.random()
        if kind < 0.06:
            name = f"Le {name}"
        elif kind < 0.10:
            name = f"d'{name}" if name[0] in "AÉO" else f"de {name}"
        elif kind < 0.16:
            name = f"{name}-{rng.choice(_STARTS)}{rng.choice(_ENDS)}"
    return name.upper() if rng.random() < 0.7 else name


def address(rng: random.Random) -> str:
    """Make a street that no town has."""
    number = rng.choice(("", " bis", "", "", " ter", ""))
    return f"{rng.randint(1, 180)}{number} {rng.choice(_WAYS)} {rng.choice(_FLAVOURS)}"
