"""The short lists that an entry chooses from: codes that stay, and the words for them.

Relations: value set J11 of the Agence du Numérique en Santé (codes of HL7 RoleCode); the words are ours.
"""

from __future__ import annotations

RELATIONS = {
    "MTH": "Mère",
    "FTH": "Père",
    "SIS": "Sœur",
    "BRO": "Frère",
    "HSIS": "Demi-sœur",
    "HBRO": "Demi-frère",
    "DAUC": "Fille",
    "SONC": "Fils",
    "GRMTH": "Grand-mère",
    "GRFTH": "Grand-père",
    "AUNT": "Tante",
    "UNCLE": "Oncle",
    "COUSN": "Cousin ou cousine",
    "FAMMEMB": "Autre membre de la famille",
}
HABITS = {
    "tobacco": "Tabac et vapotage",
    "alcohol": "Alcool",
    "activity": "Activité physique",
    "food": "Alimentation",
    "work": "Travail ou école",
    "sleep": "Sommeil",
    "other": "Autre",
}
ROLES = {
    "emergency": "À prévenir en cas d’urgence",
    "trusted": "Personne de confiance",
    "other": "Autre personne qui aide",
}
WISHES = {
    "organ-donation": "Don d’organes",
    "advance-directives": "Directives anticipées",
    "other": "Autre volonté",
}
