"""How French is set: spaces that do not break, apostrophes, singular and plural.

Source: "Lexique des règles typographiques en usage à l'Imprimerie nationale".
"""

import re
import unicodedata

from webapp.values.normal import normal

NARROW_SPACE = "\u202f"  # before ; : ! ? and inside numbers and units
FIXED_SPACE = "\u00a0"  # inside guillemets, between a day and its month
APOSTROPHE = "\u2019"

_BEFORE_HIGH_SIGN = re.compile(r"[ \u00a0](?=[;:!?])")
_INSIDE_GUILLEMETS = re.compile(r"(?<=«) | (?=»)")
_EXAMPLE = re.compile(r"(?<=Exemple.: )[^.<]+$")
_ELIDED = re.compile(r"[aeiouœæ]|h[eiouy]|y[^aeiou]")
_STRAIGHT_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=\w)")
_TO_SET = re.compile(r"[ \u00a0][;:!?»]|« |Exemple|'")
"""What is in every sentence that the others change: most have none, and one look says so."""


def typeset(sentence: str) -> str:
    """The sentence with the spaces and apostrophes of French in place of the keyboard's; doing it twice
    changes nothing. Only existing spaces are changed, so that times, addresses and codes are left alone. The example
    that ends a sentence stays on one line.
    """
    if not _TO_SET.search(sentence):
        return sentence
    sentence = _BEFORE_HIGH_SIGN.sub(NARROW_SPACE, sentence)
    sentence = _INSIDE_GUILLEMETS.sub(FIXED_SPACE, sentence)
    sentence = _EXAMPLE.sub(lambda example: example[0].replace(" ", FIXED_SPACE), sentence)
    return _STRAIGHT_APOSTROPHE.sub(APOSTROPHE, sentence)


def plural(count: int, one: str, many: str) -> str:
    """`one` below two, else `many`: in French, zero is singular ("0 essai", "1 essai", "2 essais")."""
    return one if abs(count) < 2 else many


def of_name(name: str) -> str:
    """ "d’Anaïs", "d’Hélène", "de Léo", "de Yann": a name after "de". An h counts as mute, save before an a."""
    bare = normal("NFD", name[:2])
    plain = "".join(sign for sign in bare if not unicodedata.combining(sign)).lower()
    return f"d{APOSTROPHE}{name}" if _ELIDED.match(plain) else f"de {name}"


def listed(words: list[str]) -> str:
    """ "a", "a et b", "a, b et c"."""
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " et " + words[-1]
