"""Tables as they are after months: very many jobs that wait, are delayed or have ended, made by the database."""

from __future__ import annotations

from bus import Bus

#: Rows of one statement.
STEP = 500_000
_COLUMNS = (
    "id, queue, lane, contract, args, principal, correlation_id, state, priority, run_at, attempt, alone, fence, "
    "created_at, started_at, finished_at, result"
)
_ARGS = '{"padding":"' + "x" * 188 + '"}'
_RESULT = '{"ok":true,"command":"mark_add","version":1,"data":{"at":1.5},"error":null,"warnings":[]}'


def fill(bus: Bus, count: int, kind: str) -> None:
    """Add jobs of ``mark_add``.

    Args:
        bus: on SQLite or PostgreSQL.
        count: how many.
        kind: ``waiting`` (due for a second), ``ended`` (over the last ten hours), or ``delayed`` (not due for a day).
    """
    for first in range(0, count, STEP):
        with bus.database.writer().transaction() as kept:
            kept.raw.execute(statement(bus, kind, first, min(count, first + STEP)))
    with bus.database.connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def statement(bus: Bus, kind: str, first: int, end: int) -> str:
    """One INSERT of the rows ``first`` to ``end``."""
    now = bus.database.dialect.now_ms
    numbers = f"WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n+1 FROM numbers WHERE n<{end - 1})"
    ended = kind == "ended"
    state, attempt, run_at = {
        "waiting": ("queued", 0, f"{now}-1000"),
        "delayed": ("queued", 0, f"{now}+86400000+n"),
        "ended": ("succeeded", 1, f"{now}-mod(n,36000000)"),
    }[kind]
    lane = 0 if bus.database.dialect.groups_jobs else 3
    moments = f"{run_at},{run_at},'{_RESULT}'" if ended else "NULL,NULL,NULL"
    return (
        f"INSERT INTO bus_job({_COLUMNS}) {numbers} SELECT '{kind}-' || n, 'default', {lane}, 'mark_add@1', '{_ARGS}', "
        f"'local', 'c-' || n, '{state}', 0, {run_at}, {attempt}, 0, {attempt}, {now}-36000000, {moments} "
        "FROM numbers"
    )
