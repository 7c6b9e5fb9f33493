"""The five rules of the password, and what is refused beyond them."""

import string
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.password import (
    RULES,
    PasswordProblem,
    canonical_password,
    check_rules,
    kept_sentence,
    password_sentence,
    refuse_password,
)

CONTEXT = (
    "Mon espace santé",
    "Hélène Le Goff",
    "1975-03-02",
    "helene.legoff@courrier.example.fr",
    "275037505600163",
)


def kept(password: str) -> set[str]:
    return {state.rule.name for state in check_rules(password) if state.kept}


def test_the_rules_in_the_order_of_the_page() -> None:
    assert [rule.label_fr.replace("\u202f", " ") for rule in RULES] == [
        "8 caractères ou plus",
        "1 minuscule",
        "1 chiffre",
        "1 majuscule",
        "1 caractère spécial, comme ! # ; %",
    ]
    assert [state.rule for state in check_rules("")] == list(RULES)


@pytest.mark.parametrize(
    ("password", "names"),
    [
        ("", set()),
        ("mirabelle7", {"length", "small", "digit"}),
        ("A", {"capital"}),
        ("É", {"capital"}),
        ("E\u0301", {"capital"}),
        ("ß", {"small"}),
        ("ǅ", {"capital"}),
        ("\u0663", {"digit"}),  # an Arabic-Indic three
        ("²", {"special"}),
        ("€", {"special"}),
        ("_", {"special"}),
        ("🙂", {"special"}),
        ("漢", set()),
        (" \u00a0\t", set()),
        ("\u200b\u0301", set()),
        ("abcdefg", {"small"}),
        ("abcdefgh", {"small", "length"}),
        ("e\u0301" * 7, {"small"}),  # seven characters typed on a keyboard that decomposes
        ("Xk9#vQ2m", {"length", "small", "digit", "capital", "special"}),
    ],
)
def test_which_rules_are_kept(password: str, names: set[str]) -> None:
    assert kept(password) == names


@given(st.text(string.printable, max_size=40))
def test_on_ascii_the_rules_are_what_they_say(password: str) -> None:
    expected = {
        "length": len(password) >= 8,
        "small": any(c in string.ascii_lowercase for c in password),
        "digit": any(c in string.digits for c in password),
        "capital": any(c in string.ascii_uppercase for c in password),
        "special": any(c in string.punctuation for c in password),
    }
    assert kept(password) == {name for name, holds in expected.items() if holds}


@given(st.text(max_size=30))
def test_composed_or_not_it_is_the_same_password(password: str) -> None:
    decomposed = unicodedata.normalize("NFD", password)
    assert canonical_password(decomposed) == canonical_password(password)
    assert check_rules(decomposed) == check_rules(password)


def test_how_many_are_kept() -> None:
    assert kept_sentence(check_rules("")) == "0 règle sur 5 respectée"
    assert kept_sentence(check_rules("a")) == "1 règle sur 5 respectée"
    assert kept_sentence(check_rules("mirabelle7")) == "3 règles sur 5 respectées"
    assert kept_sentence(check_rules("Mirabelle-7")) == "5 règles sur 5 respectées"


@pytest.mark.parametrize(
    "password",
    [
        "Mirabelle-7",
        "Xk9#vQ2m",
        "Cheval vert, 3 lampes",
        "Élan2rive#gauche",
        "Souffrance-Trottinette4",
        "Trampoline-7-violon",
        "Perdrix!1975",
        "Xkqz-Paris-98",
        "Courrier-8-zigzag",
    ],
)
def test_taken(password: str) -> None:
    assert refuse_password(password, CONTEXT) is None


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", PasswordProblem.RULES),
        ("mirabelle7", PasswordProblem.RULES),
        ("Xk9#vQ2", PasswordProblem.RULES),
        ("P@ssw0rd1", PasswordProblem.COMMON),
        ("Azerty123!", PasswordProblem.COMMON),
        ("Soleil2024!", PasswordProblem.COMMON),
        ("M0tDeP@sse-1", PasswordProblem.COMMON),
        ("DoudouChouchou1!", PasswordProblem.COMMON),
        ("Abcdefgh1!", PasswordProblem.COMMON),
        ("Ma-Sante-2026", PasswordProblem.CONTEXT),
        ("Ma-S@nté-2026", PasswordProblem.CONTEXT),
        ("Ma-5anté-2026", PasswordProblem.CONTEXT),
        ("Pa7ient-#xkR", PasswordProblem.CONTEXT),
        ("Pharmacie#1x", PasswordProblem.CONTEXT),
        ("Mon.Espace.1", PasswordProblem.CONTEXT),
        ("xHELENEx-42", PasswordProblem.CONTEXT),
        ("He\u0301le\u0300ne-zigzag-4", PasswordProblem.CONTEXT),
        ("Goff!ouragan8", PasswordProblem.CONTEXT),
        ("ffog!Ouragan8", PasswordProblem.CONTEXT),
        ("LEGOFF!ouragan8", PasswordProblem.CONTEXT),
        ("Ouragan!02/03/1975", PasswordProblem.CONTEXT),
        ("Ouragan!2-3-1975", PasswordProblem.CONTEXT),
        ("Ouragan!19750302", PasswordProblem.CONTEXT),
        ("Ouragan!020375", PasswordProblem.CONTEXT),
        ("Ouragan!57913020", PasswordProblem.CONTEXT),
        ("Ouragan!275037", PasswordProblem.CONTEXT),
        ("Ouragan!36100650", PasswordProblem.CONTEXT),
        ("Aa1!" + "x" * 125, PasswordProblem.TOO_LONG),
        ("é" * 100_000, PasswordProblem.TOO_LONG),
    ],
)
def test_refused(password: str, problem: PasswordProblem) -> None:
    assert refuse_password(password, CONTEXT) is problem


def test_short_words_joined_and_what_precedes_the_at_sign() -> None:
    assert refuse_password("LEROY!ouragan8", ["Le Roy"]) is PasswordProblem.CONTEXT
    assert refuse_password("Karine!ouragan8", ["zo.karine@example.fr"]) is PasswordProblem.CONTEXT


def test_without_its_context_a_word_is_only_a_word() -> None:
    assert refuse_password("Goff!ouragan8") is None
    assert refuse_password("Ouragan!19750302") is None


@given(
    st.text(string.ascii_letters, min_size=4, max_size=12), st.sampled_from([str.upper, str.lower, str.title])
)
def test_a_word_of_the_context_is_found_in_any_case(word: str, case: object) -> None:
    assert callable(case)
    assert refuse_password(f"Zk7#{case(word)}%Q4xw", [word]) is PasswordProblem.CONTEXT


@given(st.text(string.ascii_letters + string.digits + string.punctuation, min_size=120, max_size=128))
def test_up_to_128_characters_are_never_too_long(password: str) -> None:
    assert refuse_password(password) is not PasswordProblem.TOO_LONG
    assert refuse_password(password + "x" * 9) is PasswordProblem.TOO_LONG


def test_the_longest_password_is_weighed_about_as_fast_as_a_short_one() -> None:
    def cost(password: str) -> float:
        start = time.process_time()
        for _ in range(3):
            refuse_password(password)
        return time.process_time() - start

    hard = "4@8({[<369!1|05$7+%2Zx" * 6  # everything in it may stand for something else
    cost(hard[:24])
    assert cost(hard[:128]) < 4 * cost(hard[:24]) + 0.02  # 15 times as long when the whole is read


def test_128_decomposed_characters_are_not_too_long() -> None:
    password = "Xk9#" + "".join(chr(code) for code in range(0x1EA0, 0x1EA0 + 88)) + "xwvtrq" * 6
    assert len(password) == 128
    decomposed = unicodedata.normalize("NFD", password)
    assert len(decomposed) > 200
    assert refuse_password(decomposed) is None
    assert refuse_password(decomposed + "z") is PasswordProblem.TOO_LONG


def test_sentences_say_what_to_do() -> None:
    assert password_sentence(PasswordProblem.RULES, "mirabelle7") == (
        "Complétez le mot de passe\u202f: il faut encore 1 majuscule et 1 caractère spécial. "
        "Exemples de caractères spéciaux\u202f:\u202f! #\u202f; %"
    )
    short = password_sentence(PasswordProblem.RULES, "Xk9#")
    assert short.endswith("il faut encore 8 caractères ou plus")
    assert "128" in password_sentence(PasswordProblem.TOO_LONG)
    assert "votre date de naissance" in password_sentence(PasswordProblem.CONTEXT)
    assert "plus difficile à deviner" in password_sentence(PasswordProblem.COMMON)
    for problem in PasswordProblem:
        assert "s3cret-Zz" not in password_sentence(problem, "s3cret-Zz")
