"""Masks: recognised by the owner, useless to others."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.values.masking import DOTS, mask_email, mask_phone

LABEL = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=20)


@given(
    st.text(string.ascii_letters + string.digits + "._-+", min_size=1, max_size=64),
    st.lists(LABEL, min_size=2),
)
def test_an_address_shows_two_letters_and_the_last_label(local: str, labels: list[str]) -> None:
    masked = mask_email(local + "@" + ".".join(labels))
    assert masked == f"{local[0]}•••••@{labels[0][0]}•••••.{labels[-1]}"


@given(st.text(max_size=60))
def test_any_text_is_masked(text: str) -> None:
    masked = mask_email(text)
    tail = text.strip().rpartition("@")[2].rpartition(".")[2]
    assert DOTS in masked
    assert len(masked) <= len(f"a{DOTS}@b{DOTS}.") + len(tail)


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("camille.durand@example.fr", "c•••••@e•••••.fr"),
        ("c@example.fr", "c•••••@e•••••.fr"),
        ("camille@courrier.sante.example.fr", "c•••••@c•••••.fr"),
        ('"a@b"@example.org', '"•••••@e•••••.org'),
        ("camille@localhost", "c•••••@l•••••"),
        ("camille", DOTS),
        ("@example.fr", DOTS),
        ("camille@", DOTS),
        ("", DOTS),
    ],
)
def test_addresses_by_example(address: str, masked: str) -> None:
    assert mask_email(address) == masked


@given(st.integers(600_000_000, 799_999_999))
def test_a_french_number_shows_its_first_two_and_last_two_digits(national: int) -> None:
    shown = mask_phone(f"+33{national}").split("\u202f")
    assert shown == [f"0{str(national)[0]}", "••", "••", "••", str(national)[-2:]]


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("+33612345678", "06 •• •• •• 78"),
        ("+262692123456", "06 •• •• •• 56"),
        ("+4915112345678", "+49 •• •• •• 78"),
        ("+32470123456", "+32 •• •• •• 56"),
        ("0612345678", DOTS),
        ("+3312", DOTS),
        ("", DOTS),
    ],
)
def test_numbers_by_example(number: str, masked: str) -> None:
    assert mask_phone(number).replace("\u202f", " ") == masked
