"""The steps of each procedure (CONTRACT, settled points): counter, bar and what comes next derive from these."""

from __future__ import annotations

from webapp.values.steps import Counter, Steps, count

LABELS = {
    "identify": "dire qui je suis",
    "where": "choisir comment recevoir le code",
    "enter": "entrer le code",
    "verify": "vérifier que c’est bien moi",
    "person": "choisir la personne",
    "decide": "décider",
    "confirm": "confirmer",
    "guardian": "me connecter ou créer mon compte",
    "terms": "lire les conditions",
    "identifiers": "choisir mes identifiants",
}

CODE = Steps(("identify", "where", "enter"))
INVITED = Steps(("enter", "verify"))
"""With the code of an invitation, which nobody identified for."""
OPEN = Steps(("decide", "terms", "identifiers"))
OPPOSE = Steps(("decide", "confirm"))


def counter(steps: Steps, name: str, *, at_most: bool = False) -> Counter:
    """Where one stands in a procedure, with the words of the step after."""
    return count(steps, name, LABELS, at_most=at_most)


def typed_code() -> Counter:
    """The code of whoever comes with one: it may be that of an invitation, which asks for one page more."""
    return Counter(1, 0, None, f"Étape 1 sur 1, ou 1 sur {len(INVITED.names)} avec le code d’une invitation")


def person(*, minor: bool) -> Counter:
    """The choice among several people: both branches, announced before it."""
    ways = counter(opening(among_several=True, minor=minor), "person", at_most=minor)
    other = counter(opposing(among_several=True), "person")
    words = f"{ways.words} pour ouvrir, {other.number} sur {other.total} pour m’opposer"
    return Counter(ways.number, 0, ways.next_label, words)


def decision(
    *,
    among_several: bool,
    minor: bool,
    closing: bool = False,
    opposed: bool = False,
    with_account: bool = False,
) -> Counter:
    """Both branches, announced before the choice; a child's opening is shorter with an account."""
    way = opening(among_several=among_several, minor=minor, with_account=with_account)
    ways = counter(way, "decide", at_most=minor)
    other = counter(opposing(among_several=among_several), "decide")
    if opposed:  # keeping an opposition asks for no confirmation
        no = f"{other.number} sur {other.number} pour garder mon opposition"
    else:
        no = f"{other.number} sur {other.total} pour {'fermer' if closing else 'm’opposer'}"
    return Counter(ways.number, 0, None, f"{ways.words} pour ouvrir, {no}")


def guardian(*, among_several: bool, known: bool = False) -> Counter:
    """The page that asks for a guardian's account: an access code comes next, or two steps to make an account.

    With the account of this visit (`known`) the space opens at once, and another one asks for its access code.
    """
    if known:
        last = guardian_code(among_several=among_several)
        return Counter(last.number - 1, last.total, None, f"Étape {last.number - 1} sur {last.total} au plus")
    here = counter(opening(among_several=among_several, minor=True), "guardian", at_most=True)
    return Counter(here.number, here.total, "entrer un code d’accès, ou créer mon compte", here.words)


def guardian_code(*, among_several: bool) -> Counter:
    """The access code of an existing account: the last step of that way."""
    number = opening(among_several=among_several, minor=True).at("guardian").number + 1
    return Counter(number, number, None, f"Étape {number} sur {number}")


def opening(*, among_several: bool, minor: bool, with_account: bool = False) -> Steps:
    """The steps of an opening: a person to choose, or a guardian to name, adds one; an own account takes one away."""
    if minor:
        return _among(OPEN.with_step("guardian", before="terms"), among_several)
    return _among(Steps(OPEN.names[:-1]) if with_account else OPEN, among_several)


def opposing(*, among_several: bool) -> Steps:
    """The steps of an opposition."""
    return _among(OPPOSE, among_several)


def _among(steps: Steps, several: bool) -> Steps:
    return steps.with_step("person", before="decide") if several else steps
