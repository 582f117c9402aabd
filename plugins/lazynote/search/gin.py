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
from plugins.lazynote.search.rank import MOST_RANKED, tokens_of

#: The first character that takes three bytes in UTF-8.
FIRST_OF_THREE_BYTES = 0x0800
#: Tokens of a phrase that the index may know as one word.
PAIR = 2
#: A moment before and an id behind those of all atoms.
BEFORE_ALL, BEHIND_ALL = -(2**63), "g"

#: The planner takes a scan of all rows for cheap: it does not count that their words are stored apart.
USE_THE_INDEX = text("SET LOCAL enable_seqscan = off")
_WORDS = """(
    SELECT array_agg(o.id || word) FROM lazynote_search_owners AS o, unnest(CAST(:{words} AS text[])) AS word
    WHERE o.owner = :owner)"""
_REPEATED = f"s.words && {_WORDS.format(words='repeated')}"
_ATOMS = f"FROM lazynote_search_atoms AS s WHERE s.words @> {_WORDS.format(words='words')}"
_OF_KIND = f"{_ATOMS} AND s.kind = :kind"
_COLUMNS = "s.id, s.uuid, s.updated_at, s.token_count"
_SHORTEST = "ORDER BY token_count, updated_at DESC, uuid LIMIT :limit"


def _by_words(atoms: str) -> str:
    """The matches are looked up thrice: that is sooner done than keeping them.

    The shortest are looked for among all, as if nothing were repeated. Where something is, an atom is better than
    that, so it comes before every longer one and drives out none that is among the best.

    Args:
        atoms: FROM and WHERE of the matches.
    """
    oldest, last_of_oldest = (f"(SELECT {name} FROM edge)" for name in ("oldest", "last_of_oldest"))
    ranked = f"""{atoms}
            AND s.updated_at >= {oldest} AND (s.updated_at > {oldest} OR s.uuid <= {last_of_oldest})"""
    return f"""
    WITH total AS MATERIALIZED (
        SELECT count(*) AS matches, array_agg(s.updated_at ORDER BY s.updated_at DESC) AS moments {atoms}),
    edge AS MATERIALIZED (
        SELECT matches, coalesce(moments[:most], {BEFORE_ALL}) AS oldest, coalesce(
            CASE WHEN moments[:most] = moments[:most + 1] THEN (
                SELECT s.uuid {atoms} AND s.updated_at = moments[:most]
                ORDER BY s.uuid OFFSET :most - array_position(moments, moments[:most]) LIMIT 1) END,
            '{BEHIND_ALL}') AS last_of_oldest
        FROM total),
    uneven AS MATERIALIZED (SELECT {_COLUMNS}, s.repeats {ranked} AND {_REPEATED}),
    shortest AS (SELECT {_COLUMNS}, NULL AS repeats {ranked} {_SHORTEST})
    SELECT found.*, matches FROM edge, (
        SELECT * FROM uneven UNION ALL SELECT * FROM shortest WHERE id NOT IN (SELECT id FROM uneven)) AS found"""


def _by_texts(atoms: str) -> str:
    """Whether an atom matches is told by its text, which is read once."""
    return f"""
    WITH found AS MATERIALIZED (
        SELECT {_COLUMNS} {atoms} AND NOT EXISTS (
            SELECT 1 FROM lazynote_atoms AS a, unnest(CAST(:needles AS text[])) AS needle
            WHERE a.id = s.id AND position(needle IN a.search_text) = 0)),
    total AS MATERIALIZED (SELECT count(*) AS matches FROM found),
    ranked AS MATERIALIZED (SELECT * FROM found ORDER BY updated_at DESC, uuid LIMIT :most),
    uneven AS MATERIALIZED (SELECT s.id, s.repeats {_ATOMS} AND {_REPEATED})
    SELECT ranked.*, repeats, matches FROM total, ranked JOIN uneven USING (id)
    UNION ALL (
        SELECT ranked.*, NULL, matches FROM total, ranked WHERE id NOT IN (SELECT id FROM uneven) {_SHORTEST})"""


#: By whether the texts must be asked, and whether there is a kind.
MATCHES = {
    (by is _by_texts, atoms is _OF_KIND): text(by(atoms))
    for by in (_by_words, _by_texts)
    for atoms in (_ATOMS, _OF_KIND)
}
TEXTS = text("SELECT id, search_text FROM lazynote_atoms WHERE id = ANY(CAST(:ids AS bigint[]))")


def matches(
    db: Db, owner: str, phrases: Sequence[Phrase], kind: str | None, limit: int
) -> tuple[Sequence[Sequence[Any]], int]:
    """The matches that rank.py needs to tell the ``limit`` best, and how many there are in all."""
    asked: dict[str, Any] = {
        "owner": owner,
        "words": sorted({f"x{word}" for phrase in phrases for word in (*phrase, *_pairs(phrase))}),
        "repeated": ["v", *(f"r{token}" for token in tokens_of(phrases))],
        "most": MOST_RANKED,
        "limit": limit,
    }
    needles = [needle(phrase) for phrase in phrases if not _is_word(phrase)]
    asked |= ({"kind": kind} if kind else {}) | ({"needles": needles} if needles else {})
    db.execute(USE_THE_INDEX)
    rows = db.execute(MATCHES[bool(needles), kind is not None], asked).all()
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
