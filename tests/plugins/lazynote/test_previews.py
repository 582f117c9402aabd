"""What a list shows of a note: equal to the specification's expressions, and quick where they are not."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.lazynote.previews import images, links, previews
from tests.plugins.lazynote.searching_model import BLANK, trimmed

IMAGE, LINK = re.compile(r"!\[[^\]]*\]\(([^)]+)\)"), re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
marked = st.lists(
    st.sampled_from(["!", "[", "]", "(", ")", "a", " ", "\n", "![", "](", "# ", "b*", "学", "\x1f"]), max_size=40
)


def by_the_specification(content: str) -> tuple[str | None, str | None]:
    image = IMAGE.search(content)
    text = LINK.sub(lambda link: link[1], IMAGE.sub(" ", content))
    text = re.sub(f"{BLANK}+", " ", re.sub(r"[*_`#>~\-\[\]()!]+", " ", text)).strip(" ")
    return text[:100] or None, (trimmed(image[1]) or None) if image else None


@given(marked.map("".join))
def test_previews_are_those_of_the_specification(content: str) -> None:
    assert previews(content) == by_the_specification(content)
    assert [(mark.start, mark.end) for mark in images(content)] == [m.span() for m in IMAGE.finditer(content)]
    assert [(mark.start, mark.end) for mark in links(content)] == [m.span() for m in LINK.finditer(content)]


@pytest.mark.parametrize(
    ("content", "text", "image"),
    [
        (
            "# Title\n\n![cover](images/first.png)\nBody with **markdown**",
            "Title Body with markdown",
            "images/first.png",
        ),
        ("### *** ``` ~~ []() ![]()", None, None),
        ("", None, None),
        ("![first]( ) ![second](b.png)", None, None),
        ("![first]() ![second](b.png)", "first", "b.png"),
        ("see [the docs](http://x) now", "see the docs now", None),
        ("![a]( c d.png ) e", "e", "c d.png"),
        ("![](\x1f)", None, "\x1f"),
        ("学习" * 60, "学习" * 50, None),
        ("a\u3000b\u00a0c\td", "a b c d", None),
        ("a \x1c\x1d b\x1e\x1f", "a \x1c\x1d b\x1e\x1f", None),
        ("snake_case - dash > quote!", "snake case dash quote", None),
    ],
)
def test_examples(content: str, text: str | None, image: str | None) -> None:
    assert previews(content) == (text, image)
    assert by_the_specification(content) == (text, image)


@pytest.mark.parametrize("piece", ["[", "![", "[a](", "![](", "[]", "![a](b", "[a](b)"])
def test_a_million_marks_are_read_in_one_go(piece: str) -> None:
    """Time grows with the length alone: an expression would need hours for some of these."""
    content = piece * (1_000_000 // len(piece))
    begun = time.process_time()
    previews(content)
    assert time.process_time() - begun < 10
