"""Searching: what matches, what comes first, and what is shown of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.plugins.lazynote.caller import Caller

if TYPE_CHECKING:
    from bus.testing import FakeClock

#: More than atoms may have whose tokens are counted beforehand.
WORDS_OF_A_BOOK = [f"w{n}" for n in range(51_000)]


def snippets(db: Caller, text: str, **more: Any) -> list[str]:
    """What is shown of the matches, best first."""
    return [item["snippet"] for item in db("entry_search", text=text, **more)["items"]]


@pytest.mark.parametrize(
    ("content", "text", "shown"),
    [
        ("hello rust search", "rust", "hello [rust] search"),
        ("今天学习编程", "学习", "今天[学习]编程"),
        ("今天 学 习 编程", "学习", "今天 [学 习] 编程"),
        ("Café", "\uff23\uff21\uff26\uff25", "[Café]"),
        ("Cafe\u0301 noir", "café", "[Cafe\u0301] noir"),
        ("a-b c", "a:b", "[a-b] c"),
        ("zero\u200bwidth", "zerowidth", "[zero\u200bwidth]"),
        ("STRASSE", "straße", "[STRASSE]"),
        ("snake_case", "snake case", "[snake]_[case]"),
        ("學而時習之", "時習 而", "學[而][時習]之"),
        ("rust rust rust", "rust-rust", "[rust rust rust]"),
        ("한국어 문서", "국어", "한[국어] 문서"),
        ("ｶﾀｶﾅ", "カタ", "[ｶﾀ]ｶﾅ"),
        ("𪚥 dragons", "𪚥", "[𪚥] dragons"),
        ("a\n\t b", "b", "a [b]"),
        ("AND OR NOT", "and", "[AND] OR NOT"),
        ('say "hi"*', '"hi"*', 'say "[hi]"*'),
        ("1x rust", "1x", "[1x] rust"),
        ("a b", "a\x1fb", "[a b]"),
        ("a\x1cb", "a b", "[a]\x1c[b]"),
        ("a b", "a\0b", "[a b]"),
        ("a b", "\ud800b\udfff", "a [b]"),
    ],
)
def test_what_a_query_finds(db: Caller, content: str, text: str, shown: str) -> None:
    db.note(content)
    assert snippets(db, text) == [shown]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("rusty", "rust"),
        ("今天学习编程", "习学"),
        ("a b", "a:c"),
        ("b a", "a:b"),
        ("rust", "rus*"),
        ("rust", "rust AND"),
        ("ab", "a"),
        ("一二", "一三"),
        ("一二三", "一三"),
    ],
)
def test_what_a_query_does_not_find(db: Caller, content: str, text: str) -> None:
    db.note(content)
    assert db("entry_search", text=text) == {"items": [], "applied_limit": 10, "total_count": 0}


@pytest.mark.parametrize("text", ["", "   ", "\0", "\ud800", '"', "*", ":", "🙂", "_ - 。", "\u0301"])
def test_a_query_without_words_finds_nothing(db: Caller, text: str) -> None:
    db.note("🙂 \u0301 * anything")
    assert db("entry_search", text=text)["total_count"] == 0


def test_pieces_without_words_do_not_spoil_a_query(db: Caller) -> None:
    db.note("tea 🙂")
    assert snippets(db, "tea 🙂 !") == ["[tea] 🙂"]


def test_every_phrase_must_occur(db: Caller) -> None:
    db.note("tea and milk")
    db.note("tea")
    assert snippets(db, "milk tea milk") == ["[tea] and [milk]"]


def test_frequent_words_and_short_texts_come_first(db: Caller) -> None:
    long, short, twice = db.note("tea " + "leaf " * 30), db.note("tea"), db.note("tea tea")
    assert db.ids("entry_search", text="tea") == [twice, short, long]


def test_very_long_texts_are_ranked_by_the_same_score(db: Caller) -> None:
    rare, short, often = db.note("tea" + " leaf" * 60_000), db.note("tea leaf"), db.note("tea " * 60_000)
    assert db.ids("entry_search", text="tea") == [often, short, rare]
    assert db.ids("entry_search", text="tea-tea") == [often]


def test_a_phrase_counts_at_each_place_where_it_begins(db: Caller) -> None:
    once, thrice = db.note("a b x x x x"), db.note("a-a-a-a y y")
    assert db.ids("entry_search", text="a-a") == [thrice]
    twice = db.note("一二 一二 x x")
    single = db.note("一二 一 三 二 x")
    assert db.ids("entry_search", text="一二") == [twice, single]
    assert once not in db.ids("entry_search", text="a-a")


def test_of_equal_scores_the_one_changed_last_comes_first(db: Caller, clock: FakeClock) -> None:
    first, second = db.note("tea"), db.note("tea")
    tied = sorted([first, second])
    assert db.ids("entry_search", text="tea") == tied
    clock.advance(1)
    db("note_set_tags", atom_id=tied[1], tags=["new"])
    assert db.ids("entry_search", text="tea") == [tied[1], tied[0]]


@pytest.mark.parametrize(("limit", "applied"), [(None, 10), (0, 10), (1, 1), (50, 50), (51, 50), (2**63 - 1, 50)])
def test_the_limit_is_clamped(db: Caller, limit: int | None, applied: int) -> None:
    for _ in range(52):
        db.note("tea")
    found = db("entry_search", text="tea", limit=limit)
    assert (len(found["items"]), found["applied_limit"], found["total_count"]) == (applied, applied, 52)


@pytest.mark.parametrize(
    ("kind", "count"), [("all", 3), (" ALL ", 3), (None, 3), ("note", 1), ("Task", 1), (" event", 1)]
)
def test_a_kind_narrows_the_search(db: Caller, kind: str | None, count: int) -> None:
    db.note("tea")
    db.task("tea")
    db.event(0, title="tea")
    found = db("entry_search", text="tea", kind=kind)
    assert found["total_count"] == len(found["items"]) == count
    assert kind is None or count == 3 or {item["kind"] for item in found["items"]} == {kind.strip().lower()}


@pytest.mark.parametrize("kind", ["", "  ", "notes", "todo", "note\0", "\ud800", "note\x1f"])
@pytest.mark.parametrize("text", ["tea", " "])
def test_an_unknown_kind_is_refused_for_blank_text_too(db: Caller, text: str, kind: str) -> None:
    assert db.code("entry_search", text=text, kind=kind) == "invalid_kind"


def test_a_changed_content_is_found_by_its_new_words_alone(db: Caller) -> None:
    note = db.note("tea")
    db("note_update", atom_id=note, content="coffee")
    assert snippets(db, "tea") == []
    assert snippets(db, "coffee") == ["[coffee]"]


def test_owners_find_only_their_own(db: Caller) -> None:
    db.of("ann").note("tea for ann")
    db.of("bob").note("tea for bob")
    assert snippets(db.of("ann"), "tea") == ["[tea] for ann"]
    assert snippets(db.of("bob"), "tea for") == ["[tea] [for] bob"]
    assert db.of("eve")("entry_search", text="tea")["total_count"] == 0
    assert db("entry_search", text="tea")["total_count"] == 0


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (0, "[tea] " + " ".join(f"w{n}" for n in range(1, 20)) + " ..."),
        (4, "w0 w1 w2 w3 [tea] " + " ".join(f"w{n}" for n in range(5, 20)) + " ..."),
        (5, "... w1 w2 w3 w4 [tea] " + " ".join(f"w{n}" for n in range(6, 21)) + " ..."),
        (29, "... w25 w26 w27 w28 [tea]!"),
    ],
)
def test_a_snippet_is_twenty_tokens_from_four_before_the_first_place(db: Caller, place: int, shown: str) -> None:
    words = [f"w{n}" for n in range(30)]
    words[place] = "tea"
    db.note(" ".join(words) + "!")
    assert snippets(db, "tea") == [shown]


def test_a_phrase_longer_than_the_window_is_shown_whole(db: Caller) -> None:
    phrase = "-".join(f"p{n}" for n in range(25))
    db.note(f"x {phrase} y")
    assert snippets(db, phrase) == [f"x [{phrase}] ..."]


def test_a_query_of_very_many_phrases_is_answered(db: Caller) -> None:
    words = [f"w{n}" for n in range(3_000)]
    db.note(" ".join(words))
    assert db("entry_search", text=" ".join(words))["total_count"] == 1
    assert db("entry_search", text="-".join(words))["total_count"] == 1
    assert db("entry_search", text=" ".join([*words, "missing"]))["total_count"] == 0


@pytest.mark.parametrize("text", [WORDS_OF_A_BOOK, WORDS_OF_A_BOOK[::-1]], ids=["forwards", "backwards"])
def test_a_query_as_long_as_a_book_takes_time_in_proportion(db: Caller, text: list[str]) -> None:
    """Nobody can keep the process busy by one search: it neither looks for each word in turn nor copies all of them."""
    db.note(" ".join([*WORDS_OF_A_BOOK, *WORDS_OF_A_BOOK[:3]]))
    began = time.process_time()
    found = db("entry_search", text=" ".join(text))
    assert found["total_count"] == 1
    assert found["items"][0]["snippet"].startswith("[w0] [w1] [w2]")
    assert time.process_time() - began < 15


def test_phrases_of_long_queries_are_counted_like_those_of_short_ones(db: Caller) -> None:
    fillers = [f"w{n}" for n in range(60)]
    less = db.note(" ".join([*fillers, "a b a b x x"]))
    more = db.note(" ".join([*fillers, "a b a b a b"]))
    assert db.ids("entry_search", text=" ".join([*fillers, "a-b"])) == [more, less]
