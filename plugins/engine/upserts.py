"""Insert or update in one statement, so that any number of callers at once make one row.

Written as text: SQLAlchemy has ``ON CONFLICT`` once for each database, while both read the same words.
"""

from collections.abc import Sequence

from sqlalchemy import Table, TextualSelect, bindparam, text

from plugins.engine.rows import Shape


def upsert(
    table: Table,
    shape: Shape,
    *,
    key: Sequence[str],
    once: Sequence[str] = (),
    keep: Sequence[str] = (),
    replace: Sequence[str] = (),
) -> TextualSelect:
    """The statement that returns the row as it then is. It takes every column named here as a parameter.

    Args:
        table: where the row is.
        shape: of the row that is returned.
        key: columns with a unique index over just them.
        once: set by the insert alone.
        keep: an update with None leaves these as they are.
        replace: an update sets these to whatever is given.
    """
    names = [*key, *once, *keep, *replace]
    changes = [f"{name} = COALESCE(excluded.{name}, {table.name}.{name})" for name in keep]
    changes += [f"{name} = excluded.{name}" for name in replace]
    statement = text(
        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)}) "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {', '.join(changes)} "
        f"RETURNING {', '.join(f'{table.name}.{column.key}' for column in shape.columns)}"
    ).bindparams(*(bindparam(name, type_=table.c[name].type) for name in names))
    return statement.columns(*shape.columns)  # pyright: ignore[reportArgumentType]  # all of them columns of the table
