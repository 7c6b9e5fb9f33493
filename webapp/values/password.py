"""The password: five rules said from the start, and what is refused beyond them.

The five rules are the mission's; ASVS 5.0, 6.2.5, advises against rules of composition: a deviation that is
documented. Length is counted in characters of the composed form (NFC), 8 to 128. A special character is one
that is neither a letter, nor a digit, nor an accent, nor a space: spaces are allowed and count in the length,
but someone who ends a password with one cannot see it, so it does not keep this rule.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from webapp.values.french import listed, plural, typeset
from webapp.values.guessable import holds_context, mostly_common_words
from webapp.values.normal import normal

SHORTEST = 8
LONGEST = 128

# Characters that zxcvbn reads: on a hostile password it takes 0.06 s for 24 and 1.2 s for 128 (measured).
_WEIGHED = 24
_TOO_GUESSABLE = 2  # zxcvbn scores below it: found in less than a million guesses


@dataclass(frozen=True, slots=True)
class Rule:
    """`label_fr` is what the page lists, `piece_fr` what a sentence names when it is missing."""

    name: str
    label_fr: str
    piece_fr: str


@dataclass(frozen=True, slots=True)
class RuleState:
    """Whether a password keeps a rule."""

    rule: Rule
    kept: bool


class PasswordProblem(Enum):
    """Why a password cannot be taken."""

    RULES = "rules"
    TOO_LONG = "too_long"
    COMMON = "common"
    CONTEXT = "context"


RULES: tuple[Rule, ...] = (
    Rule("length", "8 caractères ou plus", "8 caractères ou plus"),
    Rule("small", "1 minuscule", "1 minuscule"),
    Rule("digit", "1 chiffre", "1 chiffre"),
    Rule("capital", "1 majuscule", "1 majuscule"),
    Rule("special", typeset("1 caractère spécial, comme ! # ; %"), "1 caractère spécial"),
)


def canonical_password(text: str) -> str:
    """The form that is checked and hashed: NFC, so that an é is the same from every keyboard."""
    return normal("NFC", text)


def check_rules(password: str) -> tuple[RuleState, ...]:
    """Which rules are kept, in the order of RULES. Letters and digits of every script count as such."""
    text = canonical_password(password)
    kinds = {_kind(character) for character in text[: LONGEST + 1]}
    kept: dict[str, bool] = {name: name in kinds for name in ("small", "digit", "capital", "special")}
    kept["length"] = len(text) >= SHORTEST
    return tuple(RuleState(rule, kept[rule.name]) for rule in RULES)


def kept_sentence(states: Iterable[RuleState]) -> str:
    """ "3 règles sur 5 respectées"."""
    states = tuple(states)
    kept = sum(state.kept for state in states)
    rules, respected = plural(kept, "règle", "règles"), plural(kept, "respectée", "respectées")
    return f"{kept} {rules} sur {len(states)} {respected}"


def refuse_password(password: str, context: Iterable[str] = ()) -> PasswordProblem | None:
    """Why this password cannot be taken, or None.

    `context` holds what others may know: site name, own names, birth date (YYYY-MM-DD), e-mail, NIR. Too long
    comes first, so that nothing slow ever reads an endless text.
    """
    text = canonical_password(password[: LONGEST * 4])  # four code points at most compose into one
    if len(text) > LONGEST or len(password) > LONGEST * 4:
        return PasswordProblem.TOO_LONG
    if not all(state.kept for state in check_rules(text)):
        return PasswordProblem.RULES
    words = tuple(context)
    if holds_context(text, words):
        return PasswordProblem.CONTEXT
    if mostly_common_words(text) or _zxcvbn_score(text, words) < _TOO_GUESSABLE:
        return PasswordProblem.COMMON
    return None


def password_sentence(problem: PasswordProblem, password: str = "") -> str:
    """What to do about it, in French. For RULES, the password tells which ones are missing; it is never
    repeated.
    """
    if problem is PasswordProblem.RULES:
        missing = [state.rule.piece_fr for state in check_rules(password) if not state.kept]
        sentence = f"Complétez le mot de passe : il faut encore {listed(missing)}"
        if any(not state.kept and state.rule.name == "special" for state in check_rules(password)):
            sentence += ". Exemples de caractères spéciaux : ! # ; %"
    elif problem is PasswordProblem.TOO_LONG:
        sentence = f"Raccourcissez le mot de passe : il peut avoir {LONGEST} caractères au plus"
    elif problem is PasswordProblem.CONTEXT:
        sentence = (
            "Choisissez un mot de passe qui ne parle ni de vous ni de santé. "
            "À éviter, par exemple : votre nom, votre date de naissance, le nom de ce site"
        )
    else:
        sentence = (
            "Choisissez un mot de passe plus difficile à deviner. "
            "Par exemple, trois ou quatre mots sans rapport entre eux, un chiffre et un signe"
        )
    return typeset(sentence)


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    kinds: dict[str, str] = {"Ll": "small", "Lu": "capital", "Lt": "capital", "Nd": "digit"}
    if category in kinds:
        return kinds[category]
    neither = category[0] in "LMZC"  # other letters, accents, spaces, invisible characters
    return "other" if neither else "special"


def _zxcvbn_score(password: str, words: tuple[str, ...]) -> int:
    """0 (one of the first tried) to 4, of the first 24 characters. English words only: hence our own list."""
    from zxcvbn_rs_py import zxcvbn

    return int(zxcvbn(password[:_WEIGHED], list(words)).score)
