"""The normal forms of Unicode: the same as the library's, in time that grows with the text."""

from __future__ import annotations

import time
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from webapp.values.normal import normal


@given(st.text(max_size=200), st.sampled_from(["NFC", "NFKD"]))
def test_a_text_of_any_usual_length_is_as_the_library_has_it(text: str, form: str) -> None:
    assert normal(form, text) == unicodedata.normalize(form, text)  # type: ignore[arg-type]


def test_a_long_text_loses_nothing() -> None:
    text = "Été, sœur et Noël " * 500
    assert normal("NFC", unicodedata.normalize("NFD", text)) == text


def test_accents_without_end_take_time_that_grows_with_them() -> None:
    """Sorted by the library at once, four times as many would take sixteen times as long."""

    def seconds(count: int) -> float:
        accents = ("\u0315" * 8 + "\u0327" * 8) * (count // 16)
        tries = []
        for _ in range(9):
            began = time.thread_time()  # of this thread's own: neighbours cost it nothing
            normal("NFKD", accents)
            tries.append(time.thread_time() - began)
        return min(tries)

    assert seconds(16_000) < 9 * seconds(4_000)
