"""The documents of Nadia Belombrière."""

from __future__ import annotations

from datetime import date, timedelta

from webapp.cli.lives import papers
from webapp.cli.lives.papers import Paper
from webapp.cli.lives.space import Space
from webapp.cli.lives.story import Story
from webapp.documents.rules import Media

LABORATORY = "Laboratoire des Trois-Fontaines\n8 rue du Puits-Salé, 75011 Paris"
DOCTOR = "Docteure Aliénor Vautremont, médecine générale\n15 rue des Quatre-Saules, 75011 Paris"
HOSPITAL = "Hôpital de la Butte-aux-Saules\n40 boulevard des Oiseaux, 75020 Paris"
IMAGES = "Centre d’imagerie du Canal-Perdu\n3 quai des Martinets, 75010 Paris"
DENTIST = "Docteur Basile Ormerelle, chirurgien-dentiste\n22 rue des Lanternes, 75011 Paris"
PHARMACY = "Pharmacie de la Lune-Rousse\n1 place des Marronniers, 75011 Paris"


def _blood(story: Story, number: int) -> tuple[str, ...]:
    chance = story.random
    return (
        f"Hémoglobine            13,{chance.randrange(1, 9)} g/dL      (12,0 à 16,0)",
        f"Ferritine              {40 + 6 * number} µg/L       (15 à 150)",
        f"TSH                    {3 - number * 0.2:.1f} mUI/L     (0,4 à 4,0)".replace(".", ","),
        f"Glycémie à jeun        0,{88 + number} g/L       (0,70 à 1,10)",
        f"Cholestérol total      1,{chance.randrange(78, 99)} g/L       (moins de 2,00)",
        "",
        "Biologiste médicale : Docteure Ombeline Tarquery",
    )


def file_papers(story: Story, space: Space, opened: date) -> None:
    """Tell which ones came, since the space was opened."""
    for number in range(11):
        day = opened + timedelta(days=25 + 192 * number)
        space.file(Paper("Analyse de sang", papers.REPORT, day, LABORATORY, _blood(story, number)))
    for number in range(12):
        day = opened + timedelta(days=4 + 180 * number)
        dose = "50" if number < 3 else "75"
        lines = (
            f"Lévothyroxine {dose} microgrammes : 1 comprimé le matin à jeun",
            "Salbutamol 100 microgrammes : 2 bouffées en cas de gêne",
            "Pour six mois",
        )
        kept = Media.IMAGE if number % 4 == 1 else Media.PDF
        space.file(Paper("Ordonnance", papers.PRESCRIPTION, day, DOCTOR, lines, kept))
    knee = ("Genou gauche, deux incidences.", "Pas de fracture. Léger épanchement.")
    pictures: tuple[tuple[int, str, tuple[str, ...], Media], ...] = (
        (2050, "Échographie de la thyroïde", ("Thyroïde de taille normale.", "Pas de nodule."), Media.PDF),
        (1180, "Radio du thorax", ("Pas d’anomalie visible.",), Media.IMAGE),
        (301, "Radio du genou gauche", knee, Media.IMAGE),
        (285, "IRM du genou gauche", ("Ligaments continus. Entorse bénigne.",), Media.PDF),
    )
    for days, name, seen, media in pictures:
        space.file(Paper(name, papers.IMAGING, story.ago(days), IMAGES, seen, media))
    space.file(
        Paper(
            "Compte rendu d’échographie du genou",
            *(papers.REPORT, story.ago(284), IMAGES, ("Épanchement résorbé.", "Reprise du vélo possible.")),
        )
    )
    emergency = ("Entorse du genou gauche après une chute à vélo.", "Attelle dix jours, puis kinésithérapie.")
    space.file(
        Paper("Compte rendu de passage aux urgences", papers.REPORT, story.ago(302), HOSPITAL, emergency)
    )
    birth = (
        "Accouchement par voie basse à 39 semaines.",
        "Suites simples.",
        "Diabète gestationnel suivi par régime.",
    )
    letter = Paper("Lettre de sortie de maternité", papers.SUMMARY, date(2019, 1, 24), HOSPITAL, birth)
    space.file(letter, added=opened + timedelta(days=2))
    knee_care = ("Kinésithérapie du genou gauche : 15 séances", "Deux par semaine, puis une")
    space.file(Paper("Ordonnance de kinésithérapie", papers.PRESCRIPTION, story.ago(299), DOCTOR, knee_care))
    glasses = ("Verres pour l’écran et la lecture", "Œil droit : + 0,75", "Œil gauche : + 0,50")
    eyes = "Docteur Anselme Quintefeuille, ophtalmologie\n9 rue des Lucioles, 75012 Paris"
    space.file(
        Paper("Ordonnance de lunettes", papers.PRESCRIPTION, story.ago(730), eyes, glasses, Media.IMAGE)
    )
    boxes = ("Salbutamol 100 microgrammes : 1 boîte", "Lévothyroxine : 3 boîtes de 30 comprimés")
    for days in (1500, 1130, 760, 395, 28):
        space.file(Paper("Médicaments remis", papers.DISPENSED, story.ago(days), PHARMACY, boxes, Media.TEXT))
    sport = ("Pas de contre-indication à la pratique de la natation.",)
    for days in (1420, 690):
        space.file(Paper("Certificat de sport", papers.CERTIFICATE, story.ago(days), DOCTOR, sport))
    talk = ("Suivi d’une période d’épuisement.", "Repos conseillé, prochain rendez-vous dans un mois.")
    care = "Monsieur Thibault Ancelmont, psychologue\n6 impasse des Tilleuls, 75011 Paris"
    space.file(
        Paper("Compte rendu de suivi psychologique", papers.REPORT, story.ago(880), care, talk), hidden=True
    )
    teeth = ("Détartrage : 43,38 €", "Une carie soignée, dent 36.")
    space.file(Paper("Devis du dentiste", papers.MINE, story.ago(510), DENTIST, teeth), thrown=story.ago(6))
    notes = ("Pollens : symptômes du 3 avril au 20 juin.", "Demander un bilan chez l’allergologue.")
    own = Paper(
        "Mes notes pour le médecin", papers.MINE, story.ago(150), "Notes personnelles", notes, Media.TEXT
    )
    space.file(own)
