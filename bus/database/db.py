"""What a handler sees of a kept connection: SQL inside the open transaction, and nothing that could end it."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlalchemy as sa

    from bus.database.kept import Kept

monotonic = time.monotonic


class Db:
    """``ctx.db``: SQLAlchemy Core on the open transaction, without begin, commit and rollback."""

    __slots__ = ("_kept",)

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    @property
    def dialect(self) -> str:
        """``"sqlite"`` or ``"postgresql"``, for statements that must differ."""
        return self._kept.core.dialect.name

    def execute(
        self, statement: sa.Executable, parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None
    ) -> sa.CursorResult[Any]:
        """Run a Core statement; with a list of parameter sets, once for each.

        Raises:
            TimedOut: the command is past its time limit.
        """
        kept = self._kept
        if monotonic() > kept.deadline:
            kept.refuse()
        return kept.core.execute(statement, parameters)  # type: ignore[return-value]  # every executable we run answers a cursor

    def scalar(self, statement: sa.Executable, parameters: Mapping[str, Any] | None = None) -> Any:
        """First column of the first row, or None."""
        return self.execute(statement, parameters).scalar()

    def exec_driver_sql(self, statement: str, parameters: Any = None) -> sa.CursorResult[Any]:
        """Run SQL text with the driver's own placeholders.

        Raises:
            TimedOut: the command is past its time limit.
        """
        kept = self._kept
        if monotonic() > kept.deadline:
            kept.refuse()
        return kept.core.exec_driver_sql(statement, parameters)

    def write_driver_sql(self, statement: str, parameters: Sequence[Any] = ()) -> int:
        """Run SQL text that answers no rows, with the driver's own placeholders and errors; how many rows it changed.

        For the hottest writes: what SQLAlchemy makes of a result takes about as long as a small INSERT.

        Raises:
            TimedOut: the command is past its time limit.
        """
        kept = self._kept
        if monotonic() > kept.deadline:
            kept.refuse()
        return kept.execute(statement, parameters).rowcount
