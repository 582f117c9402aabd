"""PostgreSQL's index of the words: GIN, which knows single tokens and pairs of characters.

Longer phrases are looked for in the texts of the atoms that have all their words.

Not here: how it is kept (migrations/lazynote_0002_search.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import text

from bus import Db
from plugins.lazynote.search.query import Phrase, needle
from plugins.lazynote.search.rank import MOST_RANKED, VERY_LONG, tokens_of

#: The first character that takes three bytes in UTF-8.
FIRST_OF_THREE_BYTES = 0x0800
#: Tokens of a phrase that the index may know as one word.
PAIR = 2

#: The planner takes a scan of all rows for cheap: it does not count that their words are stored apart.
USE_THE_INDEX = text("SET LOCAL enable_seqscan = off")
_FOUND = """
    SELECT s.ctid AS place, s.updated_at, s.uuid FROM lazynote_search_atoms AS s
    WHERE s.words @> (
        SELECT array_agg(o.id || 'x' || word) FROM lazynote_search_owners AS o, unnest(CAST(:words AS text[])) AS word
        WHERE o.owner = :owner)
    AND s.kind = ANY(CAST(:kinds AS text[]))"""
_IN_TEXT = """
    AND NOT EXISTS (
        SELECT 1 FROM lazynote_atoms AS a, unnest(CAST(:needles AS text[])) AS needle
        WHERE a.id = s.id AND position(needle IN a.search_text) = 0)"""
MATCHES, MATCHES_IN_TEXT = (
    text(f"""
    WITH found AS MATERIALIZED ({found}),
    latest AS (SELECT place FROM found ORDER BY updated_at DESC, uuid LIMIT :most),
    chosen AS MATERIALIZED (
        SELECT s.id, s.uuid, s.updated_at, s.token_count, s.repeats,
            coalesce(s.repeats LIKE ANY(CAST(:repeated AS text[])), false) OR s.token_count > :very_long AS is_uneven
        FROM latest JOIN lazynote_search_atoms AS s ON s.ctid = latest.place)
    SELECT id, uuid, updated_at, token_count, repeats, (SELECT count(*) FROM found) FROM chosen WHERE is_uneven
    UNION ALL (
        SELECT id, uuid, updated_at, token_count, NULL, (SELECT count(*) FROM found) FROM chosen WHERE NOT is_uneven
        ORDER BY token_count, updated_at DESC, uuid LIMIT :limit)""")
    for found in (_FOUND, _FOUND + _IN_TEXT)
)
TEXTS = text("SELECT id, search_text FROM lazynote_atoms WHERE id = ANY(CAST(:ids AS bigint[]))")


def matches(
    db: Db, owner: str, phrases: Sequence[Phrase], kind: str | None, limit: int
) -> tuple[Sequence[Sequence[Any]], int]:
    """The matches that rank.py needs to tell the ``limit`` best, and how many there are in all."""
    asked: dict[str, Any] = {
        "owner": owner,
        "words": sorted({word for phrase in phrases for word in (*phrase, *_pairs(phrase))}),
        "kinds": ["note", "task", "event"] if kind is None else [kind],
        "needles": [needle(phrase) for phrase in phrases if not _is_word(phrase)],
        "repeated": [f"% {token}:%" for token in tokens_of(phrases)],
        "most": MOST_RANKED,
        "limit": limit,
        "very_long": VERY_LONG,
    }
    db.execute(USE_THE_INDEX)
    rows = db.execute(MATCHES_IN_TEXT if asked["needles"] else MATCHES, asked).all()
    return rows, rows[0][-1] if rows else 0


def texts(db: Db, ids: list[int]) -> dict[int, str]:
    """The stored texts of atoms."""
    rows: Any = db.execute(TEXTS, {"ids": ids}).all()
    return dict(rows)


def _is_word(phrase: Phrase) -> bool:
    """Whether the index knows the phrase as one of its words: a token, or a pair."""
    return len(phrase) == 1 or (len(phrase) == PAIR and all(map(_is_character, phrase)))


def _pairs(phrase: Phrase) -> list[str]:
    return [f"{one}+{next_one}" for one, next_one in pairwise(phrase) if _is_character(one) and _is_character(next_one)]


def _is_character(word: str) -> bool:
    """Whether the index pairs the token: one character, of more than two bytes."""
    return len(word) == 1 and ord(word) >= FIRST_OF_THREE_BYTES
