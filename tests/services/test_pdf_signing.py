"""The signature of a PDF: any byte changed, added or removed is found; keys are read, published and rotated."""

from __future__ import annotations

import base64
import io

import pikepdf
import pypdf
import pytest

from tests.support.receipts import KEY, KEYS, receipt_pdf
from webapp.pdf.receipt_keys import (
    PublicKeys,
    ReceiptKeyError,
    parse_public_keys,
    parse_receipt_keys,
    public_keys,
    public_keys_document,
    receipt_keys,
)
from webapp.pdf.signing import Flaw, Genuine, NotGenuine, sign_pdf, verify_pdf

PUBLIC = public_keys(KEYS)
SMALL = sign_pdf(b"%PDF-1.4\nnot much of a document\n%%EOF\n", KEY, "proof.1")
LINE_START = SMALL.rindex(b"%espace-sante-signature:")


@pytest.fixture(scope="module")
def receipt() -> bytes:
    return receipt_pdf()


def genuine(data: bytes, keys: PublicKeys = PUBLIC) -> bool:
    try:
        verify_pdf(data, keys)
    except NotGenuine:
        return False
    return True


def test_a_signed_pdf_is_genuine_and_says_by_which_key() -> None:
    assert verify_pdf(SMALL, PUBLIC) == Genuine("r2", "proof.1")
    assert verify_pdf(sign_pdf(b"%PDF-1.4\n%%EOF", KEY), PUBLIC) == Genuine("r2", "")


def test_every_change_of_every_byte_of_a_signed_pdf_is_found() -> None:
    # Exhaustive: each of the 255 other values at each place, padding bits of the base64 included.
    for place in range(len(SMALL)):
        for value in range(256):
            if value != SMALL[place]:
                assert not genuine(SMALL[:place] + bytes([value]) + SMALL[place + 1 :]), (place, value)


def test_every_byte_removed_or_added_is_found() -> None:
    for place in range(len(SMALL)):
        assert not genuine(SMALL[:place] + SMALL[place + 1 :]), place
    for place in range(len(SMALL) + 1):
        for added in (b"\n", b"\r", b" ", b"%", b"=", b"A", b"\0", b"\xff"):
            assert not genuine(SMALL[:place] + added + SMALL[place:]), (place, added)


def test_every_byte_of_a_real_receipt_counts(receipt: bytes) -> None:
    assert genuine(receipt)
    tail = range(len(receipt) - 600, len(receipt))
    for place in (*range(0, len(receipt) - 600, 7), *tail):
        assert not genuine(receipt[:place] + bytes([receipt[place] ^ 1]) + receipt[place + 1 :]), place
    for place in tail:
        assert not genuine(receipt[:place] + receipt[place + 1 :]), place


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4\n%%EOF\n",
        SMALL[:LINE_START],
        SMALL[LINE_START:],
        SMALL + SMALL,
        SMALL + SMALL[LINE_START:],
    ],
)
def test_what_holds_no_whole_signature_is_not_genuine(data: bytes) -> None:
    with pytest.raises(NotGenuine) as refused:
        verify_pdf(data, PUBLIC)
    assert refused.value.reason in (Flaw.NO_SIGNATURE, Flaw.ALTERED)


def test_a_stranger_is_told_apart_from_an_alteration() -> None:
    stranger = receipt_keys({"r9": bytes(32)})[0]
    impostor = receipt_keys({"r2": bytes(32)})[0]
    body = b"%PDF-1.4\n%%EOF\n"
    with pytest.raises(NotGenuine) as unknown:
        verify_pdf(sign_pdf(body, stranger), PUBLIC)
    with pytest.raises(NotGenuine) as forged:
        verify_pdf(sign_pdf(body, impostor), PUBLIC)
    assert unknown.value.reason is Flaw.UNKNOWN_KEY
    assert forged.value.reason is Flaw.ALTERED


def test_the_line_can_be_checked_with_nothing_but_ed25519() -> None:
    message, signature = SMALL[:-87], SMALL[-87:-1]
    PUBLIC["r2"].verify(base64.urlsafe_b64decode(signature + b"=="), message)


@pytest.mark.parametrize("pdf", [b"", b"text\n%%EOF\n", b"%PDF-1.4\n", SMALL])
def test_only_a_whole_unsigned_pdf_is_signed(pdf: bytes) -> None:
    with pytest.raises(ValueError, match="whole PDF"):
        sign_pdf(pdf, KEY)


@pytest.mark.parametrize("proof", ["a b", "a:b", "é", "x\n", "x" * 201])
def test_a_proof_that_would_break_the_line_is_refused(proof: str) -> None:
    with pytest.raises(ValueError, match="proof"):
        sign_pdf(b"%PDF-1.4\n%%EOF\n", KEY, proof)


def test_readers_still_open_a_signed_receipt(receipt: bytes) -> None:
    with pikepdf.open(io.BytesIO(receipt), suppress_warnings=False) as document:
        assert len(document.pages) == 1
        assert document.get_warnings() == []
        assert document.check_pdf_syntax() == []
    assert len(pypdf.PdfReader(io.BytesIO(receipt), strict=True).pages) == 1


def test_the_first_key_signs_and_a_retired_one_still_checks() -> None:
    body = b"%PDF-1.4\n%%EOF\n"
    old = sign_pdf(body, parse_receipt_keys(f"a:{base64.b64encode(bytes(32)).decode()}")[0])
    both = parse_receipt_keys(
        f"b:{base64.b64encode(bytes(range(32))).decode()} , a:{base64.b64encode(bytes(32)).decode()}"
    )
    assert [key.id for key in both] == ["b", "a"]
    assert verify_pdf(old, public_keys(both)).key_id == "a"
    assert verify_pdf(sign_pdf(body, both[0]), public_keys(both)).key_id == "b"


def test_the_published_text_checks_and_holds_no_secret() -> None:
    text = public_keys_document(KEYS)
    assert verify_pdf(SMALL, parse_public_keys(text)) == Genuine("r2", "proof.1")
    for key in KEYS:
        seed = key.private.private_bytes_raw()
        assert base64.b64encode(seed).decode() not in text
        assert seed.hex() not in repr(key)
        assert "private" not in repr(key)
    assert parse_public_keys(text.replace("\n", "\r\n")).keys() == PUBLIC.keys()


GOOD = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text", ["", ",", "a", "a:", f":{GOOD}", f"a:{GOOD},a:{GOOD}", f"a-b:{GOOD}", f"a:{GOOD[:-4]}"]
)
def test_a_wrong_key_is_refused_without_being_shown(text: str) -> None:
    with pytest.raises(ReceiptKeyError) as refused:
        parse_receipt_keys(text)
    assert "AAAA" not in str(refused.value)


@pytest.mark.parametrize("text", ["", "# nothing\n", "a\n", f"a {GOOD}\na {GOOD}\n", "a not-base64\n"])
def test_a_wrong_published_text_is_refused(text: str) -> None:
    with pytest.raises(ReceiptKeyError):
        parse_public_keys(text)
