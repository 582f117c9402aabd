"""Both databases answer every search as a plain model of the specification does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from plugins.lazynote.search.tokens import folded, located, search_text
from plugins.lazynote.tables import atoms
from tests.plugins.lazynote import searching_model as model
from tests.plugins.lazynote.caller import START_MS, Caller

if TYPE_CHECKING:
    from bus.application import Bus
    from bus.testing import FakeClock

#: Few words, so that they meet; of every script that is treated in a way of its own.
WORDS = (
    *("a", "b", "Tea", "TEA", "rust", "1x", "9", "x1"),
    *("Café", "cafe\u0301", "straße", "STRASSE", "İ", "naïve", "Ὀδυσσεύς", "чай"),
    *("学习", "学", "习", "今天", "\u4e00\u4e8c\u4e00", "\uf900", "々", "\U00020000", "\U000313af", "\u3280x"),
    *("かな", "カナ", "\uff76\uff85", "\u304b\u3099", "ヿ", "・", "한국", "ㄱ", "\u1112\u1161"),
    *("\uff34\uff25\uff21", "\uff11", "ﬁ", "ﷺ", "🙂", "👍🏽", "e\u200bf", "so\u00adft", "\ufe0f", "\u0301", "\ue000"),
)
GLUE = (" ", " ", "", "-", "_", "\n\n", "\u3000", "。", ":", "\u200d", '"', "*", "\x1f")
TEXTS = st.lists(st.sampled_from([(word, glue) for word in WORDS for glue in GLUE]), max_size=40).map(
    lambda parts: "".join(word + glue for word, glue in parts)
)
QUERIES = st.lists(st.sampled_from([(word, glue) for word in WORDS for glue in GLUE]), min_size=1, max_size=3).map(
    lambda parts: "".join(word + glue for word, glue in parts)
)
CORPORA = st.lists(st.tuples(st.sampled_from(["note", "task", "event"]), TEXTS, st.integers(0, 2)), max_size=12)


def make(db: Caller, kind: str, content: str) -> str:
    """The id of a new atom."""
    if kind == "note":
        return db.note(content)
    return db.task(content) if kind == "task" else db.event(START_MS, title=content)


def fill(db: Caller, clock: FakeClock, corpus: list[tuple[str, str, int]]) -> dict[str, model.Atom]:
    """The atoms of a corpus, as the model sees them."""
    made: dict[str, model.Atom] = {}
    for kind, content, later_ms in corpus:
        if kind == "note" or model.trimmed(content):
            clock.advance(later_ms)
            kept = content if kind == "note" else model.trimmed(content)
            made[make(db, kind, content)] = model.Atom(kind, kept, clock.now_ms())
    return made


def answer(db: Caller, query: str, kind: str | None, limit: int) -> tuple[list[tuple[str, str]], int]:
    found = db("entry_search", text=query, kind=kind, limit=limit)
    return [(item["atom_id"], item["snippet"]) for item in found["items"]], found["total_count"]


@pytest.mark.timeout(300)
@settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    corpus=CORPORA,
    queries=st.lists(QUERIES, min_size=1, max_size=8),
    kind=st.sampled_from([None, "note", "task", "event"]),
)
def test_every_search_answers_as_the_model_does(
    bus: Bus, db: Caller, clock: FakeClock, corpus: list[tuple[str, str, int]], queries: list[str], kind: str | None
) -> None:
    with bus.database.engine.connect() as connection:
        connection.execute(delete(atoms))
    made = fill(db, clock, corpus)
    for query in queries + [atom.content[:12] for atom in made.values()]:
        for limit in (1, 50):
            assert answer(db, query, kind, limit) == model.search(made, query, kind, limit)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(st.one_of(st.text(st.characters(exclude_categories=["Cs"])), TEXTS))
def test_tokens_are_those_of_the_model(text: str) -> None:
    wanted = model.tokens(text)
    assert [tuple(token) for token in located(text)] == wanted
    assert folded(text) == [token for token, _, _ in wanted]
    assert search_text(text) == (" " + " ".join(token for token, _, _ in wanted) + " ", len(wanted))


def test_every_character_is_read_as_the_model_reads_it() -> None:
    """Of the many alike, ideographs and syllables and those that are nobody's, one in a hundred."""
    many = (*range(0x3400, 0xF8FF, 100), *range(0x1_7000, 0x1_9000, 100), *range(0x2_0000, 0x11_0000, 100))
    others = (*range(0x3400), *range(0xF900, 0x1_7000), *range(0x1_9000, 0x2_0000), *range(0xE_0000, 0xE_0200))
    for code_point in (*others, *many):
        text = f"x{chr(code_point)}y"
        assert 0xD800 <= code_point < 0xE000 or folded(text) == [token for token, _, _ in model.tokens(text)]


@settings(deadline=None)
@given(st.text(st.characters(max_codepoint=127), max_size=300), st.integers(0, 200))
def test_plain_text_has_the_same_tokens_as_any_other(text: str, letters: int) -> None:
    """It is read by a shorter way."""
    text += "x" * letters
    assert search_text(text) == (f" {' '.join(folded(text))} ", len(folded(text)))
