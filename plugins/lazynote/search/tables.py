"""What the indexes of the search stand on: one narrow row for each active atom, and a number for each owner.

Triggers on ``lazynote_atoms`` keep these rows and the indexes (migrations/lazynote_0002_search.py); nothing else writes
them. A search that finds thousands of atoms reads these rows and never the atoms' texts, which are ten times as wide.

SQLite: the words are in the FTS5 table ``lazynote_search``, whose row ids are the atoms' ids. PostgreSQL: they are in
the column ``words``, stored apart from the row, under a GIN index. In both each word carries its owner's number in
front, so that another owner's atoms cost nothing.
"""

from __future__ import annotations

from sqlalchemy import ARRAY, BigInteger, Column, ForeignKey, Identity, Index, Integer, MetaData, Table, Text, text

from plugins.lazynote.tables import KEY_TEXT, ROW_ID, metadata

search_owners = Table(
    "lazynote_search_owners",
    metadata,
    Column("id", ROW_ID, Identity(), primary_key=True),
    Column("owner", KEY_TEXT, nullable=False),
    Index("lazynote_search_owners_owner", "owner", unique=True),
)

search_atoms = Table(
    "lazynote_search_atoms",
    metadata,
    Column("id", ROW_ID, ForeignKey("lazynote_atoms.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("owner_id", BigInteger, ForeignKey("lazynote_search_owners.id"), nullable=False),
    Column("uuid", KEY_TEXT, nullable=False),
    Column("kind", KEY_TEXT, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("token_count", Integer, nullable=False),
    # The tokens that occur more than once, as " tea:3 milk:2 "; null: none does, or the text is very long (rank.py).
    Column("repeats", KEY_TEXT),
    # PostgreSQL alone: the tokens, and the pairs of tokens that are one character each.
    Column("words", Text().with_variant(ARRAY(Text(collation="C")), "postgresql")),
    # SQLite alone: updated_at once more, in the index that is read from the newest atom on. Were the column that every
    # change of an atom moves part of an index, PostgreSQL would enter all its words anew.
    Column("latest", BigInteger),
)


def all_tables() -> MetaData:
    """The tables as migrations make them, with the indexes that only one of the databases fills.

    Describing these imports PostgreSQL's dialect, which a start on SQLite has no use for.
    """
    if not search_atoms.indexes:
        Index(
            "lazynote_search_atoms_words",
            search_atoms.c.words,
            postgresql_using="gin",
            postgresql_with={"gin_pending_list_limit": "256"},
            sqlite_where=text("words IS NOT NULL"),
        )
        row = search_atoms.c
        Index(
            "lazynote_search_atoms_latest",
            *(row.owner_id, row.latest.desc(), row.uuid, row.id, row.token_count, row.repeats),
            postgresql_where=text("latest IS NOT NULL"),
        )
    return metadata
