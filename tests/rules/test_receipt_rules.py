"""The receipt's reference, its proof, and what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.receipts import DECIDED_AT, FACTS, KEY, KEYS, NIR, SITE
from webapp.pdf.receipt_keys import public_keys, receipt_keys
from webapp.pdf.signing import Flaw, NotGenuine
from webapp.spaces.receipt_rules import (
    Proof,
    group_reference,
    is_proof_token,
    new_reference,
    normalise_reference,
    proof_token,
    read_proof,
    receipt_context,
    receipt_sentences,
    verify_address,
)
from webapp.values.codes import ALPHABET

PUBLIC = public_keys(KEYS)
TOKEN = proof_token(FACTS.reference, DECIDED_AT, KEY)
REFERENCES = st.text(ALPHABET, min_size=12, max_size=12)
MOMENTS = st.datetimes(datetime(1970, 1, 2), datetime(2999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def test_references_do_not_repeat_and_read_back() -> None:
    references = {new_reference() for _ in range(300)}
    assert len(references) == 300
    assert all(re.fullmatch(r"(\w{4}-){2}\w{4}", group_reference(each)) for each in references)


@given(REFERENCES, st.sampled_from(["", " ", "-", "\u202f", " - "]), st.booleans())
def test_a_reference_is_read_however_it_was_typed(reference: str, separator: str, small: bool) -> None:
    typed = separator.join(reference)
    assert normalise_reference(typed.lower() if small else typed) == reference
    assert normalise_reference(group_reference(reference)) == reference


@pytest.mark.parametrize(
    "text", ["", "K7QM", "K7QM-2XWD-9HT", "K7QM-2XWD-9HTAA", "K7QM-2XWD-9HT0", "é" * 12, TOKEN]
)
def test_what_cannot_be_a_reference_is_none(text: str) -> None:
    assert normalise_reference(text) is None


@given(REFERENCES, MOMENTS)
@example("K7QM2XWD9HTA", datetime(2515, 1, 1, 0, 0, 0, 999_999, tzinfo=UTC))  # a float would round it up
def test_a_proof_shows_reference_and_second(reference: str, moment: datetime) -> None:
    token = proof_token(reference, moment, KEY)
    assert is_proof_token(token)
    assert re.fullmatch(r"[A-Za-z0-9_.-]{1,127}", token)
    assert read_proof(token, PUBLIC) == Proof(reference, moment.replace(microsecond=0))


def test_a_proof_tells_utc_whatever_the_zone_it_was_given() -> None:
    paris = DECIDED_AT.astimezone(timezone(timedelta(hours=1)))
    assert proof_token(FACTS.reference, paris, KEY) == TOKEN
    assert read_proof(TOKEN, PUBLIC).decided_at.utcoffset() == timedelta(0)


def test_every_change_of_every_character_of_a_proof_is_found() -> None:
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ %"
    for place in range(len(TOKEN)):
        changed = [TOKEN[:place] + sign + TOKEN[place + 1 :] for sign in signs if sign != TOKEN[place]]
        for token in (*changed, TOKEN[:place] + TOKEN[place + 1 :], TOKEN[:place] + "A" + TOKEN[place:]):
            with pytest.raises(NotGenuine):
                read_proof(token, PUBLIC)
    for token in ("", TOKEN + "\n", TOKEN + "=", " " + TOKEN, TOKEN + TOKEN):
        with pytest.raises(NotGenuine):
            read_proof(token, PUBLIC)


def test_a_strangers_proof_is_told_apart_from_an_altered_one() -> None:
    stranger = receipt_keys({"r9": bytes(32)})[0]
    impostor = receipt_keys({KEY.id: bytes(32)})[0]
    flaws = []
    for key in (stranger, impostor):
        with pytest.raises(NotGenuine) as refused:
            read_proof(proof_token(FACTS.reference, DECIDED_AT, key), PUBLIC)
        flaws.append(refused.value.reason)
    assert flaws == [Flaw.UNKNOWN_KEY, Flaw.ALTERED]


def test_the_token_depends_on_nothing_personal() -> None:
    other = replace(FACTS, name="Autre Personne", nir="255127505600144")
    assert receipt_context(other, SITE, KEY)["verify_url"] == receipt_context(FACTS, SITE, KEY)["verify_url"]


@pytest.mark.parametrize("reference", ["", "K7QM2XWD9HT", "K7QM-2XWD-9HTA", "k7qm2xwd9hta"])
def test_a_proof_needs_a_whole_reference(reference: str) -> None:
    with pytest.raises(ValueError, match="reference"):
        proof_token(reference, DECIDED_AT, KEY)
    with pytest.raises(ValueError, match="reference"):
        replace(FACTS, reference=reference)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        proof_token(FACTS.reference, DECIDED_AT.replace(tzinfo=None), KEY)
    with pytest.raises(ValueError, match="zone"):
        replace(FACTS, decided_at=DECIDED_AT.replace(tzinfo=None))


def test_name_and_number_are_not_in_the_facts_own_words() -> None:
    assert NIR not in repr(FACTS)
    assert FACTS.name not in repr(FACTS)


def test_addresses_have_one_slash() -> None:
    assert verify_address("https://a.example/", "X") == verify_address("https://a.example", "X")
    assert verify_address("https://a.example", "X") == "https://a.example/verifier/X"


def test_the_sentences_hold_what_a_receipt_owes() -> None:
    text = receipt_sentences(FACTS, SITE)
    facts = dict(text.facts)
    assert facts["Nom"] == FACTS.name
    assert facts["Numéro de sécurité sociale"] == "1\u202f55\u202f12\u202f75\u202f056\u202f001\u202f46"
    assert facts["Date et heure"] == "3\u00a0février 2022 à 10\u202fh\u202f12 (heure de Paris)"
    assert facts["Référence du justificatif"] == "K7QM-2XWD-9HTA"
    assert "à tout moment" in dict(text.sections)["Changer d’avis"]
    assert SITE.public_url in dict(text.sections)["Changer d’avis"]
    assert {SITE.publisher, SITE.hosting, SITE.dpo_contact, SITE.help_phone} == set(
        dict(text.contacts).values()
    )
    assert "site officiel" in text.closing
    assert text.warning == ""
    assert receipt_sentences(FACTS, replace(SITE, demonstration=True)).warning != ""


def test_the_sentences_are_set_in_french() -> None:
    text = receipt_sentences(FACTS, replace(SITE, demonstration=True))
    for words in (text.title, text.warning, text.closing, *(part for line in text.sections for part in line)):
        without_addresses = words.replace(SITE.public_url, "")
        assert not re.search(r"[^\u202f][;:!?]", without_addresses)
        assert "'" not in words
