"""The five questions, in order: counter, guard, back and skip derive from this one tuple."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.profile.rules import Kind
from webapp.values.normal import one_line


@dataclass(frozen=True)
class Question:
    """One question; `number` counts from 1. A yes/no question names what a yes adds to the profile."""

    number: int
    name: str
    heading: str
    of_child: str
    """The heading when it is about a child; `name` and `of_name` are filled in."""
    field: str
    kind: Kind
    hint: str
    legend: str = ""


QUESTIONS = (
    Question(
        1,
        "height",
        "Quelle est ma taille\u202f?",
        "Quelle est la taille {of_name}\u202f?",
        "height_m",
        Kind.HEIGHT,
        "En mètres ou en centimètres. Exemples\u202f: 1,72 ou 172",
    ),
    Question(
        2,
        "weight",
        "Quel est mon poids\u202f?",
        "Quel est le poids {of_name}\u202f?",
        "weight_kg",
        Kind.WEIGHT,
        "En kilos. Exemples\u202f: 70 ou 70,5",
    ),
    Question(
        3,
        "illnesses",
        "Ai-je des maladies ou d’autres sujets de santé\u202f?",
        "Est-ce que {name} a des maladies ou d’autres sujets de santé\u202f?",
        "answer",
        Kind.ILLNESS,
        "Par exemple\u202f: diabète, asthme, une grossesse, des douleurs qui durent, une opération.",
        "Lesquels\u202f?",
    ),
    Question(
        4,
        "treatments",
        "Est-ce que je suis un traitement\u202f?",
        "Est-ce que {name} suit un traitement\u202f?",
        "answer",
        Kind.TREATMENT,
        "Médicaments, mais aussi soins et appareils\u202f: kinésithérapie, insuline, lunettes, aide à respirer.",
        "Lesquels\u202f?",
    ),
    Question(
        5,
        "allergies",
        "Ai-je des allergies ou des intolérances\u202f?",
        "Est-ce que {name} a des allergies ou des intolérances\u202f?",
        "answer",
        Kind.ALLERGY,
        "Par exemple\u202f: pénicilline, arachide, pollen, latex, lactose.",
        "Lesquelles\u202f?",
    ),
)
TOTAL = len(QUESTIONS)
ANSWERED, SKIPPED = "answered", "skipped"


def question(number: int) -> Question | None:
    """Return a question by its number, or None."""
    return QUESTIONS[number - 1] if 1 <= number <= TOTAL else None


def next_open(answers: dict[str, str]) -> int | None:
    """Return the number of the first question that was neither answered nor skipped; None when none is left."""
    return next((one.number for one in QUESTIONS if str(one.number) not in answers), None)


def skipped(answers: dict[str, str], after: int = 0) -> list[int]:
    """Return the numbers of the questions that were skipped, those beyond `after`."""
    return [one.number for one in QUESTIONS if one.number > after and answers.get(str(one.number)) == SKIPPED]


def following(number: int, before: dict[str, str]) -> int | None:
    """Return which question comes after one that was just answered or skipped; None: the thank-you page.

    `before`: what was done with each until then. As long as any is left they follow each other. After that, one that
    had been skipped leads to the next such, and one that is only corrected leads back to what is recorded.
    """
    if next_open(before) is not None:
        return number + 1 if number < TOTAL else None
    taken_up = skipped(before, number) if before.get(str(number)) == SKIPPED else []
    return taken_up[0] if taken_up else None


def counter(number: int) -> str:
    """ "Question 2 sur 5"."""
    return f"Question {number} sur {TOTAL}"


def lines(text: str) -> list[str]:
    """Return what was written, one entry a line; hyphens and bullets before it fall, empty lines too."""
    found = (one_line(line.strip(" \t-–•*")) for line in text.splitlines())
    return list(dict.fromkeys(line for line in found if line))
