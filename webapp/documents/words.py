"""Documents in words: why a file is not taken, and what to do; who added one."""

from __future__ import annotations

from webapp.documents.cleaning import Problem
from webapp.documents.index import Flaw, IndexProblem
from webapp.documents.rules import Media

NNBSP = "\u202f"

WHY = {
    Problem.EMPTY: "le fichier est vide. Je choisis un autre fichier.",
    Problem.LARGE: "le fichier pèse plus de 10\u00a0Mo. Si c’est une photo, j’en fais une capture d’écran. "
    "Si c’est un PDF, je l’envoie en plusieurs parties.",
    Problem.KIND: "ce n’est ni un PDF, ni une photo (JPEG, PNG, WebP), ni un texte (.txt). "
    "Depuis un autre logiciel, je choisis «\u00a0Enregistrer en PDF\u00a0».",
    Problem.HEIC: "ce format de photo (HEIC) n’est pas lisible partout. Sur l’iPhone, je choisis la photo dans Photos "
    "et non dans Fichiers. Ou je l’ouvre, je fais une capture d’écran et j’envoie la capture.",
    Problem.ARCHIVE: "c’est un dossier compressé, ou un document de bureautique. Je l’ouvre, et j’envoie ce qu’il "
    "contient en PDF.",
    Problem.LOCKED: "ce PDF demande un mot de passe. Je l’ouvre, je l’imprime en PDF, et j’envoie ce nouveau fichier.",
    Problem.BROKEN: "le fichier est abîmé ou incomplet. Je le télécharge ou je le photographie de nouveau.",
    Problem.PIXELS: "l’image est trop grande. J’en fais une photo plus petite.",
    Problem.TOO_MUCH: "le fichier est trop compliqué à vérifier. Je l’imprime en PDF, ou j’en fais une photo.",
}
"""Why, and what to do, after the name of the file."""
WHY_INDEX = {
    Flaw.LARGE: "la table est trop longue. Je l’envoie en plusieurs fois.",
    Flaw.COLUMNS: "il faut les colonnes fichier, nom, categorie et date.",
    Flaw.CATEGORY: "la catégorie n’est pas une de celles de la liste.",
    Flaw.DATE: f"la date n’est pas un jour passé. Exemple{NNBSP}: 12/3/2024",
}
NO_ROOM = (
    f"Il n’y a plus assez de place{NNBSP}: un espace garde jusqu’à 2\u00a0Go de documents, corbeille comprise. "
    "Un document supprimé libère sa place après 30 jours. "
    "Je peux envoyer moins de fichiers, ou des photos plus petites."
)
FORMATS = {Media.PDF: "PDF", Media.IMAGE: "Image", Media.TEXT: "Texte"}


def refusal(file: str, problem: Problem) -> str:
    """ "bilan.zip : c’est un dossier compressé…"."""
    return f"{file}{NNBSP}: {WHY[problem]}"


def index_refusal(error: IndexProblem) -> str:
    """Why an index is not taken, and what to do."""
    return f"index.csv, ligne {error.line}{NNBSP}: {WHY_INDEX[error.flaw]}"


def by_whom(mine: bool) -> str:
    """Say who added a document, as far as an account may know."""
    return "par moi" if mine else "par un autre compte"
