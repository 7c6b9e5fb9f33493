"""The steps of each procedure (CONTRACT, settled points): counter, bar and what comes next derive from these."""

from __future__ import annotations

from webapp.values.steps import Counter, Steps, count

LABELS = {
    "identify": "dire qui je suis",
    "where": "choisir comment recevoir le code",
    "enter": "entrer le code",
    "person": "choisir la personne",
    "decide": "décider",
    "confirm": "confirmer",
    "guardian": "me connecter ou créer mon compte",
    "terms": "lire les conditions",
    "identifiers": "choisir mes identifiants",
}

CODE = Steps(("identify", "where", "enter"))
OPEN = Steps(("decide", "terms", "identifiers"))
OPPOSE = Steps(("decide", "confirm"))


def counter(steps: Steps, name: str, *, at_most: bool = False) -> Counter:
    """Where one stands in a procedure, with the words of the step after."""
    return count(steps, name, LABELS, at_most=at_most)


def decision(*, among_several: bool, minor: bool, closing: bool) -> Counter:
    """Both branches, announced before the choice; a child's opening is shorter with an account."""
    ways = counter(opening(among_several=among_several, minor=minor), "decide", at_most=minor)
    other = counter(opposing(among_several=among_several), "decide")
    verb = "fermer" if closing else "m’opposer"
    words = f"{ways.words} pour ouvrir, {other.number} sur {other.total} pour {verb}"
    return Counter(ways.number, 0, None, words)


def guardian(*, among_several: bool) -> Counter:
    """The page that asks for a guardian's account: an access code comes next, or two steps to make an account."""
    here = counter(opening(among_several=among_several, minor=True), "guardian", at_most=True)
    return Counter(here.number, here.total, "entrer un code d’accès, ou créer mon compte", here.words)


def guardian_code(*, among_several: bool) -> Counter:
    """The access code of an existing account: the last step of that way."""
    number = opening(among_several=among_several, minor=True).at("guardian").number + 1
    return Counter(number, number, None, f"Étape {number} sur {number}")


def opening(*, among_several: bool, minor: bool) -> Steps:
    """The steps of an opening: a person to choose, or a guardian to name, adds one."""
    return _among(OPEN.with_step("guardian", before="terms") if minor else OPEN, among_several)


def opposing(*, among_several: bool) -> Steps:
    """The steps of an opposition."""
    return _among(OPPOSE, among_several)


def _among(steps: Steps, several: bool) -> Steps:
    return steps.with_step("person", before="decide") if several else steps
