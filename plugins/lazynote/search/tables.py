"""What the indexes of the search stand on: one narrow row for each active atom, and a number for each owner.

Triggers on ``lazynote_atoms`` keep these rows and the indexes (migrations/lazynote_0002_search.py). Nothing else writes
them, but whoever deletes many notes may delete their rows first (workspace/deletion.py). A search that finds thousands
of atoms reads these rows and never the atoms' texts, which are ten times as wide.

SQLite: the words are in the FTS5 table ``lazynote_search``, whose row ids are the places of these rows. PostgreSQL:
they are in the column ``words``, stored apart from the row, under a GIN index. In both each word carries its owner's
number in front, so that another owner's atoms cost nothing: ``1xtea``. A word that the atom repeats is there once more,
``1rtea``, on SQLite with how often, ``1rteax3``. A text that is too long to be counted has ``1v`` instead.
"""

from __future__ import annotations

from sqlalchemy import ARRAY, BigInteger, Column, ForeignKey, Identity, Index, Integer, MetaData, Table, Text, text

from bus.columns import KEY_TEXT, ROW_ID
from plugins.lazynote.tables import metadata

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
    # SQLite: by what the index of the words knows the atom. Each 1,024 milliseconds have 16,384 places of their own,
    # which their atoms take one after the other; atoms that find them all taken get a place behind all there are.
    Column("place", ROW_ID, Identity(), primary_key=True),
    Column("id", BigInteger, ForeignKey("lazynote_atoms.id", ondelete="CASCADE"), nullable=False),
    Column("owner_id", BigInteger, ForeignKey("lazynote_search_owners.id"), nullable=False),
    Column("uuid", KEY_TEXT, nullable=False),
    Column("kind", KEY_TEXT, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Column("token_count", Integer, nullable=False),
    # The tokens that occur more than once, as " tea:3 milk:2 "; null: none does, or the text is very long (rank.py).
    Column("repeats", KEY_TEXT),
    # PostgreSQL alone: the indexed words.
    Column("words", Text().with_variant(ARRAY(Text(collation="C")), "postgresql")),
    # SQLite alone: updated_at of an atom that found no place among its own. Were a column that every change of an atom
    # moves part of an index, PostgreSQL would enter all its words anew.
    Column("behind_since", BigInteger),
    Index("lazynote_search_atoms_id", "id", unique=True),
)


def all_tables() -> MetaData:
    """The tables as migrations make them, with the indexes that only one of the databases fills.

    Describing these imports PostgreSQL's dialect, which a start on SQLite has no use for.
    """
    if len(search_atoms.indexes) == 1:
        Index(
            "lazynote_search_atoms_words",
            search_atoms.c.words,
            postgresql_using="gin",
            postgresql_with={"gin_pending_list_limit": "256"},
            sqlite_where=text("words IS NOT NULL"),
        )
        is_behind = text("behind_since IS NOT NULL")
        Index(
            "lazynote_search_atoms_behind",
            search_atoms.c.behind_since,
            sqlite_where=is_behind,
            postgresql_where=is_behind,
        )
    return metadata
