"""Where rows live: SQLite or PostgreSQL, one kept connection a thread, transactions opened and ended by the bus."""

from bus.database.database import Database
from bus.database.db import Db
from bus.database.kept import Kept

__all__ = ["Database", "Db", "Kept"]
