"""Rules of documents: names that say nothing odd, days however they are written, words that find names."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.documents.categories import categories
from webapp.documents.rules import (
    LONGEST_NAME,
    OLDEST,
    Media,
    called,
    file_name,
    in_words,
    name_of_file,
    names_of,
    numbered,
    parse_day,
    parse_period,
    show_day,
    tidy_name,
)
from webapp.documents.searching import matches
from webapp.values.plain_words import words_of

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("Bilan.pdf", "Bilan"),
        ("C:\\Users\\moi\\Bilan.PDF", "Bilan"),
        ("../../../etc/passwd", "passwd"),
        ("a\x00b\r\nSet-Cookie: x.txt", "a b Set-Cookie: x"),
        ("fdp.\u202egnp.exe", "fdp.gnp"),
        ("...", "Document"),
        ("", "Document"),
        (".htaccess", "htaccess"),
        ("Ordonnance du 3.4.2024.jpg", "Ordonnance du 3.4.2024"),
        ("/", "Document"),
        ("x" * 500 + ".pdf", "x" * 120),
    ],
)
def test_a_file_gives_its_name(sent: str, name: str) -> None:
    assert name_of_file(sent) == name


@given(st.text(max_size=300))
def test_a_name_holds_one_line_that_can_be_read(sent: str) -> None:
    for name in (tidy_name(sent), name_of_file(sent), called(sent), file_name(tidy_name(sent), Media.PDF)):
        assert len(name) <= LONGEST_NAME + 4
        assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in name)
        assert name == name.strip()
    assert tidy_name(tidy_name(sent)) == tidy_name(sent)
    for name in (name_of_file(sent), file_name(sent, Media.TEXT)):
        assert not set(name) & set("/\\")
        assert name not in ("", ".", "..")


def test_what_a_telephone_called_is_named_by_its_sort() -> None:
    """IMG_20261129 says nothing to a doctor: a photo of a prescription is one."""
    phone = [
        "IMG_20261129_101530.jpg",
        "image.jpg",
        "IMG-20240102-WA0003.jpeg",
        "PXL_20240102.jpg",
        "Scan0001.pdf",
    ]
    for one in (*phone, "Capture d’écran 2024-01-02.png", "Screenshot_1.png", "20240102.jpg"):
        assert names_of([one], "", "Prescription") == ["Prescription"]
        assert names_of([one], "Lunettes", "Prescription") == ["Lunettes"]
        assert names_of([one], "", "") == [name_of_file(one)]
    for one in ("IRM.pdf", "Imagerie.jpg", "Photo de ma main.jpg", "Pharmacie.pdf"):
        assert names_of([one], "", "Prescription") == [name_of_file(one)]
    assert names_of([phone[0], "IRM.pdf", phone[1]], "", "Compte rendu") == [
        "Compte rendu (1)",
        "IRM",
        "Compte rendu (2)",
    ]


@given(st.integers(1, 10), st.text(st.characters(categories=["L"]), min_size=1, max_size=LONGEST_NAME))
def test_numbered_names_differ_and_are_no_longer_than_others(count: int, name: str) -> None:
    names = [numbered(name, number, count) for number in range(1, count + 1)]
    assert len(set(names)) == count
    assert max(map(len, names)) <= LONGEST_NAME


@given(st.dates(OLDEST, TODAY))
def test_a_day_is_read_back_however_it_is_written(day: date) -> None:
    for written in (
        show_day(day),
        day.isoformat(),
        f"{day:%d %m %Y}",
        f"{day:%d.%m.%Y}",
        f" {day:%d-%m-%Y} ",
    ):
        assert parse_day(written, TODAY) == day
        assert parse_period(written, TODAY) == (day, day)


@given(st.dates(OLDEST, TODAY))
def test_a_year_and_a_month_hold_their_days(day: date) -> None:
    for written in (f"{day.year}", f"{day.month}/{day.year}", f"{day.year}-{day.month:02}"):
        first, last = parse_period(written, TODAY)
        assert first <= day <= last
        assert first.day == 1
        assert (last + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    "text",
    ["hier", "", "32/1/2024", "29/2/2023", "13/2024", "1899", "2027", "4/2026", "3/3/2026", "1/2/3/4", "24",
     "12/3/24", "²", "１２/3/2024x", "99999", "2024 12345", "-", "0", "0/2024", "1e3"],
)  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_period(text, TODAY)
    with pytest.raises(ValueError, match=r"."):
        parse_day(text, TODAY)


@given(st.text(st.characters(categories=["L", "N", "P", "Z"]), max_size=80))
def test_the_beginning_of_each_word_finds_its_name(name: str) -> None:
    for word in words_of(name):
        assert matches([word[: max(1, len(word) // 2)]], name)
    assert matches(words_of(name), name.upper()) or "ß" in name or name.upper().lower() != name.lower()


def test_sizes_are_said_in_words() -> None:
    assert [in_words(one) for one in (1, 1_500, 1_572_864)] == ["1\u00a0ko", "1\u00a0ko", "1,5\u00a0Mo"]


def test_there_are_twelve_categories() -> None:
    assert len(categories()) == 12
    assert categories()["90"] == "Autres documents déposés par le patient"
