"""What a password must not be made of: words everybody tries first, and facts about the person or this
service.

Source: OWASP ASVS 5.0, 6.2.4 (common passwords) and 6.2.11 (words of the context).
"""

import re
import unicodedata
from collections.abc import Iterable

from webapp.values.normal import normal

SHORTEST_WORD = 4  # letters: shorter ones stand in too many others
DIGITS_RUN = 6  # characters of a number in a row: half a birth date says it all, three digits say nothing
LEFT_OVER = 4  # letters that must remain once the common words are taken out

HEALTH_WORDS = (
    "sante", "medecin", "docteur", "hopital", "pharmacie", "vitale", "ameli", "patient", "malade",
    "maladie", "infirmier", "clinique", "medical", "medicament", "ordonnance", "vaccin", "assurance",
    "securitesociale", "dossier", "monespace",
)  # fmt: skip
# zxcvbn knows the English lists; these are what French ones begin with.
COMMON_WORDS = (
    "motdepasse", "password", "azerty", "qwerty", "qsdfgh", "soleil", "bonjour", "bonsoir", "coucou",
    "doudou", "loulou", "chouchou", "chocolat", "marseille", "bienvenue", "jetaime", "iloveyou",
    "secret", "princesse", "nicolas", "camille", "thomas", "julien", "maison", "france", "paris",
    "amour", "vacances", "printemps", "automne", "hiver", "janvier", "fevrier", "juillet", "septembre",
    "octobre", "novembre", "decembre", "abcdef", "admin",
)  # fmt: skip

_BIRTH_DATE = re.compile(r"\A([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_BREAKS = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SUBSTITUTES = str.maketrans("@4310$57", "aaeiosst")


def squeezed(text: str) -> str:
    """Small letters without accents and digits, nothing else: "Mon espace santé" gives "monespacesante"."""
    return _BREAKS.sub("", _plain(text))


def holds_context(password: str, context: Iterable[str]) -> bool:
    """Whether the password contains a health word or a piece of the context, whatever its case, accents,
    separators and usual substitutes ("S@nté" is "sante"), forwards or backwards.

    A piece is a word of 4 letters or more (or the whole text without its breaks), 6 characters in a row of a
    number, a date as people write it. Dates are given as YYYY-MM-DD; of an e-mail address only what precedes
    the @ counts.
    """
    as_typed = squeezed(password)
    read_as_letters = _BREAKS.sub("", _plain(password).translate(_SUBSTITUTES))
    readings = (as_typed, as_typed[::-1], read_as_letters, read_as_letters[::-1])
    pieces = set(HEALTH_WORDS)
    for text in context:
        pieces |= _pieces(text)
    return any(piece in reading for piece in pieces for reading in readings)


def mostly_common_words(password: str) -> bool:
    """Whether fewer than 4 letters remain once the common words are taken out: digits and signs put around a
    common word are what everybody puts around it."""
    for letters in (squeezed(password), _BREAKS.sub("", _plain(password).translate(_SUBSTITUTES))):
        rest = letters
        for word in COMMON_WORDS:
            rest = rest.replace(word, " ")
        if rest != letters and sum(character.isalpha() for character in rest) < LEFT_OVER:
            return True
    return False


def _pieces(text: str) -> set[str]:
    date = _BIRTH_DATE.match(text.strip())
    if date:
        return _date_pieces(*date.groups())
    if "@" in text:
        text = text.rpartition("@")[0]
    whole = squeezed(text)
    if sum(character.isdigit() for character in whole) > len(whole) // 2:
        return {whole[start : start + DIGITS_RUN] for start in range(len(whole) - DIGITS_RUN + 1)}
    words = {*_LETTERS.findall(_plain(text)), whole}
    return {word for word in words if len(word) >= SHORTEST_WORD}


def _date_pieces(year: str, month: str, day: str) -> set[str]:
    short_day, short_month = day.lstrip("0"), month.lstrip("0")
    return {
        day + month + year, short_day + short_month + year, month + day + year, year + month + day,
        day + month + year[2:], year[2:] + month + day,
    }  # fmt: skip


def _plain(text: str) -> str:
    decomposed = normal("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
