"""The receipt of a closing: told apart from that of an opposition, whose own stays as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.services.test_pdf_receipt import bare, words
from tests.services.test_receipt_command import folder, verify
from tests.support.receipts import CLOSED, DECIDED_AT, FACTS, KEY, KEYS, NIR, SITE, receipt_pdf
from webapp.pdf.receipt_keys import public_keys
from webapp.pdf.signing import NotGenuine, verify_pdf
from webapp.spaces.receipt_rules import CLOSING, Proof, proof_of, proof_token, read_proof, receipt_sentences

__all__ = ["folder"]

PUBLIC = public_keys(KEYS)
OPPOSITION_PROOF = "r2.AUs3UU0yWFdEOUhUQQBh-5xl"
"""How the proof of FACTS has started since the first version."""


def test_an_opposition_s_proof_is_as_it_always_was() -> None:
    token = proof_of(FACTS, KEY)
    assert token == proof_token(FACTS.reference, FACTS.decided_at, KEY)
    assert token.startswith(OPPOSITION_PROOF)
    assert read_proof(token, PUBLIC) == Proof(FACTS.reference, DECIDED_AT, None)


def test_a_closing_s_proof_says_that_it_is_one_and_nothing_of_anybody() -> None:
    pdf = receipt_pdf(CLOSED)
    proof = read_proof(verify_pdf(pdf, PUBLIC).proof, PUBLIC)
    assert proof == Proof(CLOSED.reference, DECIDED_AT, CLOSING)
    for secret in (NIR, CLOSED.name, CLOSING):
        assert secret.encode() not in pdf.rpartition(b"%%EOF")[2]


def test_one_kind_cannot_be_passed_off_as_the_other() -> None:
    key_id, _, rest = proof_of(CLOSED, KEY).partition(".")
    assert rest.startswith("Al")
    with pytest.raises(NotGenuine):
        read_proof(f"{key_id}.AV{rest[2:]}", PUBLIC)


def test_the_pdf_of_a_closing_says_all_that_its_page_says() -> None:
    text, said = receipt_sentences(CLOSED, SITE), words(receipt_pdf(CLOSED))
    for line in (*text.facts, *text.sections, *text.contacts):
        assert bare(line.label) in said
        assert bare(line.value) in said
    for part in (
        text.title,
        text.check,
        "3 février 2032",
        "https://espace.example.fr/compte/fermer/justificatif",
    ):
        assert bare(part) in said
    assert "opposition" not in said.lower()
    assert not re.search(
        r"[^\u202f][;:!?]", re.sub(r"https://\S+", "", " ".join(line.value for line in text.sections))
    )


def test_the_command_says_which_decision_where_it_is_told(folder: Path) -> None:
    assert "closing" not in verify(folder)[1]
    (folder / "justificatif.pdf").write_bytes(receipt_pdf(CLOSED))
    code, said = verify(folder)
    assert code == 0
    assert "closing of a health space" in said
    assert CLOSED.name not in said
