"""What is searched: the words of active atoms."""

import sqlalchemy as sa
from alembic import op

revision = "lazynote_0002"
down_revision = "lazynote_0001"
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WORDS = sa.Text().with_variant(sa.ARRAY(sa.Text(collation="C")), "postgresql")

#: Counting the tokens of still longer texts would take too long for a write.
IS_COUNTED = "a.token_count <= 50000"
#: The owners that have no number yet.
NUMBER = """
    INSERT INTO lazynote_search_owners (owner)
    SELECT DISTINCT a.owner FROM lazynote_atoms AS a
    WHERE NOT EXISTS (SELECT 1 FROM lazynote_search_owners AS o WHERE o.owner = a.owner)"""


def upgrade() -> None:
    """Create the tables, the indexes, the triggers that keep them, and a row for each atom there is."""
    _create_tables()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _sqlite() if is_sqlite else _postgresql():
        op.execute(sa.text(statement.replace(":", r"\:")))


def _create_tables() -> None:
    op.create_table(
        "lazynote_search_owners",
        sa.Column("id", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("owner", KEY_TEXT, nullable=False),
    )
    op.create_index("lazynote_search_owners_owner", "lazynote_search_owners", ["owner"], unique=True)
    op.create_table(
        "lazynote_search_atoms",
        sa.Column("place", ROW_ID, sa.Identity(), primary_key=True),
        sa.Column("id", sa.BigInteger, sa.ForeignKey("lazynote_atoms.id", ondelete="CASCADE"), nullable=False),
        sa.Column("owner_id", sa.BigInteger, sa.ForeignKey("lazynote_search_owners.id"), nullable=False),
        sa.Column("uuid", KEY_TEXT, nullable=False),
        sa.Column("kind", KEY_TEXT, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("token_count", sa.Integer, nullable=False),
        sa.Column("repeats", KEY_TEXT),
        sa.Column("words", WORDS),
        sa.Column("behind_since", sa.BigInteger),
    )
    op.create_index("lazynote_search_atoms_id", "lazynote_search_atoms", ["id"], unique=True)
    op.create_index(
        "lazynote_search_atoms_words",
        "lazynote_search_atoms",
        ["words"],
        postgresql_using="gin",
        # New words wait in a list that every search reads: a short one.
        postgresql_with={"gin_pending_list_limit": "256"},
        sqlite_where=sa.text("words IS NOT NULL"),
    )
    is_behind = sa.text("behind_since IS NOT NULL")
    op.create_index(
        "lazynote_search_atoms_behind",
        "lazynote_search_atoms",
        ["behind_since"],
        sqlite_where=is_behind,
        postgresql_where=is_behind,
    )


#: SQLite: the words of an atom, each with its owner's number in front, then those that it repeats, with how often.
INDEXED_WORDS = f"""
    SELECT a.type, replace(rtrim(a.search_text), ' ', ' ' || {{row}}.owner_id || 'x') || CASE
        WHEN {IS_COUNTED}
        THEN coalesce(replace(replace(rtrim({{row}}.repeats), ':', 'x'), ' ', ' ' || {{row}}.owner_id || 'r'), '')
        ELSE ' ' || {{row}}.owner_id || 'v' END AS words
    FROM lazynote_atoms AS a WHERE a.id = {{row}}.id"""
#: SQLite: the next place of the span; of a full one, the place behind all others.
FREE_PLACE = """coalesce(
    (SELECT CASE WHEN max(place) IS NULL THEN first WHEN max(place) < last THEN max(place) + 1 END
     FROM lazynote_search_atoms WHERE place BETWEEN first AND last),
    (SELECT max(place) + 1 FROM lazynote_search_atoms))"""


def _sqlite() -> list[str]:
    """FTS5 follows the narrow rows: whoever writes one has the atom's text in ``lazynote_atoms``, before and after."""
    repeats = f"""CASE WHEN {IS_COUNTED} THEN (
        SELECT ' ' || group_concat(word || ':' || times, ' ') || ' ' FROM (
            SELECT value AS word, count(*) AS times
            FROM json_each('["' || replace(trim(a.search_text), ' ', '","') || '"]')
            GROUP BY value HAVING times > 1)) END"""
    # LIMIT keeps SQLite from putting the inner query into the outer one, which would look for the place twice.
    enter_new = f"""
        INSERT INTO lazynote_search_atoms
            (place, id, owner_id, uuid, kind, updated_at, token_count, repeats, behind_since)
        SELECT place, id, owner_id, uuid, type, updated_at, token_count, repeats,
            CASE WHEN place > last THEN updated_at END
        FROM (
            SELECT a.id, o.id AS owner_id, a.uuid, a.type, a.updated_at, a.token_count, {repeats} AS repeats,
                {FREE_PLACE} AS place, last
            FROM lazynote_atoms AS a JOIN lazynote_search_owners AS o ON o.owner = a.owner
            JOIN (SELECT new.updated_at / 1024 * 16384 AS first, new.updated_at / 1024 * 16384 + 16383 AS last)
            WHERE a.id = new.id AND NOT a.is_deleted LIMIT 1);"""
    columns = ", ".join(f"CASE type WHEN '{kind}' THEN words END" for kind in ("note", "task", "event"))
    what_is_searched = "UPDATE OF search_text, is_deleted, updated_at ON lazynote_atoms"
    leave_old = "DELETE FROM lazynote_search_atoms WHERE id = old.id;"
    return [
        """CREATE VIRTUAL TABLE lazynote_search USING fts5(note, task, event, content = '',
        tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'")""",
        f"""CREATE TRIGGER lazynote_search_entered AFTER INSERT ON lazynote_search_atoms BEGIN
        INSERT INTO lazynote_search (rowid, note, task, event)
        SELECT new.place, {columns} FROM ({INDEXED_WORDS.format(row="new")}); END""",
        f"""CREATE TRIGGER lazynote_search_left BEFORE DELETE ON lazynote_search_atoms BEGIN
        INSERT INTO lazynote_search (lazynote_search, rowid, note, task, event)
        SELECT 'delete', old.place, {columns} FROM ({INDEXED_WORDS.format(row="old")}); END""",
        f"""CREATE TRIGGER lazynote_atoms_made AFTER INSERT ON lazynote_atoms BEGIN
        {NUMBER} AND a.id = new.id; {enter_new} END""",
        f"""CREATE TRIGGER lazynote_atoms_changing BEFORE {what_is_searched}
        WHEN NOT old.is_deleted BEGIN {leave_old} END""",
        f"""CREATE TRIGGER lazynote_atoms_changed AFTER {what_is_searched}
        WHEN NOT new.is_deleted BEGIN {enter_new} END""",
        f"CREATE TRIGGER lazynote_atoms_going BEFORE DELETE ON lazynote_atoms BEGIN {leave_old} END",
        NUMBER,
        "UPDATE lazynote_atoms SET updated_at = updated_at",
    ]


def _postgresql() -> list[str]:
    repeated = f"""
        SELECT ' ' || string_agg(word || ':' || times, ' ') || ' ' AS repeats, array_agg(o.id || 'r' || word) AS words
        FROM (
            SELECT word, count(*) AS times FROM unnest(string_to_array(btrim(a.search_text), ' ')) AS word
            WHERE {IS_COUNTED} GROUP BY word HAVING count(*) > 1) AS counted"""
    enter = f"""
        INSERT INTO lazynote_search_atoms (id, owner_id, uuid, kind, updated_at, token_count, repeats, words)
        SELECT a.id, o.id, a.uuid, a.type, a.updated_at, a.token_count, repeated.repeats,
            lazynote_search_words(o.id, a.search_text)
            || CASE WHEN {IS_COUNTED} THEN repeated.words ELSE ARRAY[o.id || 'v'] END
        FROM lazynote_atoms AS a JOIN lazynote_search_owners AS o ON o.owner = a.owner,
        LATERAL ({repeated}) AS repeated
        WHERE NOT a.is_deleted"""
    return [
        # Rows stay narrow: a scan of thousands of them does not read the words.
        "ALTER TABLE lazynote_search_atoms ALTER COLUMN words SET STORAGE EXTERNAL",
        "ALTER TABLE lazynote_search_atoms SET (toast_tuple_target = 128)",
        # A pair is a phrase of two characters, as in Chinese most words are: found without a look at the text.
        """CREATE FUNCTION lazynote_search_words(owner_id bigint, search_text text) RETURNS text[]
        LANGUAGE plpgsql IMMUTABLE AS $$
        DECLARE tokens text[] := string_to_array(
            ltrim(replace(rtrim(search_text), ' ', ' ' || owner_id || 'x')), ' ');
        BEGIN
            IF octet_length(search_text) = char_length(search_text) THEN RETURN tokens; END IF;
            RETURN tokens || array(
                SELECT DISTINCT owner_id || 'x' || first || '+' || second FROM (
                    SELECT token AS first, lead(token) OVER (ORDER BY place) AS second
                    FROM unnest(string_to_array(btrim(search_text), ' ')) WITH ORDINALITY AS t(token, place)) AS pairs
                WHERE char_length(first) = 1 AND octet_length(first) > 2
                    AND char_length(second) = 1 AND octet_length(second) > 2);
        END $$""",
        f"""CREATE FUNCTION lazynote_search_follow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF NEW.search_text = OLD.search_text AND NEW.is_deleted = OLD.is_deleted THEN
                    UPDATE lazynote_search_atoms SET updated_at = NEW.updated_at WHERE id = NEW.id;
                    RETURN NULL;
                END IF;
                DELETE FROM lazynote_search_atoms WHERE id = OLD.id;
            ELSE
                {NUMBER} AND a.id = NEW.id ON CONFLICT DO NOTHING;
            END IF;
            {enter} AND a.id = NEW.id;
            RETURN NULL;
        END $$""",
        """CREATE TRIGGER lazynote_atoms_searched AFTER INSERT OR UPDATE OF search_text, is_deleted, updated_at
        ON lazynote_atoms FOR EACH ROW EXECUTE FUNCTION lazynote_search_follow()""",
        NUMBER,
        enter,
    ]
