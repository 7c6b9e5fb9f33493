"""What fits on a card: a line of each section in turn, whole lines only, and what is missing is counted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from webapp.summary.rules import CARD, SHEET, Paper, Section, fitted

SECTIONS = st.lists(
    st.builds(
        Section,
        st.just("Titre"),
        st.lists(st.text(st.characters(codec="ascii"), min_size=1, max_size=200), max_size=30).map(tuple),
        vital=st.booleans(),
    ),
    max_size=4,
)


@given(SECTIONS, st.sampled_from((CARD, SHEET)))
def test_nothing_is_lost_without_a_word_and_nothing_overflows(sections: list[Section], paper: Paper) -> None:
    kept = fitted(sections, paper)
    assert [len(one.lines) + one.more for one in kept] == [len(one.lines) for one in sections]
    assert all(set(one.lines) <= set(before.lines) for one, before in zip(kept, sections, strict=True))
    assert sum(paper.rows_of(line) for one in kept for line in one.lines) + 2 * len(kept) <= paper.rows


def test_each_section_has_its_first_lines() -> None:
    allergies = Section("Allergies", tuple(f"allergie {number}" for number in range(40)))
    kept = fitted([allergies, Section("Traitements", ("Insuline",)), Section("Maladies", ("Diabète",))], CARD)
    assert [one.lines[:1] for one in kept[1:]] == [("Insuline",), ("Diabète",)]
    assert 10 < len(kept[0].lines) < 40
    assert kept[0].more_in_words == f"et {40 - len(kept[0].lines)} de plus, dans mon espace"


def test_a_line_is_shown_whole_or_counted() -> None:
    long = "x" * CARD.signs * CARD.rows
    assert fitted([Section("Allergies", (long, "Latex"))], CARD)[0] == Section("Allergies", (), 2)


def test_what_nobody_may_overlook_has_the_room_before_the_others() -> None:
    treatments = Section("Traitements", tuple(f"traitement {number}" for number in range(40)), vital=True)
    others = [Section(f"{part}", tuple(f"ligne {number}" for number in range(30))) for part in range(6)]
    kept = fitted([treatments, *others], SHEET)
    assert kept[0].more == 0
    assert all(one.lines for one in kept[1:])
