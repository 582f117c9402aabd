"""What is searched: the words of active atoms."""

import sqlalchemy as sa
from alembic import op

revision = "lazynote_0002"
down_revision = "lazynote_0001"
fits_code_from = 1

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WORDS = sa.Text().with_variant(sa.ARRAY(sa.Text(collation="C")), "postgresql")

#: A row of ``lazynote_search_atoms`` for each active atom; ``%s`` stands for which.
ENTER = """
    INSERT INTO lazynote_search_atoms (id, owner_id, uuid, kind, updated_at, token_count, repeats, %s)
    SELECT a.id, o.id, a.uuid, a.type, a.updated_at, a.token_count, %s
    FROM lazynote_atoms AS a JOIN lazynote_search_owners AS o ON o.owner = a.owner
    WHERE NOT a.is_deleted AND %s"""
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
    atom = sa.ForeignKey("lazynote_atoms.id", ondelete="CASCADE")
    op.create_table(
        "lazynote_search_atoms",
        sa.Column("id", ROW_ID, atom, primary_key=True, autoincrement=False),
        sa.Column("owner_id", sa.BigInteger, sa.ForeignKey("lazynote_search_owners.id"), nullable=False),
        sa.Column("uuid", KEY_TEXT, nullable=False),
        sa.Column("kind", KEY_TEXT, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("token_count", sa.Integer, nullable=False),
        sa.Column("repeats", KEY_TEXT),
        sa.Column("words", WORDS),
        sa.Column("latest", sa.BigInteger),
    )
    op.create_index(
        "lazynote_search_atoms_words",
        "lazynote_search_atoms",
        ["words"],
        postgresql_using="gin",
        # New words wait in a list that every search reads: a short one.
        postgresql_with={"gin_pending_list_limit": "256"},
        sqlite_where=sa.text("words IS NOT NULL"),
    )
    op.create_index(
        "lazynote_search_atoms_latest",
        "lazynote_search_atoms",
        ["owner_id", sa.text("latest DESC"), "uuid", "id", "token_count", "repeats"],
        postgresql_where=sa.text("latest IS NOT NULL"),
    )


def _sqlite() -> list[str]:
    """FTS5 follows the narrow rows: whoever writes one has the atom's text in ``lazynote_atoms``, before and after."""
    repeats = f"""CASE WHEN {IS_COUNTED} THEN (
        SELECT ' ' || group_concat(word || ':' || times, ' ') || ' ' FROM (
            SELECT value AS word, count(*) AS times
            FROM json_each('["' || replace(trim(a.search_text), ' ', '","') || '"]')
            GROUP BY value HAVING times > 1)) END, a.updated_at"""
    number_new = f"{NUMBER} AND a.id = new.id;"
    enter_new = f"{ENTER % ('latest', repeats, 'a.id = new.id')};"
    columns = ", ".join(f"CASE type WHEN '{kind}' THEN words END" for kind in ("note", "task", "event"))
    words = (
        "(SELECT type, replace(rtrim(search_text), ' ', ' ' || {row}.owner_id || 'x') AS words "
        "FROM lazynote_atoms WHERE id = {row}.id)"
    )
    is_changed = "new.search_text <> old.search_text OR new.is_deleted <> old.is_deleted"
    return [
        """CREATE VIRTUAL TABLE lazynote_search USING fts5(note, task, event, content = '',
        tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'")""",
        f"""CREATE TRIGGER lazynote_search_entered AFTER INSERT ON lazynote_search_atoms BEGIN
        INSERT INTO lazynote_search (rowid, note, task, event)
        SELECT new.id, {columns} FROM {words.format(row="new")}; END""",
        f"""CREATE TRIGGER lazynote_search_left BEFORE DELETE ON lazynote_search_atoms BEGIN
        INSERT INTO lazynote_search (lazynote_search, rowid, note, task, event)
        SELECT 'delete', old.id, {columns} FROM {words.format(row="old")}; END""",
        f"CREATE TRIGGER lazynote_atoms_made AFTER INSERT ON lazynote_atoms BEGIN {number_new} {enter_new} END",
        f"""CREATE TRIGGER lazynote_atoms_changing BEFORE UPDATE OF search_text, is_deleted ON lazynote_atoms
        WHEN {is_changed} BEGIN DELETE FROM lazynote_search_atoms WHERE id = old.id; END""",
        f"""CREATE TRIGGER lazynote_atoms_changed AFTER UPDATE OF search_text, is_deleted ON lazynote_atoms
        WHEN {is_changed} BEGIN {enter_new} END""",
        """CREATE TRIGGER lazynote_atoms_moved AFTER UPDATE OF updated_at ON lazynote_atoms BEGIN
        UPDATE lazynote_search_atoms SET updated_at = new.updated_at, latest = new.updated_at WHERE id = new.id; END""",
        """CREATE TRIGGER lazynote_atoms_going BEFORE DELETE ON lazynote_atoms BEGIN
        DELETE FROM lazynote_search_atoms WHERE id = old.id; END""",
        NUMBER,
        ENTER % ("latest", repeats, "true"),
    ]


def _postgresql() -> list[str]:
    repeats = f"""CASE WHEN {IS_COUNTED} THEN (
        SELECT ' ' || string_agg(word || ':' || times, ' ') || ' ' FROM (
            SELECT word, count(*) AS times FROM unnest(string_to_array(btrim(a.search_text), ' ')) AS word
            GROUP BY word HAVING count(*) > 1) AS repeated) END"""
    words = "lazynote_search_words(o.id, a.search_text)"
    enter_new = f"{ENTER % ('words', f'{repeats}, {words}', 'a.id = NEW.id')};"
    return [
        # Rows stay narrow: a scan of thousands of them does not read the words.
        "ALTER TABLE lazynote_search_atoms ALTER COLUMN words SET STORAGE EXTERNAL",
        "ALTER TABLE lazynote_search_atoms ALTER COLUMN repeats SET STORAGE MAIN",
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
            {enter_new}
            RETURN NULL;
        END $$""",
        """CREATE TRIGGER lazynote_atoms_searched AFTER INSERT OR UPDATE OF search_text, is_deleted, updated_at
        ON lazynote_atoms FOR EACH ROW EXECUTE FUNCTION lazynote_search_follow()""",
        NUMBER,
        ENTER % ("words", f"{repeats}, {words}", "true"),
    ]
