"""The name of a database with a broker: two databases on one broker do not meet, one database by two URLs does.

Web and worker may spell the URL differently (another host name, another user), so the database itself is asked.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from workers.folder import folder_of

if TYPE_CHECKING:
    from bus.database import Database

#: The tokens of a queue's mailbox are those of a queue of this name.
MAIL = "mail:"
#: In the folder beside a SQLite file.
FILE = "identity"
_SERVER_AND_DATABASE = """
SELECT system_identifier::text || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())
FROM pg_control_system()
"""


def prefix_of(database: Database) -> str:
    """What every name of a database's things begins with.

    Raises:
        Exception: the database does not answer, or its folder is not ours to use.
    """
    if database.kind == "sqlite":
        identity = _kept_in(folder_of(database) / FILE)
    else:
        with database.connect() as connection:
            identity = str(connection.exec_driver_sql(_SERVER_AND_DATABASE).scalar_one())
    identity += database.shadow
    return f"charterbus:{hashlib.sha256(identity.encode()).hexdigest()[:16]}:"


def key_of(prefix: str, *names: str) -> str:
    """The name of a thing of this database."""
    return prefix + ":".join(names)


def wake_key(prefix: str, queue: str) -> str:
    """Where a queue's tokens are."""
    return key_of(prefix, "wake", queue)


def mail_key(prefix: str, queue: str) -> str:
    """Where a queue's letters are."""
    return key_of(prefix, "mail", queue)


def _kept_in(file: Path) -> str:
    """The text of a file, which the first to ask makes up: a path or an inode may be another host's as well."""
    with contextlib.suppress(FileNotFoundError):
        return file.read_text()
    draft = file.with_name(f"{FILE}-{os.getpid()}-{secrets.token_hex(8)}")
    draft.write_text(secrets.token_hex(16))
    with contextlib.suppress(FileExistsError):  # somebody was faster: one name for all
        os.link(draft, file)
    draft.unlink()
    return file.read_text()
