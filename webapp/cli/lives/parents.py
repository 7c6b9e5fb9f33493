"""Two parents who share the space of one of their twins, and correct each other in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from webapp.beneficiaries.generator_demo import DEMO_PEOPLE, DemoPerson
from webapp.cli.lives import papers
from webapp.cli.lives.mother_papers import LABORATORY
from webapp.cli.lives.papers import Paper
from webapp.cli.lives.space import Bearer
from webapp.cli.lives.story import Story
from webapp.profile.rules import Kind
from webapp.values.ages import is_minor

TWIN, TWIN_AGAIN = DEMO_PEOPLE[3], DEMO_PEOPLE[4]
NURSE = "Docteur Corentin Brumevallée, pédiatrie\n4 quai des Aulnes, 44000 Nantes"


def _parent(card: DemoPerson, born: date) -> DemoPerson:
    return replace(card, birth_date=born)


def live(story: Story, hashed: str, identifiers: tuple[str, str]) -> None:
    """Tell it: the mother opened the space, the father was invited, a treatment was corrected by each."""
    solene = Bearer(story, *story.who(_parent(TWIN, date(1982, 3, 17))))
    yann = Bearer(story, *story.who(_parent(TWIN_AGAIN, date(1980, 11, 2))))
    solene.begin(story.ago(500), identifiers[0], hashed)
    yann.begin(story.ago(420), identifiers[1], hashed)
    anais = story.who(TWIN, "Anaïs")[0]
    if not is_minor(anais.birth_date, story.today):
        return
    hers = solene.open(story.ago(490), anais)
    his = yann.join(story.ago(415), hers)
    name = "Fer en gouttes"
    hers.say(story.ago(480), Kind.TREATMENT, name=name, dose="10 gouttes par jour")
    his.correct(story.ago(300), Kind.TREATMENT, name, dose="15 gouttes par jour")
    hers.correct(story.ago(180), Kind.TREATMENT, name, dose="15 gouttes un jour sur deux")
    his.say(story.ago(300), Kind.ILLNESS, name="Manque de fer")
    hers.say(story.ago(480), Kind.NO_ALLERGY)
    iron = ("Ferritine : 9 µg/L (15 à 80)", "Hémoglobine : 11,2 g/dL (11,5 à 15,5)")
    hers.file(Paper("Analyse de sang", papers.REPORT, story.ago(481), LABORATORY, iron))
    drops = ("Fer en gouttes : 15 gouttes par jour pendant trois mois",)
    his.file(Paper("Ordonnance", papers.PRESCRIPTION, story.ago(301), NURSE, drops))
