"""The comparison finds every way in which a database's tables can differ from the code's."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from bus.database import Database
from bus.errors import SetupError
from bus.migration import ensure
from bus.migration.check import check
from bus.plugin import Plugin
from plugins.identity import identity
from tests.bus.migration.conftest import CORE, Package, run

Make = Callable[..., Package]

#: The revision and the code of a plugin that agree.
CREATE = """
op.create_table(
    "shop_customer",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(40), nullable=False, server_default="nobody"),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("is_new", sa.Boolean, nullable=False, server_default=sa.text("true")),
    sa.CheckConstraint("state IN ('here', 'gone')", name="shop_customer_state"),
    sqlite_autoincrement=True,
)
op.create_table(
    "shop_order",
    sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("customer_id", sa.Integer),
    sa.Column("code", sa.Text),
    sa.ForeignKeyConstraint(["customer_id"], ["shop_customer.id"], name="shop_order_customer"),
    sa.UniqueConstraint("code", name="shop_order_code"),
)
op.create_index("shop_order_open", "shop_order", ["customer_id"],
    sqlite_where=sa.text("code IS NULL"), postgresql_where=sa.text("code IS NULL"))
"""


def described() -> sa.MetaData:
    """The tables of ``CREATE``, as code describes them."""
    metadata = sa.MetaData()
    sa.Table(
        "shop_customer",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(40), nullable=False, server_default="nobody"),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("is_new", sa.Boolean, nullable=False, server_default=sa.text("true")),
        sa.CheckConstraint("state IN ('here', 'gone')", name="shop_customer_state"),
        sqlite_autoincrement=True,
    )
    order = sa.Table(
        "shop_order",
        metadata,
        sa.Column("id", sa.BigInteger, sa.Identity(), primary_key=True),
        sa.Column("customer_id", sa.Integer),
        sa.Column("code", sa.Text),
        sa.ForeignKeyConstraint(["customer_id"], ["shop_customer.id"], name="shop_order_customer"),
        sa.UniqueConstraint("code", name="shop_order_code"),
    )
    is_open = order.c.code.is_(None)
    sa.Index("shop_order_open", order.c.customer_id, sqlite_where=is_open, postgresql_where=is_open)
    return metadata


def differences(database: Database, code: Make, old: str = "", new: str = "") -> list[str]:
    """What is found after the revision's text was changed while the code stayed."""
    assert old in CREATE
    shop = code().revision(CREATE.replace(old, new)).plugin(described())
    ensure(database, [CORE, shop], automatic=True)
    return check(database, [CORE, shop])


def test_the_core_is_what_its_migrations_make(database: Database) -> None:
    """The core's tables in the code are those an upgrade makes, on both databases."""
    ensure(database, [CORE], automatic=True)
    assert check(database, [CORE]) == []


def test_equal_tables_have_no_difference(database: Database, code: Make) -> None:
    """No false alarm for types, defaults, conditions and constraints that the database writes in its own words."""
    assert differences(database, code) == []


def test_tables_in_memory_are_compared_too(code: Make) -> None:
    """On the one connection there is."""
    assert differences(Database("sqlite://"), code) == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('sa.Column("code", sa.Text),', 'sa.Column("code", sa.Text), sa.Column("x", sa.Text),',
         "column shop_order.x is in the database but not in the code"),
        ('sa.Column("is_new", sa.Boolean, nullable=False, server_default=sa.text("true")),', "",
         "column shop_customer.is_new is in the code but not in the database"),
        ('"state", sa.Text, nullable=False', '"state", sa.Text',
         "column shop_customer.state has nullable True in the database but False in the code"),
        ("sa.String(40)", "sa.String(50)",
         "column shop_customer.name has type VARCHAR(length=50) in the database but String(length=40) in the code"),
        ('"nobody"', '"somebody"',
         "column shop_customer.name has default 'somebody' in the database but nobody in the code"),
        (', server_default="nobody"', "",
         "column shop_customer.name has default none in the database but nobody in the code"),
        ('sa.UniqueConstraint("code", name="shop_order_code"),', "",
         "constraint shop_order_code on shop_order (code) is in the code but not in the database"),
        ('["customer_id"],\n', '["id"],\n',
         "index shop_order_open on shop_order is in the database but not in the code"),
        ('sa.ForeignKeyConstraint(["customer_id"], ["shop_customer.id"], name="shop_order_customer"),', "",
         "foreign key shop_order (customer_id) to shop_customer.id is in the code but not in the database"),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_words(database: Database, code: Make, old: str, new: str, sentence: str) -> None:
    """What Alembic finds."""
    found = [
        one.replace("'somebody'::character varying", "'somebody'") for one in differences(database, code, old, new)
    ]
    assert sentence in found


def test_another_condition_of_an_index_is_found(database: Database, code: Make) -> None:
    """Alembic compares the columns of an index alone."""
    (found,) = differences(database, code, "code IS NULL", "code IS NOT NULL")
    assert found.startswith("index shop_order_open on shop_order is CREATE INDEX")
    assert "IS NOT NULL" in found.partition("in the database")[0]
    assert "IS NOT NULL" not in found.partition("in the database")[2]


def test_an_index_over_an_expression_is_compared(database: Database) -> None:
    """Alembic does not see one on SQLite; on both databases it is told when it is gone, or another one."""
    plugins = [CORE, identity]
    ensure(database, plugins, automatic=True)
    assert check(database, plugins) == []
    run(database, "DROP INDEX identity_users_email")
    (gone,) = check(database, plugins)
    assert gone.endswith("index identity_users_email on identity_users is in the code but not in the database")
    run(database, "CREATE UNIQUE INDEX identity_users_email ON identity_users (upper(email))")
    assert any("upper(email" in sentence for sentence in check(database, plugins))


def test_another_check_is_found(database: Database, code: Make) -> None:
    """Alembic does not look at the text of a CHECK."""
    (found,) = differences(database, code, "'gone'", "'lost'")
    assert found.startswith("check shop_customer_state on shop_customer is ")


def test_a_check_that_got_lost_is_found(database: Database, code: Make) -> None:
    """As SQLite's batch mode loses one without a name."""
    old = """    sa.CheckConstraint("state IN ('here', 'gone')", name="shop_customer_state"),\n"""
    (found,) = differences(database, code, old, "")
    assert found.startswith("check shop_customer_state on shop_customer (")
    assert found.endswith("is in the code but not in the database")


def test_a_lost_promise_about_ids_is_found(sqlite: Database, code: Make) -> None:
    """As SQLite's batch mode loses AUTOINCREMENT."""
    found = differences(sqlite, code, "    sqlite_autoincrement=True,\n", "")
    assert found == ["table shop_customer: that it never reuses an id is in the code but not in the database"]


def test_a_missing_table_and_a_leftover_one_are_found(database: Database, code: Make) -> None:
    """Tables that carry the plugin's name belong to it."""
    shop = code().revision(CREATE).plugin(described())
    ensure(database, [CORE, shop], automatic=True)
    run(database, "DROP TABLE shop_order", "CREATE TABLE shop_old (id INTEGER)")
    assert sorted(check(database, [CORE, shop])) == [
        "index shop_order_open on shop_order is in the code but not in the database",
        "table shop_old is in the database but not in the code",
        "table shop_order is in the code but not in the database",
    ]


def test_tables_of_others_are_left_alone(database: Database, code: Make) -> None:
    """Strangers' tables, and those of a plugin that is not loaded, also when its name begins like another's."""
    shop = code().revision(CREATE).plugin(described())
    archive = code("shop_archive").revision("op.create_table('shop_archive_box', sa.Column('id', sa.Integer))").plugin()
    ensure(database, [CORE, shop, archive], automatic=True)
    run(database, "CREATE TABLE customers (id INTEGER)", "CREATE TABLE shopping (id INTEGER)")
    assert check(database, [CORE, shop]) == []
    assert check(database, [CORE, shop, archive]) == ["table shop_archive_box is in the database but not in the code"]


def test_virtual_tables_are_left_alone(sqlite: Database, code: Make) -> None:
    """Full-text search lives in tables that only SQL text can describe."""
    shop = (
        code().revision(CREATE + "op.execute('CREATE VIRTUAL TABLE shop_words USING fts5(word)')").plugin(described())
    )
    ensure(sqlite, [CORE, shop], automatic=True)
    assert check(sqlite, [CORE, shop]) == []


def test_a_comparison_changes_nothing(database: Database, code: Make) -> None:
    """Comparing twice finds the same; the tables made for it are gone."""
    assert differences(database, code, "'gone'", "'lost'") == check(database, [CORE, Plugin("shop", tables=described)])


def test_what_is_behind_is_not_compared(database: Database, code: Make) -> None:
    """The upgrade comes first."""
    with pytest.raises(SetupError, match=r"is behind .*run `bus db upgrade`"):
        check(database, [CORE, code().revision(CREATE).plugin(described())])
