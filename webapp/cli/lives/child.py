"""The life of a child, whose mother copies the health booklet: vaccines, and growing up along a plausible curve."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from webapp.cli.lives import papers
from webapp.cli.lives.mother_papers import DOCTOR, HOSPITAL, LABORATORY, PHARMACY
from webapp.cli.lives.papers import Paper
from webapp.cli.lives.space import Space
from webapp.cli.lives.story import Story
from webapp.documents.rules import Media
from webapp.profile.rules import Kind
from webapp.profile.vaccines import recognise

GROWTH = (
    (0, 50.0, 3.4), (0.5, 67.0, 7.6), (1, 75.5, 9.8), (1.5, 82.0, 11.1), (2, 87.5, 12.3), (3, 96.0, 14.4),
    (4, 103.0, 16.4), (5, 110.0, 18.6), (6, 116.0, 20.8), (7, 122.0, 23.2), (8, 127.5, 25.9), (9, 133.0, 28.9),
    (10, 138.0, 32.0), (11, 143.5, 35.6), (12, 149.5, 39.8), (13, 156.5, 45.2), (14, 163.5, 51.0),
    (15, 169.0, 56.5), (16, 172.5, 60.8), (17, 174.5, 63.5), (18, 175.0, 65.0),
)  # fmt: skip
"""Years, centimetres and kilos: near the middle of what children measure, rounded; of nobody in particular."""
VACCINES = (
    (2, "Infanrix Hexa", "A21CD33"),
    (2, "Prevenar 13", "M0771"),
    (4, "Infanrix Hexa", "A21CD98"),
    (4, "Prevenar 13", "M1042"),
    (11, "Infanrix Hexa", "A21CE56"),
    (11, "Prevenar 13", "M2218"),
    (12, "Priorix", "A69FC1"),
    (13, "Neisvac", "VNS1R06"),
    (17, "Priorix", "A69FD8"),
    (74, "Infanrixtetra", "AC20B3"),
    (136, "Repevax", "S5102-1"),
)
"""Months of age, vaccine, batch."""


def grown(years: float) -> tuple[float, float]:
    """Return the centimetres and kilos of that age, between two lines of the table."""
    for (early, low, light), (late, high, heavy) in pairwise(GROWTH):
        if years <= late:
            part = (years - early) / (late - early)
            return low + part * (high - low), light + part * (heavy - light)
    return GROWTH[-1][1:]


def live(story: Story, space: Space, opened: date) -> None:
    """Tell it; `opened`: the day on which the space was opened."""
    born, say = space.person.birth_date, space.say
    height, weight = grown((opened - born).days / 365.25)
    space.answer(opened, round(height), round(weight * 10) * 100, ["Asthme"], ["Budésonide"], ["Arachides"])
    space.correct(opened, Kind.TREATMENT, "Budésonide", dose="1 bouffée matin et soir")
    grave = {"criticality": "high", "reaction": "urticaire, gêne pour respirer"}
    space.correct(opened, Kind.ALLERGY, "Arachides", **grave)
    space.read_everything(opened + timedelta(days=1))
    measured = [born + timedelta(days=round(365.25 * years)) for years in (0, 0.5, 1, 1.5, 2, 3, 4, 4.6)]
    day = opened + timedelta(days=122)
    while day < story.today:
        measured.append(day)
        day += timedelta(days=122)
    for day in measured:
        height, weight = grown((day - born).days / 365.25)
        written = max(day, opened)
        say(written, Kind.HEIGHT, day, value=round(height))
        say(written, Kind.WEIGHT, day, value=round(weight * 10) * 100)
    for months, name, batch in VACCINES:
        day = born + timedelta(days=round(months * 30.44))
        if day < story.today:
            said = {"name": name, "batch": batch, "diseases": list(recognise(name))}
            say(max(day, opened + timedelta(days=1)), Kind.VACCINATION, day, **said)
    space.correct(story.ago(410), Kind.TREATMENT, "Budésonide", dose="1 bouffée le soir, de septembre à mai")
    say(opened, Kind.FAMILY_HISTORY, relation="MTH", name="Asthme")
    say(
        opened,
        Kind.PERSON,
        role="emergency",
        name="Karim Belombrière",
        relation="oncle",
        phone="+33199001234",
    )
    stay = story.ago(1300)
    until = (stay + timedelta(days=1)).isoformat()
    say(stay, Kind.HOSPITAL_STAY, name="Crise d’asthme", place="Hôpital de la Butte-aux-Saules", until=until)
    _documents(story, space, opened)


def _documents(story: Story, space: Space, opened: date) -> None:
    for years in range(5, -1, -1):
        day = story.ago(365 * years + 75)
        age = round((day - space.person.birth_date).days / 365.25, 1)
        height, weight = grown(age)
        lines = (
            f"Taille : {height:.0f} cm. Poids : {weight:.0f} kg.",
            "Croissance régulière.",
            "Vaccins à jour.",
        )
        name = f"Certificat de bonne santé, {int(age)} ans"
        if day > opened:
            space.file(Paper(name, papers.CERTIFICATE, day, DOCTOR, lines))
    care = (
        "En cas de gêne : salbutamol, 4 bouffées avec la chambre d’inhalation.",
        "Pas mieux après 20 minutes : recommencer, et appeler le 15.",
        "Pas d’arachide. Stylo d’adrénaline dans la trousse jaune.",
    )
    space.file(Paper("Plan pour l’école (asthme, arachide)", "44", story.ago(80), DOCTOR, care))
    spray = (
        "Budésonide 200 microgrammes : 1 bouffée le soir",
        "Salbutamol 100 microgrammes : en cas de gêne",
    )
    for days, media in ((1299, Media.PDF), (760, Media.IMAGE), (410, Media.PDF), (70, Media.IMAGE)):
        space.file(Paper("Ordonnance", papers.PRESCRIPTION, story.ago(days), DOCTOR, spray, media))
    crisis = ("Crise d’asthme modérée. Nébulisations, bonne évolution.", "Sortie le lendemain.")
    space.file(Paper("Compte rendu d’hospitalisation", papers.REPORT, story.ago(1299), HOSPITAL, crisis))
    allergy = ("IgE arachide : 12,4 kU/L", "IgE noisette : 0,2 kU/L", "IgE acariens : 5,1 kU/L")
    space.file(Paper("Bilan d’allergie", papers.REPORT, story.ago(1240), LABORATORY, allergy))
    boxes = ("Budésonide : 1 boîte", "Stylo d’adrénaline : 2")
    space.file(Paper("Médicaments remis", papers.DISPENSED, story.ago(69), PHARMACY, boxes, Media.TEXT))
