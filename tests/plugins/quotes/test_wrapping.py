"""Texts broken into lines: nothing is lost, everything fits, and lines end where readers expect it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.quotes.pdf.wrapping import lines_of

LETTERS = st.text(st.sampled_from("ab  \n漢字。「」、é-"), max_size=60)


def width(text: str) -> float:
    """As if every letter were as wide as any other, but for ideographs, which take two."""
    return sum(2 if char > "\u3000" else 1 for char in text)


def lines(text: str, most: float) -> list[str]:
    return list(lines_of(text, most, width))


def test_lines_end_between_words_and_ideographs() -> None:
    for text, most, expected in (
        ("", 5, [""]),
        ("a b", 5, ["a b"]),
        ("aaa bbb ccc", 7, ["aaa bbb", "ccc"]),
        ("aaa bbb", 5, ["aaa", "bbb"]),
        ("aaa  bbb", 4, ["aaa", "bbb"]),
        ("aaaaaaaa", 3, ["aaa", "aaa", "aa"]),
        ("a bbbbbbb c", 3, ["a", "bbb", "bbb", "b c"]),
        ("a\n\nb ", 3, ["a", "", "b"]),
        ("漢字漢字", 4, ["漢字", "漢字"]),
        ("漢字漢。字", 6, ["漢字", "漢。字"]),
        ("漢字「漢」", 6, ["漢字", "「漢」"]),
        ("ab漢字", 3, ["ab", "漢", "字"]),
        ("漢", 1, ["漢"]),
    ):
        assert lines(text, most) == expected, text


@given(LETTERS, st.integers(2, 12))
@settings(max_examples=150, derandomize=True)
def test_nothing_is_lost_and_every_line_fits(text: str, most: int) -> None:
    broken = lines(text, most)
    assert "".join("".join(broken).split()) == "".join(text.split())
    assert all(width(line) <= most for line in broken)
    assert len(broken) >= text.count("\n") + 1
