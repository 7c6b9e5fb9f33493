"""Names that are proposed as one types: allergens, and everyday names of illnesses. Anything else may be written.

Neither list was reviewed by people of the trade, and the page says so. The allergens (`data/allergenes_fr.csv`) were
compiled by hand from annex II of the EU regulation 1169/2011 and from usual allergens; the illnesses are ours.
"""

from __future__ import annotations

import csv
from functools import cache

from webapp.profile.vaccines import DATA


@cache
def known_allergens() -> tuple[str, ...]:
    """Return the names of the list, in its order."""
    with (DATA / "allergenes_fr.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["libelle"].replace("'", "’") for row in csv.DictReader(file))


def everyday_illnesses() -> tuple[str, ...]:
    """Return everyday names of illnesses and health matters."""
    return _ILLNESSES


_ILLNESSES = (
    "Accident vasculaire cérébral (AVC)",
    "Acouphènes",
    "Anémie",
    "Angine de poitrine",
    "Anxiété",
    "Apnée du sommeil",
    "Arthrose",
    "Asthme",
    "Autisme",
    "BPCO (bronchite chronique)",
    "Calculs rénaux",
    "Cancer",
    "Cataracte",
    "Cholestérol",
    "Dépression",
    "Diabète de type 1",
    "Diabète de type 2",
    "Douleurs qui durent",
    "Drépanocytose",
    "Eczéma",
    "Endométriose",
    "Épilepsie",
    "Fibrillation atriale",
    "Fibromyalgie",
    "Glaucome",
    "Goutte",
    "Grossesse",
    "Hémophilie",
    "Hépatite B",
    "Hépatite C",
    "Hypertension (tension trop haute)",
    "Hyperthyroïdie",
    "Hypothyroïdie",
    "Infarctus",
    "Insuffisance cardiaque",
    "Insuffisance rénale",
    "Maladie cœliaque",
    "Maladie d’Alzheimer",
    "Maladie de Crohn",
    "Maladie de Parkinson",
    "Mal de dos",
    "Migraine",
    "Mucoviscidose",
    "Obésité",
    "Ostéoporose",
    "Phlébite",
    "Polyarthrite rhumatoïde",
    "Psoriasis",
    "Reflux gastrique",
    "Schizophrénie",
    "Sclérose en plaques",
    "Surdité",
    "Trouble bipolaire",
    "Trouble de l’attention (TDAH)",
    "Ulcère de l’estomac",
    "VIH",
)
