"""The provisional code: 12 characters that one person copies from a screen, a telephone or a sheet of paper.

Its alphabet leaves out what is taken for something else in print or by hand: 0 O, 1 I L, and the weaker half
of 8 B, 5 S, 2 Z, V U Y, F E. 12 characters of 25 are 55 bits, and each code may be tried 5 times only.
"""

import re
import secrets

ALPHABET = "23456789ACDFGHJKMNPQRTVWX"
CODE_LENGTH = 12
GROUP_LENGTH = 4

_IGNORED = re.compile(r"[\s.,:;\-\u2010-\u2015\u2212\u2060\ufeff\u200b/_]+")
_LOOK_ALIKES = str.maketrans("BSZUYE", "852VVF")  # each has one possible reading; 0 O 1 I L have several
_SHAPE = re.compile(rf"\A[{ALPHABET}]{{{CODE_LENGTH}}}\Z")

_LONG = 30
"""Signs of a text that is no code, however it was spaced: a whole message."""
_TWELVE_IN = re.compile(r" ".join([rf"[{ALPHABET}]{{{GROUP_LENGTH}}}"] * 3))
_SIX_IN = re.compile(r"(?<![0-9])[0-9]{6}(?![0-9])")


def new_code() -> str:
    """A fresh code, from the system's generator of secrets."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def normalise_code(text: str) -> str:
    """What was typed or pasted, as codes are made: capitals, no spaces, dashes or dots, look-alikes put
    right.
    """
    return _IGNORED.sub("", text).upper().translate(_LOOK_ALIKES)


def code_in(message: str, *, six_digits: bool = False) -> str:
    """The code of a whole message that was pasted (old telephones copy no less), else the text as it is.

    A field of one line drops the ends of lines: words and figures may stand against the code.
    """
    found = set((_SIX_IN if six_digits else _TWELVE_IN).findall(message))
    return found.pop() if len(message) > _LONG and len(found) == 1 else message


def has_code_shape(code: str) -> bool:
    """Whether a normalised text could be a code at all."""
    return _SHAPE.match(code) is not None


def group_code(code: str) -> str:
    """ "K7QM 2XWD 9HTA": plain spaces, so that it can be copied anywhere."""
    return " ".join(code[start : start + GROUP_LENGTH] for start in range(0, len(code), GROUP_LENGTH))
